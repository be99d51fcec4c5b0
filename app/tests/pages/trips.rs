//! Pages of trips from a plan and a clock alone.

use std::sync::Arc;

use app::pages::trip::today;
use app::trips::known;
use app::views::{Change, Clockwork, Plan, TodayPage};
use chrono::{NaiveDate, TimeDelta, TimeZone, Utc};
use domain::geo::Position;
use domain::listing::{Kind, Listing};
use domain::trip::travel::Roads;
use domain::trip::{Clock, Day, Party, Trip, Visit, VisitId, Where};
use domain::{Lang, Text};

use crate::views::{chrome, listing};

/// A Saturday: an old town from half past eight for two hours, then a village twenty kilometres on, with an appointment at two.
pub fn plan() -> Plan {
    let town = listing(Kind::Place, "town");
    let village = Listing {
        title: Text::new("山江苗寨", "Shanjiang"),
        position: Some(Position { lat: 28.1, lon: 109.5, accuracy_m: Some(100) }),
        ..listing(Kind::Place, "village")
    };
    let party = Party { adults: 2, elders: 0, children: vec![], mobility: Default::default(), interests: vec![], rooms: None };
    let mut trip = Trip::new("两天", NaiveDate::from_ymd_opt(2026, 11, 28).unwrap(), party);
    let visit = |id, place: &Listing, stay| Visit::new(VisitId(id), Where::Listing(place.id.clone()), stay);
    let mut first = Day::empty();
    first.visits = vec![visit(1, &town, 120), visit(2, &village, 60)];
    first.visits[1].arrive = Clock::parse("14:00").ok();
    trip.days = vec![first, Day::empty()];
    let today = trip.starts;
    Plan::of(trip, known([Arc::new(town), Arc::new(village)]), Roads::default(), vec![], today)
}

/// The page as it is so many days after the trip begins, at a time of day in Shanghai.
fn at(lang: Lang, days: i64, hour: u32, minute: u32, clock: Clockwork) -> String {
    let midnight = Utc.with_ymd_and_hms(2026, 11, 27, 16, 0, 0).unwrap();
    let now = midnight + TimeDelta::days(days) + TimeDelta::minutes(i64::from(hour * 60 + minute));
    let plan = plan();
    let day = today::day_asked(&plan, "", now).unwrap();
    let change = Some(Change { id: "t".into(), version: 1, key: "k".into() });
    let page = TodayPage { back: "/trips/t".into(), change, plan, day, now, clock, instead: None };
    today::render(&chrome(lang, Default::default(), "/trips/t/today"), &page)
}

fn check(name: &str, html: &str, said: &[&str]) {
    for part in said {
        assert!(html.contains(part), "{name}: {part} is not in {html}");
    }
}

#[test]
fn the_day_is_told_by_the_clock() {
    let here = at(Lang::Zh, 0, 9, 0, Clockwork::Server);
    check(
        "in the town",
        &here,
        &["现在09:00（北京时间）", "照计划现在在：", "下一站", "山江苗寨", "停到10:30", "最晚", "还有", "tel:120"],
    );
    let waiting = at(Lang::Zh, 0, 13, 55, Clockwork::Server);
    check("before the appointment", &waiting, &["已过", "照计划现在在："]);
    let there = at(Lang::En, 0, 14, 10, Clockwork::Device);
    check("in the village", &there, &["by this device's clock", "By the plan you are at: ", "Shanjiang", "To end the day"]);
    let over = at(Lang::Zh, 0, 21, 0, Clockwork::Server);
    check("in the evening", &over, &["今天的都走完了"]);
}

#[test]
fn beforehand_and_afterwards_the_page_says_so() {
    check("before", &at(Lang::Zh, -3, 12, 0, Clockwork::Server), &["还有3天", "从这里开始：", "最晚"]);
    check("an empty day", &at(Lang::En, 1, 12, 0, Clockwork::Server), &["Nothing on this day yet."]);
    check("after", &at(Lang::En, 9, 12, 0, Clockwork::Server), &["This day is over."]);
}

#[test]
fn a_day_that_is_not_there_is_not_shown() {
    let (plan, now) = (plan(), Utc.with_ymd_and_hms(2026, 11, 28, 1, 0, 0).unwrap());
    let asked = ["", "1", "2", "0", "3", "x"].map(|asked| today::day_asked(&plan, asked, now));
    assert_eq!(asked, [Some(0), Some(0), Some(1), None, None, None]);
}
