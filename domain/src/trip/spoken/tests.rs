use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A Wednesday.
fn today() -> NaiveDate {
    day("2026-11-25")
}

fn heard(text: &str) -> Spoken {
    read(text, today())
}

fn changsha() -> Option<RegionCode> {
    RegionCode::parse("430100").ok()
}

#[test]
fn the_whole_wish_is_heard_in_chinese() {
    let said = heard("三天，两大一老，从长沙坐高铁，预算1500元，喜欢手工");
    let expected = Spoken {
        days: Some(3),
        adults: Some(2),
        elders: Some(1),
        from: changsha(),
        transport: Some(Transport::Transit),
        budget: Some(Fen(150_000)),
        interests: vec![Tag::Craft],
        ..Spoken::default()
    };
    assert_eq!(said, expected);
}

#[test]
fn the_whole_wish_is_heard_in_english() {
    let said = heard("three days, two adults and a grandmother, from changsha by train, ¥1,500, likes crafts");
    assert_eq!(said, heard("三天，两大一老，从长沙坐高铁，预算1500元，喜欢手工"));
}

#[test]
fn people_are_counted_as_they_are_said() {
    let check = |text: &str, adults: Option<u32>, elders: Option<u32>, children: u32, ages: &[u32]| {
        let said = heard(text);
        assert_eq!((said.adults, said.elders, said.children, said.ages.as_slice()), (adults, elders, children, ages), "{text}");
    };
    check("两大两小", Some(2), None, 2, &[]);
    check("我们四个人", Some(4), None, 0, &[]);
    check("四个人，带爷爷奶奶", Some(2), Some(2), 0, &[]);
    check("带5岁的孩子", None, None, 1, &[5]);
    check("两个孩子，5岁、8岁", None, None, 2, &[5, 8]);
    check("情侣", Some(2), None, 0, &[]);
    check("2 adults and 2 kids", Some(2), None, 2, &[]);
    check("a couple with a 6 year old child", Some(2), None, 1, &[6]);
    check("three grandparents", None, Some(3), 0, &[]);
}

#[test]
fn days_and_dates_are_heard() {
    let check = |text: &str, days: Option<u32>, starts: Option<&str>| {
        let said = heard(text);
        assert_eq!((said.days, said.starts), (days, starts.map(day)), "{text}");
    };
    check("三天两晚", Some(3), None);
    check("两晚", Some(3), None);
    check("周末", Some(2), Some("2026-11-28"));
    check("12月5日出发，玩4天", Some(4), Some("2026-12-05"));
    check("国庆五日游", Some(5), Some("2027-10-01"));
    check("明天", None, Some("2026-11-26"));
    check("2027-01-02", None, Some("2027-01-02"));
    check("2月30日", None, None);
}

#[test]
fn money_is_for_all_unless_it_is_for_each() {
    let check = |text: &str, fen: Option<i64>| assert_eq!(heard(text).budget, fen.map(Fen), "{text}");
    check("预算三千", Some(300_000));
    check("3000块以内", Some(300_000));
    check("1.5万", None);
    check("2万元", Some(2_000_000));
    check("两个大人，人均500", Some(100_000));
    check("4 people, 300 yuan each", Some(120_000));
    check("预算0元", None);
}

#[test]
fn where_one_leaves_from_is_said_before_or_behind() {
    assert_eq!(heard("长沙出发").from, changsha());
    assert_eq!(heard("从长沙").from, changsha());
    assert_eq!(heard("from changsha").from, changsha());
    // a place that is only named may be where one wants to go
    let said = heard("去凤凰三天");
    assert_eq!((said.from, said.days), (None, Some(3)));
    assert_eq!(said.unheard, ["凤凰"]);
}

#[test]
fn what_is_not_understood_is_named() {
    assert_eq!(heard("三天，想坐热气球").unheard, ["热气球"]);
    assert_eq!(heard("3 days with hot air balloons").unheard, ["hot air balloons"]);
    assert_eq!(heard("三天两大").unheard, Vec::<String>::new());
    assert_eq!(heard("17").unheard, ["17"]);
    assert!(heard("热气球").is_empty());
}

proptest! {
    #[test]
    fn anything_can_be_said(text in "(三|两|天|大|老|从|长沙|出发|预算|¥|1,5|5岁|孩子|人均|月|日|号|周末|each|from |days|two | |，|[a-z0-9]{1,3}|\\PC){0,25}") {
        let said = heard(&text);
        prop_assert!(said.ages.iter().all(|age| *age < 18));
        prop_assert!(said.budget.is_none_or(|fen| fen.0 > 0 && fen <= Fen::MOST));
        for piece in &said.unheard {
            prop_assert!(piece.chars().any(char::is_alphanumeric), "{piece:?}");
        }
    }

    #[test]
    fn counts_are_heard_whatever_they_are(days in 1u32..60, adults in 1u32..60, elders in 1u32..9) {
        let zh = heard(&format!("{days}天，{adults}个大人，{elders}位老人"));
        let en = heard(&format!("{days} days, {adults} adults and {elders} seniors"));
        prop_assert_eq!((zh.days, zh.adults, zh.elders), (Some(days), Some(adults), Some(elders)));
        prop_assert_eq!(zh, en);
    }
}
