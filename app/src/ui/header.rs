//! What stands at the head of every page.

use domain::Lang;
use domain::listing::Kind;
use domain::search::LONGEST_QUERY;
use leptos::prelude::*;

use super::switches::switches;
use crate::document::site_name;
use crate::href;
use crate::islands::SearchBox;
use crate::views::{Chrome, Size};

/// The kinds the elder version keeps in its navigation; the others are in the footer.
const FOR_ELDERS: [Kind; 4] = [Kind::Route, Kind::Place, Kind::Stay, Kind::Offer];

pub fn header(chrome: &Chrome, typed: &str, with_search: bool) -> AnyView {
    let lang = chrome.lang;
    let brand = match lang {
        Lang::Zh => site_name(lang).into_any(),
        Lang::En => view! { <span lang="zh-Hans">"游潇湘"</span> " " <span>{site_name(lang)}</span> }.into_any(),
    };
    view! {
        <header class="site-header no-print">
            <a class="site-header__brand" href=href::page(lang, href::HOME)>{brand}</a>
            {navigation(chrome)}
            {with_search.then(|| search_form(chrome, typed, "site-header__search"))}
            {switches(chrome)}
        </header>
    }
    .into_any()
}

fn navigation(chrome: &Chrome) -> AnyView {
    let lang = chrome.lang;
    let path = chrome.path.split('?').next().unwrap_or_default();
    let elder = chrome.size == Size::Elder;
    let link = |target: String, bare: String, label: &str| {
        let current = if path == bare {
            Some("page")
        } else if path.strip_prefix(bare.as_str()).is_some_and(|rest| rest.starts_with('/')) {
            Some("true")
        } else {
            None
        };
        view! { <li><a href=target aria-current=current>{label.to_owned()}</a></li> }
    };
    let mut links: Vec<_> = Kind::ALL
        .iter()
        .filter(|kind| !chrome.site.empty_kinds.contains(kind) && (!elder || FOR_ELDERS.contains(kind)))
        .map(|kind| link(href::kind_list(lang, *kind), format!("/{}", kind.plural()), kind.label(lang)))
        .collect();
    links.push(link(href::page(lang, href::COUNTIES), href::COUNTIES.to_owned(), lang.pick("县区", "Counties")));
    for (path, label) in [
        (href::NEAR, lang.pick("附近", "Near me")),
        (href::TRIPS, lang.pick("行程", "Trips")),
        (href::SAVED, lang.pick("收藏", "Saved")),
    ] {
        links.push(link(href::page(lang, path), path.to_owned(), label));
    }
    view! {
        <nav class="site-header__nav" aria-label=lang.pick("栏目", "Main")>
            <ul>{links}</ul>
        </nav>
    }
    .into_any()
}

/// The search field; there is one on a page.
pub fn search_form(chrome: &Chrome, typed: &str, class: &'static str) -> AnyView {
    let lang = chrome.lang;
    let form = view! {
        <form class=class role="search" action=href::page(lang, href::SEARCH) method="get">
            <label class="visually-hidden" for="q">{lang.pick("搜索湖南的去处、线路、物产", "Search places, routes and products of Hunan")}</label>
            <input
                class="field"
                type="search"
                id="q"
                name="q"
                value=typed.to_owned()
                placeholder=lang.pick("搜地名、拼音", "Place, food, craft")
                maxlength=LONGEST_QUERY.to_string()
                autocomplete="off"
                enterkeyhint="search"
            />
            <button class="button" type="submit">{lang.pick("搜索", "Search")}</button>
        </form>
    }
    .into_any();
    view! { <SearchBox lang=lang.code().to_owned()>{form}</SearchBox> }.into_any()
}
