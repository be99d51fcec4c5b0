//! The problem as the search reads it: numbers only, laid out for the loop that looks for room.
//!
//! Nodes are the visits, then the ends of tours, each place once.

use super::problem::{Problem, Travel};

/// Rows over visits are cut into pieces of so many.
pub const LANES: usize = 8;

type Row = Vec<[i32; LANES]>;

#[derive(Debug)]
pub struct Model {
    pub visits: usize,
    pub nodes: usize,
    /// `[visit][a]`: from the beginning at node `a` to the arrival at the visit.
    into: Vec<i32>,
    /// `[a][b]`: from the beginning at node `a` to the arrival at `b`.
    onward: Vec<i32>,
    /// The same in pieces: `[a][visit]` from the beginning at node `a`, `[b][visit]` to the arrival at node `b`.
    there: Row,
    back: Row,
    /// By node: the least of the row in `there`, the least of the row in `back`.
    least_there: Vec<i32>,
    least_back: Vec<i32>,
    /// `[day][visit]`; tours with the same openings share a day.
    earliest: Row,
    latest: Row,
    /// What a visit is worth here: if mandatory, more than all others together.
    pub worth: Vec<i64>,
    /// The worth squared.
    pub weight: Vec<f32>,
    /// The visits that are worth anything.
    pub wanted: Vec<u16>,
    pub cost: Vec<i64>,
    pub budget: i64,
    pub tours: Vec<TourModel>,
    /// `[visit]`: the others, nearest first.
    near: Vec<u16>,
    pub mean_score: f64,
    /// What a visit takes in time besides what it delays: keeps the measure finite, a tenth of a short visit with its way.
    pub base: f32,
    /// Is there less money than all would cost?
    pub priced: bool,
    pub time_per_fen: f32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TourModel {
    pub first: u16,
    pub last: u16,
    pub leaves: i32,
    pub back: i32,
    pub day: usize,
    /// Tours of a kind may swap all that they have.
    pub kind: usize,
}

/// A window in which nothing begins.
const CLOSED: (i32, i32) = (i32::MAX / 4, i32::MIN / 4);

impl Model {
    pub fn of(problem: &Problem) -> Self {
        let visits = problem.visits.len();
        let mut places: Vec<usize> = problem.visits.iter().map(|visit| visit.place).collect();
        let mut node_of = |place: usize| {
            let known = places[visits..].iter().position(|other| *other == place);
            known.unwrap_or_else(|| {
                places.push(place);
                places.len() - 1 - visits
            }) + visits
        };
        let mut days: Vec<Vec<(i32, i32)>> = Vec::new();
        let mut kinds: Vec<TourModel> = Vec::new();
        let mut tours = Vec::new();
        for (index, tour) in problem.tours.iter().enumerate() {
            let openings = (0..visits).map(|visit| problem.window(visit, index).map_or(CLOSED, |w| (w.earliest, w.latest)));
            let openings: Vec<_> = openings.collect();
            let day = days.iter().position(|day| *day == openings).unwrap_or_else(|| {
                days.push(openings);
                days.len() - 1
            });
            let (first, last) = (node_of(tour.from) as u16, node_of(tour.to) as u16);
            let mut model = TourModel { first, last, leaves: tour.leaves, back: tour.back, day, kind: 0 };
            model.kind = kinds.iter().position(|kind| *kind == model).unwrap_or_else(|| {
                kinds.push(model.clone());
                kinds.len() - 1
            });
            tours.push(model);
        }
        let nodes = places.len();
        let stay = |node: usize| problem.visits.get(node).map_or(0, |visit| visit.duration);
        let travel = |a: usize, b: usize| problem.travel.time(places[a], places[b]);
        let onward = (0..nodes * nodes).map(|at| match travel(at / nodes, at % nodes) {
            Travel::NEVER => Travel::NEVER,
            time => stay(at / nodes) + time,
        });
        let onward: Vec<i32> = onward.collect();
        let into = (0..visits * nodes).map(|at| onward[(at % nodes) * nodes + at / nodes]).collect();
        let there = in_pieces(nodes, visits, |a, visit| onward[a * nodes + visit], Travel::NEVER);
        let back = in_pieces(nodes, visits, |b, visit| onward[visit * nodes + b], Travel::NEVER);
        let pieces = visits.div_ceil(LANES);
        let least = |rows: &Row| -> Vec<i32> {
            let row = |node: usize| rows[node * pieces..(node + 1) * pieces].iter().flatten().copied();
            (0..nodes).map(|node| row(node).min().unwrap_or(Travel::NEVER)).collect()
        };
        let total: i64 = problem.visits.iter().map(|visit| i64::from(visit.score)).sum();
        let worth = problem.visits.iter().map(|visit| i64::from(visit.score) + if visit.mandatory { 2 * total + 1 } else { 0 });
        let worth: Vec<i64> = worth.collect();
        let both_ways = |a: usize, b: usize| i64::from(travel(a, b)) + i64::from(travel(b, a));
        let near: Vec<u16> = (0..visits).flat_map(|a| by_distance(visits, |b| both_ways(a, b))).collect();
        let cost: Vec<i64> = problem.visits.iter().map(|visit| visit.cost.0).collect();
        let budget = problem.budget.map_or(i64::MAX, |budget| budget.0);
        let mean_stay = (0..visits).map(|visit| stay(visit) as f32).sum::<f32>() / visits.max(1) as f32;
        let horizon: f32 = tours.iter().map(|tour| (tour.back - tour.leaves) as f32).sum();
        Self {
            visits,
            nodes,
            into,
            onward,
            least_there: least(&there),
            least_back: least(&back),
            there,
            back,
            earliest: in_pieces(days.len(), visits, |day, visit| days[day][visit].0, CLOSED.0),
            latest: in_pieces(days.len(), visits, |day, visit| days[day][visit].1, CLOSED.1),
            weight: worth.iter().map(|worth| (*worth as f32).powi(2)).collect(),
            wanted: (0..visits as u16).filter(|visit| worth[usize::from(*visit)] > 0).collect(),
            worth,
            priced: cost.iter().sum::<i64>() > budget,
            time_per_fen: horizon / budget.max(1) as f32,
            cost,
            budget,
            tours,
            near,
            mean_score: total as f64 / visits.max(1) as f64,
            base: (mean_stay / 10.0).max(1.0),
        }
    }

