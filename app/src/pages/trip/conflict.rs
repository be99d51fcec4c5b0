//! Two have changed one trip: what the other did, and what one wanted, which is still to be had.

use domain::Lang;
use leptos::prelude::*;

use crate::document::{Head, document};
use crate::href;
use crate::ui::{self, Crumb, hidden};
use crate::views::{Chrome, ConflictPage, Late};

pub fn render(chrome: &Chrome, page: &ConflictPage) -> String {
    let lang = chrome.lang;
    let (title, text) = said(lang, page);
    let head = Head { noindex: true, homeless: true, ..Head::new(title, text) };
    document(chrome, head, || {
        let since: Vec<_> = page.since.iter().map(|said| view! { <li>{said.get(lang).to_owned()}</li> }).collect();
        let more = page.more.then(|| view! { <p>{lang.pick("更早还有别的修改。", "There were earlier changes too.")}</p> });
        let since = (!since.is_empty()).then(|| {
            view! { <h2>{lang.pick("别人改了", "What was changed")}</h2> <ul class="trip__changes">{since}</ul> {more} }
        });
        let trip = href::trip(lang, &page.id, "");
        let again = match &page.refused {
            None => view! {
                <form method="post" action=href::trip(lang, &page.id, "/edit")>
                    {marks(page)}
                    {hidden("key", page.key.clone())}
                    {hidden("edit", page.edit.clone())}
                    <button class="button" type="submit">{lang.pick("在新的版本上照做", "Do it on the new version")}</button>
                </form>
            }
            .into_any(),
            Some(problem) => {
                let said = problem.say(lang).to_owned();
                view! { <p>{lang.pick("在新的版本上做不了：", "It cannot be done on the new version: ")}{said}</p> }.into_any()
            }
        };
        let leave = match &page.late {
            None => {
                let leave = lang.pick("不改了，看现在的行程", "Leave it; show the trip as it is");
                view! { <p><a class="button button--quiet" href=trip.clone()>{leave}</a></p> }.into_any()
            }
            Some(late) => leave_late(lang, page, late),
        };
        view! {
            {ui::breadcrumb(chrome, vec![Crumb::link(page.title.clone(), trip), Crumb::here(title)])}
            <h1>{title}</h1>
            <p role="status">{text}</p>
            {since}
            <h2>{lang.pick("你想改", "What you wanted")}</h2>
            <p class="trip__wanted">{page.wanted.get(lang).to_owned()}</p>
            {again}
            {leave}
        }
    })
}

fn said(lang: Lang, page: &ConflictPage) -> (&'static str, &'static str) {
    match (&page.late, page.since.is_empty() && !page.more) {
        (None, _) => (
            lang.pick("行程刚刚被改过", "The trip has just been changed"),
            lang.pick(
                "在你打开之后，另一部设备或另一个窗口改了这个行程。你的修改还没有做，也没有丢。",
                "After you opened it, another device or window changed this trip. What you wanted is not done yet, and not lost.",
            ),
        ),
        (Some(_), false) => (
            lang.pick("没有信号时，行程在别处改过", "While you had no signal, the trip was changed elsewhere"),
            lang.pick(
                "你没有信号的时候，另一部设备改了这个行程。你的修改还存在这部设备上，没有丢；请决定要不要。",
                "While you had no signal, another device changed this trip. What you changed is still on this device and not lost; please decide about it.",
            ),
        ),
        (Some(_), true) => (
            lang.pick("有一处修改发不出去", "A change cannot be made"),
            lang.pick(
                "没有信号时做的这处修改，现在做不成。它还存在这部设备上，没有丢；请决定要不要。",
                "What you changed without signal cannot be made now. It is still on this device and not lost; please decide about it.",
            ),
        ),
    }
}

/// What a form says of where it stands: the version and, of what was made without signal, which change it is.
fn marks(page: &ConflictPage) -> AnyView {
    let late = page.late.map(|late| hidden("unsent", late.number.to_string()));
    view! { {hidden("version", page.version.to_string())} {late} }.into_any()
}

/// On the device it waits until it is done or dropped; the device's worker takes the form.
fn leave_late(lang: Lang, page: &ConflictPage, late: &Late) -> AnyView {
    let behind = (late.behind > 0).then(|| {
        let behind = late.behind;
        let said = lang.pick(
            format!("后面还有{behind}处修改等着，这一处决定了再发。"),
            format!("Changes that wait behind this one until you have decided: {behind}."),
        );
        view! { <p>{said}</p> }
    });
    view! {
        {behind}
        <form method="post" action=href::trip(lang, &page.id, "/unsent")>
            {marks(page)}
            <button class="button button--quiet" type="submit" name="drop" value="1">
                {lang.pick("这一处不要了", "Drop this change")}
            </button>
        </form>
        <p><a href=href::trip(lang, &page.id, "?later=1")>{lang.pick("以后再决定，先看现在的行程", "Decide later; show the trip as it is now")}</a></p>
    }
    .into_any()
}
