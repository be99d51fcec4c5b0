//! A new trip: little is asked, and everything can be changed later.

use domain::Lang;
use domain::listing::{Details, Kind, Listing};
use domain::trip::choose::days_for;
use domain::trip::{Mobility, Pace, PlaceFacts, Transport, Trip};
use leptos::prelude::*;

use super::{say, settings};
use crate::document::{Head, document};
use crate::href;
use crate::ui::{self, Choice, Crumb, Form, hidden};
use crate::views::{Chrome, NewTripPage, Trouble};

/// Fields that stand under “more”.
const FOLDED: [&str; 6] = ["interests", "mobility", "pace", "avoid", "occasion", "guide_needed"];

const PROVINCIAL_CAPITAL: &str = "430100";

/// Its name for [`Trouble::form`].
pub const FORM: &str = "new";

pub fn render(chrome: &Chrome, page: &NewTripPage) -> String {
    let lang = chrome.lang;
    let title = lang.pick("新的行程", "A new trip");
    let description = lang.pick(
        "填几项就排出每天的安排；不用注册，以后都能改。",
        "A few answers make a plan day by day; no account, and everything can be changed later.",
    );
    let head = Head { noindex: true, homeless: true, ..Head::new(title, description) };
    document(chrome, head, || {
        let trouble = Some(&page.trouble).filter(|trouble: &&Trouble| !trouble.problems.is_empty());
        let form = Form::new(lang, FORM, trouble).filled(&page.filled);
        let begun = begun(lang, page);
        // A route is the shortest way to a whole plan.
        let routes = (page.route.is_none() && page.add.is_empty()).then(|| {
            let link = view! { <a href=href::kind_list(lang, Kind::Route)>{lang.pick("精品线路", "boutique route")}</a> };
            view! {
                <p>
                    {lang.pick("也可以从现成的线路开始：挑一条", "Or begin with a ready one: take a ")} {link}
                    {lang.pick("，点“照这条线路排行程”。", " and press “Plan this route”.")}
                </p>
            }
        });
        let groups = (page.route.is_none() && page.add.is_empty()).then(|| {
            let link = view! { <a href=href::page(lang, href::GROUP_TRIPS)>{lang.pick("主题党日、工会活动、研学", "party branch days, union outings and study trips")}</a> };
            view! { <p>{lang.pick("单位组织的，有填好大半的：", "For organisations there are forms that are mostly filled in: ")} {link}</p> }
        });
        let days = match page.route.as_ref().map(|route| &route.details) {
            Some(Details::Route(route)) => {
                let near = lang.pick(
                    "不照搬：在这条线路附近替我选（要先选从哪里出发）",
                    "Not to the letter: choose stops near this route for me (needs a place to start from)",
                );
                let days = route.days.unwrap_or(3).to_string();
                let hint = lang.pick("照搬时按线路的天数", "As many as the route has, where you follow it");
                let days = form.input("days", "number", lang.pick("几天", "How many days"), &days, Some(hint));
                view! { {form.checkbox("near", "1", near, false)} {days} }.into_any()
            }
            _ => form.input("days", "number", lang.pick("几天", "How many days"), &days(page).to_string(), None),
        };
        let samples = chrome.site.shows_samples.then(|| {
            let label = lang.pick(
                "选站时也用示例（虚构的体验、住宿和券，都会标明）",
                "Choose among samples too (fictional experiences, stays and offers, all marked)",
            );
            form.checkbox("samples", "1", label, false)
        });
        let avoid_hint = lang.pick(
            "名字或类型，如 凤凰古城、徒步；用顿号隔开",
            "Names or kinds, like Fenghuang Ancient Town, hiking; with commas between",
        );
        let paces = Pace::ALL.iter().map(|it| Choice::One(it.code().to_owned(), it.label(lang).to_owned())).collect();
        let mut places = vec![Choice::One(String::new(), lang.pick("还没定", "Not decided").to_owned())];
        places.extend(super::day::regions(lang));
        // Stops are chosen unless somebody says no, and that takes a start: most ways into the province lead to its capital.
        let guessed = page.route.is_none() && page.add.len() < 2;
        let start = if guessed { PROVINCIAL_CAPITAL } else { "" };
        let fills = |names: &[&str]| page.filled.iter().any(|(name, _)| names.contains(&name.as_str()));
        let start_hint = (guessed && !fills(&["start"]))
            .then(|| lang.pick("先填了长沙，改成你的", "Changsha to begin with; change it to yours"));
        let to_hint = lang.pick(
            "县市或景点，如 凤凰、天门山；用顿号隔开",
            "Counties or places, like Fenghuang, Tianmen Mountain; with commas between",
        );
        // Two weeks ahead is time enough to prepare, and seldom the day somebody has in mind: it is there to be changed.
        let starts = chrome.today + chrono::Days::new(14);
        let trip = Trip::new(
            "",
            starts,
            domain::trip::Party {
                adults: 2,
                elders: 0,
                children: vec![],
                mobility: Default::default(),
                interests: vec![],
                rooms: None,
            },
        );
        view! {
            {ui::breadcrumb(chrome, vec![Crumb::link(lang.pick("我的行程", "My trips"), href::page(lang, href::TRIPS)), Crumb::here(title)])}
            <h1>{title}</h1>
            <p>{description}</p>
            {begun}
            {routes}
            {groups}
            {(page.route.is_none() && page.add.is_empty()).then(|| say::sentence(lang, page.said.as_ref()))}
            {trouble.map(|trouble| ui::refused(lang, lang.pick("还差一点", "Not quite yet"), &trouble.problems))}
            <form class="form form--page" id="new-trip" method="post" action=href::page(lang, href::NEW_TRIP)>
                {hidden("key", page.key.clone())}
                {hidden("plan", "")}
                {page.route.as_ref().map(|route| hidden("route", route.slug.as_str()))}
                {page.add.iter().map(|listing| hidden("add", listing.id.as_str())).collect::<Vec<_>>()}
                {form.input("starts", "date", lang.pick("出发日期", "First day"), &starts.to_string(), None)}
                {days}
                {settings::heads(lang, &form, 2, 0, &[])}
                {form.select("start", lang.pick("从哪里出发", "Start from"), start, start_hint, places)}
                {page.route.is_none().then(|| form.input("to", "text", lang.pick("想去哪儿（可不填）", "Where to (if you know)"), "", Some(to_hint)))}
                {form.select("transport", lang.pick("交通", "Travel by"), Transport::Car.code(), None, settings::transports(lang))}
                {form.input("budget", "number", lang.pick("预算，全部人，元（可不填）", "Budget for all, yuan (if any)"), "", None)}
                {page.route.is_none().then(|| form.checkbox(
                    "choose",
                    "1",
                    choose_label(lang, page.add.len()),
                    page.add.len() < 2,
                ))}
                <details class="trip__more" open=form.is_in_trouble() || fills(&FOLDED)>
                    <summary>{lang.pick("更多（可不填）", "More (if you like)")}</summary>
                    {settings::interests(lang, &form, &[])}
                    {settings::walking(lang, &form, Mobility::Any)}
                    {form.select("pace", lang.pick("节奏", "Pace"), Pace::Steady.code(), None, paces)}
                    {form.input("avoid", "text", lang.pick("不想去", "Rather not"), "", Some(avoid_hint))}
                    {samples}
                    {settings::group(lang, &form, &trip)}
                </details>
                <button class="button" type="submit">{lang.pick("排行程", "Make the plan")}</button>
            </form>
            {page.route.is_none().then(|| planner(chrome))}
        }
    })
}

