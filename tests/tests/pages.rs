//! Every kind of page, in both languages and both sizes, for somebody without script.

use acceptance::{Page, Site};

async fn get(path: &str) -> Page {
    Site::shared().visitor().get(path).await
}

async fn slug_of(kind: &str, filter: &str) -> String {
    let found = get(&format!("/api/v1/search?kind={kind}{filter}")).await.json();
    found["hits"][0]["slug"].as_str().unwrap_or_else(|| panic!("no {kind} {filter}")).to_owned()
}

/// One of every page type.
async fn every_path() -> Vec<String> {
    let mut paths: Vec<String> = [
        "/",
        "/search",
        "/search?q=凤凰",
        "/search?q=zzzzqqqq",
        "/routes",
        "/places",
        "/stays",
        "/heritage",
        "/experiences",
        "/products",
        "/offers",
        "/counties",
        "/counties/433123",
        "/counties/433100",
        "/counties/z-hongjiang",
        "/families",
        "/offers-by-county",
        "/about-data",
        "/accessibility",
        "/privacy",
        "/developers",
    ]
    .map(str::to_owned)
    .to_vec();
    for (kind, plural) in [
        ("route", "routes"),
        ("place", "places"),
        ("stay", "stays"),
        ("heritage", "heritage"),
        ("experience", "experiences"),
        ("product", "products"),
        ("offer", "offers"),
    ] {
        paths.push(format!("/{plural}/{}", slug_of(kind, "").await));
    }
    paths
}

#[tokio::test]
async fn every_page_stands_in_both_languages_and_sizes() {
    for path in every_path().await {
        for (prefix, lang) in [("", "zh-Hans"), ("/en", "en")] {
            let address = if path == "/" && prefix == "/en" { "/en".to_owned() } else { format!("{prefix}{path}") };
            for visitor in [Site::shared().visitor(), Site::shared().visitor().elder()] {
                let page = visitor.get(&address).await;
                assert_eq!(page.status, 200, "{address}");
                assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
                assert_eq!(page.attribute("html", "lang"), lang, "{address}");
                assert_eq!(page.texts("h1").len(), 1, "{address}: {:?}", page.texts("h1"));
                assert!(
                    !page.text("title").is_empty() && !page.attribute("meta[name=description]", "content").is_empty(),
                    "{address}"
                );
                assert_eq!(
                    page.attributes("link[rel=alternate][hreflang]", "hreflang").len(),
                    3,
                    "{address}: zh, en and x-default"
                );
                assert!(page.attribute("link[rel=canonical]", "href").starts_with("http://xiaoxiang.test"), "{address}");
                assert_eq!(page.texts("main").len(), 1, "{address}");
                assert!(
                    !page.texts("form[role=search] input[name=q], form[role=search] [name=q]").is_empty(),
                    "{address}: search is everywhere"
                );
                let inline: Vec<_> = page.texts("script:not([src]):not([type='application/ld+json'])");
                assert!(inline.is_empty(), "{address}: {inline:?}");
                assert!(!page.body.contains(" style=\""), "{address}");
            }
        }
    }
}

#[tokio::test]
async fn every_link_of_the_site_leads_somewhere() {
    let mut seen = std::collections::BTreeSet::new();
    for path in every_path().await {
        let page = get(&path).await;
        for href in page.attributes("a[href^='/'], link[href^='/'], img[src^='/'], script[src^='/']", "href") {
            seen.insert(href);
        }
        seen.extend(page.attributes("img[src^='/'], script[src^='/']", "src"));
    }
    for href in seen {
        let path = href.split('#').next().unwrap();
        let status = get(path).await.status;
        assert!(matches!(status, 200 | 303), "{href}: {status}");
    }
}

