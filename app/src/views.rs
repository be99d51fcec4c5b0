//! What pages show: values the server fills in and the pages lay out.

mod in_app;
mod kept;
mod near;
mod saved;
mod trip;

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use chrono::NaiveDate;
use domain::geo::Point;
use domain::listing::kinds::{Family, Stop};
use domain::listing::{Kind, Listing};
use domain::region::Region;
use domain::search::Query;
use domain::search::notes::Note;
use domain::search::understand::Chip;
use domain::time::Timestamp;
use domain::{Lang, Problem, Text};
use serde::{Deserialize, Serialize};

pub use in_app::InApp;
pub use kept::{KeptCounty, KeptSearchPage, TripTarget};
pub use near::{Here, NearPage};
pub use saved::{ComparePage, SavedItem, SavedPage};
pub use trip::{
    AddToTripPage, AwayPage, Change, Clockwork, ConflictPage, GonePage, GroupTripsPage, Guests, Instead, KeptTrip, Late,
    NewTripPage, Plan, Remarks, Said, ShareLink, SharedTripPage, TodayPage, TripLine, TripPage, Trouble,
};

/// What surrounds every page: who looks, how, and whose site it is.
#[derive(Debug, Clone)]
pub struct Chrome {
    pub lang: Lang,
    pub size: Size,
    pub scheme: Scheme,
    /// The app whose own browser this is.
    pub in_app: Option<InApp>,
    /// Path and query of this page without the language prefix: `/places?county=433123`.
    pub path: String,
    /// `https://…` without a slash at the end.
    pub base_url: String,
    /// The day it is in Shanghai.
    pub today: NaiveDate,
    /// Set on a copy to be looked at without a signal: when it was made. What costs and what there still is holds as of then.
    pub kept_at: Option<Timestamp>,
    /// Changes made on the copy that the site does not have yet.
    pub unsent: usize,
    pub site: Arc<Site>,
    pub assets: Arc<Assets>,
}

/// How large things are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Size {
    #[default]
    Normal,
    /// 长辈版: large text, large targets, fewer things.
    Elder,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scheme {
    /// As the device says.
    #[default]
    Auto,
    Light,
    Dark,
}

impl Size {
    pub fn code(self) -> &'static str {
        match self {
            Size::Normal => "normal",
            Size::Elder => "elder",
        }
    }
}

impl Scheme {
    pub fn code(self) -> &'static str {
        match self {
            Scheme::Auto => "auto",
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        }
    }
}

/// What the operator has set, and what is true of the whole catalogue.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Site {
    /// A mail address or link where errors are reported; none where the operator has not set one.
    pub report_contact: Option<String>,
    pub icp_number: Option<String>,
    pub police_number: Option<String>,
    pub site_code: Option<String>,
    pub complaint_phone: Option<String>,
    pub shows_samples: bool,
    /// Words searched for are counted.
    pub remembers_searches: bool,
    /// Kinds of which there is nothing to show; they stay out of the navigation.
    pub empty_kinds: Vec<Kind>,
    /// When the embedded facts were last looked at.
    pub facts_as_of: Option<NaiveDate>,
    /// Of a detailed map.
    #[serde(default)]
    pub tiles: Option<Tiles>,
}

/// Where the pictures of a detailed map come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tiles {
    /// With `{z}`, `{x}` and `{y}`; or of a style.
    pub address: String,
    pub is_style: bool,
    /// Who made the map, and the number of its approval.
    pub attribution: String,
    pub approval: Option<String>,
    /// They are in GCJ-02, and so must be what is put on them.
    pub gcj02: bool,
}

/// Addresses of what the browser fetches besides the page; all hashed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Assets {
    pub css: String,
    /// The script that wakes the islands; none where the browser part was not built.
    pub boot: Option<String>,
    /// What makes pages without a signal: the script that joins it to a worker, and the wasm. No page loads them.
    pub offline: Option<(String, String)>,
    /// The script of the detailed map; none where it is not built in.
    #[serde(default)]
    pub detailed_map: Option<String>,
    /// The same of what chooses stops in a worker.
    #[serde(default)]
    pub planner: Option<(String, String)>,
    /// The script of a trip's page that keeps it on the device; none where the browser part was not built.
    #[serde(default)]
    pub take: Option<String>,
}

/// Half-open ranges of Unicode scalar values to be marked.
pub type Marks = Vec<(usize, usize)>;

/// A listing in a list.
#[derive(Debug, Clone)]
pub struct ListingCard {
    pub listing: Arc<Listing>,
    pub distance_km: Option<f64>,
    pub title_marks: Marks,
    pub summary_marks: Marks,
    /// Why it stands where it stands, in the reader's language: “脱贫县优先”.
    pub reason: Option<String>,
    /// The bureau recommends it for this search.
    pub pinned: Option<Recommended>,
    /// A trip on the device that it can be added to without asking the site.
    pub target: Option<Arc<TripTarget>>,
}

/// What everybody is told about a recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recommended {
    pub reason: Text,
    /// The last day it stands there.
    pub last_day: Option<NaiveDate>,
}

/// What a decision does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    Recommended,
    Hidden,
    /// Not suggested while typing.
    Silenced,
}

