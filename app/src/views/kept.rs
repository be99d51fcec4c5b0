//! What pages show that are made on the device, from what it has kept.

use domain::pack::Pack;
use domain::region::Region;
use serde::{Deserialize, Serialize};

use super::{SearchPage, Site};

/// A county as a device keeps it: the JSON of `/packs/{county}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptCounty {
    /// [`domain::pack::FORMAT`].
    pub format: u32,
    /// What surrounds pages that are made of it.
    #[serde(default)]
    pub site: Site,
    pub pack: Pack,
}

/// `/search` where there is no signal.
#[derive(Debug, Clone)]
pub struct KeptSearchPage {
    /// Without facets and ideas.
    pub found: SearchPage,
    /// Where was searched.
    pub counties: Vec<&'static Region>,
    /// The long texts of some listings are not on the device, so their words were not searched.
    pub without_bodies: bool,
    /// So many listings of these counties are not on the device.
    pub left_out: usize,
}

/// A trip on the device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TripTarget {
    pub id: String,
    pub title: String,
    /// With everything that waits to be sent.
    pub version: i64,
    pub days: usize,
    /// Tells one sending of its forms from another.
    pub key: String,
}
