//! Every page, in both languages and both sizes, from small views.
#![cfg(feature = "ssr")]

#[path = "pages/bureau.rs"]
mod bureau;
#[path = "pages/detailed_map.rs"]
mod detailed_map;
#[path = "pages/html.rs"]
mod html;
#[path = "pages/trips.rs"]
mod trips;
#[path = "pages/views.rs"]
mod views;

use app::pages;
use app::views::{ComparePage, ErrorPage, ListingPage, NearPage, SavedPage, Size};
use domain::listing::kinds::{BarrierFact, BarrierFree, Basis, Measured};
use domain::listing::{Details, Kind};
use domain::search::{PARAMS, Query, Sort};
use domain::{Lang, Problem, Text};
use html::{Tag, attribute, tags};
use views::*;

/// Every page there is, by a name for the failure message.
fn all_pages(lang: Lang, size: Size) -> Vec<(String, String)> {
    let at = |path: &str| chrome(lang, size, path);
    let mut all: Vec<(String, String)> = Kind::ALL
        .iter()
        .map(|kind| {
            let page = listing_page(listing(*kind, "x"));
            let html = pages::listing::render(&at(&page.listing.path(Lang::Zh)), &page);
            (format!("one {kind}"), html)
        })
        .collect();
    for status in [400, 404, 405, 429, 500, 503] {
        let page = ErrorPage { status, sentence: None, problems: vec![], request_id: Some("r-1".into()) };
        all.push((format!("error {status}"), pages::error::render(&at("/nowhere"), &page)));
    }
    let empty = app::views::SearchPage { total: 0, hits: vec![], groups: vec![], ..search_page(Query::default()) };
    let of_kind = app::views::SearchPage { fixed_kind: Some(Kind::Place), ..search_page(Query::default()) };
    let prefecture = region_page("433100");
    all.extend(
        [
            ("home", pages::home::render(&at("/"), &home_page())),
            ("search", pages::search::render(&at("/search"), &search_page(Query::default()))),
            ("nothing found", pages::search::render(&at("/search?q=x"), &empty)),
            ("how search decides", pages::search::how::render(&at("/search/how"), &decisions())),
            ("places", pages::search::render(&at("/places"), &of_kind)),
            ("county", pages::region::render(&at("/counties/433123"), &region_page("433123"))),
            ("zone", pages::region::render(&at("/counties/z-hongjiang"), &region_page("z-hongjiang"))),
            ("prefecture", pages::region::render(&at("/counties/433100"), &prefecture)),
            ("regions", pages::regions::render(&at("/counties"), &regions_page())),
            ("families", pages::families::render(&at("/families"), &families_page())),
            ("offers by county", pages::offers_by_county::render(&at("/offers-by-county"), &offers_page())),
            ("about the data", pages::about_data::render(&at("/about-data"), &data_page())),
            ("accessibility", pages::accessibility::render(&at("/accessibility"))),
            ("privacy", pages::privacy::render(&at("/privacy"))),
            ("saved", pages::saved::render(&at("/saved"), &saved_page())),
            ("nothing saved", pages::saved::render(&at("/saved"), &SavedPage::default())),
            ("compare", pages::compare::render(&at("/compare?ids=a,b"), &compare_page())),
            ("nothing to compare", pages::compare::render(&at("/compare?ids="), &ComparePage::default())),
            ("near", pages::near::render(&at("/near?at=433123"), &near_page())),
            ("near nowhere yet", pages::near::render(&at("/near"), &NearPage::default())),
            ("developers", pages::developers::render(&at("/developers"))),
        ]
        .map(|(name, html)| (name.to_owned(), html)),
    );
    all
}

fn every_page() -> impl Iterator<Item = (String, String)> {
    let looks = Lang::ALL.into_iter().flat_map(|lang| [Size::Normal, Size::Elder].map(|size| (lang, size)));
    looks.flat_map(|(lang, size)| {
        let look = format!("{} {}", lang.code(), size.code());
        all_pages(lang, size).into_iter().map(move |(name, html)| (format!("{name}, {look}"), html))
    })
}

