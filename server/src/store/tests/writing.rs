use super::*;

#[tokio::test]
async fn what_is_put_can_be_found() {
    both(async |store| {
        let all: Vec<_> = Kind::ALL.iter().map(|&kind| listing(kind, 7)).collect();
        let written = store.write(all.iter().cloned().map(ChangeRequest::put).collect(), noon()).await.unwrap();
        assert_eq!(written, Written { revision: 7, put: 7, withdrawn: 0, unchanged: 0 });
        for wanted in &all {
            let found = store.find(wanted.kind(), &wanted.slug).await.unwrap().expect("it was put");
            assert_eq!(*found.listing, *wanted, "{} survives storage", wanted.kind());
            assert_eq!(found.withdrawn_at, None);
        }
        assert_whole(&store).await;
    })
    .await;
}

#[tokio::test]
async fn putting_the_same_again_is_no_change() {
    both(async |store| {
        store.write(vec![put(Kind::Place, 1), put(Kind::Place, 2)], noon()).await.unwrap();
        let mut second = listing(Kind::Place, 2);
        second.title.zh.push('新');
        let again = vec![put(Kind::Place, 1), ChangeRequest::put(second)];
        let written = store.write(again, noon()).await.unwrap();
        assert_eq!(written, Written { revision: 3, put: 1, withdrawn: 0, unchanged: 1 });
        assert_whole(&store).await;
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_listing_leaves_a_tombstone_and_may_come_back() {
    both(async |store| {
        let place = listing(Kind::Place, 1);
        store.write(vec![put(Kind::Place, 1)], noon()).await.unwrap();
        store.write(vec![ChangeRequest::Withdraw(place.id.clone())], noon()).await.unwrap();
        let tombstone = store.find(Kind::Place, &place.slug).await.unwrap().unwrap();
        assert_eq!(tombstone.withdrawn_at, Some(noon()));
        assert_eq!(tombstone.revision, 2);
        assert!(store.page_after(None, 10).await.unwrap().is_empty());

        let nothing = vec![ChangeRequest::Withdraw(place.id.clone()), ChangeRequest::Withdraw(id("never-was"))];
        assert_eq!(store.write(nothing, noon()).await.unwrap().unchanged, 2, "gone is gone");

        store.write(vec![put(Kind::Place, 1)], noon()).await.unwrap();
        let back = store.find(Kind::Place, &place.slug).await.unwrap().unwrap();
        assert_eq!((back.withdrawn_at, back.revision), (None, 3));
        assert_whole(&store).await;
    })
    .await;
}

#[tokio::test]
async fn a_listing_may_change_several_times_in_one_write() {
    both(async |store| {
        let place = listing(Kind::Place, 1);
        let mut renamed = place.clone();
        renamed.title.zh = "后来的名字".to_owned();
        let changes = vec![
            ChangeRequest::put(place.clone()),
            put(Kind::Place, 2),
            ChangeRequest::Withdraw(place.id.clone()),
            ChangeRequest::put(renamed.clone()),
        ];
        store.write(changes, noon()).await.unwrap();
        let found = store.find(Kind::Place, &place.slug).await.unwrap().unwrap();
        assert_eq!(*found.listing, renamed);
        assert_eq!(found.revision, 4);
        assert_whole(&store).await;
    })
    .await;
}

#[tokio::test]
async fn many_are_written_in_one_go_and_withdrawn_in_another() {
    both(async |store| {
        const MANY: usize = 2_000;
        let mut told = vec![];
        let changes: Vec<_> = (0..MANY).map(|number| put(Kind::Stay, number)).collect();
        let written = store.write_telling(changes, noon(), |done| told.push(done)).await.unwrap();
        assert_eq!((written.put, written.revision), (MANY, MANY as i64));
        assert_eq!(told, [500, 1_000, 1_500, 2_000]);

        let gone = (0..MANY).map(|number| ChangeRequest::Withdraw(listing(Kind::Stay, number).id)).collect();
        assert_eq!(store.write(gone, noon()).await.unwrap().withdrawn, MANY);
        assert!(store.page_after(None, 10).await.unwrap().is_empty());
        assert_whole(&store).await;
    })
    .await;
}

#[tokio::test]
async fn settings_are_kept_by_name() {
    both(async |store| {
        assert_eq!(store.setting("as_of").await.unwrap(), None);
        store.set_setting("as_of", "2026-11-01").await.unwrap();
        store.set_setting("as_of", "2026-12-01").await.unwrap();
        assert_eq!(store.setting("as_of").await.unwrap().as_deref(), Some("2026-12-01"));
    })
    .await;
}
