//! From a route to a plan, and what becomes of it.

use super::*;

#[tokio::test]
async fn a_route_becomes_a_plan_at_once() {
    let mut browser = Browser::new();
    let route = browser.get(&format!("/routes/{ROUTE}")).await;
    assert_eq!(route.attribute(".listing__trip a", "href"), format!("/trips/new?route={ROUTE}"));
    let (address, page) = browser.follow_route().await;
    assert_eq!(page.status, 200);
    assert_eq!(address.len(), "/trips/".len() + 32, "nobody guesses it: {address}");
    let names = names(&page);
    assert_eq!(
        names,
        [vec!["高椅古村", "地笋苗寨"], vec!["靖州飞山景区", "皇都村（皇都侗文化村）"], vec!["芋头古侗寨", "万佛山·侗寨"]]
    );
    assert!(page.texts(".trip__way").iter().any(|way| way.contains("估算")), "ways are said to be estimates");
    assert!(page.text(".trip__times").contains('–'));
    assert!(page.text(".trip__total").contains("未知") || page.text(".trip__total").contains("至少"));
    assert!(page.text("#changes").contains("与线路一致"), "{}", page.text("#changes"));
    let english = browser.get(&format!("/en{address}")).await;
    assert!(english.text("#day-1 h2").starts_with("Day 1"), "{}", english.text("#day-1 h2"));
    assert!(browser.get("/trips").await.text(".trip-list").contains("3天"));
}

#[tokio::test]
async fn a_plan_is_broken_mended_and_taken_back() {
    let mut browser = Browser::new();
    let (_, page) = browser.follow_route().await;
    let broken = |page: &Page| page.texts(".trip__breach--broken").len();
    let before = broken(&page);
    let page = browser.send_and_follow(&page, "#stop-1 .form", &[("stay_min", "660")]).await;
    assert!(broken(&page) > before, "eleven hours in a village are too many");
    assert!(page.text("#changes").contains("停留从180分钟改为660分钟"), "{}", page.text("#changes"));
    let repairs = page.texts("#day-1 .trip__repairs .trip__repair");
    assert!((1..=3 * broken(&page)).contains(&repairs.len()), "{repairs:?}");
    let worse = broken(&page);
    let mended = browser.press(&page, "#day-1 .trip__repair").await;
    assert!(broken(&mended) < worse, "{repairs:?}");
    let undone = browser.press(&mended, ".trip__undo [value=undo]").await;
    assert_eq!(broken(&undone), worse);
    let undone = browser.press(&undone, ".trip__undo [value=undo]").await;
    assert_eq!(broken(&undone), before);
    assert!(undone.text("#changes").contains("与线路一致"));
    assert_eq!(undone.attributes(".trip__undo [value=undo][disabled]", "name").len(), 1, "nothing is left to undo");
    let redone = browser.press(&undone, ".trip__undo [value=redo]").await;
    assert_eq!(broken(&redone), worse);
}

#[tokio::test]
async fn stops_move_within_a_day_over_its_edge_and_away() {
    let mut browser = Browser::new();
    let (_, page) = browser.follow_route().await;
    let page = browser.press(&page, "#stop-2 .trip__tools button:nth-of-type(1)").await;
    assert_eq!(names(&page)[0], ["地笋苗寨", "高椅古村"]);
    let page = browser.press(&page, "#stop-1 .trip__tools button:nth-of-type(2)").await;
    assert_eq!(names(&page)[..2], [vec!["地笋苗寨"], vec!["高椅古村", "靖州飞山景区", "皇都村（皇都侗文化村）"]]);
    let page = browser
        .send_and_follow(&page, "#stop-1 .form", &[("day", "3"), ("note", "带伞"), ("cost", "60"), ("arrive", "10:00")])
        .await;
    assert_eq!(names(&page)[2], ["芋头古侗寨", "万佛山·侗寨", "高椅古村"]);
    assert_eq!((page.text("#stop-1 .trip__note"), page.attribute("#stop-1-cost", "value")), ("带伞".into(), "60".into()));
    assert!(page.text("#stop-1 .trip__meta").contains("约在10:00"));
    let page = browser.press(&page, "#day-1 > .trip__tools button:last-of-type").await;
    assert_eq!(names(&page)[..2], [vec!["靖州飞山景区", "皇都村（皇都侗文化村）"], vec!["地笋苗寨"]], "days change places");
    let page = browser.press(&page, "#stop-1 .trip__tools button:nth-of-type(3)").await;
    assert!(page.text("#stop-1 .trip__meta").contains("已固定"));
    let page = browser.press(&page, "#stop-1 .trip__tools button:nth-of-type(4)").await;
    assert_eq!(names(&page)[2], ["芋头古侗寨", "万佛山·侗寨"]);
    assert!(page.text("#changes").contains("去掉了"), "{}", page.text("#changes"));
}

