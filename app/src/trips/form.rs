//! What was typed into a form, and how it is read: a sentence for every field that makes no sense.

use chrono::NaiveDate;
use domain::region::RegionCode;
use domain::trip::{Clock, Hours};
use domain::{Fen, Problem};

use crate::href::decode;

/// Characters that a field of a page takes.
pub const LONGEST_FIELD: usize = 500;

#[derive(Debug, Clone)]
pub struct Typed(pub Vec<(String, String)>);

impl Typed {
    pub fn read(body: &str) -> Self {
        Self(decode(body))
    }

    /// Trimmed; empty where it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.trim())
    }

    pub fn has(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    /// Cuts off what is more than a field takes, and says so beside it. Pages fill in what is `unseen` themselves.
    pub fn cut(&mut self, unseen: &[&str]) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (name, value) in &mut self.0 {
            let end = value.char_indices().nth(LONGEST_FIELD).map(|(end, _)| end);
            if let Some(end) = end.filter(|_| !unseen.contains(&name.as_str())) {
                value.truncate(end);
                let zh = format!("太长了，只留下了前{LONGEST_FIELD}个字");
                let en = format!("this was too long; only the first {LONGEST_FIELD} characters are left");
                problems.push(Problem::new(name.as_str(), "too_long", zh, en));
            }
        }
        problems
    }
}

/// Collects what is wrong while a form is read, so that everything is said at once.
pub struct Reader<'a> {
    typed: &'a Typed,
    pub problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    pub fn new(typed: &'a Typed) -> Self {
        Self { typed, problems: Vec::new() }
    }

    fn refuse<T>(&mut self, field: &str, code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Option<T> {
        self.problems.push(Problem::new(field, code, zh, en));
        None
    }

    /// Empty is none, and no problem.
    pub fn number(&mut self, field: &'static str) -> Option<u32> {
        let text = plain_digits(self.typed.get(field));
        if text.is_empty() {
            return None;
        }
        match text.parse() {
            Ok(number) => Some(number),
            Err(_) => self.refuse(
                field,
                "bad_number",
                format!("“{text}”不是0以上的整数"),
                format!("“{text}” is no whole number from 0 up"),
            ),
        }
    }

    /// A problem where it is missing.
    pub fn needed_number(&mut self, field: &'static str) -> Option<u32> {
        if !self.typed.has(field) {
            return self.refuse(field, "missing", "请填一个数", "a number is needed here");
        }
        self.number(field)
    }

    pub fn date(&mut self, field: &'static str) -> Option<NaiveDate> {
        let text = self.typed.get(field);
        match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            Ok(date) => Some(date),
            Err(_) => self.refuse(field, "bad_date", "日期写成 2026-10-01 的样子", "a date is written like 2026-10-01"),
        }
    }

    pub fn clock(&mut self, field: &'static str) -> Option<Clock> {
        let text = self.typed.get(field);
        if text.is_empty() {
            return None;
        }
        // Some browsers send seconds.
        let text = text.get(..5).filter(|_| text.len() == 8).unwrap_or(text);
        Clock::read(field, text).map_err(|problem| self.problems.push(problem)).ok()
    }

    pub fn needed_clock(&mut self, field: &'static str) -> Option<Clock> {
        if !self.typed.has(field) {
            return self.refuse(field, "missing", "请填时间，如 09:30", "a time is needed here, like 09:30");
        }
        self.clock(field)
    }

    /// Yuan with up to two decimals, as fen.
    pub fn yuan(&mut self, field: &'static str) -> Option<Fen> {
        let text = plain_digits(self.typed.get(field)).replace(['¥', '￥', ',', '，', '元'], "");
        if text.is_empty() {
            return None;
        }
        if text.starts_with('-') {
            return self.refuse(field, "negative", "金额不能是负数", "an amount is not below zero");
        }
        let (yuan, fen) = text.split_once('.').unwrap_or((&text, ""));
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let right = digits(yuan) && digits(fen) && !yuan.is_empty() && fen.len() <= 2;
        let amount = right.then(|| format!("{yuan}{fen:0<2}").parse().ok()).flatten().map(Fen).filter(|fen| *fen <= Fen::MOST);
        match amount {
            Some(fen) => Some(fen),
            None => self.refuse(
                field,
                "bad_amount",
                format!("金额写成 300 或 88.50，最多{}", Fen::MOST),
                format!("an amount is written like 300 or 88.50, at most {}", Fen::MOST),
            ),
        }
    }

    /// `5、8`: ages.
    pub fn ages(&mut self, field: &'static str) -> Vec<u32> {
        let text = plain_digits(self.typed.get(field));
        let parts = text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|part| !part.is_empty());
        let ages: Result<Vec<u32>, _> = parts.map(str::parse).collect();
        match ages {
            Ok(ages) => ages,
            Err(_) => self
                .refuse(field, "bad_number", "写每个孩子的年龄，如 5、8", "write the age of each child, like 5, 8")
                .unwrap_or_default(),
        }
    }

    /// `09:00-12:00 13:30-17:00`; empty is none.
    pub fn hours(&mut self, field: &'static str) -> Option<Vec<Hours>> {
        let text = self.typed.get(field);
        if text.is_empty() {
            return None;
        }
        let spans = text.split([' ', '、', ',', '，', ';', '；']).filter(|span| !span.is_empty());
        let spans = spans.map(|span| {
            let (from, until) = span.split_once(['-', '–', '—', '至', '~', '～'])?;
            Some(Hours { from: Clock::parse(from.trim()).ok()?, until: Clock::parse(until.trim()).ok()? })
        });
        match spans.collect::<Option<Vec<_>>>() {
            Some(hours) => Some(hours),
            None => self.refuse(field, "bad_hours", "开放时间写成 09:00-17:00", "opening hours are written like 09:00-17:00"),
        }
    }

    /// Empty is none.
    pub fn region(&mut self, field: &'static str) -> Option<RegionCode> {
        let text = self.typed.get(field);
        if text.is_empty() {
            return None;
        }
        let code = RegionCode::parse(text).ok().filter(|code| code.region().is_some());
        code.or_else(|| self.refuse(field, "unknown_region", "没有这个县区", "there is no such county"))
    }

    /// A word of a list; the list is ours, so another word is nobody's slip.
    pub fn word<T>(&mut self, field: &'static str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let word = parse(self.typed.get(field));
        word.or_else(|| self.refuse(field, "bad_value", "没有这个选项", "there is no such choice"))
    }
}

