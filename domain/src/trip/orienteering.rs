//! Which stops, in which order, on which day?
//!
//! The team orienteering problem with time windows: visits with a score, a duration, opening hours for each day and a price; tours
//! (days) with their own start, end and hours; the highest score in the time and the money that there are. [`Solver`] finds good
//! plans of any size, the first at once and better ones for as long as it is let; [`exact`] proves the best plan of one short day.
//! Neither reads a clock: who calls says how long to go on. In a browser's worker call [`Solver::step`] a few hundred steps at a
//! time, between messages.
//!
//! ```
//! use domain::Fen;
//! use domain::trip::orienteering::{Opening, Problem, Solver, Tour, Travel, Visit, Window};
//!
//! let minutes = Travel::between(3, |a, b| 25 * a.abs_diff(b) as i32);
//! let visit = |place, score| Visit {
//!     place,
//!     score,
//!     duration: 60,
//!     cost: Fen(3_000),
//!     mandatory: false,
//!     opening: Opening::Always(Window { earliest: 9 * 60, latest: 16 * 60 }),
//! };
//! let day = Tour { from: 0, to: 0, leaves: 8 * 60, back: 11 * 60 };
//! let problem = Problem::new(minutes, vec![visit(1, 40), visit(2, 30)], vec![day], Some(Fen(5_000)))?;
//! let mut solver = Solver::new(problem, 1);
//! solver.step(100);
//! assert_eq!(solver.best().tours, [[0]]);
//! # Ok::<(), domain::trip::orienteering::Fault>(())
//! ```
//!
//! # How the search works
//!
//! Every step takes strings of visits out around one place and fills the tours up again, always with the visit that scores most,
//! squared, for the delay that it brings. The outcome is kept by simulated annealing. Each stop of a tour carries the latest time at
//! which it may begin, so room for a visit is one comparison; the loop over all visits has no branches and becomes vector
//! instructions, on SSE2 as well. Tours of plans near the best are remembered, and now and then put together anew.
//!
//! # What was tried
//!
//! Gaps are those of `cargo xtask bench toptw`; two runs of the same differ by some 0.03 points at 100 ms.
//!
//! - Filling up in an order chosen beforehand (by chance, score, score for time, width of the window), as is usual for vehicle
//!   routing: up to four times as many steps, and worse. At 300 ms on six hard instances with 2 and 4 tours -2.7 to -3.4 %, measured
//!   anew after each visit -3.7 %. A mixture of both is no better.
//! - Score to the power of 1, 1.5 or 3 instead of 2, or a mixture of powers: worse by 0.03 to 0.16 points. Half as much chance in the
//!   measure: worse by 0.07.
//! - Delays that always count waiting in full: worse by 0.08 points; never: by 0.17. A mixture by chance is best.
//! - Overlooking places by chance ("blinks"): no use beside the chance in the measure.
//! - Fewer visits taken out at a time (6 instead of 10), starting at half or double the heat: no difference beyond chance. Twenty at
//!   a time: worse.
//! - A weight for the length of tours beside the score, from none to five times as much: no difference; twenty times: single tours
//!   are worse by 3.5 points.
//! - Putting tours together anew: better by 0.03 points at 100 ms, most with 3 and 4 tours and narrow windows.
//! - The loop with branches, one visit at a time: 0.6 times as many steps. Passing over places where even the shortest visit has no
//!   room: 1.05 times as many. Keeping the least delay over all tours for each visit: no more.

pub(super) mod chance;
pub mod exact;
mod model;
mod plan;
mod pool;
mod problem;
mod recreate;
mod route;
mod ruin;
mod solver;
mod state;
#[cfg(test)]
mod tests;

pub use plan::{Broken, Moment, Plan};
pub use problem::{Fault, LONGEST, MOST_TOURS, MOST_VISITS, Opening, Problem, Tour, Travel, Visit, Window};
pub use solver::Solver;
