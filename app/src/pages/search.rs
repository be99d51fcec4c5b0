//! `/search`, and the list of one kind: the same page with the kind settled.

mod chips;
mod facets;
pub mod how;
pub mod kept;
mod notes;

use domain::listing::Kind;
use domain::search::{Query, Sort};
use leptos::prelude::*;

use crate::document::{Head, document};
use crate::href;
use crate::ui::{self, Crumb, Section};
use crate::views::{Chrome, ListingCard, SearchPage, Size};

pub fn render(chrome: &Chrome, page: &SearchPage) -> String {
    let lang = chrome.lang;
    let title = title(chrome, page);
    let description = match page.fixed_kind {
        Some(kind) => lang.pick(
            format!("湖南的{}：可按县、月份和标签筛选，每条写明来源和资料日期。", kind.label(lang)),
            format!("{} of Hunan: by county, month and tag, each with its source and date.", kind.label(lang)),
        ),
        None => lang
            .pick(
                "在湖南的线路、去处、住宿、非遗、体验、物产和优惠里搜索。",
                "Search the routes, places, stays, heritage, experiences, products and offers of Hunan.",
            )
            .to_owned(),
    };
    let asked = asked(page) != Query { lang: page.query.lang, ..Query::default() } || chrome.path.contains('?');
    let head = Head { noindex: asked, typed: page.query.text.clone(), ..Head::new(title.clone(), description) };
    document(chrome, head, || {
        let problems = ui::problems(
            lang,
            lang.pick("有些条件没有用上，其余照常：", "Some of it could not be used; the rest was:"),
            &page.problems,
        );
        view! {
            {ui::breadcrumb(chrome, vec![Crumb::here(page.fixed_kind.map_or(lang.pick("搜索", "Search"), |kind| kind.label(lang)))])}
            <h1>{title}</h1>
            {problems}
            {elder_version(chrome, page)}
            {region(page)}
            {chips::chips(chrome, page)}
            {notes::notes(chrome, page)}
            <div class="search">
                {facets::facets(chrome, page)}
                <div class="search__main">
                    {count(chrome, page)}
                    {found(chrome, page)}
                    <p class="no-print"><a href=href::page(lang, href::SEARCH_HOW)>{lang.pick("搜索是怎么决定的", "How search decides")}</a></p>
                </div>
            </div>
        }
    })
}

/// Who searches for larger letters is shown the way to them (适老化: “长辈版” is found by search).
fn elder_version(chrome: &Chrome, page: &SearchPage) -> Option<AnyView> {
    const ASKED: [&str; 12] = [
        "长辈版",
        "長輩版",
        "长辈",
        "老年版",
        "老人版",
        "大字版",
        "大字",
        "适老",
        "关怀版",
        "elder",
        "elder version",
        "large text",
    ];
    let lang = chrome.lang;
    let typed = page.query.text.to_lowercase();
    (chrome.size == Size::Normal && ASKED.contains(&typed.as_str())).then(|| {
        view! {
            <p class="notice">
                <a class="button" href=href::look(chrome, "size", "elder")>{lang.pick("打开长辈版", "Switch to the elder version")}</a>
                " "
                {lang.pick("字更大，按钮更大，页面更简单。", "Larger letters, larger buttons, simpler pages.")}
            </p>
        }
        .into_any()
    })
}

/// Who types the name of a county or prefecture is offered its page.
fn region(page: &SearchPage) -> Option<AnyView> {
    let lang = page.query.lang;
    let found = domain::region::called(&page.query.text);
    (!found.is_empty()).then(|| {
        let links = found.iter().map(|region| {
            let name = region.name.get(lang);
            let words = lang.pick(format!("{name}：那里的一切"), format!("{name}: everything there"));
            view! { <a class="button" href=region.path(lang)>{words}</a> " " }
        });
        view! { <p class="notice">{links.collect::<Vec<_>>()}</p> }.into_any()
    })
}

/// What was asked beyond the page's own kind.
fn asked(page: &SearchPage) -> Query {
    let kinds = if page.fixed_kind.is_some() { vec![] } else { page.query.kinds.clone() };
    Query { kinds, ..page.query.clone() }
}

fn title(chrome: &Chrome, page: &SearchPage) -> String {
    let lang = chrome.lang;
    let text = &page.query.text;
    match (page.fixed_kind, text.is_empty()) {
        (Some(kind), true) => kind.label(lang).to_owned(),
        (Some(kind), false) => {
            let label = kind.label(lang);
            lang.pick(format!("{label}里的“{text}”"), format!("{label}: “{text}”"))
        }
        (None, true) => lang.pick("搜索湖南", "Search Hunan").to_owned(),
        (None, false) => lang.pick(format!("搜索“{text}”"), format!("Search: “{text}”")),
    }
}