#[tokio::test]
async fn a_blank_trip_takes_what_the_catalogue_and_the_traveller_know() {
    let mut browser = Browser::new();
    let form = browser.get("/trips/new").await;
    let made =
        [("days", "2"), ("adults", "10"), ("children", ""), ("start", "433123"), ("budget", "500"), ("occasion", "party_day")];
    let made = [&made[..], &[("guide_needed", "yes"), ("invoice_name", "某某学校"), ("choose", "")]].concat();
    let page = browser.send_and_follow(&form, ".form", &made).await;
    assert!(page.h1().contains("凤凰县2日行程"), "{}", page.h1());
    let mut ids = page.attributes("[id]", "id");
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all, "every name within the page is its own");
    assert!(page.text("#day-1 .trip__empty").contains("凤凰县"));
    assert_eq!(page.attribute("#settings-invoice_name", "value"), "某某学校");
    assert!(
        page.texts(".trip__breach").iter().any(|text| text.contains("没有安排红色点位")),
        "{:?}",
        page.texts(".trip__breach")
    );

    // What is around stands there to be added.
    assert_eq!(page.texts(".trip__idea").len(), 6);
    let idea = (page.text(".trip__idea > a"), page.attribute(".trip__idea button", "value"));
    let page = browser.send_and_follow(&page, "#ideas form", &[("listing", &idea.1), ("day", "1")]).await;
    assert_eq!(names(&page)[0], [idea.0.as_str()]);
    assert!(!page.texts(".trip__idea > a").contains(&idea.0), "it is no idea any more");
    browser.press(&page, ".trip__undo [value=undo]").await;

    // A place from its page in the catalogue, to which the trip is not known.
    let place = browser.get("/places/fenghuang-gucheng").await;
    let link = place.attribute(".listing__trip a", "href");
    assert!(link.starts_with("/trips/add?listing="), "{link}");
    let choice = browser.get(&link).await;
    let page = browser.send_and_follow(&choice, ".trip-list .form", &[("day", "2")]).await;
    assert_eq!(names(&page)[1].len(), 1);
    let page = browser
        .send_and_follow(&page, ".trip__add details .form", &[("name", "学校门口"), ("day", "1"), ("stay_min", "15")])
        .await;
    assert_eq!(names(&page)[0], ["学校门口"]);
    let page = browser.send_and_follow(&page, "#settings .form", &[("travel_cost", "1200.50"), ("adults", "9")]).await;
    assert!(page.text("#costs").contains("¥1200.50"), "{}", page.text("#costs"));
    assert!(
        page.texts(".trip__breach--broken").iter().any(|text| text.contains("¥500")),
        "over the budget: {:?}",
        page.texts(".trip__breach")
    );
    assert_eq!(page.attribute("#day-1 > details .form", "action"), "", "the form of a day is only there when it is asked for");
    let page = browser.open(&page, "#day-1 .trip__open").await;
    let page = browser.send_and_follow(&page, "#day-1 > details .form", &[("from", "07:30"), ("night_cost", "300")]).await;
    assert!(page.text("#day-1").contains("07:30"));
    assert!(page.text("#costs").contains("¥300"));
    let add = ".trip__add > form button";
    let page = browser.press(&page, add).await;
    assert_eq!(names(&page).len(), 3);
}

#[tokio::test]
async fn a_day_is_put_into_its_best_order() {
    let mut browser = Browser::new();
    let (_, page) = browser.follow_route().await;
    // The last stop of the trip, put between the two of the first day.
    let edit = r#"{"edit":"move_visit","visit":6,"day":0,"index":0}"#;
    let page = browser.send_and_follow(&page, ".trip__undo", &[("edit", edit)]).await;
    let back_and_forth = names(&page)[0].clone();
    let answer = browser.send(&page, "#day-1 > .trip__tools", &[("set", "arrange")]).await;
    match answer.status {
        303 => assert_ne!(names(&browser.get(answer.header("location").split('#').next().unwrap()).await)[0], back_and_forth),
        other => panic!("{other}: {:?}", answer.texts(".notice")),
    }
}

