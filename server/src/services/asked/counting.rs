//! The counts that wait to be written, and who has asked already.

use std::collections::{HashMap, HashSet};
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroUsize;
use std::time::Duration;

use chrono::NaiveDate;
use domain::search::asked::{Asked, Counted};
use lru::LruCache;
use sha2::{Digest, Sha256};
use tokio::time::Instant;

use crate::store::{AskedRow, Store, StoreError};

/// Who asks the same again within this time has only turned a page, or pressed the key twice.
const AGAIN: Duration = Duration::from_secs(5 * 60);
/// Askers and texts that are remembered for that long.
const MOST_RECENT: usize = 20_000;
/// Texts of one address a day. Thousands of phones may share one, so it is generous; more is a machine.
const MOST_BY_ONE: u32 = 2_000;
/// Texts a day, of all. More is no interest in Hunan.
const MOST_TEXTS: usize = 20_000;
/// Rows that wait for a database that is away.
const MOST_WAITING: usize = 10_000;

pub struct Counting {
    salt: Option<(NaiveDate, String)>,
    waiting: HashMap<AskedRow, Counted>,
    recent: LruCache<u64, Instant>,
    by_one: LruCache<u64, u32>,
    texts: HashSet<u64>,
}

impl Default for Counting {
    fn default() -> Self {
        let most = NonZeroUsize::new(MOST_RECENT).expect("not zero");
        Self {
            salt: None,
            waiting: HashMap::new(),
            recent: LruCache::new(most),
            by_one: LruCache::new(most),
            texts: HashSet::new(),
        }
    }
}

impl Counting {
    /// Asks for the salt once a day; with the old one goes all that was hashed with it.
    pub async fn learn_salt(&mut self, today: NaiveDate, store: &Store) -> Result<(), StoreError> {
        if self.salt.as_ref().is_none_or(|(day, _)| *day != today) {
            let salt = store.asked_salt(today).await?;
            self.begin(today, salt);
        }
        Ok(())
    }

    fn begin(&mut self, day: NaiveDate, salt: String) {
        self.salt = Some((day, salt));
        self.recent.clear();
        self.by_one.clear();
        self.texts.clear();
    }

    /// Err says why it is not counted.
    pub fn add(&mut self, asked: &Asked, who: IpAddr, now: Instant) -> Result<(), &'static str> {
        let Some((day, salt)) = &self.salt else { return Err("no_salt") };
        let asker = number(salt, who, &asked.text);
        let again = self.recent.put(asker, now);
        if again.is_some_and(|before| now.duration_since(before) < AGAIN) {
            return Err("again");
        }
        let count = self.by_one.get_or_insert_mut(number(salt, who, ""), || 0);
        *count += 1;
        if *count > MOST_BY_ONE {
            return Err("too_many_of_one");
        }
        let row = AskedRow { day: *day, county: asked.county.clone(), text: asked.text.clone(), lang: asked.lang.code() };
        if self.texts.len() >= MOST_TEXTS && !self.texts.contains(&text_number(salt, &row)) {
            return Err("too_many_texts");
        }
        self.texts.insert(text_number(salt, &row));
        self.waiting.entry(row).or_default().add(Counted::one(asked, asker));
        Ok(())
    }

    pub fn take(&mut self) -> Vec<(AskedRow, Counted)> {
        std::mem::take(&mut self.waiting).into_iter().collect()
    }

    /// Says for how many rows there was no room.
    pub fn put_back(&mut self, counts: Vec<(AskedRow, Counted)>) -> usize {
        let mut lost = 0;
        for (row, earlier) in counts {
            if self.waiting.len() >= MOST_WAITING && !self.waiting.contains_key(&row) {
                lost += 1;
                continue;
            }
            let mut counted = earlier;
            self.waiting.get(&row).into_iter().for_each(|later| counted.add(*later));
            self.waiting.insert(row, counted);
        }
        lost
    }
}

/// The network that one subscriber has: an IPv4 address, or a /48, of which some have very many smaller ones.
fn network(who: IpAddr) -> IpAddr {
    match who {
        IpAddr::V4(_) => who,
        IpAddr::V6(six) => {
            let [a, b, c, ..] = six.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0))
        }
    }
}

