//! From files into the store: read twice, written once.
//!
//! The first reading checks everything and keeps only ids and digests, so a hundred thousand listings cost no more memory
//! than their names; the second turns what differs into one transaction.

use std::collections::{HashMap, HashSet};

use domain::event::Revision;
use domain::listing::Kind;
use domain::time::Timestamp;
use domain::{ListingId, Slug};

use super::dependents::{Dependent, dependents};
use super::diff::{DiffLine, What, changed_fields};
use super::manifest::Manifest;
use super::references::{Reference, references};
use super::rows::{Row, Rows};
use super::{RowProblem, Source};
use crate::store::{ChangeRequest, Digest, Store, StoreError, Writer, digest_of, document_of};

#[derive(Debug, Clone, Copy)]
pub struct ImportOptions {
    /// Say what would change, and change nothing.
    pub dry_run: bool,
    /// Withdraw what the import does not have, of the kinds it has files for. Samples are only withdrawn by an import that
    /// has samples: exports leave them out, and an export that comes back must not cost any.
    pub prune: bool,
    /// The time of the changes.
    pub now: Timestamp,
}

/// What an import did, or in a dry run would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub new: usize,
    pub changed: usize,
    pub unchanged: usize,
    pub withdrawn: usize,
    /// The clock afterwards; in a dry run, what it would be.
    pub revision: Revision,
    pub diff: Vec<DiffLine>,
}

#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Nothing was written. Of very many problems the first hundred are here, and `more` says how many are not.
    #[error("{} of the lines cannot be taken; the first: {}", problems.len() + more, problems[0])]
    Refused { problems: Vec<RowProblem>, more: usize },
    /// Somebody is editing what is being read.
    #[error("{file} changed while it was read; nothing was written")]
    Moving { file: String },
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub stage: Stage,
    pub done: u64,
    /// None where the manifest does not say.
    pub total: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Reading,
    /// Somebody else is writing.
    Waiting,
    Writing,
}

/// A source that has been read and found in order, but for what it expects of the store.
#[derive(Debug)]
pub struct Contents {
    pub manifest: Manifest,
    pub(super) rows: HashMap<ListingId, Found>,
    references: Vec<(usize, usize, Reference)>,
    has_samples: bool,
}

#[derive(Debug)]
pub(super) struct Found {
    pub(super) kind: Kind,
    pub(super) digest: String,
    file: usize,
    line: usize,
}

/// Listings between two breaths: parsing must not keep a server from answering meanwhile.
pub(super) const AT_ONCE: usize = 500;
const MOST_PROBLEMS: usize = 100;

#[derive(Default)]
struct Problems {
    first: Vec<RowProblem>,
    more: usize,
}

impl Problems {
    fn add(&mut self, problem: RowProblem) {
        if self.first.len() < MOST_PROBLEMS { self.first.push(problem) } else { self.more += 1 }
    }

    fn none(self) -> Result<(), ImportError> {
        if self.first.is_empty() { Ok(()) } else { Err(ImportError::Refused { problems: self.first, more: self.more }) }
    }
}

/// The first reading: every line parsed and checked, ids and slugs each there once.
pub async fn read(source: &dyn Source, progress: &(dyn Fn(Progress) + Send + Sync)) -> Result<Contents, ImportError> {
    let manifest = Manifest::read(source).map_err(|problems| ImportError::Refused { problems, more: 0 })?;
    let total = manifest.rows();
    let mut problems = Problems::default();
    let mut rows: HashMap<ListingId, Found> = HashMap::new();
    let mut slugs: HashMap<(Kind, Slug), ListingId> = HashMap::new();
    let mut mentions = Vec::new();
    let mut has_samples = false;
    for (count, row) in Rows::new(source, &manifest).enumerate() {
        if count % AT_ONCE == 0 {
            progress(Progress { stage: Stage::Reading, done: count as u64, total });
            tokio::task::yield_now().await;
        }
        let Row { file, line, listing } = match row {
            Ok(row) => row,
            Err(problem) => {
                problems.add(problem);
                continue;
            }
        };
        let name = &manifest.files[file].name;
        if let Some(other) = rows.get(&listing.id) {
            let there = format!("{}:{}", manifest.files[other.file].name, other.line);
            problems.add(RowProblem::new(name, line, "id", format!("编号已用于{there}"), format!("the id is taken by {there}")));
            continue;
        }
        if let Some(other) = slugs.insert((listing.kind(), listing.slug.clone()), listing.id.clone()) {
            problems.add(RowProblem::new(name, line, "slug", format!("已用于{other}"), format!("the slug is taken by {other}")));
        }
        has_samples |= listing.sample;
        mentions.extend(references(&listing).into_iter().map(|reference| (file, line, reference)));
        let found = Found { kind: listing.kind(), digest: digest_of(&document_of(&listing)), file, line };
        rows.insert(listing.id, found);
    }
    progress(Progress { stage: Stage::Reading, done: rows.len() as u64, total });
    problems.none()?;
    Ok(Contents { manifest, rows, references: mentions, has_samples })
}

