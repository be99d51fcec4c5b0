//! From terms to a query of the engine.
//!
//! Every wanted term must match somewhere; where it matches best counts, by [`super::schema::WEIGHTS`]. Chinese is never
//! matched by sound: only Latin letters ask the fields of pinyin. Only the last term may be the beginning of a word.

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur, PhrasePrefixQuery, PhraseQuery,
    Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term as Token};

use super::Fault;
use super::analysis::{self, Script};
use super::document::{MOST_INITIALS, initial_token};
use super::pinyin::{self, Spelling};
use super::schema::{EXACT_TITLE, Fields, Form, Part, TITLE_START};
use super::terms::{Term, Typed};

type Clause = Box<dyn Query>;

/// How much the second-best place of a match counts.
const TIE_BREAKER: f32 = 0.1;
/// The whole term in one piece, against its words apart.
const IN_ONE_PIECE: f32 = 2.0;
/// A word that only begins as typed, against the word itself.
const BEGUN: f32 = 0.6;
/// Words that a beginning is completed to, in each field.
const MOST_COMPLETIONS: usize = 48;
/// Ways of reading a mixed term that are tried.
const MOST_MIXTURES: usize = 8;

const SHORT_PARTS: &[Part] = &[Part::Title, Part::Names];

pub struct Planner<'a> {
    pub fields: &'a Fields,
    pub searcher: &'a Searcher,
    /// Where to look.
    pub parts: &'static [Part],
    /// Whether order is by relevance: if not, what only adds to a score is left out.
    pub scored: bool,
}

