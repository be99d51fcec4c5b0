//! What is printed.

use std::fmt;

pub const HEAD: &str = "instance  m  millis   best      mean  reference       gap  feasible";

/// All seeds of one instance, number of tours and budget.
pub struct Cell {
    pub instance: String,
    pub m: u64,
    pub millis: u64,
    pub reference: Option<f64>,
    pub scores: Vec<u64>,
    pub infeasible: usize,
}

impl Cell {
    fn mean(&self) -> f64 {
        self.scores.iter().sum::<u64>() as f64 / self.scores.len() as f64
    }

    /// (reference - score) / reference of each seed, in percent.
    fn gaps(&self) -> impl Iterator<Item = f64> + '_ {
        self.reference.iter().flat_map(|best| self.scores.iter().map(move |score| 100.0 * (best - *score as f64) / best))
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { instance, m, millis, .. } = self;
        let best = self.scores.iter().max().copied().unwrap_or_default();
        let feasible = match self.infeasible {
            0 => "yes".to_owned(),
            count => format!("no ({count})"),
        };
        let reference = self.reference.map_or("-".to_owned(), |best| best.to_string());
        let gap = percent(mean(self.gaps()));
        write!(f, "{instance:<8} {m:>2} {millis:>7} {best:>6} {:>9.1} {reference:>10} {gap:>9}  {feasible}", self.mean())
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}

fn percent(value: Option<f64>) -> String {
    value.map_or("-".to_owned(), |value| format!("{value:.2} %"))
}

/// The line of a budget.
pub fn summary(cells: &[Cell], instances: usize, millis: u64) -> String {
    let gap = percent(mean(cells.iter().flat_map(Cell::gaps)));
    let infeasible: usize = cells.iter().map(|cell| cell.infeasible).sum();
    format!("mean gap {gap} instances={instances} infeasible={infeasible} millis={millis}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(reference: Option<f64>, scores: &[u64]) -> Cell {
        Cell { instance: "brook".into(), m: 1, millis: 100, reference, scores: scores.to_vec(), infeasible: 0 }
    }

    #[test]
    fn a_budget_is_summed_up_in_one_line() {
        let cells = [cell(Some(100.0), &[99, 98]), cell(Some(200.0), &[200, 202]), cell(None, &[7, 7])];
        assert_eq!(summary(&cells, 3, 100), "mean gap 0.50 % instances=3 infeasible=0 millis=100");
        assert_eq!(summary(&cells[2..], 1, 5), "mean gap - instances=1 infeasible=0 millis=5");
    }

    #[test]
    fn a_score_above_the_reference_has_a_gap_below_nothing() {
        assert_eq!(cell(Some(100.0), &[101, 102]).to_string(), "brook     1     100    102     101.5        100   -1.50 %  yes");
    }
}
