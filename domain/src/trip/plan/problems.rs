//! What is wrong with a trip as given, in words for who gave it.

use std::collections::BTreeSet;

use chrono::Datelike;

use super::{
    Cost, Day, Group, LONGEST_NOTE, LONGEST_STAY_MIN, LONGEST_TITLE, MOST_DAYS, MOST_HOURS, MOST_PEOPLE, MOST_VISITS,
    MOST_VISITS_A_DAY, OwnPlace, Party, Trip, Visit, Where,
};
use crate::Problem;
use crate::geo::Point;
use crate::ids::ListingId;
use crate::listing::limits;
use crate::trip::facts::Facts;

impl Trip {
    /// Empty when it is whole. Whether it can be done is another question: [`crate::trip::check()`].
    pub fn problems(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        limits::text(&mut found, "title", &self.title, LONGEST_TITLE);
        if self.days.len() > MOST_DAYS {
            let given = self.days.len();
            found.push(Problem::new(
                "days",
                "too_many",
                format!("行程有{given}天，最多{MOST_DAYS}天"),
                format!("the trip has {given} days; {MOST_DAYS} is the most"),
            ));
        }
        if !(2000..2100).contains(&self.starts.year()) {
            let (zh, en) = ("出发日期要在2000年到2099年之间", "the first day lies between 2000 and 2099");
            found.push(Problem::new("starts", "out_of_range", zh, en));
        }
        self.party.check(&mut found);
        limits::price(&mut found, "budget", self.budget);
        limits::price(&mut found, "travel_cost", self.travel_cost);
        if let Some(group) = &self.group {
            group.check(&mut found);
        }
        if self.visits().count() > MOST_VISITS {
            let (zh, en) = (format!("超过{MOST_VISITS}站"), format!("more than {MOST_VISITS} stops"));
            found.push(Problem::new("days", "too_many_visits", zh, en));
        }
        let mut seen = BTreeSet::new();
        // A trip of a million days is told so once; its days must not cost a million answers.
        for (index, day) in self.days.iter().enumerate().take(MOST_DAYS) {
            let field = format!("days[{index}]");
            day.check(&mut found, &field);
            for visit in day.visits.iter().take(MOST_VISITS_A_DAY).filter(|visit| !seen.insert(visit.id)) {
                let (zh, en) = (format!("编号{}出现了两次", visit.id.0), format!("the number {} is given twice", visit.id.0));
                found.push(Problem::new(format!("{field}.visits"), "same_id", zh, en));
            }
        }
        found
    }

    /// Places of the catalogue that are no longer in it, each once.
    pub fn vanished(&self, facts: &Facts) -> Vec<Problem> {
        let gone = self.places().filter_map(|place| match place {
            Where::Listing(id) if !facts.contains_key(id) => Some(id),
            _ => None,
        });
        gone.collect::<BTreeSet<_>>().into_iter().map(vanished).collect()
    }
}

pub(in crate::trip) fn vanished(id: &ListingId) -> Problem {
    let (zh, en) = (format!("“{id}”已不在目录里"), format!("“{id}” is no longer in the catalogue"));
    Problem::new("place", "vanished", zh, en)
}

impl Party {
    fn check(&self, found: &mut Vec<Problem>) {
        let people = self.people();
        if people == 0 {
            found.push(Problem::new("party", "nobody", "至少要有一个人", "somebody has to go"));
        }
        if people > MOST_PEOPLE {
            let (zh, en) = (format!("最多{MOST_PEOPLE}人"), format!("{MOST_PEOPLE} people at most"));
            found.push(Problem::new("party", "too_many", zh, en));
        }
        if self.children.iter().any(|age| *age >= 18) {
            found.push(Problem::new("party.children", "out_of_range", "儿童年龄在18岁以下", "a child is under 18"));
        }
        if self.rooms.is_some_and(|rooms| rooms == 0 || rooms > people.max(1)) {
            let (zh, en) = ("房间数从1到人数", "there is at least one room, and at most one each");
            found.push(Problem::new("party.rooms", "out_of_range", zh, en));
        }
        limits::count(found, "party.interests", self.interests.len());
    }
}