#[tokio::test]
async fn a_route_says_what_is_official_and_what_the_editors_arranged() {
    let page = get(&format!("/routes/{}", slug_of("route", "&family=five_plus_two&q=时尚都市").await)).await;
    let stops = page.texts(".stops .stop");
    assert_eq!(stops.len(), 9, "{stops:?}");
    assert!(
        stops.iter().any(|stop| stop.contains("资料所载")) && stops.iter().any(|stop| stop.contains("编者安排")),
        "{stops:?}"
    );
    let trip = page.json_ld().expect("structured data");
    assert_eq!(trip["@type"], "TouristTrip", "{trip}");
    let order: Vec<u64> = trip["itinerary"]["itemListElement"]
        .as_array()
        .expect("ordered stops")
        .iter()
        .map(|stop| stop["position"].as_u64().unwrap())
        .collect();
    assert_eq!(order, (1..=9).collect::<Vec<_>>());
    assert!(!page.texts("svg.map, .map svg").is_empty(), "the route is drawn");
}

#[tokio::test]
async fn a_working_name_is_never_passed_off_as_official() {
    let page = get("/api/v1/search?kind=route&family=greater_west_hunan&per_page=50").await.json();
    let mut checked = 0;
    for hit in page["hits"].as_array().unwrap() {
        let slug = hit["slug"].as_str().unwrap();
        let listing = get(&format!("/api/v1/listings/route/{slug}")).await.json();
        if listing["details"]["official_name_known"] == false {
            assert!(get(&format!("/routes/{slug}")).await.body.contains("官方名称未知"), "{slug}");
            checked += 1;
        }
    }
    assert!(checked > 0);
}

#[tokio::test]
async fn a_rough_position_is_searched_for_by_name_and_said_to_be_rough() {
    let page = get(&format!("/places/{}", slug_of("place", "&grade=5A").await)).await;
    let links = page.attributes(".navlinks a", "href");
    assert_eq!(links.len(), 4, "four map apps: {links:?}");
    for link in &links {
        assert!(
            !link.contains("position=") && !link.contains("location=") && !link.contains("coord:") && !link.contains("ll="),
            "{link}"
        );
    }
    assert!(page.text("main").contains("近似"), "the page says that the position is approximate");
}

#[tokio::test]
async fn a_sample_is_marked_everywhere_and_kept_from_indexes() {
    for (kind, plural) in [("stay", "stays"), ("experience", "experiences"), ("offer", "offers")] {
        let slug = slug_of(kind, "").await;
        let page = get(&format!("/{plural}/{slug}")).await;
        assert!(page.text("main").contains("示例"), "{slug}");
        assert!(page.header("x-robots-tag").contains("noindex"), "{slug}");
        assert!(page.attribute("meta[name=robots]", "content").contains("noindex"), "{slug}");
        assert!(page.json_ld().is_none(), "{slug}");
        let list = get(&format!("/{plural}")).await;
        assert_eq!(list.texts(".card .badge--sample").len(), list.titles().len(), "every card of {plural} is marked");
    }
    let mut sitemaps = String::new();
    for location in get("/sitemap.xml").await.texts("loc") {
        sitemaps.push_str(&get(location.trim_start_matches("http://xiaoxiang.test")).await.body);
    }
    assert!(sitemaps.contains("/places/") && sitemaps.contains("/en/routes/"));
    assert!(!sitemaps.contains("/stays/") && !sitemaps.contains("/offers/") && !sitemaps.contains("/experiences/"));
    let feed = get("/feed.xml").await.body;
    assert!(feed.contains("<entry>") && !feed.contains("/stays/") && !feed.contains("/offers/"));
}

#[tokio::test]
async fn hidden_samples_are_nowhere() {
    let site = Site::start(|config| config.shows_samples = false).await;
    let visitor = site.visitor();
    let slug = slug_of("stay", "").await;
    assert_eq!(visitor.get(&format!("/stays/{slug}")).await.status, 404);
    assert_eq!(visitor.get(&format!("/api/v1/listings/stay/{slug}")).await.status, 404);
    let all = visitor.get("/api/v1/search?per_page=100").await.json();
    assert!(all["hits"].as_array().unwrap().iter().all(|hit| hit["sample"] == false));
    assert!(all["facets"]["kind"].as_array().unwrap().iter().all(|kind| kind["value"] != "stay"));
    assert!(!visitor.get("/").await.text("main").contains("示例"));
    let changes = visitor.get("/api/v1/listings?kind=stay").await.json();
    assert_eq!(changes["listings"].as_array().unwrap().len(), 0);
    assert_eq!(visitor.get(&format!("/covers/stays/{slug}.svg")).await.status, 404);
}

