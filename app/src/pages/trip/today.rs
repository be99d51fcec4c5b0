//! A day of a trip as one lives it: where to next, by when to leave, what follows, and what else there is when a door is shut or it
//! rains. Worked out from the plan and a clock alone, so that it can be shown without a signal too.

mod instead;

use chrono::{NaiveDate, Timelike};
use domain::Lang;
use domain::navigation::{MapApp, map_link};
use domain::time::{Timestamp, day_of, say_day, shanghai};
use domain::trip::Where;
use domain::trip::clock::say_minutes;
use domain::trip::course::{leave_by, next_stop};
use domain::trip::timeline::{Move, start_of};
use leptos::prelude::*;

use super::bar::{self, say_length};
use super::numbers::NUMBERS;
use super::stop::{name, say_hours, say_lunch, say_way};
use super::{Editor, breaches, called, day_name, in_app, stop_number, ways};
use crate::document::{Head, document};
use crate::pages::listing::app_name;
use crate::ui::{self, Crumb};
use crate::views::{Chrome, Clockwork, Plan, TodayPage};

/// The day of a trip that is lived on a date: none before it begins and after it is over.
pub fn day_on(plan: &Plan, date: NaiveDate) -> Option<usize> {
    (0..plan.trip.days.len()).find(|day| plan.trip.date(*day) == date)
}

/// The day that the address asks for, counted from 1; where it asks for none today's, before the trip its first and after it its
/// last. None where there is no such day.
pub fn day_asked(plan: &Plan, asked: &str, now: Timestamp) -> Option<usize> {
    let days = plan.trip.days.len();
    let over = day_of(now) > plan.trip.starts;
    let usual = || day_on(plan, day_of(now)).unwrap_or(if over { days.saturating_sub(1) } else { 0 });
    let day = if asked.is_empty() { usual() } else { asked.parse::<usize>().ok()?.checked_sub(1)? };
    (day < days).then_some(day)
}

/// Minutes since the midnight in Shanghai.
fn minutes_of(now: Timestamp) -> u32 {
    let clock = now.with_timezone(&shanghai()).time();
    clock.hour() * 60 + clock.minute()
}

pub fn render(chrome: &Chrome, page: &TodayPage) -> String {
    let (lang, plan, day) = (chrome.lang, &page.plan, page.day);
    let date = plan.trip.date(day);
    let title = format!("{} · {}", day_name(lang, day), plan.trip.title);
    let summary =
        lang.pick("下一站、几点走、出了状况怎么办", "Where to next, when to leave, and what to do when something is shut");
    let head = Head { noindex: true, homeless: true, ..Head::new(title, summary) };
    document(chrome, head, || {
        let editor = page.change.as_ref().map(|change| Editor {
            id: &change.id,
            version: change.version,
            key: &change.key,
            trouble: None,
            asked: None,
            is_short: false,
        });
        let is_now = day_of(page.now) == date;
        view! {
            {ui::breadcrumb(chrome, vec![Crumb::link(plan.trip.title.clone(), page.back.clone()), Crumb::here(day_name(lang, day))])}
            <article class="trip today">
                <header class="trip__head">
                    <h1>{day_name(lang, day)} " " <small>{say_day(date, lang)}</small></h1>
                    {clock(lang, page)}
                </header>
                {days(lang, page)}
                {breaches(lang, plan, None, "", |breach| breach.day == Some(day) && breach.visit.is_none())}
                {next(chrome, page, is_now)}
                {instead::instead(lang, page, editor.as_ref())}
                {rest(lang, page, is_now)}
                {ways::ways(chrome, plan, day)}
                {numbers(lang)}
                <p class="no-print"><a class="button button--quiet" href=page.back.clone()>{lang.pick("回到整个行程", "Back to the whole trip")}</a></p>
            </article>
        }
    })
}

