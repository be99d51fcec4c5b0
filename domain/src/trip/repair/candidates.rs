//! What might mend a breach: families of edits, each from the smallest on.

use super::{Bench, Repair};
use crate::trip::budget::{Item, budget};
use crate::trip::check::{Breach, Constraint};
use crate::trip::clock::Clock;
use crate::trip::edit::Edit;
use crate::trip::plan::{Day, MOST_DAYS, MOST_VISITS_A_DAY, Pace, Trip, Visit};
use crate::trip::timeline::World;
use crate::{Fen, Text};

pub(super) type Family = Vec<Repair>;

/// Nobody is asked to leave earlier than this.
const EARLIEST: u32 = 5 * 60;
/// Days to either side that a stop may be moved to or a day exchanged with.
const NEAR_DAYS: usize = 3;

const MOVE: u32 = 90;
const SWAP: u32 = 120;
const SHIFT: u32 = 150;
const SPLIT: u32 = 250;
/// What gives something up takes at least so much.
pub(super) const DROP: u32 = 300;

pub(super) fn families(bench: &Bench, breach: &Breach) -> Vec<Family> {
    let around = Around::new(bench, breach);
    use Constraint::*;
    let Some(day) = breach.day else { return around.whole_trip() };
    match &breach.constraint {
        Vanished { .. } => vec![around.drop_it(), around.forget_ends(day)],
        Shut { .. } | Season { .. } | Festival => {
            vec![around.move_it(day), around.swap(day), around.shift(), around.drop_it()]
        }
        Hours { .. } | Appointment { .. } | LastShuttle { .. } => vec![
            around.earlier(day),
            around.shorter(day),
            around.reorder(day),
            around.move_it(day),
            around.swap(day),
            around.drop_one(day),
        ],
        Lunch { .. } => vec![around.earlier(day), around.reorder(day), around.shorter(day), around.later_lunch(day)],
        Dark { .. } => vec![
            around.earlier(day),
            around.shorter(day),
            around.reorder(day),
            around.move_others(day),
            around.drop_one(day),
            around.drive_anyway(),
        ],
        DayEnd { ends, .. } => vec![
            around.earlier(day),
            around.later_end(day, *ends),
            around.shorter(day),
            around.reorder(day),
            around.move_others(day),
            around.split(day),
            around.drop_one(day),
        ],
        Driving { .. } => {
            vec![around.reorder(day), around.move_others(day), around.faster_pace(), around.split(day), around.drop_one(day)]
        }
        Stops { .. } => vec![around.move_others(day), around.faster_pace(), around.split(day), around.drop_one(day)],
        Apart { .. } => vec![around.forget_ends(day)],
        Age { .. } | People { .. } | UnknownWay | NoStepFreeRecord => vec![around.drop_it()],
        Budget { .. } | NoRedSite => around.whole_trip(),
    }
}

pub(super) struct Around<'a> {
    trip: &'a Trip,
    breach: &'a Breach,
    world: &'a World<'a>,
    bench: &'a Bench<'a>,
}

impl<'a> Around<'a> {
    pub fn new(bench: &'a Bench<'a>, breach: &'a Breach) -> Self {
        Self { trip: bench.trip, breach, world: &bench.world, bench }
    }

    fn name(&self, visit: &Visit) -> Text {
        visit.at.name(self.world.facts)
    }

    fn it(&self) -> Option<&Visit> {
        self.breach.visit.and_then(|id| self.trip.visit(id))
    }

    /// Stops of the day that may be touched: not the locked ones, not appointments.
    fn loose(&self, day: usize) -> impl Iterator<Item = &Visit> {
        self.trip.days[day].visits.iter().filter(|visit| !visit.locked && visit.arrive.is_none())
    }

