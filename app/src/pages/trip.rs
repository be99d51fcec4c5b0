//! A trip: its days with what stands against them, what it costs, and the forms that change it. All of them work without script.

pub mod add;
mod along;
mod bar;
pub mod conflict;
mod day;
pub mod gone;
pub mod groups;
mod ideas;
mod in_app;
mod map;
mod money;
pub mod new;
mod numbers;
mod parts;
pub mod print;
mod say;
mod settings;
pub mod shared;
mod sharing;
mod stop;
pub mod today;
mod trips;
mod ways;

use domain::Lang;
use domain::time::say_day;
use domain::trip::Where;
use domain::trip::timeline::Move;
use domain::trip::travel::KnownFrom;
use domain::trip::{Breach, Edit, Severity};
use leptos::prelude::*;

use crate::document::{Head, document};
use crate::href;
use crate::islands::TripDays;
use crate::ui::{self, Choice, Crumb, Form, hidden};
use crate::views::{Chrome, Plan, TripPage, Trouble};

pub use trips::render as render_list;

/// Who may change the trip that is shown, and with which forms.
struct Editor<'a> {
    id: &'a str,
    version: i64,
    key: &'a str,
    trouble: Option<&'a Trouble>,
    /// The form that the address asks for, by the name of what it changes.
    asked: Option<&'a str>,
    /// Few enough stops for each to carry its form.
    is_short: bool,
}

/// A page with the form of every stop of a longer trip is heavier than a phone in a valley can load.
const FEW_STOPS: usize = 20;

fn is_short(plan: &Plan) -> bool {
    plan.trip.visits().count() <= FEW_STOPS
}

impl Editor<'_> {
    fn action(&self, lang: Lang) -> String {
        href::trip(lang, self.id, "/edit")
    }

    fn opens(&self, form: &str) -> bool {
        self.asked == Some(form) || self.trouble.is_some_and(|trouble| trouble.form == form)
    }

    /// The way to a form that is not on the page.
    fn way_to(&self, lang: Lang, form: &str) -> String {
        href::trip(lang, self.id, &format!("?edit={form}#{form}-form"))
    }

    /// What every form that changes the trip carries. `anchor` is where one finds oneself afterwards.
    fn marks(&self, anchor: &str) -> AnyView {
        view! { {hidden("version", self.version.to_string())} {self.name(anchor)} }.into_any()
    }

    /// As [`Editor::marks`], for a form with fields.
    fn marks_of(&self, form: &Form, anchor: &str) -> AnyView {
        view! { {form.made_from("version", self.version.to_string())} {self.name(anchor)} }.into_any()
    }

    fn name(&self, anchor: &str) -> AnyView {
        view! { {hidden("key", self.key)} {hidden("anchor", anchor)} }.into_any()
    }
}

/// An edit as the value of a button.
fn as_value(edit: &Edit) -> String {
    serde_json::to_string(edit).unwrap_or_default()
}

pub fn render(chrome: &Chrome, page: &TripPage) -> String {
    let lang = chrome.lang;
    let plan = &page.plan;
    let head = Head { noindex: true, homeless: true, ..Head::new(plan.trip.title.clone(), summary(plan, lang)) };
    let asked = asked(chrome, "edit");
    let editor = Editor {
        id: &page.id,
        version: page.version,
        key: &page.key,
        trouble: page.trouble.as_ref(),
        asked,
        is_short: is_short(plan),
    };
    document(chrome, head, || {
        let map = map::section(chrome, plan, &page.ideas);
        let mine = Crumb::link(lang.pick("我的行程", "My trips"), href::page(lang, href::TRIPS));
        view! {
            {ui::breadcrumb(chrome, vec![mine, Crumb::here(plan.trip.title.clone())])}
            <article class="trip">
                {head_part(lang, plan)}
                {trouble(lang, page.trouble.as_ref())}
                {today_link(chrome, plan, &href::trip(lang, &page.id, ""))}
                {undo(lang, page, &editor)}
                {parts::parts(lang, plan, map.is_some())}
                {whole(lang, plan, Some(&editor))}
                {forced(lang, page)}
                {missed(lang, page)}
                {unmended(lang, page)}
                {days(chrome, plan, Some(&editor))}
                {settings::more_days(lang, plan, &editor)}
                {map}
                {ideas::ideas(lang, page, &editor)}
                {money::costs(lang, plan)}
                {changes(lang, plan)}
                {settings::settings(lang, plan, &editor)}
                {in_app::exports(chrome, page)}
                {along::along(chrome, page)}
                {sharing::sharing(chrome, page)}
            </article>
        }
    })
}

/// A word of the page's own address.
fn asked<'a>(chrome: &'a Chrome, name: &str) -> Option<&'a str> {
    let (_, query) = chrome.path.split_once('?')?;
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

/// A place within a sentence; one that is made up says so.
fn called(lang: Lang, plan: &Plan, place: &Where) -> String {
    let located = place.locate(&plan.facts);
    let made_up = if located.sample { lang.pick("（示例）", " (sample)") } else { "" };
    format!("{}{made_up}", located.name.get(lang))
}

