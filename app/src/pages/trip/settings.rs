//! What holds for the whole trip: who goes, how, for how much, and what an organisation needs.

use domain::Lang;
use domain::listing::Tag;
use domain::trip::plan::Occasion;
use domain::trip::{Day, Edit, Mobility, Pace, Transport, Trip};
use leptos::prelude::*;

use super::day::yuan;
use super::{Editor, as_value, day_choices};
use crate::ui::{self, Choice, Form, hidden};
use crate::views::Plan;

pub(super) fn more_days(lang: Lang, plan: &Plan, editor: &Editor) -> AnyView {
    let days = plan.trip.days.len();
    let value = as_value(&Edit::AddDay { day: days, plan: Box::new(Day::empty()) });
    let own = (days > 0).then(|| own_place(lang, plan, editor));
    view! {
        <div class="trip__add no-print">
            <form method="post" action=editor.action(lang)>
                {editor.marks(&format!("day-{}", days + 1))}
                <button class="button button--quiet" type="submit" name="edit" value=value>
                    {lang.pick("加一天", "Add a day")}
                </button>
            </form>
            {own}
        </div>
    }
    .into_any()
}

/// A place that the catalogue does not have: the hotel, the station, an uncle's house.
fn own_place(lang: Lang, plan: &Plan, editor: &Editor) -> AnyView {
    const FIELDS: [&str; 4] = ["name", "region", "day", "stay_min"];
    let form = Form::new(lang, "own", editor.trouble);
    let days = day_choices(lang, plan);
    let regions = std::iter::once(Choice::One(String::new(), lang.pick("不知道", "Not known").to_owned()));
    view! {
        <details class="trip__more" open=form.is_in_trouble()>
            <summary>{lang.pick("加一处目录里没有的地方", "Add a place that is not in the catalogue")}</summary>
            <form class="form" method="post" action=editor.action(lang)>
                {editor.marks_of(&form, "own-name")}
                {hidden("set", "own")}
                {form.other_problems(&FIELDS)}
                {form.input("name", "text", lang.pick("名称", "Name"), "", None)}
                {form.select("region", lang.pick("在哪个县区", "In which county"), "", None,
                    regions.chain(super::day::regions(lang)).collect())}
                {form.select("day", lang.pick("哪一天", "Which day"), "1", None, days.collect())}
                {form.input("stay_min", "number", lang.pick("停留分钟", "Minutes to stay"), "60", None)}
                <button class="button" type="submit">{lang.pick("加上", "Add it")}</button>
            </form>
        </details>
    }
    .into_any()
}

pub(super) fn settings(lang: Lang, plan: &Plan, editor: &Editor) -> AnyView {
    const FIELDS: [&str; 15] = [
        "title",
        "starts",
        "adults",
        "elders",
        "children",
        "mobility",
        "rooms",
        "pace",
        "transport",
        "budget",
        "travel_cost",
        "night_driving",
        "occasion",
        "invoice_name",
        "invoice_code",
    ];
    let trip = &plan.trip;
    let form = Form::new(lang, "settings", editor.trouble);
    let was = serde_json::to_string(&Trip { days: vec![], ..trip.clone() }).unwrap_or_default();
    let fen = |fen: Option<domain::Fen>| fen.map(yuan).unwrap_or_default();
    view! {
        <section class="section no-print" id="settings" aria-labelledby="whole-trip-title">
            {ui::heading("whole-trip", lang.pick("整个行程", "The whole trip"))}
            <details class="trip__more" open=form.is_in_trouble()>
                <summary>{lang.pick("改日期、人数、预算等", "Change dates, people, budget and more")}</summary>
                <form class="form" method="post" action=editor.action(lang)>
                    {editor.marks_of(&form, "settings")}
                    {hidden("set", "trip")}
                    {form.made_from("was", was)}
                    {form.other_problems(&FIELDS)}
                    {form.input("title", "text", lang.pick("名称", "Name"), &trip.title, None)}
                    {form.input("starts", "date", lang.pick("出发日期", "First day"), &trip.starts.to_string(), None)}
                    {people(lang, &form, trip)}
                    {form.select("pace", lang.pick("节奏", "Pace"), trip.pace.code(), None,
                        Pace::ALL.iter().map(|it| Choice::One(it.code().into(), it.label(lang).into())).collect())}
                    {form.select("transport", lang.pick("交通", "Travel by"), trip.transport.code(), None, transports(lang))}
                    {form.checkbox("night_driving", "yes", lang.pick("可以天黑后走山路", "Mountain roads after dark are all right"), trip.night_driving)}
                    {form.input("budget", "number", lang.pick("预算，全部人，元", "Budget for all, yuan"), &fen(trip.budget), None)}
                    {form.input("travel_cost", "number", lang.pick("路费，全部人，元", "Getting around, for all, yuan"), &fen(trip.travel_cost),
                        Some(lang.pick("油费、过路费、车票、包车", "Fuel, tolls, tickets, the coach")))}
                    {group(lang, &form, trip)}
                    <button class="button" type="submit">{lang.pick("保存", "Save")}</button>
                </form>
            </details>
        </section>
    }
    .into_any()
}