impl Group {
    fn check(&self, found: &mut Vec<Problem>) {
        limits::optional(found, "group.invoice_name", self.invoice_name.as_ref(), limits::LONGEST_NAME);
        let well_formed = |code: &String| code.len() == 18 && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        if self.invoice_code.as_ref().is_some_and(|code| !well_formed(code)) {
            found.push(Problem::new(
                "group.invoice_code",
                "bad_code",
                "统一社会信用代码是18位数字和大写字母",
                "a unified social credit code is 18 digits and capital letters",
            ));
        }
    }
}

impl Day {
    fn check(&self, found: &mut Vec<Problem>, field: &str) {
        if self.from >= self.until {
            let zh = format!("{}出发，{}就要结束", self.from, self.until);
            let en = format!("it starts at {} and is to be over at {}", self.from, self.until);
            found.push(Problem::new(format!("{field}.until"), "before_from", zh, en));
        }
        if let Some(lunch) = self.lunch
            && (lunch.from > lunch.until || !(10..=240).contains(&lunch.minutes))
        {
            let (zh, en) = ("午饭10到240分钟，最早开始不晚于最晚开始", "lunch takes 10 to 240 minutes and begins in order");
            found.push(Problem::new(format!("{field}.lunch"), "out_of_range", zh, en));
        }
        if self.visits.len() > MOST_VISITS_A_DAY {
            let given = self.visits.len();
            found.push(Problem::new(
                format!("{field}.visits"),
                "too_many",
                format!("一天排了{given}站，最多{MOST_VISITS_A_DAY}站"),
                format!("{given} stops in a day; {MOST_VISITS_A_DAY} is the most"),
            ));
        }
        for (name, place) in [("start", &self.start), ("end", &self.end)] {
            if let Some(place) = place {
                place.check(found, &format!("{field}.{name}"));
            }
        }
        limits::price(found, &format!("{field}.night_cost"), self.night_cost.map(Cost::amount));
        for (index, visit) in self.visits.iter().enumerate().take(MOST_VISITS_A_DAY) {
            visit.check(found, &format!("{field}.visits[{index}]"));
        }
    }
}

impl Visit {
    fn check(&self, found: &mut Vec<Problem>, field: &str) {
        self.at.check(found, &format!("{field}.at"));
        if !(1..=LONGEST_STAY_MIN).contains(&self.stay_min) {
            found.push(Problem::new(
                format!("{field}.stay_min"),
                "out_of_range",
                format!("停留1到{LONGEST_STAY_MIN}分钟"),
                format!("a stay takes 1 to {LONGEST_STAY_MIN} minutes"),
            ));
        }
        limits::price(found, &format!("{field}.cost"), self.cost.map(Cost::amount));
        if let Some(hours) = &self.hours {
            let apart = hours.windows(2).all(|pair| pair[0].until <= pair[1].from);
            if hours.len() > MOST_HOURS || !apart || !hours.iter().all(|it| it.is_valid()) {
                found.push(Problem::new(
                    format!("{field}.hours"),
                    "bad_hours",
                    format!("开放时间最多{MOST_HOURS}段，先后排列，互不重叠，开始早于结束"),
                    format!("at most {MOST_HOURS} spans of hours, in order, apart, each starting before it ends"),
                ));
            }
        }
        limits::plain(found, &format!("{field}.note"), &self.note, LONGEST_NOTE);
    }
}

impl Where {
    fn check(&self, found: &mut Vec<Problem>, field: &str) {
        match self {
            Where::Listing(_) => {}
            Where::Region(code) if code.region().is_some() => {}
            Where::Region(code) => {
                let zh = format!("“{code}”不是湖南的县、市州或管理区代码");
                let en = format!("“{code}” is not a county, prefecture or zone of Hunan");
                found.push(Problem::new(field, "unknown_region", zh, en));
            }
            Where::Own(place) => place.check(found, field),
        }
    }
}

