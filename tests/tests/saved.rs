//! Saved listings, and listings side by side, by people without script and without an account.

use acceptance::{Page, Site, Visitor};
use chrono::Utc;
use domain::ListingId;
use domain::listing::Listing;
use server::config::Config;
use server::services::saved::MOST_SAVED;
use server::store::ChangeRequest;
use server::store::testing::on_each;

/// A browser that keeps the cookie it is given.
struct Browser {
    visitor: Visitor,
    cookie: Option<String>,
}

impl Browser {
    fn at(site: &Site) -> Self {
        Self { visitor: site.visitor(), cookie: None }
    }

    fn visitor(&self) -> Visitor {
        match &self.cookie {
            Some(cookie) => self.visitor.clone().with("cookie", cookie),
            None => self.visitor.clone(),
        }
    }

    async fn get(&self, path: &str) -> Page {
        self.visitor().get(path).await
    }

    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let page = self.visitor().post(path, &fields).await;
        if let Some((cookie, _)) = page.header("set-cookie").split_once(';') {
            self.cookie = Some(cookie.to_owned());
        }
        page
    }

    /// Presses the button that a page has for saving this listing, as the page's own form sends it.
    async fn press_save(&mut self, page: &Page, button: &str) -> Page {
        let (action, mut fields) = page.form("form#keep").expect("the page's form for saving");
        assert_eq!(page.attribute(button, "form"), "keep", "the button belongs to it");
        fields.push((page.attribute(button, "name"), page.attribute(button, "value")));
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post(&action, &fields).await
    }

    async fn save(&mut self, ids: &[&str]) {
        for id in ids {
            assert_eq!(self.post("/saved", &[("listing", id)]).await.status, 303, "{id}");
        }
    }
}

fn names(page: &Page) -> Vec<String> {
    page.texts(".saved__name")
}

async fn listing(site: &Site, id: &str) -> Listing {
    let id = ListingId::parse(id).unwrap();
    (*site.store().find_many(&[id]).await.unwrap().remove(0).listing).clone()
}

#[tokio::test]
async fn a_button_saves_and_leads_back_to_where_it_stands() {
    let site = Site::shared();
    let mut browser = Browser::at(site);
    let place = browser.get("/places/fenghuang-gucheng").await;
    let saved = browser.press_save(&place, ".listing__trip button").await;
    let (back, anchor) = saved.header("location").split_once('#').expect("a sentence to come back to");
    assert_eq!((saved.status, back), (303, "/places/fenghuang-gucheng"));
    assert!(place.text(&format!("[id='{anchor}']")).contains("已收藏"), "the sentence stands there for everybody, hidden");

    let english = browser.get("/en/search?q=fenghuang&kind=place").await;
    let card = ".results .card:nth-child(2)";
    let title = english.text(&format!("{card} .card__title a"));
    let saved = browser.press_save(&english, &format!("{card} .keep__button")).await;
    let (back, anchor) = saved.header("location").split_once('#').unwrap();
    assert_eq!(back, "/en/search?q=fenghuang&kind=place");
    assert!(english.text(&format!("{card} [id='{anchor}']")).starts_with("Saved."));

    let list = browser.get("/en/saved").await;
    assert_eq!(names(&list).len(), 2);
    assert!(title.starts_with(&names(&list)[0]), "the latest first: {title}");
    assert_eq!((list.header("cache-control"), list.header("x-robots-tag")), ("private, no-store", "noindex"));
    for path in ["/places/fenghuang-gucheng", "/search?q=凤凰", "/compare?ids=pl-001,pl-002"] {
        assert_eq!(browser.get(path).await.body, Browser::at(site).get(path).await.body, "the same for everybody: {path}");
    }
}