    #[inline]
    pub fn into(&self, visit: u16) -> &[i32] {
        &self.into[usize::from(visit) * self.nodes..][..self.nodes]
    }

    #[inline]
    pub fn onward(&self, node: u16) -> &[i32] {
        &self.onward[usize::from(node) * self.nodes..][..self.nodes]
    }

    #[inline]
    pub fn window(&self, day: usize, visit: u16) -> (i32, i32) {
        let visit = usize::from(visit);
        let at = day * self.visits.div_ceil(LANES) + visit / LANES;
        (self.earliest[at][visit % LANES], self.latest[at][visit % LANES])
    }

    /// No visit takes less time, its ways included, between the beginning at `a` and the arrival at `b`.
    #[inline]
    pub fn detour(&self, a: u16, b: u16) -> i32 {
        self.least_there[usize::from(a)] + self.least_back[usize::from(b)]
    }

    /// To the beginning of each visit, from each visit on, and the windows of all in a day.
    #[inline]
    pub fn between(&self, a: u16, b: u16, day: usize) -> [&[[i32; LANES]]; 4] {
        let pieces = self.visits.div_ceil(LANES);
        let row = |of: usize| of * pieces..(of + 1) * pieces;
        let (a, b) = (usize::from(a), usize::from(b));
        [&self.there[row(a)], &self.back[row(b)], &self.earliest[row(day)], &self.latest[row(day)]]
    }

    pub fn near(&self, visit: usize) -> &[u16] {
        &self.near[visit * self.visits..][..self.visits]
    }
}

fn in_pieces(rows: usize, visits: usize, value: impl Fn(usize, usize) -> i32, beyond: i32) -> Row {
    let pieces = visits.div_ceil(LANES);
    let piece = |row: usize, piece: usize| {
        std::array::from_fn(|lane| {
            let visit = piece * LANES + lane;
            if visit < visits { value(row, visit) } else { beyond }
        })
    };
    (0..rows * pieces).map(|at| piece(at / pieces, at % pieces)).collect()
}

fn by_distance(visits: usize, distance: impl Fn(usize) -> i64) -> Vec<u16> {
    let mut others: Vec<(i64, u16)> = (0..visits).map(|other| (distance(other), other as u16)).collect();
    others.sort_unstable();
    others.into_iter().map(|(_, other)| other).collect()
}
