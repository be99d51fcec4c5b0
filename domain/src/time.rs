//! Days and months as people in Hunan mean them, times as machines store them.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc};
use serde::{Deserialize, Serialize};

use crate::Lang;

pub type Timestamp = DateTime<Utc>;

/// Asia/Shanghai has kept +08:00 all year since 1991, so a fixed offset is exact for every date we hold.
pub fn shanghai() -> FixedOffset {
    FixedOffset::east_opt(8 * 3600).expect("eight hours is a valid offset")
}

/// The day it is in Shanghai.
pub fn day_of(at: Timestamp) -> NaiveDate {
    at.with_timezone(&shanghai()).date_naive()
}

/// Minutes since midnight of a time of day written `09:30`, and in no other way.
pub fn clock_minutes(clock: &str) -> Option<u32> {
    let (hours, minutes) = clock.split_once(':')?;
    let two_digits = |part: &str| (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?;
    let (hours, minutes): (u32, u32) = (two_digits(hours)?, two_digits(minutes)?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// A half-open span of time in UTC: `start` is in it, `end` is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub start: Timestamp,
    pub end: Timestamp,
}

impl Period {
    /// Two days of Shanghai, the last one included up to midnight.
    pub fn of_days(first: NaiveDate, last: NaiveDate) -> Option<Self> {
        if last < first {
            return None;
        }
        let midnight = |day: NaiveDate| {
            let local = day.and_time(NaiveTime::MIN);
            shanghai().from_local_datetime(&local).single().map(|at| at.with_timezone(&Utc))
        };
        Some(Self { start: midnight(first)?, end: midnight(last.succ_opt()?)? })
    }

    pub fn contains(&self, at: Timestamp) -> bool {
        self.start <= at && at < self.end
    }
}

/// A set of months of the year; in data a list of numbers from 1 to 12.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<u32>", into = "Vec<u32>")]
pub struct Months(u16);

impl Months {
    pub const NONE: Months = Months(0);
    pub const ALL: Months = Months(0x0fff);

    pub fn only(month: u32) -> Option<Self> {
        (1..=12).contains(&month).then(|| Self(1 << (month - 1)))
    }

    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether a month is in both.
    pub fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub fn contains(self, month: u32) -> bool {
        Self::only(month).is_some_and(|m| self.0 & m.0 != 0)
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn iter(self) -> impl Iterator<Item = u32> {
        (1..=12).filter(move |m| self.contains(*m))
    }

    pub fn bits(self) -> u16 {
        self.0
    }

    pub fn of(day: NaiveDate) -> Self {
        Self::only(day.month()).unwrap_or_default()
    }

    /// Runs of months, December joining January: `10月–次年3月`, `Mar–May, Sep–Nov`.
    pub fn say(self, lang: Lang) -> String {
        if self == Self::ALL {
            return lang.pick("全年", "All year").to_owned();
        }
        let starts = (1..=12u32).filter(|m| self.contains(*m) && !self.contains((m + 10) % 12 + 1));
        let runs: Vec<String> = starts
            .map(|start| {
                let length = (0..12).take_while(|i| self.contains((start + i - 1) % 12 + 1)).count() as u32;
                let end = (start + length - 2) % 12 + 1;
                match lang {
                    Lang::Zh if length == 1 => format!("{start}月"),
                    Lang::Zh if end < start => format!("{start}月–次年{end}月"),
                    Lang::Zh => format!("{start}–{end}月"),
                    Lang::En if length == 1 => month_name(start).to_owned(),
                    Lang::En => format!("{}–{}", month_name(start), month_name(end)),
                }
            })
            .collect();
        runs.join(lang.pick("、", ", "))
    }
}

pub fn month_name(month: u32) -> &'static str {
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    NAMES[(month as usize - 1) % 12]
}

/// `2026年11月24日`, `24 Nov 2026`.
pub fn say_day(day: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Lang::En => format!("{} {} {}", day.day(), month_name(day.month()), day.year()),
    }
}

impl TryFrom<Vec<u32>> for Months {
    type Error = String;
    fn try_from(months: Vec<u32>) -> Result<Self, String> {
        months.into_iter().try_fold(Self::NONE, |all, month| {
            let one = Self::only(month).ok_or_else(|| format!("{month} is not a month; months are 1 to 12"))?;
            Ok(all.with(one))
        })
    }
}

impl From<Months> for Vec<u32> {
    fn from(months: Months) -> Vec<u32> {
        months.iter().collect()
    }
}

/// A set of days of the week; in data a list of `mon` to `sun`, each once, of one day at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<&'static str>")]
pub struct Weekdays(u8);

const WEEKDAY_WORDS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const WEEKDAYS_ZH: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
const WEEKDAYS_SHORT: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
pub const WEEKDAYS_EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

impl Weekdays {
    pub const NONE: Weekdays = Weekdays(0);
    pub const ALL: Weekdays = Weekdays(0x7f);

    /// 1 (Monday) to 7.
    pub fn only(weekday: u32) -> Option<Self> {
        (1..=7).contains(&weekday).then(|| Self(1 << (weekday - 1)))
    }

    pub fn of(day: NaiveDate) -> Self {
        Self(1 << day.weekday().num_days_from_monday())
    }

    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Those that are not in it.
    pub fn others(self) -> Self {
        Self(!self.0 & Self::ALL.0)
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Monday is the first bit.
    pub fn bits(self) -> u8 {
        self.0
    }

    /// 1 (Monday) to 7.
    pub fn iter(self) -> impl Iterator<Item = u32> {
        (1..=7).filter(move |day| self.0 >> (day - 1) & 1 == 1)
    }

    fn names(self, names: [&'static str; 7]) -> Vec<&'static str> {
        self.iter().map(|day| names[day as usize - 1]).collect()
    }

    /// 周二至周日, `Tue–Sun`; 周六、周日, `Sat, Sun`.
    pub fn say(self, lang: Lang) -> String {
        if self == Self::ALL {
            return lang.pick("每天", "Daily").to_owned();
        }
        let names = self.names(lang.pick(WEEKDAYS_ZH, WEEKDAYS_SHORT));
        let days: Vec<u32> = self.iter().collect();
        match (&names[..], &days[..]) {
            ([first, _, .., last], [from, .., until]) if *until - *from + 1 == days.len() as u32 && days.len() > 2 => {
                format!("{first}{}{last}", lang.pick("至", "–"))
            }
            _ => names.join(lang.pick("、", ", ")),
        }
    }

    /// `Mondays and Tuesdays`.
    pub fn say_plural(self) -> String {
        self.names(WEEKDAYS_EN).iter().map(|name| format!("{name}s")).collect::<Vec<_>>().join(" and ")
    }
}

impl TryFrom<Vec<String>> for Weekdays {
    type Error = String;
    fn try_from(words: Vec<String>) -> Result<Self, String> {
        let all = words.iter().try_fold(Self::NONE, |all, word| {
            let day = WEEKDAY_WORDS.iter().position(|known| known == word);
            let day = day.ok_or_else(|| format!("weekdays: {word} is not a weekday; weekdays are mon to sun"))?;
            let day = Self(1 << day);
            if all.meet(day) { Err(format!("weekdays: {word} is there twice")) } else { Ok(all.with(day)) }
        })?;
        if all.is_empty() { Err("weekdays: there is no weekday".to_owned()) } else { Ok(all) }
    }
}

impl From<Weekdays> for Vec<&'static str> {
    fn from(days: Weekdays) -> Self {
        days.names(WEEKDAY_WORDS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months(list: &[u32]) -> Months {
        Months::try_from(list.to_vec()).unwrap()
    }

    #[test]
    fn seasons_read_as_people_say_them() {
        let check = |list: &[u32], zh: &str, en: &str| {
            assert_eq!(months(list).say(Lang::Zh), zh);
            assert_eq!(months(list).say(Lang::En), en);
        };
        check(&[3, 4, 5], "3–5月", "Mar–May");
        check(&[10, 11, 12, 1, 2, 3], "10月–次年3月", "Oct–Mar");
        check(&[3, 4, 5, 9, 10, 11], "3–5月、9–11月", "Mar–May, Sep–Nov");
        check(&[7], "7月", "Jul");
        check(&[], "", "");
        check(&(1..=12).collect::<Vec<_>>(), "全年", "All year");
    }

    #[test]
    fn weekdays_read_as_people_say_them() {
        let check = |days: &[u32], zh: &str, en: &str| {
            let days = days.iter().filter_map(|day| Weekdays::only(*day)).fold(Weekdays::NONE, Weekdays::with);
            assert_eq!((days.say(Lang::Zh).as_str(), days.say(Lang::En).as_str()), (zh, en));
        };
        check(&[2, 3, 4, 5, 6, 7], "周二至周日", "Tue–Sun");
        check(&[6, 7], "周六、周日", "Sat, Sun");
        check(&[1, 2, 4], "周一、周二、周四", "Mon, Tue, Thu");
        check(&[1], "周一", "Mon");
        check(&[1, 2, 3, 4, 5, 6, 7], "每天", "Daily");
        check(&[], "", "");
        assert_eq!(Weekdays::only(1).unwrap().others().say_plural().split(" and ").count(), 6);
        assert_eq!(Weekdays::of(NaiveDate::from_ymd_opt(2026, 11, 30).unwrap()), Weekdays::only(1).unwrap());
    }

    #[test]
    fn a_season_ends_when_its_last_day_is_over_in_shanghai() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let year_end = Period::of_days(day(2026, 11, 1), day(2026, 12, 31)).unwrap();
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        assert!(!year_end.contains(at("2026-10-31T15:59:59Z")));
        assert!(year_end.contains(at("2026-10-31T16:00:00Z")), "the first day starts at midnight in Shanghai");
        assert!(year_end.contains(at("2026-12-31T15:59:59Z")));
        assert!(!year_end.contains(at("2026-12-31T16:00:00Z")), "new year has begun in Shanghai");
        assert!(Period::of_days(day(2026, 12, 31), day(2026, 12, 30)).is_none());
    }
}
