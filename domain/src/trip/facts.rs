//! What a trip needs to know of a place: a small view of a listing, and guesses that are marked as guesses.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::clock::{Clock, Hours};
use super::plan::Party;
use crate::festival::Festival;
use crate::geo::Position;
use crate::ids::ListingId;
use crate::listing::opening::say_span;
use crate::listing::{Details, Kind, Listing, Tag, Terrain};
use crate::region::RegionCode;
use crate::time::Months;
use crate::{Fen, Lang, Text};

pub type Facts = BTreeMap<ListingId, PlaceFacts>;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceFacts {
    pub id: ListingId,
    #[serde(with = "kind_word")]
    pub kind: Kind,
    pub name: Text,
    #[serde(default)]
    pub position: Option<Position>,
    #[serde(default)]
    pub region: Option<RegionCode>,
    pub terrain: Terrain,
    /// Good months; empty where nobody knows.
    #[serde(default)]
    pub months: Months,
    #[serde(default)]
    pub tags: Vec<Tag>,
    #[serde(default)]
    pub sample: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// Minutes the editors suggest.
    #[serde(default)]
    pub stay_min: Option<u32>,
    #[serde(default)]
    pub price: Option<Price>,
    pub opening: Opening,
    /// Youngest and oldest who may take part.
    #[serde(default)]
    pub ages: Bounds,
    /// Fewest and most people at once.
    #[serde(default)]
    pub people: Bounds,
    /// Somebody has recorded that it can be used without steps.
    #[serde(default)]
    pub barrier_free: bool,
    /// Takes vouchers; none where nobody knows.
    #[serde(default)]
    pub vouchers: Option<bool>,
}

/// `5A`, or the list it is on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    pub name: Text,
    /// False where it is general knowledge that nobody has looked up.
    pub verified: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    pub least: Fen,
    pub per: Per,
    /// May cost more: the season, the room.
    pub from: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    Person,
    /// One room, one night.
    RoomNight,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    #[serde(default)]
    pub least: Option<u32>,
    #[serde(default)]
    pub most: Option<u32>,
}

impl Bounds {
    pub fn hold(self, number: u32) -> bool {
        self.least.is_none_or(|least| least <= number) && self.most.is_none_or(|most| number <= most)
    }
}

/// When a place lets people in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Opening {
    Unknown,
    /// Nobody shuts it: a county, a river bank, one's bed.
    Always,
    Calendar(Calendar),
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// Empty where nobody knows the hours, only months in which it is shut.
    pub weekly: Vec<Weekly>,
    /// Months in which it is shut altogether.
    #[serde(default)]
    pub shut: Months,
}

/// Hours on weekdays 1 (Monday) to 7.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weekly {
    pub weekdays: Vec<u32>,
    pub hours: Hours,
    /// Nobody is let in after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_entry: Option<Clock>,
}

/// The hours that count on one day, and how well they are known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenToday {
    /// In order of their beginning; empty where it is shut all day.
    pub hours: Vec<Hours>,
    pub basis: HoursBasis,
    /// Until when one is let in, for those of the hours of which it is known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub last_entries: Vec<(Hours, Clock)>,
}

impl OpenToday {
    pub fn new(hours: Vec<Hours>, basis: HoursBasis) -> Self {
        Self { hours, basis, last_entries: Vec::new() }
    }

    pub fn last_entry(&self, hours: Hours) -> Option<Clock> {
        self.last_entries.iter().find(|(of, _)| *of == hours).map(|(_, last)| *last)
    }

    /// `09:00–12:00、14:00–17:00（16:30停止入场）`.
    pub fn say(&self, lang: Lang) -> String {
        let said: Vec<String> = self.hours.iter().map(|hours| say_span(*hours, self.last_entry(*hours), lang)).collect();
        said.join(lang.pick("、", ", "))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoursBasis {
    /// From the catalogue.
    Known,
    /// The traveller said so.
    Said,
    /// Nobody knows; usual hours of such a place stand in, and can be changed.
    Assumed,
}

/// What a day is to a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnDay {
    /// Its calendar says so.
    Open,
    Shut,
    /// Its festival is that day, or a day off it.
    Festival,
    InSeason,
    OutOfSeason,
    Unknown,
}

impl PlaceFacts {
    /// What all of the party pay at the least, as far as it is priced so.
    pub fn cost_for(&self, party: &Party, per: Per) -> Option<Fen> {
        let price = self.price.filter(|price| price.per == per)?;
        let times = match per {
            Per::Person => party.people(),
            Per::RoomNight => party.rooms(),
        };
        Some(Fen(price.least.0.saturating_mul(i64::from(times))))
    }

