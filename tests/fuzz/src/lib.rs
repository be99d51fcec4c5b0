//! What must hold whatever is typed: no panic, and these laws. `cargo xtask fuzz` looks for texts that break them; those it has found
//! worth keeping stand under `corpus`, and are tried again with every test.

use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use domain::Lang;
use domain::listing::Listing;
use domain::search::Query;
use server::search::{Index, Location, Options, highlight};
use server::services::catalogue_load;

/// Listings of the embedded catalogue that are searched: enough for names to be mistaken, few enough for thousands of searches a second.
const LISTINGS: usize = 400;

/// The parameters of a search, a line each as `name=value`; a line without a name is what was typed.
///
/// # Panics
/// Where a law is broken.
pub fn query(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let pairs: Vec<(&str, &str)> = text.lines().map(|line| line.split_once('=').unwrap_or(("q", line))).collect();
    let (read, _) = Query::from_params(pairs.iter().copied());
    // the language is no parameter of an address: it is a part of its path
    let read = Query { lang: Lang::default(), ..read };
    let written = read.to_params();
    let again = Query::from_params(written.iter().map(|(name, value)| (*name, value.as_str())));
    assert_eq!((&again.0, again.1.len()), (&read, 0), "what is written is read again as it was");

    let options = Options { per_kind: Some(2), facets: true, ..options() };
    let answer = index().answer(&read, &options).expect("an answer");
    let results = &answer.results;
    assert!(results.hits.len() as u64 <= results.total && results.hits.len() <= read.per_page as usize);
    let in_groups: u64 = results.groups.iter().map(|(_, count, _)| count).sum();
    assert_eq!(in_groups, results.total, "every hit is of some kind");
    for hit in &results.hits {
        assert!(hit.score.is_finite(), "{hit:?}");
        let title = title_of(hit.id.as_str());
        hold(&answer.marking.ranges(title), title);
    }
}

/// What was typed in the first line, the text that is shown in the others.
///
/// # Panics
/// Where a law is broken.
pub fn marking(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (typed, shown) = text.split_once('\n').unwrap_or((text, text));
    let typed: String = typed.chars().take(domain::search::LONGEST_QUERY).collect();
    let shown: String = shown.chars().take(400).collect();
    hold(&highlight(&typed, &shown), &shown);
}

/// Marks are in order, apart, inside the text, and begin and end with something that could have been typed.
fn hold(ranges: &[(usize, usize)], shown: &str) {
    let chars: Vec<char> = shown.chars().collect();
    let mut free = 0;
    for &(start, end) in ranges {
        assert!(free <= start && start < end && end <= chars.len(), "{start}..{end} after {free} in {shown:?}");
        assert!(chars[start].is_alphanumeric() && chars[end - 1].is_alphanumeric(), "{:?} is marked", &chars[start..end]);
        free = end + 1;
    }
}

fn options() -> Options {
    let today = NaiveDate::from_ymd_opt(2026, 10, 1).expect("a day");
    Options { hide_samples: false, today, per_kind: None, facets: false, curated: Arc::default(), typed: None }
}

fn listings() -> &'static [Arc<Listing>] {
    static LISTINGS_READ: OnceLock<Vec<Arc<Listing>>> = OnceLock::new();
    LISTINGS_READ.get_or_init(|| {
        let files = catalogue_load::FILES.iter().filter(|(name, _)| name.ends_with(".jsonl"));
        let lines = files.flat_map(|(_, content)| content.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()));
        let all: Vec<Arc<Listing>> = lines.map(|line| Arc::new(serde_json::from_slice(line).expect("a listing"))).collect();
        let every = all.len().div_ceil(LISTINGS).max(1);
        all.into_iter().step_by(every).collect()
    })
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let index = Index::open(&Location::Memory).expect("an index");
        let puts: Vec<_> = listings().iter().map(|listing| (Arc::clone(listing), String::new())).collect();
        index.add_uncommitted(&puts).expect("room for them");
        index.commit(1).expect("a commit");
        index
    })
}

fn title_of(id: &str) -> &'static str {
    listings().iter().find(|listing| listing.id.as_str() == id).map_or("", |listing| listing.title.zh.as_str())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    fn each_of(corpus: &str, law: impl Fn(&[u8])) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(corpus);
        let mut tried = 0;
        for file in std::fs::read_dir(folder).expect("a corpus").flatten() {
            law(&std::fs::read(file.path()).expect("a text"));
            tried += 1;
        }
        assert!(tried > 100, "only {tried} texts");
    }

    #[test]
    fn laws_hold_for_every_query_that_was_found() {
        each_of("query", super::query);
    }

    #[test]
    fn laws_hold_for_every_marking_that_was_found() {
        each_of("marking", super::marking);
    }
}
