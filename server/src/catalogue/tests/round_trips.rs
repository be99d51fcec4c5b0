use domain::geo::Position;
use proptest::prelude::*;

use super::*;

const ALL: ExportOptions = ExportOptions { include_samples: true, kinds: vec![] };

/// Exports from one, imports into the other, exports again: both folders.
async fn there_and_back(from: &Store, into: &Store) -> [BTreeMap<String, Vec<u8>>; 2] {
    let out = tempfile::tempdir().unwrap();
    let (first, second) = (out.path().join("first"), out.path().join("second"));
    export(from, &first, &ALL).await.unwrap();
    import_from(into, &first, REAL_RUN).await.unwrap();
    export(into, &second, &ALL).await.unwrap();
    [bytes_of(&first), bytes_of(&second)]
}

#[tokio::test]
async fn an_export_survives_the_other_engine_byte_for_byte() {
    let sqlite = [TestDatabase::sqlite(), TestDatabase::sqlite()];
    let stores = [sqlite[0].store().await, sqlite[1].store().await];
    put(&stores[0], many(300).chain((0..50).map(|number| listing(Kind::Stay, 1_000 + number)))).await;
    let [first, second] = there_and_back(&stores[0], &stores[1]).await;
    assert_eq!(first.len(), Kind::ALL.len() + 1);
    assert_eq!(first, second, "SQLite to SQLite");

    let Some(postgres) = TestDatabase::postgres().await else { return };
    let postgres = postgres.store().await;
    let [first, second] = there_and_back(&stores[0], &postgres).await;
    assert_eq!(first, second, "SQLite to PostgreSQL");
    let back = TestDatabase::sqlite();
    let [first, second] = there_and_back(&postgres, &back.store().await).await;
    assert_eq!(first, second, "PostgreSQL to SQLite");
}

#[tokio::test]
async fn an_export_leaves_out_what_is_withdrawn_or_not_asked_for() {
    both(async |store| {
        put(&store, [real(Kind::Place, 1), real(Kind::Place, 2), listing(Kind::Place, 3), real(Kind::Offer, 4)]).await;
        store.write(vec![ChangeRequest::Withdraw(real(Kind::Place, 2).id)], noon()).await.unwrap();
        let out = tempfile::tempdir().unwrap();
        let folder = out.path().join("places");
        let only_places = ExportOptions { include_samples: false, kinds: vec![Kind::Place] };
        let exported = export(&store, &folder, &only_places).await.unwrap();
        assert_eq!(exported.listings, 1);
        assert_eq!(exported.manifest.credits, ["GeoNames"]);
        assert_eq!(exported.manifest.as_of, chrono::NaiveDate::from_ymd_opt(2026, 11, 1));
        let files = bytes_of(&folder);
        assert_eq!(files.keys().collect::<Vec<_>>(), ["manifest.json", "places.jsonl"]);
        assert_eq!(files["places.jsonl"], (document_of(&real(Kind::Place, 1)) + "\n").into_bytes());
    })
    .await;
}

#[tokio::test]
async fn an_export_replaces_an_export_and_nothing_else() {
    let database = TestDatabase::sqlite();
    let store = database.store().await;
    put(&store, [real(Kind::Place, 1)]).await;
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().join("catalogue");
    export(&store, &folder, &ALL).await.unwrap();
    put(&store, [real(Kind::Place, 2)]).await;
    assert_eq!(export(&store, &folder, &ALL).await.unwrap().listings, 2);
    assert_eq!(std::fs::read_dir(out.path()).unwrap().count(), 1, "nothing is left lying beside it");

    std::fs::write(folder.join("thesis.txt"), "years of work").unwrap();
    let refused = export(&store, &folder, &ALL).await;
    assert!(matches!(refused, Err(ExportError::Occupied(_))), "{refused:?}");
    assert!(folder.join("thesis.txt").exists());
}

/// Text as wild as a listing may hold.
fn text() -> impl Strategy<Value = String> {
    "[^\\p{Cc}\\p{Z}][^\\p{Cc}]{0,30}"
}

prop_compose! {
    fn wild_listing()(
        number in 0usize..5_000,
        kind in 0..Kind::ALL.len(),
        sample: bool,
        zh in text(),
        en in proptest::option::of(text()),
        body in proptest::option::of("[^\\p{Cc}]{0,40}\n[^\\p{Cc}\\p{Z}]{1,10}"),
        aliases in proptest::collection::vec(text(), 0..3),
        keywords in proptest::collection::vec(text(), 0..3),
        credits in proptest::collection::vec("[ -~]{1,12}", 0..3),
        source in "[^\\p{Cc}]{0,20}",
        lat in -90.0f64..90.0,
        lon in -180.0f64..180.0,
        accuracy_m in proptest::option::of(any::<u32>()),
        nanos in 0i64..1_000_000_000,
    ) -> Listing {
        let kind = Kind::ALL[kind];
        let mut listing = if sample { listing(kind, number) } else { real(kind, number) };
        listing.title = domain::Text { zh, en };
        listing.body = body.map(domain::Text::zh_only);
        (listing.aliases, listing.keywords) = (aliases, keywords);
        listing.provenance.credits = credits;
        listing.provenance.source = source;
        listing.position = Some(Position { lat, lon, accuracy_m });
        listing.updated_at += chrono::Duration::nanoseconds(nanos);
        listing
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_catalogue_survives_export_and_import(listings in proptest::collection::vec(wild_listing(), 0..40)) {
        let distinct: BTreeMap<_, _> = listings.into_iter().map(|listing| (listing.id.clone(), listing)).collect();
        for listing in distinct.values() {
            prop_assert_eq!(listing.problems(), vec![]);
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (first, second) = runtime.block_on(async {
            let databases = [TestDatabase::sqlite(), TestDatabase::sqlite()];
            let stores = [databases[0].store().await, databases[1].store().await];
            put(&stores[0], distinct.values().cloned()).await;
            let [first, second] = there_and_back(&stores[0], &stores[1]).await;
            for stored in stores[1].page_after(None, 100).await.unwrap() {
                assert_eq!(*stored.listing, distinct[&stored.listing.id], "nothing is lost on the way");
            }
            (first, second)
        });
        prop_assert_eq!(first, second);
    }
}
