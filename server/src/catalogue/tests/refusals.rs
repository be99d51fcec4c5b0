use domain::ListingId;
use domain::listing::Details;

use super::*;

/// Imports a folder that must be refused, and gives the problems as people read them.
async fn refused(folder: &Path) -> Vec<String> {
    let database = TestDatabase::sqlite();
    let store = database.store().await;
    let refused = import_from(&store, folder, REAL_RUN).await;
    assert_eq!(store.revision().await.unwrap(), 0, "nothing is written");
    match refused {
        Err(ImportError::Refused { problems, .. }) => problems.iter().map(ToString::to_string).collect(),
        other => panic!("{other:?}"),
    }
}

fn edit(folder: &Path, name: &str, change: impl Fn(String) -> String) {
    let path = folder.join(name);
    std::fs::write(&path, change(std::fs::read_to_string(&path).unwrap())).unwrap();
}

/// Three places, the file then changed; the one problem expected starts with the given words.
async fn check(change: impl Fn(String) -> String, expected: &str) {
    let folder = by_hand(&[real(Kind::Place, 1), real(Kind::Place, 2), real(Kind::Place, 3)]);
    edit(folder.path(), "places.jsonl", change);
    let problems = refused(folder.path()).await;
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].starts_with(expected), "{} does not start with {expected}", problems[0]);
}

#[tokio::test]
async fn a_bad_row_is_named_by_file_line_field_and_reason() {
    let second = |from: &'static str, to: &'static str| {
        move |text: String| {
            let lines: Vec<String> = text.lines().map(str::to_owned).collect();
            assert!(lines[1].contains(from), "{from} is in {}", lines[1]);
            [lines[0].clone(), lines[1].replacen(from, to, 1), lines[2].clone()].join("\n") + "\n"
        }
    };
    check(second("\"slug\":", "\"slag\":"), "places.jsonl:2: slag: unknown field").await;
    check(second("\"slug\":\"places-2\",", ""), "places.jsonl:2: slug: missing field `slug`").await;
    check(second("places-2", "Places 2"), "places.jsonl:2: slug: a slug is 1 to 96").await;
    check(second("\"zh\":\"", "\"zh\":17,\"en\":\""), "places.jsonl:2: title.zh: invalid type: integer `17`").await;
    check(second("\"visit_min\":180", "\"visit_min\":-1"), "places.jsonl:2: details: invalid value: integer `-1`").await;
    check(second("\"sort\":", "\"sord\":"), "places.jsonl:2: details.sord: unknown field `sord`").await;
    let opening = r#""opening":{"hours":[{"weekdays":["mon"],"from":"17:00","until":"09:00"}]},"sort":"#;
    let said = "places.jsonl:2: details: opening: hours[0]: from is not before until";
    check(second("\"sort\":", opening), said).await;
    check(second("{", "["), "places.jsonl:2: ").await;
    check(second("}}", "}}{}"), "places.jsonl:2: a line holds one listing").await;
    check(second("\"kind\":\"place\"", "\"kind\":\"castle\""), "places.jsonl:2: details.kind: unknown variant `castle`").await;
    check(second("\"accuracy_m\":", "\"lat\":1,\"accuracy_m\":"), "places.jsonl:2: position: duplicate field `lat`").await;
}

#[tokio::test]
async fn rules_of_the_domain_are_reported_the_same_way() {
    let mut place = real(Kind::Place, 1);
    place.title.zh = " ".to_owned();
    place.region = domain::region::RegionCode::parse("999999").ok();
    let problems = refused(by_hand(&[real(Kind::Place, 0), place]).path()).await;
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert_eq!(problems[0], "places.jsonl:2: title: the Chinese text is empty / 中文不能为空");
    assert!(problems[1].starts_with("places.jsonl:2: region: “999999” is not a county"), "{}", problems[1]);
}

#[tokio::test]
async fn ids_and_slugs_are_there_once() {
    let mut same_slug = real(Kind::Place, 2);
    same_slug.slug = real(Kind::Place, 1).slug;
    let folder = by_hand(&[real(Kind::Place, 1), same_slug, real(Kind::Place, 1)]);
    let problems = refused(folder.path()).await;
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(problems[0].starts_with("places.jsonl:2: slug: the slug is taken by place-000001"), "{}", problems[0]);
    assert!(problems[1].starts_with("places.jsonl:3: id: the id is taken by places.jsonl:1"), "{}", problems[1]);
}

#[tokio::test]
async fn a_slug_taken_in_the_database_is_a_problem_of_the_line_that_wants_it() {
    both(async |store| {
        put(&store, [real(Kind::Place, 1)]).await;
        let mut late = real(Kind::Place, 2);
        late.slug = real(Kind::Place, 1).slug;
        let folder = by_hand(&[late]);
        for options in [DRY_RUN, REAL_RUN] {
            let Err(ImportError::Refused { problems, .. }) = import_from(&store, folder.path(), options).await else {
                panic!("the slug is taken");
            };
            let said = problems[0].to_string();
            assert!(said.starts_with("places.jsonl:1: slug: “places-1” is taken by the place place-000001"), "{said}");
        }
        assert_eq!(store.revision().await.unwrap(), 1);
    })
    .await;
}

fn route_to(place: &str) -> Listing {
    let mut route = real(Kind::Route, 1);
    let Details::Route(details) = &mut route.details else { unreachable!("a route has the details of a route") };
    details.stops[0].place = ListingId::parse(place).ok();
    route
}

