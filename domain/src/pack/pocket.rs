//! Packs, opened: every text cut once, every name with its sound.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::Pack;
use super::tables::{Known, Tables};
use super::texts::{Text, read};
use crate::geo::Point;
use crate::listing::{Details, Kind, Listing, SearchFacts};
use crate::search::script::is_han;
use crate::search::synonyms::Synonyms;
use crate::search::understand::Names;
use crate::search::weights::{BEST_QUALITY, IN_SEASON, KIND_PRIORS, OVER, Part, SAMPLE, grade_prior};
use crate::time::Months;
use crate::{ListingId, Text as Said, region};

/// The packs of a device as one, to be searched. What stands in several of them counts once, as it stands in the newest.
pub struct Pocket<'a> {
    pub(super) entries: Vec<Entry<'a>>,
    /// Each different text once.
    pub(super) texts: Vec<Text>,
    numbers: HashMap<String, usize>,
    /// In characters, of each part.
    pub(super) average_lengths: [f32; Part::ALL.len()],
    pub(super) known: Known,
    pub(super) synonyms: Synonyms,
    hidden: HashSet<&'a ListingId>,
    called_like_a_region: HashSet<String>,
}

pub(super) struct Entry<'a> {
    pub listing: &'a Listing,
    pub facts: SearchFacts,
    /// Numbers of its texts, by part.
    pub parts: [Vec<usize>; Part::ALL.len()],
    /// In characters, by part.
    pub lengths: [usize; Part::ALL.len()],
    pub titles: Vec<Title>,
    /// What it is called in characters, folded.
    pub names: Vec<String>,
}

/// A title as a whole and from its start, without spaces and signs.
pub(super) struct Title {
    pub written: String,
    pub spoken: Option<String>,
    /// After each character or word: how much of both has been said.
    ends: Vec<(usize, Option<usize>)>,
}

/// Beginnings of titles longer than this are not kept.
const LONGEST_START: usize = 12;
/// Shorter words of the table of synonyms are words, not names.
const SHORTEST_KNOWN_NAME: usize = 4;

impl Title {
    fn of(text: &Text) -> Self {
        let mut title = Self { written: String::new(), spoken: Some(String::new()), ends: Vec::new() };
        let mut runs: Vec<(usize, Result<&super::texts::HanRun, &str>)> =
            text.han.iter().map(|run| (run.range.start, Ok(run))).collect();
        runs.extend(text.latin.iter().map(|run| (run.range.start, Err(run.text.as_str()))));
        runs.sort_by_key(|(start, _)| *start);
        for (_, run) in runs {
            match run {
                Ok(han) => {
                    for (at, c) in han.chars.iter().enumerate() {
                        let said = han.spoken.readings.get(at).and_then(|ways| ways.first());
                        title.say(c.encode_utf8(&mut [0; 4]), said.map(String::as_str));
                    }
                }
                Err(word) => title.say(word, Some(word)),
            }
        }
        title
    }

    fn say(&mut self, written: &str, spoken: Option<&str>) {
        self.written.push_str(written);
        self.spoken = self.spoken.take().zip(spoken).map(|(said, more)| said + more);
        self.ends.push((self.written.len(), self.spoken.as_ref().map(String::len)));
    }

    pub fn is(&self, compact: &str) -> bool {
        self.written == compact || self.spoken.as_deref() == Some(compact)
    }

    pub fn starts_with(&self, compact: &str) -> bool {
        self.ends.iter().take(LONGEST_START).any(|(written, spoken)| {
            self.written[..*written] == *compact
                || spoken.zip(self.spoken.as_ref()).is_some_and(|(end, said)| said[..end] == *compact)
        })
    }
}

