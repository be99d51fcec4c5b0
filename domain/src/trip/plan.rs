//! What a person chose: the trip as it is kept.

mod party;
mod problems;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::clock::{Clock, Hours};
use super::facts::{Facts, PlaceFacts};
use crate::geo::Position;
use crate::ids::ListingId;
use crate::region::{Region, RegionCode};
use crate::{Fen, Text};

pub use party::{Group, Mobility, Occasion, Pace, Party, Transport};
pub(super) use problems::vanished;

/// Whole weeks and more, and still a page that can be held in the hand.
pub const MOST_DAYS: usize = 30;
pub const MOST_VISITS: usize = 120;
/// What [`super::arrange`] solves to the optimum.
pub const MOST_VISITS_A_DAY: usize = 12;
pub const MOST_PEOPLE: u32 = 500;
/// Two days in one place; who stays longer adds a day.
pub const LONGEST_STAY_MIN: u32 = 12 * 60;
pub const LONGEST_TITLE: usize = 80;
pub const LONGEST_NOTE: usize = 500;
pub const MOST_HOURS: usize = 4;

/// The form of the data. Another number is refused, not guessed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Version;

impl TryFrom<u32> for Version {
    type Error = String;
    fn try_from(number: u32) -> Result<Self, String> {
        if number == 1 { Ok(Self) } else { Err(format!("version {number} of a trip is not known here; 1 is")) }
    }
}

impl From<Version> for u32 {
    fn from(_: Version) -> u32 {
        1
    }
}

/// A trip. Valid when [`Trip::problems`] is empty; everything else here takes a valid one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trip {
    pub version: Version,
    pub title: String,
    /// The first day, in Shanghai; the others follow it.
    pub starts: NaiveDate,
    pub days: Vec<Day>,
    pub party: Party,
    pub pace: Pace,
    pub transport: Transport,
    /// For all of the party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Fen>,
    /// Fuel, tolls, tickets, the coach: for all, the whole trip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub travel_cost: Option<Fen>,
    /// Somebody asked for mountain roads after dark.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub night_driving: bool,
    /// The boutique route it began as.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_route: Option<ListingId>,
    /// Set where an organisation travels (S13).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// The highest number that a stop has had, also one that is gone: whoever still means that one must not hit another.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub last_number: u32,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Day {
    /// Leaving, and being back or at the bed.
    pub from: Clock,
    pub until: Clock,
    /// Where the day begins; none: at its first stop.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Where>,
    /// Where it ends; none: at its last stop.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Where>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lunch: Option<Lunch>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub visits: Vec<Visit>,
    /// Of the night that follows; none: as the catalogue has it, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub night_cost: Option<Cost>,
}

/// Begins within `[from, until]` and takes `minutes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lunch {
    pub from: Clock,
    pub until: Clock,
    pub minutes: u32,
}

impl Default for Lunch {
    fn default() -> Self {
        Self { from: Clock::at(11, 30), until: Clock::at(13, 30), minutes: 60 }
    }
}

/// A number within its trip, given once: what is gone keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VisitId(pub u32);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    pub id: VisitId,
    pub at: Where,
    pub stay_min: u32,
    /// An appointment: it begins then, not before and not after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrive: Option<Clock>,
    /// Keeps its day and its place in the order, whatever is rearranged.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub locked: bool,
    /// As the traveller knows it; none: as the catalogue has it, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
    /// When it is open, as the traveller knows or assumes it; none: as the catalogue has it, or a guess that is shown as one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Vec<Hours>>,
    /// The last bus or cable car down: one has left by then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_shuttle: Option<Clock>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Which stop of the route it is, counted from 0, in a trip that began as one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route_stop: Option<u32>,
}

impl Visit {
    pub fn new(id: VisitId, at: Where, stay_min: u32) -> Self {
        Self {
            id,
            at,
            stay_min,
            arrive: None,
            locked: false,
            cost: None,
            hours: None,
            last_shuttle: None,
            note: String::new(),
            route_stop: None,
        }
    }
}

/// A place: of the catalogue, a county, or the traveller's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Where {
    Listing(ListingId),
    Region(RegionCode),
    Own(OwnPlace),
}

/// A place with all that is needed to find it.
#[derive(Debug, Clone, PartialEq)]
pub struct Located {
    pub name: Text,
    /// Its county, or the region itself.
    pub region: Option<&'static Region>,
    pub position: Option<Position>,
    pub sample: bool,
}

/// A place that only this trip knows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnPlace {
    pub name: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionCode>,
}

