//! What the trip costs, and which offers to use where.

use domain::trip::budget::{Item, split};
use domain::trip::voucher::rule;
use domain::{Fen, Lang};
use leptos::prelude::*;

use crate::ui;
use crate::views::Plan;

pub(super) fn costs(lang: Lang, plan: &Plan) -> AnyView {
    let (trip, budget) = (&plan.trip, &plan.budget);
    let rows: Vec<_> = budget
        .lines
        .iter()
        .filter_map(|line| {
            let cost = line.cost?;
            let cost = if line.from { lang.pick(format!("{cost}起"), format!("from {cost}")) } else { cost.to_string() };
            let said = line.said.then(|| lang.pick("（自己填的）", " (your own figure)"));
            let sample = line.sample.then(|| view! { " " {ui::sample_badge(lang)} });
            Some(view! { <tr><th scope="row">{item_name(lang, plan, line.item)}</th><td>{cost}{said}{sample}</td></tr> })
        })
        .collect();
    // One row for all that nobody knows: ten rows of it would hide the one that is known.
    let unknown = budget.lines.iter().filter(|line| line.cost.is_none());
    let unknown: Vec<String> = unknown.map(|line| item_name(lang, plan, line.item)).collect();
    let unknown = (!unknown.is_empty()).then(|| {
        let names = unknown.join(lang.pick("、", ", "));
        view! { <tr><th scope="row">{lang.pick("未知", "Not known")}</th><td>{names}</td></tr> }
    });
    let total = lang.pick("合计", "In all");
    let limit = trip.budget.map(|limit| {
        view! { <tr><th scope="row">{lang.pick("预算", "Budget")}</th><td>{limit.to_string()}</td></tr> }
    });
    let caption = lang.pick("费用，全部人", "Costs, for all");
    let meals = lang.pick("吃饭没有算进去。", "Meals are not counted.");
    view! {
        <section class="section" id="costs" aria-labelledby="costs-title">
            {ui::heading("costs", lang.pick("费用", "Costs"))}
            <table class="facts">
                <caption class="visually-hidden">{caption}</caption>
                <tbody>
                    {rows}
                    {unknown}
                    <tr class="trip__total"><th scope="row">{total}</th><td><strong>{budget.say(lang)}</strong></td></tr>
                    {limit}
                </tbody>
            </table>
            <p><small>{meals}</small></p>
            {offers(lang, plan)}
            {each(lang, plan)}
        </section>
    }
    .into_any()
}

fn item_name(lang: Lang, plan: &Plan, item: Item) -> String {
    match item {
        Item::Visit(id) => plan.trip.visit(id).map(|visit| visit.at.name(&plan.facts).get(lang).to_owned()).unwrap_or_default(),
        Item::Night(day) => lang.pick(format!("第{}天夜里住宿", day + 1), format!("The night after day {}", day + 1)),
        Item::Travel => lang.pick("路费", "Getting around").to_owned(),
    }
}

/// The best legal combination, and the reading of the rules it rests on.
fn offers(lang: Lang, plan: &Plan) -> Option<AnyView> {
    let savings = &plan.savings;
    let name = |id| plan.offers.iter().find(|offer| offer.id == id).map(|offer| offer.name.get(lang).to_owned());
    let used = savings.used.iter().filter_map(|used| {
        let who = plan.offers.iter().find(|offer| offer.id == used.voucher).map(|offer| offer.who.get(lang).to_owned());
        let who = who.filter(|who| !who.is_empty());
        let who = who.map(|who| view! { <br /><small>{lang.pick("谁能用：", "For whom: ")}{who}</small> });
        let (name, item, saved) = (name(used.voucher.clone())?, item_name(lang, plan, used.item), used.saved);
        let unsure = used
            .unsure
            .then(|| lang.pick("（那里收不收券还没人说，先问一声）", " (whether it is taken there nobody has said: ask first)"));
        let sample = used.sample.then(|| view! { " " {ui::sample_badge(lang)} });
        let said = lang.pick(format!("{item}用“{name}”，省{saved}"), format!("{item}: “{name}” saves {saved}"));
        Some(view! { <li>{said}{unsure}{sample}{who}</li> }.into_any())
    });
    let gifts = savings.gifts.iter().filter_map(|(id, item)| {
        let (name, item) = (name(id.clone())?, item_name(lang, plan, *item));
        let said = lang.pick(format!("{item}有赠品：“{name}”"), format!("{item} comes with a present: “{name}”"));
        let made_up = plan.offers.iter().any(|offer| offer.id == *id && offer.sample);
        let sample = made_up.then(|| view! { " " {ui::sample_badge(lang)} });
        Some(view! { <li>{said}{sample}</li> }.into_any())
    });
    let items: Vec<AnyView> = used.chain(gifts).collect();
    if items.is_empty() {
        return None;
    }
    let unproven = (!savings.proven).then(|| {
        let text = lang.pick("优惠太多，没有试遍所有组合。", "There are too many offers to try every combination.");
        view! { <p><small>{text}</small></p> }
    });
    let (saved, to_pay) = (savings.saved, savings.to_pay);
    let least = if plan.budget.at_least { lang.pick("至少", "at least ") } else { "" };
    let sum = lang.pick(
        format!("都领得到的话，共省{saved}，还要付{least}{to_pay}"),
        format!("If you get them all: saves {saved}; {least}{to_pay} is left to pay"),
    );
    let view = view! {
        <h3>{lang.pick("这样用券最省", "The offers that save most")}</h3>
        <ul class="trip__offers">{items}</ul>
        <p><strong>{sum}</strong></p>
        <p><small>{rule().get(lang).to_owned()}</small></p>
        {unproven}
    };
    Some(view.into_any())
}

/// Of what is sure, and of what is left where every offer above is had.
fn each(lang: Lang, plan: &Plan) -> Option<AnyView> {
    let (people, budget, savings) = (plan.trip.party.people(), &plan.budget, &plan.savings);
    if people < 2 || budget.known == Fen(0) {
        return None;
    }
    let whole = shares(lang, budget.known, people, budget.at_least);
    let whole = format!("{}{whole}", lang.pick("平摊：", "Shared equally: "));
    let less = (savings.saved > Fen(0)).then(|| {
        let made_up = savings.used.iter().any(|used| used.sample).then(|| view! { " " {ui::sample_badge(lang)} });
        let less = shares(lang, savings.to_pay, people, budget.at_least);
        view! { <p>{format!("{}{less}", lang.pick("上面的券都用上：", "With all the offers above: "))}{made_up}</p> }
    });
    Some(view! { <p>{whole}</p> {less} }.into_any())
}

/// To the fen, where the sum is known to it: the first few may pay one more.
fn shares(lang: Lang, sum: Fen, people: u32, at_least: bool) -> String {
    let shares = split(sum, people);
    let (most, least) = (shares.first().copied().unwrap_or(Fen(0)), shares.last().copied().unwrap_or(Fen(0)));
    match shares.iter().filter(|share| **share > least).count() {
        _ if at_least => lang.pick(format!("每人至少{least}"), format!("at least {least} each")),
        0 => lang.pick(format!("每人{least}"), format!("{least} each")),
        more => lang.pick(format!("{more}人各{most}，其余各{least}"), format!("{more} pay {most}, the others {least}")),
    }
}
