use proptest::prelude::*;

use super::conflict::Why;
use super::*;
use crate::region::RegionCode;

fn fold(text: &str) -> String {
    text.to_lowercase()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn pin(json: serde_json::Value) -> Draft {
    let mut whole = serde_json::json!({
        "id": "pin-1", "kind": "pin", "query": "擂茶", "listings": ["pr-1"], "from": "2026-12-01", "until": "2027-01-01",
        "reason": { "zh": "冬季县域物产推介" },
    });
    json.as_object().unwrap().iter().for_each(|(name, value)| whole[name] = value.clone());
    whole.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    serde_json::from_value(whole).unwrap()
}

fn entry(json: serde_json::Value) -> Entry {
    pin(json).read(&fold).unwrap_or_else(|why| panic!("{why:?}"))
}

fn wrong(json: serde_json::Value) -> Vec<(String, &'static str)> {
    pin(json).read(&fold).unwrap_err().into_iter().map(|problem| (problem.field, problem.code)).collect()
}

#[test]
fn a_decision_reads_and_is_written_as_it_was() {
    for json in [
        serde_json::json!({}),
        serde_json::json!({ "match": "whole", "position": 3, "county": "433123", "role": "县文旅局内容组" }),
        serde_json::json!({ "kind": "hide", "query": null }),
        serde_json::json!({ "kind": "silence", "listings": null, "until": null }),
        serde_json::json!({ "kind": "synonym", "query": null, "listings": null, "until": null, "word": "三下锅", "others": ["干锅", "hot pot"], "both_ways": true }),
    ] {
        let read = entry(json);
        assert_eq!(Draft::from(&read).read(&fold).unwrap(), read);
    }
}

#[test]
fn what_is_wrong_is_named() {
    let check = |json: serde_json::Value, expected: &[(&str, &str)]| {
        let expected: Vec<_> = expected.iter().map(|(field, code)| ((*field).to_owned(), *code)).collect();
        let found: Vec<_> = wrong(json.clone()).into_iter().collect();
        assert_eq!(found, expected, "{json}");
    };
    check(serde_json::json!({ "until": null }), &[("until", "missing")]);
    check(serde_json::json!({ "until": "2026-12-01" }), &[("until", "before_from")]);
    check(serde_json::json!({ "until": "2028-01-01" }), &[("until", "too_long")]);
    check(serde_json::json!({ "reason": { "zh": " " } }), &[("reason", "bad_value")]);
    check(serde_json::json!({ "reason": { "zh": "详询13812345678" } }), &[("reason", "personal")]);
    check(serde_json::json!({ "role": "a@b.cn" }), &[("role", "bad_value")]);
    check(serde_json::json!({ "position": 10, "listings": ["a", "b"] }), &[("position", "bad_value")]);
    check(serde_json::json!({ "listings": ["a", "a"] }), &[("listings", "repeated")]);
    check(serde_json::json!({ "query": "茶" }), &[("query", "bad_value")]);
    check(serde_json::json!({ "word": "茶" }), &[("word", "not_of_this_kind")]);
    check(serde_json::json!({ "county": "999999" }), &[("county", "bad_value")]);
    check(serde_json::json!({ "kind": "hide", "query": null, "county": "433123" }), &[("county", "needs_query")]);
    check(serde_json::json!({ "kind": "boost" }), &[("kind", "bad_value")]);
}

#[test]
fn the_last_day_is_the_day_before_until() {
    let pin = entry(serde_json::json!({}));
    let active = |text| pin.is_active(day(text));
    assert_eq!(
        [active("2026-11-30"), active("2026-12-01"), active("2026-12-31"), active("2027-01-01")],
        [false, true, true, false]
    );
    assert_eq!(pin.days.last(), Some(day("2026-12-31")));
}

#[test]
fn a_phrase_stands_in_a_search_as_words_do() {
    let check = |text: &str, whole: bool, typed: &str, meets: bool| {
        assert_eq!(Phrase { text: text.into(), whole }.meets(typed), meets, "{text} in {typed}");
    };
    check("擂茶", false, "安化 擂茶", true);
    check("擂茶", false, "擂 茶", true);
    check("擂茶", true, "擂茶！", true);
    check("擂茶", true, "安化擂茶", false);
    check("tea", false, "dark tea", true);
    check("tea", false, "steak", false);
    check("tea", false, "凤凰tea", true);
    check("old town", false, "the old  town", true);
    check("old town", true, "oldtown", true);
    check("wi-fi", false, "hotel wi-fi", true);
    check("wi-fi", false, "hotel wi fi", true);
}

#[test]
fn a_county_is_named_by_words_and_not_by_filters() {
    let code = RegionCode::parse("433123").unwrap();
    for (typed, named) in
        [("凤凰县 民宿", true), ("凤凰民宿", true), ("fenghuang stay", true), ("民宿", false), ("fenghuangs", false)]
    {
        assert_eq!(names_region(typed, &code), named, "{typed}");
    }
    let dongan = RegionCode::parse("431122").unwrap();
    assert!(names_region("tea dong'an county", &dongan) && names_region("dong'an tea", &dongan));
    let scoped = entry(serde_json::json!({ "query": "民宿", "county": "433123" }));
    assert!(scoped.concerns("凤凰 民宿") && !scoped.concerns("民宿") && !scoped.concerns("凤凰"));
}

#[test]
fn decisions_that_cannot_both_hold_are_told() {
    let first = entry(serde_json::json!({ "listings": ["a", "b"] }));
    let check = |json: serde_json::Value, why: Option<Why>| {
        let mut json = json;
        json["id"] = "second".into();
        let second = entry(json);
        assert_eq!(conflict(&second, [&first], day("2026-12-01")).map(|found| found.why), why, "{second:?}");
        assert_eq!(conflict(&first, [&second], day("2026-12-01")).map(|found| found.why), why, "the other way round");
    };
    check(serde_json::json!({ "listings": ["c"], "position": 2 }), Some(Why::Position));
    check(serde_json::json!({ "listings": ["b"], "position": 3 }), Some(Why::Twice));
    check(serde_json::json!({ "listings": ["c"], "position": 3 }), None);
    check(serde_json::json!({ "query": "擂茶 安化" }), None);
    check(serde_json::json!({ "from": "2027-01-01", "until": "2027-02-01" }), None);
    check(serde_json::json!({ "county": "433123" }), None);
    check(serde_json::json!({ "kind": "hide", "listings": ["b"] }), Some(Why::PinnedAndHidden));
    check(serde_json::json!({ "kind": "hide", "query": null, "listings": ["b"] }), Some(Why::PinnedAndHidden));
    check(serde_json::json!({ "kind": "hide", "listings": ["b"], "county": "433123" }), Some(Why::PinnedAndHidden));
    assert_eq!(conflict(&first, [&first], day("2026-12-01")), None, "it may be written again");
    let later = entry(serde_json::json!({ "id": "later", "listings": ["c"], "from": "2026-12-15", "until": "2027-03-01" }));
    assert!(conflict(&later, [&first], day("2026-12-31")).is_some(), "the last day of the first");
    assert_eq!(conflict(&later, [&first], day("2027-01-01")), None, "what is over stands in nobody's way");
}

proptest! {
    #[test]
    fn days_overlap_where_there_is_a_day_in_both(a in 0u64..20, b in 0u64..20, c in 0u64..20, d in proptest::option::of(0u64..20)) {
        let at = |n: u64| day("2026-01-01") + chrono::Days::new(n);
        let one = Days { from: at(a), until: Some(at(a + b + 1)) };
        let two = Days { from: at(c), until: d.map(|d| at(c + d + 1)) };
        let shared = (0..80).any(|n| one.contains(at(n)) && two.contains(at(n)));
        prop_assert_eq!(one.overlap(two), shared);
        prop_assert_eq!(two.overlap(one), shared);
    }

    #[test]
    fn any_words_mean_something(text in "\\PC{0,12}", typed in "\\PC{0,20}", whole in any::<bool>()) {
        let phrase = Phrase { text: text.clone(), whole };
        phrase.meets(&typed);
        if text.chars().any(char::is_alphanumeric) {
            let itself = Phrase { text: text.clone(), whole: true }.meets(&text);
            prop_assert!(itself);
        }
    }
}
