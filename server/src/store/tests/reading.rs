use chrono::Duration;

use super::*;

#[tokio::test]
async fn pages_go_by_id_in_the_order_of_bytes() {
    both(async |store| {
        // a locale would put `a-b` after `aa`, bytes put it before
        let names = ["aa", "a-b", "a1", "ab"];
        let changes = names.iter().enumerate().map(|(number, name)| {
            let mut place = listing(Kind::Place, number);
            place.id = id(name);
            ChangeRequest::put(place)
        });
        store.write(changes.collect(), noon()).await.unwrap();
        let mut walked: Vec<String> = vec![];
        let mut after = None;
        while let Some(next) = store.page_after(after.as_ref(), 1).await.unwrap().pop() {
            walked.push(next.listing.id.to_string());
            after = Some(next.listing.id.clone());
        }
        assert_eq!(walked, ["a-b", "a1", "aa", "ab"]);
    })
    .await;
}

#[tokio::test]
async fn listings_come_in_the_order_asked_for() {
    both(async |store| {
        store.write((1..=5).map(|number| put(Kind::Place, number)).collect(), noon()).await.unwrap();
        let asked = [id("place-000004"), id("nobody"), id("place-000002")];
        let found = store.find_many(&asked).await.unwrap();
        let found: Vec<_> = found.iter().map(|stored| stored.listing.id.as_str()).collect();
        assert_eq!(found, ["place-000004", "place-000002"]);
        assert!(store.find_many(&[]).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn changes_are_listed_once_each_at_their_latest() {
    both(async |store| {
        store.write((1..=3).map(|number| put(Kind::Place, number)).collect(), noon()).await.unwrap();
        store.write(vec![ChangeRequest::Withdraw(id("place-000001"))], noon()).await.unwrap();
        let all = ChangeFilter { samples: true, ..ChangeFilter::default() };
        let first = store.list_changes(&all, 0, 2).await.unwrap();
        let rest = store.list_changes(&all, first[1].revision, 2).await.unwrap();
        let named: Vec<_> =
            first.iter().chain(&rest).map(|s| (s.listing.id.as_str(), s.revision, s.withdrawn_at.is_some())).collect();
        assert_eq!(named, [("place-000002", 2, false), ("place-000003", 3, false), ("place-000001", 4, true)]);
        assert!(store.list_changes(&all, 4, 2).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn changes_are_filtered_by_kind_time_and_sample() {
    both(async |store| {
        let mut real = super::super::testing::listings::real(Kind::Place, 1);
        real.updated_at = noon() - Duration::days(1);
        let old = super::super::testing::listings::real(Kind::Place, 2);
        let changes = vec![ChangeRequest::put(real), ChangeRequest::put(old), put(Kind::Stay, 3)];
        store.write(changes, noon()).await.unwrap();
        store.write(vec![ChangeRequest::Withdraw(id("place-000002"))], noon()).await.unwrap();

        let check = async |filter: ChangeFilter, expected: &[&str]| {
            let listed = store.list_changes(&filter, 0, 10).await.unwrap();
            let listed: Vec<_> = listed.iter().map(|stored| stored.listing.id.as_str()).collect();
            assert_eq!(listed, expected, "{filter:?}");
        };
        let all = ChangeFilter { samples: true, ..ChangeFilter::default() };
        check(all, &["place-000001", "stay-000003", "place-000002"]).await;
        check(ChangeFilter { samples: false, ..all }, &["place-000001", "place-000002"]).await;
        check(ChangeFilter { kind: Some(Kind::Stay), ..all }, &["stay-000003"]).await;
        let yesterday = Some(noon() - Duration::days(1));
        check(ChangeFilter { updated_from: yesterday, ..all }, &["place-000001", "place-000002"]).await;
        check(ChangeFilter { updated_from: Some(noon()), ..all }, &["place-000002"]).await;
        check(ChangeFilter { updated_from: Some(noon() + Duration::seconds(1)), ..all }, &[]).await;
    })
    .await;
}

#[tokio::test]
async fn a_snapshot_does_not_see_what_comes_after_it() {
    both(async |store| {
        store.write(vec![put(Kind::Place, 1)], noon()).await.unwrap();
        let snapshot = store.snapshot().await.unwrap();
        store.write(vec![put(Kind::Place, 2)], noon()).await.unwrap();
        assert_eq!(snapshot.revision(), 1);
        assert_eq!(snapshot.page_after(None, 10).await.unwrap().len(), 1);
        assert_eq!(snapshot.digests().await.unwrap().len(), 1);
        drop(snapshot);
        assert_eq!(store.page_after(None, 10).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_row_that_cannot_be_read_is_named() {
    use sea_orm::ConnectionTrait;
    both(async |store| {
        store.write(vec![put(Kind::Place, 1)], noon()).await.unwrap();
        store.db.execute_unprepared("UPDATE listing SET document = '{}'").await.unwrap();
        match store.page_after(None, 10).await {
            Err(StoreError::Corrupt { id, .. }) => assert_eq!(id, "place-000001"),
            other => panic!("{other:?}"),
        }
    })
    .await;
}
