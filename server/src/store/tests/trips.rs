use chrono::TimeDelta;
use domain::trip::{Day, Edit, History, Party, Trip};

use super::*;
use crate::store::{Done, Recent, Share, StoredTrip, TripHead};

const HERE: &str = "a device";
const THERE: &str = "another device";

fn new_trip(id: &str) -> StoredTrip {
    let party = Party { adults: 2, elders: 0, children: vec![], mobility: Default::default(), interests: vec![], rooms: None };
    let mut trip = Trip::new("湘西三日", noon().date_naive(), party);
    trip.days = vec![Day::empty(); 3];
    StoredTrip {
        id: id.to_owned(),
        version: 1,
        trip,
        history: History::default(),
        recent: vec![],
        created_at: noon(),
        changed_at: noon(),
        touched_at: noon(),
    }
}

fn titled(from: &StoredTrip, title: &str) -> StoredTrip {
    let (mut next, edit) = (from.clone(), Edit::SetTitle { title: title.to_owned() });
    next.trip = next.history.apply(&from.trip, &edit).unwrap();
    next.version += 1;
    next.recent.push(Recent { version: next.version, key: title.to_owned(), done: Done::Edit(Box::new(edit)) });
    next
}

#[tokio::test]
async fn a_trip_comes_back_as_it_was_kept_with_all_that_can_be_undone() {
    both(async |store| {
        let first = new_trip("t-1");
        store.add_trip(&first, HERE).await.unwrap();
        assert_eq!(store.trip("t-1").await.unwrap().as_ref(), Some(&first));
        let second = titled(&first, "国庆");
        assert!(store.change_trip(&second).await.unwrap());
        let kept = store.trip("t-1").await.unwrap().unwrap();
        assert_eq!(kept, second);
        let mut history = kept.history.clone();
        assert_eq!(history.undo(&kept.trip).unwrap().unwrap(), first.trip);
        assert_eq!(store.trip("t-2").await.unwrap(), None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_change_one_version_one_is_told_and_nothing_is_lost() {
    on_each(async |database| {
        let stores = [database.store().await, database.store().await];
        let mut kept = new_trip("t-1");
        stores[0].add_trip(&kept, HERE).await.unwrap();
        for round in 0..20 {
            let tries = stores.iter().enumerate().map(|(who, store)| {
                let (store, next) = (store.clone(), titled(&kept, &format!("第{round}回，{who}")));
                tokio::spawn(async move { (store.change_trip(&next).await.unwrap(), next) })
            });
            let mut won = vec![];
            for it in tries.collect::<Vec<_>>() {
                let (changed, next) = it.await.unwrap();
                won.extend(changed.then_some(next));
            }
            assert_eq!(won.len(), 1, "round {round}");
            kept = won.remove(0);
            assert_eq!(stores[0].trip("t-1").await.unwrap().as_ref(), Some(&kept));
        }
    })
    .await;
}

#[tokio::test]
async fn the_same_change_twice_is_one() {
    both(async |store| {
        let first = new_trip("t-1");
        store.add_trip(&first, HERE).await.unwrap();
        let second = titled(&first, "国庆");
        assert!(store.change_trip(&second).await.unwrap());
        assert!(!store.change_trip(&second).await.unwrap());
        assert_eq!(store.trip("t-1").await.unwrap().unwrap().recent.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_trip_belongs_to_the_devices_that_may_change_it() {
    both(async |store| {
        for (id, device) in [("t-1", HERE), ("t-2", HERE), ("t-3", THERE)] {
            store.add_trip(&new_trip(id), device).await.unwrap();
        }
        assert!(store.may_change_trip("t-1", HERE).await.unwrap());
        assert!(!store.may_change_trip("t-1", THERE).await.unwrap());
        for _ in 0..2 {
            store.let_device_change_trip("t-1", THERE).await.unwrap();
        }
        let ids =
            async |device| -> Vec<String> { store.trips_of(device, 10).await.unwrap().into_iter().map(|trip| trip.id).collect() };
        assert_eq!((ids(HERE).await, ids(THERE).await), (vec!["t-1".into(), "t-2".into()], vec!["t-1".into(), "t-3".into()]));
    })
    .await;
}

#[tokio::test]
async fn guests_leave_when_they_are_asked_to_and_who_made_the_trip_stays() {
    both(async |store| {
        for id in ["t-1", "t-2"] {
            store.add_trip(&new_trip(id), HERE).await.unwrap();
            store.let_device_change_trip(id, "the same person's tablet").await.unwrap();
            let link = |token: String, edits| Share { token, trip_id: id.into(), edits, expires_at: noon() + TimeDelta::days(1) };
            let (look, edit) = (link(format!("{id} look"), false), link(format!("{id} edit"), true));
            for share in [&look, &edit] {
                assert!(store.add_share(share, HERE).await.unwrap());
            }
            assert!(!store.join_trip(&look, THERE, noon()).await.unwrap());
            assert!(!store.join_trip(&edit, THERE, edit.expires_at).await.unwrap());
            assert!(store.join_trip(&edit, THERE, noon()).await.unwrap());
            // Whoever opens a link to a trip of their own is no guest.
            assert!(store.join_trip(&edit, HERE, noon()).await.unwrap());
        }
        assert_eq!(store.guests_of("t-1", HERE).await.unwrap(), Some(1));
        assert_eq!(store.guests_of("t-1", THERE).await.unwrap(), None, "it is one itself");
        assert_eq!(store.ask_guests_to_leave("t-1").await.unwrap(), 1);
        let may = async |id, device| store.may_change_trip(id, device).await.unwrap();
        assert!(!may("t-1", THERE).await && may("t-1", HERE).await && may("t-1", "the same person's tablet").await);
        assert!(may("t-2", THERE).await, "another trip's guests stay");
        let links: Vec<String> = store.shares_of("t-1", noon()).await.unwrap().into_iter().map(|share| share.token).collect();
        assert_eq!(links, ["t-1 look"], "nobody comes in again by the old link");
        assert_eq!(store.shares_of("t-2", noon()).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_guest_leaves_and_whoever_made_the_trip_cannot() {
    both(async |store| {
        store.add_trip(&new_trip("t-1"), HERE).await.unwrap();
        let link = link_to("t-1");
        store.add_share(&link, HERE).await.unwrap();
        store.join_trip(&link, THERE, noon()).await.unwrap();
        for device in [HERE, THERE] {
            store.leave_trip("t-1", device).await.unwrap();
        }
        assert!(store.may_change_trip("t-1", HERE).await.unwrap());
        assert!(!store.may_change_trip("t-1", THERE).await.unwrap());
        assert!(store.join_trip(&link, THERE, noon()).await.unwrap(), "the link lets them in again");
    })
    .await;
}

fn link_to(id: &str) -> Share {
    Share { token: format!("to {id}"), trip_id: id.to_owned(), edits: true, expires_at: noon() + TimeDelta::days(1) }
}

/// The link is read, then everybody is asked to leave, or the trip is deleted, by another server, and only then it is used.
#[tokio::test]
async fn a_link_that_was_taken_back_since_it_was_read_lets_nobody_in() {
    on_each(async |database| {
        let [here, there] = [database.store().await, database.store().await];
        for (id, deleted) in [("t-1", false), ("t-2", true)] {
            here.add_trip(&new_trip(id), HERE).await.unwrap();
            here.add_share(&link_to(id), HERE).await.unwrap();
            let read = there.share(&link_to(id).token, noon()).await.unwrap().unwrap();
            if deleted {
                here.delete_trip(id).await.unwrap();
            } else {
                here.ask_guests_to_leave(id).await.unwrap();
            }
            assert!(!there.join_trip(&read, THERE, noon()).await.unwrap(), "{}", database.engine);
            assert!(!there.may_change_trip(id, THERE).await.unwrap());
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_guests_who_come_while_they_are_asked_to_leave_none_stays() {
    on_each(async |database| {
        let [here, there] = [database.store().await, database.store().await];
        for round in 0..20 {
            let id = format!("t-{round}");
            here.add_trip(&new_trip(&id), HERE).await.unwrap();
            here.add_share(&link_to(&id), HERE).await.unwrap();
            let (store, link) = (there.clone(), link_to(&id));
            let comes = tokio::spawn(async move {
                let joined = store.join_trip(&link, THERE, noon()).await.unwrap();
                // And makes a link of its own, to come in again.
                store.add_share(&Share { token: format!("{} again", link.token), ..link }, THERE).await.unwrap();
                joined
            });
            here.ask_guests_to_leave(&id).await.unwrap();
            comes.await.unwrap();
            assert!(!here.may_change_trip(&id, THERE).await.unwrap(), "round {round} on {}", database.engine);
            assert_eq!(here.shares_of(&id, noon()).await.unwrap(), [], "round {round} on {}", database.engine);
        }
    })
    .await;
}

#[tokio::test]
async fn a_list_of_trips_says_as_much_as_it_needs() {
    both(async |store| {
        let first = new_trip("t-1");
        store.add_trip(&first, HERE).await.unwrap();
        store.change_trip(&titled(&first, "国庆")).await.unwrap();
        let (id, title, starts, changed_at) = ("t-1".to_owned(), "国庆".to_owned(), noon().date_naive(), noon());
        let head = TripHead { id, version: 2, title, starts, days: 3, stops: 0, changed_at };
        assert_eq!(store.trips_of(HERE, 10).await.unwrap(), [head]);
        assert_eq!((store.count_trips_of(HERE).await.unwrap(), store.count_trips_of(THERE).await.unwrap()), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn a_link_holds_until_it_ends_or_is_taken_back() {
    both(async |store| {
        store.add_trip(&new_trip("t-1"), HERE).await.unwrap();
        let link = |token: &str, days| Share {
            token: token.into(),
            trip_id: "t-1".into(),
            edits: false,
            expires_at: noon() + TimeDelta::days(days),
        };
        assert!(!store.add_share(&link("a stranger's", 30), THERE).await.unwrap());
        for share in [link("long", 30), link("short", 1)] {
            assert!(store.add_share(&share, HERE).await.unwrap());
        }
        assert_eq!(store.share("short", noon()).await.unwrap(), Some(link("short", 1)));
        assert_eq!(store.shares_of("t-1", noon()).await.unwrap(), [link("short", 1), link("long", 30)]);
        let later = noon() + TimeDelta::days(1);
        assert_eq!(store.share("short", later).await.unwrap(), None);
        assert_eq!(store.shares_of("t-1", later).await.unwrap(), [link("long", 30)]);
        assert_eq!(store.forget_shares(later).await.unwrap(), 1);
        store.revoke_share("t-2", "long").await.unwrap();
        assert!(store.share("long", noon()).await.unwrap().is_some(), "another trip's link is not taken back");
        store.revoke_share("t-1", "long").await.unwrap();
        assert_eq!(store.share("long", noon()).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn what_nobody_touches_is_forgotten_with_all_that_hangs_on_it() {
    both(async |store| {
        let year = TimeDelta::days(365);
        for id in ["t-1", "t-2"] {
            store.add_trip(&new_trip(id), HERE).await.unwrap();
            let share = Share { token: format!("to {id}"), trip_id: id.into(), edits: false, expires_at: noon() + year * 3 };
            store.add_share(&share, HERE).await.unwrap();
        }
        store.touch_trip("t-2", noon() + year).await.unwrap();
        assert_eq!(store.forget_trips(noon()).await.unwrap(), 0, "a year since the last touch is not over");
        assert_eq!(store.forget_trips(noon() + TimeDelta::seconds(1)).await.unwrap(), 1);
        let left: Vec<String> = store.trips_of(HERE, 10).await.unwrap().into_iter().map(|trip| trip.id).collect();
        assert_eq!(left, ["t-2"]);
        assert_eq!(store.share("to t-1", noon()).await.unwrap(), None);
        store.delete_trip("t-2").await.unwrap();
        assert_eq!(store.trip("t-2").await.unwrap(), None);
        assert_eq!(store.share("to t-2", noon()).await.unwrap(), None);
        assert!(!store.may_change_trip("t-2", HERE).await.unwrap());
    })
    .await;
}
