//! Several who plan one trip.

use super::*;

#[tokio::test]
async fn a_link_shows_the_trip_and_does_not_let_it_be_changed() {
    let mut browser = Browser::new();
    let (address, page) = browser.follow_route().await;
    let page = browser.send_and_follow(&page, "#sharing .form", &[]).await;
    let link = page.attribute(".trip__shares a", "href");
    let path = link.strip_prefix("http://xiaoxiang.test").expect("the public address").to_owned();
    let stranger = Browser::new();
    let seen = stranger.get(&path).await;
    assert_eq!(seen.status, 200, "no cookie is needed");
    assert_eq!((seen.header("x-robots-tag"), seen.header("set-cookie")), ("noindex", ""));
    assert_eq!(names(&seen), names(&page));
    assert!(seen.form("form[action$='/edit']").is_none() && seen.form(".trip__undo").is_none());
    assert_eq!(stranger.get(&format!("{path}/trip.ics")).await.body.matches("BEGIN:VEVENT").count(), 6);
    assert_eq!(stranger.get(&format!("{path}/print")).await.texts(".sheet__stop").len(), 6);

    // A copy is the stranger's own.
    let mut other = Browser::new();
    let copy = other.send_and_follow(&seen, "form[action$='/copy']", &[]).await;
    let copied = other.press(&copy, "#stop-1 .trip__tools button:nth-of-type(4)").await;
    assert_ne!(names(&copied), names(&page));
    assert_eq!(names(&browser.get(&address).await), names(&page));
    let joined = other.post(&format!("{path}/join"), &[]).await;
    assert_eq!(joined.status, 403, "the link is for looking only");

    browser.send_and_follow(&page, ".trip__shares form", &[]).await;
    let ended = stranger.get(&path).await;
    assert_eq!(ended.status, 404, "taken back");
    assert!(ended.text("main").contains("被收回"), "{}", ended.text("main"));
}

