//! What the words of a sentence say together.
//!
//! A number belongs to the counting word behind it (3 天); only where there is none may it be what was announced before it (预算 1500).

mod money;
mod places;

use chrono::{Days, NaiveDate, Weekday};

use self::money::Money;
use super::dates::in_a_week;
use super::people::People;
use super::tokens::{Is, Token};
use super::words::What;
use super::{Goal, Spoken};
use crate::search::numeral::Amount;
use crate::trip::plan::{MOST_DAYS, MOST_PEOPLE};

/// What a number that counts nothing would be.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Expected {
    Money,
    Age,
    Family,
}

/// 从, 去 or 回, before a name.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Way {
    From,
    To,
    Back,
}

pub struct Ear<'a> {
    text: &'a [char],
    tokens: &'a [Token],
    today: NaiveDate,
    heard: Spoken,
    people: People,
    expected: Option<Expected>,
    /// 每人 was said, and the amount has yet to come.
    each: bool,
    money: Option<Money>,
    /// Number of nights, and the tokens that say it.
    nights: Option<(i64, (usize, usize))>,
    family: Option<(usize, usize)>,
    /// What was said of the name that comes.
    way: Option<Way>,
    /// A region that was named, as a goal: one wants to go there, unless 出发 or 到 comes next.
    place: Option<Goal>,
    /// Where it was said that what comes is no goal.
    refused: Option<usize>,
    /// Where the last goal was named.
    named_at: Option<usize>,
    /// The days that were heard are those of a place.
    days_there: bool,
    /// Where 不 was said.
    not: Option<usize>,
    missed: Vec<bool>,
}

impl<'a> Ear<'a> {
    /// `tokens` are those of `text`.
    pub fn new(text: &'a [char], tokens: &'a [Token], today: NaiveDate) -> Self {
        Ear {
            text,
            tokens,
            today,
            heard: Spoken::default(),
            people: People::default(),
            expected: None,
            each: false,
            money: None,
            nights: None,
            family: None,
            way: None,
            place: None,
            refused: None,
            named_at: None,
            days_there: false,
            not: None,
            missed: vec![false; tokens.len()],
        }
    }

    /// What was heard, and what was not understood.
    pub fn listen(mut self) -> (Spoken, impl Iterator<Item = &'a Token>) {
        let mut at = 0;
        while at < self.tokens.len() {
            at = self.hear(at);
        }
        self.settle_place();
        self.sum_up();
        let tokens = self.tokens.iter().zip(self.missed).filter(|(_, missed)| *missed).map(|(token, _)| token);
        (self.heard, tokens)
    }

    /// Where it goes on.
    fn hear(&mut self, at: usize) -> usize {
        match &self.tokens[at].is {
            Is::Number(number) => return self.number(*number, at),
            Is::Word(word) => return self.word(*word, at),
            Is::Date(date) => {
                self.missed[at] = self.heard.starts.is_some_and(|starts| starts != *date);
                self.heard.starts = self.heard.starts.or(Some(*date));
                self.follows();
            }
            Is::Region(region) => {
                let said = self.text[self.tokens[at].span.clone()].iter().collect();
                self.goal(Goal::Region { code: region.code.clone(), said }, at);
            }
            Is::Place(name) => self.goal(Goal::Place(name.clone()), at),
            Is::Gap | Is::Pause => {
                self.follows();
                self.settle_place();
                self.refused = self.refused.filter(|_| matches!(self.tokens[at].is, Is::Pause));
                self.expected = self.expected.filter(|expected| *expected == Expected::Age);
                self.each = false;
            }
            Is::Filler | Is::Unknown => {
                self.missed[at] = matches!(self.tokens[at].is, Is::Unknown);
                self.follows();
            }
        }
        at + 1
    }

    /// What was said of the next word has met it.
    fn follows(&mut self) {
        (self.way, self.not) = (None, None);
    }

