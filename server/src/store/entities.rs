//! The tables as SeaORM sees them. Behaviour lives beside this module, not in it.

pub mod asked_day;
pub mod asked_month;
pub mod asked_salt;
pub mod carried;
pub mod clock;
pub mod curation;
pub mod curation_event;
pub mod event;
pub mod listing;
pub mod saved;
pub mod setting;
pub mod trip;
pub mod trip_device;
pub mod trip_share;
