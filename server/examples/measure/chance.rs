//! Numbers that look random and are the same every time.

/// SplitMix64.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// From 0 up to 1, and never 1.
    pub fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }

    /// The first far oftener than the last, nearly as by Zipf: half of all picks fall on the first √n of n.
    pub fn of_skewed<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let rank = ((choices.len() + 1) as f64).powf(self.fraction()) - 1.0;
        &choices[(rank as usize).min(choices.len() - 1)]
    }

    /// At most so far off on either side.
    pub fn around(&mut self, width: f64) -> f64 {
        (self.fraction() * 2.0 - 1.0) * width
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_choices_are_picked_oftener() {
        let mut chance = Chance::new(7);
        let choices: Vec<usize> = (0..100).collect();
        let picks: Vec<usize> = (0..10_000).map(|_| *chance.of_skewed(&choices)).collect();
        let first_ten = picks.iter().filter(|pick| **pick < 10).count();
        assert!((4_500..5_800).contains(&first_ten), "{first_ten}");
        assert!(picks.iter().any(|pick| *pick > 90));
    }
}
