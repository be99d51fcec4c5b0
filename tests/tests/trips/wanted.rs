//! Where somebody wants to go: said in a sentence or typed into the form, by the names people use.

use super::*;

/// The form for a new trip, sent with some fields of its own.
async fn made(browser: &mut Browser, filled: &[(&str, &str)]) -> Page {
    let form = browser.get("/trips/new").await;
    browser.send_and_follow(&form, "#new-trip", filled).await
}

#[tokio::test]
async fn a_form_that_nobody_has_touched_makes_a_plan() {
    let page = made(&mut Browser::new(), &[]).await;
    assert!(names(&page).iter().all(|day| !day.is_empty()), "{:?}", names(&page));
}

#[tokio::test]
async fn a_sentence_says_where_to() {
    let browser = Browser::new();
    let heard = async |prefix: &str, said: &str| {
        let page = browser.get(&format!("{prefix}/trips/new?say={}", domain::navigation::encode(said))).await;
        let start = page.attribute("select[name=start] option[selected]", "value");
        (page.attribute("[name=to]", "value"), start, page.text(".notice"))
    };
    let (to, start, notice) = heard("", "長沙出發去張家界三天，想去天門山和凤凰古城").await;
    assert_eq!((to.as_str(), start.as_str()), ("张家界市、天门山、凤凰古城", "430100"));
    assert!(!notice.contains("没听懂"), "{notice}");
    let (to, ..) = heard("/en", "three days, Tianmen Mountain National Forest Park and Fenghuang").await;
    assert_eq!(to, "tianmen mountain national forest park, fenghuang");
    let (to, _, notice) = heard("", "三天，去月球背面，喜欢苗绣").await;
    assert_eq!(to, "", "what is made is nowhere to go");
    assert!(notice.contains("月球背面"), "{notice}");
}

#[tokio::test]
async fn a_county_that_is_wanted_is_where_the_days_are_spent() {
    let mut browser = Browser::new();
    let page = made(&mut browser, &[("to", "凤凰"), ("start", "430100")]).await;
    assert_eq!(page.text("h1"), "凤凰县3日行程");
    let there = page.texts(".trip__note").iter().filter(|note| note.contains("你想去凤凰县")).count();
    assert!(there >= 3, "{:?}", page.texts(".trip__note"));
    assert!(!page.text("main").contains("没有排进来"));
    let form = browser.get("/en/trips/new").await;
    let page = browser.send_and_follow(&form, "#new-trip", &[("to", "zhangjiajie, Fenghuang"), ("days", "4")]).await;
    assert_eq!(page.text("h1"), "4 days in Zhangjiajie and Fenghuang County");
}

#[tokio::test]
async fn a_place_that_is_wanted_is_in_the_trip_by_any_of_its_names() {
    let mut browser = Browser::new();
    for name in ["天门山", "武陵源—天门山旅游区（天门山）", "張家界天門山"] {
        let page = made(&mut browser, &[("to", name), ("start", "430800"), ("days", "1")]).await;
        let names = names(&page).concat();
        assert!(names.iter().any(|stop| stop.contains("（天门山）")), "{name}: {names:?}");
    }
    let form = browser.get("/trips/new").await;
    let (action, mut fields) = form.form("#new-trip").unwrap();
    fields.retain(|(name, _)| name != "choose" && name != "to");
    fields.push(("to".to_owned(), "天门山，凤凰古城".to_owned()));
    let answer = browser.post(&action, &fields).await;
    let page = browser.get(answer.header("location").split('#').next().unwrap()).await;
    assert_eq!(names(&page).concat().len(), 2, "and nothing else where nobody asked for it: {:?}", names(&page));
}

#[tokio::test]
async fn what_nobody_knows_and_what_cannot_be_done_is_said_beside_the_field() {
    let mut browser = Browser::new();
    let form = browser.get("/trips/new").await;
    let check = async |browser: &mut Browser, filled: &[(&str, &str)], said: &str| {
        let answer = browser.send(&form, "#new-trip", filled).await;
        assert_eq!(answer.status, 422);
        assert!(answer.text("#new-to-wrong").contains(said), "{}", answer.text("#new-to-wrong"));
        assert_eq!(answer.attribute("[name=to]", "value"), filled[0].1, "what was typed is still there");
    };
    check(&mut browser, &[("to", "凤凰、亚特兰蒂斯")], "没有叫“亚特兰蒂斯”的").await;
    check(&mut browser, &[("to", "凤凰"), ("choose", "")], "勾上").await;
    let many: Vec<String> = (0..30).map(|number| format!("地方{number}")).collect();
    check(&mut browser, &[("to", &many.join("、"))], "最多写20个").await;
}

