//! The rules of 游潇湘, as values.
//!
//! Invariants, checked by the manifest and by `tests/tidy.rs`:
//! - nothing here reads a clock, a file, an environment variable or a database; what varies comes in as an argument;
//! - a value that exists is valid: parsing happens once, at the edge, and returns [`Problem`]s in words for people;
//! - money is integer fen, positions are WGS84 degrees, times are UTC, days are days of Asia/Shanghai.

pub mod clock;
pub mod curation;
pub mod event;
pub mod festival;
pub mod geo;
pub mod ids;
pub mod lang;
pub mod listing;
pub mod money;
pub mod navigation;
pub mod pack;
pub mod problem;
pub mod region;
pub mod search;
pub mod time;
pub mod trip;
pub mod xml;

pub use ids::{CurationId, ListingId, Slug};
pub use lang::{Lang, Said, Text};
pub use money::Fen;
pub use problem::Problem;
