//! A trip in files that other programs read: calendars (ICS), navigation devices (GPX), maps (KML). Whole or a day of it (P7).
//!
//! Positions are WGS84, as in the catalogue. What has none is left out of maps, and the file says so; what is only roughly known is
//! marked ≈ and says how rough. Times follow from estimated ways, and the file says that too.

mod gpx;
mod ics;
mod kml;
mod xml;

use chrono::{DateTime, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};

use super::clock::{Hours, say_minutes};
use super::facts::{Facts, HoursBasis};
use super::plan::{Located, Trip, VisitId, Where};
use super::timeline::{DayTimeline, Move, Stopover, start_of};
use super::travel::KnownFrom;
use crate::Lang;
use crate::geo::Position;
use crate::listing::Kind;
use crate::time::{Timestamp, say_day, shanghai};

pub use gpx::gpx;
pub use ics::ics;
pub use kml::kml;

/// What all files are made from.
#[derive(Clone, Copy)]
pub struct Sheet<'a> {
    pub trip: &'a Trip,
    /// Of this trip: [`super::timeline()`].
    pub days: &'a [DayTimeline],
    pub facts: &'a Facts,
    pub lang: Lang,
    /// What the trip is called for ever; with a visit's number it names an event of a calendar.
    pub id: &'a str,
    /// Grows with every change: calendars take the higher one.
    pub revision: u32,
    pub changed: Timestamp,
    /// Only this day, counted from 0; none: all.
    pub day: Option<usize>,
}

/// What an entry is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Start,
    Visit(VisitId),
    /// Where the day ends: a bed, or home.
    End,
}

/// A place of a day as it stands in a file.
struct Entry {
    mark: Mark,
    /// As a label: what one does there, whether it is a sample.
    name: String,
    /// As a map finds it.
    place: String,
    county: Option<String>,
    /// Lines of remarks, the most wanted first.
    remarks: Vec<String>,
    position: Option<Position>,
    begin: NaiveDateTime,
    end: NaiveDateTime,
}

