//! Edits in words: what somebody wanted, said to somebody else.

use super::Edit;
use crate::time::say_day;
use crate::trip::facts::Facts;
use crate::trip::plan::{Cost, Mobility, Party, Trip, VisitId, Where};
use crate::{Fen, Lang, Text};

/// Of many changes at once, so many are named.
const MOST_NAMED: usize = 6;

impl Edit {
    /// What it does, as a sentence without an end. A stop has its name from the first of the trips that has it.
    pub fn text(&self, trips: &[&Trip], facts: &Facts) -> Text {
        Text::new(self.said(trips, facts, Lang::Zh), self.said(trips, facts, Lang::En))
    }

    fn said(&self, trips: &[&Trip], facts: &Facts, lang: Lang) -> String {
        let of = |id: &VisitId| match trips.iter().find_map(|trip| trip.visit(*id)) {
            Some(visit) => quoted(&visit.at, facts, lang),
            None => lang.pick("已删去的一站".to_owned(), "a stop that is gone".to_owned()),
        };
        let day = |day: &usize| lang.pick(format!("第{}天", day + 1), format!("day {}", day + 1));
        let say = |zh: String, en: String| lang.pick(zh, en);
        match self {
            Edit::AddVisit { day: on, visit, .. } => {
                let name = quoted(&visit.at, facts, lang);
                say(format!("在{}加上{name}", day(on)), format!("add {name} on {}", day(on)))
            }
            Edit::RemoveVisit { visit } => say(format!("去掉{}", of(visit)), format!("remove {}", of(visit))),
            Edit::MoveVisit { visit, day: to, index } => {
                let (zh, en) = (format!("第{}位", index + 1), format!("place {}", index + 1));
                say(format!("把{}移到{}{zh}", of(visit), day(to)), format!("move {} to {en} of {}", of(visit), day(to)))
            }
            Edit::OrderDay { day: on, .. } => say(format!("重排{}", day(on)), format!("put {} in another order", day(on))),
            Edit::SetStay { visit, minutes } => {
                say(format!("{}停留{minutes}分钟", of(visit)), format!("stay {minutes} min at {}", of(visit)))
            }
            Edit::SetArrival { visit, at: Some(at) } => {
                say(format!("{}约在{at}", of(visit)), format!("be at {} at {at}", of(visit)))
            }
            Edit::SetArrival { visit, at: None } => {
                say(format!("{}不约时间", of(visit)), format!("no fixed time at {}", of(visit)))
            }
            Edit::SetLocked { visit, locked: true } => {
                say(format!("固定{}", of(visit)), format!("keep {} in its place", of(visit)))
            }
            Edit::SetLocked { visit, .. } => say(format!("不再固定{}", of(visit)), format!("let {} be moved", of(visit))),
            Edit::SetCost { visit, cost } => {
                let cost = say_cost(*cost, lang);
                say(format!("{}的费用：{cost}", of(visit)), format!("cost at {}: {cost}", of(visit)))
            }
            Edit::SetHours { visit, hours } => {
                let hours: Vec<String> = hours.iter().flatten().map(ToString::to_string).collect();
                let hours = if hours.is_empty() { unset(lang) } else { hours.join(" ") };
                say(format!("{}的开放时间：{hours}", of(visit)), format!("opening hours of {}: {hours}", of(visit)))
            }
            Edit::SetLastShuttle { visit, at } => {
                let at = at.map_or_else(|| unset(lang), |at| at.to_string());
                say(format!("{}的末班车：{at}", of(visit)), format!("last shuttle at {}: {at}", of(visit)))
            }
            Edit::SetNote { visit, note } if note.is_empty() => {
                say(format!("去掉{}的备注", of(visit)), format!("remove the note on {}", of(visit)))
            }
            Edit::SetNote { visit, note } => {
                say(format!("{}的备注：“{note}”", of(visit)), format!("note on {}: “{note}”", of(visit)))
            }
            Edit::AddDay { day: at, .. } => say(format!("加一天（{}）", day(at)), format!("add a day ({})", day(at))),
            Edit::RemoveDay { day: at } => say(format!("去掉{}", day(at)), format!("remove {}", day(at))),
            Edit::SwapDays { day: a, with } => {
                say(format!("{}与{}对调", day(a), day(with)), format!("swap {} and {}", day(a), day(with)))
            }
            Edit::SetDayTimes { day: on, from, until } => {
                say(format!("{}从{from}到{until}", day(on)), format!("{} from {from} to {until}", day(on)))
            }
            Edit::SetDayStart { day: on, at } => {
                let at = at.as_ref().map_or_else(|| unset(lang), |at| quoted(at, facts, lang));
                say(format!("{}的起点：{at}", day(on)), format!("start of {}: {at}", day(on)))
            }
            Edit::SetDayEnd { day: on, at } => {
                let at = at.as_ref().map_or_else(|| unset(lang), |at| quoted(at, facts, lang));
                say(format!("{}的终点：{at}", day(on)), format!("end of {}: {at}", day(on)))
            }
            Edit::SetLunch { day: on, lunch } => match lunch {
                Some(lunch) => say(
                    format!("{}午饭{}到{}，{}分钟", day(on), lunch.from, lunch.until, lunch.minutes),
                    format!("lunch on {} from {} to {}, {} min", day(on), lunch.from, lunch.until, lunch.minutes),
                ),
                None => say(format!("{}不排午饭", day(on)), format!("no lunch on {}", day(on))),
            },
            Edit::SetNightCost { day: on, cost } => {
                let cost = say_cost(*cost, lang);
                say(format!("{}夜里的住宿费：{cost}", day(on)), format!("cost of the night after {}: {cost}", day(on)))
            }
            Edit::SetTitle { title } => say(format!("改名为“{title}”"), format!("name it “{title}”")),
            Edit::SetFirstDay { date } => {
                let date = say_day(*date, lang);
                say(format!("{date}出发"), format!("leave on {date}"))
            }
            Edit::SetParty { party } => {
                let about = say_party(party, lang);
                say(
                    format!("一行{}人：{about}", party.people()),
                    format!("travel with {} people in all: {about}", party.people()),
                )
            }
            Edit::SetPace { pace } => say(format!("节奏{}", pace.label(lang)), format!("pace: {}", pace.label(lang))),
            Edit::SetTransport { transport } => {
                say(format!("交通：{}", transport.label(lang)), format!("travel by: {}", transport.label(lang)))
            }
            Edit::SetBudget { budget } => {
                let budget = say_fen(*budget, lang);
                say(format!("预算：{budget}"), format!("budget: {budget}"))
            }
            Edit::SetTravelCost { cost } => {
                let cost = say_fen(*cost, lang);
                say(format!("路费：{cost}"), format!("cost of getting around: {cost}"))
            }
            Edit::SetNightDriving { asked: true } => {
                lang.pick("可以天黑后走山路", "mountain roads after dark are all right").to_owned()
            }
            Edit::SetNightDriving { .. } => lang.pick("天黑后不走山路", "no mountain roads after dark").to_owned(),
            Edit::SetGroup { group: None } => lang.pick("不是团体出行", "not an organisation's trip").to_owned(),
            Edit::SetGroup { group: Some(group) } => group.say(lang),
            Edit::All { edits } => {
                let mut said: Vec<String> = edits.iter().take(MOST_NAMED).map(|edit| edit.said(trips, facts, lang)).collect();
                if edits.len() > MOST_NAMED {
                    said.push("……".to_owned());
                }
                said.join(lang.pick("；", "; "))
            }
        }
    }
}

