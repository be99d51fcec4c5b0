//! When a place lets people in, as its source says: hours of the week, and months in which it is shut.
//!
//! In data:
//!
//! ```json
//! {"hours":[{"weekdays":["tue","wed","thu","fri","sat","sun"],"from":"09:00","until":"17:00","last_entry":"16:30"}],"closed_months":[1,2,12]}
//! ```
//!
//! A weekday without hours is one on which it is shut. Where there are no hours at all nobody knows them, and only the months count.

use serde::{Deserialize, Serialize};

use crate::Lang;
use crate::clock::{Clock, Hours};
use crate::time::{Months, Weekdays};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Opening {
    hours: Vec<OpenHours>,
    closed_months: Months,
}

/// Hours of some weekdays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenHours {
    pub weekdays: Weekdays,
    pub from: Clock,
    pub until: Clock,
    /// Nobody is let in after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_entry: Option<Clock>,
}

impl OpenHours {
    pub fn hours(&self) -> Hours {
        Hours { from: self.from, until: self.until }
    }

    fn meets(&self, other: &Self) -> bool {
        self.weekdays.meet(other.weekdays) && self.from < other.until && other.from < self.until
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpeningError {
    #[error("opening: it says neither hours nor closed_months / 开放时间和关闭月份至少写一样")]
    Empty,
    #[error("opening: closed_months are all twelve: what is shut for good is withdrawn / 全年关闭的条目应当撤下")]
    AlwaysShut,
    #[error("opening: hours[{0}]: from is not before until / 开始不早于结束")]
    UpsideDown(usize),
    #[error("opening: hours[{0}]: last_entry is not between from and until / 停止入场不在开放时间内")]
    LastEntry(usize),
    #[error("opening: hours[{0}]: they overlap with earlier ones of the same weekday / 同一天的时段互相重叠")]
    Overlap(usize),
    #[error("opening: more than {MOST_HOURS} hours / 时段太多")]
    TooMany,
}

/// Four spans on each day of the week.
pub const MOST_HOURS: usize = 28;

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    hours: Vec<OpenHours>,
    #[serde(default, skip_serializing_if = "Months::is_empty_ref")]
    closed_months: Months,
}

impl TryFrom<Written> for Opening {
    type Error = OpeningError;
    fn try_from(it: Written) -> Result<Self, OpeningError> {
        Self::new(it.hours, it.closed_months)
    }
}

impl From<Opening> for Written {
    fn from(it: Opening) -> Self {
        Written { hours: it.hours, closed_months: it.closed_months }
    }
}

impl Opening {
    pub fn new(hours: Vec<OpenHours>, closed_months: Months) -> Result<Self, OpeningError> {
        if hours.is_empty() && closed_months.is_empty() {
            return Err(OpeningError::Empty);
        }
        if closed_months == Months::ALL {
            return Err(OpeningError::AlwaysShut);
        }
        if hours.len() > MOST_HOURS {
            return Err(OpeningError::TooMany);
        }
        for (index, it) in hours.iter().enumerate() {
            if !it.hours().is_valid() {
                return Err(OpeningError::UpsideDown(index));
            }
            if it.last_entry.is_some_and(|last| last < it.from || last > it.until) {
                return Err(OpeningError::LastEntry(index));
            }
            if hours[..index].iter().any(|earlier| earlier.meets(it)) {
                return Err(OpeningError::Overlap(index));
            }
        }
        Ok(Self { hours, closed_months })
    }

    /// Empty where nobody knows them.
    pub fn hours(&self) -> &[OpenHours] {
        &self.hours
    }

    pub fn closed_months(&self) -> Months {
        self.closed_months
    }

    /// Weekdays with hours; all where nobody knows them.
    pub fn weekdays(&self) -> Weekdays {
        if self.hours.is_empty() {
            return Weekdays::ALL;
        }
        self.hours.iter().fold(Weekdays::NONE, |all, it| all.with(it.weekdays))
    }

    /// `周二至周日 09:00–17:00（16:30停止入场）`, one for each span.
    pub fn say_hours(&self, lang: Lang) -> Vec<String> {
        let said = self.hours.iter().map(|it| format!("{} {}", it.weekdays.say(lang), say_span(it.hours(), it.last_entry, lang)));
        said.collect()
    }