#[tokio::test]
async fn a_county_that_did_not_get_into_the_trip_is_named() {
    let mut browser = Browser::new();
    let page = made(&mut browser, &[("to", "冷水滩"), ("start", "430100")]).await;
    assert_eq!(page.status, 200);
    assert!(page.texts(".notice").iter().any(|said| said.contains("想去的冷水滩区没有排进来")), "{:?}", page.texts(".notice"));
}

#[tokio::test]
async fn a_browser_that_chooses_is_told_where_to() {
    let mut browser = Browser::new();
    let form = browser.get("/trips/new").await;
    let (_, mut fields) = form.form("#new-trip").unwrap();
    fields.retain(|(name, _)| name != "to");
    fields.push(("to".to_owned(), "凤凰、天门山".to_owned()));
    let task = browser.post("/trips/new/task", &fields).await.json();
    assert_eq!(task["wish"]["around"], serde_json::json!(["433123"]));
    assert_eq!(task["wish"]["fixed"].as_array().unwrap().len(), 1);
    let inside = task["listings"].as_array().unwrap().iter().filter(|listing| listing["region"] == "433123").count();
    assert!(inside > 3, "{inside}");
}

#[tokio::test]
async fn names_are_understood_as_people_use_them() {
    let mut browser = Browser::new();
    let form = browser.get("/trips/new").await;
    let (_, fields) = form.form("#new-trip").unwrap();
    let mut meant = async |typed: &str| {
        let mut fields = fields.clone();
        fields.retain(|(name, _)| name != "to");
        fields.push(("to".to_owned(), typed.to_owned()));
        let answer = browser.post("/trips/new/task", &fields).await;
        assert_eq!(answer.status, 200, "{typed}");
        let task = answer.json();
        let title = |id: &serde_json::Value| {
            let listing = task["listings"].as_array().unwrap().iter().find(|listing| listing["id"] == *id).unwrap();
            listing["title"]["zh"].as_str().unwrap().to_owned()
        };
        let regions = task["wish"]["around"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned());
        let places = task["wish"]["fixed"].as_array().unwrap().iter().map(|stop| title(&stop["at"]["listing"]));
        regions.chain(places).collect::<Vec<_>>().join(" ")
    };
    for (typed, expected) in [
        ("湘西", "433100"),
        ("Xiangxi", "433100"),
        ("通道", "431230"),
        ("新晃、芷江", "431227 431228"),
        ("凤凰", "433123"),
        ("凤凰和张家界", "433123 430800"),
        ("Zhangjiajie and Fenghuang", "430800 433123"),
        ("凤凰 韶山", "433123 430382"),
        ("湘西、凤凰、凤凰县", "433123"),
        ("衡山", "南岳衡山旅游区"),
        ("tianmenshan", "武陵源—天门山旅游区（天门山）"),
        ("岳麓山橘子洲旅游区", "岳麓山·橘子洲旅游区"),
    ] {
        assert_eq!(meant(typed).await, expected, "{typed}");
    }
}

#[tokio::test]
async fn a_night_without_a_bed_leads_to_stays_nearby_and_a_last_day_can_lead_home() {
    let mut browser = Browser::new();
    let form = browser.get(&format!("/trips/new?route={ROUTE}")).await;
    let page = browser.send_and_follow(&form, "#new-trip", &[("start", "430100")]).await;
    let stays = page.attributes(".trip__bed a", "href");
    assert_eq!(stays.len(), 2, "two nights: {stays:?}");
    let stays = browser.get(&stays[0]).await;
    assert!(stays.texts(".card").len() > 1, "{}", stays.text("main"));
    let home = "排上回长沙市的路";
    assert!(page.text("#day-3").contains(home) && !page.text("#day-2").contains(home));
    let (action, fields) = page.form("#day-3 .trip__tools").unwrap();
    let edit = page.attribute("#day-3 .trip__tools [value*=set_day_end]", "value");
    let pressed = [fields, vec![("edit".to_owned(), edit)]].concat();
    let answer = browser.post(&action, &pressed).await;
    let page = browser.get(answer.header("location").split('#').next().unwrap()).await;
    assert!(page.text("#day-3 .trip__home").contains("长沙市"), "{}", page.text("#day-3 .trip__home"));
    assert!(!page.text("#day-3").contains(home));
}

#[tokio::test]
async fn trips_of_one_name_are_told_apart_in_the_list() {
    let mut browser = Browser::new();
    browser.follow_route().await;
    made(&mut browser, &[("days", "1")]).await;
    let list = browser.get("/trips").await;
    let said = list.texts(".trip-list__item");
    assert!(said.iter().any(|item| item.contains("3天，6站；")), "{said:?}");
    assert!(said.iter().all(|item| item.contains("改过")), "{said:?}");
}
