use chrono::{Days, NaiveDate};
use domain::search::asked::{Asked, Counted, Outcome, Tally};

use super::super::asked::close_month;
use super::super::{AskedRow, Remembered};
use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn row(day: NaiveDate, county: &str, text: &str, lang: domain::Lang) -> AskedRow {
    AskedRow { day, county: county.into(), text: text.into(), lang: lang.code() }
}

/// Searches of a day by these askers.
fn by(askers: &[u64], outcome: Outcome) -> Counted {
    let asked = Asked { text: String::new(), county: String::new(), lang: domain::Lang::Zh, outcome, corrected: false, hits: 4 };
    let mut all = Counted::default();
    askers.iter().for_each(|asker| all.add(Counted::one(&asked, *asker)));
    all
}

fn shown(rows: &[Remembered]) -> Vec<(&str, &str, i64, u32)> {
    rows.iter().map(|row| (row.county.as_str(), row.text.as_str(), row.tally.asked(), row.tally.askers)).collect()
}

fn sum(rows: &[Remembered]) -> Tally {
    rows.iter().fold(Tally::default(), |mut all, row| {
        all.add(&row.tally);
        all
    })
}

/// A month: one text asked every day by a few, one asked once a day by one, one asked twice.
async fn november(store: &Store) {
    let mut counts = Vec::new();
    for number in 0..30 {
        let day = day("2026-11-01") + Days::new(number);
        counts.push((row(day, "433123", "擂茶", domain::Lang::Zh), by(&[number, number + 1], Outcome::None)));
        counts.push((row(day, "433123", "张三家", domain::Lang::Zh), by(&[7], Outcome::None)));
    }
    counts.push((row(day("2026-11-03"), "", "蝴蝶谷", domain::Lang::Zh), by(&[1, 2], Outcome::Poor)));
    store.count_asked(&counts).await.unwrap();
}

#[tokio::test]
async fn a_row_only_grows_and_languages_of_one_asker_are_one() {
    both(async |store| {
        let today = day("2026-11-24");
        for _ in 0..2 {
            let zh = (row(today, "", "tea", domain::Lang::Zh), by(&[1, 2], Outcome::Good));
            let en = (row(today, "", "tea", domain::Lang::En), by(&[2, 3], Outcome::None));
            store.count_asked(&[zh, en]).await.unwrap();
        }
        let rows = store.asked_in(day("2026-11-01")).await.unwrap();
        let expected = Tally { none: 4, poor: 0, good: 4, corrected: 0, hits: 4, askers: 3, most_askers: 3 };
        assert_eq!(rows, [Remembered { county: String::new(), text: "tea".into(), tally: expected }]);
        assert_eq!(store.asked_in(day("2026-10-01")).await.unwrap(), []);
        assert_eq!(store.asked_since(today, today + Days::new(1)).await.unwrap(), rows);
    })
    .await;
}

#[tokio::test]
async fn the_salt_of_a_day_is_one_for_all_and_gone_the_next_day() {
    on_each(async |database| {
        let (one, other) = (database.store().await, database.store().await);
        let today = day("2026-11-24");
        let (a, b) = tokio::join!(one.asked_salt(today), other.asked_salt(today));
        let salt = a.unwrap();
        assert_eq!((salt.len(), &salt), (64, &b.unwrap()));
        let tomorrow = one.asked_salt(today + Days::new(1)).await.unwrap();
        assert_ne!(tomorrow, salt);
        assert_ne!(other.asked_salt(today).await.unwrap(), salt, "it cannot be had back");
    })
    .await;
}

#[tokio::test]
async fn days_become_months_without_what_few_have_asked() {
    both(async |store| {
        november(&store).await;
        let before = sum(&store.asked_in(day("2026-11-01")).await.unwrap());
        // night after night, as the job does it
        for night in 0..40 {
            store.close_asked_days(day("2026-11-02") + Days::new(night)).await.unwrap();
        }
        let rows = store.asked_in(day("2026-11-01")).await.unwrap();
        assert_eq!(shown(&rows), [("", "", 2, 2), ("433123", "", 30, 30), ("433123", "擂茶", 60, 60)]);
        assert_eq!(sum(&rows).asked(), before.asked(), "nothing is lost but the words");
        assert_eq!(rows[2].tally.most_askers, 2);
        assert_eq!(store.close_asked_days(day("2027-01-01")).await.unwrap(), 0, "done twice, nothing is left to do");
        assert_eq!(store.asked_in(day("2026-11-01")).await.unwrap(), rows);
        store.close_asked_days(day("2029-02-01")).await.unwrap();
        assert_eq!(store.asked_in(day("2026-11-01")).await.unwrap(), [], "after two years the sums go too");
    })
    .await;
}

#[tokio::test]
async fn killed_halfway_nothing_has_happened_and_the_next_one_does_all_of_it() {
    both(async |store| {
        november(&store).await;
        let before = store.asked_in(day("2026-11-01")).await.unwrap();
        let half = sea_orm::TransactionTrait::begin(&store.db).await.unwrap();
        assert!(close_month(&half, day("2026-11-01"), day("2026-12-01")).await.unwrap() > 0);
        drop(half);
        assert_eq!(store.asked_in(day("2026-11-01")).await.unwrap(), before);
        store.close_asked_days(day("2026-12-01")).await.unwrap();
        let rows = store.asked_in(day("2026-11-01")).await.unwrap();
        assert_eq!(sum(&rows).asked(), sum(&before).asked());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn servers_at_once_add_up_and_close_a_month_once() {
    on_each(async |database| {
        let stores: Vec<Store> = vec![database.store().await, database.store().await, database.store().await];
        november(&stores[0]).await;
        let before = sum(&stores[0].asked_in(day("2026-11-01")).await.unwrap()).asked();
        let busy = stores.iter().cloned().enumerate().map(|(server, store)| {
            tokio::spawn(async move {
                for round in 0..10_u64 {
                    let texts = (0..20).map(|text| {
                        let row = row(day("2026-12-20"), "", &format!("词{}", (text * 7 + round) % 20), domain::Lang::Zh);
                        (row, by(&[server as u64], Outcome::Good))
                    });
                    store.count_asked(&texts.collect::<Vec<_>>()).await.unwrap();
                    if round % 3 == 0 {
                        store.close_asked_days(day("2026-12-01")).await.unwrap();
                    }
                }
            })
        });
        for server in busy.collect::<Vec<_>>() {
            server.await.unwrap();
        }
        let november = stores[0].asked_in(day("2026-11-01")).await.unwrap();
        assert_eq!(sum(&november).asked(), before);
        let december = stores[1].asked_in(day("2026-12-01")).await.unwrap();
        assert_eq!(december.len(), 20);
        assert!(december.iter().all(|row| row.tally.asked() == 30 && row.tally.askers == 3), "{december:?}");
    })
    .await;
}
