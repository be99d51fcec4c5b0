use std::sync::Mutex;

use super::*;

#[tokio::test]
async fn importing_twice_changes_nothing_the_second_time() {
    both(async |store| {
        let folder = by_hand(&many(70).collect::<Vec<_>>());
        let first = import_from(&store, folder.path(), REAL_RUN).await.unwrap();
        assert_eq!((first.new, first.changed, first.unchanged, first.revision), (70, 0, 0, 70));
        let second = import_from(&store, folder.path(), REAL_RUN).await.unwrap();
        assert_eq!((second.new, second.changed, second.unchanged, second.revision), (0, 0, 70, 70));
        assert_eq!(second.diff, vec![]);
    })
    .await;
}

#[tokio::test]
async fn a_dry_run_tells_the_difference_and_writes_nothing() {
    both(async |store| {
        put(&store, [real(Kind::Place, 1), real(Kind::Place, 2), real(Kind::Place, 3)]).await;
        let mut changed = real(Kind::Place, 2);
        changed.title.zh = "新名字".to_owned();
        let folder = by_hand(&[real(Kind::Place, 1), changed, real(Kind::Place, 4)]);
        let dry = import_from(&store, folder.path(), ImportOptions { prune: true, ..DRY_RUN }).await.unwrap();
        let lines: Vec<String> = dry.diff.iter().map(ToString::to_string).collect();
        assert_eq!(lines, ["- place place-000003", "~ place place-000002: title", "+ place place-000004"]);
        assert_eq!((dry.new, dry.changed, dry.unchanged, dry.withdrawn), (1, 1, 1, 1));
        assert_eq!(store.revision().await.unwrap(), 3);
        assert_eq!(store.page_after(None, 10).await.unwrap().len(), 3);

        let done = import_from(&store, folder.path(), PRUNING).await.unwrap();
        assert_eq!(done, dry, "what was promised is what happened");
        assert_eq!(store.revision().await.unwrap(), done.revision);
    })
    .await;
}

#[tokio::test]
async fn pruning_leaves_other_kinds_alone() {
    both(async |store| {
        put(&store, [real(Kind::Place, 1), real(Kind::Product, 2)]).await;
        let folder = by_hand(&[real(Kind::Place, 3)]);
        let report = import_from(&store, folder.path(), PRUNING).await.unwrap();
        assert_eq!(report.withdrawn, 1);
        let left: Vec<_> = store.page_after(None, 10).await.unwrap().iter().map(|s| s.listing.id.to_string()).collect();
        assert_eq!(left, ["place-000003", "product-000002"]);
    })
    .await;
}

#[tokio::test]
async fn an_export_that_comes_back_costs_no_sample() {
    both(async |store| {
        put(&store, [real(Kind::Stay, 1), listing(Kind::Stay, 2)]).await;
        let out = tempfile::tempdir().unwrap();
        let exported = export(&store, &out.path().join("c"), &ExportOptions::default()).await.unwrap();
        assert_eq!(exported.listings, 1, "the sample stays at home");
        let back = import_from(&store, &out.path().join("c"), PRUNING).await.unwrap();
        assert_eq!((back.unchanged, back.withdrawn), (1, 0));

        let with_samples = by_hand(&[real(Kind::Stay, 1), listing(Kind::Stay, 3)]);
        let report = import_from(&store, with_samples.path(), PRUNING).await.unwrap();
        assert_eq!((report.new, report.withdrawn), (1, 1), "an import with samples has a say about samples");
    })
    .await;
}

#[tokio::test]
async fn a_slug_goes_from_a_pruned_listing_to_a_new_one() {
    both(async |store| {
        put(&store, [real(Kind::Place, 1)]).await;
        let mut heir = real(Kind::Place, 2);
        heir.slug = real(Kind::Place, 1).slug;
        let folder = by_hand(&[heir]);
        let report = import_from(&store, folder.path(), PRUNING).await.unwrap();
        assert_eq!((report.new, report.withdrawn), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn the_embedded_form_reads_like_a_folder() {
    let place = document_of(&real(Kind::Place, 1));
    let place: &'static str = format!("\u{feff}{place}\r\n\r\n").leak();
    let manifest = br#"{"format":1,"as_of":"2026-11-01","licence":"CC-BY-4.0","credits":["GeoNames"],
        "files":[{"name":"places.jsonl","kind":"place","rows":1}]}"#;
    let files = vec![("manifest.json", manifest.as_slice()), ("places.jsonl", place.as_bytes())];
    let database = TestDatabase::sqlite();
    let report = import(&database.store().await, &Embedded(files.leak()), REAL_RUN, &|_| {}).await.unwrap();
    assert_eq!(report.new, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_imports_at_once_take_turns() {
    crate::store::testing::on_each(async |database| {
        // as two processes would: each with connections of its own
        let imports = [0, 1].map(|half| {
            let url = database.url.clone();
            tokio::spawn(async move {
                let store = Store::connect(&url).await.unwrap();
                store.migrate().await.unwrap();
                let listings: Vec<_> = (0..700).map(|number| real(Kind::Place, half * 300 + number)).collect();
                let folder = by_hand(&listings);
                import_from(&store, folder.path(), REAL_RUN).await.unwrap()
            })
        });
        let mut reports = vec![];
        for import in imports {
            reports.push(import.await.unwrap());
        }
        assert_eq!(reports.iter().map(|report| report.new).sum::<usize>(), 1_000, "{reports:?}");
        assert_eq!(reports.iter().map(|report| report.unchanged).sum::<usize>(), 400, "the later one finds what they share");
        assert_eq!(database.store().await.revision().await.unwrap(), 1_000);
    })
    .await;
}

#[tokio::test]
async fn thousands_are_imported_in_one_go_with_progress() {
    both(async |store| {
        let folder = by_hand(&many(2_000).collect::<Vec<_>>());
        let seen = Mutex::new(vec![]);
        let source = Folder(folder.path().to_owned());
        let report = import(&store, &source, REAL_RUN, &|progress| seen.lock().unwrap().push(progress)).await.unwrap();
        assert_eq!((report.new, report.revision), (2_000, 2_000));
        let seen = seen.into_inner().unwrap();
        let last = Progress { stage: Stage::Writing, done: 2_000, total: Some(2_000) };
        assert_eq!(seen.last(), Some(&last));
        assert!(seen.iter().filter(|p| p.stage == Stage::Reading).map(|p| p.done).is_sorted());
    })
    .await;
}