impl OwnPlace {
    fn check(&self, found: &mut Vec<Problem>, field: &str) {
        limits::text(found, &format!("{field}.name"), &self.name, limits::LONGEST_NAME);
        if self.position.is_some_and(|position| Point::new(position.lat, position.lon).is_none()) {
            found.push(Problem::new(field, "off_the_world", "坐标不在地球上", "the position is not on the globe"));
        }
        if let Some(code) = &self.region {
            Where::Region(code.clone()).check(found, field);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::world;
    use super::*;
    use crate::Fen;
    use crate::trip::{Clock, Hours};

    fn check(change: impl Fn(&mut Trip), expected: &[(&str, &str)]) {
        let mut trip = world::trip(&[&["pl-1", "pl-2"]]);
        change(&mut trip);
        let problems = trip.problems();
        let found: Vec<_> = problems.iter().map(|problem| (problem.field.as_str(), problem.code)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_makes_no_sense_is_said_by_field() {
        check(|_| {}, &[]);
        check(|trip| trip.days = vec![Day::empty(); 400], &[("days", "too_many")]);
        check(|trip| trip.party.adults = 0, &[("party", "nobody")]);
        check(|trip| trip.party.adults = u32::MAX, &[("party", "too_many")]);
        check(|trip| trip.party.children = vec![5, 40], &[("party.children", "out_of_range")]);
        check(|trip| trip.budget = Some(Fen(-100)), &[("budget", "negative")]);
        check(|trip| trip.days[0].visits[1].cost = Some(Cost::Person(Fen(-1))), &[("days[0].visits[1].cost", "negative")]);
        check(|trip| trip.days[0].until = trip.days[0].from, &[("days[0].until", "before_from")]);
        check(|trip| trip.days[0].visits[0].stay_min = 0, &[("days[0].visits[0].stay_min", "out_of_range")]);
        check(|trip| trip.days[0].visits[1].id = trip.days[0].visits[0].id, &[("days[0].visits", "same_id")]);
        check(|trip| trip.title = "\u{7}".into(), &[("title", "control_character")]);
        let backwards = Hours { from: Clock::at(12, 0), until: Clock::at(9, 0) };
        check(|trip| trip.days[0].visits[0].hours = Some(vec![backwards]), &[("days[0].visits[0].hours", "bad_hours")]);
        check(|trip| trip.starts = chrono::NaiveDate::MAX, &[("starts", "out_of_range")]);
    }

    #[test]
    fn a_place_that_left_the_catalogue_is_named() {
        let mut facts = world::facts();
        let trip = world::trip(&[&["pl-1", "pl-2"], &["pl-2"]]);
        assert_eq!(trip.vanished(&facts), []);
        facts.remove(&world::id("pl-2"));
        let gone = trip.vanished(&facts);
        assert_eq!(gone.len(), 1);
        assert_eq!((gone[0].code, gone[0].text.zh.as_str()), ("vanished", "“pl-2”已不在目录里"));
    }

    #[test]
    fn the_form_is_strict() {
        let trip = world::trip(&[&["pl-1"]]);
        let text = serde_json::to_string(&trip).unwrap();
        assert_eq!(serde_json::from_str::<Trip>(&text).unwrap(), trip);
        assert!(text.starts_with(r#"{"version":1,"#), "{text}");
        for (from, to) in
            [(r#""version":1"#, r#""version":2"#), (r#""title""#, r#""titel""#), ("08:30", "8:30"), ("18:30", "25:00")]
        {
            assert!(text.contains(from));
            assert!(serde_json::from_str::<Trip>(&text.replace(from, to)).is_err(), "{to}");
        }
    }
}
