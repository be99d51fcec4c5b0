//! What every answer carries, what the server refuses, and how it says so.

use std::num::NonZeroU32;

use acceptance::Site;

#[tokio::test]
async fn every_answer_is_guarded_whatever_it_is() {
    let site = Site::start(|_| {}).await;
    let visitor = site.visitor();
    let home = visitor.get("/").await;
    let etag = home.header("etag").to_owned();
    let again = visitor.clone().with("if-none-match", &etag).get("/").await;
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    for page in
        [home, again, visitor.get("/no-such-page").await, visitor.get("/api/v1/search").await, visitor.get("/robots.txt").await]
    {
        let policy = page.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"), "{policy}");
        assert!(!policy.contains("unsafe-inline"), "{policy}");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_ne!(page.header("referrer-policy"), "");
        assert_ne!(page.header("permissions-policy"), "");
        assert_ne!(page.header("x-request-id"), "");
        assert_eq!(page.header("strict-transport-security"), "", "not behind TLS");
    }
}

#[tokio::test]
async fn behind_tls_the_browser_is_told_to_stay_there() {
    let site = Site::start(|config| config.base_url = "https://you.test".into()).await;
    assert_ne!(site.visitor().get("/").await.header("strict-transport-security"), "");
}

#[tokio::test]
async fn a_greedy_client_is_told_to_wait_and_a_forged_address_does_not_help() {
    let site = Site::start(|config| config.rate_limit = NonZeroU32::new(1)).await;
    let mut refused = None;
    for _ in 0..1_100 {
        let page = site.visitor().get("/api/v1/suggest?q=x").await;
        if page.status == 429 {
            refused = Some(page);
            break;
        }
    }
    let refused = refused.expect("a burst of a thousand, and no more");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    assert_eq!(refused.header("content-type"), "application/problem+json");
    let forged = site.visitor().with("x-forwarded-for", "203.0.113.1").get("/").await;
    assert_eq!(forged.status, 429);
    assert!(forged.h1().chars().count() > 1, "people get a page");
    assert_eq!(site.visitor().get("/healthz").await.status, 200, "health is never limited");
}

#[tokio::test]
async fn health_is_told_in_words() {
    let visitor = Site::shared().visitor();
    assert_eq!(visitor.get("/healthz").await.status, 200);
    assert_eq!(visitor.get("/readyz").await.status, 200);
    let metrics = visitor.get("/metrics").await.body;
    assert!(metrics.contains("xiaoxiang_requests_total"), "{metrics}");
}

#[tokio::test]
async fn the_look_is_a_cookie_set_by_a_link_and_goes_back_only_to_this_site() {
    let visitor = Site::shared().visitor();
    let elder = visitor.get("/look?size=elder&back=%2Fen%2Fplaces").await;
    assert_eq!((elder.status, elder.header("location")), (303, "/en/places"));
    assert!(
        elder.header("set-cookie").starts_with("look=elder.auto; Path=/; Max-Age=31536000; SameSite=Lax"),
        "{}",
        elder.header("set-cookie")
    );
    for evil in ["https://evil.test", "//evil.test", "/%5Cevil.test", "/%0d%0aset-cookie:x=1"] {
        let page = visitor.get(&format!("/look?size=elder&back={}", domain::navigation::encode(evil))).await;
        assert_eq!(page.header("location"), if evil.starts_with("/%") { evil } else { "/" }, "{evil}");
    }
    assert_eq!(visitor.get("/look?back=//evil.test&scheme=dark").await.header("location"), "/");
    assert_eq!(visitor.get("/look?size=gigantic").await.status, 400);
    let page = visitor.clone().with("cookie", "look=elder.dark").get("/").await;
    assert_eq!((page.attribute("html", "data-size"), page.attribute("html", "data-scheme")), ("elder".into(), "dark".into()));
    assert!(page.header("vary").contains("cookie"));
}

#[tokio::test]
async fn a_page_is_compressed_for_whoever_can_read_that() {
    let client = reqwest::Client::builder().no_brotli().no_gzip().build().unwrap();
    for path in ["/", "/routes", "/en/places", "/api/v1/search"] {
        let ask = async |coding: &str, known: &str| {
            let request = client.get(format!("{}{path}", Site::shared().base));
            request.header("accept-encoding", coding).header("if-none-match", known).send().await.unwrap()
        };
        for coding in ["br", "gzip"] {
            let response = ask(coding, "").await;
            assert_eq!(response.headers()["content-encoding"], coding, "{path}");
            let etag = response.headers()["etag"].to_str().unwrap().to_owned();
            assert_eq!(ask(coding, &etag).await.status().as_u16(), 304, "{path} in {coding}");
            assert_eq!(ask("identity", &etag).await.status().as_u16(), 200, "another coding is another representation");
        }
        assert!(ask("identity", "").await.headers().get("content-encoding").is_none());
    }
    let head = client.head(format!("{}/", Site::shared().base)).send().await.unwrap();
    assert_eq!(head.status().as_u16(), 200);
    assert!(head.bytes().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_form_that_posts_where_nothing_is_posted_gets_an_answer_in_words() {
    let client = reqwest::Client::new();
    let response = client.post(format!("{}/places", Site::shared().base)).body("x=1").send().await.unwrap();
    assert_eq!(response.status().as_u16(), 405);
    assert!(response.text().await.unwrap().contains("<h1"));
}