    pub fn earlier(&self, day: usize) -> Family {
        let it = &self.trip.days[day];
        let starts = (1..=18u32).filter_map(|tens| {
            let from = it.from.minutes().checked_sub(tens * 10).filter(|from| *from >= EARLIEST)?;
            let from = Clock::from_minutes(from)?;
            let minutes = tens * 10;
            Some(Repair {
                edit: Edit::SetDayTimes { day, from, until: it.until },
                text: Text::new(
                    format!("第{}天提早{minutes}分钟，{from}出发", day + 1),
                    format!("Start day {} {minutes} min earlier, at {from}", day + 1),
                ),
                effort: minutes,
            })
        });
        starts.collect()
    }

    pub fn later_end(&self, day: usize, ends: u32) -> Family {
        let it = &self.trip.days[day];
        let until = Clock::from_minutes(ends.next_multiple_of(10));
        let repair = until.map(|until| Repair {
            edit: Edit::SetDayTimes { day, from: it.from, until },
            text: Text::new(format!("第{}天改为{until}结束", day + 1), format!("Let day {} end at {until}", day + 1)),
            effort: until.minutes().saturating_sub(it.until.minutes()) + 10,
        });
        repair.into_iter().collect()
    }

    pub fn shorter(&self, day: usize) -> Family {
        let least = |visit: &Visit| (visit.stay_min / 3).max(20);
        let mut found: Vec<Repair> = Vec::new();
        for visit in self.trip.days[day].visits.iter().filter(|visit| !visit.locked) {
            let name = self.name(visit);
            // A long stay is not cut by ten minutes.
            let steps = (1..=6u32).map(|tens| tens * 10).chain((3..=16).map(|halves| halves * 30));
            let stays = steps.filter_map(|less| visit.stay_min.checked_sub(less));
            found.extend(stays.filter(|stay| *stay >= least(visit)).map(|minutes| Repair {
                edit: Edit::SetStay { visit: visit.id, minutes },
                text: Text::new(
                    format!("“{}”少停{}分钟，停{minutes}分钟", name.zh, visit.stay_min - minutes),
                    format!("Stay {} min less at “{}”, {minutes} min", visit.stay_min - minutes, name.get(crate::Lang::En)),
                ),
                effort: visit.stay_min - minutes + 5,
            }));
        }
        found.sort_by_key(|repair| repair.effort);
        found
    }

    pub fn reorder(&self, day: usize) -> Family {
        let edit = self.bench.best_order(day);
        let repair = edit.map(|edit| Repair {
            edit,
            text: Text::new(
                format!("重新排列第{}天的先后", day + 1),
                format!("Put the stops of day {} in a better order", day + 1),
            ),
            effort: 15,
        });
        repair.into_iter().collect()
    }

    fn near(&self, day: usize) -> Vec<usize> {
        let mut days: Vec<usize> = (0..self.trip.days.len()).filter(|to| *to != day && to.abs_diff(day) <= NEAR_DAYS).collect();
        days.sort_by_key(|to| to.abs_diff(day));
        days
    }

    fn moves_of(&self, visit: &Visit, day: usize) -> Family {
        let name = self.name(visit);
        let mut found = Vec::new();
        for to in self.near(day) {
            let room = self.trip.days[to].visits.len();
            if room >= MOST_VISITS_A_DAY {
                continue;
            }
            let effort = MOVE + 10 * u32::try_from(to.abs_diff(day)).unwrap_or(u32::MAX / 20);
            found.extend((0..=room).rev().map(|index| Repair {
                edit: Edit::MoveVisit { visit: visit.id, day: to, index },
                text: Text::new(
                    format!("把“{}”移到第{}天", name.zh, to + 1),
                    format!("Move “{}” to day {}", name.get(crate::Lang::En), to + 1),
                ),
                effort,
            }));
        }
        found
    }

    /// An appointment on a day on which nothing happens may move; one that is only missed stays.
    fn move_it(&self, day: usize) -> Family {
        let wrong_day =
            matches!(self.breach.constraint, Constraint::Shut { .. } | Constraint::Season { .. } | Constraint::Festival);
        let it = self.it().filter(|visit| !visit.locked && (wrong_day || visit.arrive.is_none()));
        it.map(|visit| self.moves_of(visit, day)).unwrap_or_default()
    }