/// What the list and the map call a stop: `2-1`, the first one of the second day.
fn stop_number(plan: &Plan, day: usize, index: usize) -> String {
    if plan.trip.days.len() == 1 { (index + 1).to_string() } else { format!("{}-{}", day + 1, index + 1) }
}

/// Counted from 0, and said from 1.
fn day_name(lang: Lang, index: usize) -> String {
    lang.pick(format!("第{}天", index + 1), format!("Day {}", index + 1))
}

fn day_choices(lang: Lang, plan: &Plan) -> impl Iterator<Item = Choice> {
    (0..plan.trip.days.len()).map(move |day| Choice::One((day + 1).to_string(), day_name(lang, day)))
}

fn summary(plan: &Plan, lang: Lang) -> String {
    let trip = &plan.trip;
    let (days, people, from) = (trip.days.len(), trip.party.people(), say_day(trip.starts, lang));
    let way = trip.transport.label(lang);
    lang.pick(
        format!("{from}出发，{days}天，{people}人，{way}"),
        format!("From {from}, {days} days, {people} people, {}", way.to_lowercase()),
    )
}

fn head_part(lang: Lang, plan: &Plan) -> AnyView {
    let feasible = plan.adaptation.report.is_feasible();
    let state = if feasible {
        lang.pick("照现在的安排走得通。", "It can be done as it stands.")
    } else {
        lang.pick("照现在的安排走不通，问题标在原处。", "It cannot be done as it stands; what is wrong is marked where it is.")
    };
    let class = if feasible { "trip__state" } else { "trip__state trip__state--broken" };
    let ways = plan.adaptation.report.days.iter().flat_map(|day| day.stops.iter().map(|stop| stop.way).chain([day.home.0]));
    let on_roads = ways.into_iter().any(|way| matches!(way, Move::By(leg) if leg.known_from == KnownFrom::Router));
    let guess = if on_roads {
        lang.pick(
            "路上的时间标明了是按道路算出还是估算；天黑、堵车和天气会让它更长。",
            "Each time on the road says whether it was worked out on the roads or is an estimate; darkness, traffic and weather make it longer.",
        )
    } else {
        lang.pick(
            "路上的时间是估算；天黑、堵车和天气会让它更长。",
            "Times on the road are estimates; darkness, traffic and weather make them longer.",
        )
    };
    view! {
        <header class="trip__head">
            <h1>{plan.trip.title.clone()}</h1>
            <p>{summary(plan, lang)} " · " {plan.budget.say(lang)}</p>
            <p class=class>{state}</p>
            <p><small>{guess}</small></p>
        </header>
    }
    .into_any()
}

/// Into the day that is lived, or a look at the first one beforehand. None when all is over.
fn today_link(chrome: &Chrome, plan: &Plan, trip: &str) -> Option<AnyView> {
    let lang = chrome.lang;
    let label = match today::day_on(plan, chrome.today) {
        Some(day) => lang.pick(format!("今天是第{}天：下一站", day + 1), format!("Today is day {}: where to next", day + 1)),
        None if chrome.today < plan.trip.starts && !plan.trip.days.is_empty() => {
            lang.pick("看看路上的一天", "See a day on the way").to_owned()
        }
        None => return None,
    };
    Some(view! { <p class="no-print"><a class="button" href=format!("{trip}/today")>{label}</a></p> }.into_any())
}

/// At the top, so that it is read first; each sentence stands beside its field too.
fn trouble(lang: Lang, trouble: Option<&Trouble>) -> Option<AnyView> {
    let trouble = trouble?;
    let title = lang.pick("没有改成，行程和原来一样", "Nothing was changed; the trip is as it was");
    ui::refused(lang, title, &trouble.problems)
}

/// What was asked for and found no time: it is in the trip, and marked where it is.
fn forced(lang: Lang, page: &TripPage) -> Option<AnyView> {
    let count = page.remarks.forced;
    let said = lang.pick(
        format!("指定要去的有{count}站排不进时间，还是放进了行程，不合适的地方标在原处。"),
        format!(
            "Of what you asked for, {count} found no time; it is in the trip all the same, and what is wrong is marked there."
        ),
    );
    (count > 0).then(|| view! { <p class="notice" role="status">{said}</p> }.into_any())
}

/// Where somebody wanted to go and the trip does not.
fn missed(lang: Lang, page: &TripPage) -> Option<AnyView> {
    let names: Vec<&str> = page.remarks.missed.iter().map(|region| region.name.get(lang)).collect();
    let names = names.join(lang.pick("、", ", "));
    let said = lang.pick(
        format!("想去的{names}没有排进来：这几天去不到，或者目录里那里还没有去处。可以多加几天，也可以自己加一站。"),
        format!(
            "{names} did not get into the trip: it cannot be reached in these days, or the catalogue has no place there yet. Give it more days, or add a stop yourself."
        ),
    );
    (!names.is_empty()).then(|| view! { <p class="notice" role="status">{said}</p> }.into_any())
}

