//! One day as arithmetic: stops with hours, ways between them, lunch, daylight.
//!
//! All times are minutes since the day's midnight. What does not fit is counted in minutes and never refused: the fewest missed
//! minutes win, then the earliest end, then the shortest driving. Everything here has one property on which the exact search in
//! [`super::arrange`] rests: who is earlier can wait, so being earlier, having missed less and having driven less is never worse.

use serde::Serialize;

use super::sun::Daylight;

/// A stop that is shut all day misses this much, whatever else happens.
pub const SHUT_MIN: u32 = 24 * 60;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exercise {
    pub from: u32,
    pub until: u32,
    pub stops: Vec<Stop>,
    /// `ways[i][j]` from stop i to stop j; the last row is from the start of the day, the last column to its end.
    pub ways: Vec<Vec<Way>>,
    pub lunch: Option<Meal>,
    /// None: no road here minds the dark.
    pub daylight: Option<Daylight>,
    pub most_driving: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    pub stay: u32,
    pub appointment: Option<u32>,
    /// Spans that a visit must lie in; none: shut.
    pub hours: Vec<Span>,
    pub last_shuttle: Option<u32>,
    /// One can have lunch here, in the middle of the visit.
    pub feeds: bool,
    /// Keeps its place in the order.
    pub locked: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Span {
    pub from: u32,
    pub until: u32,
    /// The latest beginning of a visit.
    pub last_entry: u32,
}

impl Span {
    pub const fn new(from: u32, until: u32) -> Self {
        Self { from, until, last_entry: u32::MAX }
    }

    /// Minutes by which a visit is too late for it.
    pub fn missed(&self, begin: u32, end: u32) -> u32 {
        end.saturating_sub(self.until).max(begin.saturating_sub(self.last_entry))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Way {
    pub minutes: u32,
    pub mountain: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meal {
    /// It begins between these two.
    pub from: u32,
    pub until: u32,
    pub minutes: u32,
}

/// How good a day is; less is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Score {
    pub missed: u32,
    pub ends: u32,
    pub driving: u32,
}

/// A way and the visit at its end; at the end of the day a visit of no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Step {
    pub leave: u32,
    pub arrive: u32,
    /// From, until, and whether it is eaten in the middle of the visit.
    pub lunch: Option<(u32, u32, bool)>,
    pub begin: u32,
    pub end: u32,
    /// The span of hours it was fitted into.
    pub hours: Option<Span>,
    pub missed: Missed,
}

/// Minutes by which each thing is missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Missed {
    pub shut: u32,
    pub hours: u32,
    pub appointment: u32,
    pub shuttle: u32,
    pub lunch: u32,
    pub dark: u32,
}

impl Missed {
    pub fn sum(self) -> u32 {
        self.shut + self.hours + self.appointment + self.shuttle + self.lunch + self.dark
    }
}

/// Where one is in the day, as far as what follows depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label {
    pub missed: u32,
    pub time: u32,
    pub driving: u32,
    pub eaten: bool,
}

impl Label {
    pub fn is_as_good_as(&self, other: &Label) -> bool {
        self.missed <= other.missed && self.time <= other.time && self.driving <= other.driving && self.eaten >= other.eaten
    }
}

/// A day worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// In the order asked for.
    pub steps: Vec<Step>,
    pub home: Step,
    pub score: Score,
}

impl Exercise {
    /// Lunch is wanted where the day spans its time.
    pub(super) fn meal(&self) -> Option<Meal> {
        self.lunch.filter(|meal| self.from <= meal.until && self.until >= meal.from + meal.minutes)
    }

    pub(super) fn start(&self) -> Label {
        Label { missed: 0, time: self.from, driving: 0, eaten: self.meal().is_none() }
    }

    /// Index of the start among rows and of the end among columns of the ways.
    pub(super) fn outside(&self) -> usize {
        self.stops.len()
    }

