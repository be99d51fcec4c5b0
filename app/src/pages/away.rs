//! What a device can show where there is no signal: the trips that were taken along.

use leptos::prelude::*;

use crate::document::{Head, document};
use crate::href;
use crate::ui::{self, Crumb};
use crate::views::{AwayPage, Chrome};

pub fn render(chrome: &Chrome, page: &AwayPage) -> String {
    let lang = chrome.lang;
    let (title, text) = if page.asked_for_trips {
        let text = lang.pick(
            "没有信号：这里只有存在这部设备上的行程。",
            "There is no signal: these are the trips that are kept on this device.",
        );
        (lang.pick("我的行程", "My trips"), text)
    } else {
        let text = lang.pick(
            "要看的这一页没有存在这部设备上。填过的表单没有丢：按浏览器的“返回”还在。",
            "The page you wanted is not kept on this device. A form you filled in is not lost: it is there when you go back.",
        );
        (lang.pick("没有信号", "No signal"), text)
    };
    let head = Head { noindex: true, homeless: true, ..Head::new(title, text) };
    document(chrome, head, || {
        let items: Vec<_> = page
            .trips
            .iter()
            .map(|kept| {
                let time = ui::say_moment(kept.kept_at, lang);
                let said = lang.pick(format!("存于{time}"), format!("kept at {time}"));
                let unsent = (kept.unsent > 0).then(|| {
                    let unsent = kept.unsent;
                    lang.pick(format!("，{unsent}处修改还没有发出"), format!(", changes not sent yet: {unsent}"))
                });
                view! {
                    <li class="trip-list__item">
                        <h2><a href=href::trip(lang, &kept.id, "")>{kept.title.clone()}</a></h2>
                        <p>{said}{unsent}</p>
                    </li>
                }
            })
            .collect();
        let kept = if items.is_empty() {
            view! { <p>{lang.pick("这部设备上没有存行程。", "No trip is kept on this device.")}</p> }.into_any()
        } else {
            let search = lang.pick("搜行程途经的县市", "Search the counties on the way");
            view! {
                <section class="section" id="kept" aria-labelledby="kept-title">
                    {ui::heading("kept", lang.pick("存着的行程", "Trips that are kept"))}
                    <ul class="trip-list">{items}</ul>
                    <p class="section__more"><a class="button button--quiet" href=href::page(lang, href::SEARCH)>{search}</a></p>
                </section>
            }
            .into_any()
        };
        view! {
            {ui::breadcrumb(chrome, vec![Crumb::here(title)])}
            <h1>{title}</h1>
            <p role="status">{text}</p>
            {kept}
            <p><a class="button" href=href::page(lang, &chrome.path)>{lang.pick("再试一次", "Try again")}</a></p>
        }
    })
}
