//! The filters in force, each with a link that takes it away.

use domain::Lang;
use domain::listing::kinds::{Family, Level};
use domain::listing::{Kind, Tag};
use domain::region::find;
use domain::search::Query;
use domain::search::understand::Chip;
use leptos::prelude::*;

use crate::href;
use crate::views::{Chrome, SearchPage};

pub fn chips(chrome: &Chrome, page: &SearchPage) -> Option<AnyView> {
    let lang = chrome.lang;
    let active: Vec<(&'static str, String)> = page
        .query
        .to_params()
        .into_iter()
        .filter(|(name, _)| !matches!(*name, "sort" | "page" | "per_page"))
        .filter(|(name, _)| *name != "kind" || page.fixed_kind.is_none())
        .filter(|(name, _)| !matches!(*name, "literal" | "exact" | "explain"))
        .collect();
    if active.is_empty() {
        return None;
    }
    let several = active.len() > 1;
    let items: Vec<_> = active
        .into_iter()
        .map(|(name, value)| {
            let label = say_filter(name, &value, lang);
            let bare = label.trim_matches(['“', '”']);
            let remove = lang.pick(format!("去掉“{bare}”"), format!("Remove “{bare}”"));
            let href = href::results_without(lang, page.fixed_kind, &page.query, name, &value);
            view! {
                <li class="chip">
                    <a href=href aria-label=remove>{label} " " <span aria-hidden="true">"×"</span></a>
                </li>
            }
        })
        .collect();
    let understood: Vec<_> = page.chips.iter().map(|chip| understood(chrome, page, chip)).collect();
    let all = several.then(|| {
        let href = href::results_action(lang, page.fixed_kind);
        view! { <li class="chip chip--clear"><a href=href>{lang.pick("全部清除", "Clear all")}</a></li> }
    });
    let view = view! {
        <ul class="chips chips--active no-print" aria-label=lang.pick("正在用的条件", "Filters in use")>
            {items}
            {understood}
            {all}
        </ul>
    };
    Some(view.into_any())
}

/// A condition that was understood from the text: taken away, its words are words again.
fn understood(chrome: &Chrome, page: &SearchPage, chip: &Chip) -> AnyView {
    let lang = chrome.lang;
    let label = chip.label.get(lang).to_owned();
    let remove = lang.pick(format!("不按“{label}”筛选"), format!("Do not filter by “{label}”"));
    let mut query = Query { page: 1, ..page.query.clone() };
    query.literal.push(chip.code.clone());
    let href = href::results(lang, page.fixed_kind, &query);
    view! {
        <li class="chip chip--understood">
            <a href=href aria-label=remove rel="nofollow">{label} " " <span aria-hidden="true">"×"</span></a>
        </li>
    }
    .into_any()
}

/// A parameter's value as the page says it.
fn say_filter(name: &str, value: &str, lang: Lang) -> String {
    let yuan = |value: &str| value.parse().map(domain::Fen).map_or(value.to_owned(), |fen| fen.to_string());
    let known = match name {
        "q" => Some(format!("“{value}”")),
        "kind" => Kind::parse(value).map(|kind| kind.label(lang).to_owned()),
        "county" | "prefecture" => find(value).map(|region| region.name.get(lang).to_owned()),
        "family" => Family::parse(value).map(|family| family.label(lang).to_owned()),
        "level" => Level::parse(value).map(|level| level.label(lang).to_owned()),
        "tag" => Tag::parse(value).map(|tag| tag.label(lang).to_owned()),
        "month" => value.parse().ok().and_then(domain::time::Months::only).map(|month| month.say(lang)),
        "price_band" => Some(match value.strip_suffix('-') {
            Some(from) => lang.pick(format!("¥{from}以上"), format!("¥{from} and up")),
            None => format!("¥{}", value.replace('-', "–")),
        }),
        "price_min" => Some(lang.pick(format!("{}以上", yuan(value)), format!("from {}", yuan(value)))),
        "price_max" => Some(lang.pick(format!("{}以下", yuan(value)), format!("up to {}", yuan(value)))),
        "barrier_free" => Some(lang.pick("有无障碍记录", "Barrier-free").to_owned()),
        "voucher" => Some(lang.pick("可用消费券", "Takes vouchers").to_owned()),
        "near" => Some(lang.pick("在这一点附近", "Near a point").to_owned()),
        "radius_km" => Some(lang.pick(format!("{value}公里内"), format!("within {value} km"))),
        "date" => value.parse().ok().map(|day| domain::time::say_day(day, lang)),
        "corridor" => Some(lang.pick("沿这条线路", "Along a route").to_owned()),
        "corridor_km" => Some(lang.pick(format!("离线路{value}公里内"), format!("within {value} km of the route"))),
        "bbox" => Some(lang.pick("在这个范围内", "In this area").to_owned()),
        _ => None,
    };
    known.unwrap_or_else(|| value.to_owned())
}

/// Parameters that the facets' form must carry on because it has no field for them.
pub fn carried_on(query: &Query, fields: &[&str], fixed_kind: Option<Kind>) -> Vec<(&'static str, String)> {
    query
        .to_params()
        .into_iter()
        .filter(|(name, _)| *name != "page" && !fields.contains(name) && !(*name == "kind" && fixed_kind.is_some()))
        .collect()
}
