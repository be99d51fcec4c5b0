//! Into which trip, and on which day?

use leptos::prelude::*;

use crate::document::{Head, document};
use crate::href;
use crate::ui::{self, Crumb};
use crate::views::{AddToTripPage, Chrome, TripTarget};

pub fn render(chrome: &Chrome, page: &AddToTripPage) -> String {
    let (lang, listing) = (chrome.lang, &page.listing);
    let title = lang.pick("加入行程", "Add to a trip");
    let name = listing.title.get(lang).to_owned();
    let head = Head { noindex: true, homeless: true, ..Head::new(format!("{title}{}{name}", lang.pick("：", ": ")), name) };
    document(chrome, head, || {
        let trips: Vec<_> = page
            .trips
            .iter()
            .map(|trip| {
                let target = TripTarget {
                    id: trip.id.clone(),
                    title: trip.title.clone(),
                    version: trip.version,
                    days: trip.days,
                    key: page.key.clone(),
                };
                let button = lang.pick(format!("加入“{}”", trip.title), format!("Add to “{}”", trip.title));
                let heading = format!("trip-{}", trip.id);
                view! {
                    <li class="trip-list__item">
                        <h2 id=heading>{trip.title.clone()}</h2>
                        {ui::add_form(lang, &target, listing, format!("day-of-{}", trip.id), button, None)}
                    </li>
                }
            })
            .collect();
        let new = format!("{}?add={}", href::page(lang, href::NEW_TRIP), listing.id.as_str());
        view! {
            {ui::breadcrumb(chrome, vec![Crumb::link(listing.title.get(lang), listing.path(lang)), Crumb::here(title)])}
            <h1>{title}</h1>
            <p>
                <a href=listing.path(lang)>{ui::translated(&listing.title, lang)}</a>
                {listing.sample.then(|| view! { " " {ui::sample_badge(lang)} })}
            </p>
            <ul class="trip-list">{trips}</ul>
            <p><a class="button" href=new>{lang.pick("放进新的行程", "Put it into a new trip")}</a></p>
        }
    })
}
