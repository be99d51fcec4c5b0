//! One day: when one leaves, the stops, when one is back, and the form for the day.

use domain::listing::Kind;
use domain::search::{Query, Sort};
use domain::time::say_day;
use domain::trip::clock::say_minutes;
use domain::trip::timeline::{Move, start_of};
use domain::trip::travel::Spot;
use domain::trip::{Day, Edit, Where};
use domain::{Lang, region};
use leptos::prelude::*;

use super::{Editor, as_value, bar, breaches, called, day_name, is_short, stop, ways};
use crate::href;
use crate::ui::{self, Choice, Form, hidden};
use crate::views::{Chrome, Plan};

pub(super) fn day(chrome: &Chrome, plan: &Plan, index: usize, editor: Option<&Editor>) -> AnyView {
    let lang = chrome.lang;
    let (it, times) = (&plan.trip.days[index], &plan.adaptation.report.days[index]);
    let id = format!("day-{}", index + 1);
    let title = format!("{id}-title");
    let name = day_name(lang, index);
    let light = lang.pick(
        format!("日出{}，日落{}", say_minutes(times.daylight.sunrise), say_minutes(times.daylight.sunset)),
        format!("sunrise {}, sunset {}", say_minutes(times.daylight.sunrise), say_minutes(times.daylight.sunset)),
    );
    let begins = start_of(&plan.trip, index).map(|place| called(lang, plan, place));
    let begins = begins.map(|place| {
        let from = it.from;
        view! { <p class="trip__from">{lang.pick(format!("{from} 从{place}出发"), format!("{from} leave {place}"))}</p> }
    });
    let stops: Vec<_> = (0..it.visits.len()).map(|stop| stop::stop(chrome, plan, index, stop, editor)).collect();
    let stops = if stops.is_empty() {
        empty(lang, plan, index).into_any()
    } else {
        view! { <ol class="trip__stops">{stops}</ol> }.into_any()
    };
    let (way, home) = times.home;
    let arrives = lang.pick(format!("{} 结束", say_minutes(home.arrive)), format!("{} the day ends", say_minutes(home.arrive)));
    let place = it.end.as_ref().map(|place| {
        let located = place.locate(&plan.facts);
        let sample = located.sample.then(|| view! { " " {ui::sample_badge(lang)} });
        view! { {format!("{}{}", lang.pick("：", ": "), located.name.get(lang))} {sample} }
    });
    let last_way = (way != Move::Here).then(|| view! { <p class="trip__way">{stop::say_way(lang, way)}</p> });
    let controls = editor.map(|editor| controls(lang, plan, index, editor));
    view! {
        <section class="trip__day" id=id.clone() aria-labelledby=title.clone()>
            <h2 id=title.clone()>{name} <small>{say_day(plan.trip.date(index), lang)}</small></h2>
            <p class="trip__light"><small>{light}</small></p>
            {bar::bar(lang, it, times)}
            {breaches(lang, plan, editor, &id, |breach| breach.day == Some(index) && breach.visit.is_none())}
            {begins}
            {stops}
            {last_way}
            {home.lunch.map(|(from, until, _)| stop::say_lunch(lang, from, until))}
            <p class="trip__home">{arrives}{place}</p>
            {editor.and_then(|_| bed(lang, plan, index))}
            {is_short(plan).then(|| ways::ways(chrome, plan, index))}
            {controls}
        </section>
    }
    .into_any()
}

/// How far one looks for a bed, in kilometres.
const BED_WITHIN_KM: f64 = 60.0;

/// Of a night between two days that has no bed yet: where to look for one.
fn bed(lang: Lang, plan: &Plan, index: usize) -> Option<AnyView> {
    let it = &plan.trip.days[index];
    let is_bed = |end: &Where| match end {
        Where::Listing(_) => end.facts(&plan.facts).is_some_and(|place| place.kind == Kind::Stay),
        // Back where one set out, one is at home.
        Where::Region(_) => plan.trip.days.first().and_then(|first| first.start.as_ref()) == Some(end),
        Where::Own(_) => true,
    };
    let has_bed = it.night_cost.is_some() || it.end.as_ref().is_some_and(is_bed);
    let here = it.end.as_ref().or(it.visits.last().map(|visit| &visit.at)).or_else(|| start_of(&plan.trip, index));
    let here = here.filter(|_| index + 1 < plan.trip.days.len() && !has_bed)?;
    let point = Spot::of(here, &plan.facts)?.point;
    let query = Query { near: Some(point), radius_km: Some(BED_WITHIN_KM), sort: Sort::Distance, ..Query::default() };
    let href = href::results(lang, Some(Kind::Stay), &query);
    let view = view! {
        <p class="trip__bed no-print">
            {lang.pick("这一晚还没有住处。", "No bed for this night yet. ")}
            <a href=href>{lang.pick("看看附近的住宿", "See stays nearby")}</a>
        </p>
    };
    Some(view.into_any())
}

