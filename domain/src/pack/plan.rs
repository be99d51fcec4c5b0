//! From terms to scores.
//!
//! Every wanted term must match somewhere; where it matches best counts, by [`WEIGHTS`]. Chinese is never matched by sound: only
//! Latin letters ask how names are read. Only the last term may be the beginning of a word.

use super::pocket::{Entry, Pocket, Title};
use super::scores::Scores;
use super::texts::{How, MOST_INITIALS, Text};
use crate::search::script::{Script, is_han};
use crate::search::terms::{Term, Typed, in_characters, synonyms_at};
use crate::search::tongue::Tongue;
use crate::search::weights::{
    BEGUN, EXACT_TITLE, Form, IN_ONE_PIECE, MOST_BEARERS, MOST_NAMES, PARTS_OF_A_NAME, Part, RELATED, SYNONYM, TITLE_START,
    WEIGHTS,
};

/// Letters inside a mixed term that may be first letters.
const MOST_MIXED_INITIALS: usize = 4;
/// How quickly more of the same word is worth no more, and how much longer texts are worth less.
const SATURATION: f32 = 1.2;
const BY_LENGTH: f32 = 0.75;

const SHORT_PARTS: &[Part] = &[Part::Title, Part::Names];

pub struct Planner<'a> {
    pub pocket: &'a Pocket<'a>,
    /// Words that need not be there and make a hit a better one.
    pub kept: &'a [String],
}

