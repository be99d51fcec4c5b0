//! What makes no sense gets a sentence beside its field, and what was typed stays.

use super::*;

async fn refused_when_new(filled: &[(&str, &str)], field: &str, zh: &str, en: &str) {
    for (prefix, expected) in [("", zh), ("/en", en)] {
        let mut browser = Browser::new();
        let form = browser.get(&format!("{prefix}/trips/new")).await;
        let answer = browser.send(&form, ".form", &[&[("budget", "777")], filled].concat()).await;
        assert_eq!((answer.status, answer.header("set-cookie")), (422, ""), "{filled:?}");
        let said = answer.text(&format!("#new-{field}-wrong"));
        assert!(said.contains(expected), "{filled:?}: {said} in {:?}", answer.texts(".notice"));
        let input = format!("#new-{field}");
        assert_eq!(answer.attribute(&input, "aria-invalid"), "true");
        assert!(answer.attribute(&input, "aria-describedby").contains(&format!("new-{field}-wrong")));
        for (name, value) in filled {
            assert_eq!(answer.attribute(&format!("#new-{name}"), "value"), *value, "it keeps what was typed");
        }
        if field != "budget" {
            assert_eq!(answer.attribute("#new-budget", "value"), "777");
        }
    }
}

#[tokio::test]
async fn a_new_trip_that_makes_no_sense_is_not_made() {
    refused_when_new(&[("days", "400")], "days", "400天不行", "1 to 30 days, not 400").await;
    refused_when_new(&[("days", "0")], "days", "1到30天", "1 to 30 days").await;
    refused_when_new(&[("days", "三")], "days", "不是0以上的整数", "no whole number").await;
    refused_when_new(&[("adults", "0")], "adults", "至少要有一个人", "somebody has to go").await;
    refused_when_new(&[("adults", "100000")], "adults", "最多500人", "500 people at most").await;
    refused_when_new(&[("children", "5、40")], "children", "18岁以下", "under 18").await;
    refused_when_new(&[("budget", "-1")], "budget", "不能是负数", "not below zero").await;
    refused_when_new(&[("starts", "2020-01-01")], "starts", "已经过去了", "in the past").await;
    refused_when_new(&[("starts", "明天")], "starts", "日期写成", "a date is written like").await;
    refused_when_new(&[("start", "")], "start", "选好从哪里出发", "where you start from").await;
}

#[tokio::test]
async fn a_route_or_place_that_has_vanished_is_said() {
    let mut browser = Browser::new();
    let form = browser.get("/trips/new?route=no-such-route").await;
    assert_eq!(form.status, 404);
    assert!(form.text(".notice").contains("这条线路已不在目录里"));
    assert_eq!(browser.get("/trips/add?listing=no-such-place").await.status, 404);
    let (_, page) = browser.follow_route().await;
    let add = r#"{"edit":"add_visit","day":0,"index":0,"visit":{"id":50,"at":{"listing":"pl-gone"},"stay_min":60}}"#;
    let answer = browser.send(&page, ".trip__undo", &[("edit", add)]).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text(".notice").contains("已不在目录里"), "{}", answer.text(".notice"));
}

#[tokio::test]
async fn a_change_that_makes_no_sense_changes_nothing_and_keeps_what_was_typed() {
    let mut browser = Browser::new();
    let (address, page) = browser.follow_route().await;
    let page = browser.open(&page, "#day-1 .trip__open").await;
    let cases = [
        ("#stop-1 .form", "stop-1", "stay_min", "0", "停留1到720分钟"),
        ("#stop-1 .form", "stop-1", "stay_min", "很久", "不是0以上的整数"),
        ("#stop-1 .form", "stop-1", "cost", "-1", "不能是负数"),
        ("#stop-1 .form", "stop-1", "hours", "早上", "09:00-17:00"),
        ("#day-1 > details .form", "day-1", "until", "07:00", "就要结束"),
        ("#settings .form", "settings", "adults", "0", "至少要有一个人"),
        ("#settings .form", "settings", "title", "", "不能为空"),
        ("#settings .form", "settings", "starts", "2020-01-01", "已经过去了"),
        ("#settings .form", "settings", "invoice_code", "123", "18位"),
    ];
    for (form, name, field, typed, said) in cases {
        let filled = if field == "invoice_code" { vec![(field, typed), ("occasion", "study")] } else { vec![(field, typed)] };
        let answer = browser.send(&page, form, &filled).await;
        assert_eq!(answer.status, 422, "{field}={typed}");
        let wrong = answer.text(&format!("#{name}-{field}-wrong"));
        assert!(wrong.contains(said), "{field}={typed}: {wrong} / {:?}", answer.texts(".notice"));
        assert_eq!(answer.attribute(&format!("#{name}-{field}"), "value"), typed);
        let open = format!("details[open] #{name}-{field}");
        assert_eq!(answer.attributes(&open, "name"), [field], "the form is open");
    }
    assert_eq!(browser.get(&address).await.attribute(".trip__undo input[name=version]", "value"), "1");
}

/// A trip of two, as each of them has its page open.
async fn two_with_one_trip() -> (Browser, Page, Browser, Page) {
    let (mut mine, mut theirs) = (Browser::new(), Browser::new());
    let (address, page) = mine.follow_route().await;
    let page = mine.send_and_follow(&page, "#sharing .form", &[("rights", "edit")]).await;
    let link = page.attribute(".trip__shares a", "href").replace("http://xiaoxiang.test", "");
    let seen = theirs.get(&link).await;
    theirs.send_and_follow(&seen, "form[action$='/join']", &[]).await;
    let (my_page, their_page) = (mine.get(&address).await, theirs.get(&address).await);
    (mine, my_page, theirs, their_page)
}

#[tokio::test]
async fn a_form_that_is_put_right_still_says_what_it_was_made_from() {
    for (form, name, wrong, right) in [
        ("#stop-1 .form", "stop-1", ("stay_min", "很久"), "90"),
        ("#settings .form", "settings", ("adults", "很多"), "3"),
        ("details .form:has([name=name])", "own", ("stay_min", "很久"), "30"),
    ] {
        let (mut mine, my_page, mut theirs, their_page) = two_with_one_trip().await;
        let noted = mine.send_and_follow(&my_page, "#stop-1 .form", &[("note", "带伞")]).await;
        let title = mine.send(&noted, "#settings .form", &[("title", "国庆")]).await;
        assert_eq!(title.status, 303);

        let answer = theirs.send(&their_page, form, &[("name", "外婆家"), wrong]).await;
        assert_eq!(answer.status, 422, "{name}");
        let again = format!("form:has(#{name}-{})", wrong.0);
        let (_, fields) = answer.form(&again).unwrap();
        assert!(fields.contains(&("version".into(), "1".into())), "{name}: {fields:?}");
        let conflict = theirs.send(&answer, &again, &[(wrong.0, right)]).await;
        assert_eq!(conflict.status, 409, "{name}: what was not seen is not undone unasked");
        assert!(conflict.text(".trip__changes").contains("国庆"), "{}", conflict.text(".trip__changes"));
        let both = theirs.send_and_follow(&conflict, "form[action$='/edit']", &[]).await;
        assert_eq!((both.attribute("#stop-1-note", "value"), both.h1()), ("带伞".to_owned(), "国庆".to_owned()), "{name}");
        if name != "own" {
            assert_eq!(both.attribute(&format!("#{name}-{}", wrong.0), "value"), right);
        }
    }
}