#[tokio::test]
async fn every_card_and_page_can_be_saved_and_taken_into_a_trip() {
    let visitor = Site::shared().visitor();
    let results = visitor.get("/places").await;
    let (cards, ids) = (results.titles().len(), results.attributes(".card .keep__button", "value"));
    assert!(cards >= 20);
    assert_eq!(ids.len(), cards);
    let links = results.attributes(".card__keep > a", "href");
    assert_eq!(links, ids.iter().map(|id| format!("/trips/add?listing={id}")).collect::<Vec<_>>());
    assert_eq!(visitor.get(&links[0]).await.status, 200);
    let offers = visitor.get("/offers").await;
    assert_eq!(offers.attributes(".card__keep > a", "href"), Vec::<String>::new(), "nobody can go to an offer");
    let route = visitor.get("/routes").await.attribute(".card__keep > a", "href");
    assert!(route.starts_with("/trips/new?route="), "{route}");
}

#[tokio::test]
async fn twice_is_once_and_what_is_taken_out_is_gone_on_both_databases() {
    on_each(async |database| {
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let config = |folder: &tempfile::TempDir| Config {
            database_url: database.url.clone(),
            ..Config::for_tests(folder.path().to_owned())
        };
        let (here, there) = (Site::over(config(&folders[0])).await, Site::over(config(&folders[1])).await);
        let mut browser = Browser::at(&here);
        browser.save(&["pl-001", "pl-002", "st-001", "pl-001"]).await;
        assert_eq!(names(&browser.get("/saved").await).len(), 3);
        let stranger = Browser::at(&here);
        assert!(stranger.get("/saved").await.text("main").contains("还没有收藏"), "another device has its own");
        // The other server of the same database knows the device as well.
        let mut same = Browser { visitor: there.visitor(), cookie: browser.cookie.clone() };
        assert_eq!(names(&same.get("/saved").await).len(), 3);
        for _ in 0..2 {
            let gone = same.post("/saved/remove", &[("listing", "pl-001"), ("listing", "st-001")]).await;
            assert_eq!(gone.header("location"), "/saved#removed");
        }
        assert_eq!(names(&browser.get("/saved").await).len(), 1);
        assert_eq!(browser.post("/saved/remove", &[]).await.header("location"), "/saved#none");
        assert_eq!(browser.post("/saved/clear", &[]).await.header("location"), "/saved#cleared");
        assert_eq!(names(&same.get("/saved").await).len(), 0);
    })
    .await;
}

#[tokio::test]
async fn what_left_the_catalogue_is_said_to_be_gone() {
    let site = Site::start(|_| {}).await;
    let mut browser = Browser::at(&site);
    browser.save(&["pl-001", "pl-002"]).await;
    let title = listing(&site, "pl-001").await.title;
    let withdraw = vec![ChangeRequest::Withdraw(ListingId::parse("pl-001").unwrap())];
    let revision = site.store().write(withdraw, Utc::now()).await.unwrap().revision;
    site.caught_up(revision).await;
    let list = browser.get("/saved").await;
    let gone = list.texts(".saved__item").into_iter().find(|item| item.contains("已不在目录里")).expect("it is said");
    assert!(gone.contains(&title.zh), "by the name it had: {gone}");
    let compared = browser.get("/compare?ids=pl-001,pl-002").await;
    assert!(compared.text(".notice").contains("pl-001"), "{}", compared.text(".notice"));
    let trip = browser.get("/trips/new?listing=pl-001&listing=pl-002").await;
    assert_eq!(trip.status, 200, "the rest goes on");
    assert!(trip.text(".notice--problem").contains("pl-001"), "{}", trip.text("main"));
    assert_eq!(trip.attributes("input[name=add]", "value"), ["pl-002"]);
}

