//! What is written into the index for a listing.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use domain::Text;
use domain::listing::Listing;
use tantivy::TantivyDocument;

use super::analysis::{self, Run, Script};
use super::fold::fold;
use super::packed::Packed;
use super::pinyin;
use super::schema::{Fields, Form, Part};

/// Further than any phrase reaches: two texts in one field are never one phrase.
const GAP: usize = 200;
/// Longer runs of first letters are typed by nobody.
pub const MOST_INITIALS: usize = 8;
/// Beginnings of titles longer than this are not kept.
const LONGEST_START: usize = 12;

/// The first letter of a syllable, told apart from the syllables a, e and o.
pub fn initial_token(letter: char) -> String {
    format!("'{letter}")
}

/// Two syllables that follow each other.
pub fn syllable_pair(first: &str, second: &str) -> String {
    format!("{first} {second}")
}

pub fn document(fields: &Fields, listing: &Listing, digest: &str) -> TantivyDocument {
    let mut doc = TantivyDocument::new();
    doc.add_text(fields.id, listing.id.as_str());
    doc.add_text(fields.digest, digest);
    doc.add_text(fields.slug, listing.slug.as_str());
    doc.add_text(fields.title_zh, &listing.title.zh);
    if let Some(en) = &listing.title.en {
        doc.add_text(fields.title_en, en);
    }
    let titles: Vec<&str> =
        both(&listing.title).chain(listing.aliases.iter().chain(&listing.keywords).map(String::as_str)).collect();
    write_part(fields, &mut doc, Part::Title, titles.iter().copied());
    write_part(fields, &mut doc, Part::Names, names(listing).iter().map(String::as_str));
    write_part(fields, &mut doc, Part::Summary, both(&listing.summary));
    write_part(fields, &mut doc, Part::Body, listing.body.iter().flat_map(both));
    write_title_keys(fields, &mut doc, &titles);
    fields.columns.write(&mut doc, listing);
    doc
}

fn both(text: &Text) -> impl Iterator<Item = &str> {
    std::iter::once(text.zh.as_str()).chain(text.en.as_deref())
}

/// The names around a listing, each once.
fn names(listing: &Listing) -> Vec<String> {
    let mut names = listing.names_around();
    let mut seen = HashSet::new();
    names.retain(|name| seen.insert(fold(name)));
    names
}

/// The tokens of one text, each where it stands in it: characters for Chinese, words for English.
#[derive(Default)]
struct Cut {
    /// The texts of all tokens, one behind the other.
    texts: String,
    /// Form, position, and where its text ends.
    tokens: Vec<(Form, usize, usize)>,
    chars: usize,
    words: usize,
}

impl Cut {
    fn of(text: &str, by_sound: bool) -> Self {
        let mut cut = Self::default();
        let folded: Vec<char> = fold(text).chars().collect();
        for run in analysis::runs(&folded) {
            match run.script {
                Script::Han => cut.add_han(&run, &folded[run.range.clone()], by_sound),
                Script::Latin => {
                    let stem = analysis::stem(&run.text);
                    if stem != run.text {
                        cut.push(Form::English, cut.words, &stem);
                    }
                    cut.push(Form::English, cut.words, &run.text);
                    cut.words += 1;
                }
            }
        }
        cut.chars = folded.len();
        cut
    }

    fn push(&mut self, form: Form, position: usize, text: &str) {
        self.texts.push_str(text);
        self.tokens.push((form, position, self.texts.len()));
    }

    fn push_chars(&mut self, form: Form, position: usize, chars: &[char]) {
        self.texts.extend(chars);
        self.tokens.push((form, position, self.texts.len()));
    }