/// A decision of the bureau about search, in force today.
#[derive(Debug, Clone)]
pub struct DecisionView {
    pub what: Decided,
    /// Words of the searches it is for; none: all searches.
    pub query: Option<String>,
    /// Only the words and nothing else.
    pub whole: bool,
    pub county: Option<&'static Region>,
    /// Those of them that are in the catalogue.
    pub listings: Vec<Arc<Listing>>,
    pub reason: Text,
    pub last_day: Option<NaiveDate>,
}

impl ListingCard {
    pub fn plain(listing: Arc<Listing>) -> Self {
        Self { listing, distance_km: None, title_marks: vec![], summary_marks: vec![], reason: None, pinned: None, target: None }
    }
}

/// One value of a facet, with the address that toggles it.
#[derive(Debug, Clone)]
pub struct FacetValue {
    pub value: String,
    pub label: String,
    pub count: u64,
    pub selected: bool,
}

#[derive(Debug, Clone)]
pub struct Facet {
    /// The parameter it sets.
    pub name: &'static str,
    pub label: &'static str,
    pub values: Vec<FacetValue>,
}

/// `/search` and the list of one kind.
#[derive(Debug, Clone)]
pub struct SearchPage {
    pub query: Query,
    /// Set on `/places` and its like: the list is of this kind only, and the kind is not a filter.
    pub fixed_kind: Option<Kind>,
    pub problems: Vec<Problem>,
    /// Conditions that were understood from the text.
    pub chips: Vec<Chip>,
    /// What the hits are, where they are not what was typed.
    pub notes: Vec<Note>,
    pub total: u64,
    /// Of this page of one list; none where groups are shown.
    pub hits: Vec<ListingCard>,
    /// The best of each kind with its total; only where no kind and no order is chosen and it is the first page.
    pub groups: Vec<(Kind, u64, Vec<ListingCard>)>,
    pub facets: Vec<Facet>,
    /// Places to try where nothing was found.
    pub ideas: Vec<ListingCard>,
}

/// One listing with all that hangs on it.
#[derive(Debug, Clone)]
pub struct ListingPage {
    pub listing: Arc<Listing>,
    /// A route's stops, with the place each one is, where the catalogue has it.
    pub stops: Vec<StopView>,
    /// Routes that stop here.
    pub routes: Vec<ListingCard>,
    /// Within 30 km, nearest first; other kinds than offers.
    pub neighbours: Vec<ListingCard>,
    pub heritage: Vec<ListingCard>,
    pub products: Vec<ListingCard>,
    /// Offers usable here, the steered ones first, each with its reason.
    pub offers: Vec<ListingCard>,
    /// For an offer: where it can be used, the steered ones first, each with its reason.
    pub usable_at: Vec<ListingCard>,
    /// Of an experience or product: the heritage item behind it.
    pub behind: Option<Arc<Listing>>,
    /// What search engines read, as finished JSON; none for a sample.
    pub json_ld: Option<Arc<str>>,
}

#[derive(Debug, Clone)]
pub struct StopView {
    pub stop: Stop,
    pub place: Option<Arc<Listing>>,
}

/// A county, zone or prefecture with everything there.
#[derive(Debug, Clone)]
pub struct RegionPage {
    pub region: &'static Region,
    /// Kind, how many there are, the first few.
    pub sections: Vec<(Kind, u64, Vec<ListingCard>)>,
}

/// All regions, for the overview at `/counties`.
#[derive(Debug, Clone)]
pub struct RegionsPage {
    /// Each prefecture with its counties and zones and how many listings each has.
    pub prefectures: Vec<(&'static Region, Vec<(&'static Region, u64)>)>,
}

#[derive(Debug, Clone)]
pub struct HomePage {
    pub counts: Vec<(Kind, u64)>,
    /// Good in the present month.
    pub season: Vec<ListingCard>,
    pub routes: Vec<ListingCard>,
    pub heritage: Vec<ListingCard>,
    pub offers: Vec<ListingCard>,
    pub prefectures: Vec<(&'static Region, u64)>,
    /// Where 5A places are, for the map.
    pub sights: Vec<Arc<Listing>>,
}

/// Route families with their routes.
#[derive(Debug, Clone)]
pub struct FamiliesPage {
    pub families: Vec<(Family, Vec<ListingCard>)>,
}

/// Offers by the county they can be used in; `None` is the whole province.
#[derive(Debug, Clone)]
pub struct OffersByCountyPage {
    pub regions: Vec<(Option<&'static Region>, Vec<ListingCard>)>,
}

/// What the “about the data” page counts.
#[derive(Debug, Clone)]
pub struct DataPage {
    pub counts: Vec<(Kind, u64)>,
    /// Label of the confidence, how many.
    pub confidences: Vec<(String, u64)>,
    pub samples: u64,
    pub credits: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct ErrorPage {
    pub status: u16,
    /// What happened, for a person; none: the usual words for the status.
    pub sentence: Option<String>,
    pub problems: Vec<Problem>,
    /// To quote when asking for help.
    pub request_id: Option<String>,
}

/// A pin or stop on the drawn map.
#[derive(Debug, Clone, PartialEq)]
pub struct MapPoint {
    pub point: Point,
    pub label: String,
    pub href: Option<String>,
    /// The number in the circle of a stop.
    pub number: Option<usize>,
    pub exact: bool,
}

/// No position is half a number, so equal points are equal in every bit that is looked at.
impl Eq for MapPoint {}

impl Hash for MapPoint {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Point { lat, lon } = self.point;
        (lat.to_bits(), lon.to_bits(), &self.label, &self.href, self.number, self.exact).hash(state);
    }
}