#[tokio::test]
async fn a_plan_is_taken_along_as_files_and_on_paper() {
    let mut browser = Browser::new();
    let (address, page) = browser.follow_route().await;
    let calendar = browser.get(&format!("{address}/trip.ics")).await;
    assert_eq!((calendar.status, calendar.header("content-type")), (200, "text/calendar; charset=utf-8"));
    assert!(calendar.header("content-disposition").starts_with("attachment; filename=\"trip.ics\"; filename*=UTF-8''%"));
    assert_eq!(calendar.body.matches("BEGIN:VEVENT").count(), 6);
    assert!(calendar.body.contains("TZID=Asia/Shanghai") && calendar.body.contains("SEQUENCE:0"), "{}", calendar.body);
    browser.press(&page, "#stop-2 .trip__tools button:nth-of-type(1)").await;
    let second_day = browser.get(&format!("{address}/trip.ics?day=2")).await;
    assert_eq!(second_day.body.matches("BEGIN:VEVENT").count(), 2);
    assert!(second_day.body.contains("SEQUENCE:1"), "a calendar sees that it is newer");
    let gpx = browser.get(&format!("{address}/trip.gpx")).await;
    assert_eq!(gpx.header("content-type"), "application/gpx+xml");
    assert!(gpx.body.contains("<gpx"));
    let kml = browser.get(&format!("/en{address}/trip.kml?day=3")).await;
    assert_eq!(kml.header("content-type"), "application/vnd.google-earth.kml+xml");
    assert!(kml.body.contains("<kml"));
    for missing in ["trip.pdf", "trip.ics?day=0", "trip.ics?day=4", "trip.ics?day=x"] {
        assert_eq!(browser.get(&format!("{address}/{missing}")).await.status, 404, "{missing}");
    }
    let paper = browser.get(&format!("{address}/print")).await;
    assert_eq!(paper.texts(".sheet__stop").len(), 6);
    assert_eq!(paper.attributes(".sheet__code svg", "class").len(), 6, "a code for each stop");
    let numbers = paper.text(".sheet__numbers");
    assert!(["110", "119", "120", "12345"].iter().all(|number| numbers.contains(number)), "{numbers}");
}

#[tokio::test]
async fn who_would_rather_not_choose_gets_days_that_can_be_done() {
    let mut browser = Browser::new();
    let form = browser.get("/trips/new").await;
    let wish = [("start", "430100"), ("days", "3"), ("elders", "1"), ("interests", "red"), ("choose", "1")];
    let page = browser.send_and_follow(&form, ".form--page", &wish).await;
    let names = names(&page);
    assert!(names.len() == 3 && names.iter().all(|day| !day.is_empty()), "every day has somewhere to go: {names:?}");
    assert_eq!(page.texts(".trip__breach--broken"), Vec::<String>::new(), "and all of it can be done");
    assert!(!page.text("#stop-1 .trip__note").is_empty(), "each stop says why it was chosen");
    assert_eq!(page.texts(".trip__name .badge--sample").len(), 0, "nothing made up is chosen");
    let unasked = browser.get("/trips/new").await;
    let (action, mut fields) = unasked.form(".form--page").unwrap();
    fields.retain(|(name, _)| name != "choose" && name != "start");
    fields.push(("start".to_owned(), "430100".to_owned()));
    let blank = browser.post(&action, &fields).await;
    assert_eq!(blank.status, 303);
    let blank = browser.get(blank.header("location")).await;
    assert_eq!(blank.texts("[id^=stop-]").len(), 0, "who wants to choose is left to");
}

#[tokio::test]
async fn what_is_chosen_keeps_to_what_was_said_of_pace_places_and_samples() {
    let mut browser = Browser::new();
    let form = browser.get("/trips/new").await;
    let wish = [("start", "433123"), ("days", "2"), ("choose", "1"), ("pace", "relaxed")];
    let plain = browser.send_and_follow(&form, ".form--page", &wish).await;
    let first = names(&plain)[0][0].clone();
    let other = browser.send_and_follow(&form, ".form--page", &[&wish[..], &[("avoid", first.as_str())]].concat()).await;
    assert!(names(&other).concat().iter().all(|name| !name.contains(&first)), "{first} in {:?}", names(&other));
    assert_eq!(other.attribute("#settings select[name=pace] option[selected]", "value"), "relaxed");
    assert!(plain.texts(".trip__why").iter().any(|why| why.starts_with("差一点就选上：")), "{:?}", plain.texts(".trip__idea"));

    let refused = browser.send(&form, ".form--page", &[&wish[..], &[("avoid", "月球背面")]].concat()).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text("main").contains("可选的地方里没有“月球背面”"), "{}", refused.text("main"));
    assert_eq!(refused.attribute("[name=avoid]", "value"), "月球背面", "what was typed is still there");

    let with_samples =
        browser.send(&form, ".form--page", &[&wish[..], &[("samples", "1"), ("interests", "craft")]].concat()).await;
    let address = with_samples.header("location").split('?').next().unwrap().to_owned();
    let page = browser.get(&address).await;
    assert!(!page.texts(".badge--sample").is_empty(), "{:?}", names(&page));
    assert!(browser.get(&format!("{address}/trip.ics")).await.body.contains("示例"), "and the files say so");
}

