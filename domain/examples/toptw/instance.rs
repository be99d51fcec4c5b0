//! Reads an instance as it is published, into a problem of the solver.
//!
//! `k v N t`, a line that is ignored, then a line for each vertex from 0 to N: index, x, y, duration of the visit, score, fields
//! of no use here, and last the opening and the closing time. Everything ends where it starts, at vertex 0.

use anyhow::{Context, Result, bail, ensure};
use domain::Fen;
use domain::trip::orienteering::{Opening, Problem, Tour, Travel, Visit, Window};

/// How travel times are rounded down, by the custom of each collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(clap::ValueEnum))]
pub enum Rounding {
    /// To one decimal.
    Solomon,
    /// To two decimals.
    Cordeau,
}

impl Rounding {
    pub fn of_file(name: &str) -> Self {
        if name.starts_with("pr") { Self::Cordeau } else { Self::Solomon }
    }

    pub fn decimals(self) -> u32 {
        match self {
            Self::Solomon => 1,
            Self::Cordeau => 2,
        }
    }
}

#[derive(Debug)]
pub struct Instance {
    travel: Travel,
    depot: Window,
    visits: Vec<Visit>,
}

/// Decimals that positions may have.
const FINE: u32 = 3;
/// So far from the origin, and so late, may be what an instance says.
const MOST: i64 = 1_000_000;

struct Vertex {
    x: i64,
    y: i64,
    duration: i32,
    score: u32,
    window: Window,
}

impl Instance {
    pub fn read(text: &str, rounding: Rounding) -> Result<Self> {
        let mut lines =
            text.lines().enumerate().map(|(index, line)| (index + 1, line)).filter(|(_, line)| !line.trim().is_empty());
        let (_, head) = lines.next().context("the file is empty")?;
        let count = head.split_whitespace().nth(2).context("line 1: the third field, the number of vertices, is missing")?;
        let count: usize = count.parse().ok().with_context(|| format!("line 1: {count:?} is no number of vertices"))?;
        lines.next().context("the second line is missing")?;
        let mut vertices = Vec::new();
        for (number, line) in lines {
            let vertex = vertex(line, vertices.len(), rounding).with_context(|| format!("line {number}"))?;
            vertices.push(vertex);
        }
        ensure!(
            vertices.len() == count + 1,
            "line 1 promises {count} vertices besides the first, but there are {}",
            vertices.len().saturating_sub(1)
        );
        let squeeze = 10i64.pow(FINE - rounding.decimals());
        let travel = Travel::between(vertices.len(), |a, b| {
            let (dx, dy) = (vertices[a].x - vertices[b].x, vertices[a].y - vertices[b].y);
            // the root of a whole number, rounded down, is the root of what it is rounded down
            ((dx * dx + dy * dy) / (squeeze * squeeze)).isqrt() as i32
        });
        let visit = |(place, vertex): (usize, &Vertex)| Visit {
            place,
            score: vertex.score,
            duration: vertex.duration,
            cost: Fen(0),
            mandatory: false,
            opening: Opening::Always(vertex.window),
        };
        Ok(Self { travel, depot: vertices[0].window, visits: vertices.iter().enumerate().skip(1).map(visit).collect() })
    }

    /// The problem with so many tours; visit `i` is vertex `i + 1`.
    pub fn problem(&self, tours: usize) -> Result<Problem> {
        let tour = Tour { from: 0, to: 0, leaves: self.depot.earliest, back: self.depot.latest };
        Ok(Problem::new(self.travel.clone(), self.visits.clone(), vec![tour; tours], None)?)
    }
}

fn vertex(line: &str, index: usize, rounding: Rounding) -> Result<Vertex> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    ensure!(fields.len() >= 7, "a vertex has at least 7 fields, here are {}", fields.len());
    ensure!(fields[0].parse() == Ok(index), "vertex {index} should be here, not {:?}", fields[0]);
    let time = |field: &str| decimal(field, rounding.decimals()).map(|time| time as i32);
    let [earliest, latest] = [time(fields[fields.len() - 2])?, time(fields[fields.len() - 1])?];
    ensure!(earliest <= latest, "the vertex closes before it opens");
    let (duration, score) = (time(fields[3])?, decimal(fields[4], 0)?);
    ensure!(duration >= 0, "the visit takes less than no time");
    let score = u32::try_from(score).ok().context("the score is negative")?;
    Ok(Vertex {
        x: decimal(fields[1], FINE)?,
        y: decimal(fields[2], FINE)?,
        duration,
        score,
        window: Window { earliest, latest },
    })
}

