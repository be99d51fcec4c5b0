//! The catalogue as files: what a bureau edits, what others take away.
//!
//! A catalogue folder holds JSON Lines, one file or more for each kind and one listing on each line, and a
//! `manifest.json` that names them. The embedded catalogue has the same form. What leaves by [`export()`] comes back by
//! [`import()`] byte for byte, through either engine; [`dump()`] writes the formats that others read.

mod csv;
mod dependents;
mod diff;
mod dump;
mod export;
mod geojson;
mod import;
pub mod jsonld;
mod manifest;
mod place;
mod problem;
mod references;
mod renew;
mod rows;
mod source;
#[cfg(test)]
mod tests;

pub use csv::cell;
pub use diff::{DiffLine, What};
pub use dump::{Format, dump};
pub use export::{ExportError, ExportOptions, Exported, export};
pub use import::{ImportError, ImportOptions, Progress, Report, Stage, import, read};
pub use manifest::{Manifest, ManifestFile};
pub use problem::RowProblem;
pub use renew::{Renewal, Renewed, is_known, renew};
pub use rows::{Row, Rows};
pub use source::{Embedded, Folder, Source};

/// The licence of the catalogue as a whole.
pub const LICENCE: &str = "CC-BY-4.0";

/// The name of the file that names the others.
pub const MANIFEST: &str = "manifest.json";