#[test]
fn every_page_has_one_first_heading_and_none_skips_a_level() {
    for (name, html) in every_page() {
        let levels: Vec<u32> =
            tags(&html).iter().filter_map(|tag| tag.name.strip_prefix('h').and_then(|level| level.parse().ok())).collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{name}: {levels:?}");
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{name}: {levels:?}");
        assert_eq!(levels[0], 1, "{name}: {levels:?}");
    }
}

#[test]
fn a_strict_policy_would_find_nothing_to_block() {
    for (name, html) in every_page() {
        for Tag { name: element, attributes } in tags(&html) {
            for (key, _) in &attributes {
                assert!(key != "style" && !key.starts_with("on"), "{name}: <{element} {key}>");
            }
            assert_ne!(element, "style", "{name}");
            if element == "script" {
                let data = attribute(&attributes, "type") == Some("application/ld+json");
                assert!(data || attribute(&attributes, "src").is_some(), "{name}: an inline script");
            }
        }
    }
}

#[test]
fn pictures_have_words_and_a_size() {
    for (name, html) in every_page() {
        for Tag { attributes, .. } in tags(&html).into_iter().filter(|tag| tag.name == "img") {
            for needed in ["alt", "width", "height"] {
                assert!(attribute(&attributes, needed).is_some(), "{name}: an img without {needed}");
            }
        }
    }
}

#[test]
fn names_within_a_page_are_its_own_and_labels_find_them() {
    for (name, html) in every_page() {
        let tags = tags(&html);
        let mut ids: Vec<&str> = tags.iter().filter_map(|tag| attribute(&tag.attributes, "id")).collect();
        ids.sort_unstable();
        assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{name}: {ids:?}");
        for tag in &tags {
            for by in ["for", "aria-labelledby"] {
                let to = attribute(&tag.attributes, by);
                assert!(to.is_none_or(|to| ids.contains(&to)), "{name}: {by}={to:?} leads nowhere");
            }
            let inner = attribute(&tag.attributes, "href").and_then(|href| href.strip_prefix('#'));
            assert!(inner.is_none_or(|to| ids.contains(&to)), "{name}: #{inner:?} leads nowhere");
        }
    }
}

#[test]
fn links_lead_somewhere_and_say_where() {
    for (name, html) in every_page() {
        for text in html::link_texts(&html) {
            assert!(!text.trim().is_empty(), "{name}: an empty link");
        }
        for tag in tags(&html).iter().filter(|tag| tag.name == "a") {
            let href = attribute(&tag.attributes, "href").unwrap_or_default();
            assert!(!href.is_empty(), "{name}: a link to nowhere");
            if href.starts_with("https://") && !href.starts_with(BASE) {
                assert!(attribute(&tag.attributes, "rel").is_some_and(|rel| rel.contains("noopener")), "{name}: {href}");
            }
        }
    }
}

#[test]
fn english_pages_link_to_english_pages() {
    for (name, html) in all_pages(Lang::En, Size::Normal) {
        for tag in tags(&html).iter().filter(|tag| tag.name == "a") {
            let href = attribute(&tag.attributes, "href").unwrap_or_default();
            let other = ["/look?", "/covers/", "/dumps/", "/api/"].iter().any(|start| href.starts_with(start));
            let chinese = attribute(&tag.attributes, "hreflang") == Some("zh-Hans");
            let ours = href.starts_with('/') && !other && !chinese;
            assert!(!ours || href == "/en" || href.starts_with("/en/"), "{name}: {href}");
        }
    }
}

