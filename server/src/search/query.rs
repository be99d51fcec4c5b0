//! From terms to a query of the engine.
//!
//! Every wanted term must match somewhere; where it matches best counts, by [`super::schema::WEIGHTS`]. Chinese is never
//! matched by sound: only Latin letters ask the fields of pinyin. Only the last term may be the beginning of a word.

pub use domain::search::terms::{in_characters, synonyms_at};
use domain::search::weights::{BEGUN, IN_ONE_PIECE, MOST_BEARERS, MOST_NAMES, PARTS_OF_A_NAME, RELATED, SYNONYM};
use tantivy::Term as Token;
use tantivy::schema::Field;

use super::Fault;
use super::analysis::{self, Script};
use super::clauses::{All, Clause, all, best, boosted, flat, most_of, pairs, phrase, sounds, syllables, token};
use super::document::{MOST_INITIALS, initial_token};
use super::pieces;
use super::pinyin::{self, Spelling};
use super::row::NAMES;
use super::schema::{EXACT_TITLE, Fields, Form, Part, TITLE_START};
use super::snapshot::Snapshot;
use super::synonyms::Synonyms;
use super::terms::{Term, Typed};

/// Words that a beginning is completed to, in each field.
const MOST_COMPLETIONS: usize = 48;
/// Ways of reading a mixed term that are tried.
const MOST_MIXTURES: usize = 8;

const SHORT_PARTS: &[Part] = &[Part::Title, Part::Names];

/// Clauses for titles as wholes and from their start.
struct Keys {
    whole: Vec<Clause>,
    start: Vec<Clause>,
}

pub struct Planner<'a> {
    pub fields: &'a Fields,
    pub snapshot: &'a Snapshot,
    /// Where to look.
    pub parts: &'static [Part],
    /// Whether order is by relevance: if not, what only adds to a score is left out.
    pub scored: bool,
    /// Words that need not be there and make a hit a better one.
    pub kept: &'a [String],
    pub synonyms: &'a Synonyms,
}

impl<'a> Planner<'a> {
    /// For what matches, in whatever order.
    pub fn unscored(fields: &'a Fields, snapshot: &'a Snapshot, synonyms: &'a Synonyms) -> Self {
        Self { fields, snapshot, parts: &Part::ALL, scored: false, kept: &[], synonyms }
    }

    pub fn plan(&self, typed: &Typed) -> Result<Clause, Fault> {
        if typed.terms.is_empty() {
            // signs alone mean nothing that could be found
            let everything = if typed.blank { Clause::Everything } else { Clause::Nothing };
            return Ok(if self.scored && typed.blank { self.better_with_kept(everything) } else { everything });
        }
        let mut plan = All::default();
        let mut wanted: Vec<Clause> = Vec::new();
        let mut at = 0;
        while at < typed.terms.len() {
            let term = &typed.terms[at];
            if term.excluded {
                plan.not.push(self.strictly(term)?);
            } else if term.quoted {
                plan.must.push(self.strictly(term)?);
            } else if let Some((length, others)) = synonyms_at(&typed.terms[at..], self.synonyms) {
                let each = typed.terms[at..at + length].iter().map(|term| self.term(term));
                let mut places = vec![all(each.collect::<Result<_, Fault>>()?)];
                places.extend(self.others(others));
                wanted.push(best(places));
                at += length;
                continue;
            } else {
                wanted.push(self.term(term)?);
            }
            at += 1;
        }
        let all_wanted = plan.not.is_empty() && plan.must.is_empty();
        if let Some(mut clause) = most_of(wanted) {
            if all_wanted && self.scored && self.parts.len() == Part::ALL.len() {
                let related = self
                    .also_called(&in_characters(&typed.compact).unwrap_or_else(|| typed.compact.clone()))?
                    .into_iter()
                    .map(|name| self.in_one_piece(&name, self.parts));
                let related: Vec<Clause> = related.collect();
                if !related.is_empty() {
                    clause = best(vec![clause, boosted(best(related), RELATED)]);
                }
            }
            plan.must.push(clause);
        }
        if typed.compact.is_empty() {
            plan.must.push(Clause::Everything);
        } else if self.scored {
            let Keys { whole, start } = self.title_keys(&typed.compact);
            plan.should.extend(whole);
            plan.should.extend(start);
            plan.should.extend(self.neighbours(typed));
        }
        let plan = Clause::All(plan);
        Ok(if self.scored { self.better_with_kept(plan) } else { plan })
    }