/// What time it is and by whose clock, or how far off the day is.
fn clock(lang: Lang, page: &TodayPage) -> AnyView {
    let (today, date) = (day_of(page.now), page.plan.trip.date(page.day));
    let said = if today == date {
        let at = say_minutes(minutes_of(page.now));
        match page.clock {
            Clockwork::Server => lang.pick(format!("现在{at}（北京时间）"), format!("It is {at} (Beijing time)")),
            Clockwork::Device => lang.pick(
                format!("现在{at}（按这部手机的时钟，换算成北京时间；时钟不准，下面的时间就不准）"),
                format!("It is {at} in Beijing by this device's clock; if that is wrong, so are the times below"),
            ),
        }
    } else if today < date {
        let off = (date - today).num_days();
        lang.pick(
            format!("还有{off}天。到那天这里会说下一站和几点走；现在先看看是怎样的一天。"),
            format!(
                "In {off} days. On the day this page says where to next and when to leave; for now, this is what it will be like."
            ),
        )
    } else {
        lang.pick("这一天已经过去了。", "This day is over.").to_owned()
    };
    view! { <p class="today__clock">{said}</p> }.into_any()
}

/// Ways to the other days.
fn days(lang: Lang, page: &TodayPage) -> Option<AnyView> {
    let days = page.plan.trip.days.len();
    let items: Vec<_> = (0..days)
        .map(|day| {
            let href = format!("{}/today?day={}", page.back, day + 1);
            let here = (day == page.day).then_some("page");
            view! { <li><a class="button button--quiet" href=href aria-current=here>{day_name(lang, day)}</a></li> }
        })
        .collect();
    let label = lang.pick("每一天", "Days");
    (days > 1).then(|| view! { <nav class="no-print" aria-label=label><ul class="trip__files">{items}</ul></nav> }.into_any())
}

/// Where one is on the day, as far as the plan goes.
struct Place {
    /// The stop one is at.
    here: Option<usize>,
    /// The stop one goes to next; none: to where the day ends.
    next: Option<usize>,
    /// What was left, or is to be left: a stop, or where the day begins.
    from: Option<usize>,
}

fn place(page: &TodayPage, is_now: bool) -> Option<Place> {
    let times = &page.plan.adaptation.report.days[page.day];
    let stops = times.stops.len();
    let at = if is_now { minutes_of(page.now) } else { 0 };
    let Some(current) = next_stop(times, at) else {
        let last = stops.checked_sub(1)?;
        return (times.home.1.arrive > at).then_some(Place { here: None, next: None, from: Some(last) });
    };
    // Looked at beforehand, a day begins where it begins.
    let is_there = if is_now { at >= times.stops[current].step.arrive } else { times.stops[current].way == Move::Here };
    Some(if is_there {
        Place { here: Some(current), next: Some(current + 1).filter(|next| *next < stops), from: Some(current) }
    } else {
        Place { here: None, next: Some(current), from: current.checked_sub(1) }
    })
}

