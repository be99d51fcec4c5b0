//! What the bureau recommends and keeps out today, each with its reason: label and reason are public.

use domain::Lang;
use domain::time::say_day;
use leptos::prelude::*;

use crate::ui;
use crate::views::{Decided, DecisionView};

pub fn decisions(lang: Lang, list: &[DecisionView]) -> AnyView {
    let none = list.is_empty().then(|| {
        view! { <p>{lang.pick("今天没有推荐，也没有隐藏。", "Nothing is recommended or hidden today.")}</p> }
    });
    let items: Vec<_> = list.iter().map(|decision| item(lang, decision)).collect();
    let items = (!items.is_empty()).then(|| view! { <ul class="decisions">{items}</ul> });
    let intro = lang.pick(
        "文旅部门可以在有限的日子里，为某些搜索推荐条目（标“推荐”），或者不让条目出现在结果里，也可以不让某些词出现在输入联想里；条目自己的页面还在，搜全名仍然找得到。每一条都写明理由和期限：",
        "For a limited time the bureau may recommend listings for certain searches (they are labelled “Recommended”), keep listings out of results, or keep words from being suggested while typing. A listing’s own page stays, and its whole name still finds it. Each decision states its reason and its end:",
    );
    view! {
        <h2 id="decisions">{lang.pick("人工推荐和隐藏", "Recommended and hidden by hand")}</h2>
        <p>{intro}</p>
        {none}
        {items}
    }
    .into_any()
}

fn item(lang: Lang, decision: &DecisionView) -> AnyView {
    let what = match decision.what {
        Decided::Recommended => lang.pick("推荐", "Recommended"),
        Decided::Hidden => lang.pick("隐藏", "Hidden"),
        Decided::Silenced => lang.pick("不作联想", "Not suggested"),
    };
    let joint = lang.pick("、", ", ");
    let mut listings: Vec<AnyView> = Vec::new();
    for (at, listing) in decision.listings.iter().enumerate() {
        if at > 0 {
            listings.push(joint.into_any());
        }
        listings.push(view! { <a href=listing.path(lang)>{ui::translated(&listing.title, lang)}</a> }.into_any());
    }
    if listings.is_empty() && decision.what != Decided::Silenced {
        listings.push(lang.pick("（条目已不在目录里）", "(no longer in the catalogue)").into_any());
    }
    let searches = match &decision.query {
        // to say it here would be to suggest it
        _ if decision.what == Decided::Silenced => lang.pick("词不在这里重复", "the words are not repeated here").to_owned(),
        None => lang.pick("所有搜索", "all searches").to_owned(),
        Some(query) if decision.whole => lang.pick(format!("只搜“{query}”时"), format!("the search “{query}” alone")),
        Some(query) => lang.pick(format!("含“{query}”的搜索"), format!("searches with “{query}”")),
    };
    let county = decision.county.map(|region| {
        let name = region.name.get(lang);
        lang.pick(format!("，限{name}"), format!(", in {name}"))
    });
    let until = decision.last_day.map(|day| {
        let day = say_day(day, lang);
        lang.pick(format!("，到{day}为止"), format!(", until {day}"))
    });
    view! {
        <li>
            <strong>{what}</strong>
            {lang.pick("：", ": ")}
            {listings}
            {lang.pick("（", " (")}
            {searches}
            {county}
            {until}
            {lang.pick("）。理由：", "). Reason: ")}
            {ui::translated(&decision.reason, lang)}
        </li>
    }
    .into_any()
}