    /// `周一闭馆，12月–次年2月闭馆`: when it is shut; none where it never is. `museum` has its own word in Chinese.
    pub fn say_shut(&self, museum: bool, lang: Lang) -> Option<String> {
        let shut = if museum { "闭馆" } else { "不开放" };
        let days = self.weekdays().others();
        let days = (!days.is_empty())
            .then(|| lang.pick(format!("{}{shut}", days.say(Lang::Zh)), format!("closed on {}", days.say_plural())));
        let months = self.closed_months;
        let months = (!months.is_empty())
            .then(|| lang.pick(format!("{}{shut}", months.say(Lang::Zh)), format!("closed in {}", months.say(Lang::En))));
        let said: Vec<String> = days.into_iter().chain(months).collect();
        (!said.is_empty()).then(|| said.join(lang.pick("，", "; ")))
    }
}

/// `09:00–17:00（16:30停止入场）`.
pub fn say_span(hours: Hours, last_entry: Option<Clock>, lang: Lang) -> String {
    match last_entry {
        Some(last) => lang.pick(format!("{hours}（{last}停止入场）"), format!("{hours} (last entry {last})")),
        None => hours.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Opening, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    const MUSEUM: &str = r#"{"hours":[{"weekdays":["tue","wed","thu","fri","sat","sun"],"from":"09:00","until":"17:00","last_entry":"16:30"}],"closed_months":[1,2,12]}"#;

    #[test]
    fn a_calendar_comes_back_as_it_went_and_is_said_in_both_languages() {
        let museum = parse(MUSEUM).unwrap();
        assert_eq!(serde_json::to_string(&museum).unwrap(), MUSEUM);
        assert_eq!(museum.say_hours(Lang::Zh), ["周二至周日 09:00–17:00（16:30停止入场）"]);
        assert_eq!(museum.say_hours(Lang::En), ["Tue–Sun 09:00–17:00 (last entry 16:30)"]);
        assert_eq!(museum.say_shut(true, Lang::Zh).unwrap(), "周一闭馆，12月–次年2月闭馆");
        assert_eq!(museum.say_shut(false, Lang::En).unwrap(), "closed on Mondays; closed in Dec–Feb");
        let meadow = parse(r#"{"closed_months":[7]}"#).unwrap();
        assert_eq!((meadow.say_hours(Lang::Zh).len(), meadow.say_shut(false, Lang::Zh).unwrap().as_str()), (0, "7月不开放"));
        let daily = r#"{"hours":[{"weekdays":["mon","tue","wed","thu","fri","sat","sun"],"from":"00:00","until":"24:00"}]}"#;
        assert_eq!(parse(daily).unwrap().say_shut(true, Lang::Zh), None);
    }

    #[test]
    fn a_calendar_that_cannot_be_is_refused_with_its_reason() {
        let hours = |more: &str| format!(r#"{{"hours":[{{"weekdays":["mon"],"from":"09:00","until":"17:00"}}{more}]}}"#);
        let check = |text: &str, expected: &str| {
            let said = parse(text).unwrap_err();
            assert!(said.contains(expected), "{text}: {said}");
        };
        check("{}", "neither hours nor closed_months");
        check(r#"{"closed_months":[1,2,3,4,5,6,7,8,9,10,11,12]}"#, "all twelve");
        check(r#"{"closed_months":[13]}"#, "13 is not a month");
        check(&hours(r#",{"weekdays":["mon","tue"],"from":"16:00","until":"18:00"}"#), "hours[1]: they overlap");
        check(&hours(r#",{"weekdays":["tue"],"from":"18:00","until":"09:00"}"#), "hours[1]: from is not before until");
        check(&hours(r#",{"weekdays":["tue"],"from":"09:00","until":"12:00","last_entry":"12:30"}"#), "hours[1]: last_entry");
        check(&hours(r#",{"weekdays":[],"from":"09:00","until":"12:00"}"#), "no weekday");
        check(&hours(r#",{"weekdays":["tue","tue"],"from":"09:00","until":"12:00"}"#), "tue is there twice");
        check(&hours(r#",{"weekdays":["Monday"],"from":"09:00","until":"12:00"}"#), "Monday is not a weekday");
        check(&hours(r#",{"weekdays":["tue"],"from":"9:00","until":"12:00"}"#), "09:30");
        check(&hours(r#",{"weekdays":["tue"],"from":"09:00","until":"12:00","till":1}"#), "unknown field");
        assert!(parse(&hours(r#",{"weekdays":["mon"],"from":"17:00","until":"18:00"}"#)).is_ok(), "one may follow the other");
    }
}