/// Without the salt nobody can say whose it is, nor which of somebody's other searches.
fn number(salt: &str, who: IpAddr, text: &str) -> u64 {
    first_bytes(
        Sha256::new()
            .chain_update(salt)
            .chain_update([0])
            .chain_update(network(who).to_string())
            .chain_update([0])
            .chain_update(text),
    )
}

fn text_number(salt: &str, row: &AskedRow) -> u64 {
    first_bytes(
        Sha256::new().chain_update(salt).chain_update([1]).chain_update(&row.county).chain_update([0]).chain_update(&row.text),
    )
}

fn first_bytes(hash: Sha256) -> u64 {
    let digest = hash.finalize();
    u64::from_be_bytes(digest[..8].try_into().expect("eight of thirty-two"))
}

#[cfg(test)]
mod tests {
    use domain::Lang;
    use domain::search::asked::Outcome;

    use super::*;

    fn counting() -> Counting {
        let mut counting = Counting::default();
        counting.begin(NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(), "salt".to_owned());
        counting
    }

    fn asked(text: &str) -> Asked {
        Asked { text: text.into(), county: String::new(), lang: Lang::Zh, outcome: Outcome::Good, corrected: false, hits: 7 }
    }

    fn address(n: u32) -> IpAddr {
        IpAddr::V4(std::net::Ipv4Addr::from(0xcb00_7100 + n))
    }

    #[test]
    fn who_asks_the_same_again_at_once_counts_once_and_later_twice() {
        let mut counting = counting();
        let now = Instant::now();
        assert_eq!(counting.add(&asked("擂茶"), address(1), now), Ok(()));
        assert_eq!(counting.add(&asked("擂茶"), address(1), now + AGAIN / 2), Err("again"));
        assert_eq!(counting.add(&asked("凤凰"), address(1), now), Ok(()));
        assert_eq!(counting.add(&asked("擂茶"), address(2), now), Ok(()));
        assert_eq!(counting.add(&asked("擂茶"), address(1), now + AGAIN * 2), Ok(()));
        let counts: HashMap<_, _> = counting.take().into_iter().map(|(row, counted)| (row.text, counted.good)).collect();
        assert_eq!(counts, HashMap::from([("擂茶".to_owned(), 3), ("凤凰".to_owned(), 1)]));
        assert!(counting.take().is_empty());
    }

    #[test]
    fn a_machine_that_asks_for_everything_is_not_many_visitors() {
        let mut counting = counting();
        let now = Instant::now();
        let counted = (0..3_000).filter(|n| counting.add(&asked(&format!("词{n}")), address(1), now).is_ok()).count();
        assert_eq!(counted, MOST_BY_ONE as usize);
        assert_eq!(counting.add(&asked("擂茶"), address(2), now), Ok(()), "others are not in its way");
    }

    #[test]
    fn networks_count_and_not_addresses_within_them() {
        let six = |text: &str| network(text.parse().unwrap());
        assert_eq!(six("2001:db8:7:1::1"), six("2001:db8:7:ffff::2"));
        assert_ne!(six("2001:db8:7::1"), six("2001:db8:8::1"));
        assert_ne!(number("salt", address(1), "擂茶"), number("salt", address(1), "凤凰"), "searches of one cannot be joined");
        assert_ne!(number("salt", address(1), "擂茶"), number("pepper", address(1), "擂茶"), "nor days");
    }

    #[test]
    fn what_could_not_be_written_waits_as_far_as_there_is_room() {
        let mut counting = counting();
        let row = |n: usize| {
            let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
            (
                AskedRow { day, county: String::new(), text: format!("词{n}"), lang: "zh" },
                Counted { good: 1, ..Counted::default() },
            )
        };
        assert_eq!(counting.put_back((0..MOST_WAITING + 5).map(row).collect()), 5);
        let known = counting.waiting.keys().next().unwrap().clone();
        assert_eq!(counting.put_back(vec![(known.clone(), Counted { good: 1, ..Counted::default() })]), 0);
        assert_eq!(counting.waiting[&known].good, 2);
    }
}
