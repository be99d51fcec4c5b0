//! Changes made without signal, as a device's worker sends them later.

use super::packs::filled_in;
use super::*;

/// Sends a form as a worker does: with its number on the device, and how many wait behind it.
async fn send_late(browser: &Browser, page: &Page, form: &str, filled: &[(&str, &str)], unsent: &str) -> Page {
    let (action, fields) = filled_in(page, form, filled);
    browser.visitor().with("x-unsent", unsent).post(&action, &fields).await
}

#[tokio::test]
async fn a_change_that_comes_late_is_made_once_and_its_version_is_told() {
    let mut browser = Browser::new();
    let (address, page) = browser.follow_route().await;
    for _ in 0..2 {
        let answer = send_late(&browser, &page, "#settings .form", &[("title", "晚到的名字")], "7 0").await;
        assert_eq!((answer.status, answer.header("x-trip-version"), answer.body.as_str()), (204, "2", ""));
    }
    assert_eq!(browser.get(&address).await.h1(), "晚到的名字");
    let plain = browser.send(&page, "#settings .form", &[("title", "晚到的名字")]).await;
    assert_eq!(plain.status, 303, "whoever looks at a page is led to one");
}

#[tokio::test]
async fn one_that_collides_is_decided_on_a_page_that_names_it() {
    let mut browser = Browser::new();
    let (address, page) = browser.follow_route().await;
    browser.send_and_follow(&page, "#settings .form", &[("title", "同伴的名字")]).await;
    let conflict = send_late(&browser, &page, "#settings .form", &[("title", "手机上的名字")], "7 2").await;
    assert_eq!(conflict.status, 409);
    let said = conflict.text("main");
    assert!(said.contains("同伴的名字") && said.contains("手机上的名字") && said.contains("后面还有2处修改"), "{said}");
    let (again, dropped) = ("form[action$='/edit']", "form[action$='/unsent']");
    for form in [again, dropped] {
        assert_eq!(conflict.attribute(&format!("{form} [name=unsent]"), "value"), "7", "{form}");
    }
    assert_eq!(conflict.attribute(&format!("{dropped} button"), "name"), "drop");
    // Its answer may be lost.
    for _ in 0..2 {
        let done = send_late(&browser, &conflict, again, &[], "7 2").await;
        assert_eq!((done.status, done.header("x-trip-version")), (204, "3"));
    }
    assert_eq!(browser.get(&address).await.h1(), "手机上的名字");
}

#[tokio::test]
async fn one_that_cannot_be_made_any_more_says_why() {
    let mut browser = Browser::new();
    let (_, page) = browser.follow_route().await;
    let undo = send_late(&browser, &page, ".trip__undo", &[("edit", "redo")], "7 0").await;
    assert_eq!(undo.status, 422);
    assert!(undo.text("main").contains("没有可以重做的了"), "{}", undo.text("main"));
    let unread = send_late(&browser, &page, ".trip__undo", &[("edit", "{}")], "8 0").await;
    assert_eq!(unread.status, 422);
    assert!(unread.form("form[action$='/edit']").is_none() && unread.form("form[action$='/unsent']").is_some());
}

#[tokio::test]
async fn what_only_a_worker_answers_leads_to_the_trip_where_there_is_none() {
    let mut browser = Browser::new();
    let (address, _) = browser.follow_route().await;
    for answer in [browser.get(&format!("{address}/unsent")).await, browser.post(&format!("{address}/unsent"), &[]).await] {
        assert_eq!((answer.status, answer.header("location")), (303, address.as_str()));
    }
}

#[tokio::test]
async fn one_that_means_a_stop_that_is_gone_hits_no_other() {
    let mut browser = Browser::new();
    let (address, page) = browser.follow_route().await;
    let latest = browser.press(&page, "#stop-6 .trip__tools button:nth-of-type(4)").await;
    let new = browser
        .send_and_follow(
            &latest,
            "form:has(input[name='set'][value='own'])",
            &[("day", "2"), ("name", "老街"), ("stay_min", "60")],
        )
        .await;
    // As a worker numbers on what surely means the same.
    let version = new.attribute(".trip__undo input[name='version']", "value");
    let gone = [(".trip__undo", ("edit", r#"{"edit":"remove_visit","visit":6}"#)), ("#stop-6 .form", ("note", "带伞"))];
    for (form, filled) in gone {
        let late = send_late(&browser, &page, form, &[filled, ("version", &version)], "7 0").await;
        assert_eq!(late.status, 422, "{form}");
        assert!(late.text("main").contains("行程里没有编号为6的一站"), "{}", late.text("main"));
    }
    assert_eq!(names(&browser.get(&address).await), names(&new));
}
