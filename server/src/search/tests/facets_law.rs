//! The count beside a value is what one finds after choosing it (T10), and a facet does not narrow itself (T11).

use std::sync::OnceLock;

use domain::Fen;
use domain::geo::{Bbox, Point};
use domain::listing::kinds::{Family, Level};
use domain::listing::{Kind, Tag};
use domain::money::PRICE_BANDS;
use domain::search::{Query, Sort};
use domain::time::Months;
use proptest::prelude::*;

use super::world::*;
use crate::search::{Index, Options};

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| index_of(world()))
}

/// The query with this value as the only one of its facet.
pub fn choosing(query: &Query, facet: &str, value: &str) -> Query {
    let mut chosen = Query { page: 1, per_page: 1, ..query.clone() };
    match facet {
        "kind" => chosen.kinds = vec![Kind::parse(value).unwrap()],
        "prefecture" => chosen.prefectures = vec![region(value)],
        "county" => chosen.counties = vec![region(value)],
        "family" => chosen.families = vec![Family::parse(value).unwrap()],
        "grade" => chosen.grades = vec![value.to_owned()],
        "level" => chosen.levels = vec![Level::parse(value).unwrap()],
        "tag" => chosen.tags = vec![Tag::parse(value).unwrap()],
        "month" => chosen.months = Months::only(value.parse().unwrap()).unwrap(),
        "price_band" => chosen.price_bands = vec![PRICE_BANDS.iter().position(|band| band.0 == value).unwrap()],
        "barrier_free" => chosen.barrier_free = value == "1",
        "voucher" => chosen.voucher = value == "1",
        other => panic!("a facet nobody knows: {other}"),
    }
    chosen
}

fn queries() -> impl Strategy<Value = Query> {
    let some = |n| 0usize..n;
    let lists = (
        proptest::sample::select(vec!["", "凤凰", "湘西", "gu", "示例", "古镇 张家界", "-民宿", "a", "5A"]),
        proptest::sample::subsequence(Kind::ALL.to_vec(), some(4)),
        proptest::sample::subsequence(vec!["433123", "430811", "431281", "z-hongjiang", "430104"], some(3)),
        proptest::sample::subsequence(vec!["433100", "431200", "430100"], some(3)),
        proptest::sample::subsequence(Tag::ALL.to_vec(), some(5)),
        proptest::sample::subsequence(vec!["4A", "5A", "没有"], some(3)),
    );
    let rest = (
        proptest::collection::vec(1u32..13, 0..3),
        proptest::sample::subsequence(vec![0usize, 1, 2, 3, 4], some(3)),
        any::<[bool; 3]>(),
        proptest::option::of((27.0f64..29.0, 109.0f64..111.0, 1.0f64..400.0)),
        proptest::option::of((0i64..40_000, 0i64..60_000)),
        proptest::sample::subsequence(Level::ALL.to_vec(), some(2)),
        proptest::sample::subsequence(Family::ALL.to_vec(), some(3)),
        proptest::option::of((26.0f64..28.5, 109.0f64..111.0, 0.5f64..4.0)),
        proptest::sample::select(vec![Sort::Relevance, Sort::Newest, Sort::Price]),
    );
    (lists, rest).prop_map(
        |(
            (text, kinds, counties, prefectures, tags, grades),
            (months, bands, flags, near, price, levels, families, bbox, sort),
        )| {
            let rare = |flag: bool| flag && months.is_empty();
            Query {
                text: text.to_owned(),
                kinds,
                counties: counties.into_iter().map(region).collect(),
                prefectures: prefectures.into_iter().map(region).collect(),
                tags,
                grades: grades.into_iter().map(str::to_owned).collect(),
                levels,
                price_bands: bands,
                barrier_free: rare(flags[0]),
                voucher: rare(flags[1]),
                near: near.and_then(|(lat, lon, _)| Point::new(lat, lon)),
                radius_km: near.map(|(_, _, km)| km),
                price_min: price.filter(|_| flags[2]).map(|(low, _)| Fen(low)),
                price_max: price.map(|(low, more)| Fen(low + more)),
                families,
                bbox: bbox.map(|(south, west, size)| Bbox {
                    south_west: Point::new(south, west).unwrap(),
                    north_east: Point::new(south + size, west + size).unwrap(),
                }),
                months: Months::try_from(months).unwrap(),
                sort,
                ..Query::default()
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_count_is_what_choosing_the_value_finds(query in queries(), hide_samples in any::<bool>()) {
        let options = Options { hide_samples, ..options() };
        let results = index().search(&query, &options).unwrap();
        for facet in &results.facets {
            for (value, count) in &facet.values {
                let chosen = choosing(&query, facet.name, value);
                let total = index().search(&chosen, &Options { facets: false, ..options.clone() }).unwrap().total;
                prop_assert_eq!(total, *count, "{} = {}", facet.name, value);
            }
        }
    }
}

#[test]
fn a_facet_offers_what_would_still_be_found_beside_the_choice() {
    let places = Query { kinds: vec![Kind::Place], text: "凤凰".into(), ..Query::default() };
    let results = index().search(&places, &options()).unwrap();
    let kinds: Vec<&str> = results.facets[0].values.iter().map(|(value, _)| value.as_str()).collect();
    assert_eq!(kinds, ["route", "place", "stay"], "the choice of places does not hide the other kinds");
    let counties = results.facets.iter().find(|facet| facet.name == "county").unwrap();
    assert_eq!(counties.values, [("433123".to_owned(), 1)], "but it narrows the counties");
}

#[test]
fn a_choice_stays_visible_when_it_counts_nothing() {
    let query = Query { grades: vec!["9A".into()], kinds: vec![Kind::Offer], ..Query::default() };
    let results = index().search(&query, &options()).unwrap();
    assert_eq!(results.total, 0);
    let grades = results.facets.iter().find(|facet| facet.name == "grade").unwrap();
    assert_eq!(grades.values, [("9A".to_owned(), 0)]);
}

#[test]
fn every_facet_has_the_name_of_a_parameter() {
    let results = index().search(&Query::default(), &options()).unwrap();
    for facet in &results.facets {
        assert!(domain::search::PARAMS.iter().any(|param| param.name == facet.name), "{}", facet.name);
        assert!(!facet.values.is_empty(), "the world has something for {}", facet.name);
    }
    assert_eq!(results.facets.len(), 11);
}