/// Full-width digits and signs as people type them in Chinese, as plain ones.
fn plain_digits(text: &str) -> String {
    let plain = |c: char| match c {
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
        '．' => '.',
        '－' | '−' => '-',
        other => other,
    };
    text.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<T: PartialEq + std::fmt::Debug>(text: &str, read: impl Fn(&mut Reader) -> T, expected: T, wrong: &[&str]) {
        let typed = Typed(vec![("x".to_owned(), text.to_owned())]);
        let mut reader = Reader::new(&typed);
        assert_eq!(read(&mut reader), expected, "{text}");
        assert_eq!(reader.problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), wrong, "{text}");
    }

    #[test]
    fn what_no_field_takes_is_cut_and_said() {
        let long = "夏".repeat(LONGEST_FIELD + 1);
        let mut typed = Typed(
            [("avoid", &long), ("plan", &long), ("title", &"夏".repeat(LONGEST_FIELD))]
                .map(|(a, b)| (a.into(), b.clone()))
                .into(),
        );
        let problems = typed.cut(&["plan"]);
        assert_eq!(problems.iter().map(|it| (it.field.as_str(), it.code)).collect::<Vec<_>>(), [("avoid", "too_long")]);
        assert_eq!((typed.get("avoid").chars().count(), typed.get("plan")), (LONGEST_FIELD, long.as_str()));
    }

    #[test]
    fn amounts_are_read_to_the_fen_and_never_rounded() {
        let yuan = |reader: &mut Reader| reader.yuan("x");
        check("300", yuan, Some(Fen(30_000)), &[]);
        check("￥１２.5元", yuan, Some(Fen(1_250)), &[]);
        check("0", yuan, Some(Fen(0)), &[]);
        check("", yuan, None, &[]);
        check("-1", yuan, None, &["negative"]);
        for bad in ["1.005", "1e3", "一百", ".5", "99999999999999999999", "1000001"] {
            check(bad, yuan, None, &["bad_amount"]);
        }
    }

    #[test]
    fn numbers_times_and_ages_are_read_as_people_write_them() {
        check(" ３ ", |reader| reader.number("x"), Some(3), &[]);
        check("三", |reader| reader.number("x"), None, &["bad_number"]);
        check("", |reader| reader.needed_number("x"), None, &["missing"]);
        check("09:30:00", |reader| reader.clock("x"), Clock::parse("09:30").ok(), &[]);
        check("半夜", |reader| reader.clock("x"), None, &["bad_time"]);
        check("上午10", |reader| reader.clock("x"), None, &["bad_time"]);
        check("5、8, 12", |reader| reader.ages("x"), vec![5, 8, 12], &[]);
        check("五", |reader| reader.ages("x"), vec![], &["bad_number"]);
        check("2026-02-30", |reader| reader.date("x"), None, &["bad_date"]);
        let nine_to_five = Hours { from: Clock::parse("09:00").unwrap(), until: Clock::parse("17:00").unwrap() };
        check("09:00-17:00", |reader| reader.hours("x"), Some(vec![nine_to_five]), &[]);
        check("09:00–17:00", |reader| reader.hours("x"), Some(vec![nine_to_five]), &[]);
        check("九点", |reader| reader.hours("x"), None, &["bad_hours"]);
    }
}
