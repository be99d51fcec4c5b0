//! The bureau's decisions: they hold for the words they are for, within the filters, and every count stays what it finds.

use std::sync::{Arc, OnceLock};

use domain::curation::{Draft, Entry};
use domain::listing::Kind;
use domain::search::{Query, Sort};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::world::*;
use crate::search::{Curated, Index, Options, fold};

fn entry(json: Value) -> Entry {
    let mut whole = json!({
        "id": "d-1", "kind": "pin", "from": "2026-11-01", "until": "2026-12-01", "reason": { "zh": "推介" },
    });
    json.as_object().unwrap().iter().for_each(|(name, value)| whole[name] = value.clone());
    serde_json::from_value::<Draft>(whole).unwrap().read(&fold).unwrap()
}

fn deciding(entries: &[Value]) -> Options {
    let entries = entries.iter().enumerate().map(|(at, json)| {
        let mut json = json.clone();
        json["id"] = format!("d-{at}").into();
        entry(json)
    });
    Options { curated: Arc::new(Curated::on(options().today, entries)), ..options() }
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| index_of(world()))
}

fn ids(query: &Query, options: &Options) -> Vec<String> {
    let answer = index().answer(query, options).unwrap();
    found(&answer.results).into_iter().map(str::to_owned).collect()
}

#[test]
fn a_pin_stands_where_it_was_put_whether_the_words_find_it_or_not() {
    let before = ids(&ask("古镇"), &options());
    assert!(!before.contains(&"pr-huangtea".to_owned()));
    let pinned = deciding(&[json!({ "query": "古镇", "listings": ["pr-huangtea"], "position": 2 })]);
    let answer = index().answer(&ask("古镇"), &pinned).unwrap();
    let after = found(&answer.results);
    assert_eq!((after[0], after[1]), (before[0].as_str(), "pr-huangtea"));
    assert_eq!(answer.results.total, before.len() as u64 + 1, "what is added is counted");
    let why = answer.results.hits[1].pinned.as_ref().unwrap();
    assert_eq!((why.id.as_str(), why.reason.zh.as_str(), why.last_day), ("d-0", "推介", Some(day(2026, 11, 30))));
    assert!(answer.results.hits[0].pinned.is_none());
    assert_eq!(ids(&ask("凤凰"), &pinned), ids(&ask("凤凰"), &options()), "other searches stay as they are");
}

#[test]
fn a_pin_that_was_found_further_down_moves_up_and_counts_once() {
    let before = ids(&ask("凤凰"), &options());
    let last = before.last().unwrap().clone();
    let pinned = deciding(&[json!({ "query": "凤凰", "match": "whole", "listings": [last] })]);
    let after = ids(&ask("凤凰"), &pinned);
    assert_eq!((after[0].as_str(), after.len()), (last.as_str(), before.len()));
    assert_eq!(after[1..], before[..before.len() - 1], "the others keep their order");
}

#[test]
fn pages_follow_each_other_without_a_gap_or_a_repeat() {
    let pinned = deciding(&[
        json!({ "query": "湘西", "listings": ["pr-huangtea"], "position": 3 }),
        json!({ "query": "湘西", "listings": ["pl-yuelu", "pl-quzi"], "position": 5 }),
    ]);
    let whole = ids(&Query { per_page: 100, ..ask("湘西") }, &pinned);
    for per_page in [1, 2, 3] {
        let pages = (1..=whole.len() as u32).flat_map(|page| ids(&Query { page, per_page, ..ask("湘西") }, &pinned));
        assert_eq!(pages.collect::<Vec<_>>(), whole, "{per_page} on a page");
    }
    assert_eq!(whole[2], "pr-huangtea");
}

#[test]
fn a_pin_passes_the_visitors_filters_or_stays_away() {
    let pinned = deciding(&[json!({ "query": "古镇", "listings": ["pr-huangtea"] })]);
    let places = Query { kinds: vec![Kind::Place], ..ask("古镇") };
    assert_eq!(ids(&places, &pinned), ids(&places, &options()));
    let products = Query { kinds: vec![Kind::Product], ..ask("古镇") };
    assert_eq!(ids(&products, &pinned), ["pr-huangtea"]);
    let absent = deciding(&[json!({ "query": "古镇", "listings": ["no-such"] })]);
    assert_eq!(ids(&ask("古镇"), &absent), ids(&ask("古镇"), &options()), "what is not there is not shown");
    let cheapest = Query { sort: Sort::Price, ..ask("凤凰") };
    let stay = deciding(&[json!({ "query": "凤凰", "listings": ["rt-west"] })]);
    assert_eq!(ids(&cheapest, &stay), ids(&cheapest, &options()), "an order that was chosen is kept");
}