    pub fn of(listing: &Listing) -> Self {
        let mut facts = Self {
            id: listing.id.clone(),
            kind: listing.kind(),
            name: listing.title.clone(),
            position: listing.position,
            region: listing.region.clone(),
            terrain: listing.terrain,
            months: listing.months,
            tags: listing.tags.clone(),
            sample: listing.sample,
            grade: None,
            stay_min: None,
            price: None,
            opening: Opening::Unknown,
            ages: Bounds::default(),
            people: Bounds::default(),
            barrier_free: listing.search_facts().barrier_free,
            vouchers: None,
        };
        match &listing.details {
            Details::Place(place) => {
                facts.stay_min = place.visit_min;
                if let Some(opening) = &place.opening {
                    facts.opening = Opening::Calendar(Calendar::of(opening));
                }
                facts.grade = place.grade.clone().map(|name| Grade { name, verified: place.grade_verified });
            }
            Details::Stay(stay) => {
                facts.price = stay.price_min.map(|least| Price {
                    least,
                    per: Per::RoomNight,
                    from: stay.price_max.is_none_or(|most| most != least),
                });
                facts.opening = Opening::Always;
                facts.vouchers = Some(stay.vouchers);
            }
            Details::Experience(experience) => {
                facts.stay_min = Some(experience.duration_min);
                facts.price = experience.price.map(|price| {
                    let materials = experience.material_cost.map_or(0, |cost| cost.0);
                    Price { least: Fen(price.0.saturating_add(materials)), per: Per::Person, from: false }
                });
                let weekly = experience.sessions.iter().filter_map(|session| {
                    let (from, until) = (Clock::parse(&session.start).ok()?, Clock::parse(&session.end).ok()?);
                    Some(Weekly { weekdays: session.weekdays.clone(), hours: Hours { from, until }, last_entry: None })
                });
                let weekly: Vec<Weekly> = weekly.collect();
                if !weekly.is_empty() {
                    facts.opening = Opening::Calendar(Calendar { weekly, shut: Months::NONE });
                }
                facts.ages = Bounds { least: experience.age_min, most: experience.age_max };
                facts.people = Bounds { least: experience.group_min, most: experience.group_max };
                facts.vouchers = Some(experience.vouchers);
            }
            Details::Heritage(_) | Details::Product(_) | Details::Route(_) | Details::Offer(_) => {}
        }
        facts
    }

    /// Minutes to stay where nobody has said how long: an hour.
    pub fn stay_or_guess(&self) -> u32 {
        self.stay_min.unwrap_or(60).clamp(1, super::plan::LONGEST_STAY_MIN)
    }

    pub fn open_on(&self, day: NaiveDate) -> OpenToday {
        let usual = || OpenToday::new(vec![self.usual_hours()], HoursBasis::Assumed);
        match &self.opening {
            Opening::Always => OpenToday::new(vec![Hours::ALL_DAY], HoursBasis::Known),
            Opening::Unknown => usual(),
            Opening::Calendar(calendar) => calendar.on(day).unwrap_or_else(usual),
        }
    }

    /// What is known of it for one day (T16): its calendar first, then its festival, then its good months or harvest.
    pub fn on_day(&self, day: NaiveDate) -> OnDay {
        if let Opening::Calendar(calendar) = &self.opening
            && let Some(open) = calendar.on(day)
        {
            return if open.hours.is_empty() { OnDay::Shut } else { OnDay::Open };
        }
        if let Some(festival) = self.festival() {
            let around = Festival::around(day).any(|it| it == festival);
            return if around { OnDay::Festival } else { OnDay::OutOfSeason };
        }
        match (self.months.is_empty(), self.months.contains(day.month())) {
            (true, _) => OnDay::Unknown,
            (false, true) => OnDay::InSeason,
            (false, false) => OnDay::OutOfSeason,
        }
    }

    /// What such places usually keep; only ever shown as an assumption.
    fn usual_hours(&self) -> Hours {
        use Terrain::{Bridge, City, OldTown, River, Village};
        match (self.kind, self.terrain) {
            (Kind::Place, OldTown | City | Village | Bridge | River) => Hours::new(Clock::at(8, 0), Clock::at(21, 0)),
            (Kind::Product, _) => Hours::new(Clock::at(9, 0), Clock::at(18, 0)),
            _ => Hours::new(Clock::at(8, 30), Clock::at(17, 30)),
        }
    }

    /// The festival it is about, where it is one.
    pub fn festival(&self) -> Option<Festival> {
        if self.kind == Kind::Heritage { Festival::named_in(&self.name.zh) } else { None }
    }
}

impl Calendar {
    fn of(opening: &crate::listing::Opening) -> Self {
        let weekly = opening.hours().iter().map(|it| Weekly {
            weekdays: it.weekdays.iter().collect(),
            hours: it.hours(),
            last_entry: it.last_entry,
        });
        Self { weekly: weekly.collect(), shut: opening.closed_months() }
    }

    /// None where nobody knows the hours of a day on which it is not shut.
    fn on(&self, day: NaiveDate) -> Option<OpenToday> {
        if self.shut.contains(day.month()) {
            return Some(OpenToday::new(Vec::new(), HoursBasis::Known));
        }
        if self.weekly.is_empty() {
            return None;
        }
        let weekday = day.weekday().number_from_monday();
        let mut spans: Vec<&Weekly> = self.weekly.iter().filter(|it| it.weekdays.contains(&weekday)).collect();
        spans.sort_by_key(|it| it.hours);
        let hours = spans.iter().map(|it| it.hours).collect();
        let last_entries = spans.iter().filter_map(|it| Some((it.hours, it.last_entry?))).collect();
        Some(OpenToday { hours, basis: HoursBasis::Known, last_entries })
    }
}

mod kind_word {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::listing::Kind;

    pub fn serialize<S: Serializer>(kind: &Kind, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(kind.name())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Kind, D::Error> {
        let word = String::deserialize(from)?;
        Kind::parse(&word).ok_or_else(|| serde::de::Error::custom(format!("“{word}” is no kind of listing")))
    }
}

#[cfg(test)]
mod tests;