fn say_party(party: &Party, lang: Lang) -> String {
    let mut said = vec![lang.pick(format!("大人{}", party.adults), format!("adults {}", party.adults))];
    said.extend((party.elders > 0).then(|| lang.pick(format!("老人{}", party.elders), format!("elders {}", party.elders))));
    if !party.children.is_empty() {
        let ages: Vec<String> = party.children.iter().map(u32::to_string).collect();
        said.push(lang.pick(format!("孩子{}岁", ages.join("、")), format!("children aged {}", ages.join(", "))));
    }
    said.extend((party.mobility != Mobility::Any).then(|| party.mobility.label(lang).to_owned()));
    said.extend(party.rooms.map(|rooms| lang.pick(format!("{rooms}间房"), format!("rooms {rooms}"))));
    let about: Vec<&str> = party.interests.iter().map(|tag| tag.label(lang)).collect();
    said.extend(
        (!about.is_empty())
            .then(|| lang.pick(format!("喜欢{}", about.join("、")), format!("interested in {}", about.join(", ")))),
    );
    said.join(lang.pick("，", ", "))
}

fn quoted(place: &Where, facts: &Facts, lang: Lang) -> String {
    format!("“{}”", place.name(facts).get(lang))
}

fn unset(lang: Lang) -> String {
    lang.pick("不填", "not given").to_owned()
}

