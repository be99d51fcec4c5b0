//! What a device needs to put the site among its apps.

use acceptance::Site;

#[tokio::test]
async fn every_page_names_the_manifest_and_the_manifest_names_icons_that_are_what_it_says() {
    let visitor = Site::shared().visitor();
    for path in ["/", "/en/trips/new", "/no-such-page"] {
        assert_eq!(visitor.get(path).await.attribute("link[rel=manifest]", "href"), "/manifest.webmanifest", "{path}");
    }
    let answer = visitor.get("/manifest.webmanifest").await;
    assert_eq!(answer.header("content-type"), "application/manifest+json");
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("manifest-src 'self'") && policy.contains("worker-src 'self'"), "{policy}");
    let manifest = answer.json();
    let said = |field: &str| manifest[field].as_str().unwrap_or_default();
    assert_eq!((said("name"), said("display"), said("scope")), ("游潇湘", "standalone", "/"));
    assert!(said("lang").starts_with("zh"));
    assert_eq!(visitor.get(said("start_url")).await.status, 200);

    let icons = manifest["icons"].as_array().expect("icons");
    let client = reqwest::Client::new();
    let mut sizes = Vec::new();
    for icon in icons {
        let path = icon["src"].as_str().unwrap();
        let response = client.get(format!("{}{path}", Site::shared().base)).send().await.unwrap();
        assert_eq!(response.headers()["content-type"], icon["type"].as_str().unwrap(), "{path}");
        let bytes = response.bytes().await.unwrap();
        if let Some(picture) = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n") {
            let side = |at: usize| u32::from_be_bytes(picture[at..at + 4].try_into().unwrap());
            let size = format!("{}x{}", side(8), side(12));
            assert_eq!(icon["sizes"], size, "{path}");
            sizes.push((size, icon["purpose"].as_str() == Some("maskable")));
        }
    }
    for wanted in [("192x192", false), ("512x512", false), ("512x512", true)] {
        assert!(sizes.contains(&(wanted.0.to_owned(), wanted.1)), "no icon is {wanted:?}");
    }
    for shortcut in manifest["shortcuts"].as_array().expect("shortcuts") {
        assert_eq!(visitor.get(shortcut["url"].as_str().unwrap()).await.status, 200, "{shortcut}");
    }
}