impl Planner<'_> {
    pub fn plan(&self, typed: &Typed) -> Result<Clause, Fault> {
        if typed.terms.is_empty() {
            // signs alone mean nothing that could be found
            return Ok(if typed.blank { Box::new(AllQuery) } else { Box::new(EmptyQuery) });
        }
        let mut clauses: Vec<(Occur, Clause)> = Vec::new();
        for term in &typed.terms {
            if term.excluded {
                clauses.push((Occur::MustNot, self.strictly(term)?));
            } else if term.quoted {
                clauses.push((Occur::Must, self.strictly(term)?));
            } else {
                clauses.push((Occur::Must, self.term(term)?));
            }
        }
        if typed.compact.is_empty() {
            clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(Box::new(AllQuery), 1.0))));
        } else if self.scored {
            for (field, score) in [(self.fields.exact, EXACT_TITLE), (self.fields.starts, TITLE_START)] {
                let whole = token_query(field, &typed.compact, IndexRecordOption::Basic);
                clauses.push((Occur::Should, Box::new(ConstScoreQuery::new(whole, score))));
            }
            clauses.extend(self.neighbours(typed).map(|clause| (Occur::Should, clause)));
        }
        Ok(Box::new(BooleanQuery::new(clauses)))
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

    /// A run of characters: in one piece, or all its words wherever they are.
    fn han(&self, text: &str) -> Clause {
        let whole = self.in_one_piece(text, self.parts);
        let chars: Vec<char> = text.chars().collect();
        let mut words: Vec<String> = analysis::words(text).into_iter().map(|word| String::from_iter(&chars[word])).collect();
        let is_word = |word: &String| word.chars().nth(1).is_some();
        // single characters alone, found here and there, would be noise: 张云 is not any 张 with any 云
        if words.len() < 2 || !words.iter().any(is_word) {
            return whole;
        }
        words.retain(|word| !analysis::is_filler(word));
        let apart = words.iter().map(|word| {
            let parts = if is_word(word) { self.parts } else { SHORT_PARTS };
            (Occur::Must, self.in_one_piece(word, parts))
        });
        let apart = BooleanQuery::new(apart.collect());
        best(vec![boosted(whole, IN_ONE_PIECE), Box::new(apart)])
    }

    /// These characters next to each other, as a word or as any characters.
    fn in_one_piece(&self, text: &str, parts: &'static [Part]) -> Clause {
        let chars: Vec<char> = text.chars().collect();
        let mut places: Vec<Clause> = Vec::new();
        if chars.len() > 1 {
            let words = self.fields.of(Form::Words, parts);
            places.extend(words.map(|(field, weight)| boosted(token_query(field, text, IndexRecordOption::WithFreqs), weight)));
        }
        for (field, weight) in self.fields.of(Form::Grams, parts) {
            places.push(boosted(phrase(pairs(field, &chars)), weight));
        }
        best(places)
    }

    /// Letters: English, pinyin, or first letters.
    fn latin(&self, text: &str, last: bool) -> Result<Clause, Fault> {
        let mut places = self.english(text, last)?;
        places.extend(self.pinyin(text, last));
        if text.len() <= MOST_INITIALS && text.bytes().all(|b| b.is_ascii_lowercase()) {
            let initials = self.fields.of(Form::Initials, self.parts);
            places
                .extend(initials.map(|(field, weight)| boosted(token_query(field, text, IndexRecordOption::WithFreqs), weight)));
        }
        Ok(best(places))
    }

    fn english(&self, text: &str, last: bool) -> Result<Vec<Clause>, Fault> {
        let mut places: Vec<Clause> = Vec::new();
        let stem = analysis::stem(text);
        for (field, weight) in self.fields.of(Form::English, self.parts) {
            places.push(boosted(token_query(field, &stem, IndexRecordOption::WithFreqs), weight));
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
        for reader in self.searcher.segment_readers() {
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
        Ok(found.iter().map(|word| token_query(field, word, IndexRecordOption::WithFreqs)).collect())
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
                places.push(boosted(sound(field, &spelling.whole, spelling.begun.as_deref()), weight));
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
            let in_one_piece = mixtures.iter().map(|(tokens, begun)| sound(field, tokens, begun.as_deref()));
            places.extend(in_one_piece.map(|clause| boosted(clause, weight * IN_ONE_PIECE)));
        }
        let mut apart: Vec<(Occur, Clause)> = Vec::new();
        for (i, run) in term.runs.iter().enumerate() {
            let at_end = term.last && i + 1 == term.runs.len();
            let clause = match run.script {
                Script::Han => self.han(&run.text),
                // letters that complete the characters beside them are not also looked for by sound elsewhere
                Script::Latin if by_sound => best(self.english(&run.text, at_end)?),
                Script::Latin => self.latin(&run.text, at_end)?,
            };
            apart.push((Occur::Must, clause));
        }
        places.push(Box::new(BooleanQuery::new(apart)));
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
            Ok((Occur::Must, clause))
        });
        Ok(Box::new(BooleanQuery::new(runs.collect::<Result<_, Fault>>()?)))
    }

    fn english_phrase(&self, words: &[&str]) -> Vec<Clause> {
        let fields = self.fields.of(Form::English, self.parts);
        let of_field = |(field, weight)| {
            let tokens = words.iter().enumerate().map(|(i, word)| (i, Token::from_field_text(field, word))).collect();
            boosted(phrase(tokens), weight)
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

/// Tokens of the field of sounds in a row, the last perhaps only begun.
fn sound(field: Field, tokens: &[String], begun: Option<&str>) -> Clause {
    let mut row: Vec<(usize, Token)> =
        tokens.iter().enumerate().map(|(i, token)| (i, Token::from_field_text(field, token))).collect();
    let Some(begun) = begun else { return phrase(row) };
    let mut letters = begun.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        row.push((tokens.len(), Token::from_field_text(field, &initial_token(letter))));
        return phrase(row);
    }
    if row.is_empty() {
        let syllables = pinyin::beginning_with(begun).map(|syllable| token_query(field, syllable, IndexRecordOption::WithFreqs));
        return best(syllables.collect());
    }
    row.push((tokens.len(), Token::from_field_text(field, begun)));
    Box::new(PhrasePrefixQuery::new_with_offset(row))
}

/// Characters in a row as pairs, every second one enough: 凤凰古城 is 凤凰 and, two further on, 古城.
fn pairs(field: Field, chars: &[char]) -> Vec<(usize, Token)> {
    let token = |at: usize, text: &[char]| (at, Token::from_field_text(field, &String::from_iter(text)));
    if chars.len() < 2 {
        return vec![token(0, chars)];
    }
    let last = chars.len() - 2;
    let mut tokens: Vec<_> = (0..=last).step_by(2).map(|at| token(at, &chars[at..at + 2])).collect();
    if last % 2 == 1 {
        tokens.push(token(last, &chars[last..]));
    }
    tokens
}

fn phrase(mut tokens: Vec<(usize, Token)>) -> Clause {
    match tokens.len() {
        0 => Box::new(EmptyQuery),
        1 => Box::new(TermQuery::new(tokens.remove(0).1, IndexRecordOption::WithFreqs)),
        _ => Box::new(PhraseQuery::new_with_offset(tokens)),
    }
}

fn token_query(field: Field, text: &str, record: IndexRecordOption) -> Clause {
    Box::new(TermQuery::new(Token::from_field_text(field, text), record))
}

fn boosted(clause: Clause, weight: f32) -> Clause {
    Box::new(BoostQuery::new(clause, weight))
}

/// The best of several places, the others counting a little.
fn best(mut places: Vec<Clause>) -> Clause {
    match places.len() {
        0 => Box::new(EmptyQuery),
        1 => places.remove(0),
        _ => Box::new(DisjunctionMaxQuery::with_tie_breaker(places, TIE_BREAKER)),
    }
}
