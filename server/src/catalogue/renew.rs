//! A catalogue that a program carries, brought up to date in the store without touching what others have made of it.
//!
//! The store remembers what the last edition wrote, listing by listing. Only what still is what that edition left may be
//! replaced, withdrawn or brought back by the next one; whatever a bureau has edited or withdrawn since is the bureau's. An
//! older edition never undoes a newer one, whichever program starts last.

use std::collections::{HashMap, HashSet};

use domain::ListingId;
use domain::listing::{Kind, Listing};
use domain::time::Timestamp;

use super::dependents::dependents;
use super::import::{AT_ONCE, Contents, Found};
use super::references::references;
use super::rows::Row;
use super::{ImportError, Rows, Source, read};
use crate::store::{ChangeRequest, Digest, Store, StoreError, Writer};

/// The setting that names the edition which was brought last: its version and the digest of its files.
const EDITION: &str = "embedded_catalogue";

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Renewal {
    /// This very edition was brought before.
    Known,
    /// A newer edition was brought before.
    Older,
    Done(Renewed),
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Renewed {
    pub put: usize,
    pub withdrawn: usize,
    pub unchanged: usize,
    /// Left as somebody else has made them, or since others count on them.
    pub kept: Vec<ListingId>,
}

/// Whether the edition with these files was the last one to be brought.
pub async fn is_known(store: &Store, digest: &str) -> Result<bool, StoreError> {
    Ok(store.setting(EDITION).await?.is_some_and(|known| edition(&known).1 == digest))
}

fn edition(setting: &str) -> (u64, &str) {
    let (version, digest) = setting.split_once(' ').unwrap_or(("0", setting));
    (version.parse().unwrap_or(0), digest)
}

/// Brings an edition, all of it that may be brought, in one transaction. `digest` tells its files from those of others.
pub async fn renew(store: &Store, source: &dyn Source, digest: &str, now: Timestamp) -> Result<Renewal, ImportError> {
    let contents = read(source, &|_| {}).await?;
    let mut without = HashSet::new();
    loop {
        match bring(store, source, &contents, digest, now, &without).await {
            // A listing whose address somebody else has taken stays out; the others come.
            Err(ImportError::Store(StoreError::Conflict { wanted_by, slug, held_by, .. }))
                if contents.rows.contains_key(&wanted_by) && without.insert(wanted_by.clone()) =>
            {
                tracing::warn!(%wanted_by, %slug, %held_by, "the address is taken; the listing is left out");
            }
            done => return done,
        }
    }
}

async fn bring(
    store: &Store,
    source: &dyn Source,
    contents: &Contents,
    digest: &str,
    now: Timestamp,
    without: &HashSet<ListingId>,
) -> Result<Renewal, ImportError> {
    let waiting = || tracing::info!("somebody is writing to the database; the embedded catalogue waits");
    let mut writer = store.writer_telling(now, waiting).await?;
    let version = contents.manifest.version.unwrap_or(0);
    if let Some(known) = writer.setting(EDITION).await? {
        let (known_version, known_digest) = edition(&known);
        if known_digest == digest {
            return Ok(Renewal::Known);
        }
        if known_version > version {
            return Ok(Renewal::Older);
        }
    }
    let ledger = Ledger {
        carried: writer.carried().await?,
        before: writer.digests().await?.into_iter().map(|row| (row.id.clone(), row)).collect(),
    };
    let plan = ledger.plan(&writer, contents, without).await?;
    let mut renewed = Renewed { unchanged: plan.unchanged.len(), ..Renewed::default() };
    let mut carry: Vec<_> = plan.unchanged.iter().map(|id| (id.clone(), Some(contents.rows[id].digest.clone()))).collect();

    let withdrawals: Vec<_> = plan.withdraw.iter().cloned().map(ChangeRequest::Withdraw).collect();
    writer.apply(&withdrawals).await?;
    renewed.withdrawn = withdrawals.len();
    carry.extend(plan.withdraw.iter().map(|id| (id.clone(), None)));

    let mut puts = Vec::with_capacity(AT_ONCE);
    for row in Rows::new(source, &contents.manifest) {
        let Row { listing, .. } = row.map_err(|problem| ImportError::Moving { file: problem.file })?;
        if !plan.put.contains(&listing.id) {
            continue;
        }
        if !ledger.stands(&listing, contents, &plan) {
            tracing::warn!(id = %listing.id, "it speaks of a listing that is not there; it is left as it was");
            renewed.kept.push(listing.id);
            continue;
        }
        carry.push((listing.id.clone(), Some(contents.rows[&listing.id].digest.clone())));
        puts.push(ChangeRequest::put(listing));
        if puts.len() == AT_ONCE {
            writer.apply(&std::mem::take(&mut puts)).await?;
            tokio::task::yield_now().await;
        }
    }
    writer.apply(&puts).await?;
    writer.carry(&carry).await?;
    writer.let_go(&plan.let_go).await?;
    writer.set_setting(EDITION, &format!("{version} {digest}")).await?;
    renewed.put = writer.commit().await?.put;
    renewed.kept.extend(plan.kept);
    renewed.kept.sort();
    Ok(Renewal::Done(renewed))
}

/// What the last edition wrote, and what there is now.
struct Ledger {
    carried: HashMap<ListingId, Option<String>>,
    /// Tombstones too.
    before: HashMap<ListingId, Digest>,
}

#[derive(Default)]
struct Plan {
    put: HashSet<ListingId>,
    unchanged: Vec<ListingId>,
    withdraw: Vec<ListingId>,
    kept: Vec<ListingId>,
    let_go: Vec<ListingId>,
}

impl Ledger {
    /// Still what the last edition left, or never there.
    fn is_ours(&self, id: &ListingId) -> bool {
        match (self.carried.get(id), self.before.get(id)) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(None), Some(row)) => row.withdrawn,
            (Some(Some(digest)), Some(row)) => !row.withdrawn && row.digest == *digest,
        }
    }

    fn live(&self, id: &ListingId) -> Option<&Digest> {
        self.before.get(id).filter(|row| !row.withdrawn)
    }

    async fn plan(&self, writer: &Writer<'_>, contents: &Contents, without: &HashSet<ListingId>) -> Result<Plan, StoreError> {
        let mut plan = Plan::default();
        let mut lost: HashMap<ListingId, Kind> = HashMap::new();
        for (id, Found { kind, digest, .. }) in &contents.rows {
            match self.live(id) {
                Some(row) if row.digest == *digest => plan.unchanged.push(id.clone()),
                _ if without.contains(id) || !self.is_ours(id) => plan.kept.push(id.clone()),
                row => {
                    lost.extend(row.filter(|row| row.kind != *kind).map(|row| (id.clone(), row.kind)));
                    plan.put.insert(id.clone());
                }
            }
        }
        for (id, digest) in self.carried.iter().filter(|(id, _)| !contents.rows.contains_key(*id)) {
            match self.live(id) {
                Some(row) if self.is_ours(id) => {
                    lost.insert(id.clone(), row.kind);
                    plan.withdraw.push(id.clone());
                }
                // withdrawn by an earlier edition: that is remembered, so that a later one may bring it back
                None if digest.is_none() => {}
                _ => plan.let_go.push(id.clone()),
            }
        }
        let stays = |id: &ListingId| !plan.put.contains(id) && !plan.withdraw.contains(id);
        for needed in dependents(writer, &lost, stays).await?.into_iter().map(|dependent| dependent.reference.id) {
            plan.put.remove(&needed);
            plan.withdraw.retain(|id| *id != needed);
            if !plan.kept.contains(&needed) {
                plan.kept.push(needed);
            }
        }
        Ok(plan)
    }

    /// Whether everything a listing speaks of will be there.
    fn stands(&self, listing: &Listing, contents: &Contents, plan: &Plan) -> bool {
        references(listing).iter().all(|reference| {
            let kind = match contents.rows.get(&reference.id) {
                Some(found) if plan.put.contains(&reference.id) => Some(found.kind),
                _ => self.live(&reference.id).filter(|row| !plan.withdraw.contains(&row.id)).map(|row| row.kind),
            };
            kind == Some(reference.kind)
        })
    }
}