/// What the trip begins with.
fn begun(lang: Lang, page: &NewTripPage) -> Option<AnyView> {
    let name = |listing: &Listing| {
        let sample = listing.sample.then(|| view! { " " {ui::sample_badge(lang)} });
        view! { <a href=listing.path(lang)>{ui::translated(&listing.title, lang)}</a> {sample} }
    };
    if let Some(route) = &page.route {
        return Some(view! { <p>{lang.pick("照这条线路排：", "Along this route: ")}{name(route)}</p> }.into_any());
    }
    match page.add.as_slice() {
        [] => None,
        [one] => Some(view! { <p>{lang.pick("先放进：", "Beginning with: ")}{name(one)}</p> }.into_any()),
        several => {
            let items: Vec<_> = several.iter().map(|listing| view! { <li>{name(listing)}</li> }).collect();
            let said = lang.pick(
                "行程里会有这些，按路程和开放时间分到各天；放不下的也在里面，并写明为什么：",
                "The trip will hold these, laid out over its days by distance and opening hours; what does not fit is in it too, with the reason: ",
            );
            Some(view! { <p>{said}</p> <ul class="trip__begun">{items}</ul> }.into_any())
        }
    }
}

/// Three for who has chosen nothing yet, or as many as what was brought is likely to take.
fn days(page: &NewTripPage) -> usize {
    let stops: Vec<PlaceFacts> =
        page.add.iter().filter(|listing| listing.kind() != Kind::Stay).map(|listing| PlaceFacts::of(listing)).collect();
    if stops.len() < 2 { 3 } else { days_for(&stops) }
}

fn choose_label(lang: Lang, stops: usize) -> &'static str {
    if stops < 2 {
        lang.pick("替我选好每天去哪儿（要先选从哪里出发）", "Choose the stops for me (needs a place to start from)")
    } else {
        lang.pick("再替我添一些顺路的去处（要先选从哪里出发）", "Add more stops on the way for me (needs a place to start from)")
    }
}

/// Where the browser chooses by itself, a plan at once and better ones after: hidden until its script has something to show. Whoever
/// has no script, or not yet what it takes, is given a plan by the site.
fn planner(chrome: &Chrome) -> Option<AnyView> {
    let (lang, (glue, wasm)) = (chrome.lang, chrome.assets.planner.clone()?);
    let view = view! {
        <section
            class="planner"
            id="planner"
            aria-labelledby="planner-title"
            data-glue=glue
            data-wasm=wasm
            data-task=href::page(lang, href::TRIP_TASK)
            data-day=lang.pick("第{}天", "Day {}")
            data-sample=lang.pick("示例", "Sample")
            data-better=lang.pick("有一个方案了，还在找更好的……", "Here is a plan; looking for better ones…")
            data-over=lang.pick("选好了。", "Chosen.")
            hidden
        >
            <h2 id="planner-title" tabindex="-1">{lang.pick("替你选的", "Chosen for you")}</h2>
            <p class="planner__state" role="status"></p>
            <ol class="planner__days"></ol>
            <p class="planner__acts">
                <button class="button" type="button" data-act="use">{lang.pick("就用这个", "Take this one")}</button>
                " "
                <button class="button button--quiet" type="button" data-act="stop">{lang.pick("不用，回去改", "No, back to the form")}</button>
            </p>
        </section>
        <script type="module" src="/planner.js"></script>
    };
    Some(view.into_any())
}
