//! Changes to a trip, as data: each can be sent, kept, applied and taken back.

mod words;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::clock::{Clock, Hours};
use super::facts::Facts;
use super::plan::{Cost, Day, Group, Lunch, MOST_VISITS, Pace, Party, Transport, Trip, Visit, VisitId, Where, vanished};
use crate::{Fen, Problem};

/// Days and places in a day's order are counted from 0.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "snake_case", deny_unknown_fields)]
pub enum Edit {
    AddVisit {
        day: usize,
        index: usize,
        visit: Box<Visit>,
    },
    RemoveVisit {
        visit: VisitId,
    },
    /// To `index` as counted after it has been taken out of where it is.
    MoveVisit {
        visit: VisitId,
        day: usize,
        index: usize,
    },
    OrderDay {
        day: usize,
        order: Vec<VisitId>,
    },
    SetStay {
        visit: VisitId,
        minutes: u32,
    },
    SetArrival {
        visit: VisitId,
        at: Option<Clock>,
    },
    SetLocked {
        visit: VisitId,
        locked: bool,
    },
    SetCost {
        visit: VisitId,
        cost: Option<Cost>,
    },
    SetHours {
        visit: VisitId,
        hours: Option<Vec<Hours>>,
    },
    SetLastShuttle {
        visit: VisitId,
        at: Option<Clock>,
    },
    SetNote {
        visit: VisitId,
        note: String,
    },
    AddDay {
        day: usize,
        plan: Box<Day>,
    },
    RemoveDay {
        day: usize,
    },
    /// What is planned changes places; the dates stay.
    SwapDays {
        day: usize,
        with: usize,
    },
    SetDayTimes {
        day: usize,
        from: Clock,
        until: Clock,
    },
    SetDayStart {
        day: usize,
        at: Option<Where>,
    },
    SetDayEnd {
        day: usize,
        at: Option<Where>,
    },
    SetLunch {
        day: usize,
        lunch: Option<Lunch>,
    },
    SetNightCost {
        day: usize,
        cost: Option<Cost>,
    },
    SetTitle {
        title: String,
    },
    SetFirstDay {
        date: NaiveDate,
    },
    SetParty {
        party: Party,
    },
    SetPace {
        pace: Pace,
    },
    SetTransport {
        transport: Transport,
    },
    SetBudget {
        budget: Option<Fen>,
    },
    SetTravelCost {
        cost: Option<Fen>,
    },
    SetNightDriving {
        asked: bool,
    },
    SetGroup {
        group: Option<Group>,
    },
    /// All of them in this order, or none.
    All {
        edits: Vec<Edit>,
    },
}

/// In one [`Edit::All`], however nested.
pub const MOST_EDITS: usize = 200;

#[derive(Debug, Clone, PartialEq)]
pub struct Applied {
    pub trip: Trip,
    /// Gives back the trip as it was; numbers of stops that were given stay given.
    pub inverse: Edit,
}

impl Trip {
    /// The trip after the edit, which is as valid as before; or why that cannot be.
    pub fn apply(&self, edit: &Edit) -> Result<Applied, Problem> {
        if edit.count() > MOST_EDITS {
            let (zh, en) = (format!("一次最多{MOST_EDITS}项修改"), format!("{MOST_EDITS} changes at once at most"));
            return Err(Problem::new("edits", "too_many", zh, en));
        }
        let mut trip = self.clone();
        let inverse = trip.change(edit)?;
        if trip.highest_number() < self.highest_number() {
            trip.last_number = self.highest_number();
        }
        match trip.problems().into_iter().next() {
            Some(problem) => Err(problem),
            None => Ok(Applied { trip, inverse }),
        }
    }