fn next(chrome: &Chrome, page: &TodayPage, is_now: bool) -> AnyView {
    let (lang, plan, day) = (chrome.lang, &page.plan, page.day);
    let (planned, times) = (&plan.trip.days[day], &plan.adaptation.report.days[day]);
    if planned.visits.is_empty() {
        return view! { <p class="trip__empty">{lang.pick("这一天还空着。", "Nothing on this day yet.")}</p> }.into_any();
    }
    let Some(place) = place(page, is_now) else {
        return view! { <p class="today__done">{lang.pick("今天的都走完了。", "All of the day is done.")}</p> }.into_any();
    };
    let called = |index: usize| {
        view! { <span class="trip__number">{stop_number(plan, day, index)}</span> " " {name(lang, plan, &planned.visits[index])} }
            .into_any()
    };
    let here = place.here.map(|index| {
        let until = say_minutes(times.stops[index].step.end);
        let here = if is_now {
            lang.pick("照计划现在在：", "By the plan you are at: ")
        } else {
            lang.pick("从这里开始：", "It begins at: ")
        };
        view! { <p>{here}{called(index)}{lang.pick(format!("，停到{until}"), format!(", until {until}"))}</p> }
    });
    let (way, arrive, to) = match place.next {
        Some(index) => (times.stops[index].way, times.stops[index].step.arrive, Some(&planned.visits[index].at)),
        None => (times.home.0, times.home.1.arrive, planned.end.as_ref()),
    };
    let title = match place.next {
        Some(_) if !is_now && place.here.is_none() => lang.pick("先去", "First to"),
        Some(_) => lang.pick("下一站", "Next stop"),
        None => lang.pick("这一天的最后", "To end the day"),
    };
    let goal = match place.next {
        Some(index) => called(index),
        None => match to {
            Some(end) => {
                let located = end.locate(&plan.facts);
                let sample = located.sample.then(|| view! { " " {ui::sample_badge(lang)} });
                view! { {ui::translated(&located.name, lang)} {sample} }.into_any()
            }
            None => lang.pick("没有别的了", "Nothing else").into_any(),
        },
    };
    let latest = leave_by(&plan.trip, day, place.from, times, &plan.facts);
    let leaves = (way != Move::Here).then(|| leaves(lang, latest, is_now.then(|| minutes_of(page.now))));
    let way = (way != Move::Here).then(|| view! { <p class="trip__way">{say_way(lang, way)}</p> });
    let at = say_minutes(arrive);
    let arrive = lang.pick(format!("计划{at}到"), format!("there at {at} by the plan"));
    let open = place.next.and_then(|index| say_hours(lang, &times.stops[index]));
    let facts: Vec<String> = std::iter::once(arrive).chain(open).collect();
    let warned = place.next.map(|index| {
        let id = planned.visits[index].id;
        breaches(lang, plan, None, "", move |breach| breach.visit == Some(id))
    });
    view! {
        <section class="today__next" aria-labelledby="next-title">
            {here}
            <h2 id="next-title">{title}</h2>
            <p class="today__goal">{goal}</p>
            {leaves}
            {way}
            <p>{facts.join(" · ")}</p>
            {warned}
            {to.map(|to| navigate(chrome, plan, to))}
        </section>
    }
    .into_any()
}

/// By when to leave, and what if that is past.
fn leaves(lang: Lang, latest: u32, now: Option<u32>) -> AnyView {
    let at = say_minutes(latest);
    let late = now.filter(|now| *now > latest).map(|now| now - latest);
    let said = match (late, now) {
        (Some(late), _) => {
            let late = say_length(lang, late);
            lang.pick(
                format!("最晚该{at}走，已经晚了{late}：后面有赶不上的，去掉一站或者少停一会儿。"),
                format!("You had to leave by {at}, {late} ago: something later will be missed. Drop a stop or stay shorter."),
            )
        }
        (None, Some(now)) => {
            let left = say_length(lang, latest - now);
            lang.pick(
                format!("最晚{at}走（还有{left}），后面就都赶得上。"),
                format!("Leave by {at} (in {left}) and nothing later is missed."),
            )
        }
        (None, None) => lang.pick(format!("最晚{at}走，后面就都赶得上。"), format!("Leave by {at} and nothing later is missed.")),
    };
    let class = if late.is_some() { "today__leave today__leave--late" } else { "today__leave" };
    view! { <p class=class>{said}</p> }.into_any()
}

/// Into a map app; not to what is made up.
fn navigate(chrome: &Chrome, plan: &Plan, to: &Where) -> Option<AnyView> {
    let lang = chrome.lang;
    let located = to.locate(&plan.facts);
    if located.sample {
        return None;
    }
    if let Some(app) = chrome.in_app {
        return Some(in_app::names_for_maps(lang, app, &[located]));
    }
    let county = located.region.map_or("湖南省", |region| &region.name.zh);
    let links: Vec<_> = MapApp::ALL
        .into_iter()
        .map(|app| {
            let href = map_link(app, &located.name.zh, county, located.position);
            view! { <li><a class="button" href=href rel="noopener nofollow">{app_name(app, lang)}</a></li> }
        })
        .collect();
    let exact = located.position.is_some_and(|position| position.is_exact());
    let note = (!exact).then(|| {
        lang.pick(
            "位置是近似的，按名称搜索，出发前再核对。",
            "The position is approximate: these search by name; check before you set out.",
        )
    });
    let view = view! {
        <ul class="navlinks__apps">{links}</ul>
        {note.map(|note| view! { <p><small>{note}</small></p> })}
    };
    Some(view.into_any())
}

