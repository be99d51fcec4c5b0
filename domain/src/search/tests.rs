use std::collections::BTreeSet;

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
        let centre = if name == "near" { ("q", "") } else { ("near", "28,112") };
        let line = if name == "corridor" { ("level", "") } else { ("corridor", "r-1") };
        assert_eq!(read(&[centre, line, (name, value)]).1, ["bad_value"], "{name}={value}");
    }
}

#[test]
fn a_query_that_cannot_be_is_corrected_aloud() {
    assert_eq!(read(&[("sort", "distance")]).1, ["needs_near"]);
    assert_eq!(read(&[("radius_km", "5")]).1, ["needs_near"]);
    assert_eq!(read(&[("corridor_km", "5")]).1, ["needs_corridor"]);
    assert_eq!(read(&[("price_min", "2"), ("price_max", "1")]).1, ["above_maximum"]);
    assert_eq!(read(&[("page", "501")]).1, ["too_deep"]);
    let (query, _) = read(&[("price_min", "2"), ("price_max", "1")]);
    assert_eq!((query.price_min, query.price_max), (None, None), "neither of them was meant");
    let (query, problems) = read(&[("q", &"长".repeat(10_000))]);
    assert_eq!(problems, ["too_long"]);
    assert_eq!(query.text.chars().count(), LONGEST_QUERY);
}

#[test]
fn values_of_one_parameter_are_bounded_and_the_excess_is_told_once() {
    let grades: Vec<String> = (0..5_000).map(|number| format!("{number}级")).collect();
    let (query, problems) = Query::from_params(grades.iter().map(|grade| ("grade", grade.as_str())));
    assert_eq!(query.grades, grades[..MOST_VALUES]);
    let told: Vec<_> = problems.iter().map(|problem| (problem.field.as_str(), problem.code)).collect();
    assert_eq!(told, [("grade", "too_many")]);
    let counties: Vec<&str> = crate::region::counties().map(|county| county.code.as_str()).collect();
    let (query, problems) = Query::from_params(counties.iter().map(|code| ("county", *code)));
    assert_eq!((query.counties.len(), problems.len()), (MOST_VALUES, 1));
    assert_eq!(read(&[("grade", "5A"); 30]).1, [] as [&str; 0], "the same again is no other value");
}

#[test]
fn what_can_be_given_once_is_not_given_twice() {
    let (query, problems) = read(&[("page", "2"), ("page", "3"), ("page", "4"), ("kind", "stay"), ("kind", "place")]);
    assert_eq!(problems, ["repeated"]);
    assert_eq!((query.page, query.kinds.len()), (2, 2), "the first one counts");
    assert_eq!(read(&[("q", ""), ("q", "茶")]).1, [] as [&str; 0], "an empty field of a form says nothing");
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
        proptest::sample::subsequence(Level::ALL.to_vec(), 0..3),
        proptest::sample::subsequence(vec!["433100", "430100"], 0..3),
        proptest::collection::hash_set("[0-9A-Z&=+%级 ]{0,10}[级A]", 0..4),
    );
    let rest = (
        proptest::option::of((24.0f64..30.0, 108.0f64..114.0)),
        proptest::option::of((0i64..100_000, 0i64..100_000)),
        proptest::option::of((24.0f64..27.0, 108.0f64..111.0, 0.0f64..3.0, 0.0f64..3.0)),
        any::<[bool; 2]>(),
        1u32..50,
        1u32..=100,
        proptest::sample::select(Sort::ALL.to_vec()),
    );
    (words, lists, rest).prop_map(|(text, lists, (near, prices, bbox, flags, page, per_page, sort))| {
        let (kinds, counties, tags, months, bands, families, levels, prefectures, grades) = lists;
        let codes = |codes: Vec<&str>| codes.into_iter().map(|code| RegionCode::parse(code).unwrap()).collect();
        Query {
            text: text.trim().to_owned(),
            kinds,
            counties: codes(counties),
            prefectures: codes(prefectures),
            grades: grades.iter().map(|grade| grade.trim().to_owned()).collect::<BTreeSet<_>>().into_iter().collect(),
            levels,
            tags,
            months: Months::try_from(months).unwrap(),
            price_bands: bands,
            families,
            near: near.and_then(|(lat, lon)| Point::new(lat, lon)),
            radius_km: near.map(|_| 12.5),
            bbox: bbox.map(|(south, west, height, width)| Bbox {
                south_west: Point::new(south, west).unwrap(),
                north_east: Point::new(south + height, west + width).unwrap(),
            }),
            price_min: prices.map(|(low, _)| Fen(low)),
            price_max: prices.map(|(low, more)| Fen(low + more)),
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
            sort: if sort == Sort::Distance && near.is_none() { Sort::Newest } else { sort },
            ..Query::default()
        }
    })
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
