//! `/search`, and the list of a kind, where there is no signal: a search in the counties that the device has kept.

use leptos::prelude::*;

use super::{chips, count, found, notes, title};
use crate::document::{Head, document};
use crate::href;
use crate::ui::{self, Crumb};
use crate::views::{Chrome, KeptSearchPage};

pub fn render(chrome: &Chrome, page: &KeptSearchPage) -> String {
    let lang = chrome.lang;
    let title = title(chrome, &page.found);
    let here = page.found.fixed_kind.map_or(lang.pick("搜索", "Search"), |kind| kind.label(lang));
    let head = Head {
        noindex: true,
        homeless: true,
        typed: page.found.query.text.clone(),
        ..Head::new(title.clone(), lang.pick("在存下的县里搜索。", "A search in the counties that were kept."))
    };
    document(chrome, head, || {
        let problems = ui::problems(
            lang,
            lang.pick("有些条件没有用上，其余照常：", "Some of it could not be used; the rest was:"),
            &page.found.problems,
        );
        let results = if page.found.total == 0 { nothing(chrome, page) } else { found(chrome, &page.found) };
        view! {
            {ui::breadcrumb(chrome, vec![Crumb::here(here)])}
            <h1>{title}</h1>
            {problems}
            {place(chrome, page)}
            {chips::chips(chrome, &page.found)}
            {notes::notes(chrome, &page.found)}
            <div class="search__main">{count(chrome, &page.found)} {results}</div>
        }
    })
}

/// Where was searched, and what of it is not on the device.
fn place(chrome: &Chrome, page: &KeptSearchPage) -> AnyView {
    let lang = chrome.lang;
    let names: Vec<&str> = page.counties.iter().map(|region| region.name.get(lang)).collect();
    let names = names.join(lang.pick("、", ", "));
    let place = lang.pick(
        format!("没有网络，只在存下的县里找了：{names}。别处要等连上网才能搜。"),
        format!("There is no signal, so only the counties kept on this device were searched: {names}. The rest needs a signal."),
    );
    let bodies = page.without_bodies.then(|| {
        lang.pick("长篇介绍没有存下，里面的词搜不到。", "Long descriptions were not kept, so their words are not found.")
    });
    let left_out = (page.left_out > 0).then(|| {
        let count = page.left_out;
        lang.pick(format!("另有{count}条放不下，没有存。"), format!("{count} more entries did not fit and were not kept."))
    });
    view! {
        <div class="notice" role="status">
            <p>{place}</p>
            {bodies.map(|words| view! { <p>{words}</p> })}
            {left_out.map(|words| view! { <p>{words}</p> })}
        </div>
    }
    .into_any()
}

fn nothing(chrome: &Chrome, page: &KeptSearchPage) -> AnyView {
    let lang = chrome.lang;
    let all = href::results_action(lang, page.found.fixed_kind);
    view! {
        <div class="empty">
            <h2>{lang.pick("存下的县里没有找到", "Nothing found in what was kept")}</h2>
            <ul>
                <li>{lang.pick("换一个短一点的词，拼音和首字母也可以：凤凰、fenghuang、fh。", "Try a shorter word; pinyin and initials work too: fenghuang, fh.")}</li>
                <li><a href=all>{lang.pick("看存下的全部条目", "See everything that was kept")}</a></li>
            </ul>
        </div>
    }
    .into_any()
}