    /// Applies it whether or not the trip is valid afterwards.
    pub(super) fn change(&mut self, edit: &Edit) -> Result<Edit, Problem> {
        use std::mem::replace;
        Ok(match edit.clone() {
            Edit::AddVisit { day, index, visit } => {
                let id = visit.id;
                if self.visit(id).is_some() {
                    let (zh, en) = (format!("编号{}已经有了", id.0), format!("there is a stop {} already", id.0));
                    return Err(Problem::new("visit", "same_id", zh, en));
                }
                self.numbered_soberly(&visit)?;
                let visits = &mut self.day_mut(day)?.visits;
                within("index", index, visits.len())?;
                visits.insert(index, *visit);
                Edit::RemoveVisit { visit: id }
            }
            Edit::RemoveVisit { visit } => {
                let (day, index) = self.place_of(visit)?;
                let visit = Box::new(self.days[day].visits.remove(index));
                Edit::AddVisit { day, index, visit }
            }
            Edit::MoveVisit { visit, day: to, index } => {
                let (day, old) = self.place_of(visit)?;
                self.day_mut(to)?;
                let moved = self.days[day].visits.remove(old);
                within("index", index, self.days[to].visits.len())?;
                self.days[to].visits.insert(index, moved);
                Edit::MoveVisit { visit, day, index: old }
            }
            Edit::OrderDay { day, order } => {
                let visits = &mut self.day_mut(day)?.visits;
                let old: Vec<VisitId> = visits.iter().map(|visit| visit.id).collect();
                let (mut given, mut there) = (order.clone(), old.clone());
                given.sort();
                there.sort();
                if given != there {
                    let (zh, en) = ("新顺序要正好包含当天的每一站", "an order names every stop of the day, each once");
                    return Err(Problem::new("order", "not_the_same", zh, en));
                }
                visits.sort_by_key(|visit| order.iter().position(|id| *id == visit.id));
                Edit::OrderDay { day, order: old }
            }
            Edit::SetStay { visit, minutes } => {
                Edit::SetStay { visit, minutes: replace(&mut self.visit_mut(visit)?.stay_min, minutes) }
            }
            Edit::SetArrival { visit, at } => Edit::SetArrival { visit, at: replace(&mut self.visit_mut(visit)?.arrive, at) },
            Edit::SetLocked { visit, locked } => {
                Edit::SetLocked { visit, locked: replace(&mut self.visit_mut(visit)?.locked, locked) }
            }
            Edit::SetCost { visit, cost } => Edit::SetCost { visit, cost: replace(&mut self.visit_mut(visit)?.cost, cost) },
            Edit::SetHours { visit, hours } => Edit::SetHours { visit, hours: replace(&mut self.visit_mut(visit)?.hours, hours) },
            Edit::SetLastShuttle { visit, at } => {
                Edit::SetLastShuttle { visit, at: replace(&mut self.visit_mut(visit)?.last_shuttle, at) }
            }
            Edit::SetNote { visit, note } => Edit::SetNote { visit, note: replace(&mut self.visit_mut(visit)?.note, note) },
            Edit::AddDay { day, plan } => {
                within("day", day, self.days.len())?;
                plan.visits.iter().try_for_each(|visit| self.numbered_soberly(visit))?;
                self.days.insert(day, *plan);
                Edit::RemoveDay { day }
            }
            Edit::RemoveDay { day } => {
                self.day_mut(day)?;
                let plan = Box::new(self.days.remove(day));
                Edit::AddDay { day, plan }
            }
            Edit::SwapDays { day, with } => {
                self.day_mut(day)?;
                self.day_mut(with)?;
                self.days.swap(day, with);
                Edit::SwapDays { day, with }
            }
            Edit::SetDayTimes { day, from, until } => {
                let it = self.day_mut(day)?;
                let (from, until) = (replace(&mut it.from, from), replace(&mut it.until, until));
                Edit::SetDayTimes { day, from, until }
            }
            Edit::SetDayStart { day, at } => Edit::SetDayStart { day, at: replace(&mut self.day_mut(day)?.start, at) },
            Edit::SetDayEnd { day, at } => Edit::SetDayEnd { day, at: replace(&mut self.day_mut(day)?.end, at) },
            Edit::SetLunch { day, lunch } => Edit::SetLunch { day, lunch: replace(&mut self.day_mut(day)?.lunch, lunch) },
            Edit::SetNightCost { day, cost } => {
                Edit::SetNightCost { day, cost: replace(&mut self.day_mut(day)?.night_cost, cost) }
            }
            Edit::SetTitle { title } => Edit::SetTitle { title: replace(&mut self.title, title) },
            Edit::SetFirstDay { date } => Edit::SetFirstDay { date: replace(&mut self.starts, date) },
            Edit::SetParty { party } => Edit::SetParty { party: replace(&mut self.party, party) },
            Edit::SetPace { pace } => Edit::SetPace { pace: replace(&mut self.pace, pace) },
            Edit::SetTransport { transport } => Edit::SetTransport { transport: replace(&mut self.transport, transport) },
            Edit::SetBudget { budget } => Edit::SetBudget { budget: replace(&mut self.budget, budget) },
            Edit::SetTravelCost { cost } => Edit::SetTravelCost { cost: replace(&mut self.travel_cost, cost) },
            Edit::SetNightDriving { asked } => Edit::SetNightDriving { asked: replace(&mut self.night_driving, asked) },
            Edit::SetGroup { group } => Edit::SetGroup { group: replace(&mut self.group, group) },
            Edit::All { edits } => {
                let mut inverses = edits.iter().map(|edit| self.change(edit)).collect::<Result<Vec<_>, _>>()?;
                inverses.reverse();
                Edit::All { edits: inverses }
            }
        })
    }

