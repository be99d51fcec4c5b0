//! What this device has saved.

use domain::Lang;
use domain::time::say_day;
use leptos::prelude::*;

use crate::document::{Head, document};
use crate::href;
use crate::ui::{self, Crumb};
use crate::views::{Chrome, ComparePage, SavedItem, SavedPage};

/// The form of the list: everything is done with what is ticked.
const FORM: &str = "chosen";

pub fn render(chrome: &Chrome, page: &SavedPage) -> String {
    let lang = chrome.lang;
    let title = lang.pick("我的收藏", "Saved");
    let description = lang.pick(
        "收藏不用注册，属于这部设备上的浏览器；一年没打开会自动删除。",
        "Nobody needs an account: what you save belongs to the browser of this device, and is deleted after a year without a visit.",
    );
    let head = Head { noindex: true, ..Head::new(title, description) };
    document(chrome, head, || {
        let body = if page.items.is_empty() { nothing(lang) } else { list(lang, page) };
        view! {
            {ui::breadcrumb(chrome, vec![Crumb::here(title)])}
            <h1>{title}</h1>
            <p>{description}</p>
            {said(lang)}
            {body}
        }
    })
}

/// Sentences that show when the address ends with their name: what a form has done.
fn said(lang: Lang) -> AnyView {
    let sentence = |id: &'static str, text: &'static str| {
        view! { <p class="keep__done keep__done--page" id=id tabindex="-1"><strong>{text}</strong></p> }
    };
    view! {
        {sentence("removed", lang.pick("已移出。", "Taken out."))}
        {sentence("cleared", lang.pick("已清空。", "All taken out."))}
        {sentence("none", lang.pick("什么也没有移出：请先勾选。", "Nothing was taken out: tick what is to go first."))}
    }
    .into_any()
}

fn nothing(lang: Lang) -> AnyView {
    view! {
        <div class="empty">
            <p>{lang.pick("这部设备上还没有收藏。", "Nothing is saved on this device yet.")}</p>
            <p>{lang.pick("在任何条目上点“收藏”，就会出现在这里。", "Press “Save” on anything you like, and it stands here.")}</p>
            <p><a class="button" href=href::page(lang, href::SEARCH)>{lang.pick("去搜索", "Search")}</a></p>
        </div>
    }
    .into_any()
}

fn list(lang: Lang, page: &SavedPage) -> AnyView {
    let items: Vec<_> = page.items.iter().map(|item| row(lang, item)).collect();
    let (count, most) = (page.items.len(), page.most);
    let count = lang.pick(format!("共{count}条，最多{most}条。勾选几条，再选要做什么。"), {
        format!("{count} saved, {most} at most. Tick some, then choose what to do.")
    });
    let four = ComparePage::MOST;
    let compare = lang.pick(format!("并排比较（最多{four}条）"), format!("Compare (up to {four})"));
    view! {
        <form id=FORM method="get" action=href::page(lang, href::COMPARE) class="saved">
            <p>{count}</p>
            <ul class="saved__list">{items}</ul>
            <div class="saved__do">
                <button class="button" type="submit" formaction=href::page(lang, href::NEW_TRIP)>
                    {lang.pick("用选中的排行程", "Plan a trip with these")}
                </button>
                <button class="keep__button" type="submit">{compare}</button>
                <button class="keep__button" type="submit" formmethod="post" formaction=href::page(lang, "/saved/remove")>
                    {lang.pick("移出选中的", "Take these out")}
                </button>
            </div>
        </form>
        <details class="trip__more">
            <summary>{lang.pick("全部清空", "Take out everything")}</summary>
            <form method="post" action=href::page(lang, "/saved/clear")>
                <button class="keep__button" type="submit">
                    {lang.pick("确定，全部移出", "Yes, take out everything")}
                </button>
            </form>
        </details>
    }
    .into_any()
}

fn row(lang: Lang, item: &SavedItem) -> AnyView {
    let id = item.id.as_str().to_owned();
    let field = format!("saved-{id}");
    let on = say_day(item.saved_on, lang);
    let on = lang.pick(format!("{on}收藏"), format!("saved on {on}"));
    let said = match &item.listing {
        Some(listing) => {
            let region = listing.region.as_ref().and_then(|code| code.region()).map(|region| region.name.get(lang));
            let facts: Vec<&str> = std::iter::once(listing.kind().label(lang)).chain(region).collect();
            let sample = listing.sample.then(|| view! { " " {ui::sample_badge(lang)} });
            view! {
                <label class="saved__name" for=field.clone()>{ui::translated(&listing.title, lang)}</label>
                {sample}
                <p class="saved__meta">{listing.details.headline(lang)} " · " {facts.join(" · ")} " · " {on}</p>
                <p class="saved__more"><a href=listing.path(lang) aria-label=open(lang, listing.title.get(lang))>{lang.pick("打开", "Open")}</a></p>
            }
            .into_any()
        }
        None => view! {
            <label class="saved__name" for=field.clone()>{ui::translated(&item.title, lang)}</label>
            <p class="saved__meta">
                <strong>{lang.pick("已不在目录里", "No longer in the catalogue")}</strong>
                " · "
                {on}
            </p>
        }
        .into_any(),
    };
    view! {
        <li class="saved__item">
            <input type="checkbox" name="listing" value=id id=field />
            <div>{said}</div>
        </li>
    }
    .into_any()
}

fn open(lang: Lang, name: &str) -> String {
    lang.pick(format!("打开：{name}"), format!("Open: {name}"))
}