#[tokio::test]
async fn a_reference_leads_to_the_import_or_to_the_database() {
    let problems = refused(by_hand(&[route_to("nowhere")]).path()).await;
    assert_eq!(problems.len(), 1);
    assert!(problems[0].starts_with("routes.jsonl:1: details.stops[0].place: there is no place with the id nowhere"));
    let problems = refused(by_hand(&[route_to("stay-000001"), real(Kind::Stay, 1)]).path()).await;
    assert_eq!(problems.len(), 1, "a stay is not a place");

    both(async |store| {
        let folder = by_hand(&[route_to("place-000001"), real(Kind::Place, 1)]);
        assert_eq!(import_from(&store, folder.path(), REAL_RUN).await.unwrap().new, 2);
        let folder = by_hand(&[route_to("place-000001")]);
        assert_eq!(import_from(&store, folder.path(), REAL_RUN).await.unwrap().unchanged, 1, "the database has it");

        let without = by_hand(&[route_to("place-000001"), real(Kind::Place, 2)]);
        let refused = import_from(&store, without.path(), PRUNING).await;
        assert!(matches!(refused, Err(ImportError::Refused { .. })), "pruning would take the place away: {refused:?}");
    })
    .await;
}

#[tokio::test]
async fn what_the_database_counts_on_is_neither_pruned_nor_turned_into_something_else() {
    both(async |store| {
        put(&store, [real(Kind::Place, 1), real(Kind::Place, 2), route_to("place-000001")]).await;
        let check = async |folder: tempfile::TempDir, options, expected: &str| {
            match import_from(&store, folder.path(), options).await {
                Err(ImportError::Refused { problems, .. }) => {
                    assert_eq!(problems.len(), 1, "{problems:?}");
                    assert!(problems[0].to_string().starts_with(expected), "{}", problems[0]);
                }
                other => panic!("{other:?}"),
            }
            assert_eq!(store.revision().await.unwrap(), 3, "nothing is written");
        };
        check(
            by_hand(&[real(Kind::Place, 2)]),
            PRUNING,
            "places.jsonl: id: place-000001 is missing and would be withdrawn, but details.stops[0].place of the route route-000001",
        )
        .await;
        let turned = Listing { details: Kind::Stay.sample(), ..real(Kind::Place, 1) };
        check(
            by_hand(std::slice::from_ref(&turned)),
            REAL_RUN,
            "stays.jsonl:1: details.kind: place-000001 is no place any more, but details.stops[0].place of the route route-000001",
        )
        .await;
        // a route that lets go of it, in the same import, is no hindrance
        let mut free = route_to("place-000001");
        let Details::Route(details) = &mut free.details else { unreachable!("a route has the details of a route") };
        details.stops[0].place = None;
        let report = import_from(&store, by_hand(&[real(Kind::Place, 2), free]).path(), PRUNING).await.unwrap();
        assert_eq!((report.changed, report.withdrawn), (1, 1));
        import_from(&store, by_hand(&[turned]).path(), REAL_RUN).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_file_cut_short_is_refused() {
    let database = TestDatabase::sqlite();
    let store = database.store().await;
    put(&store, many(70)).await;
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().join("catalogue");
    export(&store, &folder, &ExportOptions::default()).await.unwrap();
    // at a line's end, where nothing else would show it
    edit(&folder, "places.jsonl", |text| text.lines().take(5).map(|line| format!("{line}\n")).collect());
    let problems = refused(&folder).await;
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(problems[0].starts_with("places.jsonl: rows: the manifest says 10 rows, there are 5"), "{}", problems[0]);
    assert!(problems[1].starts_with("places.jsonl: sha256: "), "{}", problems[1]);
}

#[tokio::test]
async fn a_file_cut_within_a_line_is_refused_without_any_count() {
    check(|text| text.trim_end().trim_end_matches('}').to_owned(), "places.jsonl:3: ").await;
}

#[tokio::test]
async fn a_manifest_is_checked_too() {
    let check = async |from: &str, to: &str, expected: &str| {
        let folder = by_hand(&[real(Kind::Place, 1)]);
        edit(folder.path(), MANIFEST, |text| {
            assert!(text.contains(from), "{from} is in {text}");
            text.replacen(from, to, 1)
        });
        let problems = refused(folder.path()).await;
        assert!(problems.iter().any(|problem| problem.starts_with(expected)), "{expected}: {problems:?}");
    };
    check("\"format\":1", "\"format\":2", "manifest.json: format: format 2 is unknown").await;
    check("\"format\":1", "\"form\":1", "manifest.json:1: form: unknown field").await;
    check("places.jsonl", "../places.jsonl", "manifest.json: files: “../places.jsonl” is not the name").await;
    check("places.jsonl", "stays.jsonl", "manifest.json: files: “places.jsonl” lies in the folder").await;
    check("\"kind\":\"place\"", "\"kind\":\"castle\"", "manifest.json:1: files[0].kind: “castle” is not a kind").await;
    check("\"kind\":\"place\"", "\"kind\":\"stay\"", "places.jsonl:1: details.kind: a place in a file of kind stay").await;
    check("{", "", "manifest.json:1: ").await;
}

#[tokio::test]
async fn no_manifest_no_import() {
    let problems = refused(tempfile::tempdir().unwrap().path()).await;
    assert!(problems[0].starts_with("manifest.json: the manifest cannot be read"), "{problems:?}");
}

#[tokio::test]
async fn of_very_many_problems_the_first_hundred_are_shown() {
    let broken = many(700).map(|mut listing| {
        listing.title.zh.clear();
        listing
    });
    let folder = by_hand(&broken.collect::<Vec<_>>());
    let database = TestDatabase::sqlite();
    match import_from(&database.store().await, folder.path(), REAL_RUN).await {
        Err(ImportError::Refused { problems, more }) => assert_eq!((problems.len(), more), (100, 600)),
        other => panic!("{other:?}"),
    }
}
