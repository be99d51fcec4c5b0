//! One stop of a day, with its buttons and its form.

use domain::trip::clock::{Hours, say_minutes};
use domain::trip::facts::HoursBasis;
use domain::trip::timeline::{Move, Stopover};
use domain::trip::travel::KnownFrom;
use domain::trip::{Cost, Edit, Visit, Where};
use domain::{Fen, Lang};
use leptos::prelude::*;

use super::bar::say_length;
use super::day::yuan;
use super::{Editor, as_value, breaches, day_choices, stop_number};
use crate::ui::{self, Choice, Form, hidden};
use crate::views::{Chrome, Plan};

pub(super) fn stop(chrome: &Chrome, plan: &Plan, day: usize, index: usize, editor: Option<&Editor>) -> AnyView {
    let lang = chrome.lang;
    let visit = &plan.trip.days[day].visits[index];
    let over = &plan.adaptation.report.days[day].stops[index];
    let id = format!("stop-{}", visit.id.0);
    let located = visit.at.locate(&plan.facts);
    let county = located.region.map(|region| region.name.get(lang).to_owned());
    let way = (over.way != Move::Here).then(|| view! { <p class="trip__way">{say_way(lang, over.way)}</p> });
    let times = format!("{}–{}", say_minutes(over.step.begin), say_minutes(over.step.end));
    let stays = say_length(lang, visit.stay_min);
    let stays = lang.pick(format!(" 停{stays}"), format!(" stay {stays}"));
    let waits = over.step.begin.saturating_sub(over.step.arrive);
    let lunch = |during: bool| {
        let eaten = over.step.lunch.filter(|(_, _, meanwhile)| *meanwhile == during);
        eaten.map(|(from, until, _)| say_lunch(lang, from, until))
    };
    let arrives = (waits > 0 && over.step.lunch.is_none()).then(|| {
        let at = say_minutes(over.step.arrive);
        let waits = say_length(lang, waits);
        lang.pick(format!("{at}到，等{waits}"), format!("there at {at}, {waits} to wait"))
    });
    let note = (!visit.note.is_empty()).then(|| view! { <p class="trip__note">{visit.note.clone()}</p> });
    let mut meta: Vec<String> = county.into_iter().collect();
    meta.extend(arrives);
    meta.extend(say_hours(lang, over));
    meta.extend(visit.locked.then(|| lang.pick("已固定", "kept in place").to_owned()));
    meta.extend(visit.arrive.map(|at| lang.pick(format!("约在{at}"), format!("appointment at {at}"))));
    view! {
        <li class="trip__stop" id=id.clone()>
            {way}
            {lunch(false)}
            <p class="trip__times"><span class="trip__number">{stop_number(plan, day, index)}</span> {times} <small>{stays}</small></p>
            <h3 class="trip__name">{name(lang, plan, visit)}</h3>
            <p class="trip__meta">{meta.join(" · ")}</p>
            {lunch(true)}
            {note}
            {breaches(lang, plan, editor, &id, |breach| breach.visit == Some(visit.id))}
            {editor.map(|editor| tools(lang, plan, day, index, editor))}
        </li>
    }
    .into_any()
}

pub(super) fn name(lang: Lang, plan: &Plan, visit: &Visit) -> AnyView {
    let listing = match &visit.at {
        Where::Listing(id) => plan.listings.get(id),
        _ => None,
    };
    match listing {
        Some(listing) => {
            let sample = listing.sample.then(|| view! { " " {ui::sample_badge(lang)} });
            view! { <a href=listing.path(lang)>{ui::translated(&listing.title, lang)}</a> {sample} }.into_any()
        }
        None => ui::translated(&visit.at.name(&plan.facts), lang),
    }
}

pub(super) fn say_lunch(lang: Lang, from: u32, until: u32) -> AnyView {
    let (from, until) = (say_minutes(from), say_minutes(until));
    view! { <p class="trip__lunch">{lang.pick(format!("午饭 {from}–{until}"), format!("Lunch {from}–{until}"))}</p> }.into_any()
}

