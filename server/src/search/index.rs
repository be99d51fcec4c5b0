//! The index as a whole: opening, changing, asking.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::thread;

use domain::event::Revision;
use domain::listing::{Kind, Listing};
use domain::search::{Query, Sort};
use domain::{Lang, ListingId};
use tantivy::directory::MmapDirectory;
use tantivy::directory::error::LockError;
use tantivy::indexer::IndexWriterOptions;
use tantivy::schema::Value;
use tantivy::{IndexReader, IndexSettings, IndexWriter, ReloadPolicy, TantivyDocument, TantivyError, Term};

use super::collect::{Aim, collect};
use super::document::document;
use super::filter::Filter;
use super::packed::{self, Unpack};
use super::query::Planner;
use super::rank::{self, Explain, Priors};
use super::schema::{self, Fields, Part};
use super::snapshot::{Grades, Snapshot};
use super::terms::Typed;
use super::top::Candidate;
use super::{Fault, Hit, Location, Options, Results, Suggestion, suggest, terms};

/// Of the writer, in bytes: what is added beyond it goes to disk and waits there for the commit.
const WRITER_MEMORY: usize = 32 << 20;
/// Of so many first hits the order is changed so that they are not all alike.
const SPREAD: usize = 50;
/// Fewer listings than this are prepared on the calling thread.
const WORTH_THREADS: usize = 64;

pub struct Index {
    fields: Fields,
    /// None where it was opened for reading only.
    writer: Option<Mutex<IndexWriter>>,
    inner: tantivy::Index,
    reader: IndexReader,
    snapshot: RwLock<Arc<Snapshot>>,
    grades: Grades,
    /// The database whose revisions it counts, by name; carried by every commit. Empty where nobody has said.
    origin: RwLock<String>,
    /// Its threads leave the cores to others.
    gives_way: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Serve,
    Fill,
    Read,
}

impl Index {
    /// Opens or creates. A folder of another schema version, or a broken one, is [`Fault::Unusable`]: the caller rebuilds
    /// in a new folder. Two writers on one folder are refused with [`Fault::Locked`].
    pub fn open(at: &Location) -> Result<Index, Fault> {
        Self::open_as(at, Purpose::Serve)
    }

    /// Opens or creates one that is filled beside another that answers: the work is done when nobody else wants the cores.
    pub fn open_to_fill(at: &Location) -> Result<Index, Fault> {
        Self::open_as(at, Purpose::Fill)
    }

    /// Opens what is there, beside a writer that may be running elsewhere.
    pub fn open_for_reading(at: &Location) -> Result<Index, Fault> {
        Self::open_as(at, Purpose::Read)
    }

    fn open_as(at: &Location, purpose: Purpose) -> Result<Index, Fault> {
        let writes = purpose != Purpose::Read;
        let (schema, fields) = schema::build();
        let inner = match at {
            Location::Memory => tantivy::Index::create_in_ram(schema),
            Location::Folder(folder) => {
                std::fs::create_dir_all(folder)?;
                let directory = MmapDirectory::open(folder).map_err(TantivyError::from)?;
                if tantivy::Index::exists(&directory).map_err(TantivyError::from)? {
                    let inner = tantivy::Index::open(directory).map_err(unusable)?;
                    if inner.schema() != schema {
                        return Err(Fault::Unusable("it was made by another version".to_owned()));
                    }
                    inner
                } else if writes {
                    tantivy::Index::create(directory, schema, IndexSettings::default())?
                } else {
                    return Err(Fault::Unusable("there is none yet".to_owned()));
                }
            }
        };
        inner.tokenizers().register(packed::TOKENIZER, Unpack);
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .memory_budget_per_thread(WRITER_MEMORY)
            .num_merge_threads(1)
            .build();
        let gives_way = purpose == Purpose::Fill;
        // threads are as patient as the one that starts them
        let make = || giving_way(gives_way, || inner.writer_with_options(options));
        let writer = match writes.then(make) {
            None => None,
            Some(Ok(writer)) => Some(Mutex::new(writer)),
            Some(Err(TantivyError::LockFailure(LockError::LockBusy, _))) => return Err(Fault::Locked),
            Some(Err(error)) => return Err(unusable(error)),
        };
        // tantivy panics on some kinds of damage instead of saying so
        let loaded = catch_unwind(AssertUnwindSafe(|| {
            let (revision, origin) = payload_of(&inner)?;
            let reader: IndexReader = inner.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
            let grades = Grades::default();
            let snapshot = Snapshot::take(reader.searcher(), revision, &grades, None)?;
            Ok::<_, Fault>((reader, grades, snapshot, origin))
        }));
        let (reader, grades, snapshot, origin) = match loaded {
            Ok(Ok(loaded)) => loaded,
            Ok(Err(error)) => return Err(Fault::Unusable(error.to_string())),
            Err(_) => return Err(Fault::Unusable("its files are damaged".to_owned())),
        };
        let (snapshot, origin) = (RwLock::new(Arc::new(snapshot)), RwLock::new(origin));
        Ok(Index { fields, writer, inner, reader, snapshot, grades, origin, gives_way })
    }