impl Planner<'_> {
    pub fn plan(&self, typed: &Typed) -> Scores {
        let count = self.count();
        if typed.terms.is_empty() {
            // signs alone mean nothing that could be found
            return if typed.blank { self.better_with_kept(Scores::all(count)) } else { Scores::none(count) };
        }
        let (mut wanted, mut must, mut not) = (Vec::new(), Vec::new(), Vec::new());
        let mut at = 0;
        while at < typed.terms.len() {
            let term = &typed.terms[at];
            at += 1;
            if term.excluded {
                not.push(self.strictly(term));
            } else if term.quoted {
                must.push(self.strictly(term));
            } else if let Some((length, others)) = synonyms_at(&typed.terms[at - 1..], &self.pocket.synonyms) {
                let each: Vec<Scores> = typed.terms[at - 1..at - 1 + length].iter().map(|term| self.term(term)).collect();
                let said = Scores::at_least(count, length, &each);
                wanted.push(self.best([vec![said], self.others(others)].concat()));
                at += length - 1;
            } else {
                wanted.push(self.term(term));
            }
        }
        let all_wanted = must.is_empty() && not.is_empty();
        if !wanted.is_empty() {
            let mut found = Scores::most(count, &wanted);
            if all_wanted {
                let related = self.also_called(&in_characters(&typed.compact).unwrap_or_else(|| typed.compact.clone()));
                let related: Vec<Scores> = related.iter().map(|name| self.in_one_piece(name, &Part::ALL)).collect();
                found = self.best(vec![found, self.best(related).times(RELATED)]);
            }
            must.push(found);
        }
        let mut found = if must.is_empty() { Scores::all(count) } else { Scores::at_least(count, must.len(), &must) };
        for out in &not {
            found = found.without(out);
        }
        if !typed.compact.is_empty() {
            found = found.plus(&self.titles(&typed.compact));
            found = self.neighbours(typed).iter().fold(found, Scores::plus);
        }
        self.better_with_kept(found)
    }

    fn count(&self) -> usize {
        self.pocket.entries.len()
    }

    fn best(&self, places: Vec<Scores>) -> Scores {
        Scores::best(self.count(), places)
    }

    /// Titles that are what was typed, or begin with it.
    fn titles(&self, compact: &str) -> Scores {
        let written: Vec<String> = std::iter::once(compact.to_owned()).chain(in_characters(compact)).collect();
        let worth = |entry: &Entry| {
            let any = |fits: &dyn Fn(&Title, &str) -> bool| {
                written.iter().any(|text| entry.titles.iter().any(|title| fits(title, text)))
            };
            let whole = if any(&|title, text| title.is(text)) { EXACT_TITLE } else { 0.0 };
            let start = if any(&|title, text| title.starts_with(text)) { TITLE_START } else { 0.0 };
            whole + start
        };
        Scores(self.pocket.entries.iter().map(worth).collect())
    }

    /// Other names of the listings that bear this one: who asks for 雾漫小东江 is also served by what speaks of 东江湖.
    fn also_called(&self, compact: &str) -> Vec<String> {
        let bearers: Vec<_> = self.pocket.bearers(compact).take(MOST_BEARERS + 1).collect();
        // a name that many bear says little
        if bearers.len() > MOST_BEARERS {
            return Vec::new();
        }
        let names = bearers.into_iter().flat_map(|entry| &entry.names).filter(|name| !name.contains(compact));
        let mut names: Vec<String> = names.cloned().collect();
        names.sort();
        names.dedup();
        names.truncate(MOST_NAMES);
        names
    }

    fn better_with_kept(&self, found: Scores) -> Scores {
        let kept = self.kept.iter().filter(|word| word.chars().all(is_han));
        kept.fold(found, |found, word| found.plus(&self.han(word)))
    }

    /// Other words for what was typed, worth less than the word itself; the nearest first.
    fn others(&self, words: Vec<&str>) -> Vec<Scores> {
        let of = |(i, word): (usize, &str)| {
            let found = if word.is_ascii() {
                self.english_row(&word.split(' ').collect::<Vec<_>>())
            } else {
                self.in_one_piece(word, &Part::ALL)
            };
            found.times(SYNONYM / (1.0 + 0.2 * i as f32))
        };
        words.into_iter().enumerate().map(of).collect()
    }

    fn term(&self, term: &Term) -> Scores {
        match term.runs.as_slice() {
            [run] => match run.script {
                Script::Han => self.han(&run.text),
                Script::Latin => self.latin(&run.text, term.last),
            },
            _ => self.mixed(term),
        }
    }

    /// A run of characters: in one piece, another word for it, or all its words wherever they are.
    fn han(&self, text: &str) -> Scores {
        let mut ways = vec![self.in_one_piece(text, &Part::ALL).times(IN_ONE_PIECE)];
        ways.extend(self.others(self.pocket.synonyms.of(text)));
        let pieces = self.pocket.pieces(text);
        let is_word = |piece: &String| piece.chars().nth(1).is_some();
        // single characters alone, found here and there, would be noise: 张云 is not any 张 with any 云
        if pieces.iter().any(is_word) && pieces.iter().any(|piece| piece != text) {
            let apart = pieces.iter().map(|piece| {
                let parts = if is_word(piece) { &Part::ALL } else { SHORT_PARTS };
                let mut places = vec![self.in_one_piece(piece, parts)];
                places.extend(self.others(self.pocket.synonyms.of(piece)));
                self.best(places)
            });
            let apart: Vec<Scores> = apart.collect();
            // who types a name means it, and not what has its parts
            let begins = self.pocket.entries.iter().any(|entry| entry.titles.iter().any(|title| title.starts_with(text)));
            ways.push(Scores::most(self.count(), &apart).times(if begins { PARTS_OF_A_NAME } else { 1.0 }));
        }
        self.best(ways)
    }

    /// These characters next to each other, as a word or as any characters.
    fn in_one_piece(&self, text: &str, parts: &[Part]) -> Scores {
        let length = text.chars().count();
        let mut places = Vec::new();
        if length > 1 && self.pocket.known.is_word(text) {
            places.extend(self.places(Form::Words, parts, 1, |it| it.pieces(text)));
        }
        places.extend(self.places(Form::Grams, parts, length.div_ceil(2), |it| it.pieces(text)));
        self.best(places)
    }

    /// Letters: English, pinyin, or first letters.
    fn latin(&self, text: &str, last: bool) -> Scores {
        let mut places = self.english(text, last);
        places.extend(self.pinyin(text, last));
        if text.len() <= MOST_INITIALS && text.bytes().all(|b| b.is_ascii_lowercase()) {
            let letters: Vec<char> = text.chars().collect();
            places.extend(self.places(Form::Initials, &Part::ALL, 1, |it| it.initials(&letters)));
        }
        self.best(places)
    }

    fn english(&self, text: &str, last: bool) -> Vec<Scores> {
        let stem = self.pocket.known.stem(text);
        let mut places = self.places(Form::English, &Part::ALL, 1, |it| it.words(text, stem));
        if last && text.chars().nth(1).is_some() {
            let begun = self.places(Form::English, &Part::ALL, 1, |it| it.beginnings(text));
            places.extend(begun.into_iter().map(|place| place.times(BEGUN)));
        }
        places
    }

    fn english_row(&self, words: &[&str]) -> Scores {
        let words: Vec<&str> = words.iter().map(|word| self.pocket.known.stem(word)).collect();
        self.best(self.places(Form::English, &Part::ALL, words.len(), |it| it.rows(&words)))
    }

    fn pinyin(&self, text: &str, last: bool) -> Vec<Scores> {
        if !text.bytes().all(|b| b.is_ascii_lowercase()) {
            return Vec::new();
        }
        let mut places = self.sounds(text, How::default());
        if last {
            let begun = self.sounds(text, How { begun: true, ..How::default() });
            places.extend(begun.into_iter().map(|place| place.times(BEGUN)));
        }
        places
    }

    fn sounds(&self, pattern: &str, how: How) -> Vec<Scores> {
        let pattern: Vec<char> = pattern.chars().collect();
        self.places(Form::Sound, &Part::ALL, pattern.len().div_ceil(6), |it| it.sounds(&pattern, how))
    }

    /// Runs of both scripts without a space: `凤huang` in one piece by sound, or each run for itself.
    fn mixed(&self, term: &Term) -> Scores {
        let typed: String = term.runs.iter().map(|run| run.text.as_str()).collect();
        let latin = || term.runs.iter().filter(|run| run.script == Script::Latin);
        let may_sound = latin().all(|run| self.may_sound(&run.text, term.last));
        let is_short = latin().all(|run| run.text.len() <= MOST_MIXED_INITIALS);
        let mut places = Vec::new();
        if may_sound {
            let how = How { begun: term.last, first_letters: is_short };
            places.extend(self.sounds(&typed, how).into_iter().map(|place| place.times(IN_ONE_PIECE)));
        }
        let runs = term.runs.iter().enumerate().map(|(i, run)| {
            let at_end = term.last && i + 1 == term.runs.len();
            match run.script {
                Script::Han => self.han(&run.text),
                // letters that complete the characters beside them are not also looked for by sound elsewhere
                Script::Latin if may_sound => self.best(self.english(&run.text, at_end)),
                Script::Latin => self.latin(&run.text, at_end),
            }
        });
        let apart: Vec<Scores> = runs.collect();
        places.push(Scores::at_least(self.count(), apart.len(), &apart));
        places.extend(in_characters(&typed).map(|text| self.han(&text)));
        self.best(places)
    }

    /// Whether letters beside characters can be syllables, the beginning of one, or first letters.
    fn may_sound(&self, letters: &str, last: bool) -> bool {
        let known = &self.pocket.known;
        let begun = || {
            let splits = (0..letters.len()).filter(|at| *at == 0 || known.is_spelt(&letters[..*at]));
            splits.map(|at| &letters[at..]).any(|rest| known.syllables().any(|it| it.starts_with(rest)))
        };
        letters.bytes().all(|b| b.is_ascii_lowercase())
            && (letters.len() <= MOST_MIXED_INITIALS || known.is_spelt(letters) || last && begun())
    }

    /// As written: no words apart, no beginnings, no first letters.
    fn strictly(&self, term: &Term) -> Scores {
        if term.runs.iter().all(|run| run.script == Script::Latin) && (term.quoted || term.runs.len() > 1) {
            return self.english_row(&term.runs.iter().map(|run| run.text.as_str()).collect::<Vec<_>>());
        }
        let runs = term.runs.iter().map(|run| match run.script {
            Script::Han => self.in_one_piece(&run.text, &Part::ALL),
            Script::Latin => self.best([self.english(&run.text, false), self.pinyin(&run.text, false)].concat()),
        });
        let runs: Vec<Scores> = runs.collect();
        Scores::at_least(self.count(), runs.len(), &runs)
    }

    /// Latin words in a row are worth more where they stand in a row: as a phrase, and as pinyin typed with spaces.
    fn neighbours(&self, typed: &Typed) -> Vec<Scores> {
        let words: Option<Vec<&str>> = typed.terms.iter().filter(|term| !term.excluded).map(Term::latin).collect();
        match words.filter(|words| words.len() > 1) {
            Some(words) => [vec![self.english_row(&words)], self.pinyin(&words.concat(), false)].concat(),
            None => Vec::new(),
        }
    }

    /// What is found in a form, part by part. `rarity` is how many words of the usual length it is: the rarer they are together,
    /// the more a match says.
    fn places(&self, form: Form, parts: &[Part], rarity: usize, often: impl Fn(&Text) -> usize) -> Vec<Scores> {
        let pocket = self.pocket;
        // names of regions and kinds stand in every other listing and are looked at once
        let mut known: Vec<Option<usize>> = vec![None; pocket.texts.len()];
        let mut often_in = |number: usize| *known[number].get_or_insert_with(|| often(&pocket.texts[number]));
        let rows = WEIGHTS.iter().filter(|(part, its_form, _)| *its_form == form && parts.contains(part));
        let place = |(part, _, weight): &(Part, Form, f32)| {
            let part = *part as usize;
            let often = pocket.entries.iter().map(|entry| entry.parts[part].iter().map(|number| often_in(*number)).sum());
            let often: Vec<usize> = often.collect();
            let bearing = often.iter().filter(|often| **often > 0).count() as f32;
            let all = pocket.entries.len() as f32;
            let rarity = rarity.max(1) as f32 * ((all - bearing + 0.5) / (bearing + 0.5)).ln_1p();
            let average = pocket.average_lengths[part].max(1.0);
            let score = |(entry, often): (&Entry, usize)| {
                let (often, length) = (often as f32, entry.lengths[part] as f32);
                weight * rarity * often * (SATURATION + 1.0)
                    / (often + SATURATION * (1.0 - BY_LENGTH + BY_LENGTH * length / average))
            };
            Scores(pocket.entries.iter().zip(often).map(score).collect())
        };
        rows.map(place).collect()
    }
}
