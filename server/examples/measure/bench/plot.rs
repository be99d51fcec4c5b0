//! How the cost of a query grows with the number of listings: a drawing that stands by itself.

use std::fmt::Write;

use anyhow::Result;

use super::Run;
use crate::engines::Name;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 420.0;
/// Room for the words around the field.
const LEFT: f64 = 80.0;
const RIGHT: f64 = 160.0;
const TOP: f64 = 50.0;
const BOTTOM: f64 = 50.0;

const LINES: [(Name, &str); 4] =
    [(Name::Ours, "#b3261e"), (Name::OursWithFacets, "#e08a3c"), (Name::Stock, "#2f6f9f"), (Name::Bigram, "#5b7f3a")];

/// Ten to the power of …, for both ends of a scale.
struct Scale {
    from: f64,
    to: f64,
    start: f64,
    end: f64,
}

impl Scale {
    /// Whole powers of ten around the values.
    fn around(values: impl Iterator<Item = f64>, start: f64, end: f64) -> Self {
        let logs = values.filter(|value| *value > 0.0).map(f64::log10);
        let (from, to) = logs.fold((f64::MAX, f64::MIN), |(low, high), log| (low.min(log), high.max(log)));
        let (from, to) = (from.floor(), to.ceil());
        Self { from, to: to.max(from + 1.0), start, end }
    }

    fn at(&self, value: f64) -> f64 {
        self.start + (value.log10() - self.from) / (self.to - self.from) * (self.end - self.start)
    }

    fn tens(&self) -> impl Iterator<Item = f64> {
        (self.from as i32..=self.to as i32).map(|power| 10_f64.powi(power))
    }
}

pub fn svg(runs: &[Run]) -> Result<String> {
    let points = |engine: Name, of: fn(&super::Asked) -> f64| -> Vec<(f64, f64)> {
        let of_run = |run: &Run| {
            let column = run.columns.iter().find(|column| column.engine == engine)?;
            Some((run.documents as f64, of(&column.asked)))
        };
        runs.iter().filter_map(of_run).collect()
    };
    let mean = |asked: &super::Asked| asked.one.cpu_us / 1e3;
    let p99 = |asked: &super::Asked| asked.one.p99_us / 1e3;
    let all = || LINES.into_iter().flat_map(|(engine, _)| points(engine, mean).into_iter().chain(points(engine, p99)));
    let x = Scale::around(all().map(|(x, _)| x), LEFT, WIDTH - RIGHT);
    let y = Scale::around(all().map(|(_, y)| y), HEIGHT - BOTTOM, TOP);

    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"13\">\n\
         <title>Milliseconds a query takes on one thread, by number of listings</title>\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n\
         <text x=\"24\" y=\"24\">Milliseconds a query: mean on a core (line) and p99 on one thread (dashes), by number of listings</text>\n"
    );
    for value in y.tens() {
        let (at, end) = (y.at(value), WIDTH - RIGHT);
        writeln!(out, "<path d=\"M{LEFT} {at:.1}H{end}\" stroke=\"#ddd\"/>")?;
        writeln!(out, "<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{value}</text>", LEFT - 8.0, at + 4.0)?;
    }
    for value in x.tens() {
        let (at, end) = (x.at(value), HEIGHT - BOTTOM);
        writeln!(out, "<path d=\"M{at:.1} {TOP}V{end}\" stroke=\"#ddd\"/>")?;
        writeln!(out, "<text x=\"{at:.1}\" y=\"{}\" text-anchor=\"middle\">{value}</text>", end + 20.0)?;
    }
    let mut labels: Vec<(f64, &str, &str)> = Vec::new();
    for (engine, colour) in LINES {
        for (of, dashes) in [(mean as fn(&super::Asked) -> f64, "none"), (p99, "3 4")] {
            let points = points(engine, of);
            let places: Vec<String> = points.iter().map(|(a, b)| format!("{:.1},{:.1}", x.at(*a), y.at(*b))).collect();
            let line = places.join(" ");
            writeln!(
                out,
                "<polyline points=\"{line}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dashes}\"/>"
            )?;
            if let (Some((_, last)), "none") = (points.last(), dashes) {
                labels.push((y.at(*last), engine.label(), colour));
            }
        }
    }
    labels.sort_by(|(a, ..), (b, ..)| a.total_cmp(b));
    let mut free = f64::MIN;
    for (at, label, colour) in labels {
        // one above the other where the lines end together
        free = at.max(free);
        writeln!(out, "<text x=\"{}\" y=\"{:.1}\" fill=\"{colour}\">{label}</text>", WIDTH - RIGHT + 8.0, free + 4.0)?;
        free += 16.0;
    }
    out.push_str("</svg>\n");
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_end_at_powers_of_ten() {
        let scale = Scale::around([0.03, 4.2].into_iter(), 0.0, 300.0);
        assert_eq!(scale.tens().collect::<Vec<_>>(), [0.01, 0.1, 1.0, 10.0]);
        assert!((scale.at(0.1) - 100.0).abs() < 1e-9 && (scale.at(10.0) - 300.0).abs() < 1e-9);
    }
}