impl<'a> Pocket<'a> {
    pub fn open(packs: &'a [Pack]) -> Self {
        let tables: Vec<&Tables> = packs.iter().map(|pack| &pack.tables).collect();
        let mut pocket = Self {
            entries: Vec::new(),
            texts: Vec::new(),
            numbers: HashMap::new(),
            average_lengths: [0.0; Part::ALL.len()],
            known: Known::default(),
            synonyms: Synonyms::default(),
            hidden: packs.iter().flat_map(|pack| &pack.hidden).collect(),
            called_like_a_region: region_names(),
        };
        tables.iter().for_each(|tables| pocket.known.add(tables));
        let mut decided = Vec::new();
        for words in packs.iter().flat_map(|pack| &pack.synonyms).filter(|words| !words.word.is_empty()) {
            if !decided.contains(&words) {
                pocket.synonyms.add(&words.word, &words.others, words.both_ways);
                decided.push(words);
            }
        }
        let mut newest: HashMap<&ListingId, (&Listing, crate::event::Revision)> = HashMap::new();
        let mut order: Vec<&ListingId> = Vec::new();
        for (listing, revision) in packs.iter().flat_map(|pack| pack.listings.iter().map(|listing| (listing, pack.revision))) {
            let known = newest.entry(&listing.id).or_insert_with(|| {
                order.push(&listing.id);
                (listing, revision)
            });
            if known.1 < revision {
                *known = (listing, revision);
            }
        }
        for id in order {
            let entry = pocket.entry(newest[id].0, &tables);
            pocket.entries.push(entry);
        }
        for (part, average) in pocket.average_lengths.iter_mut().enumerate() {
            let all: usize = pocket.entries.iter().map(|entry| entry.lengths[part]).sum();
            *average = all as f32 / pocket.entries.len().max(1) as f32;
        }
        pocket
    }

    fn entry(&mut self, listing: &'a Listing, tables: &[&Tables]) -> Entry<'a> {
        let titles: Vec<String> = both(&listing.title)
            .chain(listing.aliases.iter().chain(&listing.keywords).map(String::as_str))
            .map(str::to_owned)
            .collect();
        let mut around = listing.names_around();
        let mut seen = HashSet::new();
        around.retain(|name| seen.insert(self.known.fold_all(name)));
        let summaries = both(&listing.summary).map(str::to_owned).collect();
        let bodies = listing.body.iter().flat_map(both).map(str::to_owned).collect();
        let parts: [Vec<usize>; Part::ALL.len()] = [titles, around, summaries, bodies]
            .map(|texts: Vec<String>| texts.iter().map(|text| self.number(text, tables)).collect());
        let called = std::iter::once(&listing.title.zh).chain(&listing.aliases).map(|name| self.known.fold_all(name));
        Entry {
            facts: listing.search_facts(),
            titles: parts[Part::Title as usize].iter().map(|number| Title::of(&self.texts[*number])).collect(),
            names: called.filter(|name| name.chars().count() >= 2 && name.chars().all(is_han)).collect(),
            lengths: std::array::from_fn(|part| parts[part].iter().map(|number| self.texts[*number].length).sum()),
            parts,
            listing,
        }
    }

    fn number(&mut self, text: &str, tables: &[&Tables]) -> usize {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.texts.len();
        self.texts.push(read(text, &mut self.known, tables));
        self.numbers.insert(text.to_owned(), number);
        number
    }

    /// A text of one of the listings, cut.
    pub(super) fn text(&self, shown: &str) -> Option<&Text> {
        self.numbers.get(shown).map(|number| &self.texts[*number])
    }

    /// A listing by the last part of its path.
    pub fn find(&self, kind: Kind, slug: &str) -> Option<&'a Listing> {
        self.entries.iter().map(|entry| entry.listing).find(|listing| listing.kind() == kind && listing.slug.as_str() == slug)
    }