/// All of it or nothing: a source with one bad line changes nothing.
pub async fn import(
    store: &Store,
    source: &dyn Source,
    options: ImportOptions,
    progress: &(dyn Fn(Progress) + Send + Sync),
) -> Result<Report, ImportError> {
    let contents = read(source, progress).await?;
    // From here on nobody else writes, so what is compared is what is changed; a dry run goes the whole way too, and then
    // forgets it, so that it cannot promise what the real one would refuse.
    let waiting = || progress(Progress { stage: Stage::Waiting, done: 0, total: None });
    let mut writer = store.writer_telling(options.now, waiting).await?;
    let before: HashMap<ListingId, Digest> =
        writer.digests().await?.into_iter().filter(|row| !row.withdrawn).map(|row| (row.id.clone(), row)).collect();
    let samples = samples_to_spare(&writer, &contents, &before, options).await?;
    let withdrawn = contents.lacks(&before, options, &samples);
    contents.check_references(&before, &withdrawn)?;
    contents.check_dependents(&writer, &before, &withdrawn).await?;

    let mut report = Report::default();
    // first, so that their slugs are free
    let withdrawals: Vec<_> = withdrawn.iter().map(|row| ChangeRequest::Withdraw(row.id.clone())).collect();
    writer.apply(&withdrawals).await?;
    report.withdrawn = withdrawn.len();
    report.diff.extend(withdrawn.iter().map(|row| DiffLine { id: row.id.clone(), kind: row.kind, what: What::Withdrawn }));

    contents.put(source, &before, &mut writer, &mut report, progress).await?;

    let written = if options.dry_run { writer.rehearse().await } else { writer.commit().await };
    report.revision = written.map_err(|e| contents.explain(e))?.revision;
    Ok(report)
}

/// Live samples that an import without samples must leave alone.
async fn samples_to_spare(
    writer: &Writer<'_>,
    contents: &Contents,
    before: &HashMap<ListingId, Digest>,
    options: ImportOptions,
) -> Result<HashSet<ListingId>, StoreError> {
    if !options.prune || contents.has_samples {
        return Ok(HashSet::new());
    }
    let lacking: Vec<ListingId> = before.keys().filter(|id| !contents.rows.contains_key(*id)).cloned().collect();
    let mut samples = HashSet::new();
    for some in lacking.chunks(AT_ONCE) {
        let stored = writer.find_many(some).await?;
        samples.extend(stored.into_iter().filter(|s| s.listing.sample).map(|s| s.listing.id.clone()));
    }
    Ok(samples)
}

