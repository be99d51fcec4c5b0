use chrono::TimeDelta;
use domain::Text;
use sea_orm::{ActiveValue::Set, EntityTrait, TransactionTrait};

use super::*;
use crate::store::SavedNow;
use crate::store::entities::saved;

const HERE: &str = "a device";
const THERE: &str = "another device";

async fn save(store: &Store, device: &str, listing: &str, most: u64, after: i64) -> SavedNow {
    let at = noon() + TimeDelta::seconds(after);
    store.save_listing(device, &id(listing), &Text::new("凤凰古城", "Fenghuang"), most, at).await.unwrap()
}

async fn saved_by(store: &Store, device: &str) -> Vec<String> {
    store.saved_by(device).await.unwrap().into_iter().map(|it| it.listing.as_str().to_owned()).collect()
}

#[tokio::test]
async fn what_is_saved_comes_back_the_latest_first_and_only_to_its_device() {
    both(async |store| {
        for (after, name) in ["pl-1", "pl-2", "pl-3"].into_iter().enumerate() {
            assert_eq!(save(&store, HERE, name, 9, after as i64).await, SavedNow::Yes);
        }
        assert_eq!(save(&store, HERE, "pl-1", 9, 60).await, SavedNow::Already);
        assert_eq!(save(&store, THERE, "pl-2", 9, 0).await, SavedNow::Yes);
        assert_eq!(saved_by(&store, HERE).await, ["pl-3", "pl-2", "pl-1"], "saving again changes nothing");
        assert_eq!(saved_by(&store, THERE).await, ["pl-2"]);
        let first = store.saved_by(THERE).await.unwrap().remove(0);
        assert_eq!((first.title, first.saved_at), (Text::new("凤凰古城", "Fenghuang"), noon()));

        for there in [1, 0] {
            assert_eq!(store.unsave_listings(HERE, &[id("pl-2"), id("pl-9")]).await.unwrap(), there, "twice is once");
        }
        assert_eq!(saved_by(&store, THERE).await, ["pl-2"], "another device's stays");
        assert_eq!(store.clear_saved(HERE).await.unwrap(), 2);
        assert_eq!((saved_by(&store, HERE).await, saved_by(&store, THERE).await), (vec![], vec!["pl-2".to_owned()]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_saves_no_more_than_it_may_however_many_try_at_once() {
    on_each(async |database| {
        let stores = [database.store().await, database.store().await];
        for number in 0..3 {
            save(&stores[0], HERE, &format!("pl-{number}"), 5, 0).await;
        }
        let tries = (0..8).map(|number| {
            let store = stores[0].clone();
            tokio::spawn(async move { save(&store, HERE, &format!("st-{number}"), 5, number).await })
        });
        let mut yes = 0;
        for it in tries.collect::<Vec<_>>() {
            yes += u32::from(it.await.unwrap() == SavedNow::Yes);
        }
        assert_eq!((yes, saved_by(&stores[1], HERE).await.len()), (2, 5));
        assert_eq!(save(&stores[1], HERE, "ex-1", 5, 0).await, SavedNow::Full);
        assert_eq!(save(&stores[1], HERE, "pl-0", 5, 0).await, SavedNow::Already, "what is there is no more");
        assert_eq!(save(&stores[1], THERE, "ex-1", 5, 0).await, SavedNow::Yes, "others have room of their own");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_listing_saved_and_taken_out_at_once_is_there_once_or_not_at_all() {
    on_each(async |database| {
        let stores = [database.store().await, database.store().await];
        for round in 0..10 {
            let tries = (0..6).map(|who| {
                let store = stores[who % 2].clone();
                tokio::spawn(async move {
                    if who == 5 {
                        store.unsave_listings(HERE, &[id("pl-1")]).await.unwrap();
                    } else {
                        save(&store, HERE, "pl-1", 9, round).await;
                    }
                })
            });
            for it in tries.collect::<Vec<_>>() {
                it.await.unwrap();
            }
            assert!(saved_by(&stores[0], HERE).await.len() <= 1);
            save(&stores[0], HERE, "pl-1", 9, round).await;
            assert_eq!(saved_by(&stores[1], HERE).await, ["pl-1"]);
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_hangs_up_halfway_has_saved_nothing_and_can_save_again() {
    both(async |store| {
        let tx = store.db.begin().await.unwrap();
        let row = saved::ActiveModel {
            device: Set(HERE.into()),
            listing_id: Set("pl-1".into()),
            title: Set(r#"{"zh":"凤凰古城"}"#.into()),
            at: Set(1),
            touched_at: Set(1),
        };
        saved::Entity::insert(row).exec_without_returning(&tx).await.unwrap();
        drop(tx);
        assert_eq!(saved_by(&store, HERE).await, Vec::<String>::new());
        assert_eq!(save(&store, HERE, "pl-1", 9, 0).await, SavedNow::Yes);
    })
    .await;
}

#[tokio::test]
async fn what_a_device_does_not_look_at_for_a_year_is_forgotten() {
    both(async |store| {
        let year = TimeDelta::days(365);
        for device in [HERE, THERE] {
            for name in ["pl-1", "pl-2"] {
                save(&store, device, name, 9, 0).await;
            }
        }
        store.touch_saved(THERE, noon() + year).await.unwrap();
        assert_eq!(store.forget_saved(noon()).await.unwrap(), 0, "a year since the last look is not over");
        assert_eq!(store.forget_saved(noon() + TimeDelta::seconds(1)).await.unwrap(), 2);
        assert_eq!((saved_by(&store, HERE).await.len(), saved_by(&store, THERE).await.len()), (0, 2));
    })
    .await;
}
