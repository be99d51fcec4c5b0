//! Festivals and the days they fall on. The lunar ones follow GB/T 33661, as computed by Unicode's calendars.

use chrono::{Datelike, Days, NaiveDate};
use icu_calendar::Date;
use icu_calendar::cal::ChineseTraditional;

/// When a festival is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    /// Month and day of the lunar calendar; a leap month has no festivals.
    Lunar(u8, u8),
    /// Month and day, give or take one: a solar term wanders by a day.
    Term(u32, u32),
}

/// Names by which listings call a festival, and when it is. The first that a name contains is meant.
const FESTIVALS: [(&[&str], When); 9] = [
    (&["元宵"], When::Lunar(1, 15)),
    (&["春节", "土家年", "过年"], When::Lunar(1, 1)),
    (&["四月八"], When::Lunar(4, 8)),
    (&["端午", "龙船习俗"], When::Lunar(5, 5)),
    (&["七夕"], When::Lunar(7, 7)),
    (&["中秋"], When::Lunar(8, 15)),
    (&["重阳"], When::Lunar(9, 9)),
    (&["盘王节"], When::Lunar(10, 16)),
    (&["赶秋"], When::Term(8, 7)),
];

/// A festival by its place in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Festival(u8);

impl Festival {
    /// The festival that a listing of this name is about.
    pub fn named_in(name: &str) -> Option<Self> {
        let index = FESTIVALS.iter().position(|(names, _)| names.iter().any(|festival| name.contains(festival)))?;
        u8::try_from(index).ok().map(Self)
    }

    /// Its place in the table.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    pub fn is_on(self, day: NaiveDate) -> bool {
        match FESTIVALS[self.index()].1 {
            When::Lunar(month, day_of_month) => lunar(day) == Some((month, day_of_month)),
            When::Term(month, day_of_month) => {
                let term = NaiveDate::from_ymd_opt(day.year(), month, day_of_month);
                term.is_some_and(|term| term.signed_duration_since(day).num_days().abs() <= 1)
            }
        }
    }

    /// All that are on this day, the day before and the day after counting too: a festival is prepared and slept off.
    pub fn around(day: NaiveDate) -> impl Iterator<Item = Self> {
        let days = [day.checked_sub_days(Days::new(1)), Some(day), day.checked_add_days(Days::new(1))];
        let all = (0..FESTIVALS.len()).filter_map(|index| u8::try_from(index).ok().map(Self));
        all.filter(move |festival| days.iter().flatten().any(|day| festival.is_on(*day)))
    }
}

/// Month and day of the lunar calendar; none in a leap month.
fn lunar(day: NaiveDate) -> Option<(u8, u8)> {
    let date = Date::try_new_gregorian(day.year(), u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?).ok()?;
    let date = date.to_calendar(ChineseTraditional::new());
    let month = date.month();
    (!month.to_input().is_leap()).then(|| (month.number(), date.day_of_month().0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn festivals_fall_on_the_days_of_the_calendar() {
        let check = |name: &str, (year, month, day): (i32, u32, u32)| {
            let festival = Festival::named_in(name).unwrap();
            let day = NaiveDate::from_ymd_opt(year, month, day).unwrap();
            assert!(festival.is_on(day), "{name} is on {day}");
            assert!(!festival.is_on(day + Days::new(20)), "{name}");
            assert!(Festival::around(day + Days::new(1)).any(|it| it == festival));
        };
        check("端午节（汨罗江畔端午习俗）", (2026, 6, 19));
        check("端午节", (2027, 6, 9));
        check("土家年", (2026, 2, 17));
        check("春节", (2027, 2, 6));
        check("中秋", (2026, 9, 25));
        check("苗族四月八", (2026, 5, 24));
        check("瑶族盘王节（还盘王愿）", (2026, 11, 24));
        check("苗族赶秋", (2026, 8, 7));
        // 2025 had a leap sixth month, and one seventh month
        check("七夕", (2025, 8, 29));
        assert_eq!(Festival::named_in("凤凰古城"), None);
    }

    proptest::proptest! {
        #[test]
        fn a_lunar_festival_is_once_a_year(year in 1920i32..2090, index in 0u8..8) {
            let festival = Festival(index);
            let days = NaiveDate::from_ymd_opt(year, 1, 1).unwrap().iter_days().take_while(|day| day.year() == year);
            let count = days.filter(|day| festival.is_on(*day)).count();
            proptest::prop_assert!((0..=2).contains(&count) && (index == 7 || count == 1), "{count}");
        }
    }
}
