//! Editions of an embedded catalogue, one after the other, and what bureaus do in between.

use super::*;

/// Brings an edition: its digest is its name.
async fn bring(store: &Store, version: u64, name: &str, listings: &[Listing]) -> Renewal {
    let folder = by_hand(listings);
    let manifest = folder.path().join(MANIFEST);
    let text = std::fs::read_to_string(&manifest).unwrap();
    std::fs::write(&manifest, text.replacen('{', &format!("{{\"version\":{version},"), 1)).unwrap();
    renew(store, &Folder(folder.path().to_owned()), name, NOON).await.unwrap()
}

fn done(renewal: Renewal) -> (usize, usize, Vec<String>) {
    match renewal {
        Renewal::Done(done) => (done.put, done.withdrawn, done.kept.iter().map(ToString::to_string).collect()),
        other => panic!("{other:?}"),
    }
}

fn titled(number: usize, title: &str) -> Listing {
    let mut place = real(Kind::Place, number);
    place.title.zh = title.to_owned();
    place
}

/// Titles of what is published, by id.
async fn titles(store: &Store) -> Vec<String> {
    store.page_after(None, 100).await.unwrap().iter().map(|stored| stored.listing.title.zh.clone()).collect()
}

#[tokio::test]
async fn an_edition_replaces_the_one_before_and_withdraws_what_it_lacks() {
    both(async |store| {
        let first = [titled(1, "甲"), titled(2, "乙"), titled(3, "丙")];
        assert_eq!(done(bring(&store, 1, "a", &first).await), (3, 0, vec![]));
        assert!(is_known(&store, "a").await.unwrap());
        assert_eq!(bring(&store, 1, "a", &first).await, Renewal::Known);
        let second = [titled(1, "甲"), titled(2, "乙二"), titled(4, "丁")];
        assert_eq!(done(bring(&store, 2, "b", &second).await), (2, 1, vec![]));
        assert_eq!(titles(&store).await, ["甲", "乙二", "丁"]);
        assert_eq!(done(bring(&store, 3, "c", &first).await), (2, 1, vec![]), "what an edition withdrew, another brings back");
        assert_eq!(titles(&store).await, ["甲", "乙", "丙"]);
    })
    .await;
}

#[tokio::test]
async fn what_a_bureau_has_made_of_it_stays() {
    both(async |store| {
        let first = [titled(1, "甲"), titled(2, "乙"), titled(3, "丙"), titled(4, "丁")];
        bring(&store, 1, "a", &first).await;
        put(&store, [titled(1, "本局改的甲"), titled(3, "本局改的丙"), titled(9, "本局自己的")]).await;
        store.write(vec![ChangeRequest::Withdraw(titled(2, "").id)], noon()).await.unwrap();
        // the next one changes all of them, drops the third, and brings one under an id that the bureau already uses
        let second = [titled(1, "甲二"), titled(2, "乙二"), titled(4, "丁二"), titled(9, "九")];
        let kept = ["place-000001", "place-000002", "place-000009"].map(str::to_owned);
        assert_eq!(done(bring(&store, 2, "b", &second).await), (1, 0, kept.to_vec()));
        assert_eq!(titles(&store).await, ["本局改的甲", "本局改的丙", "丁二", "本局自己的"]);
        // what the bureau puts back to how it was brought is the catalogue's again
        put(&store, [titled(1, "甲")]).await;
        bring(&store, 3, "c", &second).await;
        assert_eq!(titles(&store).await[0], "甲二");
    })
    .await;
}

#[tokio::test]
async fn an_older_program_does_not_undo_a_newer_one() {
    both(async |store| {
        bring(&store, 2, "new", &[titled(1, "新")]).await;
        let revision = store.revision().await.unwrap();
        assert_eq!(bring(&store, 1, "old", &[titled(1, "旧")]).await, Renewal::Older);
        assert_eq!(bring(&store, 2, "new", &[titled(1, "新")]).await, Renewal::Known);
        assert_eq!(store.revision().await.unwrap(), revision);
    })
    .await;
}

#[tokio::test]
async fn what_does_not_fit_stays_out_and_the_rest_comes() {
    both(async |store| {
        let mut holder = titled(8, "先来的");
        holder.slug = titled(1, "").slug;
        put(&store, [holder]).await;
        assert_eq!(done(bring(&store, 1, "a", &[titled(1, "甲"), titled(2, "乙")]).await), (1, 0, vec!["place-000001".into()]));
        assert_eq!(titles(&store).await, ["乙", "先来的"]);

        // a bureau's route stops at a place that the next edition drops
        let mut route = real(Kind::Route, 1);
        let domain::listing::Details::Route(details) = &mut route.details else { unreachable!("details of its own kind") };
        details.stops[0].place = Some(titled(2, "").id);
        put(&store, [route.clone()]).await;
        assert_eq!(done(bring(&store, 2, "b", &[titled(3, "丙")]).await), (1, 0, vec!["place-000002".into()]));

        // a route of the edition stops at a place that a bureau has withdrawn
        store.write(vec![ChangeRequest::Withdraw(titled(3, "").id)], noon()).await.unwrap();
        let domain::listing::Details::Route(details) = &mut route.details else { unreachable!("details of its own kind") };
        details.stops[0].place = Some(titled(3, "").id);
        route.id = domain::ListingId::parse("route-000002").unwrap();
        route.slug = real(Kind::Route, 2).slug;
        let kept = ["place-000002", "place-000003", "route-000002"].map(str::to_owned);
        assert_eq!(done(bring(&store, 3, "c", &[titled(3, "丙"), route]).await), (0, 0, kept.to_vec()));
    })
    .await;
}