    fn add_han(&mut self, run: &Run, han: &[char], by_sound: bool) {
        let base = run.range.start;
        for i in 0..han.len() {
            self.push_chars(Form::Grams, base + i, &han[i..=i]);
            if i + 1 < han.len() {
                self.push_chars(Form::Grams, base + i, &han[i..=i + 1]);
            }
        }
        let words = analysis::words_and_parts(&run.text);
        for word in words.iter().filter(|word| word.len() > 1) {
            self.push_chars(Form::Words, base + word.start, &han[word.clone()]);
        }
        if !by_sound {
            return;
        }
        let readings = pinyin::readings(han);
        for (i, spoken) in readings.iter().enumerate() {
            self.push_chars(Form::Sound, base + i, &han[i..=i]);
            let mut letters: Vec<char> = Vec::new();
            for syllable in *spoken {
                self.push(Form::Sound, base + i, syllable);
                letters.extend(syllable.chars().next().filter(|letter| !letters.contains(letter)));
            }
            for letter in letters {
                self.push(Form::Sound, base + i, &initial_token(letter));
            }
            for next in readings.get(i + 1).copied().unwrap_or_default() {
                spoken.iter().for_each(|syllable| self.push(Form::Sound, base + i, &syllable_pair(syllable, next)));
            }
        }
        let starts: HashSet<usize> = words.iter().map(|word| word.start).collect();
        for start in (0..han.len()).filter(|i| starts.contains(i)) {
            let first_letters = readings[start..].iter().map_while(|r| r.first()?.chars().next()).take(MOST_INITIALS);
            let mut letters = String::new();
            for letter in first_letters {
                letters.push(letter);
                self.push(Form::Initials, base + start, &letters);
            }
        }
    }
}

/// Names that are remembered, of the kinds, tags and regions that stand in every other listing.
const MOST_REMEMBERED: usize = 2000;

thread_local! {
    static NAMES: RefCell<HashMap<String, Rc<Cut>>> = RefCell::default();
}

/// Cutting a name costs much more than remembering it.
fn cut_name(name: &str, by_sound: bool) -> Rc<Cut> {
    NAMES.with_borrow_mut(|known| {
        if let Some(cut) = known.get(name) {
            return Rc::clone(cut);
        }
        if known.len() == MOST_REMEMBERED {
            known.clear();
        }
        let cut = Rc::new(Cut::of(name, by_sound));
        known.insert(name.to_owned(), Rc::clone(&cut));
        cut
    })
}

/// The tokens of one part, form by form.
#[derive(Default)]
struct Tokens {
    forms: [Packed; Form::ALL.len()],
    /// Where the next text begins.
    chars: usize,
    words: usize,
}

impl Tokens {
    fn add(&mut self, cut: &Cut) {
        let mut start = 0;
        for (form, position, end) in &cut.tokens {
            let begin = if *form == Form::English { self.words } else { self.chars };
            self.forms[*form as usize].push(begin + position, &cut.texts[start..*end]);
            start = *end;
        }
        self.chars += cut.chars + GAP;
        self.words += cut.words + GAP;
    }
}

fn write_part<'a>(fields: &Fields, doc: &mut TantivyDocument, part: Part, texts: impl Iterator<Item = &'a str>) {
    let by_sound = fields.text(part, Form::Sound).is_some();
    let mut tokens = Tokens::default();
    match part {
        Part::Names => texts.for_each(|text| tokens.add(&cut_name(text, by_sound))),
        _ => texts.for_each(|text| tokens.add(&Cut::of(text, by_sound))),
    }
    for (form, tokens) in Form::ALL.into_iter().zip(tokens.forms) {
        if let (Some(field), Some(text)) = (fields.text(part, form), tokens.text()) {
            doc.add_text(field, text);
        }
    }
}

/// Whole titles and their beginnings, in characters and in pinyin.
fn write_title_keys(fields: &Fields, doc: &mut TantivyDocument, titles: &[&str]) {
    let mut exact = BTreeSet::new();
    let mut starts = BTreeSet::new();
    for title in titles {
        let folded: Vec<char> = fold(title).chars().collect();
        let mut written = String::new();
        let mut spoken = Some(String::new());
        let mut length = 0;
        for run in analysis::runs(&folded) {
            match run.script {
                Script::Han => {
                    let han = &folded[run.range];
                    for (c, readings) in han.iter().zip(pinyin::readings(han)) {
                        written.push(*c);
                        spoken = spoken.zip(readings.first()).map(|(text, syllable)| text + syllable);
                        length += 1;
                        if length <= LONGEST_START {
                            starts.insert(written.clone());
                            starts.extend(spoken.clone());
                        }
                    }
                }
                Script::Latin => {
                    written += &run.text;
                    spoken = spoken.map(|text| text + &run.text);
                    length += 1;
                    if length <= LONGEST_START {
                        starts.insert(written.clone());
                        starts.extend(spoken.clone());
                    }
                }
            }
        }
        if !written.is_empty() {
            exact.insert(written);
            exact.extend(spoken);
        }
    }
    for (field, keys) in [(fields.exact, exact), (fields.starts, starts)] {
        let mut tokens = Packed::default();
        keys.iter().for_each(|key| tokens.push(0, key));
        if let Some(text) = tokens.text() {
            doc.add_text(field, text);
        }
    }
}
