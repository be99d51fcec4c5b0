use chrono::Duration;

use super::*;
use crate::store::testing::listings::real;

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

async fn check_changes(store: &Store, filter: ChangeFilter, expected: &[&str]) {
    let listed = store.list_changes(&filter, 0, 10).await.unwrap();
    let listed: Vec<_> = listed
        .iter()
        .map(|stored| format!("{}{}", if filter.gone_at(stored).is_some() { "-" } else { "" }, stored.listing.id))
        .collect();
    assert_eq!(listed, expected, "{filter:?}");
}

const ALL: ChangeFilter = ChangeFilter { samples: true, kind: None, updated_from: None };

#[tokio::test]
async fn changes_are_filtered_by_kind_time_and_sample() {
    both(async |store| {
        let mut ahead = real(Kind::Place, 1);
        ahead.updated_at = noon() + Duration::days(2);
        store.write(vec![ChangeRequest::put(ahead), put(Kind::Stay, 3)], noon()).await.unwrap();
        let tomorrow = noon() + Duration::days(1);
        store.write(vec![ChangeRequest::put(real(Kind::Place, 2))], tomorrow).await.unwrap();
        store.write(vec![ChangeRequest::Withdraw(id("place-000002"))], tomorrow).await.unwrap();

        check_changes(&store, ALL, &["place-000001", "stay-000003", "-place-000002"]).await;
        check_changes(&store, ChangeFilter { samples: false, ..ALL }, &["place-000001", "-place-000002"]).await;
        check_changes(&store, ChangeFilter { kind: Some(Kind::Stay), ..ALL }, &["stay-000003"]).await;
        let from = |at| ChangeFilter { updated_from: Some(at), ..ALL };
        check_changes(&store, from(noon()), &["place-000001", "stay-000003", "-place-000002"]).await;
        check_changes(&store, from(tomorrow), &["place-000001", "-place-000002"]).await;
        check_changes(&store, from(noon() + Duration::days(2)), &["place-000001"]).await;
        check_changes(&store, from(noon() + Duration::days(3)), &[]).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_recorded_late_or_comes_back_is_news_although_it_was_updated_long_ago() {
    both(async |store| {
        let place = real(Kind::Place, 1);
        assert!(place.updated_at < noon() - Duration::days(1));
        store.write(vec![ChangeRequest::put(place.clone())], noon()).await.unwrap();
        let since = |hours| ChangeFilter { updated_from: Some(noon() + Duration::hours(hours)), ..ALL };
        check_changes(&store, since(-1), &["place-000001"]).await;
        check_changes(&store, since(1), &[]).await;

        store.write(vec![ChangeRequest::Withdraw(place.id.clone())], noon() + Duration::hours(2)).await.unwrap();
        check_changes(&store, since(1), &["-place-000001"]).await;
        store.write(vec![ChangeRequest::put(place)], noon() + Duration::hours(4)).await.unwrap();
        check_changes(&store, since(3), &["place-000001"]).await;
    })
    .await;
}

#[tokio::test]
async fn what_turns_into_something_else_is_gone_for_those_who_ask_for_what_it_was() {
    both(async |store| {
        let place = real(Kind::Place, 1);
        let as_stay = domain::listing::Listing { details: Kind::Stay.sample(), ..place.clone() };
        store.write(vec![ChangeRequest::put(place.clone())], noon()).await.unwrap();
        store.write(vec![ChangeRequest::put(as_stay.clone())], noon()).await.unwrap();
        let of = |kind| ChangeFilter { kind: Some(kind), ..ALL };
        check_changes(&store, of(Kind::Place), &["-place-000001"]).await;
        check_changes(&store, of(Kind::Stay), &["place-000001"]).await;
        check_changes(&store, of(Kind::Route), &[]).await;
        store.write(vec![ChangeRequest::put(place)], noon()).await.unwrap();
        check_changes(&store, of(Kind::Place), &["place-000001"]).await;
        check_changes(&store, of(Kind::Stay), &["-place-000001"]).await;

        let mut sample = as_stay;
        sample.sample = true;
        store.write(vec![ChangeRequest::put(sample), put(Kind::Offer, 2)], noon()).await.unwrap();
        let hidden = ChangeFilter { samples: false, ..ALL };
        check_changes(&store, hidden, &["-place-000001"]).await;
        check_changes(&store, ALL, &["place-000001", "offer-000002"]).await;
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
async fn a_row_that_cannot_be_read_costs_nothing_but_itself() {
    use sea_orm::ConnectionTrait;
    both(async |store| {
        store.write((1..=5).map(|number| put(Kind::Place, number)).collect(), noon()).await.unwrap();
        let spoil = "UPDATE listing SET document = '{}' WHERE id IN ('place-000001', 'place-000002', 'place-000004')";
        store.db.execute_unprepared(spoil).await.unwrap();
        let slug = Slug::parse("places-1").unwrap();
        match store.find(Kind::Place, &slug).await {
            Err(StoreError::Corrupt { id, .. }) => assert_eq!(id, "place-000001", "asked for by name, it is named"),
            other => panic!("{other:?}"),
        }
        // pages of one: the first two hold nothing that can be read, and must not look like the end
        let mut walked: Vec<String> = vec![];
        let mut after = None;
        while let Some(next) = store.page_after(after.as_ref(), 1).await.unwrap().pop() {
            walked.push(next.listing.id.to_string());
            after = Some(next.listing.id.clone());
        }
        assert_eq!(walked, ["place-000003", "place-000005"]);
        let changes = store.list_changes(&ALL, 0, 2).await.unwrap();
        let changes: Vec<_> = changes.iter().map(|stored| stored.listing.id.as_str()).collect();
        assert_eq!(changes, ["place-000003", "place-000005"], "a full page, as long as there is something to fill it");
        let found = store.find_many(&[id("place-000001"), id("place-000003")]).await.unwrap();
        assert_eq!(found.len(), 1);

        store.db.execute_unprepared("UPDATE listing SET kind = 'castle' WHERE id = 'place-000001'").await.unwrap();
        assert_eq!(store.digests().await.unwrap().len(), 4);
        store.db.execute_unprepared("UPDATE event SET change = 'lost' WHERE revision = 2").await.unwrap();
        let events = store.events_after(0, 10).await.unwrap();
        assert_eq!(events.iter().map(|event| event.revision).collect::<Vec<_>>(), [1, 3, 4, 5]);
    })
    .await;
}