fn empty(lang: Lang, plan: &Plan, index: usize) -> AnyView {
    let here = start_of(&plan.trip, index).and_then(|place| place.locate(&plan.facts).region);
    let (name, href) = match here {
        Some(region) => (region.name.get(lang).to_owned(), region.path(lang)),
        None => (lang.pick("湖南各地".to_owned(), "all of Hunan".to_owned()), href::page(lang, href::COUNTIES)),
    };
    view! {
        <p class="trip__empty">
            {lang.pick("这一天还空着。", "Nothing on this day yet. ")}
            <a href=href>{lang.pick(format!("看看{name}有什么"), format!("See what there is in {name}"))}</a>
            {lang.pick("，在条目页点“加入行程”。", "; its pages have a link “Add to a trip”.")}
        </p>
    }
    .into_any()
}

/// Counties and prefectures to begin or end in.
pub(super) fn regions(lang: Lang) -> impl Iterator<Item = Choice> {
    region::prefectures().map(move |prefecture| {
        let entry = |region: &'static region::Region| (region.code.as_str().to_owned(), region.name.get(lang).to_owned());
        let all = std::iter::once(prefecture).chain(prefecture.parts()).map(entry);
        Choice::Group(prefecture.name.get(lang).to_owned(), all.collect())
    })
}

/// What stands in a choice of places for the one that is chosen: a region by its code, any other by a word.
fn chosen(place: Option<&Where>) -> String {
    match place {
        None => String::new(),
        Some(Where::Region(code)) => code.as_str().to_owned(),
        Some(_) => "same".to_owned(),
    }
}

/// The buttons of a day; its form too where it is asked for, since the counties of the province fill a page of their own.
fn controls(lang: Lang, plan: &Plan, index: usize, editor: &Editor) -> AnyView {
    let it = &plan.trip.days[index];
    let anchor = format!("day-{}", index + 1);
    let swap = |with: Option<usize>, label: &'static str| {
        let value = with.map(|with| as_value(&Edit::SwapDays { day: index, with })).unwrap_or_default();
        let named = lang.pick(format!("{label}：第{}天", index + 1), format!("{label}: day {}", index + 1));
        view! {
            <button class="button button--quiet" type="submit" name="edit" value=value aria-label=named disabled=with.is_none()>
                {label}
            </button>
        }
    };
    let earlier = swap(index.checked_sub(1), lang.pick("整天提前", "Day earlier"));
    let later = swap(Some(index + 1).filter(|next| *next < plan.trip.days.len()), lang.pick("整天推后", "Day later"));
    let arrange = (it.visits.len() > 1).then(|| {
        let label = lang.pick("排好这一天", "Arrange this day");
        view! { <button class="button button--quiet" type="submit" name="set" value="arrange">{label}</button> }
    });
    let more = if editor.opens(&anchor) {
        fields(lang, plan, index, editor)
    } else {
        let label = lang.pick(format!("改第{}天", index + 1), format!("Change day {}", index + 1));
        view! { <p class="no-print"><a class="trip__open" href=editor.way_to(lang, &anchor)>{label}</a></p> }.into_any()
    };
    view! {
        <form class="trip__tools no-print" method="post" action=editor.action(lang)>
            {editor.marks(&anchor)}
            {hidden("day", (index + 1).to_string())}
            {arrange}
            {earlier}
            {later}
            {way_home(lang, plan, index)}
        </form>
        {more}
    }
    .into_any()
}