pub(super) fn say_way(lang: Lang, way: Move) -> String {
    match way {
        Move::Here => lang.pick("就在这里", "on the spot").to_owned(),
        Move::Unknown => lang.pick("路程时间未知，未计入", "Time to get there not known, not counted").to_owned(),
        Move::By(leg) if leg.minutes == 0 && leg.km == 0 => lang.pick("不到1公里", "less than a kilometre").to_owned(),
        Move::By(leg) => {
            let (minutes, km) = (leg.minutes, leg.km);
            let mut said = match leg.known_from {
                KnownFrom::Estimate => lang.pick(
                    format!("路上约{minutes}分钟、{km}公里（估算）"),
                    format!("about {minutes} min, {km} km on the way (estimate)"),
                ),
                KnownFrom::Router => lang.pick(
                    format!("路上{minutes}分钟、{km}公里（按道路算出，不含堵车）"),
                    format!("{minutes} min, {km} km on the way (worked out on the roads, without jams)"),
                ),
            };
            if leg.mountain {
                said.push_str(lang.pick("，山路", ", mountain road"));
            }
            said
        }
    }
}

pub(super) fn say_hours(lang: Lang, over: &Stopover) -> Option<String> {
    if over.open.hours == [Hours::ALL_DAY] && over.open.basis != HoursBasis::Known {
        return None;
    }
    if over.open.hours.is_empty() {
        return Some(lang.pick("这一天不开放", "shut on this day").to_owned());
    }
    let hours = over.open.say(lang);
    Some(match over.open.basis {
        HoursBasis::Known => lang.pick(format!("开放{hours}"), format!("open {hours}")),
        HoursBasis::Said => lang.pick(format!("开放{hours}（自己填的）"), format!("open {hours} (your own note)")),
        HoursBasis::Assumed => lang.pick(format!("开放时间未知，假定{hours}"), format!("hours not known, assumed {hours}")),
    })
}

/// Where a step earlier or later leads: within the day, or over its edge into the next.
fn step(plan: &Plan, day: usize, index: usize, later: bool) -> Option<(usize, usize)> {
    let days = &plan.trip.days;
    match later {
        false if index > 0 => Some((day, index - 1)),
        false => day.checked_sub(1).map(|before| (before, days[before].visits.len())),
        true if index + 1 < days[day].visits.len() => Some((day, index + 1)),
        true => (day + 1 < days.len()).then_some((day + 1, 0)),
    }
}

fn tools(lang: Lang, plan: &Plan, day: usize, index: usize, editor: &Editor) -> AnyView {
    let visit = &plan.trip.days[day].visits[index];
    let anchor = format!("stop-{}", visit.id.0);
    let called = visit.at.name(&plan.facts);
    let called = called.get(lang).to_owned();
    let button = |label: &str, edit: Option<Edit>| {
        let value = edit.as_ref().map(as_value).unwrap_or_default();
        // The name of the stop is heard, since a list of buttons that all say “earlier” says nothing.
        let named = format!("{label}{}{called}", lang.pick("：", ": "));
        view! {
            <button
                class="button button--quiet"
                type="submit"
                name="edit"
                value=value
                aria-label=named
                disabled=edit.is_none()
            >
                {label.to_owned()}
            </button>
        }
    };
    let moved = |later| step(plan, day, index, later).map(|(day, index)| Edit::MoveVisit { visit: visit.id, day, index });
    let shown = editor.is_short || editor.opens(&anchor);
    let lock =
        lang.pick(if visit.locked { "不固定" } else { "固定" }, if visit.locked { "Let it move" } else { "Keep in place" });
    view! {
        <form class="trip__tools no-print" method="post" action=editor.action(lang)>
            {editor.marks(&anchor)}
            {button(lang.pick("提前", "Earlier"), moved(false))}
            {button(lang.pick("推后", "Later"), moved(true))}
            {shown.then(|| button(lock, Some(Edit::SetLocked { visit: visit.id, locked: !visit.locked })))}
            {button(lang.pick("去掉", "Remove"), Some(Edit::RemoveVisit { visit: visit.id }))}
        </form>
        {if shown {
            change(lang, plan, day, visit, &called, editor)
        } else {
            let label = format!("{}{}", lang.pick("修改：", "Change "), called);
            view! { <p class="no-print"><a class="trip__open" href=editor.way_to(lang, &anchor)>{label}</a></p> }.into_any()
        }}
    }
    .into_any()
}

