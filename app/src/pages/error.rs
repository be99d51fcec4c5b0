//! Something went wrong: what happened, and the way on.

use domain::Lang;
use leptos::prelude::*;

use crate::document::{Head, document};
use crate::href;
use crate::ui;
use crate::views::{Chrome, ErrorPage};

pub fn render(chrome: &Chrome, page: &ErrorPage) -> String {
    let lang = chrome.lang;
    let (title, usual, next) = words(page.status, lang);
    let sentence = page.sentence.clone().unwrap_or_else(|| usual.to_owned());
    let head = Head { noindex: true, homeless: true, own_search: true, ..Head::new(title, sentence.clone()) };
    document(chrome, head, || {
        let details = (!page.problems.is_empty()).then(|| {
            let items: Vec<_> = page.problems.iter().map(|problem| view! { <li>{problem.say(lang).to_owned()}</li> }).collect();
            view! { <ul>{items}</ul> }
        });
        let reference = page.request_id.clone().map(|id| {
            view! { <p class="error-page__reference">{lang.pick("求助时请报这个编号：", "Quote this number when you ask for help: ")} <code>{id}</code></p> }
        });
        view! {
            <section class="section error-page" aria-labelledby="error-title">
                <h1 id="error-title">{title}</h1>
                <p>{sentence}</p>
                {details}
                <p>{next}</p>
                {ui::search_form(chrome, "", "error-page__search")}
                <ul class="error-page__ways">
                    <li><a href=href::page(lang, href::HOME)>{lang.pick("回首页", "Go to the home page")}</a></li>
                    <li><a href=href::page(lang, href::COUNTIES)>{lang.pick("按县区看", "Browse by county")}</a></li>
                    <li><a href=href::page(lang, href::SEARCH)>{lang.pick("看全部条目", "See everything")}</a></li>
                </ul>
                {reference}
            </section>
        }
    })
}

/// Title, what happened, and what to do next.
fn words(status: u16, lang: Lang) -> (&'static str, &'static str, &'static str) {
    match status {
        400 => (
            lang.pick("这个地址读不懂", "This address cannot be read"),
            lang.pick("地址里有我们不认识的内容。", "There is something in the address that we do not understand."),
            lang.pick("改一改地址，或者重新搜索。", "Correct it, or search again."),
        ),
        404 | 410 => (
            lang.pick("没有这一页", "There is no such page"),
            lang.pick(
                "它可能改了名字、已经撤下，或者地址写错了。",
                "It may have been renamed or withdrawn, or the address has a slip in it.",
            ),
            lang.pick("搜一下，或从下面走。", "Search for it, or take one of the ways below."),
        ),
        429 => (
            lang.pick("请稍等一会儿", "One moment, please"),
            lang.pick("从你的网络来的请求太多太快。", "Too many requests came from your network too quickly."),
            lang.pick("等几秒钟再刷新，什么都没有丢。", "Wait a few seconds and reload; nothing is lost."),
        ),
        503 => (
            lang.pick("暂时不能回答", "Not available just now"),
            lang.pick(
                "网站正在启动，或者资料库暂时连不上。",
                "The site is starting, or its database cannot be reached at the moment.",
            ),
            lang.pick("一会儿会自己恢复，请过一分钟再刷新。", "It mends itself; please reload in a minute."),
        ),
        status if (400..500).contains(&status) => (
            lang.pick("这个请求没法处理", "This request cannot be handled"),
            lang.pick("请求的方式或大小不对。", "Its method or its size is not one we accept."),
            lang.pick("重新搜索，或从下面走。", "Search again, or take one of the ways below."),
        ),
        _ => (
            lang.pick("网站出错了", "Something broke here"),
            lang.pick("是我们的问题，不是你的。", "It is our fault, not yours."),
            lang.pick(
                "刷新试试；如果还不行，请报错并附上下面的编号。",
                "Try to reload; if it happens again, report it with the number below.",
            ),
        ),
    }
}