#[tokio::test]
async fn stops_are_chosen_near_a_route() {
    let mut browser = Browser::new();
    let form = browser.get(&format!("/trips/new?route={ROUTE}")).await;
    let page = browser.send_and_follow(&form, ".form--page", &[("near", "1"), ("days", "2"), ("start", "431230")]).await;
    assert_eq!(names(&page).len(), 2);
    let notes = page.texts(".trip__note");
    assert!(notes.iter().any(|note| note.contains("一线")), "{notes:?}");
}

#[tokio::test]
async fn what_a_trip_begins_with_is_among_what_is_chosen() {
    let mut browser = Browser::new();
    let place = browser.get("/places/fenghuang-gucheng").await;
    let form = browser.get(&place.attribute(".listing__trip a", "href").replace("/trips/add?listing=", "/trips/new?add=")).await;
    let page = browser.send_and_follow(&form, ".form--page", &[("start", "433100"), ("days", "2"), ("choose", "1")]).await;
    let all: Vec<String> = names(&page).into_iter().flatten().collect();
    assert!(all.iter().any(|name| name.contains("凤凰古城")) && all.len() > 1, "{all:?}");
}

#[tokio::test]
async fn a_month_long_trip_is_a_page_that_a_phone_can_load() {
    let mut browser = Browser::new();
    let form = browser.get("/trips/new").await;
    let page = browser.send_and_follow(&form, ".form--page", &[("start", "430100"), ("days", "30"), ("choose", "1")]).await;
    assert_eq!(page.texts(".trip__day").len(), 30);
    let stops = page.attributes(".trip__stop", "id");
    assert!(stops.len() > 20, "{}", stops.len());
    assert!(page.body.len() < 250_000, "{} bytes", page.body.len());
    // One form at a time, a link away; and what is typed into it is kept as in any other.
    assert_eq!(page.texts(".trip__stop .form").len(), 0);
    let open = browser.open(&page, ".trip__stop:last-child .trip__open").await;
    assert_eq!(open.texts(".trip__stop details[open] .form").len(), 1);
    let slip = browser.send(&open, ".trip__stop .form", &[("stay_min", "很久"), ("note", "带伞")]).await;
    assert_eq!(slip.status, 422);
    assert_eq!(slip.attributes(".trip__stop details[open] [name=note]", "value"), ["带伞"]);
}

#[tokio::test]
async fn a_trip_is_drawn_with_a_way_for_each_day() {
    let mut browser = Browser::new();
    let (address, page) = browser.follow_route().await;
    let numbers = ["1-1", "1-2", "2-1", "2-2", "3-1", "3-2"];
    assert_eq!(page.texts("#map .map__number"), numbers);
    assert_eq!(page.texts(".trip__number"), numbers, "as in the list");
    for day in 1..=2 {
        assert_eq!(page.attributes(&format!("#map use.map__way-{day}"), "href").len(), 1, "day {}", day + 1);
    }
    assert_eq!(page.texts(".trip__ways li").len(), 3);
    assert!(page.text("#map").contains("位置是近似的"), "{}", page.text("#map"));
    assert_eq!(page.attributes("#map .map__small", "d").len().min(1), 1, "what lies along the way is marked");
    assert_eq!(browser.get(&format!("{address}/print")).await.texts(".sheet__map .map__number"), numbers);
    let page = browser
        .send_and_follow(&page, ".trip__add details .form", &[("name", "学校门口"), ("day", "1"), ("stay_min", "15")])
        .await;
    assert!(page.text("#map").contains("没有画上：学校门口"), "{}", page.text("#map"));
    let shared = browser.send_and_follow(&page, "#sharing .form", &[]).await;
    let link = shared.attribute(".trip__shares a", "href").replace("http://xiaoxiang.test", "");
    assert_eq!(Browser::new().get(&link).await.texts("#map .map__number"), numbers);
}

#[tokio::test]
async fn a_day_says_how_it_is_spent() {
    let mut browser = Browser::new();
    let (_, page) = browser.follow_route().await;
    let said = page.text("#day-1 .bar__said");
    assert!(["停留6小时", "路上", "午饭1小时", "18:30前还空"].iter().all(|part| said.contains(part)), "{said}");
    assert_eq!(page.attribute("#day-1 .bar__drawing", "aria-hidden"), "true", "the words say it all");
}
