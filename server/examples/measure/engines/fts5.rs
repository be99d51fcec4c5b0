//! SQLite's FTS5, on groups of three characters by its own tokenizer, or on pairs that are cut before they are given to it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use domain::geo::Bbox;
use domain::listing::Listing;
use domain::search::Query;
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, params, params_from_iter};

use super::{Answer, Desk, Engine, Fill};
use crate::corpus::Plain;

/// Words count so much more in a title and in a summary than in a body: the same as for tantivy.
const RANK: &str = "bm25(texts, 4.0, 2.0, 1.0)";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grams {
    Two,
    Three,
}

fn file(folder: &Path) -> PathBuf {
    folder.join("fts5.db")
}

pub struct Filling {
    connection: Connection,
    grams: Grams,
    next: i64,
}

impl Filling {
    pub fn create(folder: &Path, grams: Grams) -> Result<Self> {
        let connection = Connection::open(file(folder))?;
        let texts = match grams {
            // pairs are of no use to a reader: nothing is kept of them but the index
            Grams::Two => "content = '', tokenize = 'unicode61'",
            Grams::Three => "tokenize = 'trigram'",
        };
        connection.execute_batch(&format!(
            "pragma journal_mode = off; pragma synchronous = off;
             create virtual table texts using fts5(title, summary, body, {texts});
             create table listing (
                 row integer primary key, id text, kind text, county text, prefecture text, months integer, lat real, lon real);
             begin;"
        ))?;
        Ok(Self { connection, grams, next: 1 })
    }
}

impl Fill for Filling {
    fn add(&mut self, listings: &[Arc<Listing>]) -> Result<()> {
        let mut texts = self.connection.prepare_cached("insert into texts (rowid, title, summary, body) values (?, ?, ?, ?)")?;
        let mut rows = self.connection.prepare_cached("insert into listing values (?, ?, ?, ?, ?, ?, ?, ?)")?;
        for listing in listings {
            let Plain { title, summary, body } = Plain::of(listing);
            let [title, summary, body] = [title, summary, body].map(|text| match self.grams {
                Grams::Two => pairs(&text).join(" "),
                Grams::Three => text,
            });
            texts.execute(params![self.next, title, summary, body])?;
            let region = listing.region.as_ref().and_then(|code| code.region());
            let (county, prefecture) = region.map(|region| (region.code.as_str(), region.prefecture.as_str())).unzip();
            let (lat, lon) = listing.position.map(|position| (position.lat, position.lon)).unzip();
            let (id, kind, months) = (listing.id.as_str(), listing.kind().name(), listing.months.bits());
            rows.execute(params![self.next, id, kind, county, prefecture, months, lat, lon])?;
            self.next += 1;
        }
        Ok(())
    }

    fn commit(self: Box<Self>) -> Result<()> {
        // both as the manual advises once a table is filled
        self.connection.execute_batch("commit; insert into texts (texts) values ('optimize'); analyze;")?;
        Ok(())
    }
}

pub struct Fts5 {
    file: PathBuf,
    grams: Grams,
}

impl Fts5 {
    pub fn open(folder: &Path, grams: Grams) -> Result<Self> {
        let opened = Self { file: file(folder), grams };
        opened.connect()?;
        Ok(opened)
    }

    fn connect(&self) -> Result<Connection> {
        let connection = Connection::open_with_flags(&self.file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        // everything in reach: it is not the disk that is measured
        connection.execute_batch("pragma mmap_size = 8589934592; pragma cache_size = -262144;")?;
        Ok(connection)
    }
}

impl Engine for Fts5 {
    fn desk(&self) -> Result<Desk<'_>> {
        let connection = self.connect()?;
        Ok(Box::new(move |query| answer(&connection, self.grams, query)))
    }
}

