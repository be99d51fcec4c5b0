//! The fields of the index. A text is indexed by [`Part`] (where it stood) and [`Form`] (how it is looked up).
//!
//! Useful for: deciding which listings match words, and how well. Not useful for: filters and order, which are in [`super::row`].

use domain::Lang;
use domain::listing::kinds::{Family, Level};
use domain::listing::{KIND_WORDS, Kind, Tag};
use domain::region;
pub use domain::search::weights::{EXACT_TITLE, Form, Part, TITLE_START, WEIGHTS};
use sha2::{Digest, Sha256};
use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};

use super::analysis::dictionary_seed;
use super::packed::TOKENIZER;
use super::pinyin::{OWN_NAMES, OWN_READINGS};
use super::row::Columns;

/// Grows with every change of what is written for a listing.
const VERSION: u32 = 4;

#[derive(Debug, Clone)]
pub struct Fields {
    texts: [[Option<Field>; Form::ALL.len()]; Part::ALL.len()],
    /// Whole titles, letters and characters only.
    pub exact: Field,
    /// Every beginning of a title.
    pub starts: Field,
    pub id: Field,
    pub digest: Field,
    pub slug: Field,
    pub title_zh: Field,
    pub title_en: Field,
    pub columns: Columns,
}

impl Fields {
    pub fn text(&self, part: Part, form: Form) -> Option<Field> {
        self.texts[part as usize][form as usize]
    }

    /// Fields of a form with their weights, in the parts that are asked for.
    pub fn of(&self, form: Form, parts: &'static [Part]) -> impl Iterator<Item = (Field, f32)> + '_ {
        let rows = WEIGHTS.iter().filter(move |(part, its_form, _)| *its_form == form && parts.contains(part));
        rows.filter_map(move |(part, form, weight)| Some((self.text(*part, *form)?, *weight)))
    }
}

pub fn build() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let mut texts = [[None; Form::ALL.len()]; Part::ALL.len()];
    for (part, form, _) in WEIGHTS {
        let record = if has_positions(*form) { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::WithFreqs };
        let name = format!("{part:?}_{form:?}").to_lowercase();
        texts[*part as usize][*form as usize] = Some(builder.add_text_field(&name, tokens(record)));
    }
    let basic =
        || tokens(IndexRecordOption::Basic).set_indexing_options(indexing(IndexRecordOption::Basic).set_fieldnorms(false));
    let fields = Fields {
        texts,
        exact: builder.add_text_field("title_exact", basic()),
        starts: builder.add_text_field("title_starts", basic()),
        id: builder.add_text_field("id", STRING | STORED),
        digest: builder.add_text_field("digest", STORED),
        slug: builder.add_text_field("slug", STORED),
        title_zh: builder.add_text_field("title_zh", STORED),
        title_en: builder.add_text_field("title_en", STORED),
        columns: Columns::declare(&mut builder),
    };
    // A field that is never filled: its name makes an index of another making unlike ours.
    builder.add_text_field(&format!("made_by_{}", making()), STORED);
    (builder.build(), fields)
}

/// Forms in which it matters what stands beside what.
fn has_positions(form: Form) -> bool {
    matches!(form, Form::Grams | Form::Sound | Form::English)
}

/// We cut texts into tokens ourselves: what is written is packed tokens.
fn tokens(record: IndexRecordOption) -> TextOptions {
    TextOptions::default().set_indexing_options(indexing(record))
}

fn indexing(record: IndexRecordOption) -> TextFieldIndexing {
    TextFieldIndexing::default().set_tokenizer(TOKENIZER).set_index_option(record)
}

/// A name for everything an index depends on: the version, our words and readings, the order and labels of the tables.
fn making() -> String {
    let mut hash = Sha256::new();
    hash.update(dictionary_seed());
    hash.update(OWN_READINGS);
    OWN_NAMES.iter().for_each(|(name, spoken)| hash.update(format!("{name} {spoken:?}\n")));
    for region in region::all() {
        hash.update(format!("{} {} {}\n", region.code, region.name.zh, region.pinyin));
    }
    let codes = (Kind::ALL.iter().map(|it| (it.name(), it.label(Lang::En))))
        .chain(Tag::ALL.iter().map(|it| (it.code(), it.label(Lang::En))))
        .chain(Family::ALL.iter().map(|it| (it.code(), it.label(Lang::En))))
        .chain(Level::ALL.iter().map(|it| (it.code(), it.label(Lang::En))));
    codes.for_each(|(code, label)| hash.update(format!("{code} {label}\n")));
    let more_words = KIND_WORDS.iter().flat_map(|(_, words)| words.iter());
    more_words.for_each(|word| hash.update(word));
    let short: String = hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("{VERSION}_{short}")
}
