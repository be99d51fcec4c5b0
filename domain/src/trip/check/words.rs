//! Breaches in words.

use super::{Breach, Constraint};
use crate::listing::opening::say_span;
use crate::time::{WEEKDAYS_EN, month_name};
use crate::trip::clock::say_minutes;
use crate::trip::facts::{Bounds, Facts};
use crate::trip::plan::Trip;
use crate::{Lang, Text};

impl Constraint {
    /// A stable word for programs, styles and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Vanished { .. } => "vanished",
            Self::Shut { .. } => "shut",
            Self::Hours { .. } => "hours",
            Self::Appointment { .. } => "appointment",
            Self::LastShuttle { .. } => "last_shuttle",
            Self::Lunch { .. } => "lunch",
            Self::Dark { .. } => "dark",
            Self::DayEnd { .. } => "day_end",
            Self::Driving { .. } => "driving",
            Self::Apart { .. } => "apart",
            Self::Age { .. } => "age",
            Self::People { .. } => "people",
            Self::Budget { .. } => "budget",
            Self::Stops { .. } => "stops",
            Self::Season { .. } => "season",
            Self::Festival => "festival",
            Self::UnknownWay => "unknown_way",
            Self::NoStepFreeRecord => "no_step_free_record",
            Self::NoRedSite => "no_red_site",
        }
    }

    /// By how much, in the constraint's own unit; 1 where there is no how much.
    pub fn amount(&self) -> i64 {
        match self {
            Self::Hours { over, .. } => i64::from(*over),
            Self::Appointment { late, .. }
            | Self::LastShuttle { late, .. }
            | Self::Lunch { late, .. }
            | Self::DayEnd { late, .. } => i64::from(*late),
            Self::Dark { minutes, .. } => i64::from(*minutes),
            Self::Driving { minutes, most } => i64::from(minutes - most),
            Self::Budget { budget, known, .. } => known.0 - budget.0,
            Self::Stops { stops, most } => (stops - most) as i64,
            Self::Apart { km } => i64::from(*km),
            _ => 1,
        }
    }
}

impl Breach {
    /// A sentence that names the place, the limit and the figure.
    pub fn text(&self, trip: &Trip, facts: &Facts) -> Text {
        let visit = self.visit.and_then(|id| trip.visit(id));
        let name = visit.map(|visit| visit.at.name(facts));
        let name = |lang: Lang| -> String {
            match (&name, self.day) {
                (Some(name), _) => lang.pick(format!("“{}”", name.zh), format!("“{}”", name.get(Lang::En))),
                (None, Some(day)) => lang.pick(format!("第{}天", day + 1), format!("Day {}", day + 1)),
                (None, None) => lang.pick("行程".to_owned(), "The trip".to_owned()),
            }
        };
        let (zh, en) = self.constraint.said();
        Text::new(format!("{}{zh}", name(Lang::Zh)), format!("{} {en}", name(Lang::En)))
    }
}