pub(super) fn transports(lang: Lang) -> Vec<Choice> {
    Transport::ALL.iter().map(|it| Choice::One(it.code().to_owned(), it.label(lang).to_owned())).collect()
}

/// `5、8`.
fn ages(lang: Lang, children: &[u32]) -> String {
    children.iter().map(u32::to_string).collect::<Vec<_>>().join(lang.pick("、", ", "))
}

pub(super) fn heads(lang: Lang, form: &Form, adults: u32, elders: u32, children: &[u32]) -> AnyView {
    let hint = lang.pick("每个孩子的年龄，如 5、8；没有就空着", "The age of each child, like 5, 8; empty for none");
    view! {
        {form.input("adults", "number", lang.pick("成人", "Adults"), &adults.to_string(), None)}
        {form.input("elders", "number", lang.pick("60岁以上老人", "People over 60"), &elders.to_string(), None)}
        {form.input("children", "text", lang.pick("孩子", "Children"), &ages(lang, children), Some(hint))}
    }
    .into_any()
}

fn people(lang: Lang, form: &Form, trip: &Trip) -> AnyView {
    let party = &trip.party;
    let rooms = party.rooms.map(|rooms| rooms.to_string()).unwrap_or_default();
    view! {
        {heads(lang, form, party.adults, party.elders, &party.children)}
        {form.input("rooms", "number", lang.pick("房间数", "Rooms"), &rooms, Some(lang.pick("不填按两人一间", "Empty: two to a room")))}
        {walking(lang, form, party.mobility)}
        {interests(lang, form, &party.interests)}
    }
    .into_any()
}

pub(super) fn walking(lang: Lang, form: &Form, given: Mobility) -> AnyView {
    let choices = Mobility::ALL.iter().map(|it| Choice::One(it.code().into(), it.label(lang).into())).collect();
    form.select("mobility", lang.pick("走路", "Walking"), given.code(), None, choices)
}

pub(super) fn interests(lang: Lang, form: &Form, chosen: &[Tag]) -> AnyView {
    let boxes: Vec<_> =
        Tag::ALL.iter().map(|tag| form.checkbox("interests", tag.code(), tag.label(lang), chosen.contains(tag))).collect();
    view! {
        <fieldset class="form__group">
            <legend>{lang.pick("兴趣（可不选）", "Interests (if you like)")}</legend>
            {boxes}
        </fieldset>
    }
    .into_any()
}

/// For organisations (S13): the headcount is that of the travellers.
pub(super) fn group(lang: Lang, form: &Form, trip: &Trip) -> AnyView {
    let group = trip.group.as_ref();
    let mut occasions = vec![Choice::One(String::new(), lang.pick("不是单位组织的", "No organisation").to_owned())];
    occasions.extend(Occasion::ALL.iter().map(|it| Choice::One(it.code().to_owned(), it.label(lang).to_owned())));
    let given = |text: Option<&String>| text.cloned().unwrap_or_default();
    view! {
        <fieldset class="form__group">
            <legend>{lang.pick("单位组织（主题党日等）", "For an organisation")}</legend>
            <p class="form__hint">
                <small>{lang.pick("人数就是上面填的成人、老人和孩子。", "The headcount is that of adults, elders and children above.")}</small>
            </p>
            {form.select("occasion", lang.pick("活动", "Occasion"), group.map_or("", |group| group.occasion.code()), None, occasions)}
            {form.checkbox("guide_needed", "yes", lang.pick("需要讲解员", "A guide is needed"), group.is_some_and(|group| group.guide_needed))}
            {form.input("invoice_name", "text", lang.pick("发票抬头", "Name on the invoice"),
                &given(group.and_then(|group| group.invoice_name.as_ref())), None)}
            {form.input("invoice_code", "text", lang.pick("统一社会信用代码", "Unified social credit code"),
                &given(group.and_then(|group| group.invoice_code.as_ref())), None)}
        </fieldset>
    }
    .into_any()
}
