//! The column of filters: a plain form that works without script.

use domain::Lang;
use leptos::prelude::*;

use super::chips::carried_on;
use crate::href;
use crate::islands::FilterDrawer;
use crate::ui;
use crate::views::{Chrome, Facet, FacetValue, SearchPage, Size};

/// More values than this are folded away.
const OPEN_VALUES: usize = 8;

pub fn facets(chrome: &Chrome, page: &SearchPage) -> Option<AnyView> {
    let lang = chrome.lang;
    let shown: Vec<&Facet> = page
        .facets
        .iter()
        .filter(|facet| !facet.values.is_empty())
        .filter(|facet| facet.name != "kind" || page.fixed_kind.is_none())
        .collect();
    if shown.is_empty() {
        return None;
    }
    let fields: Vec<&str> = shown.iter().map(|facet| facet.name).collect();
    // A chosen value that no longer occurs in the results has no box, yet it is still chosen.
    let boxed = |name: &str, value: &str| shown.iter().any(|f| f.name == name && f.values.iter().any(|v| v.value == value));
    let lost = page.query.to_params().into_iter().filter(|(n, v)| fields.contains(n) && !boxed(n, v));
    let hidden: Vec<_> = carried_on(&page.query, &fields, page.fixed_kind)
        .into_iter()
        .chain(lost)
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect();
    let sets: Vec<_> = shown.iter().map(|facet| fieldset(chrome, facet)).collect();
    let label = lang.pick("筛选", "Filter");
    let form = view! {
        <form class="facets no-print" method="get" autocomplete="off" action=href::results_action(lang, page.fixed_kind) aria-label=label>
            {hidden}
            {sets}
            <p class="facets__apply"><button class="button" type="submit">{lang.pick("按条件筛选", "Apply filters")}</button></p>
        </form>
    }
    .into_any();
    if chrome.size == Size::Elder {
        let folded = view! { <details class="facets-folded no-print"><summary>{label}</summary>{form}</details> };
        return Some(folded.into_any());
    }
    Some(view! { <FilterDrawer label=label.to_owned()>{form}</FilterDrawer> }.into_any())
}

fn fieldset(chrome: &Chrome, facet: &Facet) -> AnyView {
    let lang = chrome.lang;
    let chosen = facet.values.iter().filter(|value| value.selected);
    let others = facet.values.iter().filter(|value| !value.selected);
    let ordered: Vec<&FacetValue> =
        if facet.values.len() > OPEN_VALUES { chosen.chain(others).collect() } else { facet.values.iter().collect() };
    let open_count = if ordered.len() > OPEN_VALUES + 2 {
        OPEN_VALUES.max(ordered.iter().filter(|value| value.selected).count())
    } else {
        ordered.len()
    };
    let (open, folded) = ordered.split_at(open_count);
    let list = |values: &[&FacetValue]| {
        let items: Vec<_> = values.iter().map(|value| choice(lang, facet.name, value)).collect();
        view! { <ul>{items}</ul> }
    };
    let rest = (!folded.is_empty()).then(|| {
        let more = lang.pick(format!("还有{}项", folded.len()), format!("{} more", folded.len()));
        view! { <details><summary>{more}</summary>{list(folded)}</details> }
    });
    view! {
        <fieldset class="facet">
            <legend>{facet.label}</legend>
            {list(open)}
            {rest}
        </fieldset>
    }
    .into_any()
}

fn choice(lang: Lang, name: &'static str, value: &FacetValue) -> impl IntoView + use<> {
    let count = format!("({})", value.count);
    view! {
        <li>
            <label>
                <input type="checkbox" name=name value=value.value.clone() checked=value.selected />
                " "
                <span class="facet__label">{ui::foreign(&value.label, lang)}</span>
                " "
                <span class="facet__count">{count}</span>
            </label>
        </li>
    }
}