#[tokio::test]
async fn nobody_saves_for_somebody_else_nor_what_is_not_there_nor_without_end() {
    let site = Site::start(|_| {}).await;
    let mut browser = Browser::at(&site);
    for (name, value) in [("origin", "https://evil.test"), ("sec-fetch-site", "cross-site")] {
        let foreign = browser.visitor().with(name, value).post("/saved", &[("listing".into(), "pl-001".into())]).await;
        assert_eq!((foreign.status, foreign.header("set-cookie")), (403, ""), "{value}");
    }
    for nothing in ["", "pl-9999", "凤凰", "../x"] {
        let missing = browser.post("/saved", &[("listing", nothing)]).await;
        assert_eq!((missing.status, missing.header("set-cookie")), (404, ""), "{nothing}");
    }
    for elsewhere in ["https://evil.test/", "//evil.test", "/\\evil.test", ""] {
        let saved = browser.post("/saved", &[("listing", "pl-001"), ("back", elsewhere)]).await;
        assert_eq!(saved.header("location"), "/saved", "{elsewhere}");
    }
    let listings = browser.get("/api/v1/search?per_page=100").await.json();
    let more = browser.get("/api/v1/search?per_page=100&page=2").await.json();
    let third = browser.get("/api/v1/search?per_page=100&page=3").await.json();
    let ids: Vec<String> = [listings, more, third]
        .iter()
        .flat_map(|page| page["hits"].as_array().expect("hits").clone())
        .map(|hit| hit["id"].as_str().expect("an id").to_owned())
        .filter(|id| id != "pl-001")
        .collect();
    for id in &ids[..MOST_SAVED as usize - 1] {
        browser.save(&[id]).await;
    }
    let full = browser.post("/saved", &[("listing", &ids[MOST_SAVED as usize])]).await;
    assert_eq!(full.status, 409);
    assert!(full.text("main").contains("收藏已经满了"), "{}", full.text("main"));
    assert_eq!(names(&browser.get("/saved").await).len() as u64, MOST_SAVED);
}

#[tokio::test]
async fn a_trip_begins_with_what_was_saved_laid_out_over_days_that_can_be_done() {
    let mut browser = Browser::at(Site::shared());
    let form = browser.get("/trips/new?listing=pl-001&listing=pl-002&listing=pl-003&listing=st-001&listing=of-001").await;
    assert!(form.text(".notice--problem").contains("不是一个去得了的地方"), "an offer is no stop");
    assert_eq!(form.attributes("input[name=add]", "value"), ["pl-001", "pl-002", "pl-003", "st-001"]);
    let (action, fields) = form.form(".form--page").unwrap();
    let mut fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.retain(|(name, _)| *name != "days");
    fields.push(("days", "3"));
    assert!(!fields.iter().any(|(name, _)| *name == "choose"), "nothing else is added unless that is asked for");
    let made = browser.post(&action, &fields).await;
    assert_eq!(made.status, 303, "{}", made.text("main"));
    let again = browser.post(&action, &fields).await;
    assert_eq!(made.header("location"), again.header("location"), "the same form twice is one trip");
    let trip = browser.get(made.header("location")).await;
    let mut stops = trip.texts(".trip__name");
    stops.sort();
    let mut wanted = Vec::new();
    for id in ["pl-001", "pl-002", "pl-003"] {
        wanted.push(listing(Site::shared(), id).await.title.zh);
    }
    wanted.sort();
    assert_eq!(stops, wanted, "these and no others");
    let bed = listing(Site::shared(), "st-001").await.title.zh;
    assert!(trip.texts(".trip__home").iter().any(|home| home.contains(&bed)), "a bed is where a day ends");
}