    /// Ways to go on from here to a stop: eat on the way, at the stop or not yet, and in which of its hours to visit.
    pub(super) fn steps(&self, at: Label, from: usize, to: usize, mut each: impl FnMut(Label, Step)) {
        let stop = &self.stops[to];
        self.roads(at, self.ways[from][to], |road, step| {
            let earliest = step.arrive.max(stop.appointment.unwrap_or(0));
            let spans = stop.hours.iter().map(|span| Some(*span)).chain(stop.hours.is_empty().then_some(None));
            for span in spans {
                let begin = earliest.max(span.map_or(0, |span| span.from));
                let eats = self
                    .meal()
                    .filter(|meal| stop.feeds && !road.eaten && begin + stop.stay >= meal.from && step.lunch.is_none());
                for meal in std::iter::once(None).chain(eats.map(Some)) {
                    let end = begin + stop.stay + meal.map_or(0, |meal| meal.minutes);
                    let lunch = meal.map(|meal| begin.max(meal.from));
                    let mut missed = step.missed;
                    missed.shut = if span.is_none() { SHUT_MIN } else { 0 };
                    missed.hours = span.map_or(0, |span| span.missed(begin, end));
                    missed.appointment = stop.appointment.map_or(0, |at| begin - at.min(begin));
                    missed.shuttle = stop.last_shuttle.map_or(0, |at| end.saturating_sub(at));
                    if let (Some(meal), Some(lunch)) = (meal, lunch) {
                        missed.lunch = lunch.saturating_sub(meal.until);
                    }
                    let eaten = meal.zip(lunch).map(|(meal, at)| (at, at + meal.minutes, true)).or(step.lunch);
                    let label = Label {
                        missed: at.missed + missed.sum(),
                        time: end,
                        driving: road.driving,
                        eaten: road.eaten || meal.is_some(),
                    };
                    each(label, Step { lunch: eaten, begin, end, hours: span, missed, ..step });
                }
            }
        });
    }

    /// Ways to end the day; the label counts all that was missed.
    pub(super) fn home(&self, at: Label, from: usize, mut each: impl FnMut(Label, Step)) {
        self.roads(at, self.ways[from][self.outside()], |road, step| {
            let hungry = !road.eaten && self.meal().is_some_and(|meal| step.arrive > meal.from);
            if !hungry {
                let late = step.arrive.saturating_sub(self.until) + road.driving.saturating_sub(self.most_driving);
                each(Label { missed: road.missed + late, ..road }, step);
            }
        });
    }

    fn roads(&self, at: Label, way: Way, mut each: impl FnMut(Label, Step)) {
        let light = self.daylight.filter(|_| way.mountain && way.minutes > 0);
        // Before dawn one waits.
        let leave = light.map_or(at.time, |light| at.time.max(light.sunrise));
        let mut go = |arrive: u32, lunch: Option<(u32, u32, bool)>, late: u32| {
            let dark = light.map_or(0, |light| arrive.saturating_sub(light.sunset).min(way.minutes));
            let missed = Missed { lunch: late, dark, ..Missed::default() };
            let label = Label {
                missed: at.missed + missed.sum(),
                time: arrive,
                driving: at.driving + way.minutes,
                eaten: at.eaten || lunch.is_some(),
            };
            each(label, Step { leave, arrive, lunch, begin: arrive, end: arrive, hours: None, missed });
        };
        go(leave + way.minutes, None, 0);
        if let Some(meal) = self.meal().filter(|_| !at.eaten) {
            let lunch = leave.max(meal.from);
            let arrive = (leave + way.minutes).max(meal.from) + meal.minutes;
            go(arrive, Some((lunch, lunch + meal.minutes, false)), lunch.saturating_sub(meal.until));
        }
    }

    /// The day in this order of its stops, with lunch where it does least harm.
    pub fn run(&self, order: &[usize]) -> Outcome {
        struct Reached {
            label: Label,
            step: Step,
            before: usize,
        }
        let nothing = Step {
            leave: self.from,
            arrive: self.from,
            lunch: None,
            begin: self.from,
            end: self.from,
            hours: None,
            missed: Missed::default(),
        };
        let mut layers = vec![vec![Reached { label: self.start(), step: nothing, before: 0 }]];
        let mut from = self.outside();
        for to in order.iter().copied().map(Some).chain([None]) {
            let mut next: Vec<Reached> = Vec::new();
            for (before, reached) in layers.last().into_iter().flatten().enumerate() {
                let mut keep = |label: Label, step: Step| {
                    if !next.iter().any(|other| other.label.is_as_good_as(&label)) {
                        next.retain(|other| !label.is_as_good_as(&other.label));
                        next.push(Reached { label, step, before });
                    }
                };
                match to {
                    Some(to) => self.steps(reached.label, from, to, &mut keep),
                    None => self.home(reached.label, from, &mut keep),
                }
            }
            layers.push(next);
            from = to.unwrap_or(from);
        }
        let score = |reached: &Reached| self.score(&reached.label);
        let last = layers.last().into_iter().flatten().enumerate().min_by_key(|(_, reached)| score(reached));
        let (mut at, best) = last.expect("a day can always be ended, if late: lunch is offered on every way");
        let best = score(best);
        let mut steps = Vec::with_capacity(layers.len());
        for layer in layers.iter().skip(1).rev() {
            steps.push(layer[at].step);
            at = layer[at].before;
        }
        steps.reverse();
        let home = steps.pop().expect("the way home is a step");
        Outcome { steps, home, score: best }
    }