    /// The database whose revisions it counts.
    pub fn origin(&self) -> String {
        self.origin.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Says whose revisions are counted from the next commit on.
    pub fn belongs_to(&self, origin: &str) {
        *self.origin.write().unwrap_or_else(PoisonError::into_inner) = origin.to_owned();
    }

    /// What the last commit carried; 0 for a new index.
    pub fn revision(&self) -> Revision {
        self.snapshot().revision
    }

    pub fn documents(&self) -> u64 {
        self.snapshot().searcher.num_docs()
    }

    /// Ends its threads when they have done what they are at.
    pub fn close(self) -> Result<(), Fault> {
        let writer = self.writer.map(|writer| writer.into_inner().unwrap_or_else(PoisonError::into_inner));
        Ok(writer.map_or(Ok(()), IndexWriter::wait_merging_threads)?)
    }

    /// Replaces and removes listings and moves to `revision`, all in one commit, searchable on return. `digest` is an
    /// opaque hash of the content, kept for the drift check. After a failure the index is as it was.
    pub fn apply(&self, puts: &[(Arc<Listing>, String)], withdrawn: &[ListingId], revision: Revision) -> Result<(), Fault> {
        let mut writer = self.writer()?;
        let done = (|| {
            for id in puts.iter().map(|(listing, _)| &listing.id).chain(withdrawn) {
                writer.delete_term(Term::from_field_text(self.fields.id, id.as_str()));
            }
            self.add(&writer, puts)?;
            self.commit_with(&mut writer, revision)
        })();
        if done.is_err() {
            writer.rollback()?;
        }
        done
    }

    /// For building an empty index: adds without committing and without looking for earlier versions.
    pub fn add_uncommitted(&self, puts: &[(Arc<Listing>, String)]) -> Result<(), Fault> {
        let writer = self.writer()?;
        self.add(&writer, puts)
    }

    /// Makes everything added so far searchable.
    pub fn commit(&self, revision: Revision) -> Result<(), Fault> {
        let mut writer = self.writer()?;
        self.commit_with(&mut writer, revision)
    }

    fn add(&self, writer: &IndexWriter, puts: &[(Arc<Listing>, String)]) -> Result<(), Fault> {
        let add_all = |puts: &[(Arc<Listing>, String)]| {
            puts.iter().try_for_each(|(listing, digest)| {
                writer.add_document(document(&self.fields, listing, digest)).map(|_| ()).map_err(Fault::from)
            })
        };
        let threads = thread::available_parallelism().map_or(1, usize::from).min(4);
        if puts.len() < WORTH_THREADS || threads == 1 {
            return giving_way(self.gives_way, || add_all(puts));
        }
        // cutting texts into words costs more than writing them down
        thread::scope(|scope| {
            let parts = puts.chunks(puts.len().div_ceil(threads));
            let running: Vec<_> = parts.map(|part| scope.spawn(move || giving_way(self.gives_way, || add_all(part)))).collect();
            let failed = || Fault::Engine(TantivyError::ErrorInThread("preparing listings for the index".to_owned()));
            running.into_iter().try_for_each(|part| part.join().map_err(|_| failed())?)
        })
    }

    fn commit_with(&self, writer: &mut IndexWriter, revision: Revision) -> Result<(), Fault> {
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(format!("{revision} {}", self.origin()).trim_end());
        commit.commit()?;
        self.refresh()
    }

    /// Looks at the last commit, whoever made it.
    pub fn refresh(&self) -> Result<(), Fault> {
        // the revision first: a reader beside a writer may see more than it claims, never less
        let (revision, _) = payload_of(&self.inner)?;
        self.reader.reload()?;
        let earlier = self.snapshot();
        let next = Snapshot::take(self.reader.searcher(), revision, &self.grades, Some(&earlier))?;
        // who asks next must not wait for words to be read that were read before
        if earlier.segments.iter().any(|segment| segment.has_lexicon()) {
            // what has been committed is searched all the same where they cannot be read: whoever asks for them is told
            let _ = next.lexicons(&self.fields);
        }
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
        Ok(())
    }

    /// What matches the words and passes the filters, as they stand. [`Self::answer`] also understands and puts right.
    pub fn search(&self, query: &Query, options: &Options) -> Result<Results, Fault> {
        self.run(&self.snapshot(), query, &terms::parse(&query.text), &[], options)
    }

    /// `kept` are words that need not match and say which hits are meant most.
    pub(super) fn run(
        &self,
        snapshot: &Snapshot,
        query: &Query,
        typed: &Typed,
        kept: &[String],
        options: &Options,
    ) -> Result<Results, Fault> {
        let scored = query.sort == Sort::Relevance && !(typed.blank && kept.is_empty());
        let synonyms = options.curated.synonyms();
        let planner = Planner { fields: &self.fields, snapshot, parts: &Part::ALL, scored, kept, synonyms };
        let ruling = options.curated.ruling(options.typed.as_deref(), query);
        let plan = ruling.over(planner.plan(typed)?, &self.fields, typed);

        let per_page = query.per_page as usize;
        let skipped = per_page.saturating_mul((query.page as usize).saturating_sub(1));
        let most = usize::try_from(snapshot.searcher.num_docs()).unwrap_or(usize::MAX);
        let filter = Arc::new(Filter::new(query, options.hide_samples, &self.grades));
        let grades = self.grades.all();
        let priors = Priors::new(&grades, options.today);
        let spreads = query.sort == Sort::Relevance;
        let wanted = skipped.saturating_add(per_page).saturating_add(ruling.pins());
        let aim = Aim {
            filter: Arc::clone(&filter),
            sort: query.sort,
            wanted: if spreads { wanted.max(SPREAD) } else { wanted }.min(most),
            per_kind: options.per_kind.map_or(0, |wanted| wanted.max(1) + ruling.pins()).min(most),
            grades: options.facets.then_some(grades.len()),
            priors: Arc::clone(&priors),
            names_a_region: suggest::names_a_region(&typed.compact),
        };
        let standing = ruling.standing(&plan, &aim, &self.fields, snapshot)?;
        let found = collect(snapshot, &plan, aim, scored)?;

        let hit = |candidate: &Candidate| {
            let hit = snapshot.hit(candidate, &filter);
            let hit = Hit { pinned: ruling.pinned(&hit.id), ..hit };
            if query.explain { snapshot.explained(hit, candidate, &filter, &priors) } else { hit }
        };
        let mut best = found.top.into_sorted();
        standing.lift(&mut best);
        let row = |candidate: &Candidate| &snapshot.segments[candidate.segment as usize].rows[candidate.doc as usize];
        if spreads {
            let first = best.len().min(SPREAD);
            rank::spread(&mut best[..first], |it| it.score, |it| (row(it).kind, row(it).regions));
        }
        standing.place(&mut best);
        let hits = best.iter().skip(skipped).take(per_page).map(hit).collect();
        let mut groups = Vec::new();
        if let Some(in_group) = options.per_kind {
            for (kind, (count, top)) in Kind::ALL.iter().zip(found.kinds) {
                if count > 0 {
                    let is_kind = |it: &Candidate| usize::from(row(it).kind) == kind.index() + 1;
                    let group = standing.first(top.into_sorted(), in_group, is_kind);
                    groups.push((*kind, count, group.iter().map(hit).collect()));
                }
            }
        }
        let facets = found.counts.map(|counts| counts.facets(query, &grades)).unwrap_or_default();
        Ok(Results { total: found.total, hits, groups, facets })
    }

    /// Names that begin with, contain or sound like what was typed; only such as lead to something.
    pub fn suggest(&self, text: &str, lang: Lang, most: usize, options: &Options) -> Result<Vec<Suggestion>, Fault> {
        let snapshot = self.snapshot();
        suggest::suggest(&suggest::Asked { text, lang, most, options }, &self.fields, &snapshot, &self.grades)
    }

    /// Every listing in the index with its digest, for the drift check.
    pub fn digests(&self) -> Result<HashMap<ListingId, String>, Fault> {
        let snapshot = self.snapshot();
        let mut digests = HashMap::new();
        for reader in snapshot.searcher.segment_readers() {
            let store = reader.get_store_reader(1)?;
            for doc in store.iter::<TantivyDocument>(reader.alive_bitset()) {
                let doc = doc?;
                let text = |field| doc.get_first(field).and_then(|value| value.as_str()).unwrap_or_default();
                let id = ListingId::parse(text(self.fields.id)).map_err(|error| Fault::Unusable(error.to_string()))?;
                digests.insert(id, text(self.fields.digest).to_owned());
            }
        }
        Ok(digests)
    }

    pub(super) fn fields(&self) -> &Fields {
        &self.fields
    }

    pub(super) fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn writer(&self) -> Result<MutexGuard<'_, IndexWriter>, Fault> {
        let writer = self.writer.as_ref().ok_or(Fault::ReadOnly)?;
        Ok(writer.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// On a thread that takes what the others leave of the cores, if it is to give way: a thread's own patience cannot be taken back.
fn giving_way<T: Send>(gives_way: bool, work: impl FnOnce() -> T + Send) -> T {
    if !gives_way {
        return work();
    }
    let patient = || {
        // elsewhere than on Linux it would be the whole process that gives way; where it is not allowed the work is done like any other
        if cfg!(target_os = "linux") {
            let _ = rustix::process::nice(10);
        }
        work()
    };
    thread::scope(|scope| scope.spawn(patient).join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
}

impl Snapshot {
    fn hit(&self, candidate: &Candidate, filter: &Filter) -> Hit {
        let segment = &self.segments[candidate.segment as usize];
        let id = segment.id_of(candidate.doc).clone();
        let distance_km = filter.distance_km(&segment.rows[candidate.doc as usize]);
        Hit { id, score: candidate.score, distance_km, explain: None, pinned: None }
    }

    fn explained(&self, hit: Hit, candidate: &Candidate, filter: &Filter, priors: &Priors) -> Hit {
        let segment = &self.segments[candidate.segment as usize];
        let (row, rank) = (&segment.rows[candidate.doc as usize], &segment.ranks[candidate.doc as usize]);
        let explain = Explain::new(candidate.score, priors.factors(row, rank), filter.nearness(row));
        Hit { explain: Some(explain), ..hit }
    }
}

fn unusable(error: TantivyError) -> Fault {
    Fault::Unusable(error.to_string())
}

/// The revision and the origin of the last commit.
fn payload_of(index: &tantivy::Index) -> Result<(Revision, String), Fault> {
    let Some(payload) = index.load_metas()?.payload else { return Ok((0, String::new())) };
    let (revision, origin) = payload.split_once(' ').unwrap_or((&payload, ""));
    let revision = revision.parse().map_err(|_| Fault::Unusable(format!("its revision is “{payload}”")))?;
    Ok((revision, origin.to_owned()))
}