/// The whole day in its order, what is done marked as done.
fn rest(lang: Lang, page: &TodayPage, is_now: bool) -> AnyView {
    let (plan, day) = (&page.plan, page.day);
    let (planned, times) = (&plan.trip.days[day], &plan.adaptation.report.days[day]);
    let at = if is_now { minutes_of(page.now) } else { 0 };
    let begins = start_of(&plan.trip, day).map(|place| called(lang, plan, place));
    let begins =
        begins.map(|place| lang.pick(format!("{} 从{place}出发", planned.from), format!("{} leave {place}", planned.from)));
    let stops: Vec<_> = planned
        .visits
        .iter()
        .zip(&times.stops)
        .enumerate()
        .map(|(index, (visit, over))| {
            let done = is_now && over.step.end <= at;
            let state = done.then(|| view! { <small class="today__past">{lang.pick("已过", "past")}</small> " " });
            let hours = format!("{}–{}", say_minutes(over.step.begin), say_minutes(over.step.end));
            let lunch = over.step.lunch.map(|(from, until, _)| say_lunch(lang, from, until));
            let note = (!visit.note.is_empty()).then(|| view! { <p class="trip__note">{visit.note.clone()}</p> });
            // What else there is only the site knows.
            let other = (page.change.is_some() && page.clock == Clockwork::Server && !done).then(|| {
                let called = visit.at.name(&plan.facts);
                let label = lang.pick(
                    format!("关门、下雨？给“{}”找个替代", called.get(lang)),
                    format!("Shut, or rain? Something instead of {}", called.get(lang)),
                );
                let href = format!("{}/today?day={}&instead={}#instead", page.back, day + 1, visit.id.0);
                view! { <p class="no-print"><a class="trip__open" href=href>{label}</a></p> }
            });
            view! {
                <li class="trip__stop" id=format!("stop-{}", visit.id.0)>
                    {(over.way != Move::Here).then(|| view! { <p class="trip__way">{say_way(lang, over.way)}</p> })}
                    <p class="trip__times">{state}<span class="trip__number">{stop_number(plan, day, index)}</span> {hours}</p>
                    <h3 class="trip__name">{name(lang, plan, visit)}</h3>
                    {say_hours(lang, over).map(|open| view! { <p class="trip__meta">{open}</p> })}
                    {lunch}
                    {note}
                    {other}
                </li>
            }
        })
        .collect();
    let (_, home) = times.home;
    let ends = lang.pick(format!("{} 结束", say_minutes(home.arrive)), format!("{} the day ends", say_minutes(home.arrive)));
    let end = planned.end.as_ref().map(|place| called(lang, plan, place));
    let end = end.map(|end| format!("{}{end}", lang.pick("：", ": ")));
    let sunset = say_minutes(times.daylight.sunset);
    let sunset = lang
        .pick(format!("日落{sunset}，山路请在天黑前走完。"), format!("Sunset at {sunset}; be off mountain roads before dark."));
    view! {
        <section class="section" id="day" aria-labelledby="day-title">
            {ui::heading("day", lang.pick("这一天", "The day"))}
            {bar::bar(lang, planned, times)}
            {begins.map(|begins| view! { <p class="trip__from">{begins}</p> })}
            <ol class="trip__stops">{stops}</ol>
            <p class="trip__home">{ends}{end}</p>
            <p><small>{sunset}</small></p>
        </section>
    }
    .into_any()
}

fn numbers(lang: Lang) -> AnyView {
    let items: Vec<_> = NUMBERS
        .iter()
        .map(|(number, zh, en)| {
            view! { <li><a class="button button--quiet" href=format!("tel:{number}")>{*number} " " {lang.pick(*zh, *en)}</a></li> }
        })
        .collect();
    view! {
        <section class="section" id="numbers" aria-labelledby="numbers-title">
            {ui::heading("numbers", lang.pick("紧急电话", "Emergency numbers"))}
            <ul class="trip__files">{items}</ul>
        </section>
    }
    .into_any()
}