    /// How good the day is in this order: what [`Self::run`] says of it, sooner.
    pub(super) fn score_of(&self, order: &[usize]) -> Score {
        let (mut labels, mut next) = (vec![self.start()], Vec::new());
        let mut from = self.outside();
        for to in order.iter().copied().map(Some).chain([None]) {
            for label in &labels {
                let mut keep = |label: Label, _: Step| {
                    if !next.iter().any(|other: &Label| other.is_as_good_as(&label)) {
                        next.retain(|other| !label.is_as_good_as(other));
                        next.push(label);
                    }
                };
                match to {
                    Some(to) => self.steps(*label, from, to, &mut keep),
                    None => self.home(*label, from, &mut keep),
                }
            }
            std::mem::swap(&mut labels, &mut next);
            next.clear();
            from = to.unwrap_or(from);
        }
        labels
            .iter()
            .map(|label| self.score(label))
            .min()
            .expect("a day can always be ended, if late: lunch is offered on every way")
    }

    /// Of a finished day.
    pub(super) fn score(&self, label: &Label) -> Score {
        Score { missed: label.missed, ends: label.time, driving: label.driving }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stop(stay: u32, hours: (u32, u32)) -> Stop {
        Stop {
            stay,
            appointment: None,
            hours: vec![Span::new(hours.0, hours.1)],
            last_shuttle: None,
            feeds: false,
            locked: false,
        }
    }

    fn line(stops: Vec<Stop>, minutes: u32) -> Exercise {
        let n = stops.len() + 1;
        Exercise {
            from: 480,
            until: 1080,
            stops,
            ways: vec![vec![Way { minutes, mountain: false }; n]; n],
            lunch: None,
            daylight: None,
            most_driving: 600,
        }
    }

    #[test]
    fn one_waits_for_the_door_and_misses_the_close() {
        let day = line(vec![stop(60, (540, 600)), stop(60, (540, 640))], 30);
        let outcome = day.run(&[0, 1]);
        assert_eq!((outcome.steps[0].arrive, outcome.steps[0].begin), (510, 540));
        assert_eq!(outcome.steps[1].missed.hours, 50, "ends at 690, shut at 640");
        assert_eq!(outcome.score, Score { missed: 50, ends: 720, driving: 90 });
    }

    #[test]
    fn nobody_is_let_in_after_the_last_entry() {
        let mut day = line(vec![stop(20, (480, 1000))], 30);
        day.stops[0].hours[0].last_entry = 500;
        let outcome = day.run(&[0]);
        assert_eq!((outcome.steps[0].begin, outcome.steps[0].missed.hours), (510, 10), "though the visit would end in time");
    }

    #[test]
    fn lunch_is_eaten_where_it_costs_least() {
        let meal = Meal { from: 690, until: 810, minutes: 60 };
        // The door opens at one o'clock: the hour before it is lunch.
        let waiting = Exercise { lunch: Some(meal), ..line(vec![stop(60, (780, 1000))], 30) };
        let outcome = waiting.run(&[0]);
        assert_eq!(outcome.steps[0].lunch, Some((690, 750, false)));
        assert_eq!(outcome.score.missed, 0);
        // Where food is sold one eats there, and stays longer for it.
        let mut town = Exercise { lunch: Some(meal), ..line(vec![stop(240, (480, 1080))], 30) };
        town.stops[0].feeds = true;
        let outcome = town.run(&[0]);
        assert_eq!(outcome.score.ends, 480 + 30 + 240 + 60 + 30);
        // A day that is over before lunch needs none.
        let short = Exercise { lunch: Some(meal), ..line(vec![stop(60, (480, 1080))], 30) };
        assert_eq!(short.run(&[0]).home.lunch, None);
    }

    #[test]
    fn mountains_are_not_driven_in_the_dark() {
        let mut day = line(vec![stop(60, (0, 1440))], 60);
        day.ways.iter_mut().flatten().for_each(|way| way.mountain = true);
        day.daylight = Some(Daylight { sunrise: 500, sunset: 650 });
        let outcome = day.run(&[0]);
        assert_eq!(outcome.steps[0].leave, 500, "one waits for the sun");
        assert_eq!(outcome.home.missed.dark, 30, "620 to 680, dark from 650");
        day.daylight = None;
        assert_eq!(day.run(&[0]).score.missed, 0);
    }

    #[test]
    fn a_later_span_is_taken_when_the_earlier_is_too_short() {
        let mut day = line(vec![stop(90, (480, 570))], 30);
        day.stops[0].hours.push(Span::new(840, 1000));
        assert_eq!(day.run(&[0]).steps[0].begin, 840);
    }
}
