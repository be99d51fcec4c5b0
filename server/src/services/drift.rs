//! Whether the search index says what the database says.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;

use domain::ListingId;

use super::keeper::KeeperError;
use crate::search::{Index, Location};
use crate::store::Store;

/// Listings by what is wrong with their place in the index.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Drift {
    /// In the database, not in the index.
    pub missing: Vec<ListingId>,
    /// In the index, not (or no longer) in the database.
    pub surplus: Vec<ListingId>,
    /// In both, with other content.
    pub stale: Vec<ListingId>,
    /// How many were compared.
    pub compared: usize,
}

impl Drift {
    pub fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.surplus.is_empty() && self.stale.is_empty()
    }

    /// Compares the two sides.
    pub fn between(rows: &HashMap<ListingId, String>, documents: &HashMap<ListingId, String>) -> Self {
        let mut drift = Self { compared: rows.len(), ..Self::default() };
        for (id, digest) in rows {
            match documents.get(id) {
                None => drift.missing.push(id.clone()),
                Some(indexed) if indexed != digest => drift.stale.push(id.clone()),
                Some(_) => {}
            }
        }
        drift.surplus.extend(documents.keys().filter(|id| !rows.contains_key(*id)).cloned());
        for list in [&mut drift.missing, &mut drift.surplus, &mut drift.stale] {
            list.sort();
        }
        drift
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (what, ids) in
            [("missing from the index", &self.missing), ("in the index only", &self.surplus), ("stale in the index", &self.stale)]
        {
            for id in ids {
                writeln!(f, "{id}: {what}")?;
            }
        }
        let wrong = self.missing.len() + self.surplus.len() + self.stale.len();
        write!(f, "{} listings compared, {wrong} differ.", self.compared)
    }
}

/// Reads the index beside the server that uses it, without writing. Where the index is a moment behind (its server is just
/// applying events), it is given that moment.
pub async fn find(store: &Store, index_dir: &Path) -> Result<Drift, KeeperError> {
    let mut drift = compare(store, index_dir).await?;
    for _ in 0..5 {
        if drift.is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
        drift = compare(store, index_dir).await?;
    }
    Ok(drift)
}

async fn compare(store: &Store, index_dir: &Path) -> Result<Drift, KeeperError> {
    let rows = store.digests().await?.into_iter().filter(|row| !row.withdrawn).map(|row| (row.id, row.digest)).collect();
    let documents = match std::fs::read_to_string(index_dir.join("CURRENT")) {
        Ok(name) => match Index::open_for_reading(&Location::Folder(index_dir.join(name.trim()))) {
            Ok(index) => index.digests()?,
            Err(why) => {
                tracing::warn!(%why, "there is no readable index");
                HashMap::new()
            }
        },
        Err(_) => HashMap::new(),
    };
    Ok(Drift::between(&rows, &documents))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_difference_is_told_apart() {
        let side = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(id, digest)| (ListingId::parse(id).unwrap(), (*digest).to_owned())).collect()
        };
        let rows: HashMap<_, _> = side(&[("a", "1"), ("b", "1"), ("c", "1")]);
        assert!(Drift::between(&rows, &rows).is_empty());
        let drift = Drift::between(&rows, &side(&[("b", "2"), ("c", "1"), ("d", "1")]));
        let names = |ids: &[ListingId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(
            (names(&drift.missing), names(&drift.stale), names(&drift.surplus)),
            (vec!["a".into()], vec!["b".into()], vec!["d".into()])
        );
        assert!(drift.to_string().ends_with("3 listings compared, 3 differ."));
    }
}
