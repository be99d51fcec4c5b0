//! Days as somebody says them: 12月5日, 2027年国庆, 下周六, `2026-10-01`.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::words::holiday;
use crate::search::numeral::number_at;

/// The day that is said here, none where there is no such day or it is over, and how many characters say it.
pub fn date_at(here: &[char], today: NaiveDate) -> Option<(Option<NaiveDate>, usize)> {
    in_digits(here)
        .or_else(|| in_words(here, today))
        .map(|(date, length)| (date.filter(|date| *date >= today), length))
        .or_else(|| weekday(here, today))
}

type Found = (Option<NaiveDate>, usize);

/// `2026-10-01`, `2026/10/1`.
fn in_digits(here: &[char]) -> Option<Found> {
    let (year, length) = digits(here)?;
    let sign = *here.get(length).filter(|c| length == 4 && matches!(c, '-' | '/' | '.'))?;
    let (month, more) = digits(&here[length + 1..])?;
    let length = length + 1 + more;
    here.get(length).filter(|c| **c == sign)?;
    let (day, more) = digits(&here[length + 1..])?;
    Some((on(year, month, day), length + 1 + more))
}

fn digits(here: &[char]) -> Option<(i64, usize)> {
    here.first().filter(|c| c.is_ascii_digit())?;
    number_at(here)
}

/// 12月5日, 国庆, with a year before them or the next one that is not over.
fn in_words(here: &[char], today: NaiveDate) -> Option<Found> {
    let (year, before) = year(here, today).map_or((None, 0), |(year, length)| (Some(year), length));
    let here = &here[before..];
    let (month, day, length) =
        holiday(here).map(|(month, day, length)| (i64::from(month), i64::from(day), length)).or_else(|| {
            let (month, after) = number_at(here)?;
            let rest = here[after..].strip_prefix(&['月'])?;
            let (day, length) = number_at(rest)?;
            let end = after + 1 + length;
            matches!(here.get(end), Some('日' | '号')).then_some((month, day, end + 1))
        })?;
    let next = || {
        let this_year = i64::from(today.year());
        (this_year..=this_year + 1).filter_map(|year| on(year, month, day)).find(|date| *date >= today)
    };
    Some((year.map_or_else(next, |year| on(year, month, day)), before + length))
}

/// 2027年, 明年.
fn year(here: &[char], today: NaiveDate) -> Option<(i64, usize)> {
    let this_year = i64::from(today.year());
    let named = [("今年", 0), ("明年", 1), ("后年", 2)];
    if let Some((_, ahead)) = named.into_iter().find(|(word, _)| here.iter().take(2).copied().eq(word.chars())) {
        return Some((this_year + ahead, 2));
    }
    let (year, length) = digits(here)?;
    (length == 4 && here.get(4) == Some(&'年')).then_some((year, 5))
}

fn on(year: i64, month: i64, day: i64) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?)
}

/// 周六, 这周日: the next one; 下周六, 下下周六: of the weeks that follow.
fn weekday(here: &[char], today: NaiveDate) -> Option<Found> {
    let weeks = here.iter().take_while(|c| **c == '下').count();
    let mut at = weeks;
    at += usize::from(weeks == 0 && matches!(here.first(), Some('这' | '本')));
    at += usize::from(at > 0 && here.get(at) == Some(&'个'));
    at += match here.get(at..)? {
        ['周', ..] => 1,
        ['星', '期', ..] | ['礼', '拜', ..] => 2,
        _ => return None,
    };
    let day = match here.get(at)? {
        '一' => Weekday::Mon,
        '二' => Weekday::Tue,
        '三' => Weekday::Wed,
        '四' => Weekday::Thu,
        '五' => Weekday::Fri,
        '六' => Weekday::Sat,
        '日' | '天' => Weekday::Sun,
        _ => return None,
    };
    Some((in_a_week(day, weeks as u64, today), at + 1))
}

/// The next such day, or the one so many weeks after this week's.
pub fn in_a_week(day: Weekday, weeks: u64, today: NaiveDate) -> Option<NaiveDate> {
    let (day, now) = (u64::from(day.num_days_from_monday()), u64::from(today.weekday().num_days_from_monday()));
    let ahead = if weeks == 0 { (7 + day - now) % 7 } else { 7 * weeks + day - now };
    today.checked_add_days(Days::new(ahead))
}