    pub fn listing(&self, id: &ListingId) -> Option<&'a Listing> {
        self.entries.iter().map(|entry| entry.listing).find(|listing| listing.id == *id)
    }

    pub fn fold(&self, text: &str) -> String {
        self.known.fold_all(text)
    }

    pub(super) fn is_hidden(&self, entry: &Entry) -> bool {
        self.hidden.contains(&entry.listing.id)
    }

    /// Whether this is what a region is called.
    pub(super) fn names_a_region(&self, compact: &str) -> bool {
        self.called_like_a_region.contains(compact)
    }

    pub(super) fn bearers(&self, compact: &str) -> impl Iterator<Item = &Entry<'a>> {
        self.entries.iter().filter(move |entry| entry.titles.iter().any(|title| title.is(compact)))
    }
}

fn both(text: &Said) -> impl Iterator<Item = &str> {
    std::iter::once(text.zh.as_str()).chain(text.en.as_deref())
}

/// In characters, in letters, and in English without spaces.
fn region_names() -> HashSet<String> {
    let of = |region: &'static region::Region| {
        let syllables: Vec<&str> = region.pinyin.split(' ').collect();
        let spoken = move |name: &str| syllables[..name.chars().count().min(syllables.len())].concat();
        let english = region.name.en.as_deref().unwrap_or_default().to_lowercase();
        [
            region.name.zh.clone(),
            region.short_name().to_owned(),
            spoken(&region.name.zh),
            spoken(region.short_name()),
            english.chars().filter(char::is_ascii_alphanumeric).collect(),
        ]
    };
    region::all().iter().flat_map(of).filter(|name| !name.is_empty()).collect()
}

impl Entry<'_> {
    /// What its score is multiplied by, whatever was asked for.
    pub fn prior(&self, today: NaiveDate) -> f32 {
        let listing = self.listing;
        let when = |is: bool, factor: f32| if is { factor } else { 1.0 };
        let kind = KIND_PRIORS.iter().find(|(kind, _)| *kind == listing.kind()).map_or(1.0, |(_, prior)| *prior);
        let is_over = matches!(&listing.details, Details::Offer(offer) if offer.until < today);
        kind * self.facts.grade.as_deref().map_or(1.0, grade_prior)
            * (1.0 + BEST_QUALITY * f32::from(listing.quality()) / 100.0)
            * when(listing.months.bits() & Months::of(today).bits() != 0, IN_SEASON)
            * when(listing.sample, SAMPLE)
            * when(is_over, OVER)
    }
}

impl Names for Pocket<'_> {
    fn is_name(&self, text: &str) -> bool {
        // 凤凰古镇 is nobody's title and yet a name: the table of synonyms has it whole
        let is_known = text.chars().count() >= SHORTEST_KNOWN_NAME && !self.synonyms.of(text).is_empty();
        is_known || self.bearers(&compact(text)).next().is_some()
    }

    fn is_in_a_name(&self, text: &str) -> bool {
        let folded = self.fold(text);
        let titles = || self.entries.iter().flat_map(|entry| &entry.parts[Part::Title as usize]);
        folded.chars().count() > 1 && titles().any(|number| self.texts[*number].folded.contains(&folded))
    }

    fn place(&self, name: &str) -> Option<Point> {
        let compact = compact(&self.fold(name));
        let mut here: Vec<&Listing> =
            self.bearers(&compact).map(|entry| entry.listing).filter(|it| it.position.is_some()).collect();
        // a place before the product that bears its name
        here.sort_by_key(|listing| (listing.kind() != Kind::Place, listing.kind().index(), listing.id.clone()));
        here.first()?.position.map(|position| position.point())
    }
}

/// Letters and characters alone, as titles are compared.
fn compact(folded: &str) -> String {
    let chars: Vec<char> = folded.chars().collect();
    crate::search::script::runs(&chars).into_iter().map(|run| run.text).collect()
}

impl Pocket<'_> {
    pub(super) fn typed(&self, text: &str) -> crate::search::terms::Typed {
        crate::search::terms::parse(text, &self.known)
    }

    pub(super) fn pieces(&self, text: &str) -> Vec<String> {
        crate::search::pieces::pieces(text, &self.synonyms, &self.known)
    }
}
