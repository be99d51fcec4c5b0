//! How far a mean would move with other queries of the same kind.

use crate::chance::Chance;

const SEED: u64 = 20_261_101;
const TIMES: usize = 2_000;

/// A mean and the middle 95 % of the means of as many values drawn from the same ones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mean {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

impl Mean {
    /// Values that are not numbers are left out; none where no others are.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let values: Vec<f64> = values.into_iter().filter(|value| !value.is_nan()).collect();
        if values.is_empty() {
            return None;
        }
        let mut chance = Chance::new(SEED);
        let draw = |chance: &mut Chance| (0..values.len()).fold(0.0, |sum, _| sum + chance.of(&values)) / values.len() as f64;
        let mut means: Vec<f64> = (0..TIMES).map(|_| draw(&mut chance)).collect();
        means.sort_by(f64::total_cmp);
        let at = |share: f64| means[(share * (TIMES - 1) as f64).round() as usize];
        let value = values.iter().fold(0.0, |sum, value| sum + value) / values.len() as f64;
        Some(Self { value, low: at(0.025), high: at(0.975) })
    }

    /// Half of the interval.
    pub fn noise(&self) -> f64 {
        (self.high - self.low) / 2.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_agree_leave_no_doubt() {
        let mean = Mean::of([0.5; 20]).unwrap();
        assert_eq!(mean, Mean { value: 0.5, low: 0.5, high: 0.5 });
        assert_eq!(Mean::of([]), None);
        assert_eq!(Mean::of([f64::NAN]), None);
    }

    #[test]
    fn the_interval_is_that_of_theory() {
        // of 400 values, half 0 and half 1, the mean has a deviation of 0.025
        let mean = Mean::of((0..400).map(|nth| f64::from(nth % 2))).unwrap();
        assert_eq!(mean.value, 0.5);
        assert!((mean.noise() - 1.96 * 0.025).abs() < 0.005, "{}", mean.noise());
        assert!(mean.low < 0.46 && mean.high > 0.54, "{mean:?}");
    }

    #[test]
    fn it_is_the_same_every_time_and_narrower_with_more_values() {
        let values = |n: u32| (0..n).map(|nth| f64::from(nth % 7) / 6.0);
        assert_eq!(Mean::of(values(30)), Mean::of(values(30)));
        assert!(Mean::of(values(300)).unwrap().noise() < Mean::of(values(30)).unwrap().noise() / 2.0);
    }
}
