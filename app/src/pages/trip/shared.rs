//! A trip as others see it through a link.

use domain::time::say_day;
use leptos::prelude::*;

use super::{days, head_part, in_app, map, money, summary, today_link, whole};
use crate::document::{Head, document};
use crate::href;
use crate::ui::{self, Crumb};
use crate::views::{Chrome, SharedTripPage};

pub fn render(chrome: &Chrome, page: &SharedTripPage) -> String {
    let (lang, plan, link) = (chrome.lang, &page.plan, &page.link);
    let head = Head { noindex: true, homeless: true, ..Head::new(plan.trip.title.clone(), summary(plan, lang)) };
    document(chrome, head, || {
        let until = say_day(link.until, lang);
        let said = lang.pick(
            format!("别人分享给你看的行程，{until}前有效。"),
            format!("A trip that somebody shows you; the link holds until {until}."),
        );
        let button = |what: &str, label: &'static str| {
            view! {
                <form method="post" action=href::shared_trip(lang, &link.token, what)>
                    <button class="button" type="submit">{label}</button>
                </form>
            }
        };
        view! {
            {ui::breadcrumb(chrome, vec![Crumb::here(plan.trip.title.clone())])}
            <article class="trip">
                {head_part(lang, plan)}
                <p>{said}</p>
                <div class="trip__tools no-print">
                    {button("/copy", lang.pick("复制成我的行程", "Copy this trip as my own"))}
                    {link.edits.then(|| button("/join", lang.pick("一起修改", "Change it together")))}
                </div>
                {today_link(chrome, plan, &href::shared_trip(lang, &link.token, ""))}
                {whole(lang, plan, None)}
                {days(chrome, plan, None)}
                {map::section(chrome, plan, &[])}
                {money::costs(lang, plan)}
                {in_app::shared_exports(chrome, &link.token, plan.trip.days.len())}
            </article>
        }
    })
}
