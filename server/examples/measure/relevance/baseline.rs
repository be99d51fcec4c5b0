//! What has been reached, and must not be lost.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::bootstrap::Mean;
use super::judged::{Class, Judged, Part};
use super::metrics::Score;
use super::report::{group_name, groups};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Baseline {
    tune: BTreeMap<String, Reached>,
    kept: BTreeMap<String, Reached>,
    /// Of each query that may be looked at, so that a drop can be told from noise by comparing query with query.
    queries: BTreeMap<String, f64>,
}

/// By a class. For nonsense the score is the share of honest answers, for the others nDCG@10.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reached {
    score: f64,
    /// Half of the 95 % interval.
    noise: f64,
    queries: usize,
}

/// Rounding in the file is no drop.
const ROUNDING: f64 = 0.001;

fn score_of(query: &Judged, score: &Score) -> f64 {
    if query.class == Class::Nonsense { f64::from(score.honest()) } else { score.ndcg }
}

fn measured(queries: &[Judged], scores: &[Score], part: Part) -> BTreeMap<Option<Class>, (Mean, usize)> {
    let of_group = |(class, of): (Option<Class>, Vec<usize>)| {
        let mean = Mean::of(of.iter().map(|at| score_of(&queries[*at], &scores[*at])))?;
        Some((class, (mean, of.len())))
    };
    groups(queries, part).into_iter().filter_map(of_group).collect()
}

pub fn write(file: &Path, queries: &[Judged], scores: &[Score]) -> Result<()> {
    let reached = |part| {
        let groups = measured(queries, scores, part).into_iter();
        let rounded = |(class, (mean, queries)): (Option<Class>, (Mean, usize))| {
            (group_name(class), Reached { score: round(mean.value), noise: round(mean.noise()), queries })
        };
        groups.map(rounded).collect()
    };
    let open = queries.iter().zip(scores).filter(|(query, _)| query.part == Part::Tune);
    let baseline = Baseline {
        tune: reached(Part::Tune),
        kept: reached(Part::Kept),
        queries: open.map(|(query, score)| (query.id.clone(), round(score_of(query, score)))).collect(),
    };
    Ok(std::fs::write(file, format!("{}\n", serde_json::to_string_pretty(&baseline)?))?)
}

fn round(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

/// A sentence for each class that is worse than it was.
pub fn drops(file: &Path, queries: &[Judged], scores: &[Score]) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let baseline: Baseline = serde_json::from_str(&text).with_context(|| file.display().to_string())?;
    Ok(baseline.drops(queries, scores))
}

impl Baseline {
    fn drops(&self, queries: &[Judged], scores: &[Score]) -> Vec<String> {
        let mut drops = Vec::new();
        for (part, reached) in [(Part::Tune, &self.tune), (Part::Kept, &self.kept)] {
            for (class, (mean, _)) in measured(queries, scores, part) {
                let Some(before) = reached.get(&group_name(class)) else { continue };
                let fell = before.score - mean.value;
                let name = format!("{}, {}", group_name(class), part.name());
                if fell > before.noise + ROUNDING {
                    let (is, was, noise) = (mean.value, before.score, before.noise);
                    drops.push(format!("{name}: {is:.3}, was {was:.3}, and the noise is {noise:.3}"));
                } else if part == Part::Tune {
                    drops.extend(self.query_by_query(queries, scores, class).map(|by| format!("{name}: {by}")));
                }
            }
        }
        drops
    }

    /// The same queries before and after: a small loss in many is a loss, though each could be chance.
    fn query_by_query(&self, queries: &[Judged], scores: &[Score], class: Option<Class>) -> Option<String> {
        let of = groups(queries, Part::Tune).remove(&class)?;
        let change = |at: &usize| Some(score_of(&queries[*at], &scores[*at]) - self.queries.get(&queries[*at].id)?);
        let mean = Mean::of(of.iter().filter_map(change))?;
        let worse = mean.high < -ROUNDING;
        worse.then(|| format!("by {:.3} query by query, [{:.3}, {:.3}]", -mean.value, mean.low, mean.high))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::engines::Answer;

    /// So many queries of one class, answered at these places.
    fn asked(part: Part, places: &[usize]) -> (Vec<Judged>, Vec<Score>) {
        let query = |nth| Judged {
            id: format!("{}-{nth}", part.name()),
            class: Class::Exact,
            q: "x".to_owned(),
            part,
            params: BTreeMap::new(),
            grades: HashMap::from([("a".to_owned(), 3)]),
            note: None,
        };
        let queries: Vec<Judged> = (0..places.len()).map(query).collect();
        let answer = |place: usize| {
            let ids = (0..place).map(|nth| format!("x{nth}")).chain(["a".to_owned()]).collect();
            Answer { ids, corrected: false }
        };
        let scores = places.iter().zip(&queries).map(|(place, query)| Score::of(&answer(*place), &query.grades)).collect();
        (queries, scores)
    }

    #[track_caller]
    fn check(part: Part, before: &[usize], after: &[usize], dropped: bool) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("baseline.json");
        let (queries, scores) = asked(part, before);
        write(&file, &queries, &scores).unwrap();
        let found = drops(&file, &queries, &asked(part, after).1).unwrap();
        assert_eq!(!found.is_empty(), dropped, "{found:?}");
    }

    #[test]
    fn what_stays_or_gets_better_is_no_drop() {
        check(Part::Tune, &[0, 1, 2, 0, 3, 1], &[0, 1, 2, 0, 3, 1], false);
        check(Part::Kept, &[0, 1, 2, 0, 3, 1], &[0, 0, 0, 0, 0, 0], false);
    }

    #[test]
    fn one_worse_query_of_many_is_noise_and_a_fall_is_not() {
        check(Part::Tune, &[0, 0, 9, 0, 0, 9, 0, 0, 0, 9], &[0, 0, 9, 0, 0, 9, 0, 0, 1, 9], false);
        check(Part::Kept, &[0, 0, 9, 0, 0, 9, 0, 0, 0, 9], &[20, 20, 20, 20, 20, 20, 0, 0, 0, 9], true);
    }

    #[test]
    fn a_little_worse_everywhere_is_a_drop_where_queries_can_be_compared() {
        check(Part::Tune, &[0, 4, 0, 4, 0, 4, 0, 4], &[0, 5, 1, 5, 0, 5, 0, 5], true);
        check(Part::Kept, &[0, 4, 0, 4, 0, 4, 0, 4], &[0, 5, 0, 5, 0, 5, 0, 5], false);
    }
}