#[test]
fn a_page_says_which_language_it_is_and_where_the_other_one_is() {
    for lang in Lang::ALL {
        let (_, html) = all_pages(lang, Size::Normal).remove(1);
        assert!(
            html.starts_with(&format!("<!DOCTYPE html><html lang=\"{}\" data-size=\"normal\" data-scheme=\"auto\">", lang.tag()))
        );
        let path = "/places/x-place";
        for (code, prefix) in [("zh-Hans", ""), ("en", "/en"), ("x-default", "")] {
            assert!(html.contains(&format!(r#"hreflang="{code}" href="{BASE}{prefix}{path}""#)), "{code}");
        }
        assert!(html.contains(&format!(r#"<link rel="canonical" href="{BASE}{}{path}">"#, lang.prefix())));
    }
}

#[test]
fn what_is_untranslated_is_marked_on_english_pages_only() {
    let mut chinese_only = listing(Kind::Place, "x");
    chinese_only.title = Text::zh_only("凤凰古城");
    chinese_only.body = Some(Text::zh_only("第一段\n第二段"));
    let page = listing_page(chinese_only);
    let render = |lang| pages::listing::render(&chrome(lang, Size::Normal, "/places/x-place"), &page);
    let english = render(Lang::En);
    assert!(english.contains(r#"<h1><span lang="zh-Hans" class="untranslated">凤凰古城</span>"#), "{english}");
    assert!(english.contains("(Chinese only)"));
    let story = tags(&english).into_iter().find(|tag| attribute(&tag.attributes, "class") == Some("prose untranslated"));
    assert_eq!(attribute(&story.unwrap().attributes, "lang"), Some("zh-Hans"));
    assert!(!render(Lang::Zh).contains("untranslated"));
}

#[test]
fn a_word_left_in_chinese_in_a_row_is_marked_too() {
    let mut stay = listing(Kind::Stay, "x");
    let Details::Stay(details) = &mut stay.details else { panic!("a stay") };
    let on = chrono::NaiveDate::from_ymd_opt(2026, 5, 3).unwrap();
    let ramp = |witness| BarrierFree { fact: BarrierFact::Ramp, value: Measured::Yes(true), witness, on };
    details.barrier_free = vec![ramp(Text::zh_only("村委会"))];
    let page = listing_page(stay);
    let render = |lang| pages::listing::render(&chrome(lang, Size::Normal, "/stays/x-stay"), &page);
    assert!(render(Lang::En).contains(r#"<span lang="zh-Hans" class="untranslated">村委会</span>"#));
    assert!(render(Lang::Zh).contains("坡道：有（村委会，"));
}

#[test]
fn words_to_search_by_are_not_shown_as_names() {
    let page = listing_page(listing(Kind::Place, "x"));
    let html = pages::listing::render(&chrome(Lang::Zh, Size::Normal, "/places/x-place"), &page);
    assert!(html.contains("又名：") && html.contains("镇竿") && !html.contains("沱江夜色"), "{html}");
}

#[test]
fn kilometres_about_a_place_are_said_to_be_straight() {
    let said = |kind, text: &str, lang| {
        let mut listing = listing(kind, "x");
        listing.summary = Text::new(text, "About 12 km from town.");
        let page = listing_page(listing);
        let html = pages::listing::render(&chrome(lang, Size::Normal, "/places/x-place"), &page);
        html.contains(lang.pick("公里数为直线距离，实际道路更长", "Distances are straight lines; roads are longer."))
    };
    for lang in Lang::ALL {
        assert!(said(Kind::Place, "离县城约12公里。", lang));
        assert!(!said(Kind::Route, "全程约12公里。", lang), "a route's length is as reported");
    }
    let plain = listing_page(listing(Kind::Place, "x"));
    let html = pages::listing::render(&chrome(Lang::Zh, Size::Normal, "/places/x-place"), &plain);
    assert!(!html.contains("实际道路更长"));
}

#[test]
fn a_map_says_whose_positions_it_draws() {
    let county = |code: &str, lang| pages::region::render(&chrome(lang, Size::Normal, "/counties/433123"), &region_page(code));
    let seats = "chinese_province_city_area_mapper";
    for (code, seat) in [("433123", true), ("433100", true), ("z-hongjiang", false)] {
        let html = county(code, Lang::En);
        assert_eq!(html.contains(seats), seat, "{code}");
        let drawn = code != "433100"; // a prefecture draws its counties only
        assert_eq!(html.contains("Positions: ") && html.contains("GeoNames"), drawn, "{code}");
    }
    assert!(county("433123", Lang::Zh).contains("位置数据：DQinYuan"));
    let home = pages::home::render(&chrome(Lang::Zh, Size::Normal, "/"), &home_page());
    assert!(home.contains("位置数据：GeoNames"));
    let mut unplaced = listing(Kind::Heritage, "x");
    unplaced.position = None;
    let html = pages::listing::render(&chrome(Lang::Zh, Size::Normal, "/heritage/x"), &listing_page(unplaced));
    assert!(html.contains(seats), "its county's seat stands in for it");
    let own = listing_page(listing(Kind::Place, "x"));
    let html = pages::listing::render(&chrome(Lang::Zh, Size::Normal, "/places/x-place"), &own);
    assert!(!html.contains("位置数据") && html.contains("GeoNames"), "it stands under the sources already");
}

#[test]
fn a_sample_says_so_in_its_title_and_above_its_text_and_stays_out_of_indexes() {
    let mut sample = listing(Kind::Stay, "x");
    sample.sample = true;
    for (lang, mark) in [(Lang::Zh, "示例"), (Lang::En, "Sample")] {
        let page = ListingPage { json_ld: Some("{}".into()), ..listing_page(sample.clone()) };
        let html = pages::listing::render(&chrome(lang, Size::Normal, "/stays/x-stay"), &page);
        let h1 = html.split("<h1>").nth(1).unwrap().split("</h1>").next().unwrap();
        assert!(h1.contains("badge--sample") && h1.contains(mark), "{h1}");
        assert!(html.contains("notice--sample"));
        assert!(html.contains(r#"<meta name="robots" content="noindex">"#));
        assert!(!html.contains("application/ld+json") && !html.contains("uri.amap.com"));
    }
    let real = pages::listing::render(&chrome(Lang::Zh, Size::Normal, "/stays/x-stay"), &listing_page(listing(Kind::Stay, "x")));
    assert!(!real.contains("badge--sample") && !real.contains("noindex"));
}

#[test]
fn hostile_text_is_only_text() {
    let hostile = r#"</script><script>alert(1)</script>"><img src=x onerror=alert(1)>"#;
    let mut bad = listing(Kind::Place, "x");
    bad.title = Text::new(hostile, hostile);
    bad.summary = Text::new(hostile, hostile);
    bad.provenance.source = hostile.to_owned();
    let html = pages::listing::render(&chrome(Lang::Zh, Size::Normal, "/places/x-place"), &listing_page(bad.clone()));
    let query = Query { text: hostile.to_owned(), ..Query::default() };
    let mut found = search_page(query);
    found.hits[0] = app::views::ListingCard { title_marks: vec![(0, 5)], ..app::views::ListingCard::plain(bad.into()) };
    found.problems = vec![Problem::new("x", "bad_value", hostile, hostile)];
    let search = pages::search::render(&chrome(Lang::Zh, Size::Normal, "/search?q=%3Cscript%3E"), &found);
    for html in [html, search] {
        assert!(!html.contains("<script>") && !html.contains("<img src=x"), "{html}");
        assert!(tags(&html).iter().all(|tag| tag.attributes.iter().all(|(key, _)| !key.starts_with("on"))));
    }
}

#[test]
fn marks_stand_on_the_characters_they_are_for() {
    let mut query = search_page(Query { text: "古城".into(), ..Query::default() });
    query.groups.clear();
    query.hits[0].title_marks = vec![(2, 4)];
    let html = pages::search::render(&chrome(Lang::Zh, Size::Normal, "/search?q=x"), &query);
    assert!(html.replace("<!>", "").contains("凤凰<mark>古城</mark>"), "{html}");
    assert!(html.contains(r#"id="q" name="q" value="古城""#), "what was typed is still there");
}

#[test]
fn a_search_with_filters_can_be_taken_back_step_by_step() {
    let params = [("q", "凤凰"), ("county", "433123"), ("tag", "old-town"), ("sort", "newest"), ("page", "2")];
    let (query, problems) = Query::from_params(params);
    assert!(problems.is_empty());
    let page = app::views::SearchPage { total: 95, groups: vec![], ..search_page(query) };
    let html = pages::search::render(&chrome(Lang::Zh, Size::Normal, "/search?q=x"), &page);
    let hrefs: Vec<String> = html::hrefs(&html);
    let has = |href: &str| assert!(hrefs.iter().any(|h| h == href), "{href} in {hrefs:#?}");
    let phoenix = "%E5%87%A4%E5%87%B0";
    has(&format!("/search?q={phoenix}&tag=old-town&sort=newest"));
    has(&format!("/search?q={phoenix}&county=433123&sort=newest"));
    has("/search?county=433123&tag=old-town&sort=newest");
    has(&format!("/search?q={phoenix}&county=433123&tag=old-town&sort=newest"));
    has(&format!("/search?q={phoenix}&county=433123&tag=old-town&sort=newest&page=5"));
    assert!(html.contains(r#"<input type="hidden" name="q" value="凤凰">"#), "the filter form keeps the words");
    assert!(html.contains(r#"<input type="hidden" name="county" value="433123">"#), "and a filter it has no box for");
    assert!(html.contains(r#"name="tag" value="old-town" checked"#), "a chosen box is ticked: {html}");
    assert!(html.contains("noindex"));
}

#[test]
fn what_was_understood_can_be_taken_away_and_what_was_corrected_is_said() {
    use domain::search::notes::{Note, Reason};
    use domain::search::understand::Chip;
    let label = domain::Text::new("10月", "Oct");
    let chip = Chip { code: "month:10".into(), param: "month", values: vec!["10".into()], span: 0..2, label };
    let note = Note::Corrected { from: "芙容镇".into(), to: "芙蓉镇".into(), reason: Reason::Character };
    let query = Query { text: "国庆 芙容镇".into(), ..Query::default() };
    let page = app::views::SearchPage { chips: vec![chip], notes: vec![note], ..search_page(query) };
    let html = pages::search::render(&chrome(Lang::Zh, Size::Normal, "/search?q=x"), &page);
    let hrefs: Vec<String> = html::hrefs(&html);
    let typed = "%E5%9B%BD%E5%BA%86%20%E8%8A%99%E5%AE%B9%E9%95%87";
    for href in [format!("/search?q={typed}&literal=month%3A10"), format!("/search?q={typed}&exact=1"), "/search/how".into()] {
        assert!(hrefs.contains(&href), "{href} in {hrefs:#?}");
    }
    assert!(html.contains("芙蓉镇") && html.contains("10月") && html.contains("仍要搜索"));
}

#[test]
fn distance_is_offered_as_an_order_only_where_there_is_a_centre() {
    let html_of = |query: Query| pages::search::render(&chrome(Lang::Zh, Size::Normal, "/search?x"), &search_page(query));
    let centred = Query { near: domain::geo::Point::new(28.0, 110.0), ..Query::default() };
    let word = Sort::Distance.label(Lang::Zh);
    assert!(!html_of(Query::default()).contains(word));
    assert!(html_of(centred).contains(word));
}

#[test]
fn kinds_of_which_there_is_nothing_stay_out_of_the_navigation() {
    let mut chrome = chrome(Lang::Zh, Size::Normal, "/privacy");
    assert!(html::hrefs(&pages::privacy::render(&chrome)).contains(&"/experiences".to_owned()));
    chrome.site = app::views::Site { empty_kinds: vec![Kind::Experience], ..Default::default() }.into();
    assert!(!html::hrefs(&pages::privacy::render(&chrome)).contains(&"/experiences".to_owned()));
}

#[test]
fn the_elder_version_shows_fewer_things() {
    let count = |size, of: &str| {
        let html = pages::home::render(&chrome(Lang::Zh, size, "/"), &home_page());
        tags(&html).iter().filter(|tag| attribute(&tag.attributes, "class").is_some_and(|class| class.contains(of))).count()
    };
    assert!(count(Size::Elder, "card__title") < count(Size::Normal, "card__title"));
    let nav = |size| {
        let html = pages::privacy::render(&chrome(Lang::Zh, size, "/privacy"));
        html.split("site-header__nav").nth(1).unwrap().split("</nav>").next().unwrap().matches("<a ").count()
    };
    assert!(nav(Size::Elder) < nav(Size::Normal));
}

#[test]
fn a_rough_position_is_said_to_be_rough_and_an_exact_one_can_be_copied() {
    let mut place = listing(Kind::Place, "x");
    let render = |place: &domain::listing::Listing| {
        pages::listing::render(&chrome(Lang::Zh, Size::Normal, "/places/x-place"), &listing_page(place.clone()))
    };
    place.position = Some(domain::geo::Position { lat: 27.95, lon: 109.6, accuracy_m: Some(8000) });
    let rough = render(&place);
    assert!(rough.contains("位置为近似，按名称搜索"));
    assert!(!rough.contains("坐标（WGS84）"));
    place.position = Some(domain::geo::Position { lat: 27.95, lon: 109.6, accuracy_m: Some(50) });
    let exact = render(&place);
    assert!(!exact.contains("位置为近似"));
    assert!(exact.contains("27.95000, 109.60000"));
}

#[test]
fn structured_data_stands_in_the_head_and_cannot_break_out() {
    let data = Some(r#"{"name":"</script>"}"#.into());
    let page = ListingPage { json_ld: data, ..listing_page(listing(Kind::Place, "x")) };
    let html = pages::listing::render(&chrome(Lang::En, Size::Normal, "/places/x-place"), &page);
    assert!(html.contains(r#"<script type="application/ld+json">{"name":"\u003c/script>"}</script>"#));
}

#[test]
fn the_stops_of_a_trip_keep_their_order() {
    let page = route_of_two_days();
    let html = pages::listing::render(&chrome(Lang::Zh, Size::Normal, "/routes/x-route"), &page);
    let first = html.find(r#"id="stop-1""#).unwrap();
    assert!(first < html.find(r#"id="stop-2""#).unwrap());
    assert!(html.contains(r#"href="/places/b-place""#), "a stop the catalogue has is a link");
    for basis in [Basis::Sourced, Basis::Editorial] {
        assert!(html.contains(&format!("stop__basis--{}\">{}", basis.code(), basis.label(Lang::Zh))));
    }
}

#[test]
fn the_footer_shows_what_is_set_and_nothing_else() {
    let mut chrome = chrome(Lang::Zh, Size::Normal, "/privacy");
    chrome.site = Default::default();
    let bare = pages::privacy::render(&chrome);
    assert!(bare.contains("尚未设置报错的联系方式") && !bare.contains("beian") && !bare.contains("投诉电话"));
    chrome.site = app::views::Site {
        report_contact: Some("fix@example.org".into()),
        icp_number: Some("湘ICP备1号".into()),
        complaint_phone: Some("0731-12301".into()),
        ..Default::default()
    }
    .into();
    let full = pages::privacy::render(&chrome);
    for part in ["mailto:fix@example.org?subject=", "湘ICP备1号", "tel:073112301"] {
        assert!(full.contains(part), "{part}");
    }
}

#[test]
fn an_error_page_shows_the_way_on() {
    let problems = vec![Problem::new("page", "bad_value", "页码不对", "that is no page")];
    let page = ErrorPage { status: 400, sentence: Some("<b>".into()), problems, request_id: Some("abc-1".into()) };
    let html = pages::error::render(&chrome(Lang::Zh, Size::Normal, "/x"), &page);
    for part in ["&lt;b&gt;", "页码不对", "abc-1", r#"role="search""#] {
        assert!(html.contains(part), "{part}");
    }
    assert!(!html.contains("canonical"));
}

#[test]
fn developers_find_every_parameter() {
    let html = pages::developers::render(&chrome(Lang::En, Size::Normal, "/developers"));
    for param in PARAMS {
        assert!(html.contains(&format!("<code>{}</code>", param.name)), "{}", param.name);
    }
}

/// Prints what a page costs; run by hand: `cargo test --release … -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement, not a check"]
fn pages_are_quick_to_render() {
    let measure = |name: &str, render: &dyn Fn() -> String| {
        let bytes = render().len();
        let start = std::time::Instant::now();
        for _ in 0..1000 {
            std::hint::black_box(render());
        }
        println!("{name}: {} µs, {bytes} bytes", start.elapsed().as_micros() / 1000);
    };
    let place = listing_page(listing(Kind::Place, "x"));
    let route = route_of_two_days();
    let search = search_page(Query::default());
    let home = home_page();
    let look = chrome(Lang::Zh, Size::Normal, "/x");
    measure("place", &|| pages::listing::render(&look, &place));
    measure("route", &|| pages::listing::render(&look, &route));
    measure("search", &|| pages::search::render(&look, &search));
    measure("home", &|| pages::home::render(&look, &home));
    measure("privacy", &|| pages::privacy::render(&look));
}
