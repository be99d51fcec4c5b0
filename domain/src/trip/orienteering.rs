//! Which stops, in which order, on which day?
//!
//! The team orienteering problem with time windows: visits with a score, a duration, opening hours for each day and a price; tours
//! (days) with their own start, end and hours; the highest score in the time and the money that there are. [`Solver`] finds good
//! plans of any size, the first at once and better ones for as long as it is let; [`exact`] proves the best plan of one short day.
//! Neither reads a clock: who calls says how long to go on. In a browser's worker call [`Solver::step`] a few hundred steps at a
//! time, between messages.

mod chance;
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