#[tokio::test]
async fn offers_usable_here_stand_with_their_reason_the_steered_ones_first() {
    let mut found = false;
    for kind in ["stay", "experience"] {
        let hits = get(&format!("/api/v1/search?kind={kind}&voucher=1&per_page=50")).await.json();
        for hit in hits["hits"].as_array().unwrap() {
            let page = get(hit["url"].as_str().unwrap()).await;
            let reasons = page.texts("#offers .card__reason");
            if reasons.iter().any(|reason| reason.contains("脱贫县")) {
                assert!(reasons[0].contains("脱贫县"), "{reasons:?}");
                found = true;
            }
        }
    }
    assert!(found, "some stay in a county lifted out of poverty can use an offer and says so");
}

#[tokio::test]
async fn a_county_page_gathers_everything_there() {
    let page = get("/counties/433123").await;
    assert!(page.h1().contains("凤凰县"));
    let text = page.text("main");
    for word in ["脱贫县", "832", "去处", "非遗"] {
        assert!(text.contains(word), "{word}");
    }
    let zone = get("/counties/z-hongjiang").await;
    assert!(zone.text("main").contains("脱贫县"), "洪江区 is one of the 51");
    assert_eq!(get("/counties/999999").await.status, 404);
}

#[tokio::test]
async fn what_is_not_translated_is_marked() {
    let found = get("/api/v1/listings?kind=place").await.json();
    let listing = found["listings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|listing| listing["details"]["note"]["zh"].is_string())
        .expect("a note in Chinese only");
    let page = get(&format!("/en/places/{}", listing["slug"].as_str().unwrap())).await;
    assert!(!page.texts(".untranslated[lang=zh-Hans]").is_empty());
}

#[tokio::test]
async fn nothing_typed_is_lost_and_wrong_filters_are_told() {
    let page = get("/search?q=凤凰&kind=castle&month=13").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.attribute("form[role=search] [name=q]", "value"), "凤凰");
    assert!(page.text(".notice--problem").contains("castle"), "{}", page.text(".notice--problem"));
    assert!(!page.titles().is_empty(), "the rest of the search still counts");
    let campaign = get("/places?utm_source=x").await;
    assert!(campaign.texts(".notice--problem").is_empty(), "a campaign's parameter is none of a visitor's business");
}

#[tokio::test]
async fn nothing_found_is_an_answer_with_a_way_on() {
    let page = get("/search?q=zzzzqqqq").await;
    assert_eq!(page.status, 200);
    assert!(!page.texts(".empty").is_empty());
    assert!(!page.titles().is_empty(), "ideas to try");
}

#[tokio::test]
async fn a_page_that_is_not_there_helps_on() {
    for path in ["/no-such-page", "/places/no-such-place", "/en/castles", "/places/凤凰", "/counties/abc"] {
        let page = get(path).await;
        assert_eq!(page.status, 404, "{path}");
        assert!(!page.h1().is_empty() && !page.texts("form[role=search]").is_empty(), "{path}");
        assert_eq!(page.header("cache-control"), "no-store");
        assert!(page.body.contains(page.header("x-request-id")), "the id to quote is on the page");
    }
}

#[tokio::test]
async fn the_elder_version_is_found_from_the_front_page() {
    let home = get("/").await;
    let switch = home.attributes("a[href*='size=elder']", "href");
    assert!(!switch.is_empty());
    assert!(home.texts("a[href*='size=elder']").iter().any(|text| text.contains("长辈版")));
    let search = get("/search?q=长辈版").await;
    assert!(search.texts("main a[href*='size=elder']").iter().any(|text| text.contains("长辈版")), "and by searching for it");
}