impl Constraint {
    /// What follows the name of the stop, the day or the trip.
    fn said(&self) -> (String, String) {
        let at = |minutes: &u32| say_minutes(*minutes);
        match self {
            Self::Vanished { name } => (format!("已不在目录里（{name}）"), format!("is no longer in the catalogue ({name})")),
            Self::Shut { weekday, month } => {
                const ZH: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
                let weekday = (*weekday as usize + 6) % 7;
                let (zh, en) = (ZH[weekday], WEEKDAYS_EN[weekday]);
                (format!("当天（{month}月，星期{zh}）不开放"), format!("is shut that day (a {en} in {})", month_name(*month)))
            }
            Self::Hours { begins, ends, open, last_entry, over, assumed } => {
                let open = |lang: Lang| say_span(*open, *last_entry, lang);
                let (zh, en) = if *assumed { ("（假定）", " (assumed)") } else { ("", "") };
                (
                    format!("开放时间{}{zh}，{}到、{}离开，超出{over}分钟", open(Lang::Zh), at(begins), at(ends)),
                    format!("is open {}{en}; from {} to {} is {over} min too long", open(Lang::En), at(begins), at(ends)),
                )
            }
            Self::Appointment { at: appointed, begins, late } => (
                format!("约定{}，{}才到，迟{late}分钟", at(appointed), at(begins)),
                format!("was to begin at {}; arrival at {} is {late} min late", at(appointed), at(begins)),
            ),
            Self::LastShuttle { at: last, ends, late } => (
                format!("末班车{}，{}才离开，错过{late}分钟", at(last), at(ends)),
                format!("has its last shuttle at {}; leaving at {} is {late} min late", at(last), at(ends)),
            ),
            Self::Lunch { until, begins, late } => (
                format!("午饭最晚{}开始，排到了{}，迟{late}分钟", at(until), at(begins)),
                format!("has lunch at {}, {late} min after {}", at(begins), at(until)),
            ),
            Self::Dark { sunset, arrives, minutes } => (
                format!("日落{}，到达{}，有{minutes}分钟山路要摸黑", at(sunset), at(arrives)),
                format!("is reached at {}, sunset is {}: {minutes} min of mountain road in the dark", at(arrives), at(sunset)),
            ),
            Self::DayEnd { until, ends, late } => (
                format!("应在{}结束，排到了{}，超出{late}分钟", at(until), at(ends)),
                format!("is to end at {} and ends at {}, {late} min late", at(until), at(ends)),
            ),
            Self::Driving { minutes, most } => (
                format!("在路上{minutes}分钟（估算），按所选节奏最多{most}分钟"),
                format!("has {minutes} min on the road (estimate); {most} is the most at this pace"),
            ),
            Self::Apart { km } => {
                (format!("的起点离前一天的终点约{km}公里"), format!("begins about {km} km from where the day before ended"))
            }
            Self::Age { age, allowed } => (
                format!("限{}岁，同行有{age}岁的", say_bounds(allowed, Lang::Zh)),
                format!("takes ages {}; somebody is {age}", say_bounds(allowed, Lang::En)),
            ),
            Self::People { people, allowed } => (
                format!("限{}人，同行{people}人", say_bounds(allowed, Lang::Zh)),
                format!("takes {} people; there are {people}", say_bounds(allowed, Lang::En)),
            ),
            Self::Budget { budget, known, at_least } => {
                let (zh, en) = if *at_least { ("至少", "at least ") } else { ("", "") };
                (format!("预算{budget}，已知花费{zh}{known}"), format!("costs {en}{known}; the budget is {budget}"))
            }
            Self::Stops { stops, most } => {
                (format!("有{stops}站，按所选节奏{most}站为宜"), format!("has {stops} stops; {most} suit this pace"))
            }
            Self::Season { months } => {
                (format!("适合{}去", months.say(Lang::Zh)), format!("is at its best in {}", months.say(Lang::En)))
            }
            Self::Festival => ("不在节期里".to_owned(), "is not around its festival that day".to_owned()),
            Self::UnknownWay => {
                ("的路程时间未知，未计入".to_owned(), "is reached in a time nobody knows; it is not counted".to_owned())
            }
            Self::NoStepFreeRecord => {
                ("没有无障碍通行的记录，请先询问".to_owned(), "has no record of step-free access; please ask first".to_owned())
            }
            Self::NoRedSite => ("没有安排红色点位".to_owned(), "has no revolutionary site for a party branch day".to_owned()),
        }
    }
}

fn say_bounds(bounds: &Bounds, lang: Lang) -> String {
    match (bounds.least, bounds.most) {
        (Some(least), Some(most)) => format!("{least}–{most}"),
        (Some(least), None) => lang.pick(format!("至少{least}"), format!("from {least}")),
        (None, Some(most)) => lang.pick(format!("至多{most}"), format!("up to {most}")),
        (None, None) => String::new(),
    }
}
