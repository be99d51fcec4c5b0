//! `/near`: what is around somewhere.

use std::sync::Arc;

use domain::Problem;
use domain::geo::Point;
use domain::listing::{Kind, Listing};
use domain::region::Region;

use super::ListingCard;

#[derive(Debug, Clone, Default)]
pub struct NearPage {
    /// What was typed as a place's name.
    pub typed: String,
    pub here: Option<Here>,
    /// Why there is no `here`, or what of the address could not be used.
    pub problems: Vec<Problem>,
    /// Other places of the name that was typed.
    pub others: Vec<Here>,
    /// How far was looked.
    pub radius_km: f64,
    /// Of each kind how many there are, and the first few: known to be open today, then unknown, then known to be shut, each the
    /// nearest first.
    pub groups: Vec<(Kind, u64, Vec<ListingCard>)>,
}

/// Where one is, or says to be.
#[derive(Debug, Clone)]
pub enum Here {
    /// A county, a prefecture: its seat.
    Region(&'static Region, Point),
    Listing(Arc<Listing>, Point),
    /// From the device, rounded to some hundred metres; with the region whose seat is nearest.
    Point(Point, Option<&'static Region>),
}

impl Here {
    pub fn point(&self) -> Point {
        match self {
            Here::Region(_, point) | Here::Listing(_, point) | Here::Point(point, _) => *point,
        }
    }
}
