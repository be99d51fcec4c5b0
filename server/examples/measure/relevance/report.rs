//! Scores as tables.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::Result;
use serde_json::{Value, json};

use super::Scored;
use super::bootstrap::Mean;
use super::judged::{Class, Judged, Part};
use super::metrics::Score;

/// A name and what it takes from a score.
type Measure = (&'static str, fn(&Score) -> f64);

const MEASURES: [Measure; 5] = [
    ("nDCG@10", |score| score.ndcg),
    ("MRR", |score| score.mrr),
    ("recall@50", |score| score.recall),
    ("nothing found", |score| f64::from(score.empty)),
    ("wrongly corrected", |score| f64::from(score.wrongly_corrected)),
];

/// The queries of a part by class, and under none all that something fits.
pub fn groups(queries: &[Judged], part: Part) -> BTreeMap<Option<Class>, Vec<usize>> {
    let mut groups: BTreeMap<Option<Class>, Vec<usize>> = BTreeMap::new();
    for (at, query) in queries.iter().enumerate().filter(|(_, query)| query.part == part) {
        groups.entry(Some(query.class)).or_default().push(at);
        if query.class != Class::Nonsense {
            groups.entry(None).or_default().push(at);
        }
    }
    groups
}

pub fn group_name(class: Option<Class>) -> String {
    class.map_or("all but nonsense".to_owned(), Class::name)
}

fn mean(scores: &[Score], of: &[usize], measure: fn(&Score) -> f64) -> Option<Mean> {
    Mean::of(of.iter().map(|at| measure(&scores[*at])))
}

fn cell(mean: Option<Mean>) -> String {
    mean.map_or(String::new(), |Mean { value, low, high }| format!("{value:.3} [{low:.2}, {high:.2}]"))
}

/// All engines by nDCG@10, then ours by every measure, then, if wanted, the others too.
pub fn tables(queries: &[Judged], all: &[Scored], of_everyone: bool) -> Result<String> {
    let mut out = String::new();
    for part in Part::ALL {
        let groups = groups(queries, part);
        if groups.is_empty() {
            continue;
        }
        if all.len() > 1 {
            let names: Vec<_> = all.iter().map(|scored| scored.engine.label()).collect();
            writeln!(out, "\n### {}: nDCG@10 [95 % interval]\n", part.name())?;
            writeln!(out, "| class | queries | {} |\n|---|---:|{}", names.join(" | "), "---:|".repeat(names.len()))?;
            for (class, of) in groups.iter().filter(|(class, _)| **class != Some(Class::Nonsense)) {
                let cells: Vec<_> = all.iter().map(|scored| cell(mean(&scored.scores, of, MEASURES[0].1))).collect();
                writeln!(out, "| {} | {} | {} |", group_name(*class), of.len(), cells.join(" | "))?;
            }
        }
        for scored in all.iter().take(if of_everyone { all.len() } else { 1 }) {
            writeln!(out, "\n### {}: {} [95 % interval]\n", part.name(), scored.engine.label())?;
            let names = MEASURES.map(|(name, _)| name);
            writeln!(out, "| class | queries | {} |\n|---|---:|{}", names.join(" | "), "---:|".repeat(names.len()))?;
            for (class, of) in &groups {
                let cells = MEASURES.map(|(_, measure)| cell(mean(&scored.scores, of, measure)));
                writeln!(out, "| {} | {} | {} |", group_name(*class), of.len(), cells.join(" | "))?;
            }
        }
        if let Some(nonsense) = groups.get(&Some(Class::Nonsense)) {
            writeln!(out, "\nOf {} nonsense queries in {}:", nonsense.len(), part.name())?;
            for scored in all {
                let count = |of: fn(&Score) -> bool| nonsense.iter().filter(|at| of(&scored.scores[**at])).count();
                let (empty, named) = (count(|s| s.empty), count(|s| !s.empty && s.corrected));
                let taken = nonsense.len() - empty - named;
                let label = scored.engine.label();
                writeln!(
                    out,
                    "- {label}: {empty} found nothing, {named} were answered with a note, {taken} as if they meant something"
                )?;
            }
        }
    }
    Ok(out)
}

/// Everything of one engine.
pub fn json(queries: &[Judged], scored: &Scored) -> Value {
    let parts = Part::ALL.map(|part| {
        let classes = groups(queries, part).into_iter().map(|(class, of)| {
            let measures = MEASURES.map(|(name, measure)| {
                let mean = mean(&scored.scores, &of, measure);
                (name.to_owned(), mean.map_or(Value::Null, |mean| json!([mean.value, mean.low, mean.high])))
            });
            let mut fields: serde_json::Map<String, Value> = measures.into_iter().collect();
            fields.insert("queries".to_owned(), json!(of.len()));
            (group_name(class), Value::Object(fields))
        });
        (part.name().to_owned(), Value::Object(classes.collect()))
    });
    json!({ "engine": scored.engine.label(), "parts": Value::Object(parts.into_iter().collect()) })
}

/// For whoever reads only that.
pub fn last_line(queries: &[Judged], scores: &[Score]) -> String {
    let of_part = |part| {
        let groups = groups(queries, part);
        let all = groups.get(&None).and_then(|of| mean(scores, of, MEASURES[0].1));
        format!("{} {:.3}", part.name(), all.map_or(f64::NAN, |mean| mean.value))
    };
    format!("nDCG@10: {}", Part::ALL.map(of_part).join(", "))
}