#[tokio::test]
async fn several_stops_near_each_other_make_a_trip_without_a_breach() {
    let mut browser = Browser::at(Site::shared());
    let near = browser.get("/api/v1/search?near=27.95,109.6&radius_km=25&sort=distance&kind=place&per_page=4").await.json();
    let ids: Vec<String> = near["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect();
    assert!(ids.len() >= 3, "{ids:?}");
    let query: Vec<String> = ids.iter().map(|id| format!("listing={id}")).collect();
    let form = browser.get(&format!("/trips/new?{}", query.join("&"))).await;
    let (action, fields) = form.form(".form--page").unwrap();
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let made = browser.post(&action, &fields).await;
    assert_eq!(made.status, 303, "{}", made.text("main"));
    let trip = browser.get(made.header("location")).await;
    assert_eq!(trip.texts(".trip__name").len(), ids.len());
    assert!(trip.text(".trip__state").contains("走得通"), "{}", trip.text("main"));
}

#[tokio::test]
async fn two_to_four_stand_side_by_side_and_what_differs_is_said_in_words() {
    let visitor = Site::shared().visitor();
    let page = visitor.get("/compare?ids=pl-001,pl-002,st-001").await;
    assert_eq!(page.texts("thead th").len(), 3);
    let rows = page.texts("tbody tr");
    let row = |fact: &str| page.texts(&format!("tbody tr[data-fact={fact}] td"));
    assert!(row("kind")[0] == row("kind")[1] && row("kind")[0] != row("kind")[2], "{rows:?}");
    assert!(page.text("tr[data-fact=kind] th").contains("不同"));
    assert_eq!(row("price")[..2], ["未知", "未知"], "what a place costs nobody knows");
    assert!(row("grade").contains(&"没有这一项".to_owned()), "an inn has no grade: {:?}", row("grade"));
    assert_eq!(page.texts("thead th:nth-of-type(3) .badge--sample").len(), 1, "a sample is marked");
    let same = visitor.get("/en/compare?ids=pl-001,pl-002").await;
    assert!(same.text("tr[data-fact=kind] th").contains("the same"), "{}", same.text("tr[data-fact=kind] th"));

    let five = visitor.get("/compare?ids=pl-001,pl-002,pl-003,pl-004,pl-005").await;
    let fifth = listing(Site::shared(), "pl-005").await.title.zh;
    assert_eq!(five.texts("thead th").len(), 4);
    assert!(five.text(".notice").contains(&fifth), "{}", five.text(".notice"));
    let one = visitor.get("/compare?ids=pl-001").await;
    assert!(one.text(".notice").contains("只有一条"));
    let none = visitor.get("/compare").await;
    assert_eq!((none.status, none.text(".notice").contains("还没有选")), (200, true));
    let odd = visitor.get("/compare?ids=pl-001,nope-1,%E5%87%A4,pl-001,pl-002").await;
    assert_eq!(odd.texts("thead th").len(), 2);
    assert!(odd.text(".notice").contains("nope-1") && odd.text(".notice").contains('凤'));
}

#[tokio::test]
async fn however_the_wish_to_compare_is_written_it_is_one_page_in_memory() {
    let visitor = Site::shared().visitor();
    let form = visitor.get("/compare?listing=pl-010&listing=pl-011").await;
    let link = visitor.get("/compare?ids=pl-010,pl-011&utm_source=x").await;
    assert_eq!(form.header("etag"), link.header("etag"));
    assert_eq!((form.header("x-robots-tag"), form.header("cache-control")), ("noindex", "no-cache"));
}

#[tokio::test]
async fn a_page_learns_what_this_device_has_saved_and_no_other() {
    let site = Site::shared();
    let (mut mine, theirs) = (Browser::at(site), Browser::at(site));
    mine.save(&["pl-001", "st-001"]).await;
    let ids = mine.get("/saved/ids").await;
    assert_eq!((ids.status, ids.header("cache-control")), (200, "private, no-store"));
    assert_eq!(serde_json::from_str::<Vec<String>>(&ids.body).unwrap().len(), 2);
    assert_eq!(theirs.get("/saved/ids").await.body, "[]");
    // By the button of a list, back to where it was pressed.
    let gone = mine.post("/saved/remove", &[("listing", "pl-001.neighbours"), ("back", "/places")]).await;
    assert_eq!((gone.status, gone.header("location")), (303, "/places"));
    assert_eq!(mine.get("/saved/ids").await.body, r#"["st-001"]"#);
    let elsewhere = mine.post("/saved/remove", &[("listing", "st-001"), ("back", "//evil.test")]).await;
    assert_eq!(elsewhere.header("location"), "/saved#removed");
}