impl Sheet<'_> {
    fn days(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.trip.days.len().min(self.days.len())).filter(|day| self.day.is_none_or(|only| only == *day))
    }

    /// Where the day begins and ends, and its visits between them.
    fn entries(&self, day: usize) -> Vec<Entry> {
        let (plan, times) = (&self.trip.days[day], &self.days[day]);
        let visits = plan.visits.iter().zip(&times.stops).map(|(visit, stop)| {
            let mut about: Vec<String> = (!visit.note.is_empty()).then(|| visit.note.clone()).into_iter().collect();
            about.extend(self.say_way(stop.way));
            about.extend(self.say_hours(stop));
            self.entry(day, Mark::Visit(visit.id), &visit.at, about, (stop.step.begin, stop.step.end))
        });
        let first = plan.visits.first().map(|visit| &visit.at);
        let start = start_of(self.trip, day).filter(|start| first.is_some() && first != Some(*start)).map(|start| {
            let leaving = plan.from.minutes();
            self.entry(day, Mark::Start, start, vec![], (leaving, leaving))
        });
        let last = plan.visits.last().map(|visit| &visit.at);
        let end = plan.end.as_ref().filter(|end| last != Some(*end)).map(|end| {
            let (way, home) = &times.home;
            self.entry(day, Mark::End, end, self.say_way(*way).into_iter().collect(), (home.arrive, home.arrive))
        });
        start.into_iter().chain(visits).chain(end).collect()
    }

    /// Each place once: where one sleeps is also where the next day begins.
    fn waypoints(&self) -> Vec<Entry> {
        let mut found: Vec<Entry> = Vec::new();
        for day in self.days() {
            for entry in self.entries(day) {
                let slept_there = entry.mark == Mark::Start && found.last().is_some_and(|last| last.position == entry.position);
                if !slept_there {
                    found.push(entry);
                }
            }
        }
        found
    }

    /// `about` stands between the word that it is a sample and the word on its position; `span` is in minutes of the day.
    fn entry(&self, day: usize, mark: Mark, place: &Where, about: Vec<String>, span: (u32, u32)) -> Entry {
        let at = |minutes: u32| self.trip.date(day).and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(minutes));
        let Located { name, region, position, sample } = place.locate(self.facts);
        let what = match mark {
            Mark::Start => self.lang.pick("出发：", "Start: "),
            Mark::Visit(_) => "",
            Mark::End if place.facts(self.facts).is_some_and(|place| place.kind == Kind::Stay) => {
                self.lang.pick("住：", "Sleep: ")
            }
            Mark::End => self.lang.pick("到达：", "End: "),
        };
        // A device may show nothing but the name.
        let made_up = if sample { self.lang.pick("（示例）", " (sample)") } else { "" };
        let place = name.get(self.lang).to_owned();
        let name = format!("{what}{place}{made_up}");
        let county = region.map(|region| region.name.get(self.lang).to_owned());
        let mut remarks = Vec::new();
        if sample {
            remarks.push(self.lang.pick("示例（虚构）", "Sample (fictional)").to_owned());
        }
        remarks.extend(about);
        remarks.extend(self.say_position(position));
        Entry { mark, name, place, county, remarks, position, begin: at(span.0), end: at(span.1) }
    }

    fn say_way(&self, way: Move) -> Option<String> {
        match way {
            Move::Here => None,
            Move::Unknown => Some(self.lang.pick("路程时间未知，未计入", "Time to get there not known, not counted").to_owned()),
            Move::By(leg) => {
                let (minutes, km) = (leg.minutes, leg.km);
                Some(match leg.known_from {
                    KnownFrom::Estimate => self.lang.pick(
                        format!("路上约{minutes}分钟、{km}公里（估算）"),
                        format!("About {minutes} min, {km} km to get there (estimate)"),
                    ),
                    KnownFrom::Router => self.lang.pick(
                        format!("路上{minutes}分钟、{km}公里（按道路算出，不含堵车）"),
                        format!("{minutes} min, {km} km to get there (worked out on the roads, without jams)"),
                    ),
                })
            }
        }
    }

    fn say_hours(&self, stop: &Stopover) -> Option<String> {
        if stop.open.hours == [Hours::ALL_DAY] {
            return None;
        }
        if stop.open.hours.is_empty() {
            return Some(self.lang.pick("这一天不开放", "Shut on this day").to_owned());
        }
        let hours = stop.open.say(self.lang);
        Some(match stop.open.basis {
            HoursBasis::Known => self.lang.pick(format!("开放{hours}"), format!("Open {hours}")),
            HoursBasis::Said => self.lang.pick(format!("开放{hours}（自己填的）"), format!("Open {hours} (your own note)")),
            HoursBasis::Assumed => self.lang.pick(
                format!("开放时间未知，假定{hours}，出发前请确认"),
                format!("Hours not known, assumed {hours}; please ask before you go"),
            ),
        })
    }

    fn say_position(&self, position: Option<Position>) -> Option<String> {
        let Some(position) = position else {
            return Some(self.lang.pick("位置未知", "Position not known").to_owned());
        };
        let rough = match position.accuracy_m {
            _ if position.is_exact() => return None,
            Some(metres) => {
                let km = f64::from(metres) / 1000.0;
                self.lang.pick(
                    format!("位置只准到约{km}公里，请按名称查找"),
                    format!("Position only good to about {km} km; look for the name"),
                )
            }
            None => self.lang.pick("位置不准，请按名称查找", "Position not exact; look for the name").to_owned(),
        };
        Some(rough)
    }

    fn title(&self) -> String {
        match self.day {
            Some(day) => {
                self.lang.pick(format!("{} · 第{}天", self.trip.title, day + 1), format!("{} · day {}", self.trip.title, day + 1))
            }
            None => self.trip.title.clone(),
        }
    }

    fn say_day(&self, day: usize) -> String {
        let date = say_day(self.trip.date(day), self.lang);
        let light = self.days[day].daylight;
        let (rise, set) = (say_minutes(light.sunrise), say_minutes(light.sunset));
        self.lang.pick(
            format!("第{}天 · {date} · 日出{rise} 日落{set}", day + 1),
            format!("Day {} · {date} · sunrise {rise}, sunset {set}", day + 1),
        )
    }

    /// What a reader of the file must know; the names of what a map cannot show.
    fn preface(&self, places: bool) -> String {
        let mut said = vec![
            self.lang
                .pick("时间按估算的路程排出，仅供参考。", "Times follow from estimated ways and are a guide only.")
                .to_owned(),
        ];
        let nowhere = self.days().flat_map(|day| self.entries(day));
        let nowhere = nowhere.filter(|entry| entry.position.is_none() && entry.mark != Mark::Start);
        let nowhere: Vec<String> = nowhere.map(|entry| entry.name).collect();
        if places && !nowhere.is_empty() {
            let names = nowhere.join(self.lang.pick("、", ", "));
            said.push(self.lang.pick(format!("位置未知，未列入：{names}。"), format!("Left out, position not known: {names}.")));
        }
        said.join(self.lang.pick("", " "))
    }
}

impl Entry {
    /// Its name on a map: what is only roughly known is marked.
    fn map_name(&self) -> String {
        let exact = self.position.is_some_and(|position| position.is_exact());
        if exact { self.name.clone() } else { format!("≈ {}", self.name) }
    }
}

/// What a line from stop to stop is.
fn say_line(lang: Lang) -> &'static str {
    lang.pick("先后（不是道路）", "Order of stops (not the road)")
}

/// A time of Shanghai in UTC.
fn utc(local: NaiveDateTime) -> DateTime<Utc> {
    shanghai().from_local_datetime(&local).single().map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
}

#[cfg(test)]
mod tests;
