//! A trip on a device without a signal: what was fetched makes the same pages, and what is changed there is changed the same way
//! here later.

use acceptance::body_of;
use serde_json::{Value, json};

use super::*;

/// A device that has taken a trip along and lost its signal.
pub(super) struct Device {
    id: String,
    pub(super) pack: String,
    pub(super) queue: Vec<String>,
}

impl Device {
    pub(super) async fn take_along(browser: &Browser, address: &str) -> Self {
        let answer = browser.get(&format!("{address}/pack")).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let id = address.rsplit('/').next().unwrap().to_owned();
        Self { id, pack: answer.body, queue: vec![] }
    }

    pub(super) fn look(&self, path: &str) -> String {
        let assets = &Site::shared().app.assets;
        let look = json!({ "lang": "zh", "path": path, "base_url": "http://xiaoxiang.test", "assets": **assets,
            "now_ms": Utc::now().timestamp_millis() });
        look.to_string()
    }

    pub(super) fn queue(&self) -> String {
        json!(self.queue).to_string()
    }

    fn get(&self, path: &str) -> Page {
        let answer = offline::trip::trip_page(&self.pack, &self.queue(), &self.look(path), path).unwrap();
        page_of(&serde_json::from_str(&answer).unwrap())
    }

    pub(super) fn trip_page(&self) -> Page {
        self.get(&format!("/trips/{}", self.id))
    }

    /// Sends a form, which waits where it can be done.
    fn post(&mut self, action: &str, fields: &[(String, String)]) -> Value {
        let body = body_of(fields);
        let answer = offline::trip::trip_change(&self.pack, &self.queue(), &body, &self.look(action)).unwrap();
        let answer: Value = serde_json::from_str(&answer).unwrap();
        if answer["queued"] == true {
            self.queue.push(body);
        }
        answer
    }

    pub(super) fn send(&mut self, page: &Page, form: &str, filled: &[(&str, &str)]) -> Value {
        let (action, fields) = filled_in(page, form, filled);
        self.post(&action, &fields)
    }

    pub(super) fn state(&self) -> Value {
        let now = Utc::now().timestamp_millis() as f64;
        serde_json::from_str(&offline::trip::trip_state(&self.pack, &self.queue(), now).unwrap()).unwrap()
    }
}

pub(super) fn page_of(answer: &Value) -> Page {
    let body = answer["html"].as_str().unwrap().to_owned();
    Page { status: answer["status"].as_u64().unwrap() as u16, headers: Default::default(), body }
}