fn unmended(lang: Lang, page: &TripPage) -> Option<AnyView> {
    let said = lang.pick(
        "现在排行程的人多，还没算出怎么改才走得通；过一会儿再打开这一页就有。",
        "Many people are planning just now, so what would mend this trip was not worked out; open the page again in a while.",
    );
    let broken = !page.plan.adaptation.report.is_feasible();
    (page.unmended && broken).then(|| view! { <p class="notice" role="status">{said}</p> }.into_any())
}

fn undo(lang: Lang, page: &TripPage, editor: &Editor) -> AnyView {
    let button = |value: &'static str, label: &'static str, can: bool| {
        view! { <button class="button button--quiet" type="submit" name="edit" value=value disabled=!can>{label}</button> }
    };
    view! {
        <form class="trip__undo no-print" method="post" action=editor.action(lang)>
            {editor.marks("")}
            {button("undo", lang.pick("撤销", "Undo"), page.can_undo)}
            {button("redo", lang.pick("重做", "Redo"), page.can_redo)}
        </form>
    }
    .into_any()
}

/// What is wrong with the trip as a whole.
fn whole(lang: Lang, plan: &Plan, editor: Option<&Editor>) -> Option<AnyView> {
    breaches(lang, plan, editor, "", |breach| breach.day.is_none() && breach.visit.is_none())
}

fn days(chrome: &Chrome, plan: &Plan, editor: Option<&Editor>) -> AnyView {
    let days: Vec<_> = (0..plan.trip.days.len()).map(|index| day::day(chrome, plan, index, editor)).collect();
    if days.is_empty() {
        return view! { <p class="empty">{chrome.lang.pick("这个行程还没有一天。", "This trip has no days yet.")}</p> }
            .into_any();
    }
    let days = view! { <div class="trip__days">{days}</div> }.into_any();
    let days = if editor.is_some() { view! { <TripDays>{days}</TripDays> }.into_any() } else { days };
    view! { {bar::key(chrome.lang)} {days} }.into_any()
}

/// Warnings that belong to one place, each with the buttons that mend it.
fn breaches(lang: Lang, plan: &Plan, editor: Option<&Editor>, anchor: &str, here: impl Fn(&Breach) -> bool) -> Option<AnyView> {
    let found: Vec<&Breach> = plan.adaptation.report.breaches.iter().filter(|breach| here(breach)).collect();
    let items: Vec<_> = found
        .into_iter()
        .map(|breach| {
            let broken = breach.severity() == Severity::Broken;
            let mark = if broken { lang.pick("走不通：", "Problem: ") } else { lang.pick("留意：", "Note: ") };
            let repairs = plan.adaptation.repairs.iter().find(|(known, _)| known == breach).map(|(_, repairs)| repairs.as_slice());
            let buttons = editor.zip(repairs.filter(|repairs| !repairs.is_empty())).map(|(editor, repairs)| {
                let buttons: Vec<_> = repairs
                    .iter()
                    .map(|repair| {
                        let (value, label) = (as_value(&repair.edit), repair.text.get(lang).to_owned());
                        view! { <button class="button button--quiet trip__repair" type="submit" name="edit" value=value>{label}</button> }
                    })
                    .collect();
                view! {
                    <form class="trip__repairs no-print" method="post" action=editor.action(lang)>
                        <p class="trip__mend">{lang.pick("可以这样改：", "Ways to mend it:")}</p>
                        {editor.marks(anchor)}
                        {buttons}
                    </form>
                }
            });
            let class = if broken { "trip__breach trip__breach--broken" } else { "trip__breach" };
            view! {
                <li class=class data-constraint=breach.constraint.code()>
                    <p><strong>{mark}</strong>{breach.text(&plan.trip, &plan.facts).get(lang).to_owned()}</p>
                    {buttons}
                </li>
            }
        })
        .collect();
    (!items.is_empty()).then(|| view! { <ul class="trip__breaches">{items}</ul> }.into_any())
}

/// What was changed against the official route (P4).
fn changes(lang: Lang, plan: &Plan) -> Option<AnyView> {
    let route = plan.route.as_ref()?;
    let items: Vec<_> = plan
        .adaptation
        .changes
        .iter()
        .map(|change| view! { <li>{change.text(&plan.trip, route, &plan.facts).get(lang).to_owned()}</li> })
        .collect();
    let name = view! { <a href=route.path(lang)>{ui::translated(&route.title, lang)}</a> };
    let said = if items.is_empty() {
        view! { <p>{lang.pick("与线路一致：", "As the route has it: ")}{name}</p> }.into_any()
    } else {
        view! { <p>{lang.pick("线路：", "The route: ")}{name}</p> <ul class="trip__changes">{items}</ul> }.into_any()
    };
    let view = view! {
        <section class="section no-print" id="changes" aria-labelledby="changes-title">
            {ui::heading("changes", lang.pick("和原线路的不同", "What differs from the route"))}
            {said}
        </section>
    };
    Some(view.into_any())
}