    /// Titles that are what was typed or begin with it.
    pub fn title_starts(&self, compact: &str) -> Clause {
        let Keys { whole, start } = self.title_keys(compact);
        // a start longer than those that are kept is a whole title at best
        Clause::Most(whole.into_iter().chain(start).collect(), 1)
    }

    fn title_keys(&self, compact: &str) -> Keys {
        let written: Vec<String> = [Some(compact.to_owned()), in_characters(compact)].into_iter().flatten().collect();
        let keys = |field, score| written.iter().map(|text| flat(token(field, text), score)).collect();
        Keys { whole: keys(self.fields.exact, EXACT_TITLE), start: keys(self.fields.starts, TITLE_START) }
    }

    /// Other names of the listings that bear this one: who asks for 雾漫小东江 is also served by what speaks of 东江湖.
    fn also_called(&self, compact: &str) -> Result<Vec<String>, Fault> {
        let mut names: Vec<String> = Vec::new();
        let bearers = self.snapshot.find(&token(self.fields.exact, compact))?;
        // a name that many bear says little
        if bearers.len() > MOST_BEARERS {
            return Ok(names);
        }
        for doc in bearers {
            let Some(column) = self.snapshot.searcher.segment_reader(doc.segment_ord).fast_fields().str(NAMES)? else { continue };
            for ord in column.term_ords(doc.doc_id) {
                let mut name = String::new();
                column.ord_to_str(ord, &mut name)?;
                // what has the typed name in it is found by it
                if !name.contains(compact) && !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names.sort();
        names.truncate(MOST_NAMES);
        Ok(names)
    }

    fn better_with_kept(&self, plan: Clause) -> Clause {
        if self.kept.is_empty() {
            return plan;
        }
        let kept = self.kept.iter().filter(|word| word.chars().all(analysis::is_han)).map(|word| self.han(word));
        Clause::All(All { must: vec![plan], should: kept.collect(), not: Vec::new() })
    }

    /// Other words for what was typed, worth less than the word itself.
    fn others<'b>(&'b self, words: Vec<&'b str>) -> impl Iterator<Item = Clause> + 'b {
        words.into_iter().enumerate().map(|(i, word)| {
            let clause = if word.is_ascii() {
                let words: Vec<String> = word.split(' ').map(analysis::stem).collect();
                best(self.english_phrase(&words.iter().map(String::as_str).collect::<Vec<_>>()))
            } else {
                self.in_one_piece(word, self.parts)
            };
            // the nearest first
            boosted(clause, SYNONYM / (1.0 + 0.2 * i as f32))
        })
    }

    fn term(&self, term: &Term) -> Result<Clause, Fault> {
        match term.runs.as_slice() {
            [run] => match run.script {
                Script::Han => Ok(self.han(&run.text)),
                Script::Latin => self.latin(&run.text, term.last),
            },
            _ => self.mixed(term),
        }
    }

    /// A run of characters: in one piece, another word for it, or all its words wherever they are.
    fn han(&self, text: &str) -> Clause {
        let mut ways = vec![boosted(self.in_one_piece(text, self.parts), IN_ONE_PIECE)];
        ways.extend(self.others(self.synonyms.of(text)));
        let pieces = pieces::pieces(text, self.synonyms);
        let is_word = |piece: &String| piece.chars().nth(1).is_some();
        // single characters alone, found here and there, would be noise: 张云 is not any 张 with any 云
        if pieces.iter().any(is_word) && pieces.iter().any(|piece| piece != text) {
            let apart = pieces.iter().map(|piece| {
                let parts = if is_word(piece) { self.parts } else { SHORT_PARTS };
                let mut places = vec![self.in_one_piece(piece, parts)];
                places.extend(self.others(self.synonyms.of(piece)));
                best(places)
            });
            // who types a name means it, and not what has its parts
            let weight = if self.begins_a_title(text) { PARTS_OF_A_NAME } else { 1.0 };
            ways.extend(most_of(apart.collect()).map(|apart| boosted(apart, weight)));
        }
        best(ways)
    }

    fn begins_a_title(&self, text: &str) -> bool {
        self.snapshot.searcher.doc_freq(&Token::from_field_text(self.fields.starts, text)).is_ok_and(|count| count > 0)
    }

    /// These characters next to each other, as a word or as any characters.
    fn in_one_piece(&self, text: &str, parts: &'static [Part]) -> Clause {
        let chars: Vec<char> = text.chars().collect();
        let mut places: Vec<Clause> = Vec::new();
        if chars.len() > 1 {
            let words = self.fields.of(Form::Words, parts);
            places.extend(words.map(|(field, weight)| boosted(token(field, text), weight)));
        }
        for (field, weight) in self.fields.of(Form::Grams, parts) {
            places.push(boosted(pairs(field, &chars), weight));
        }
        best(places)
    }

    /// Letters: English, pinyin, or first letters.
    fn latin(&self, text: &str, last: bool) -> Result<Clause, Fault> {
        let mut places = self.english(text, last)?;
        places.extend(self.pinyin(text, last));
        if text.len() <= MOST_INITIALS && text.bytes().all(|b| b.is_ascii_lowercase()) {
            let initials = self.fields.of(Form::Initials, self.parts);
            places.extend(initials.map(|(field, weight)| boosted(token(field, text), weight)));
        }
        Ok(best(places))
    }

    fn english(&self, text: &str, last: bool) -> Result<Vec<Clause>, Fault> {
        let mut places: Vec<Clause> = Vec::new();
        let stem = analysis::stem(text);
        for (field, weight) in self.fields.of(Form::English, self.parts) {
            places.push(boosted(token(field, &stem), weight));
            if last && text.chars().nth(1).is_some() {
                let completions = self.completions(field, text)?;
                if !completions.is_empty() {
                    places.push(boosted(best(completions), weight * BEGUN));
                }
            }
        }
        Ok(places)
    }

    /// Words of a field that begin so, the word itself left out.
    fn completions(&self, field: Field, beginning: &str) -> Result<Vec<Clause>, Fault> {
        let mut found: Vec<String> = Vec::new();
        for reader in self.snapshot.searcher.segment_readers() {
            let index = reader.inverted_index(field)?;
            let mut stream = index.terms().range().gt(beginning).into_stream()?;
            let mut taken = 0;
            while taken < MOST_COMPLETIONS && stream.advance() && stream.key().starts_with(beginning.as_bytes()) {
                taken += 1;
                let word = String::from_utf8_lossy(stream.key());
                if !found.iter().any(|known| *known == word) {
                    found.push(word.into_owned());
                }
            }
        }
        Ok(found.iter().map(|word| token(field, word)).collect())
    }

    fn pinyin(&self, text: &str, last: bool) -> Vec<Clause> {
        let mut spellings = pinyin::spellings(text);
        if last {
            spellings.extend(pinyin::begun_spellings(text));
        }
        let mut places = Vec::new();
        for (field, weight) in self.fields.of(Form::Sound, self.parts) {
            for spelling in &spellings {
                let weight = if spelling.begun.is_some() { weight * BEGUN } else { weight };
                places.push(boosted(syllables(field, &spelling.whole, spelling.begun.as_deref()), weight));
            }
        }
        places
    }

    /// Runs of both scripts without a space: `凤huang` in one piece by sound, or each run for itself.
    fn mixed(&self, term: &Term) -> Result<Clause, Fault> {
        let mut mixtures: Vec<(Vec<String>, Option<String>)> = vec![(Vec::new(), None)];
        for (i, run) in term.runs.iter().enumerate() {
            let at_end = term.last && i + 1 == term.runs.len();
            let ways: Vec<(Vec<String>, Option<String>)> = match run.script {
                Script::Han => vec![(run.text.chars().map(String::from).collect(), None)],
                Script::Latin => latin_ways(&run.text, at_end),
            };
            let extended = mixtures.iter().flat_map(|(before, _)| {
                ways.iter().map(move |(tokens, begun)| (before.iter().chain(tokens).cloned().collect(), begun.clone()))
            });
            mixtures = extended.take(MOST_MIXTURES).collect();
        }
        let by_sound = !mixtures.is_empty();
        let mut places = Vec::new();
        for (field, weight) in self.fields.of(Form::Sound, self.parts) {
            let in_one_piece = mixtures.iter().map(|(tokens, begun)| sounds(field, tokens, begun.as_deref()));
            places.extend(in_one_piece.map(|clause| boosted(clause, weight * IN_ONE_PIECE)));
        }
        let mut apart: Vec<Clause> = Vec::new();
        for (i, run) in term.runs.iter().enumerate() {
            let at_end = term.last && i + 1 == term.runs.len();
            let clause = match run.script {
                Script::Han => self.han(&run.text),
                // letters that complete the characters beside them are not also looked for by sound elsewhere
                Script::Latin if by_sound => best(self.english(&run.text, at_end)?),
                Script::Latin => self.latin(&run.text, at_end)?,
            };
            apart.push(clause);
        }
        places.push(all(apart));
        let typed: String = term.runs.iter().map(|run| run.text.as_str()).collect();
        if let Some(text) = in_characters(&typed) {
            places.push(self.han(&text));
        }
        Ok(best(places))
    }

    /// As written: no words apart, no beginnings, no first letters.
    fn strictly(&self, term: &Term) -> Result<Clause, Fault> {
        if term.runs.iter().all(|run| run.script == Script::Latin) && (term.quoted || term.runs.len() > 1) {
            let words: Vec<&str> = term.runs.iter().map(|run| run.text.as_str()).collect();
            return Ok(best(self.english_phrase(&words)));
        }
        let runs = term.runs.iter().map(|run| {
            let clause = match run.script {
                Script::Han => self.in_one_piece(&run.text, self.parts),
                Script::Latin => {
                    let mut places = self.english(&run.text, false)?;
                    places.extend(self.pinyin(&run.text, false));
                    best(places)
                }
            };
            Ok(clause)
        });
        Ok(all(runs.collect::<Result<_, Fault>>()?))
    }

    fn english_phrase(&self, words: &[&str]) -> Vec<Clause> {
        let fields = self.fields.of(Form::English, self.parts);
        let of_field = |(field, weight)| {
            let tokens = words.iter().enumerate().map(|(i, word)| (i, (*word).to_owned())).collect();
            boosted(phrase(field, tokens), weight)
        };
        fields.map(of_field).collect()
    }

    /// Latin words in a row are worth more where they stand in a row: as a phrase, and as pinyin typed with spaces.
    fn neighbours(&self, typed: &Typed) -> impl Iterator<Item = Clause> {
        let words: Option<Vec<&str>> = typed.terms.iter().filter(|term| !term.excluded).map(Term::latin).collect();
        let mut clauses = Vec::new();
        if let Some(words) = words.filter(|words| words.len() > 1) {
            clauses.extend(self.english_phrase(&words));
            clauses.extend(self.pinyin(&words.concat(), false));
        }
        clauses.into_iter()
    }
}

/// These characters next to each other in a title.
pub fn title_phrase(fields: &Fields, chars: &[char]) -> Option<Clause> {
    let grams = fields.text(Part::Title, Form::Grams)?;
    (chars.len() > 1).then(|| pairs(grams, chars))
}

/// Letters inside a mixed term: as syllables, as syllables and a beginning, as first letters.
fn latin_ways(letters: &str, at_end: bool) -> Vec<(Vec<String>, Option<String>)> {
    let mut spellings = pinyin::spellings(letters);
    if at_end {
        spellings.extend(pinyin::begun_spellings(letters));
    }
    let mut ways: Vec<_> = spellings.into_iter().map(|Spelling { whole, begun }| (whole, begun)).collect();
    if letters.len() <= 4 && letters.bytes().all(|b| b.is_ascii_lowercase()) {
        ways.push((letters.chars().map(initial_token).collect(), None));
    }
    ways.truncate(MOST_MIXTURES);
    ways
}