pub(super) fn filled_in(page: &Page, form: &str, filled: &[(&str, &str)]) -> (String, Vec<(String, String)>) {
    let (action, mut fields) = page.form(form).unwrap_or_else(|| panic!("no form {form} in {}", page.body));
    for (name, value) in filled {
        fields.retain(|(known, _)| known != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    (action, fields)
}

/// Without what names a page's forms, and without what a copy says of itself.
pub(super) fn plain(page: &Page) -> String {
    let mut html = page.body.clone();
    while let Some(at) = html.find("name=\"key\" value=\"") {
        let end = at + "name=\"key\" value=\"".len() + html[at + "name=\"key\" value=\"".len()..].find('"').unwrap();
        html.replace_range(at..=end, "");
    }
    if let Some(at) = html.find("class=\"kept\"").and_then(|class| html[..class].rfind("<aside")) {
        let end = at + html[at..].find("</aside>").unwrap() + "</aside>".len();
        // where nothing stands there is a mark
        html.replace_range(at..end, "<!>");
    }
    html
}

/// Says where two pages part: they are long.
pub(super) fn same(here: &str, there: &str) {
    if let Some(at) = here.bytes().zip(there.bytes()).position(|(a, b)| a != b) {
        let part =
            |html: &str| String::from_utf8_lossy(&html.as_bytes()[at.saturating_sub(200)..html.len().min(at + 300)]).into_owned();
        panic!("here: {}\nthere: {}", part(here), part(there));
    }
    assert_eq!(here.len(), there.len());
}

#[tokio::test]
async fn a_pack_is_for_its_owner_alone_and_holds_what_the_page_needs() {
    let mut browser = Browser::new();
    let (address, page) = browser.follow_route().await;
    let answer = browser.get(&format!("{address}/pack")).await;
    assert_eq!((answer.header("content-type"), answer.header("cache-control")), ("application/json", "private, no-store"));
    let pack = answer.json();
    assert_eq!((&pack["format"], &pack["version"], &pack["lang"]), (&json!(1), &json!(1), &json!("zh")));
    assert_eq!(address, format!("/trips/{}", pack["id"].as_str().unwrap()));
    let titles: Vec<&str> = pack["listings"].as_array().unwrap().iter().map(|it| it["title"]["zh"].as_str().unwrap()).collect();
    for name in names(&page).concat() {
        assert!(titles.iter().any(|title| name.starts_with(title)), "{name} in {titles:?}");
    }
    let stored = ["pages", "files"].map(|list| serde_json::from_value::<Vec<String>>(pack[list].clone()).unwrap());
    assert!(stored[0].contains(&address) && stored[0].contains(&format!("{address}/print")), "{stored:?}");
    let counties = pack["counties"].as_array().unwrap();
    assert!(!counties.is_empty());
    for county in counties {
        let kept = browser.get(county["address"].as_str().unwrap()).await;
        assert_eq!(county["bytes"].as_u64(), Some(kept.body.len() as u64), "what it will take is said before: {county}");
    }
    for path in stored.concat() {
        let kept = browser.visitor().with("x-offline-copy", "1").get(&path).await;
        assert_eq!(kept.status, 200, "{path}");
    }
    let stranger = Browser::new();
    assert_eq!(stranger.get(&format!("{address}/pack")).await.status, 403);
    assert_eq!(stranger.get("/trips/00000000000000000000000000000000/pack").await.status, 404);
}

#[tokio::test]
async fn without_a_signal_the_page_is_the_same_but_says_that_it_is_a_copy() {
    let mut browser = Browser::new();
    let (address, page) = browser.follow_route().await;
    let device = Device::take_along(&browser, &address).await;
    for path in [address.clone(), format!("{address}/print")] {
        let (there, here) = (browser.get(&path).await, device.get(&path));
        assert_eq!(here.status, 200);
        assert!(here.text(".kept").contains("副本") && there.texts(".kept").is_empty());
        same(&plain(&here), &plain(&there));
    }
    assert_ne!(names(&page), Vec::<Vec<String>>::new());
    let english = device.get(&format!("/en{address}"));
    assert!(english.text(".kept").starts_with("A copy kept on this device on "), "{}", english.text(".kept"));
    assert_eq!(device.get("/trips").status, 404, "that is not in the pack");
}

#[tokio::test]
async fn without_a_signal_the_trips_that_were_taken_along_are_listed_with_what_was_done_to_them() {
    let mut browser = Browser::new();
    let (address, _) = browser.follow_route().await;
    let mut device = Device::take_along(&browser, &address).await;
    let page = device.trip_page();
    device.send(&page, ".trip__undo", &[("edit", r#"{"edit":"set_title","title":"外婆的周末"}"#)]);
    let kept = json!([{ "pack": device.pack, "queue": device.queue }]).to_string();
    let list = offline::away::away_page(&kept, &device.look("/trips")).unwrap();
    let list = page_of(&serde_json::from_str(&list).unwrap());
    assert_eq!(list.texts(".trip-list h2"), ["外婆的周末"]);
    assert_eq!(list.attribute(".trip-list a", "href"), address);
    assert!(list.text(".trip-list").contains("1处修改还没有发出"), "{}", list.text(".trip-list"));
}

#[tokio::test]
async fn what_is_done_without_a_signal_is_what_the_site_does_with_the_same_forms_later() {
    let mut browser = Browser::new();
    let (address, _) = browser.follow_route().await;
    let mut device = Device::take_along(&browser, &address).await;
    let edit = |text: &str| text.to_owned();
    let zigzag = r#"{"edit":"all","edits":[{"edit":"move_visit","visit":3,"day":0,"index":0},
        {"edit":"move_visit","visit":5,"day":0,"index":0}]}"#;
    // A longer stay, an own place, what is there to add, another order, fewer people, and some of it taken back.
    let steps: Vec<(&str, Vec<(&str, String)>)> = vec![
        (".trip__undo", vec![("edit", edit(zigzag))]),
        ("#day-1 > .trip__tools", vec![("set", edit("arrange"))]),
        ("#stop-2 form.form", vec![("stay_min", edit("200")), ("note", edit("带伞"))]),
        ("form:has(input[name='set'][value='own'])", vec![("name", edit("外婆家")), ("stay_min", edit("45"))]),
        ("#ideas form", vec![("listing", edit("IDEA"))]),
        ("#settings form", vec![("adults", edit("3")), ("budget", edit("1500"))]),
        (".trip__undo", vec![("edit", edit(r#"{"edit":"swap_days","day":0,"with":1}"#))]),
        (".trip__undo", vec![("edit", edit("undo"))]),
        (".trip__undo", vec![("edit", edit("redo"))]),
        (".trip__undo", vec![("edit", edit(r#"{"edit":"remove_visit","visit":3}"#))]),
    ];
    for (form, filled) in &steps {
        let page = device.trip_page();
        let idea = page.attribute("#ideas button[name='listing']", "value");
        let filled: Vec<(&str, &str)> =
            filled.iter().map(|(name, value)| (*name, if value == "IDEA" { idea.as_str() } else { value.as_str() })).collect();
        let answer = device.send(&page, form, &filled);
        let why = answer["html"].as_str().map(|_| page_of(&answer).texts(".notice--problem"));
        assert_eq!((&answer["kind"], &answer["queued"]), (&json!("done"), &json!(true)), "{form}: {why:?}");
        assert!(answer["location"].as_str().unwrap().starts_with(&address), "{answer}");
    }
    assert_eq!(device.state(), json!({ "version": 1 + steps.len(), "problems": [] }));
    let here = device.trip_page();
    assert!(here.text(".kept").contains(&format!("{}处改动还没有发出", steps.len())), "{}", here.text(".kept"));

    for body in &device.queue {
        let answer = browser.visitor().post_body(&format!("{address}/edit"), body.clone()).await;
        assert_eq!(answer.status, 303, "{}", answer.texts(".notice").join("\n"));
    }
    let again = browser.visitor().post_body(&format!("{address}/edit"), device.queue[0].clone()).await;
    assert_eq!(again.status, 303, "sent twice, done once");
    let there = browser.get(&address).await;
    assert_eq!(without_ideas(&here), without_ideas(&there));
    assert_eq!(here.texts(".trip__day").len(), 3);
    let fresh = Device::take_along(&browser, &address).await;
    assert_eq!(fresh.state(), json!({ "version": 1 + steps.len(), "problems": [] }));
    same(&plain(&fresh.trip_page()), &plain(&there));
}

/// Around a trip that has become another the site finds other ideas, for the list and the map; the device has those that it had.
fn without_ideas(page: &Page) -> Vec<Vec<String>> {
    [".trip__head", ".trip__day", ".trip__breach", "#costs", "#changes", "#settings"].map(|part| page.texts(part)).into()
}

#[tokio::test]
async fn what_cannot_be_done_says_why_and_keeps_what_was_typed() {
    let mut browser = Browser::new();
    let (address, _) = browser.follow_route().await;
    let mut device = Device::take_along(&browser, &address).await;
    let page = device.trip_page();
    let answer = device.send(&page, "#settings form", &[("adults", "0"), ("budget", "-1"), ("title", "外婆的周末")]);
    assert_eq!((&answer["kind"], &answer["status"]), (&json!("page"), &json!(422)));
    let refused = page_of(&answer);
    assert!(refused.text(".notice--problem").contains("金额不能是负数"), "{}", refused.text(".notice--problem"));
    assert_eq!(refused.attribute("#settings input[name='title']", "value"), "外婆的周末");
    assert_eq!(device.send(&page, ".trip__undo", &[("edit", "nonsense")])["status"], 422);

    // What only the site can do.
    for act in ["share", "delete"] {
        let answer = device.post(&format!("{address}/{act}"), &[]);
        assert_eq!((&answer["kind"], &answer["status"]), (&json!("page"), &json!(503)), "{act}");
        assert!(page_of(&answer).text(".notice--problem").contains("没有信号"), "{act}");
    }
    assert!(device.queue.is_empty(), "none of it waits");

    // A form without a change, and the same button twice.
    let nothing = device.send(&page, "#settings form", &[]);
    assert_eq!((&nothing["kind"], &nothing["queued"]), (&json!("done"), &json!(false)));
    let swap = [("edit", r#"{"edit":"swap_days","day":0,"with":1}"#)];
    assert_eq!(device.send(&page, ".trip__undo", &swap)["queued"], true);
    let twice = device.send(&page, ".trip__undo", &swap);
    assert_eq!((&twice["kind"], &twice["queued"]), (&json!("done"), &json!(false)));

    // Another tab shows the trip as it was before that.
    let late = device.send(&page, ".trip__undo", &[("edit", r#"{"edit":"remove_visit","visit":1}"#)]);
    assert_eq!((&late["kind"], &late["status"]), (&json!("page"), &json!(409)));
    let both = page_of(&late);
    assert_eq!(both.texts(".trip__changes li").len(), 1, "{}", both.body);
    assert_eq!(device.send(&both, "form[action$='/edit']", &[])["queued"], true, "and on the new version it is done");
    assert_eq!(device.state()["version"], 3);
}

#[tokio::test]
async fn when_somebody_else_was_first_what_waits_is_said_to_be_outdated_and_not_misapplied() {
    let mut browser = Browser::new();
    let (address, page) = browser.follow_route().await;
    let mut device = Device::take_along(&browser, &address).await;
    let kept = device.trip_page();
    device.send(&kept, ".trip__undo", &[("edit", r#"{"edit":"remove_visit","visit":1}"#)]);
    browser.send_and_follow(&page, ".trip__undo", &[("edit", r#"{"edit":"set_title","title":"改了"}"#)]).await;
    let renewed = Device { queue: device.queue.clone(), ..Device::take_along(&browser, &address).await };
    let state = renewed.state();
    assert_eq!((&state["version"], &state["problems"][0]["code"]), (&json!(2), &json!("outdated")), "{state}");
    assert_eq!(names(&renewed.trip_page()), names(&page), "the trip is shown as the site has it");
}

#[tokio::test]
async fn a_page_to_be_kept_says_so_and_nobody_else_is_given_it() {
    let visitor = Site::shared().visitor();
    let path = "/places/fenghuang-gucheng";
    let usual = visitor.get(path).await;
    let copy = visitor.clone().with("x-offline-copy", "1").get(path).await;
    assert!(copy.text(".kept").contains("价格、余量和优惠是那时的"), "{}", copy.text(".kept"));
    assert_eq!(copy.header("cache-control"), "private, no-store");
    assert_eq!((copy.h1(), copy.texts("table td")), (usual.h1(), usual.texts("table td")));
    assert_eq!(visitor.get(path).await.body, usual.body, "from memory comes what is current");
}
