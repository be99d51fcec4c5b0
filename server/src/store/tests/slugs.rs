use super::*;
use domain::listing::Listing;

fn place(number: usize, slug: &str) -> Listing {
    let mut place = listing(Kind::Place, number);
    place.slug = Slug::parse(slug).unwrap();
    place
}

async fn slug_of(store: &Store, slug: &str) -> Option<String> {
    let found = store.find(Kind::Place, &Slug::parse(slug).unwrap()).await.unwrap();
    found.filter(|stored| stored.withdrawn_at.is_none()).map(|stored| stored.listing.id.to_string())
}

fn assert_conflict(refused: Result<Written, StoreError>) {
    match refused {
        Err(StoreError::Conflict { kind, slug, wanted_by, held_by }) => {
            assert_eq!((kind, slug.as_str()), (Kind::Place, "old-town"));
            assert_eq!((wanted_by.as_str(), held_by.as_str()), ("place-000002", "place-000001"));
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn two_listings_of_a_kind_cannot_share_a_slug() {
    both(async |store| {
        store.write(vec![ChangeRequest::put(place(1, "old-town"))], noon()).await.unwrap();
        let both_new = vec![put(Kind::Place, 3), ChangeRequest::put(place(2, "old-town"))];
        assert_conflict(store.write(both_new, noon()).await);
        assert_eq!(slug_of(&store, "old-town").await.as_deref(), Some("place-000001"), "the first one keeps it");
        assert_eq!(store.revision().await.unwrap(), 1, "nothing else of that write was kept");
        assert_whole(&store).await;
    })
    .await;
}

#[tokio::test]
async fn two_new_listings_cannot_share_a_slug_either() {
    both(async |store| {
        let both_new = vec![ChangeRequest::put(place(1, "old-town")), ChangeRequest::put(place(2, "old-town"))];
        assert_conflict(store.write(both_new, noon()).await);
        assert_eq!(store.revision().await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_slug_that_its_holder_keeps_is_not_given_away_in_the_same_write() {
    both(async |store| {
        store.write(vec![ChangeRequest::put(place(1, "old-town"))], noon()).await.unwrap();
        let mut edited = place(1, "old-town");
        edited.title.zh = "新名字".to_owned();
        let keeps = ChangeRequest::put(edited);
        let wants = ChangeRequest::put(place(2, "old-town"));
        assert_conflict(store.write(vec![keeps.clone(), wants.clone()], noon()).await);
        assert_conflict(store.write(vec![wants, keeps], noon()).await);
        assert_eq!(store.revision().await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn listings_of_different_kinds_may_share_a_slug() {
    both(async |store| {
        let mut stay = listing(Kind::Stay, 1);
        stay.slug = Slug::parse("old-town").unwrap();
        store.write(vec![ChangeRequest::put(place(1, "old-town")), ChangeRequest::put(stay)], noon()).await.unwrap();
        assert_eq!(slug_of(&store, "old-town").await.as_deref(), Some("place-000001"));
    })
    .await;
}

#[tokio::test]
async fn listings_may_exchange_their_slugs() {
    both(async |store| {
        let before = vec![ChangeRequest::put(place(1, "east")), ChangeRequest::put(place(2, "west"))];
        store.write(before, noon()).await.unwrap();
        let after = vec![ChangeRequest::put(place(1, "west")), ChangeRequest::put(place(2, "east"))];
        store.write(after, noon()).await.unwrap();
        assert_eq!(slug_of(&store, "west").await.as_deref(), Some("place-000001"));
        assert_eq!(slug_of(&store, "east").await.as_deref(), Some("place-000002"));
        assert_whole(&store).await;
    })
    .await;
}

#[tokio::test]
async fn a_slug_passes_on_even_where_its_holder_is_renamed_much_later() {
    both(async |store| {
        store.write(vec![ChangeRequest::put(place(1, "east"))], noon()).await.unwrap();
        let mut changes = vec![ChangeRequest::put(place(2, "east"))];
        changes.extend((10..700).map(|number| put(Kind::Place, number)));
        changes.push(ChangeRequest::put(place(1, "west")));
        store.write(changes, noon()).await.unwrap();
        assert_eq!(slug_of(&store, "east").await.as_deref(), Some("place-000002"));
        assert_eq!(slug_of(&store, "west").await.as_deref(), Some("place-000001"));
    })
    .await;
}

#[tokio::test]
async fn a_tombstone_gives_its_slug_to_whoever_wants_it() {
    both(async |store| {
        store.write(vec![ChangeRequest::put(place(1, "old-town"))], noon()).await.unwrap();
        store.write(vec![ChangeRequest::Withdraw(place(1, "old-town").id)], noon()).await.unwrap();
        store.write(vec![ChangeRequest::put(place(2, "old-town"))], noon()).await.unwrap();
        assert_eq!(slug_of(&store, "old-town").await.as_deref(), Some("place-000002"));

        // and coming back, it finds the slug taken
        let back = store.write(vec![ChangeRequest::put(place(1, "old-town"))], noon()).await;
        assert!(matches!(back, Err(StoreError::Conflict { .. })), "{back:?}");
        assert_whole(&store).await;
    })
    .await;
}
