//! How good one answer is.

use super::judged::{DEPTH, Grades};
use crate::engines::Answer;

/// Of one query; means of these are what is reported.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// The first ten against the best ten there could be. NaN where nothing fits, as MRR and recall are.
    pub ndcg: f64,
    /// One over the place of the first listing that answers well.
    pub mrr: f64,
    /// What was found within the first fifty, of all that is graded.
    pub recall: f64,
    pub empty: bool,
    pub corrected: bool,
    /// What was typed was changed into something that does not answer it.
    pub wrongly_corrected: bool,
}

const GOOD: u8 = 2;
const FIRST: usize = 10;

impl Score {
    pub fn of(answer: &Answer, grades: &Grades) -> Self {
        let got: Vec<u8> = answer.ids.iter().map(|id| grades.get(id).copied().unwrap_or(0)).collect();
        let first_good = got.iter().position(|grade| *grade >= GOOD);
        let fits = !grades.is_empty();
        let or_nan = |value: f64| if fits { value } else { f64::NAN };
        Self {
            ndcg: or_nan(ndcg(&got, grades)),
            mrr: or_nan(first_good.map_or(0.0, |at| 1.0 / (at + 1) as f64)),
            recall: or_nan(recall(&got, grades)),
            empty: got.is_empty(),
            corrected: answer.corrected,
            wrongly_corrected: answer.corrected && !got.is_empty() && first_good.is_none_or(|at| at >= FIRST),
        }
    }

    /// For nonsense: nothing, or something with a word that it is not what was typed.
    pub fn honest(&self) -> bool {
        self.empty || self.corrected
    }
}

fn ndcg(got: &[u8], grades: &Grades) -> f64 {
    let mut best: Vec<u8> = grades.values().copied().collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    gain(got) / gain(&best)
}

/// A 3 is worth 7, a 2 is worth 3, a 1 is worth 1; less the further down.
fn gain(grades: &[u8]) -> f64 {
    let worth = |(at, grade): (usize, &u8)| ((1_u32 << grade) - 1) as f64 / ((at + 2) as f64).log2();
    // an empty sum of floating-point numbers is -0
    grades.iter().take(FIRST).enumerate().map(worth).sum::<f64>() + 0.0
}

fn recall(got: &[u8], grades: &Grades) -> f64 {
    let found = got.iter().take(DEPTH).filter(|grade| **grade > 0).count();
    found as f64 / grades.len().min(DEPTH) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grades(list: &[(&str, u8)]) -> Grades {
        list.iter().map(|(id, grade)| ((*id).to_owned(), *grade)).collect()
    }

    fn score(ids: &[&str], corrected: bool, of: &[(&str, u8)]) -> Score {
        let ids = ids.iter().map(|id| (*id).to_owned()).collect();
        Score::of(&Answer { ids, corrected }, &grades(of))
    }

    #[track_caller]
    fn near(is: f64, wanted: f64) {
        assert!((is - wanted).abs() < 1e-6, "{is} is not {wanted}");
    }

    #[test]
    fn the_best_order_is_worth_one_and_equal_grades_may_change_places() {
        let of = [("a", 3), ("b", 2), ("c", 1), ("d", 3)];
        near(score(&["a", "d", "b", "c"], false, &of).ndcg, 1.0);
        near(score(&["d", "a", "b", "c", "x"], false, &of).ndcg, 1.0);
        near(score(&[], false, &of).ndcg, 0.0);
    }

    #[test]
    fn a_later_place_is_worth_less() {
        // 3/log2(2) + 7/log2(3) against 7/log2(2) + 3/log2(3)
        let of = [("a", 3), ("b", 2)];
        near(score(&["b", "a"], false, &of).ndcg, (3.0 + 7.0 / 3_f64.log2()) / (7.0 + 3.0 / 3_f64.log2()));
        near(score(&["x", "a"], false, &[("a", 3)]).ndcg, 1.0 / 3_f64.log2());
    }

    #[test]
    fn only_the_first_ten_count_for_ndcg() {
        let noise = ["n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9", "a"];
        let late = score(&noise, false, &[("a", 3)]);
        near(late.ndcg, 0.0);
        near(late.mrr, 1.0 / 11.0);
        near(late.recall, 1.0);
    }

    #[test]
    fn the_first_good_answer_is_a_two_or_better() {
        near(score(&["c", "b", "a"], false, &[("a", 3), ("b", 2), ("c", 1)]).mrr, 0.5);
        near(score(&["c"], false, &[("a", 3), ("c", 1)]).mrr, 0.0);
    }

    #[test]
    fn recall_is_of_fifty_where_more_are_graded() {
        let many: Vec<String> = (0..80).map(|nth| format!("l{nth}")).collect();
        let of: Grades = many.iter().map(|id| (id.clone(), 1)).collect();
        let found = Answer { ids: many[..50].to_vec(), corrected: false };
        near(Score::of(&found, &of).recall, 1.0);
        near(score(&["a", "x"], false, &[("a", 3), ("b", 1)]).recall, 0.5);
    }

    #[test]
    fn where_nothing_fits_there_is_nothing_to_rank() {
        let silent = score(&[], false, &[]);
        assert!(silent.ndcg.is_nan() && silent.mrr.is_nan() && silent.recall.is_nan());
        assert!(silent.empty && silent.honest() && !silent.wrongly_corrected);
        assert!(!score(&["x"], false, &[]).honest());
        assert!(score(&["x"], true, &[]).honest());
    }

    #[test]
    fn a_correction_is_wrong_where_it_leads_nowhere_good() {
        assert!(score(&["x"], true, &[("a", 3)]).wrongly_corrected);
        assert!(score(&["x"], true, &[]).wrongly_corrected);
        assert!(!score(&["x", "a"], true, &[("a", 2)]).wrongly_corrected);
        assert!(!score(&["x"], false, &[("a", 3)]).wrongly_corrected);
        assert!(!score(&[], true, &[("a", 3)]).wrongly_corrected, "nothing shown, nobody misled");
    }
}