fn answer(connection: &Connection, grams: Grams, query: &Query) -> Result<Answer> {
    let (matching, like) = match grams {
        Grams::Two => (pairs_to_match(&query.text), vec![]),
        Grams::Three => threes_to_match(&query.text),
    };
    let (mut conditions, mut values): (Vec<String>, Vec<Value>) = (Vec::new(), Vec::new());
    let ranked = !matching.is_empty();
    if ranked {
        conditions.push("texts match ?".to_owned());
        values.push(Value::Text(matching));
    }
    // the tokenizer knows nothing shorter than three characters: SQLite's manual leaves those to LIKE
    for word in like {
        conditions.push("(title like ? or summary like ? or body like ?)".to_owned());
        values.extend((0..3).map(|_| Value::Text(format!("%{word}%"))));
    }
    if conditions.is_empty() {
        return Ok(Answer::default());
    }
    let mut one_of = |column: &str, codes: Vec<&str>| {
        if !codes.is_empty() {
            conditions.push(format!("{column} in ({})", vec!["?"; codes.len()].join(", ")));
            values.extend(codes.into_iter().map(|code| Value::Text(code.to_owned())));
        }
    };
    one_of("kind", query.kinds.iter().map(|kind| kind.name()).collect());
    one_of("county", query.counties.iter().map(|code| code.as_str()).collect());
    one_of("prefecture", query.prefectures.iter().map(|code| code.as_str()).collect());
    if !query.months.is_empty() {
        conditions.push("months & ? <> 0".to_owned());
        values.push(Value::Integer(i64::from(query.months.bits())));
    }
    if let Some(Bbox { south_west, north_east }) = super::around(query) {
        conditions.push("lat between ? and ? and lon between ? and ?".to_owned());
        values.extend([south_west.lat, north_east.lat, south_west.lon, north_east.lon].map(Value::Real));
    }
    let order = if ranked { RANK } else { "texts.rowid" };
    let sql = format!(
        "select id from texts join listing on listing.row = texts.rowid where {} order by {order} limit {}",
        conditions.join(" and "),
        query.per_page
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let ids = statement.query_map(params_from_iter(values), |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(Answer { ids, corrected: false })
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3134f}')
}

/// Runs of characters, and words of letters in lower case.
fn runs(text: &str) -> Vec<Vec<char>> {
    let mut runs: Vec<Vec<char>> = Vec::new();
    let mut before = None;
    for c in text.chars() {
        let script = c.is_alphanumeric().then(|| is_han(c));
        if script.is_some() {
            if script != before {
                runs.push(Vec::new());
            }
            if let Some(run) = runs.last_mut() {
                run.extend(c.to_lowercase());
            }
        }
        before = script;
    }
    runs
}

/// 凤凰古城 is 凤凰, 凰古, 古城, 城: the last one alone, so that every character begins a token.
fn pairs(text: &str) -> Vec<String> {
    let of_run = |run: Vec<char>| -> Vec<String> {
        if run.first().is_some_and(|c| is_han(*c)) {
            (0..run.len()).map(|at| run[at..run.len().min(at + 2)].iter().collect()).collect()
        } else {
            vec![run.into_iter().collect()]
        }
    };
    runs(text).into_iter().flat_map(of_run).collect()
}

/// Every run must be there, its pairs in a row; one character is the beginning of any pair, and the last word may be half typed.
fn pairs_to_match(text: &str) -> String {
    let runs = runs(text);
    let last = runs.len().saturating_sub(1);
    let of_run = |(nth, run): (usize, &Vec<char>)| {
        let han = is_han(run[0]);
        if han && run.len() > 1 {
            let pairs: Vec<String> = run.windows(2).map(String::from_iter).collect();
            format!("\"{}\"", pairs.join(" "))
        } else {
            let begun = if han || nth == last { "*" } else { "" };
            format!("\"{}\"{begun}", String::from_iter(run))
        }
    };
    runs.iter().enumerate().map(of_run).collect::<Vec<_>>().join(" AND ")
}

/// What FTS5 can look for, and the words too short for it.
fn threes_to_match(text: &str) -> (String, Vec<String>) {
    let words: Vec<String> = runs(text).into_iter().map(String::from_iter).collect();
    let (long, short): (Vec<_>, Vec<_>) = words.into_iter().partition(|word| word.chars().nth(2).is_some());
    (long.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" AND "), short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_begins_a_pair() {
        assert_eq!(pairs("凤凰古城 Old Town，5A"), ["凤凰", "凰古", "古城", "城", "old", "town", "5a"]);
    }

    #[test]
    fn words_typed_become_phrases_of_pairs() {
        assert_eq!(pairs_to_match("凤凰古城"), "\"凤凰 凰古 古城\"");
        assert_eq!(pairs_to_match("茶 old tow"), "\"茶\"* AND \"old\" AND \"tow\"*");
        assert_eq!(pairs_to_match("\"'*"), "");
    }

    #[test]
    fn what_is_too_short_for_three_is_left_to_like() {
        assert_eq!(threes_to_match("凤凰 土家族"), ("\"土家族\"".to_owned(), vec!["凤凰".to_owned()]));
    }
}
