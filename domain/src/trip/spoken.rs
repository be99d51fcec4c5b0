//! A trip as somebody would say it: 三天两大一老，长沙出发坐高铁，预算1500，喜欢手工; three days, two adults and a grandmother, from
//! Changsha by train, ¥1,500, likes crafts.
//!
//! Total and pure. What is heard fills a form that can be seen and changed; what is not heard is named, never guessed.

mod words;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use self::words::{What, word_at};
use super::plan::{Mobility, Pace, Transport};
use crate::Fen;
use crate::listing::Tag;
use crate::region::RegionCode;
use crate::search::numeral::number_at;
use crate::search::understand::region_named;

/// Longer texts are no sentence.
pub const LONGEST: usize = 300;

/// What was heard; what nobody said is none.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Spoken {
    pub days: Option<u32>,
    pub starts: Option<NaiveDate>,
    pub adults: Option<u32>,
    pub elders: Option<u32>,
    /// Those whose age was said.
    pub ages: Vec<u32>,
    /// All of them.
    pub children: u32,
    pub from: Option<RegionCode>,
    pub transport: Option<Transport>,
    /// For all of them.
    pub budget: Option<Fen>,
    pub mobility: Option<Mobility>,
    pub pace: Option<Pace>,
    pub interests: Vec<Tag>,
    /// What was not understood, as it was said.
    pub unheard: Vec<String>,
}

impl Spoken {
    pub fn is_empty(&self) -> bool {
        *self == Self { unheard: self.unheard.clone(), ..Self::default() }
    }

    /// Children whose age nobody said.
    pub fn ageless(&self) -> u32 {
        self.children.saturating_sub(self.ages.len() as u32)
    }
}

/// `text` in one form: simplified, lower case, half width.
pub fn read(text: &str, today: NaiveDate) -> Spoken {
    let text: Vec<char> = text.chars().take(LONGEST).collect();
    let mut ear = Ear::new(&text, today);
    let mut at = 0;
    while at < text.len() {
        at += ear.hear(at).max(1);
    }
    ear.finish()
}

struct Ear<'a> {
    text: &'a [char],
    today: NaiveDate,
    heard: Spoken,
    /// Said just before, and not used yet: its value and where it began.
    number: Option<(i64, usize)>,
    /// 从 was said, and what comes is where.
    from: bool,
    /// ¥ or 预算 was said, and what comes is how much.
    money: bool,
    amount: Option<i64>,
    each: bool,
    people: Option<i64>,
    nights: Option<i64>,
    /// A region that was named, until 出发 says why, and where its name began.
    place: Option<(RegionCode, usize, usize)>,
    unheard: Vec<bool>,
}

impl<'a> Ear<'a> {
    fn new(text: &'a [char], today: NaiveDate) -> Self {
        Ear {
            text,
            today,
            heard: Spoken::default(),
            number: None,
            from: false,
            money: false,
            amount: None,
            each: false,
            people: None,
            nights: None,
            place: None,
            unheard: vec![false; text.len()],
        }
    }

    /// How many characters from `at` on were understood; 0 where none was.
    fn hear(&mut self, at: usize) -> usize {
        let here = &self.text[at..];
        if let Some((date, length)) = date_at(here, self.today) {
            self.drop_number(at);
            self.heard.starts = self.heard.starts.or(Some(date));
            return length;
        }
        if begins_a_word(self.text, at)
            && let Some((number, length)) = amount_at(here)
        {
            self.drop_number(at);
            if std::mem::take(&mut self.money) {
                self.amount = Some(number);
                return length + unit_of_money(&self.text[at + length..]);
            }
            self.number = Some((number, at));
            return length;
        }
        if let Some((word, length)) = word_at(self.text, at) {
            self.said(word, at);
            return length;
        }
        if let Some((region, length)) = region_named(self.text, at) {
            self.drop_number(at);
            self.forget_place();
            let code = region.code.clone();
            if std::mem::take(&mut self.from) {
                self.heard.from = Some(code);
            } else {
                self.place = Some((code, at, at + length));
            }
            return length;
        }
        let c = here[0];
        // 三个, 3 位: the number still waits
        if self.number.is_some() && matches!(c, ' ' | '个' | '位' | '名' | '-') {
            return 1;
        }
        self.drop_number(at);
        self.unheard[at] = c.is_alphanumeric();
        0
    }