#[test]
fn a_pin_leads_its_group() {
    let pinned = deciding(&[json!({ "query": "凤凰", "listings": ["pl-yuelu"] })]);
    let grouped = Options { per_kind: Some(1), ..pinned };
    let results = index().answer(&ask("凤凰"), &grouped).unwrap().results;
    let (_, total, hits) = results.groups.iter().find(|(kind, ..)| *kind == Kind::Place).unwrap();
    assert_eq!((hits.len(), hits[0].id.as_str()), (1, "pl-yuelu"));
    let places = ids(&Query { kinds: vec![Kind::Place], ..ask("凤凰") }, &grouped);
    assert_eq!(*total, places.len() as u64, "the count of the group is what it opens");
}

#[test]
fn the_more_exact_decision_comes_first_and_hides_outdo_pins() {
    let both = deciding(&[
        json!({ "query": "古镇", "listings": ["pl-yuelu"] }),
        json!({ "query": "千年古镇", "listings": ["pl-quzi"] }),
    ]);
    assert_eq!(ids(&ask("千年古镇"), &both)[..2], ["pl-quzi", "pl-yuelu"]);
    let hidden = deciding(&[
        json!({ "query": "古镇", "listings": ["pl-yuelu"] }),
        json!({ "kind": "hide", "query": "千年古镇", "listings": ["pl-yuelu"] }),
    ]);
    assert!(!ids(&ask("千年古镇"), &hidden).contains(&"pl-yuelu".to_owned()));
    assert_eq!(ids(&ask("古镇"), &hidden)[0], "pl-yuelu");
}

#[test]
fn what_is_hidden_is_found_by_its_name_and_by_nothing_else() {
    let hidden = deciding(&[json!({ "kind": "hide", "listings": ["pl-fenghuang"] })]);
    for text in ["凤凰", "古城", "", "沱江"] {
        let (before, after) = (ids(&ask(text), &options()), ids(&ask(text), &hidden));
        assert!(before.contains(&"pl-fenghuang".to_owned()), "{text}");
        assert_eq!(after.len(), before.len() - 1, "{text}");
        assert!(!after.contains(&"pl-fenghuang".to_owned()), "{text}");
    }
    for name in ["凤凰古城", "鳳凰古城", "Fenghuang Old Town"] {
        assert_eq!(ids(&ask(name), &hidden)[0], "pl-fenghuang", "{name}");
    }
    let suggested = |text: &str| index().suggest(text, domain::Lang::Zh, 8, &hidden).unwrap();
    assert!(suggested("凤凰").iter().all(|it| it.text != "凤凰古城"));
    assert!(suggested("凤凰古城").iter().any(|it| it.text == "凤凰古城"));
    let here = deciding(&[json!({ "kind": "hide", "query": "凤凰", "listings": ["pl-fenghuang"] })]);
    assert!(!ids(&ask("凤凰 夜"), &here).contains(&"pl-fenghuang".to_owned()));
    assert!(ids(&ask("沱江"), &here).contains(&"pl-fenghuang".to_owned()));
}

#[test]
fn decided_synonyms_find_and_are_marked() {
    assert_eq!(ids(&ask("吊吊楼"), &options()), [""; 0]);
    let one_way = deciding(&[json!({ "kind": "synonym", "word": "吊吊楼", "others": ["吊脚楼"] })]);
    let answer = index().answer(&ask("吊吊楼"), &one_way).unwrap();
    assert_eq!(found(&answer.results), ["pl-fenghuang"]);
    assert_eq!(answer.marking.ranges("江边的吊脚楼"), [(3, 6)]);
    assert_eq!(ids(&ask("沱江吊吊楼"), &one_way), ["pl-fenghuang"], "inside other words too");
    let mut renamed = world();
    renamed[2].summary.zh = "山上有吊吊楼。".to_owned();
    let index = index_of(renamed);
    let finds = |options: &Options| index.answer(&ask("吊脚楼"), options).unwrap().results.total;
    assert_eq!(finds(&one_way), 1, "one way is one way");
    let both_ways = deciding(&[json!({ "kind": "synonym", "word": "吊吊楼", "others": ["吊脚楼"], "both_ways": true })]);
    assert_eq!(finds(&both_ways), 2);
    let english = deciding(&[json!({ "kind": "synonym", "word": "Stilt House", "others": ["吊脚楼"] })]);
    assert_eq!(ids(&ask("stilt house"), &english)[0], "pl-fenghuang");
}

