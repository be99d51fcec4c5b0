use proptest::prelude::*;

use super::*;

fn read(params: &[(&str, &str)]) -> (Query, Vec<&'static str>) {
    let (query, problems) = Query::from_params(params.iter().copied());
    (query, problems.into_iter().map(|p| p.code).collect())
}

#[test]
fn every_parameter_is_read_and_every_other_name_refused() {
    for param in PARAMS {
        let (_, problems) = Query::from_params([(param.name, "?")]);
        assert!(problems.iter().all(|p| p.code == "bad_value"), "{}", param.name);
    }
    assert_eq!(read(&[("colour", "red")]).1, ["unknown_parameter"]);
}

#[test]
fn bad_values_are_named_and_the_rest_still_counts() {
    let (query, problems) = read(&[("q", "凤凰"), ("kind", "castle"), ("page", "-1"), ("county", "433123")]);
    assert_eq!(problems, ["bad_value", "bad_value"]);
    assert_eq!((query.text.as_str(), query.page, query.counties.len()), ("凤凰", 1, 1));
    for (name, value) in [
        ("near", "91,0"),
        ("near", "x"),
        ("bbox", "1,2,3"),
        ("month", "13"),
        ("date", "2026-02-30"),
        ("date", "1026-02-03"),
        ("month", "0"),
        ("per_page", "0"),
        ("per_page", "101"),
        ("price_min", "-1"),
        ("price_min", "1.5"),
        ("county", "999999"),
        ("county", "430100"),
        ("prefecture", "433123"),
        ("radius_km", "0"),
        ("corridor", "a b"),
        ("corridor_km", "101"),
        ("radius_km", "NaN"),
        ("page", "99999999999999"),
        ("sort", "best"),
        ("lang", "fr"),
        ("barrier_free", "maybe"),
    ] {
        assert_eq!(read(&[("near", "28,112"), ("corridor", "r-1"), (name, value)]).1, ["bad_value"], "{name}={value}");
    }
}

#[test]
fn a_query_that_cannot_be_is_corrected_aloud() {
    assert_eq!(read(&[("sort", "distance")]).1, ["needs_near"]);
    assert_eq!(read(&[("radius_km", "5")]).1, ["needs_near"]);
    assert_eq!(read(&[("corridor_km", "5")]).1, ["needs_corridor"]);
    assert_eq!(read(&[("price_min", "2"), ("price_max", "1")]).1, ["above_maximum"]);
    assert_eq!(read(&[("page", "501")]).1, ["too_deep"]);
    let (query, problems) = read(&[("q", &"长".repeat(10_000))]);
    assert_eq!(problems, ["too_long"]);
    assert_eq!(query.text.chars().count(), LONGEST_QUERY);
}

fn queries() -> impl Strategy<Value = Query> {
    let words = "[a-z凤凰古城 &=?#%+\"-]{0,12}";
    let lists = (
        proptest::sample::subsequence(Kind::ALL.to_vec(), 0..4),
        proptest::sample::subsequence(vec!["433123", "430104", "z-hongjiang"], 0..3),
        proptest::sample::subsequence(Tag::ALL.to_vec(), 0..4),
        proptest::collection::vec(1u32..13, 0..4),
        proptest::sample::subsequence(vec![0usize, 1, 2, 3, 4], 0..3),
        proptest::sample::subsequence(Family::ALL.to_vec(), 0..3),
    );
    let rest = (
        proptest::option::of((24.0f64..30.0, 108.0f64..114.0)),
        proptest::option::of(0i64..100_000),
        any::<[bool; 2]>(),
        1u32..50,
        1u32..=100,
        proptest::sample::select(vec![Sort::Relevance, Sort::Price, Sort::Newest]),
    );
    (words, lists, rest).prop_map(
        |(text, (kinds, counties, tags, months, bands, families), (near, price, flags, page, per_page, sort))| Query {
            text: text.trim().to_owned(),
            kinds,
            counties: counties.into_iter().map(|c| RegionCode::parse(c).unwrap()).collect(),
            tags,
            months: Months::try_from(months).unwrap(),
            price_bands: bands,
            families,
            near: near.and_then(|(lat, lon)| Point::new(lat, lon)),
            radius_km: near.map(|_| 12.5),
            price_min: price.map(Fen),
            corridor: flags[0].then(|| Corridor { route: "tianxia-dongting".into(), line: vec![] }),
            corridor_km: flags[0].then_some(7.5),
            literal: if flags[1] { vec!["near:凤凰".into(), "month:3,4,5".into()] } else { vec![] },
            exact: flags[1],
            explain: flags[0],
            date: flags[1].then(|| NaiveDate::from_ymd_opt(2026, 6, 19).unwrap()),
            barrier_free: flags[0],
            voucher: flags[1],
            page,
            per_page,
            sort,
            ..Query::default()
        },
    )
}

proptest! {
    #[test]
    fn what_is_written_in_an_address_is_read_back(query in queries()) {
        let params = query.to_params();
        let (again, problems) = Query::from_params(params.iter().map(|(n, v)| (*n, v.as_str())));
        prop_assert_eq!(problems, vec![]);
        prop_assert_eq!(again, query);
    }

    #[test]
    fn nothing_a_person_types_breaks_the_parser(name in "\\PC{0,20}", value in any::<String>()) {
        let _ = Query::from_params([(name.as_str(), value.as_str()), ("q", value.as_str()), ("near", value.as_str()), ("bbox", value.as_str())]);
    }
}
