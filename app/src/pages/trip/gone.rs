//! A trip that the site does not have any more, or not for this device, while this device still has it: made on the device, for nobody
//! else knows.

use leptos::prelude::*;

use crate::document::{Head, document};
use crate::href;
use crate::ui::{self, Crumb, hidden};
use crate::views::{Chrome, GonePage};

pub fn render(chrome: &Chrome, page: &GonePage) -> String {
    let lang = chrome.lang;
    let title = lang.pick("服务器上没有这个行程了", "The server does not have this trip any more");
    let text = lang.pick(
        "它被删掉了，或者不再属于这部设备：你被移出了行程，或者这个浏览器的数据清过。存在这部设备上的那一份还在，没有信号时仍能看。",
        "It was deleted, or is no longer this device's: you were taken out of it, or the data of this browser were cleared. What this device has kept is still here, and can be read where there is no signal.",
    );
    let head = Head { noindex: true, homeless: true, ..Head::new(title, text) };
    document(chrome, head, || {
        let waiting: Vec<_> = page.waiting.iter().map(|said| view! { <li>{said.get(lang).to_owned()}</li> }).collect();
        let waiting = (!waiting.is_empty()).then(|| {
            let count = waiting.len();
            let never = lang.pick(
                format!("有{count}处修改再也发不出去了。要留着的，先抄下来："),
                format!("Changes that can never be sent: {count}. Write down what you want to keep:"),
            );
            view! {
                <section class="section" aria-labelledby="unsent-title">
                    {ui::heading("unsent", lang.pick("没有发出的修改", "What was not sent"))} <p>{never}</p>
                    <ul class="trip__changes">{waiting}</ul>
                </section>
            }
        });
        view! {
            {ui::breadcrumb(chrome, vec![Crumb::link(lang.pick("我的行程", "My trips"), href::page(lang, href::TRIPS)), Crumb::here(title)])}
            <h1>{title}</h1>
            <p class="trip__wanted">{page.title.clone()}</p>
            <p role="status">{text}</p>
            {waiting}
            <form class="section__more" method="post" action=href::trip(lang, &page.id, "/unsent")>
                {hidden("forget", "1".to_owned())}
                <button class="button" type="submit">{lang.pick("从这部设备删掉", "Remove it from this device")}</button>
            </form>
        }
    })
}