    fn is_at(&self, at: usize) -> Option<&'a Is> {
        self.tokens.get(at).map(|token| &token.is)
    }

    /// The first token from `at` on that is no filler.
    fn behind(&self, at: usize) -> usize {
        (at..self.tokens.len()).find(|at| !matches!(self.tokens[*at].is, Is::Filler)).unwrap_or(self.tokens.len())
    }

    /// What the number at `at` counts, and where that stands.
    fn unit(&self, at: usize) -> Option<(What, usize)> {
        let unit = self.behind(at + 1);
        match self.is_at(unit)? {
            Is::Word(word) if word.counts() => Some((*word, unit)),
            _ => None,
        }
    }

    /// A number at `at` that nothing behind it claims.
    fn plain_number(&self, at: usize) -> Option<Amount> {
        match self.is_at(at)? {
            Is::Number(number) if self.unit(at).is_none() => Some(*number),
            _ => None,
        }
    }

    fn an_age_at(&self, at: usize) -> bool {
        matches!(self.is_at(at), Some(Is::Number(_))) && matches!(self.unit(at), Some((What::Age, _)))
    }

    fn number(&mut self, number: Amount, at: usize) -> usize {
        self.follows();
        let expected = self.expected;
        if let Some((what, unit)) = self.unit(at) {
            let said = self.counted(number, what, (at, unit));
            if !said {
                self.miss((at, unit));
            }
            return unit + 1;
        }
        let next = self.behind(at + 1);
        // 两个5岁的孩子
        if self.an_age_at(next)
            && let (Some(people), Some(Is::Number(age)), Some((_, unit))) = (few(number), self.is_at(next), self.unit(next))
            && expected != Some(Expected::Money)
        {
            self.people.age(years(*age), people);
            return unit + 1;
        }
        // 500 per person, but in 2人均500 the amount stands behind
        let each = matches!(self.is_at(next), Some(Is::Word(What::Each))) && !self.may_be_money(self.behind(next + 1));
        let alone = matches!(self.is_at(next), None | Some(Is::Gap | Is::Pause));
        let heard = match expected {
            _ if each => self.pay(number, (at, at)),
            Some(Expected::Money) => self.pay(number, (at, at)),
            Some(Expected::Age) if number.whole().is_some_and(|age| age < 120) => {
                self.people.age(years(number), 1);
                true
            }
            Some(Expected::Family) => self.family(number, (at, at)),
            _ => number.scaled && alone && self.pay(number, (at, at)),
        };
        if !heard {
            self.miss((at, next - 1));
        }
        next
    }

    /// Whether it was understood.
    fn counted(&mut self, number: Amount, what: What, at: (usize, usize)) -> bool {
        let people =
            number.whole().and_then(|number| u32::try_from(number).ok()).filter(|people| (1..=MOST_PEOPLE).contains(people));
        let more = at.0.checked_sub(1).is_some_and(|before| matches!(self.is_at(before), Some(Is::Word(What::And))));
        let an_age_follows = self.an_age_at(at.1 + 1);
        let said = match what {
            What::Days(each) => {
                self.settle_place();
                let days = number.whole().and_then(|number| u32::try_from(number).ok()?.checked_mul(each));
                let there = self.is_named_before(at.0);
                return self.days(days, there);
            }
            What::Nights => {
                self.settle_place();
                let nights = number.whole().filter(|nights| (1..=MOST_DAYS as i64).contains(nights));
                let first = self.nights.is_none();
                self.nights = self.nights.or(nights.map(|nights| (nights, at)));
                return first && nights.is_some();
            }
            What::Age => {
                let age = years(number);
                if age < 120 {
                    self.people.age(age, 1);
                }
                return age < 120;
            }
            What::Yuan => return self.pay(number, at),
            What::Family => return self.family(number, at),
            // 一人500, 500元一人
            What::People if people == Some(1) && (self.may_be_money(at.1 + 1) || self.money_ends_at(at.0)) => {
                self.each(at.1);
                return true;
            }
            What::Adults(_) => &mut self.people.adults,
            What::Elders(_) => &mut self.people.elders,
            What::Children(_) => &mut self.people.children,
            What::Pairs => {
                self.people.adults.count(people.unwrap_or(0).saturating_mul(2), more, false);
                return people.is_some();
            }
            What::People => {
                self.people.all = self.people.all.or(people);
                return people.is_some();
            }
            _ => return false,
        };
        if let Some(people) = people {
            said.count(people, more, an_age_follows);
        }
        people.is_some()
    }

    /// `there`: said of a name just before. 凤凰两天，张家界三天 are five.
    fn days(&mut self, days: Option<u32>, there: bool) -> bool {
        let before = self.heard.days.filter(|_| there && self.days_there);
        let all = days.and_then(|days| days.checked_add(before.unwrap_or(0)));
        let all = all.filter(|days| (1..=MOST_DAYS as u32).contains(days));
        let heard = all.is_some() && (before.is_some() || self.heard.days.is_none() || self.heard.days == all);
        if heard {
            (self.heard.days, self.days_there) = (all, there);
        }
        heard
    }

    fn family(&mut self, number: Amount, at: (usize, usize)) -> bool {
        self.expected = None;
        let family = few(number).filter(|family| *family > 1 && self.family.is_none());
        self.people.family = self.people.family.or(family);
        self.family = self.family.or(family.map(|_| at));
        family.is_some()
    }

    fn word(&mut self, word: What, at: usize) -> usize {
        let not = self.not.filter(|_| matches!(word, What::Transport(_) | What::Mobility(_) | What::Pace(_) | What::Tag(_)));
        if let Some(not) = not {
            self.miss((not, at));
            self.follows();
            return at + 1;
        }
        match word {
            What::Small | What::And => return at + 1,
            What::Not => self.not = Some(at),
            What::From => self.way = Some(Way::From),
            What::To => self.to(at),
            What::Back => self.way = Some(Way::Back),
            What::Money => self.expected = Some(Expected::Money),
            What::Aged => self.expected = Some(Expected::Age),
            What::Each => self.each(at),
            What::Family => self.expected = Some(Expected::Family),
            What::Weekend(weeks) => {
                self.heard.starts = self.heard.starts.or(in_a_week(Weekday::Sat, weeks, self.today));
                self.heard.days = self.heard.days.or(Some(2));
            }
            What::In(days) => self.heard.starts = self.heard.starts.or(self.today.checked_add_days(Days::new(days))),
            What::Leave => self.leave(),
            What::Transport(transport) => self.heard.transport = Some(transport),
            What::Mobility(mobility) => self.heard.mobility = Some(mobility),
            What::Pace(pace) => self.heard.pace = Some(pace),
            What::Tag(tag) if !self.heard.interests.contains(&tag) => self.heard.interests.push(tag),
            What::Tag(_) => {}
            What::Adults(usual) | What::Elders(usual) | What::Children(usual) => return self.named(word, usual, at),
            // a unit without a number: 天 in 每天
            What::Days(_) | What::Nights | What::Pairs | What::People | What::Age | What::Yuan | What::Unit => {
                self.missed[at] = true
            }
        }
        if !matches!(word, What::Not | What::From | What::To | What::Back) {
            self.follows();
        }
        at + 1
    }

    /// People without a number before them: 奶奶, or 大人2 as forms put it.
    fn named(&mut self, what: What, usual: Option<u32>, at: usize) -> usize {
        self.follows();
        let number =
            self.plain_number(at + 1).filter(|_| self.expected != Some(Expected::Money)).filter(|number| few(*number).is_some());
        if let Some(number) = number {
            let end = self.behind(at + 2);
            self.counted(number, what, (at, at + 1));
            return end;
        }
        let more = at.checked_sub(1).is_some_and(|before| matches!(self.is_at(before), Some(Is::Word(What::And))));
        let said = match what {
            What::Adults(_) => &mut self.people.adults,
            What::Elders(_) => &mut self.people.elders,
            _ => &mut self.people.children,
        };
        match usual {
            Some(usual) => said.name(usual, more),
            // 大 or 小 without a number counts nobody
            None => self.missed[at] = true,
        }
        at + 1
    }

    fn miss(&mut self, (from, until): (usize, usize)) {
        self.missed[from..=until].fill(true);
    }

    fn sum_up(&mut self) {
        // 三天两晚 is three days; 两晚 alone is three as well
        if let (None, Some((nights, at))) = (self.heard.days, self.nights) {
            let days = u32::try_from(nights + 1).ok().filter(|days| *days <= MOST_DAYS as u32);
            self.heard.days = days;
            if days.is_none() {
                self.miss(at);
            }
        }
        let known = std::mem::take(&mut self.people).tell(&mut self.heard);
        if let Some(family) = self.family.filter(|_| !known) {
            self.miss(family);
        }
        self.sum_up_money();
        self.sum_up_places();
    }
}

/// 1 to 99: people of one class whose word does not stand behind the number.
fn few(number: Amount) -> Option<u32> {
    number.whole().and_then(|number| u32::try_from(number).ok()).filter(|number| (1..100).contains(number))
}

/// Whole years of an age.
fn years(age: Amount) -> u32 {
    u32::try_from(age.hundredths / 100).unwrap_or(u32::MAX)
}