#[tokio::test]
async fn the_footer_carries_the_registrations_that_are_set_and_no_empty_slots() {
    let bare = get("/").await.text("footer");
    assert!(!bare.contains("备案") && !bare.contains("ICP"), "{bare}");
    let site = Site::start(|config| {
        config.icp_number = Some("湘ICP备00000000号".into());
        config.police_number = Some("湘公网安备 43000000000000号".into());
        config.complaint_phone = Some("12345".into());
        config.report_contact = Some("data@you.test".into());
    })
    .await;
    let home = site.visitor().get("/").await;
    let footer = home.text("footer");
    for word in ["湘ICP备00000000号", "湘公网安备 43000000000000号", "12345"] {
        assert!(footer.contains(word), "{word}: {footer}");
    }
    let report = home.attributes("footer a[href^='mailto:']", "href");
    assert!(report.iter().any(|href| href.starts_with("mailto:data@you.test")), "{report:?}");
}

#[tokio::test]
async fn covers_are_pictures_of_their_own() {
    let hits = get("/api/v1/search?kind=place&per_page=40").await.json();
    let mut pictures = std::collections::HashSet::new();
    for hit in hits["hits"].as_array().unwrap() {
        let cover = get(&format!("/covers/places/{}.svg", hit["slug"].as_str().unwrap())).await;
        assert_eq!((cover.status, cover.header("content-type")), (200, "image/svg+xml"));
        assert!(cover.body.len() <= 6 * 1024, "{} bytes", cover.body.len());
        assert!(pictures.insert(cover.body), "{} looks like another", hit["slug"]);
    }
    let slug = slug_of("place", "").await;
    let page = get(&format!("/places/{slug}")).await;
    let preview = page.attribute("meta[property='og:image']", "content");
    let response = reqwest::get(preview.replace("http://xiaoxiang.test", &Site::shared().base)).await.unwrap();
    assert_eq!(response.headers()["content-type"], "image/png");
    assert_eq!(&response.bytes().await.unwrap()[1..4], b"PNG");
}

#[tokio::test]
async fn the_first_view_is_light_enough_for_a_bad_line() {
    for path in every_path().await {
        let client = reqwest::Client::builder().no_brotli().no_gzip().build().unwrap();
        let response = client.get(format!("{}{path}", Site::shared().base)).header("accept-encoding", "br").send().await.unwrap();
        assert_eq!(response.headers()["content-encoding"], "br", "{path}");
        let html = response.bytes().await.unwrap().len();
        let css = get(&path).await.attribute("link[rel=stylesheet]", "href");
        let css = client.get(format!("{}{css}", Site::shared().base)).header("accept-encoding", "br").send().await.unwrap();
        assert_eq!(css.status().as_u16(), 200, "{path}: the style sheet");
        assert!(css.headers()["cache-control"].to_str().unwrap().contains("immutable"));
        let css = css.bytes().await.unwrap().len();
        assert!(html + css <= 100 * 1024, "{path}: {html} bytes of HTML and {css} of CSS");
    }
}

#[tokio::test]
async fn one_page_has_one_address() {
    for (asked, place) in [
        ("/en/", "/en"),
        ("/places/", "/places"),
        ("/en/places/wulingyuan/", "/en/places/wulingyuan"),
        ("/places/?month=5", "/places?month=5"),
    ] {
        for _ in 0..2 {
            let page = get(asked).await;
            assert_eq!((page.status, page.header("location")), (308, place), "{asked}");
        }
    }
    assert_eq!(get("//evil.test/").await.header("location"), "", "never to another host");
}

#[tokio::test]
async fn the_name_of_a_region_leads_to_its_page() {
    for q in ["张家界", "zhangjiajie", "凤凰县", "Chenzhou"] {
        let page = get(&format!("/search?q={q}")).await;
        let link = page.attribute("main .notice a", "href");
        assert!(link.starts_with("/counties/"), "{q}: {link}");
        assert_eq!(get(&link).await.status, 200);
    }
}

#[tokio::test]
async fn an_offer_that_has_not_begun_says_when_it_does_and_stands_after_those_that_run() {
    let mut checked = 0;
    let hits = get("/api/v1/search?kind=stay&voucher=1&per_page=50").await.json();
    for hit in hits["hits"].as_array().unwrap() {
        let reasons = get(hit["url"].as_str().unwrap()).await.texts("#offers .card__reason");
        let waits: Vec<bool> = reasons.iter().map(|reason| reason.contains("起可用")).collect();
        assert!(waits.is_sorted(), "{reasons:?}");
        checked += waits.len();
    }
    assert!(checked > 0);
}
