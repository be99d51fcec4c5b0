//! Two have changed one trip: what the other did, and what one wanted, which is still to be had.

use leptos::prelude::*;

use crate::document::{Head, document};
use crate::href;
use crate::ui::{self, Crumb, hidden};
use crate::views::{Chrome, ConflictPage};

pub fn render(chrome: &Chrome, page: &ConflictPage) -> String {
    let lang = chrome.lang;
    let title = lang.pick("行程刚刚被改过", "The trip has just been changed");
    let text = lang.pick(
        "在你打开之后，另一部设备或另一个窗口改了这个行程。你的修改还没有做，也没有丢。",
        "After you opened it, another device or window changed this trip. What you wanted is not done yet, and not lost.",
    );
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
                    {hidden("version", page.version.to_string())}
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
        view! {
            {ui::breadcrumb(chrome, vec![Crumb::link(page.title.clone(), trip.clone()), Crumb::here(title)])}
            <h1>{title}</h1>
            <p role="status">{text}</p>
            {since}
            <h2>{lang.pick("你想改", "What you wanted")}</h2>
            <p class="trip__wanted">{page.wanted.get(lang).to_owned()}</p>
            {again}
            <p><a class="button button--quiet" href=trip>{lang.pick("不改了，看现在的行程", "Leave it; show the trip as it is")}</a></p>
        }
    })
}