#[tokio::test]
async fn a_stranger_neither_sees_nor_changes_it_without_a_link() {
    let mut browser = Browser::new();
    let (address, page) = browser.follow_route().await;
    let (action, mut fields) = page.form(".trip__undo").unwrap();
    fields.push(("edit".into(), r#"{"edit":"remove_visit","visit":1}"#.into()));
    let mut strangers = [Browser::new(), Browser::new()];
    strangers[1].follow_route().await;
    for stranger in &mut strangers {
        for path in ["", "/print", "/trip.ics"] {
            assert_eq!(stranger.get(&format!("{address}{path}")).await.status, 403, "{path}");
        }
        assert_eq!(stranger.post(&action, &fields).await.status, 403);
        for act in ["share", "unshare", "alone", "delete"] {
            assert_eq!(stranger.post(&format!("{address}/{act}"), &[]).await.status, 403, "{act}");
        }
    }
    assert_eq!(names(&browser.get(&address).await), names(&page));
    assert_eq!(browser.get("/trips/00000000000000000000000000000000").await.status, 404);
}

#[tokio::test]
async fn the_later_of_two_sees_both_changes_and_loses_neither() {
    let mut mine = Browser::new();
    let (address, page) = mine.follow_route().await;
    let page = mine.send_and_follow(&page, "#sharing .form", &[("rights", "edit")]).await;
    let link = page.attribute(".trip__shares a", "href").replace("http://xiaoxiang.test", "");
    let mut theirs = Browser::new();
    let seen = theirs.get(&link).await;
    let their_page = theirs.send_and_follow(&seen, "form[action$='/join']", &[]).await;
    let my_page = mine.get(&address).await;
    mine.press(&my_page, "#stop-6 .trip__tools button:nth-of-type(4)").await;
    let conflict = theirs.send(&their_page, "#stop-1 .form", &[("stay_min", "90")]).await;
    assert_eq!(conflict.status, 409);
    let removed = format!("去掉“{}”", names(&my_page)[2][1]);
    assert!(conflict.text(".trip__changes").contains(&removed), "{}", conflict.text(".trip__changes"));
    assert!(conflict.text(".trip__wanted").contains("高椅古村”停留90分钟"), "{}", conflict.text(".trip__wanted"));
    assert_eq!(theirs.get(&address).await.attribute("#stop-1-stay_min", "value"), "180", "nothing is done yet");
    let both = theirs.send_and_follow(&conflict, "form[action$='/edit']", &[]).await;
    assert_eq!(both.attribute("#stop-1-stay_min", "value"), "90");
    assert_eq!(names(&both)[2], ["芋头古侗寨"], "the first change stays");

    // What can no longer be done is said.
    let gone = theirs.send(&their_page, "#stop-6 .form", &[("stay_min", "90")]).await;
    assert_eq!(gone.status, 409);
    assert!(gone.text("main").contains("行程里没有编号为6的一站"), "{}", gone.text("main"));
    let wanted = format!("{}”停留90分钟", names(&my_page)[2][1]);
    assert!(gone.text(".trip__wanted").contains(&wanted), "it is called what it was called: {}", gone.text(".trip__wanted"));
}

#[tokio::test]
async fn what_two_write_about_one_thing_is_shown_whole() {
    let mut browser = Browser::new();
    let (address, page) = browser.follow_route().await;
    browser.send(&page, "#stop-6 .form", &[("note", "带伞，山上有雨")]).await;
    let conflict = browser.send(&page, "#stop-6 .form", &[("note", "带现金，没有信号")]).await;
    assert_eq!(conflict.status, 409);
    assert!(conflict.text(".trip__changes").contains("“带伞，山上有雨”"), "{}", conflict.text(".trip__changes"));
    assert!(conflict.text(".trip__wanted").contains("“带现金，没有信号”"), "{}", conflict.text(".trip__wanted"));

    let latest = browser.get(&address).await;
    browser.press(&latest, "#stop-6 .trip__tools button:nth-of-type(4)").await;
    let gone = browser.send(&page, "#stop-6 .form", &[("note", "带现金，没有信号")]).await;
    assert!(gone.form("form[action$='/edit']").is_none(), "the stop is gone");
    assert!(
        gone.text(".trip__wanted").contains("“带现金，没有信号”"),
        "what was typed is still there: {}",
        gone.text(".trip__wanted")
    );
}

#[tokio::test]
async fn two_who_change_two_fields_of_one_form_both_have_their_way() {
    let mut browser = Browser::new();
    let (_, page) = browser.follow_route().await;
    browser.send(&page, "#settings .form", &[("elders", "1")]).await;
    let conflict = browser.send(&page, "#settings .form", &[("adults", "3")]).await;
    assert_eq!(conflict.status, 409);
    let both = browser.send_and_follow(&conflict, "form[action$='/edit']", &[]).await;
    let field = |name: &str| both.attribute(&format!("#settings input[name={name}]"), "value");
    assert_eq!((field("adults"), field("elders")), ("3".to_owned(), "1".to_owned()));
}

#[tokio::test]
async fn the_number_of_a_stop_that_is_gone_means_no_other() {
    let mut browser = Browser::new();
    let (address, page) = browser.follow_route().await;
    let latest = browser.press(&page, "#stop-6 .trip__tools button:nth-of-type(4)").await;
    let own = [("set", "own"), ("day", "3"), ("name", "老街"), ("stay_min", "60")];
    let new = browser.send_and_follow(&latest, ".trip__undo", &own).await;
    assert_eq!(new.text("#stop-7 .trip__name"), "老街");
    let late = browser.send(&page, ".trip__undo", &[("edit", r#"{"edit":"remove_visit","visit":6}"#), ("anchor", "day-3")]).await;
    assert_eq!(late.status, 409);
    assert!(late.text(".trip__wanted").contains(&names(&page)[2][1]), "{}", late.text(".trip__wanted"));
    assert!(late.form("form[action$='/edit']").is_none(), "it cannot be done");
    assert!(names(&browser.get(&address).await)[2].contains(&"老街".to_owned()));
}

#[tokio::test]
async fn whoever_was_let_in_can_be_asked_to_leave() {
    let mut mine = Browser::new();
    let (address, page) = mine.follow_route().await;
    assert!(mine.get(&address).await.form("form[action$='/alone']").is_none(), "nobody is there to leave");
    let page = mine.send_and_follow(&page, "#sharing .form", &[("rights", "edit")]).await;
    let link = page.attribute(".trip__shares a", "href").replace("http://xiaoxiang.test", "");
    let mut theirs = Browser::new();
    let seen = theirs.get(&link).await;
    let their_page = theirs.send_and_follow(&seen, "form[action$='/join']", &[]).await;
    assert!(their_page.text("#sharing").contains("你是通过链接"), "{}", their_page.text("#sharing"));

    let page = mine.send_and_follow(&mine.get(&address).await, ".trip__shares form", &[]).await;
    assert!(page.text(".trip__guests").contains("1部设备"), "the link is gone, the guest is not: {}", page.text("#sharing"));
    assert_eq!(theirs.get(&address).await.status, 200);
    assert_eq!(theirs.post(&format!("{address}/alone"), &[]).await.status, 403, "a guest shows nobody out");
    mine.send_and_follow(&page, ".trip__guests", &[]).await;
    assert_eq!((theirs.get(&address).await.status, mine.get(&address).await.status), (403, 200));
    assert_eq!(theirs.send(&their_page, "#stop-1 .form", &[("stay_min", "90")]).await.status, 403);
    assert_eq!(theirs.get(&link).await.status, 404, "nor does the old link let anybody in again");
}

#[tokio::test]
async fn the_same_form_twice_is_one_change() {
    let mut browser = Browser::new();
    let form = browser.get(&format!("/trips/new?route={ROUTE}")).await;
    let (action, fields) = form.form(".form").unwrap();
    let first = browser.post(&action, &fields).await;
    let again = browser.post(&action, &fields).await;
    assert_eq!(first.header("location"), again.header("location"), "one trip");
    let address = first.header("location").to_owned();
    let page = browser.get(&address).await;
    let (action, mut fields) = page.form(".trip__undo").unwrap();
    fields.push(("edit".into(), page.attribute("#stop-1 .trip__tools button:nth-of-type(2)", "value")));
    for _ in 0..3 {
        assert_eq!(browser.post(&action, &fields).await.status, 303);
    }
    let moved = browser.get(&address).await;
    assert_eq!(names(&moved)[0], ["地笋苗寨", "高椅古村"]);
    assert_eq!(moved.attribute(".trip__undo input[name=version]", "value"), "2");
}

#[tokio::test]
async fn a_deleted_trip_is_gone_for_everybody() {
    let mut browser = Browser::new();
    let (address, page) = browser.follow_route().await;
    let page = browser.send_and_follow(&page, "#sharing .form", &[]).await;
    let link = page.attribute(".trip__shares a", "href").replace("http://xiaoxiang.test", "");
    let list = browser.send_and_follow(&page, "form[action$='/delete']", &[]).await;
    assert_eq!(list.texts(".trip-list__item").len(), 0);
    assert_eq!(browser.get(&address).await.status, 404);
    assert_eq!(Browser::new().get(&link).await.status, 404);
}