/// How many there are and in which order they stand.
fn count(chrome: &Chrome, page: &SearchPage) -> Option<AnyView> {
    if page.total == 0 {
        return None;
    }
    let lang = chrome.lang;
    let total = page.total;
    let count = lang.pick(format!("共{total}条"), if total == 1 { "1 result".to_owned() } else { format!("{total} results") });
    let sorts: Vec<_> = Sort::ALL
        .into_iter()
        .filter(|sort| *sort != Sort::Distance || page.query.near.is_some())
        .map(|sort| {
            let query = Query { sort, page: 1, ..page.query.clone() };
            let current = (sort == page.query.sort).then_some("true");
            view! { <li><a href=href::results(lang, page.fixed_kind, &query) aria-current=current>{sort.label(lang)}</a></li> }
        })
        .collect();
    let view = view! {
        <div class="results__head">
            <p class="results__count">{count}</p>
            <nav class="results__sort no-print" aria-label=lang.pick("排序", "Order")>
                <ul class="chips">{sorts}</ul>
            </nav>
        </div>
    };
    Some(view.into_any())
}

fn found(chrome: &Chrome, page: &SearchPage) -> AnyView {
    if page.total == 0 {
        return nothing(chrome, page);
    }
    if page.groups.is_empty() { results(chrome, page) } else { groups(chrome, page) }
}

fn results(chrome: &Chrome, page: &SearchPage) -> AnyView {
    let lang = chrome.lang;
    if page.hits.is_empty() {
        let first = href::results(lang, page.fixed_kind, &Query { page: 1, ..page.query.clone() });
        return view! {
            <div class="empty">
                <p>{lang.pick("没有这么多页。", "There are not that many pages.")}</p>
                <p><a class="button" href=first>{lang.pick("回到第一页", "Go to the first page")}</a></p>
            </div>
        }
        .into_any();
    }
    view! {
        <section class="results" aria-labelledby="results-title">
            <h2 id="results-title" class="visually-hidden">{lang.pick("结果", "Results")}</h2>
            {ui::cards(chrome, "", &page.hits)}
        </section>
        {ui::pager(chrome, page.fixed_kind, &page.query, page.total)}
    }
    .into_any()
}

fn groups(chrome: &Chrome, page: &SearchPage) -> AnyView {
    let groups: Vec<_> =
        page.groups.iter().filter_map(|(kind, total, cards)| group(chrome, page, *kind, *total, cards)).collect();
    view! { <div class="groups">{groups}</div> }.into_any()
}

fn group(chrome: &Chrome, page: &SearchPage, kind: Kind, total: u64, cards: &[ListingCard]) -> Option<AnyView> {
    let lang = chrome.lang;
    let label = kind.label(lang);
    let rest = Query { kinds: vec![kind], page: 1, ..page.query.clone() };
    let more = (total > cards.len() as u64).then(|| {
        let words = lang.pick(format!("看全部{total}条{label}"), format!("See all {total}: {label}"));
        (href::search(lang, &rest), words)
    });
    let title = lang.pick(format!("{label}（{total}）"), format!("{label} ({total})"));
    ui::section(chrome, Section { id: kind.plural(), title, intro: None, cards, more })
}

fn nothing(chrome: &Chrome, page: &SearchPage) -> AnyView {
    let lang = chrome.lang;
    let typed_only = Query { text: page.query.text.clone(), lang: page.query.lang, ..Query::default() };
    let has_filters = asked(page).has_filters();
    let clear = has_filters.then(|| {
        let href = href::results(lang, page.fixed_kind, &typed_only);
        view! { <li><a href=href>{lang.pick("去掉所有筛选条件", "Remove all filters")}</a></li> }
    });
    let everywhere = page.fixed_kind.map(|_| {
        view! { <li><a href=href::search(lang, &typed_only)>{lang.pick("在所有栏目里找", "Search everything")}</a></li> }
    });
    let ideas = Section {
        id: "ideas",
        title: lang.pick("看看这些", "You might like these").to_owned(),
        intro: None,
        cards: &page.ideas,
        more: None,
    };
    view! {
        <div class="empty">
            <h2>{lang.pick("没有找到", "Nothing found")}</h2>
            <ul>
                {clear}
                {everywhere}
                <li>{lang.pick("换一个短一点的词，拼音和首字母也可以：凤凰、fenghuang、fh。", "Try a shorter word; pinyin and initials work too: fenghuang, fh.")}</li>
                <li><a href=href::page(lang, href::COUNTIES)>{lang.pick("按县区看", "Browse by county")}</a></li>
            </ul>
        </div>
        {ui::section(chrome, ideas)}
    }
    .into_any()
}
