//! Checks tours against the text of an instance. Nothing here is shared with the reader or the solver, so that a mistake there
//! cannot hide itself: numbers are read anew, and times are counted in thousandths.

use std::collections::HashSet;

use anyhow::{Context, Result, bail, ensure};

/// The score of tours that keep every rule; vertices are numbered as in the file, vertex 0 is not written.
pub fn score(text: &str, decimals: u32, count: usize, tours: &[Vec<usize>]) -> Result<u64> {
    let table: Vec<Vec<f64>> =
        text.lines().skip(2).map(row).filter(|row| !matches!(row, Ok(row) if row.is_empty())).collect::<Result<_>>()?;
    ensure!(tours.len() == count, "{} tours instead of {count}", tours.len());
    let mut seen = HashSet::new();
    let mut score = 0.0;
    for (number, tour) in tours.iter().enumerate() {
        let mut at = &table[0];
        let mut now = thousandths(open(at));
        for vertex in tour {
            ensure!(*vertex != 0 && seen.insert(*vertex), "vertex {vertex} is in the tours twice");
            let next = table.get(*vertex).with_context(|| format!("there is no vertex {vertex}"))?;
            now += thousandths(at[3]) + way(at, next, decimals);
            ensure!(now <= thousandths(close(next)), "tour {number} is late at vertex {vertex}");
            now = now.max(thousandths(open(next)));
            score += next[4];
            at = next;
        }
        now += thousandths(at[3]) + way(at, &table[0], decimals);
        ensure!(now <= thousandths(close(&table[0])), "tour {number} comes back after closing");
    }
    Ok(score as u64)
}

fn row(line: &str) -> Result<Vec<f64>> {
    line.split_whitespace().map(|field| Ok(field.parse()?)).collect()
}

fn open(row: &[f64]) -> f64 {
    row[row.len() - 2]
}

fn close(row: &[f64]) -> f64 {
    row[row.len() - 1]
}

fn thousandths(value: f64) -> i64 {
    (value * 1000.0).round() as i64
}

/// The longest time of so many decimals that is not longer than the distance, in thousandths.
fn way(a: &[f64], b: &[f64], decimals: u32) -> i64 {
    let (dx, dy) = (thousandths(a[1]) - thousandths(b[1]), thousandths(a[2]) - thousandths(b[2]));
    let unit = 10i64.pow(3 - decimals);
    let square = dx * dx + dy * dy;
    let mut time = (square as f64).sqrt() as i64 / unit * unit + unit;
    while time * time > square {
        time -= unit;
    }
    time
}

/// As [`score`], and it must be the one that is claimed.
pub fn verify(text: &str, decimals: u32, count: usize, tours: &[Vec<usize>], claimed: u64) -> Result<()> {
    let found = score(text, decimals, count, tours)?;
    if found != claimed {
        bail!("the score is {found}, not {claimed}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = include_str!("instances/brook.txt");

    fn said(tours: &[&[usize]]) -> String {
        let tours: Vec<Vec<usize>> = tours.iter().map(|tour| tour.to_vec()).collect();
        match score(SMALL, 1, 2, &tours) {
            Ok(score) => score.to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn tours_that_keep_the_rules_have_a_score() {
        assert_eq!(said(&[&[], &[]]), "0");
        assert_eq!(said(&[&[1, 2], &[6, 3]]), "65");
    }

    #[test]
    fn every_kind_of_broken_tour_is_caught() {
        assert_eq!(said(&[&[1]]), "1 tours instead of 2");
        assert_eq!(said(&[&[1, 9], &[]]), "there is no vertex 9");
        assert_eq!(said(&[&[1, 2, 1], &[]]), "vertex 1 is in the tours twice");
        assert_eq!(said(&[&[1], &[1]]), "vertex 1 is in the tours twice");
        assert_eq!(said(&[&[0], &[]]), "vertex 0 is in the tours twice");
        assert_eq!(said(&[&[], &[5, 3]]), "tour 1 is late at vertex 3");
        assert_eq!(said(&[&[8], &[]]), "tour 0 comes back after closing");
    }

    #[test]
    fn a_claim_must_be_true() {
        assert!(verify(SMALL, 1, 1, &[vec![1, 2]], 20).is_ok());
        assert_eq!(verify(SMALL, 1, 1, &[vec![1, 2]], 21).unwrap_err().to_string(), "the score is 20, not 21");
    }

    #[test]
    fn a_way_is_rounded_down_and_no_further() {
        let vertex = |x: f64, y: f64| vec![0.0, x, y];
        assert_eq!(way(&vertex(0.0, 0.0), &vertex(3.0, 4.0), 1), 5_000, "whole ways stay as they are");
        assert_eq!(way(&vertex(0.0, 0.0), &vertex(1.0, 1.0), 1), 1_400);
        assert_eq!(way(&vertex(0.0, 0.0), &vertex(1.0, 1.0), 2), 1_410);
    }
}
