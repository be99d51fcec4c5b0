//! Filters, order and pages.

use domain::Fen;
use domain::geo::{Bbox, Point};
use domain::listing::Kind;
use domain::search::{Query, Sort};

use super::world::*;
use crate::search::Options;

fn fenghuang() -> Point {
    Point::new(27.948, 109.599).unwrap()
}

fn sorted(mut ids: Vec<String>) -> Vec<String> {
    ids.sort();
    ids
}

#[test]
fn a_county_gathers_its_zones_and_a_prefecture_all_of_them() {
    let index = index_of(world());
    let in_county = |code: &str| sorted(search(&index, &Query { counties: vec![region(code)], ..Query::default() }));
    assert_eq!(in_county("433123"), ["pl-fenghuang", "rt-west", "st-fenghuang"]);
    assert_eq!(in_county("431281"), ["of-winter"], "the zone 洪江区 lies in 洪江市");
    assert_eq!(in_county("z-hongjiang"), ["of-winter"]);
    let huaihua = Query { prefectures: vec![region("431200")], ..Query::default() };
    assert_eq!(sorted(search(&index, &huaihua)), ["he-zhijiang", "of-winter", "pl-suishan"]);
    let both = Query { counties: vec![region("433123"), region("430104")], kinds: vec![Kind::Stay], ..Query::default() };
    assert_eq!(sorted(search(&index, &both)), ["st-fenghuang", "st-yuelu"]);
}

#[test]
fn each_filter_narrows_by_what_it_says() {
    use domain::listing::Tag;
    use domain::listing::kinds::{Family, Level};
    use domain::time::Months;
    let index = index_of(world());
    let check = |query: Query, expected: &[&str]| assert_eq!(sorted(search(&index, &query)), expected, "{query:?}");
    let all = Query::default;
    check(Query { grades: vec!["5A".into()], ..all() }, &["pl-dongjiang", "pl-wulingyuan", "pl-yuelu"]);
    check(Query { grades: vec!["9A".into()], ..all() }, &[]);
    check(Query { levels: vec![Level::Provincial], ..all() }, &["he-jingdian"]);
    check(Query { families: vec![Family::FivePlusTwo], ..all() }, &["rt-west"]);
    check(Query { families: vec![Family::Hiking], ..all() }, &[]);
    check(Query { tags: vec![Tag::Tea, Tag::Dong], ..all() }, &["he-zhijiang", "pr-huangtea"]);
    check(Query { months: Months::only(6).unwrap(), ..all() }, &["pl-wulingyuan"]);
    check(Query { price_bands: vec![1], ..all() }, &["st-fenghuang"]);
    check(Query { price_min: Some(Fen(16_801)), ..all() }, &["st-furong"]);
    check(Query { price_max: Some(Fen(16_800)), kinds: vec![Kind::Stay], ..all() }, &["st-fenghuang"]);
    check(Query { barrier_free: true, ..all() }, &["st-fenghuang"]);
    check(Query { voucher: true, kinds: vec![Kind::Stay], ..all() }, &["st-fenghuang"]);
    check(Query { text: "古镇".into(), grades: vec!["4A".into()], ..all() }, &["pl-fenghuang", "pl-furong"]);
}

#[test]
fn near_means_within_reach_by_the_great_circle() {
    let index = index_of(world());
    let near = Query { near: Some(fenghuang()), sort: Sort::Distance, ..Query::default() };
    let results = index.search(&near, &options()).unwrap();
    assert_eq!(found(&results), ["pl-fenghuang", "st-fenghuang"], "thirty kilometres unless said otherwise");
    let expected = fenghuang().km_to(Point::new(27.950, 109.601).unwrap());
    assert_eq!(results.hits[1].distance_km, Some(expected));
    let to_furong = fenghuang().km_to(Point::new(28.766, 109.965).unwrap());
    let within = |km: f64| search(&index, &Query { radius_km: Some(km), kinds: vec![Kind::Place], ..near.clone() });
    assert_eq!(within(to_furong + 0.001), ["pl-fenghuang", "pl-furong"]);
    assert_eq!(within(to_furong - 0.001), ["pl-fenghuang"]);
    assert_eq!(search(&index, &Query { near: None, ..Query::default() }).len(), 16);
    assert!(index.search(&Query::default(), &options()).unwrap().hits.iter().all(|hit| hit.distance_km.is_none()));
}

#[test]
fn a_box_holds_what_lies_in_it_and_nothing_without_a_position() {
    let index = index_of(world());
    let bbox = Bbox::parse("109,27,110,29");
    let found = sorted(search(&index, &Query { bbox, ..Query::default() }));
    assert_eq!(found, ["pl-fenghuang", "pl-furong", "st-fenghuang", "st-furong"]);
}

#[test]
fn open_on_a_day_is_what_is_known_to_be() {
    let mut lesson = listing("ex-lesson", Kind::Experience, "周末的课", "Weekend lesson", "433123").months(&[5, 6]).0;
    let domain::listing::Details::Experience(experience) = &mut lesson.details else { unreachable!() };
    experience.sessions[0].weekdays = vec![6, 7];
    let mut offer = listing("of-spring", Kind::Offer, "春游满减", "Spring saving", "433123").0;
    let domain::listing::Details::Offer(days) = &mut offer.details else { unreachable!() };
    (days.from, days.until) = (day(2026, 3, 1), day(2026, 6, 19));
    let index = index_of(vec![
        lesson,
        offer,
        listing("pr-plum", Kind::Product, "杨梅", "Bayberry", "431229").months(&[6]).0,
        listing("he-boats", Kind::Heritage, "端午节（汨罗江畔端午习俗）", "Dragon boats", "430681").0,
        listing("pl-unknown", Kind::Place, "不知几时的去处", "Who knows", "430681").0,
    ]);
    let check = |date, expected: &[&str]| {
        assert_eq!(sorted(search(&index, &Query { date: Some(date), ..Query::default() })), expected, "{date}");
    };
    // the Dragon Boat Festival of 2026, a Friday
    check(day(2026, 6, 19), &["he-boats", "of-spring", "pr-plum"]);
    check(day(2026, 6, 20), &["ex-lesson", "he-boats", "pr-plum"]);
    check(day(2026, 3, 1), &["of-spring"]);
    check(day(2026, 2, 28), &[]);
    check(day(2027, 6, 9), &["he-boats", "pr-plum"]);
}

