//! A trip: days with stops in an order, what is known of the stops, and what follows from both (P1–P8, S13).
//!
//! A [`Trip`] holds only what somebody chose. Times of arrival, lateness, costs and files are computed from it, from [`Facts`] of the
//! catalogue and from a function that says how long a way takes; nothing computed is stored. What nobody knows stays visible:
//! assumed hours are marked, an unknown cost makes a total “at least”, and every estimated way says that it is one.

pub mod adapt;
pub mod arrange;
pub mod budget;
pub mod check;
pub mod choose;
pub mod course;
pub mod edit;
pub mod export;
pub mod facts;
pub mod history;
pub mod orienteering;
pub mod plan;
pub mod repair;
pub mod schedule;
pub mod spoken;
pub mod stored;
pub mod sun;
pub mod timeline;
pub mod travel;
pub mod voucher;

#[cfg(test)]
mod world;

pub use crate::clock::{self, Clock, Hours};
pub use check::{Breach, Constraint, Report, Severity, check};
pub use choose::{Chooser, Chosen, Wish, choose};
pub use edit::{Applied, Edit};
pub use facts::{Facts, PlaceFacts};
pub use history::History;
pub use plan::{Cost, Day, Group, Lunch, Mobility, Pace, Party, Transport, Trip, Visit, VisitId, Where};
pub use repair::{Repair, repairs};
pub use timeline::{DayTimeline, World, timeline};
pub use travel::{Leg, Spot};