    fn said(&mut self, word: What, at: usize) {
        if !word.counts() {
            self.drop_number(at);
        }
        let number = self.number.take().map(|(number, _)| number);
        let count = |usual: u32| number.map_or(usual, |number| u32::try_from(number).unwrap_or(u32::MAX));
        let aged = self.behind_an_age(at);
        let heard = &mut self.heard;
        match word {
            What::Days => heard.days = Some(count(1)),
            What::Nights => self.nights = Some(i64::from(count(1))),
            What::Weekend => {
                let to_saturday = (7 + i64::from(Weekday::Sat.num_days_from_monday())
                    - i64::from(self.today.weekday().num_days_from_monday()))
                    % 7;
                heard.starts = heard.starts.or(self.today.checked_add_days(Days::new(to_saturday as u64)));
                heard.days = heard.days.or(Some(2));
            }
            What::In(days) => heard.starts = heard.starts.or(self.today.checked_add_days(Days::new(days))),
            What::Adults(usual) if number.or(usual.map(i64::from)).is_some() => {
                heard.adults = Some(heard.adults.unwrap_or(0).saturating_add(count(usual.unwrap_or(0))));
            }
            What::Elders(usual) if number.or(usual.map(i64::from)).is_some() => {
                heard.elders = Some(heard.elders.unwrap_or(0).saturating_add(count(usual.unwrap_or(0))));
            }
            What::Children(usual) if number.or(usual.map(i64::from)).is_some() => {
                // 5岁的孩子: the age has counted the child already
                let more = count(usual.unwrap_or(0)).saturating_sub(u32::from(aged && number.is_none()));
                heard.children = heard.children.saturating_add(more);
            }
            What::People if number.is_some() => self.people = number,
            What::Age => match number.and_then(|age| u32::try_from(age).ok()).filter(|age| *age < 120) {
                Some(age) if age >= 60 => heard.elders = Some(heard.elders.unwrap_or(0).max(1)),
                Some(age) if age >= 18 => heard.adults = Some(heard.adults.unwrap_or(0).max(1)),
                Some(age) => {
                    heard.ages.push(age);
                    heard.children = heard.children.max(heard.ages.len() as u32);
                }
                None => {}
            },
            What::Yuan => self.amount = number.or(self.amount),
            What::Money => self.money = true,
            What::Each => self.each = true,
            What::From => self.from = true,
            What::Leave => {
                if let Some((code, ..)) = self.place.take() {
                    heard.from = Some(code);
                }
            }
            What::Transport(transport) => heard.transport = Some(transport),
            What::Mobility(mobility) => heard.mobility = Some(mobility),
            What::Pace(pace) => heard.pace = Some(pace),
            What::Tag(tag) if !heard.interests.contains(&tag) => heard.interests.push(tag),
            What::Tag(_) | What::Small => {}
            // 大 or 小 without a number counts nobody
            What::Adults(_) | What::Elders(_) | What::Children(_) | What::People => {
                self.unheard[at] = true;
            }
        }
        // 人均 500: what follows is money
        self.money |= word == What::Each;
    }

    fn behind_an_age(&self, at: usize) -> bool {
        let before: String = self.text[..at].iter().rev().take(12).collect();
        let before: String = before.chars().rev().collect();
        let before = before.trim_end_matches(['的', ' ']);
        ["岁", "岁半", "year-old", "year old", "years old"].iter().any(|word| before.ends_with(word))
    }

    /// A number that belongs to nothing.
    fn drop_number(&mut self, until: usize) {
        if let Some((_, from)) = self.number.take() {
            self.unheard[from..until].fill(true);
        }
    }

    /// A region of which nobody said that one leaves from there.
    fn forget_place(&mut self) {
        if let Some((_, from, until)) = self.place.take() {
            self.unheard[from..until].fill(true);
        }
    }

