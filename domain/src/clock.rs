//! Times of day in Asia/Shanghai, to the minute, and the spans between them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Problem;
use crate::time::clock_minutes;

/// Minutes since midnight, `00:00` to `24:00`; in data `"09:30"`. `24:00` only makes sense as an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Clock(u16);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a time of day is written like 09:30")]
pub struct ClockError;

impl Clock {
    pub const MIDNIGHT: Clock = Clock(24 * 60);

    pub fn parse(text: &str) -> Result<Self, ClockError> {
        if text == "24:00" {
            return Ok(Self::MIDNIGHT);
        }
        clock_minutes(text).and_then(Self::from_minutes).ok_or(ClockError)
    }

    /// What somebody typed into a field.
    pub fn read(field: &str, text: &str) -> Result<Self, Problem> {
        Self::parse(text.trim())
            .map_err(|_| Problem::new(field, "bad_time", "时间写成 09:30 的样子", "a time of day is written like 09:30"))
    }

    /// None past midnight.
    pub fn from_minutes(minutes: u32) -> Option<Self> {
        u16::try_from(minutes).ok().map(Self).filter(|clock| *clock <= Self::MIDNIGHT)
    }

    /// For times that stand in the code.
    pub(crate) const fn at(hour: u16, minute: u16) -> Self {
        assert!(hour * 60 + minute <= 24 * 60);
        Self(hour * 60 + minute)
    }

    pub fn minutes(self) -> u32 {
        u32::from(self.0)
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl TryFrom<String> for Clock {
    type Error = ClockError;
    fn try_from(text: String) -> Result<Self, ClockError> {
        Self::parse(&text)
    }
}

impl From<Clock> for String {
    fn from(clock: Clock) -> String {
        clock.to_string()
    }
}

/// Minutes since the midnight a day began with, as a clock shows them; what runs into the next day says so: `00:20+1`.
pub fn say_minutes(minutes: u32) -> String {
    let (days, rest) = (minutes / (24 * 60), minutes % (24 * 60));
    let clock = format!("{:02}:{:02}", rest / 60, rest % 60);
    if days == 0 { clock } else { format!("{clock}+{days}") }
}

/// A span of one day, half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    pub from: Clock,
    pub until: Clock,
}

impl Hours {
    pub const ALL_DAY: Hours = Hours { from: Clock::at(0, 0), until: Clock::MIDNIGHT };

    pub(crate) const fn new(from: Clock, until: Clock) -> Self {
        Self { from, until }
    }

    pub fn is_valid(self) -> bool {
        self.from < self.until
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}–{}", self.from, self.until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_written_one_way() {
        assert_eq!(Clock::parse("09:30").unwrap().minutes(), 570);
        assert_eq!(Clock::parse("24:00").unwrap(), Clock::MIDNIGHT);
        for bad in ["9:30", "24:01", "25:00", "09:60", "+9:30", "0930", "", "９:30"] {
            assert!(Clock::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(Clock::read("from", " 09:30 "), Ok(Clock::at(9, 30)));
        assert_eq!(Clock::read("from", "半夜").unwrap_err().field, "from");
        assert_eq!(Clock::from_minutes(1441), None);
        assert_eq!(serde_json::to_string(&Clock::at(7, 5)).unwrap(), "\"07:05\"");
    }

    #[test]
    fn a_day_that_runs_into_the_next_says_so() {
        assert_eq!(say_minutes(540), "09:00");
        assert_eq!(say_minutes(1460), "00:20+1");
    }
}