#[test]
fn a_place_is_open_when_its_calendar_says_so() {
    let with = |id: &str, months: &[u32], opening: &str| {
        let mut place = listing(id, Kind::Place, "有时间的去处", "With hours", "433123").months(months).0;
        let domain::listing::Details::Place(details) = &mut place.details else { unreachable!() };
        details.opening = serde_json::from_str(opening).unwrap();
        place
    };
    let hours = r#"{"weekdays":["tue","wed","thu","fri","sat","sun"],"from":"09:00","until":"17:00"}"#;
    let places = vec![
        with("pl-museum", &[5], &format!(r#"{{"hours":[{hours}],"closed_months":[12,1,2]}}"#)),
        with("pl-meadow", &[4, 5, 7], r#"{"closed_months":[7]}"#),
        with("pl-unknown", &[], r#"{"closed_months":[7]}"#),
    ];
    let index = index_of(places.clone());
    let check = |date, expected: &[&str]| {
        assert_eq!(sorted(search(&index, &Query { date: Some(date), ..Query::default() })), expected, "{date}");
        let known = places.iter().filter(|place| domain::listing::KnownOpen::of(place).on(date));
        assert_eq!(sorted(known.map(|place| place.id.to_string()).collect()), expected, "{date}, without an index");
    };
    // a Monday, and the Tuesday after it
    check(day(2026, 5, 4), &["pl-meadow"]);
    check(day(2026, 5, 5), &["pl-meadow", "pl-museum"]);
    check(day(2026, 7, 7), &["pl-museum"]);
    check(day(2026, 12, 1), &[]);
}

#[test]
fn a_corridor_is_what_lies_along_a_line() {
    let index = index_of(world());
    let line = [Point::new(29.3, 110.5), Point::new(28.7, 109.9)].map(Option::unwrap).to_vec();
    let along = |km| Query {
        corridor: Some(domain::search::Corridor { route: "any".into(), line: line.clone() }),
        corridor_km: km,
        ..Query::default()
    };
    assert_eq!(sorted(search(&index, &along(None))), ["pl-furong", "pl-wulingyuan", "st-furong"]);
    assert!(!search(&index, &along(Some(1.0))).contains(&"pl-wulingyuan".to_owned()));
    assert!(search(&index, &along(Some(100.0))).contains(&"pl-fenghuang".to_owned()));
}

#[test]
fn order_is_what_was_asked_for_and_ties_go_by_id() {
    let index = index_of(world());
    let stays = |sort| search(&index, &Query { kinds: vec![Kind::Stay], sort, ..Query::default() });
    assert_eq!(stays(Sort::Price), ["st-fenghuang", "st-furong", "st-yuelu"], "no price comes last");
    assert_eq!(stays(Sort::Newest), ["st-furong", "st-fenghuang", "st-yuelu"]);
    let heritage = Query { kinds: vec![Kind::Heritage], ..Query::default() };
    assert_eq!(search(&index, &heritage), ["he-zhijiang", "he-jingdian"], "what more is known of comes first");
    let all = search(&index, &Query::default());
    assert!(all[0].starts_with("pl-") && all[15] == "of-winter", "{all:?}");
}

#[test]
fn pages_follow_each_other_without_gap_or_overlap() {
    let index = index_of(world());
    for sort in [Sort::Relevance, Sort::Newest, Sort::Price] {
        let page = |page, per_page| Query { text: "a".into(), page, per_page, sort, ..Query::default() };
        let whole = search(&index, &Query { text: String::new(), ..page(1, 100) });
        let paged: Vec<String> = (1..=6).flat_map(|n| search(&index, &Query { text: String::new(), ..page(n, 3) })).collect();
        assert_eq!(paged, whole, "{sort:?}");
        let beyond = index.search(&Query { text: String::new(), ..page(7, 3) }, &options()).unwrap();
        assert_eq!((beyond.total, beyond.hits.len()), (16, 0));
    }
}

#[test]
fn samples_can_be_hidden() {
    let index = index_of(world());
    let hidden = index.search(&Query::default(), &Options { hide_samples: true, ..options() }).unwrap();
    assert_eq!(hidden.total, 12);
    let kinds = &hidden.facets[0].values;
    assert!(kinds.iter().all(|(kind, _)| kind != "stay" && kind != "offer"), "{kinds:?}");
}

#[test]
fn every_kind_shows_its_first_hits_and_its_whole_count() {
    let index = index_of(world());
    let results = index.search(&ask("凤凰"), &Options { per_kind: Some(1), ..options() }).unwrap();
    let groups: Vec<(Kind, u64, &str)> =
        results.groups.iter().map(|(kind, count, hits)| (*kind, *count, hits[0].id.as_str())).collect();
    assert_eq!(groups[0], (Kind::Route, 1, "rt-west"));
    assert_eq!(groups[1], (Kind::Place, 1, "pl-fenghuang"));
    assert_eq!(groups.iter().map(|(_, count, _)| count).sum::<u64>(), results.total);
    assert!(results.groups.iter().all(|(_, _, hits)| hits.len() == 1));
}