    fn finish(mut self) -> Spoken {
        self.drop_number(self.text.len());
        self.forget_place();
        let heard = &mut self.heard;
        // 三天两晚 is three days; 两晚 alone is three as well
        heard.days = heard.days.or(self.nights.and_then(|nights| u32::try_from(nights + 1).ok()));
        let counted = i64::from(heard.elders.unwrap_or(0)) + i64::from(heard.children);
        if let Some(people) = self.people.filter(|_| heard.adults.is_none()) {
            heard.adults = u32::try_from((people - counted).max(0)).ok();
        }
        let people = i64::from(heard.adults.unwrap_or(0)) + counted;
        let all = if self.each { self.amount.map(|amount| amount.saturating_mul(people.max(1))) } else { self.amount };
        heard.budget = all.and_then(|yuan| yuan.checked_mul(100)).map(Fen).filter(|fen| fen.0 > 0 && *fen <= Fen::MOST);
        heard.unheard = pieces(self.text, &self.unheard);
        self.heard
    }
}

fn begins_a_word(text: &[char], at: usize) -> bool {
    !(text[at].is_ascii_alphanumeric() && at > 0 && text[at - 1].is_ascii_alphanumeric())
}

/// Digits, characters, `1,500`, 1.5万, or an English word.
fn amount_at(here: &[char]) -> Option<(i64, usize)> {
    if let Some(found) = words::english_number(here) {
        return Some(found);
    }
    let (mut number, mut length) = number_at(here)?;
    while here.get(length) == Some(&',')
        && here.get(length + 1..length + 4).is_some_and(|group| group.iter().all(char::is_ascii_digit))
        && !here.get(length + 4).is_some_and(char::is_ascii_digit)
    {
        let (group, _) = number_at(&here[length + 1..length + 4])?;
        (number, length) = (number.saturating_mul(1000).saturating_add(group), length + 4);
    }
    if here.get(length) == Some(&'万') {
        (number, length) = (number.saturating_mul(10_000), length + 1);
    }
    Some((number, length))
}

/// 元 behind an amount that ¥ or 预算 has announced.
fn unit_of_money(here: &[char]) -> usize {
    let space = here.iter().take_while(|c| **c == ' ').count();
    match word_at(&here[space..], 0) {
        Some((What::Yuan, length)) => space + length,
        _ => 0,
    }
}

/// `2026-10-01`, 10月1日, 国庆: the next one that is not over.
fn date_at(here: &[char], today: NaiveDate) -> Option<(NaiveDate, usize)> {
    let text: String = here.iter().take(10).collect();
    if let Ok(date) = NaiveDate::parse_from_str(&text, "%Y-%m-%d") {
        return Some((date, 10));
    }
    let (month, day, length) = words::holiday(here).or_else(|| {
        let (month, after) = number_at(here)?;
        let rest = here[after..].strip_prefix(&['月'])?;
        let (day, length) = number_at(rest)?;
        let end = after + 1 + length;
        matches!(here.get(end), Some('日' | '号')).then(|| (month as u32, day as u32, end + 1))
    })?;
    let this_year = NaiveDate::from_ymd_opt(today.year(), month, day)?;
    let next_year = || NaiveDate::from_ymd_opt(today.year() + 1, month, day);
    let date = if this_year < today { next_year()? } else { this_year };
    Some((date, length))
}

/// Runs of what was not understood, without the small words at their edges.
fn pieces(text: &[char], unheard: &[bool]) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut piece = String::new();
    for (c, unheard) in text.iter().zip(unheard).map(|(c, unheard)| (*c, *unheard)).chain([(' ', false), (' ', false)]) {
        match (unheard, c) {
            (true, _) => piece.push(c),
            // words of one thought stay together
            (false, ' ') if !piece.is_empty() && !piece.ends_with(' ') => piece.push(' '),
            _ => pieces.extend(said(&std::mem::take(&mut piece))),
        }
    }
    pieces
}

fn said(piece: &str) -> Option<String> {
    let piece = piece.trim();
    (!piece.is_empty()).then(|| piece.to_owned())
}

#[cfg(test)]
mod tests;
