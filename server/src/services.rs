//! In what order effects happen: load, decide, save, answer.

pub mod asked;
pub mod catalogue_load;
pub mod curation;
pub mod drift;
pub mod dumps;
pub mod gathered;
pub mod keeper;
pub mod listings;
pub mod near;
pub mod packs;
pub mod pages;
pub mod roads;
pub mod saved;
pub mod search;
pub mod trips;