#[test]
fn a_decided_word_is_not_put_right_first() {
    let index = index_of(vec![
        listing("pl-juzizhou", Kind::Place, "橘子洲", "Orange Isle", "430104").0,
        listing("pl-yuelu", Kind::Place, "岳麓山", "Yuelu Hill", "430104").0,
    ]);
    let corrected = index.answer(&ask("橘子州"), &options()).unwrap();
    assert_eq!((found(&corrected.results), corrected.notes.len()), (vec!["pl-juzizhou"], 1));
    let decided = deciding(&[json!({ "kind": "synonym", "word": "橘子州", "others": ["岳麓山"] })]);
    let answer = index.answer(&ask("橘子州"), &decided).unwrap();
    assert_eq!((found(&answer.results), answer.notes.len()), (vec!["pl-yuelu"], 0), "{:?}", answer.notes);
}

#[test]
fn what_was_put_right_is_looked_up_like_what_was_typed() {
    let pinned = deciding(&[json!({ "query": "芙蓉镇", "listings": ["pr-huangtea"] })]);
    let answer = index().answer(&ask("芙容镇"), &pinned).unwrap();
    assert_eq!((answer.notes.len(), found(&answer.results)[0]), (1, "pr-huangtea"), "{:?}", answer.notes);
}

#[test]
fn a_pin_of_a_county_takes_nothing_from_the_same_pin_everywhere() {
    let everywhere = json!({ "query": "古镇", "listings": ["pr-huangtea"] });
    let of_a_county = json!({ "query": "古镇", "listings": ["pr-huangtea"], "county": "433100" });
    let decided = deciding(&[everywhere, of_a_county]);
    let chosen = Query { prefectures: ["433100", "430900"].map(region).to_vec(), ..ask("古镇") };
    assert!(ids(&chosen, &decided).contains(&"pr-huangtea".to_owned()));
}

#[test]
fn decisions_come_into_force_and_go_by_the_day() {
    let pin = entry(json!({ "query": "古镇", "listings": ["pr-huangtea"] }));
    let first = |today| {
        let options = Options { today, curated: Arc::new(Curated::on(today, [pin.clone()])), ..options() };
        ids(&ask("古镇"), &options)[0] == "pr-huangtea"
    };
    assert_eq!([day(2026, 10, 31), day(2026, 11, 1), day(2026, 11, 30), day(2026, 12, 1)].map(first), [false, true, true, false]);
}

fn decisions() -> impl Strategy<Value = Vec<Value>> {
    let listings = proptest::sample::select(vec!["pl-fenghuang", "pr-huangtea", "st-furong", "rt-west", "he-zhijiang"]);
    let query = proptest::sample::select(vec!["凤凰", "古镇", "张家界", "gu"]);
    let county = proptest::sample::select(vec![None, Some("433123"), Some("430811"), Some("433100")]);
    let one = (any::<bool>(), query, listings, county, 1u8..11, any::<bool>()).prop_map(
        |(pin, query, listing, county, position, all)| {
            let mut json = json!({ "query": query, "listings": [listing] });
            if let Some(county) = county {
                json["county"] = county.into();
            }
            if pin {
                json["position"] = position.into();
            } else {
                json["kind"] = "hide".into();
                if all {
                    json = json!({ "kind": "hide", "listings": [listing] });
                }
            }
            json
        },
    );
    proptest::collection::vec(one, 0..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    /// T10 and T11 hold whatever is decided.
    #[test]
    fn counts_are_what_choosing_finds_whatever_is_decided(
        decisions in decisions(),
        text in proptest::sample::select(vec!["凤凰", "古镇 凤凰县", "张家界", "gu", "", "武陵源 古镇"]),
        county in proptest::option::of(proptest::sample::select(vec!["433123", "430811"])),
    ) {
        let options = Options { typed: Some(fold(text)), ..deciding(&decisions) };
        let query = Query { counties: county.into_iter().map(region).collect(), per_page: 100, ..ask(text) };
        let results = index().search(&query, &options).unwrap();
        prop_assert_eq!(results.total, results.hits.len() as u64);
        let mut seen: Vec<_> = results.hits.iter().map(|hit| &hit.id).collect();
        seen.sort();
        seen.dedup();
        prop_assert_eq!(seen.len(), results.hits.len(), "each once");
        for facet in &results.facets {
            for (value, count) in &facet.values {
                let chosen = super::facets_law::choosing(&query, facet.name, value);
                let total = index().search(&chosen, &Options { facets: false, ..options.clone() }).unwrap().total;
                prop_assert_eq!(total, *count, "{} = {}", facet.name, value);
            }
        }
    }
}