    /// Something on this day must stay on its date.
    fn is_fixed(&self, day: usize) -> bool {
        let appointed = |visit: &Visit| visit.arrive.is_some() && Some(visit.id) != self.breach.visit;
        self.trip.days[day].visits.iter().any(|visit| visit.locked || appointed(visit))
    }

    fn move_others(&self, day: usize) -> Family {
        let mut found: Family = self.loose(day).flat_map(|visit| self.moves_of(visit, day)).collect();
        found.sort_by_key(|repair| repair.effort);
        found
    }

    fn swap(&self, day: usize) -> Family {
        let days = self.near(day).into_iter().filter(|with| !self.is_fixed(*with) && !self.is_fixed(day));
        let swaps = days.map(|with| Repair {
            edit: Edit::SwapDays { day, with },
            text: Text::new(
                format!("第{}天和第{}天对调", day.min(with) + 1, day.max(with) + 1),
                format!("Swap days {} and {}", day.min(with) + 1, day.max(with) + 1),
            ),
            effort: SWAP,
        });
        swaps.collect()
    }

    /// One day more: the later stops of the day get a day of their own, as nearly half of them as helps.
    fn split(&self, day: usize) -> Family {
        let it = &self.trip.days[day];
        let stops = it.visits.len();
        let moved = day + 1..self.trip.days.len();
        if self.trip.days.len() >= MOST_DAYS || moved.into_iter().any(|later| self.is_fixed(later)) {
            return Vec::new();
        }
        let mut cuts: Vec<usize> =
            (1..stops).filter(|cut| it.visits[*cut..].iter().all(|visit| !visit.locked && visit.arrive.is_none())).collect();
        cuts.sort_by_key(|cut| (2 * cut).abs_diff(stops));
        let split = |cut: usize| {
            let plan = Day { visits: Vec::new(), start: None, end: it.end.clone(), ..it.clone() };
            let new = Edit::AddDay { day: day + 1, plan: Box::new(plan) };
            let moved = it.visits[cut..].iter().enumerate();
            let moves = moved.map(|(index, visit)| Edit::MoveVisit { visit: visit.id, day: day + 1, index });
            // The bed and what it costs go to the new day.
            let ends = it.end.is_some().then_some(Edit::SetDayEnd { day, at: None });
            let cost = it.night_cost.is_some().then_some(Edit::SetNightCost { day, cost: None });
            let from = self.name(&it.visits[cut]);
            Repair {
                edit: Edit::All { edits: std::iter::once(new).chain(moves).chain(ends).chain(cost).collect() },
                text: Text::new(
                    format!("第{}天拆成两天，从“{}”起放到新的一天", day + 1, from.zh),
                    format!("Make two days of day {}, the second from “{}” on", day + 1, from.get(crate::Lang::En)),
                ),
                effort: SPLIT,
            }
        };
        cuts.into_iter().map(split).collect()
    }

    /// The whole trip some days later or earlier.
    fn shift(&self) -> Family {
        if self.trip.visits().any(|visit| visit.arrive.is_some() && Some(visit.id) != self.breach.visit) {
            return Vec::new();
        }
        let shifts = [1i64, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6].into_iter().filter_map(|days| {
            let date = self.trip.starts.checked_add_signed(chrono::TimeDelta::days(days))?;
            let (zh, en) = if days > 0 { ("推迟", "later") } else { ("提前", "earlier") };
            let (days, plural) = (days.unsigned_abs() as u32, if days.abs() == 1 { "day" } else { "days" });
            Some(Repair {
                edit: Edit::SetFirstDay { date },
                text: Text::new(
                    format!("整个行程{zh}{days}天，{date}出发"),
                    format!("Start the whole trip {days} {plural} {en}, on {date}"),
                ),
                effort: SHIFT + 10 * days,
            })
        });
        shifts.collect()
    }

