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
    refused_when_new(&[], "start", "选好从哪里出发", "where you start from").await;
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