/// Back to where the trip began, on a last day that ends wherever its last stop is.
fn way_home(lang: Lang, plan: &Plan, index: usize) -> Option<AnyView> {
    let days = &plan.trip.days;
    let home = days.first()?.start.as_ref().filter(|_| index + 1 == days.len() && days[index].end.is_none())?;
    let edit = as_value(&Edit::SetDayEnd { day: index, at: Some(home.clone()) });
    let label =
        lang.pick(format!("排上回{}的路", called(lang, plan, home)), format!("Add the way back to {}", called(lang, plan, home)));
    Some(view! { <button class="button button--quiet" type="submit" name="edit" value=edit>{label}</button> }.into_any())
}

fn fields(lang: Lang, plan: &Plan, index: usize, editor: &Editor) -> AnyView {
    const FIELDS: [&str; 9] = ["from", "until", "has_lunch", "lunch_from", "lunch_until", "lunch", "start", "end", "night_cost"];
    let it = &plan.trip.days[index];
    let anchor = format!("day-{}", index + 1);
    let form = Form::new(lang, anchor.clone(), editor.trouble);
    let was = Day { visits: vec![], ..it.clone() };
    let was = serde_json::to_string(&was).unwrap_or_default();
    let lunch = it.lunch;
    let places = |none: &str, place: Option<&Where>| {
        let mut choices = vec![Choice::One(String::new(), none.to_owned())];
        if let Some(place) = place.filter(|place| !matches!(place, Where::Region(_))) {
            choices.push(Choice::One("same".to_owned(), place.name(&plan.facts).get(lang).to_owned()));
        }
        choices.extend(regions(lang));
        choices
    };
    let starts = lang.pick("前一天结束的地方，或第一站", "Where the day before ended, or at the first stop");
    let night = it.night_cost.map(|cost| match cost {
        domain::trip::Cost::Free => "0".to_owned(),
        domain::trip::Cost::All(fen) | domain::trip::Cost::Person(fen) => yuan(fen),
    });
    let time = |clock: Option<domain::trip::Clock>| clock.map(|clock| clock.to_string()).unwrap_or_default();
    let remove = as_value(&Edit::RemoveDay { day: index });
    view! {
        <details class="trip__more no-print" id=format!("{anchor}-form") open>
            <summary>{lang.pick(format!("改第{}天", index + 1), format!("Change day {}", index + 1))}</summary>
            <form class="form" method="post" action=editor.action(lang)>
                {editor.marks_of(&form, &anchor)}
                {hidden("set", "day")}
                {hidden("day", (index + 1).to_string())}
                {form.made_from("was", was)}
                {form.other_problems(&FIELDS)}
                {form.input("from", "time", lang.pick("出发", "Leave at"), &it.from.to_string(), None)}
                {form.input("until", "time", lang.pick("最晚结束", "Over by"), &it.until.to_string(), None)}
                {form.select("start", lang.pick("起点", "Start"), &chosen(it.start.as_ref()), None, places(starts, it.start.as_ref()))}
                {form.select("end", lang.pick("终点", "End"), &chosen(it.end.as_ref()), None,
                    places(lang.pick("最后一站", "At the last stop"), it.end.as_ref()))}
                {form.checkbox("has_lunch", "yes", lang.pick("留午饭时间", "Leave time for lunch"), lunch.is_some())}
                {form.input("lunch_from", "time", lang.pick("午饭最早", "Lunch from"), &time(lunch.map(|it| it.from)), None)}
                {form.input("lunch_until", "time", lang.pick("午饭最晚开始", "Lunch begins by"), &time(lunch.map(|it| it.until)), None)}
                {form.input("lunch", "number", lang.pick("午饭多少分钟", "Minutes for lunch"),
                    &lunch.map(|it| it.minutes.to_string()).unwrap_or_default(), None)}
                {form.input("night_cost", "number", lang.pick("当晚住宿，全部人，元", "The night, for all, yuan"),
                    &night.unwrap_or_default(), None)}
                <button class="button" type="submit">{lang.pick("保存这一天", "Save the day")}</button>
                <button class="button button--quiet" type="submit" name="edit" value=remove>
                    {lang.pick("去掉这一天", "Remove this day")}
                </button>
            </form>
        </details>
    }
    .into_any()
}

/// `88.50` as it is typed, without the sign.
pub(super) fn yuan(fen: domain::Fen) -> String {
    fen.to_string().replace('¥', "")
}
