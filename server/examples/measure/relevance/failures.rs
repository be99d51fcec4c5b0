//! What went wrong, for those who are to mend it. Queries kept apart are never shown: who has seen them tunes for them.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::Arc;

use anyhow::Result;
use domain::listing::Listing;

use super::judged::{Class, Judged, Part};
use super::metrics::Score;

/// Hits and missing listings shown for a query.
const SHOWN: usize = 6;

pub fn list(
    queries: &[Judged],
    scores: &[Score],
    answers: &[Vec<String>],
    listings: &[Arc<Listing>],
    most: usize,
) -> Result<String> {
    let titles: HashMap<&str, &str> = listings.iter().map(|l| (l.id.as_str(), l.title.zh.as_str())).collect();
    let worth = |at: &usize| match queries[*at].class {
        Class::Nonsense => f64::from(scores[*at].honest()),
        _ => scores[*at].ndcg,
    };
    let mut worst: Vec<usize> = (0..queries.len()).filter(|at| queries[*at].part == Part::Tune && worth(at) < 0.999).collect();
    worst.sort_by(|a, b| worth(a).total_cmp(&worth(b)));

    let mut out = String::new();
    for at in worst.into_iter().take(most) {
        let (query, score, answer) = (&queries[at], &scores[at], &answers[at]);
        write!(out, "\n{} {:?}", query.id, query.q)?;
        for (name, value) in &query.params {
            write!(out, " {name}={value}")?;
        }
        writeln!(out, ": nDCG {:.3}, recall {:.2}, {} hits", score.ndcg, score.recall, answer.len())?;
        if let Some(note) = &query.note {
            writeln!(out, "  note: {note}")?;
        }
        let show = |id: &str| {
            let grade = query.grades.get(id).copied().unwrap_or(0);
            format!("{grade} {id} {}", titles.get(id).copied().unwrap_or_default())
        };
        let got: Vec<_> = answer.iter().take(SHOWN).map(|id| show(id)).collect();
        writeln!(out, "  got: {}", if got.is_empty() { "nothing".to_owned() } else { got.join(" · ") })?;
        let mut missing: Vec<_> = query.grades.iter().filter(|(id, _)| !answer.iter().take(10).any(|got| got == *id)).collect();
        missing.sort_by(|(a_id, a), (b_id, b)| b.cmp(a).then(a_id.cmp(b_id)));
        let missing: Vec<_> = missing.into_iter().take(SHOWN).map(|(id, _)| show(id)).collect();
        if !missing.is_empty() {
            writeln!(out, "  not in the first ten: {}", missing.join(" · "))?;
        }
    }
    Ok(out)
}