    fn drops<'b>(&'b self, visits: impl Iterator<Item = &'b Visit>) -> Family {
        let drops = visits.map(|visit| {
            let name = self.name(visit);
            Repair {
                edit: Edit::RemoveVisit { visit: visit.id },
                text: Text::new(format!("去掉“{}”", name.zh), format!("Drop “{}”", name.get(crate::Lang::En))),
                effort: DROP + visit.stay_min,
            }
        });
        let mut drops: Family = drops.collect();
        drops.sort_by_key(|repair| repair.effort);
        drops
    }

    fn drop_it(&self) -> Family {
        self.drops(self.it().into_iter().filter(|visit| !visit.locked))
    }

    fn drop_one(&self, day: usize) -> Family {
        self.drops(self.loose(day))
    }

    fn later_lunch(&self, day: usize) -> Family {
        let Some(lunch) = self.trip.days[day].lunch else { return Vec::new() };
        let Constraint::Lunch { begins, .. } = self.breach.constraint else { return Vec::new() };
        let until = Clock::from_minutes(begins.next_multiple_of(10));
        let repair = until.map(|until| Repair {
            edit: Edit::SetLunch { day, lunch: Some(crate::trip::plan::Lunch { until, ..lunch }) },
            text: Text::new(
                format!("第{}天午饭可以晚到{until}", day + 1),
                format!("Let lunch on day {} be as late as {until}", day + 1),
            ),
            effort: until.minutes().saturating_sub(lunch.until.minutes()) + 5,
        });
        repair.into_iter().collect()
    }

    fn faster_pace(&self) -> Family {
        let paces = Pace::ALL.iter().filter(|pace| **pace > self.trip.pace).enumerate().map(|(steps, pace)| Repair {
            edit: Edit::SetPace { pace: *pace },
            text: Text::new(
                format!("节奏改为“{}”", pace.label(crate::Lang::Zh)),
                format!("Change the pace to “{}”", pace.label(crate::Lang::En)),
            ),
            effort: 100 + 50 * steps as u32,
        });
        paces.collect()
    }

    fn drive_anyway(&self) -> Family {
        let text = Text::new("允许天黑后走山路", "Allow mountain roads after dark");
        vec![Repair { edit: Edit::SetNightDriving { asked: true }, text, effort: 2 * DROP }]
    }

    fn forget_ends(&self, day: usize) -> Family {
        let start = Repair {
            edit: Edit::SetDayStart { day, at: None },
            text: Text::new(
                format!("第{}天从前一天结束的地方出发", day + 1),
                format!("Start day {} where the day before ended", day + 1),
            ),
            effort: 20,
        };
        let end = Repair {
            edit: Edit::SetDayEnd { day, at: None },
            text: Text::new(format!("第{}天在最后一站结束", day + 1), format!("End day {} at its last stop", day + 1)),
            effort: 25,
        };
        vec![start, end]
    }

    fn whole_trip(&self) -> Vec<Family> {
        let Constraint::Budget { budget: most, known, .. } = self.breach.constraint else { return Vec::new() };
        let enough = Fen((known.0 + 99) / 100 * 100);
        let more = Repair {
            edit: Edit::SetBudget { budget: Some(enough) },
            text: Text::new(format!("预算改为{enough}"), format!("Raise the budget to {enough}")),
            effort: 180,
        };
        let mut dear = budget(self.trip, self.world.facts).lines;
        dear.retain(|line| line.cost.is_some_and(|cost| cost.0 >= known.0 - most.0));
        // The cheapest that is dear enough: dropping more than needed is no small repair.
        dear.sort_by_key(|line| line.cost);
        let drops = dear.iter().filter_map(|line| match line.item {
            Item::Visit(id) => self.trip.visit(id).filter(|visit| !visit.locked && visit.arrive.is_none()),
            Item::Night(_) | Item::Travel => None,
        });
        let drops: Family = drops.flat_map(|visit| self.drops(std::iter::once(visit))).collect();
        vec![vec![more], drops]
    }
}