    /// Numbers do not come back, so nobody may use them up: one leap is no longer than a trip.
    fn numbered_soberly(&self, visit: &Visit) -> Result<(), Problem> {
        within("visit", visit.id.0 as usize, self.highest_number() as usize + MOST_VISITS)
    }

    fn day_mut(&mut self, day: usize) -> Result<&mut Day, Problem> {
        let days = self.days.len();
        self.days.get_mut(day).ok_or_else(|| {
            let zh = format!("没有第{}天，行程共{days}天", day.saturating_add(1));
            Problem::new("day", "no_such_day", zh, format!("there is no day {} in {days}", day.saturating_add(1)))
        })
    }

    fn place_of(&self, id: VisitId) -> Result<(usize, usize), Problem> {
        self.find(id).ok_or_else(|| {
            let (zh, en) = (format!("行程里没有编号为{}的一站", id.0), format!("there is no stop {} in the trip", id.0));
            Problem::new("visit", "no_such_visit", zh, en)
        })
    }

    fn visit_mut(&mut self, id: VisitId) -> Result<&mut Visit, Problem> {
        let (day, index) = self.place_of(id)?;
        Ok(&mut self.days[day].visits[index])
    }
}

fn within(field: &str, index: usize, most: usize) -> Result<(), Problem> {
    if index <= most {
        return Ok(());
    }
    let (zh, en) = (format!("位置或编号从0到{most}"), format!("a place in the order, or a number, is 0 to {most}"));
    Err(Problem::new(field, "out_of_range", zh, en))
}

impl Edit {
    fn count(&self) -> usize {
        match self {
            Edit::All { edits } => edits.iter().map(Edit::count).sum::<usize>().saturating_add(1),
            _ => 1,
        }
    }

    /// Places that it brings in.
    pub fn places(&self) -> Vec<&Where> {
        match self {
            Edit::AddVisit { visit, .. } => vec![&visit.at],
            Edit::SetDayStart { at: Some(place), .. } | Edit::SetDayEnd { at: Some(place), .. } => vec![place],
            Edit::AddDay { plan, .. } => {
                let visits = plan.visits.iter().map(|visit| &visit.at);
                plan.start.iter().chain(visits).chain(&plan.end).collect()
            }
            Edit::All { edits } => edits.iter().flat_map(Edit::places).collect(),
            _ => vec![],
        }
    }

    /// Places it brings in that the catalogue does not have. Asked of what people send, not when something is taken back: a place
    /// may have left since.
    pub fn vanished(&self, facts: &Facts) -> Vec<Problem> {
        let gone = |place: &Where| match place {
            Where::Listing(id) if !facts.contains_key(id) => Some(vanished(id)),
            _ => None,
        };
        self.places().into_iter().filter_map(gone).collect()
    }
}

#[cfg(test)]
mod tests;
