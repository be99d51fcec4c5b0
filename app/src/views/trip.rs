//! What the pages of trips show.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use domain::listing::Listing;
use domain::region::Region;
use domain::time::Timestamp;
use domain::trip::adapt::Adaptation;
use domain::trip::budget::Budget;
use domain::trip::choose::Alternative;
use domain::trip::plan::Occasion;
use domain::trip::voucher::{Savings, Voucher};
use domain::trip::{Facts, Trip, VisitId};
use domain::{ListingId, Problem, Text};
use serde::{Deserialize, Serialize};

/// A trip with all that follows from it.
#[derive(Debug, Clone)]
pub struct Plan {
    pub trip: Trip,
    pub facts: Facts,
    /// Of the catalogue, as far as the trip names them.
    pub listings: BTreeMap<ListingId, Arc<Listing>>,
    pub route: Option<Arc<Listing>>,
    pub adaptation: Adaptation,
    pub budget: Budget,
    pub savings: Savings,
    pub offers: Vec<Voucher>,
}

/// A trip for those who may change it.
#[derive(Debug, Clone)]
pub struct TripPage {
    pub id: String,
    pub version: i64,
    /// Names the forms of this page, so that one that is sent twice is known.
    pub key: String,
    pub plan: Plan,
    pub can_undo: bool,
    pub can_redo: bool,
    pub shares: Vec<ShareLink>,
    pub guests: Guests,
    /// Places around that are not in it yet.
    pub ideas: Vec<Arc<Listing>>,
    /// Said once, of stops that were chosen just now.
    pub remarks: Remarks,
    /// Too many had their trips worked out: nobody looked for what would mend this one.
    pub unmended: bool,
    pub trouble: Option<Trouble>,
}

/// Devices that came in by a link and may change the trip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Guests {
    /// Without a signal nobody can say.
    #[default]
    Unknown,
    /// This one is one.
    Itself,
    Are(u64),
}

/// How a choice of stops came out, beside the stops.
#[derive(Debug, Clone, Default)]
pub struct Remarks {
    /// Nearly chosen, with the day and the detour in minutes.
    pub nearly: Vec<(Arc<Listing>, usize, u32)>,
    /// How many stops that were asked for found no time.
    pub forced: usize,
    /// Counties and prefectures that were asked for and have no stop.
    pub missed: Vec<&'static Region>,
}

/// A link through which others see the trip.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShareLink {
    pub token: String,
    /// They may change it too.
    pub edits: bool,
    pub until: NaiveDate,
}

/// A form that could not be used, with what was typed.
#[derive(Debug, Clone, Default)]
pub struct Trouble {
    /// Which form of the page.
    pub form: String,
    pub problems: Vec<Problem>,
    pub typed: Vec<(String, String)>,
}

impl Trouble {
    pub fn typed(&self, name: &str) -> Option<&str> {
        self.typed.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Somebody else changed the trip first.
#[derive(Debug, Clone)]
pub struct ConflictPage {
    pub id: String,
    pub title: String,
    /// The version that is there now.
    pub version: i64,
    pub key: String,
    /// What was done meanwhile, oldest first; empty where that is too long ago to be known.
    pub since: Vec<Text>,
    /// More happened than `since` names.
    pub more: bool,
    /// What was wanted, in words and as the form's value.
    pub wanted: Text,
    pub edit: String,
    /// Why it cannot be done on the new version.
    pub refused: Option<Problem>,
    /// It was made without signal.
    pub late: Option<Late>,
}

/// A change that was made without signal and is sent when there is one again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Late {
    /// Its number on the device.
    pub number: u64,
    /// How many wait behind it.
    pub behind: usize,
}

/// What a device shows of itself where there is no signal.
#[derive(Debug, Clone)]
pub struct AwayPage {
    /// The list of trips was asked for, and not something that is not kept.
    pub asked_for_trips: bool,
    pub trips: Vec<KeptTrip>,
}

/// A trip that was taken along.
#[derive(Debug, Clone)]
pub struct KeptTrip {
    pub id: String,
    pub title: String,
    pub kept_at: Timestamp,
    pub unsent: usize,
}

/// A trip that the site does not have any more, or not for this device, while this device still has it.
#[derive(Debug, Clone)]
pub struct GonePage {
    pub id: String,
    pub title: String,
    /// What can never be sent, in words.
    pub waiting: Vec<Text>,
}

/// `/trips/new`.
#[derive(Debug, Clone, Default)]
pub struct NewTripPage {
    pub key: String,
    pub route: Option<Arc<Listing>>,
    /// What it is to hold.
    pub add: Vec<Arc<Listing>>,
    pub trouble: Trouble,
    /// What the form begins with, by field, where somebody said so in a sentence or came for an occasion.
    pub filled: Vec<(String, String)>,
    pub said: Option<Said>,
}

/// A trip in a sentence, and how much of it was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    pub sentence: String,
    /// It was longer; this is as much as is read.
    pub cut: bool,
    pub heard: bool,
    pub unheard: Vec<String>,
    /// Children whose age nobody said.
    pub ageless: u32,
}

/// `/trips/groups`: occasions of organisations, each with routes that suit it.
#[derive(Debug, Clone)]
pub struct GroupTripsPage {
    pub occasions: Vec<(Occasion, Vec<Arc<Listing>>)>,
}

/// A trip in a list.
#[derive(Debug, Clone)]
pub struct TripLine {
    pub id: String,
    pub version: i64,
    pub title: String,
    pub starts: NaiveDate,
    pub days: usize,
    pub stops: usize,
    pub changed_at: Timestamp,
}

/// `/trips/add`: into which trip?
#[derive(Debug, Clone)]
pub struct AddToTripPage {
    pub listing: Arc<Listing>,
    pub trips: Vec<TripLine>,
    pub key: String,
}

/// A day of a trip as one lives it.
#[derive(Debug, Clone)]
pub struct TodayPage {
    /// Where the whole trip is.
    pub back: String,
    /// None: only to look at.
    pub change: Option<Change>,
    pub plan: Plan,
    /// Counted from 0.
    pub day: usize,
    pub now: Timestamp,
    pub clock: Clockwork,
    pub instead: Option<Instead>,
}

/// What a form that changes a trip has to carry.
#[derive(Debug, Clone)]
pub struct Change {
    pub id: String,
    pub version: i64,
    pub key: String,
}

/// Whose clock says what time it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clockwork {
    Server,
    /// It may be wrong, and the page says so.
    Device,
}

/// What could stand in for a stop.
#[derive(Debug, Clone)]
pub struct Instead {
    pub visit: VisitId,
    pub places: Vec<(Arc<Listing>, Alternative)>,
}

/// Through a link.
#[derive(Debug, Clone)]
pub struct SharedTripPage {
    pub link: ShareLink,
    pub plan: Plan,
}
