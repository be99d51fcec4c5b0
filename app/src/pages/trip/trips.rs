//! The trips of this device.

use domain::time::{say_day, shanghai};
use leptos::prelude::*;

use crate::document::{Head, document};
use crate::href;
use crate::ui::{self, Crumb};
use crate::views::{Chrome, TripLine};

pub fn render(chrome: &Chrome, trips: &[TripLine]) -> String {
    let lang = chrome.lang;
    let title = lang.pick("我的行程", "My trips");
    let description = lang.pick(
        "排几天的行程：每天去哪、几点到、多少钱。不用注册，行程属于这部设备上的浏览器。",
        "Plans of several days: where to go, when one is there, what it costs. No account; trips belong to the browser of this device.",
    );
    let head = Head { noindex: true, ..Head::new(title, description) };
    document(chrome, head, || {
        let items: Vec<_> = trips
            .iter()
            .map(|trip| {
                let (from, days, stops) = (say_day(trip.starts, lang), trip.days, trip.stops);
                let changed = trip.changed_at.with_timezone(&shanghai());
                let (day, clock) = (say_day(changed.date_naive(), lang), changed.format("%H:%M"));
                let said = lang.pick(
                    format!("{from}出发，{days}天，{stops}站；{day}{clock}改过"),
                    format!("from {from}, days: {days}, stops: {stops}; last changed {day} at {clock}"),
                );
                view! {
                    <li class="trip-list__item">
                        <h2><a href=href::trip(lang, &trip.id, "")>{trip.title.clone()}</a></h2>
                        <p>{said}</p>
                    </li>
                }
            })
            .collect();
        let none = items
            .is_empty()
            .then(|| view! { <p>{lang.pick("这部设备上还没有行程。", "There are no trips on this device yet.")}</p> });
        view! {
            {ui::breadcrumb(chrome, vec![Crumb::here(title)])}
            <h1>{title}</h1>
            <p>{description}</p>
            {none}
            <ul class="trip-list">{items}</ul>
            <p><a class="button" href=href::page(lang, href::NEW_TRIP)>{lang.pick("新的行程", "A new trip")}</a></p>
        }
    })
}