/// `12.5` with 2 decimals is 1250. More decimals than that must be zeros.
fn decimal(field: &str, decimals: u32) -> Result<i64> {
    let (sign, digits) = field.strip_prefix('-').map_or((1, field), |digits| (-1, digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() || whole.len() > 9 || !whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit()) {
        bail!("{field:?} is no number");
    }
    let kept = part.len().min(decimals as usize);
    ensure!(part[kept..].bytes().all(|byte| byte == b'0'), "{field:?} has more than {decimals} decimals");
    let whole: i64 = whole.parse()?;
    ensure!(whole <= MOST, "{field:?} is beyond {MOST}");
    let part = format!("{:0<width$}", &part[..kept], width = decimals as usize);
    Ok(sign * (whole * 10i64.pow(decimals) + part.parse::<i64>().unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = include_str!("instances/brook.txt");

    fn refused(text: &str) -> String {
        format!("{:#}", Instance::read(text, Rounding::Solomon).expect_err("the file is malformed"))
    }

    fn changed(from: &str, to: &str) -> String {
        let text = SMALL.replacen(from, to, 1);
        assert_ne!(text, SMALL, "{from:?} is in the file");
        text
    }

    #[test]
    fn an_instance_becomes_a_problem() {
        let instance = Instance::read(SMALL, Rounding::Solomon).unwrap();
        let problem = instance.problem(2).unwrap();
        assert_eq!(problem.tours(), vec![Tour { from: 0, to: 0, leaves: 0, back: 1200 }; 2]);
        assert_eq!(problem.visits().len(), 8);
        let first = &problem.visits()[0];
        assert_eq!((first.place, first.score, first.duration), (1, 12, 100));
        assert_eq!(first.opening, Opening::Always(Window { earliest: 0, latest: 600 }));
    }

    #[test]
    fn travel_times_are_rounded_down_as_the_collection_has_it() {
        // from (10, 10) to (13.5, 11): 3.640…
        let time = |rounding| Instance::read(SMALL, rounding).unwrap().problem(1).unwrap().travel().time(0, 2);
        assert_eq!((time(Rounding::Solomon), time(Rounding::Cordeau)), (36, 364));
        assert_eq!([Rounding::of_file("pr01"), Rounding::of_file("r101")], [Rounding::Cordeau, Rounding::Solomon]);
    }

    #[test]
    fn what_is_malformed_is_refused_in_words() {
        assert_eq!(refused(""), "the file is empty");
        assert_eq!(refused("1 2"), "line 1: the third field, the number of vertices, is missing");
        assert_eq!(refused("1 2 many 1\n0 0\n"), "line 1: \"many\" is no number of vertices");
        assert_eq!(refused("1 2 3 1\n"), "the second line is missing");
        assert_eq!(refused(&changed("1 2 8 1", "1 2 9 1")), "line 1 promises 9 vertices besides the first, but there are 8");
        assert_eq!(refused(&changed("3 7.00", "4 7.00")), "line 6: vertex 3 should be here, not \"4\"");
        assert_eq!(refused(&changed("7.00", "7,00")), "line 6: \"7,00\" is no number");
        assert_eq!(refused(&changed("7.00", "NaN")), "line 6: \"NaN\" is no number");
        assert_eq!(refused(&changed("7.00", "7000000")), "line 6: \"7000000\" is beyond 1000000");
        assert_eq!(refused(&changed("12.00 0 0 0 0 60", "12.50 0 0 0 0 60")), "line 4: \"12.50\" has more than 0 decimals");
        assert_eq!(refused(&changed("12.00 0 0 0 0 60", "-12 0 0 0 0 60")), "line 4: the score is negative");
        assert_eq!(refused(&changed("12.00 0 0 0 0 60", "12.00 0 0 0 61 60")), "line 4: the vertex closes before it opens");
        assert_eq!(refused(&changed("12.00 0 0 0 0 60", "")), "line 4: a vertex has at least 7 fields, here are 4");
    }
}