impl Contents {
    /// How many listings there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn name(&self, file: usize) -> &str {
        &self.manifest.files[file].name
    }

    fn lacks<'a>(
        &self,
        before: &'a HashMap<ListingId, Digest>,
        options: ImportOptions,
        spared: &HashSet<ListingId>,
    ) -> Vec<&'a Digest> {
        if !options.prune {
            return Vec::new();
        }
        let kinds: HashSet<Kind> = self.manifest.files.iter().map(|file| file.kind).collect();
        let lacks = |row: &&Digest| kinds.contains(&row.kind) && !self.rows.contains_key(&row.id) && !spared.contains(&row.id);
        let mut lacking: Vec<&Digest> = before.values().filter(lacks).collect();
        lacking.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        lacking
    }

    fn check_references(&self, before: &HashMap<ListingId, Digest>, withdrawn: &[&Digest]) -> Result<(), ImportError> {
        let gone: HashSet<&ListingId> = withdrawn.iter().map(|row| &row.id).collect();
        let mut problems = Problems::default();
        for (file, line, Reference { field, kind, id }) in &self.references {
            let here = self.rows.get(id).map(|row| row.kind);
            let there = before.get(id).filter(|row| !gone.contains(&row.id)).map(|row| row.kind);
            if here.or(there) != Some(*kind) {
                let (zh, en) = (format!("没有编号为{id}的{kind}"), format!("there is no {kind} with the id {id}"));
                problems.add(RowProblem::new(self.name(*file), *line, field, zh, en));
            }
        }
        problems.none()
    }

    /// What stays in the store may count on what is pruned, or becomes another kind.
    async fn check_dependents(
        &self,
        writer: &Writer<'_>,
        before: &HashMap<ListingId, Digest>,
        withdrawn: &[&Digest],
    ) -> Result<(), ImportError> {
        let pruned = withdrawn.iter().map(|row| (row.id.clone(), row.kind));
        let turned = self.rows.iter().filter_map(|(id, found)| {
            let kind = before.get(id)?.kind;
            (kind != found.kind).then(|| (id.clone(), kind))
        });
        let lost: HashMap<ListingId, Kind> = pruned.chain(turned).collect();
        let stays = |id: &ListingId| !lost.contains_key(id) && !self.rows.contains_key(id);
        let mut problems = Problems::default();
        for Dependent { id, kind, reference } in dependents(writer, &lost, stays).await? {
            let Reference { field, id: needed, kind: as_kind } = reference;
            problems.add(match self.rows.get(&needed) {
                Some(row) => RowProblem::new(
                    self.name(row.file),
                    row.line,
                    "details.kind",
                    format!("{needed}不再是{as_kind}，而库中的{kind} {id} 的 {field} 仍指向它"),
                    format!("{needed} is no {as_kind} any more, but {field} of the {kind} {id} in the database counts on it"),
                ),
                None => RowProblem::new(
                    self.manifest.files.iter().find(|file| file.kind == as_kind).map_or("", |file| &file.name),
                    0,
                    "id",
                    format!("缺少{needed}，将被撤下，而库中的{kind} {id} 的 {field} 仍指向它"),
                    format!(
                        "{needed} is missing and would be withdrawn, but {field} of the {kind} {id} in the database counts on it"
                    ),
                ),
            });
        }
        problems.none()
    }

    /// The second reading.
    async fn put(
        &self,
        source: &dyn Source,
        before: &HashMap<ListingId, Digest>,
        writer: &mut Writer<'_>,
        report: &mut Report,
        progress: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<(), ImportError> {
        let total = Some(self.rows.len() as u64);
        let is_known = |(id, found): (&ListingId, &Found)| before.get(id).is_some_and(|row| row.digest == found.digest);
        if self.rows.iter().all(is_known) {
            report.unchanged = self.rows.len();
            progress(Progress { stage: Stage::Writing, done: self.rows.len() as u64, total });
            return Ok(());
        }
        let mut rows = Rows::new(source, &self.manifest);
        let mut done = 0;
        loop {
            let mut requests = Vec::with_capacity(AT_ONCE);
            let some = rows.by_ref().take(AT_ONCE);
            let mut count = 0;
            for row in some {
                count += 1;
                let Row { file, listing, .. } = row.map_err(|problem| ImportError::Moving { file: problem.file })?;
                let digest = digest_of(&document_of(&listing));
                if self.rows.get(&listing.id).is_none_or(|found| found.digest != digest) {
                    return Err(ImportError::Moving { file: self.name(file).to_owned() });
                }
                if before.get(&listing.id).is_some_and(|row| row.digest == digest) {
                    report.unchanged += 1;
                } else {
                    requests.push(ChangeRequest::put(listing));
                }
            }
            if count == 0 {
                break;
            }
            self.compare(&requests, before, writer, report).await?;
            writer.apply(&requests).await.map_err(|e| self.explain(e))?;
            done += count;
            progress(Progress { stage: Stage::Writing, done, total });
            tokio::task::yield_now().await;
        }
        // files cut short since would only show here
        if done != self.rows.len() as u64 {
            return Err(ImportError::Moving { file: super::MANIFEST.to_owned() });
        }
        Ok(())
    }

    async fn compare(
        &self,
        requests: &[ChangeRequest],
        before: &HashMap<ListingId, Digest>,
        writer: &Writer<'_>,
        report: &mut Report,
    ) -> Result<(), StoreError> {
        let known: Vec<ListingId> =
            requests.iter().map(|request| request.id().clone()).filter(|id| before.contains_key(id)).collect();
        let stored = writer.find_many(&known).await?;
        let stored: HashMap<&ListingId, _> = stored.iter().map(|stored| (&stored.listing.id, &stored.listing)).collect();
        for request in requests {
            let ChangeRequest::Put(listing) = request else { continue };
            let what = match stored.get(&listing.id) {
                Some(before) => What::Changed(changed_fields(before, listing)),
                None => What::New,
            };
            if what == What::New {
                report.new += 1
            } else {
                report.changed += 1
            }
            report.diff.push(DiffLine { id: listing.id.clone(), kind: listing.kind(), what });
        }
        Ok(())
    }

    /// A slug that a listing in the store has is a problem of the line that wants it.
    fn explain(&self, error: StoreError) -> ImportError {
        match error {
            StoreError::Conflict { kind, slug, wanted_by, held_by } if self.rows.contains_key(&wanted_by) => {
                let row = &self.rows[&wanted_by];
                let zh = format!("“{slug}”已用于库中的{kind} {held_by}");
                let en = format!("“{slug}” is taken by the {kind} {held_by}, which is in the database");
                let problem = RowProblem::new(self.name(row.file), row.line, "slug", zh, en);
                ImportError::Refused { problems: vec![problem], more: 0 }
            }
            other => other.into(),
        }
    }
}