impl Where {
    /// What the catalogue knows of it; none where it is no listing, or one that has left.
    pub fn facts<'a>(&self, facts: &'a Facts) -> Option<&'a PlaceFacts> {
        match self {
            Where::Listing(id) => facts.get(id),
            Where::Region(_) | Where::Own(_) => None,
        }
    }

    /// What it is called; a place that left the catalogue is called by its number.
    pub fn name(&self, facts: &Facts) -> Text {
        match self {
            Where::Listing(id) => facts.get(id).map_or_else(|| Text::zh_only(id.as_str()), |place| place.name.clone()),
            Where::Region(code) => code.region().map_or_else(|| Text::zh_only(code.as_str()), |region| region.name.clone()),
            Where::Own(place) => place.name.clone(),
        }
    }

    /// What a map link ([`crate::navigation::map_link`]), a list or a file says of it.
    pub fn locate(&self, facts: &Facts) -> Located {
        let (position, region, sample) = match self {
            Where::Listing(id) => {
                facts.get(id).map_or((None, None, false), |place| (place.position, place.region.as_ref(), place.sample))
            }
            Where::Region(code) => (None, Some(code), false),
            Where::Own(own) => (own.position, own.region.as_ref(), false),
        };
        Located { name: self.name(facts), region: region.and_then(|code| code.region()), position, sample }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cost {
    Free,
    /// Each of the party.
    Person(Fen),
    /// All of the party together.
    All(Fen),
}

impl Cost {
    pub fn total(self, people: u32) -> Fen {
        match self {
            Cost::Free => Fen(0),
            Cost::Person(each) => Fen(each.0.saturating_mul(i64::from(people))),
            Cost::All(sum) => sum,
        }
    }

    pub(super) fn amount(self) -> Fen {
        match self {
            Cost::Free => Fen(0),
            Cost::Person(fen) | Cost::All(fen) => fen,
        }
    }
}

impl Trip {
    /// An empty one: no days yet.
    pub fn new(title: impl Into<String>, starts: NaiveDate, party: Party) -> Self {
        Self {
            version: Version,
            title: title.into(),
            starts,
            days: Vec::new(),
            party,
            pace: Pace::Steady,
            transport: Transport::Car,
            budget: None,
            travel_cost: None,
            night_driving: false,
            from_route: None,
            group: None,
            last_number: 0,
        }
    }

    /// Of the day with this index; the last day there is, past the end of the calendar.
    pub fn date(&self, day: usize) -> NaiveDate {
        self.starts.checked_add_days(Days::new(day as u64)).unwrap_or(NaiveDate::MAX)
    }

    pub fn visits(&self) -> impl Iterator<Item = &Visit> {
        self.days.iter().flat_map(|day| &day.visits)
    }

    pub fn visit(&self, id: VisitId) -> Option<&Visit> {
        self.visits().find(|visit| visit.id == id)
    }

    /// Day and place in its order.
    pub fn find(&self, id: VisitId) -> Option<(usize, usize)> {
        let place = |(day, it): (usize, &Day)| it.visits.iter().position(|visit| visit.id == id).map(|index| (day, index));
        self.days.iter().enumerate().find_map(place)
    }

    /// For the next visit somebody adds.
    pub fn next_id(&self) -> VisitId {
        VisitId(self.highest_number().saturating_add(1))
    }

    /// Of a stop that it has or had.
    pub(super) fn highest_number(&self) -> u32 {
        self.visits().map(|visit| visit.id.0).fold(self.last_number, u32::max)
    }

    /// Every place it names.
    pub fn places(&self) -> impl Iterator<Item = &Where> {
        self.days.iter().flat_map(|day| day.start.iter().chain(day.visits.iter().map(|visit| &visit.at)).chain(&day.end))
    }
}

impl Day {
    /// Nothing in it yet: half past eight to half past six, with lunch.
    pub fn empty() -> Self {
        Self {
            from: Clock::at(8, 30),
            until: Clock::at(18, 30),
            start: None,
            end: None,
            lunch: Some(Lunch::default()),
            visits: Vec::new(),
            night_cost: None,
        }
    }

    /// Where it begins and ends in fact.
    pub fn first_place(&self) -> Option<&Where> {
        self.start.as_ref().or_else(|| self.visits.first().map(|visit| &visit.at)).or(self.end.as_ref())
    }

    pub fn last_place(&self) -> Option<&Where> {
        self.end.as_ref().or_else(|| self.visits.last().map(|visit| &visit.at)).or(self.start.as_ref())
    }
}
