use chrono::NaiveDate;
use domain::CurationId;
use domain::curation::{Draft, Entry};

use super::super::{CurationChange, CurationRefused, Expected};
use super::*;

fn pin(id: &str, listing: &str, reason: &str) -> Entry {
    let draft = serde_json::json!({
        "id": id, "kind": "pin", "query": "擂茶", "listings": [listing], "from": "2026-11-01", "until": "2027-01-01",
        "reason": { "zh": reason },
    });
    serde_json::from_value::<Draft>(draft).unwrap().read(&|text| text.to_owned()).unwrap()
}

fn at_position(position: u8, entry: Entry) -> Entry {
    let mut draft = Draft::from(&entry);
    draft.position = Some(position);
    draft.read(&|text| text.to_owned()).unwrap()
}

fn change(entry: &Entry, expected: Expected) -> CurationChange {
    CurationChange::Put(Box::new(entry.clone()), expected)
}

fn curation_id(text: &str) -> CurationId {
    CurationId::parse(text).unwrap()
}

#[tokio::test]
async fn a_decision_is_kept_with_all_its_changes_and_ended_not_deleted() {
    both(async |store| {
        let first = pin("pin-1", "pr-1", "冬季推介");
        let made = store.decide(&[change(&first, Expected::Nothing)], noon()).await.unwrap().remove(0);
        assert_eq!((made.decision.revision, made.unchanged), (1, false));
        let again = store.decide(&[change(&first, Expected::Nothing)], noon()).await.unwrap().remove(0);
        assert_eq!((again.decision.revision, again.unchanged), (1, true), "whoever sends it twice does no harm");

        let second = pin("pin-1", "pr-2", "换一家");
        let stale = store.decide(&[change(&second, Expected::Revision(7))], noon()).await;
        assert!(matches!(stale, Err(CurationRefused::Stale { is: 1, .. })), "{stale:?}");
        let changed = store.decide(&[change(&second, Expected::Revision(1))], noon()).await.unwrap().remove(0);
        assert_eq!(changed.decision.revision, 2);

        let end = CurationChange::End(curation_id("pin-1"), Expected::Revision(2));
        let ended = store.decide(std::slice::from_ref(&end), noon()).await.unwrap().remove(0);
        assert_eq!((ended.decision.revision, ended.decision.ended_at), (3, Some(noon())));
        assert!(store.decide(&[end], noon()).await.unwrap()[0].unchanged, "over is over");
        let back = store.decide(&[change(&first, Expected::Whatever)], noon()).await;
        assert!(matches!(back, Err(CurationRefused::Ended(_))), "{back:?}");

        assert_eq!(store.decisions(false).await.unwrap(), []);
        assert_eq!(store.decisions(true).await.unwrap(), [ended.decision]);
        let history = store.decision_history(&curation_id("pin-1")).await.unwrap();
        let told: Vec<_> = history.iter().map(|past| (past.revision, past.ended, past.entry.reason.zh.as_str())).collect();
        assert_eq!(told, [(1, false, "冬季推介"), (2, false, "换一家"), (3, true, "换一家")]);
        assert_eq!(store.curation_revision().await.unwrap(), 3);
        assert_eq!(store.revision().await.unwrap(), 0, "the catalogue's clock stands still");
    })
    .await;
}

#[tokio::test]
async fn many_changes_are_made_together_or_not_at_all() {
    both(async |store| {
        let changes = [
            change(&pin("pin-1", "pr-1", "推介"), Expected::Whatever),
            change(&pin("pin-2", "pr-2", "推介"), Expected::Whatever),
        ];
        let refused = store.decide(&changes, noon()).await;
        assert!(matches!(refused, Err(CurationRefused::Conflict(..))), "one position for two: {refused:?}");
        assert_eq!(store.decisions(true).await.unwrap(), []);
        assert_eq!(store.curation_revision().await.unwrap(), 0);

        let other = at_position(2, pin("pin-2", "pr-2", "推介"));
        let decided = store.decide(&[changes[0].clone(), change(&other, Expected::Whatever)], noon()).await.unwrap();
        assert_eq!(decided.iter().map(|it| it.decision.revision).collect::<Vec<_>>(), [1, 2]);
    })
    .await;
}

#[tokio::test]
async fn what_is_over_by_its_days_is_in_nobodys_way() {
    both(async |store| {
        store.decide(&[change(&pin("pin-1", "pr-1", "推介"), Expected::Nothing)], noon()).await.unwrap();
        let next_year = noon() + chrono::Days::new(60);
        assert_eq!(domain::time::day_of(next_year), NaiveDate::from_ymd_opt(2027, 1, 23).unwrap());
        let same_days = pin("pin-2", "pr-2", "补记");
        store.decide(&[change(&same_days, Expected::Nothing)], next_year).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_servers_that_want_one_position_one_gets_it() {
    on_each(async |database| {
        let servers = (0..6).map(|number| {
            let url = database.url.clone();
            tokio::spawn(async move {
                let store = Store::connect(&url).await.unwrap();
                let entry = pin(&format!("pin-{number}"), &format!("pr-{number}"), "推介");
                store.decide(&[change(&entry, Expected::Nothing)], noon()).await
            })
        });
        database.store().await;
        let mut won = 0;
        for server in servers.collect::<Vec<_>>() {
            match server.await.unwrap() {
                Ok(_) => won += 1,
                Err(CurationRefused::Conflict(..)) => {}
                Err(other) => panic!("{other}"),
            }
        }
        let store = database.store().await;
        assert_eq!((won, store.decisions(true).await.unwrap().len()), (1, 1));
        assert_eq!(store.curation_revision().await.unwrap(), 1);
    })
    .await;
}