fn say_fen(fen: Option<Fen>, lang: Lang) -> String {
    fen.map_or_else(|| unset(lang), |fen| fen.to_string())
}

fn say_cost(cost: Option<Cost>, lang: Lang) -> String {
    match cost {
        None => unset(lang),
        Some(Cost::Free) => lang.pick("免费", "free").to_owned(),
        Some(Cost::Person(fen)) => lang.pick(format!("每人{fen}"), format!("{fen} each")),
        Some(Cost::All(fen)) => lang.pick(format!("共{fen}"), format!("{fen} for all")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::world;
    use super::*;
    use crate::trip::plan::{Group, Occasion};
    use crate::trip::{Clock, Visit};

    #[test]
    fn an_edit_says_what_it_does_in_both_languages() {
        let (trip, facts) = (world::trip(&[&["pl-1", "pl-2"], &["pl-3"]]), world::facts());
        let check = |edit: Edit, zh: &str, en: &str| assert_eq!(edit.text(&[&trip], &facts), Text::new(zh, en));
        check(
            Edit::MoveVisit { visit: VisitId(2), day: 1, index: 0 },
            "把“pl-2处”移到第2天第1位",
            "move “pl-2 spot” to place 1 of day 2",
        );
        check(
            Edit::SetArrival { visit: VisitId(1), at: Some(Clock::at(9, 30)) },
            "“pl-1处”约在09:30",
            "be at “pl-1 spot” at 09:30",
        );
        check(
            Edit::SetCost { visit: VisitId(1), cost: Some(Cost::Person(Fen(5_000))) },
            "“pl-1处”的费用：每人¥50",
            "cost at “pl-1 spot”: ¥50 each",
        );
        check(Edit::RemoveVisit { visit: VisitId(9) }, "去掉已删去的一站", "remove a stop that is gone");
        let note = |note: &str| Edit::SetNote { visit: VisitId(1), note: note.into() };
        check(note("带伞"), "“pl-1处”的备注：“带伞”", "note on “pl-1 spot”: “带伞”");
        check(note(""), "去掉“pl-1处”的备注", "remove the note on “pl-1 spot”");
        let party = Party { elders: 1, children: vec![5, 9], mobility: Mobility::Wheelchair, ..world::two_adults() };
        check(
            Edit::SetParty { party },
            "一行5人：大人2，老人1，孩子5、9岁，轮椅",
            "travel with 5 people in all: adults 2, elders 1, children aged 5, 9, Wheelchair",
        );
        let group =
            Group {
                occasion: Occasion::PartyDay, guide_needed: true, invoice_name: Some("某公司".into()), invoice_code: None
            };
        check(
            Edit::SetGroup { group: Some(group) },
            "主题党日，要讲解员，发票抬头：某公司",
            "Party branch day, a guide is needed, invoice to: 某公司",
        );
        let add = Edit::AddVisit { day: 0, index: 0, visit: Box::new(Visit::new(VisitId(9), world::at("pl-4"), 60)) };
        let all = Edit::All { edits: vec![add, Edit::SetBudget { budget: None }] };
        check(all, "在第1天加上“pl-4处”；预算：不填", "add “pl-4 spot” on day 1; budget: not given");
    }
}
