//! Planning a trip.

pub mod orienteering;