fn change(lang: Lang, plan: &Plan, day: usize, visit: &Visit, called: &str, editor: &Editor) -> AnyView {
    const FIELDS: [&str; 8] = ["arrive", "stay_min", "day", "cost", "per", "hours", "last_shuttle", "note"];
    let anchor = format!("stop-{}", visit.id.0);
    let form = Form::new(lang, anchor.clone(), editor.trouble);
    let days = day_choices(lang, plan);
    let (cost, per) = match visit.cost {
        None => (String::new(), "person"),
        Some(Cost::Free) => (yuan(Fen(0)), "person"),
        Some(Cost::Person(fen)) => (yuan(fen), "person"),
        Some(Cost::All(fen)) => (yuan(fen), "all"),
    };
    let pers = vec![
        Choice::One("person".to_owned(), lang.pick("每人", "each").to_owned()),
        Choice::One("all".to_owned(), lang.pick("全部人", "for all").to_owned()),
    ];
    let hours: Vec<String> = visit.hours.iter().flatten().map(ToString::to_string).collect();
    let hours_hint = lang.pick("写成 09:00-17:00；不填按目录或惯例", "Like 09:00-17:00; empty: as the catalogue or usage has it");
    let arrive_hint = lang.pick("有预约才填", "Only for an appointment");
    let time = |clock: Option<domain::trip::Clock>| clock.map(|clock| clock.to_string()).unwrap_or_default();
    let summary = format!("{}{}", lang.pick("修改：", "Change "), called);
    view! {
        <details class="trip__more no-print" id=format!("{anchor}-form") open=editor.opens(&anchor)>
            <summary>{summary}</summary>
            <form class="form" method="post" action=editor.action(lang)>
                {editor.marks_of(&form, &anchor)}
                {hidden("set", "visit")}
                {hidden("visit", visit.id.0.to_string())}
                {form.made_from("was", serde_json::to_string(visit).unwrap_or_default())}
                {form.made_from("was_day", (day + 1).to_string())}
                {form.other_problems(&FIELDS)}
                {form.select("day", lang.pick("哪一天", "Which day"), &(day + 1).to_string(), None, days.collect())}
                {form.input("arrive", "time", lang.pick("约定到达", "Be there at"), &time(visit.arrive), Some(arrive_hint))}
                {form.input("stay_min", "number", lang.pick("停留分钟", "Minutes to stay"), &visit.stay_min.to_string(), None)}
                {form.input("cost", "number", lang.pick("费用，元", "Cost, yuan"), &cost,
                    Some(lang.pick("免费填 0", "0 where it is free")))}
                {form.select("per", lang.pick("费用算给", "The cost is"), per, None, pers)}
                {form.input("hours", "text", lang.pick("开放时间", "Opening hours"), &hours.join(" "), Some(hours_hint))}
                {form.input("last_shuttle", "time", lang.pick("末班车", "Last shuttle"), &time(visit.last_shuttle), None)}
                {form.input("note", "text", lang.pick("备注", "Note"), &visit.note, None)}
                <button class="button" type="submit">{lang.pick("保存", "Save")}</button>
            </form>
        </details>
    }
    .into_any()
}
