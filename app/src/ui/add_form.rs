//! Adds a listing to a trip that is on the device.

use domain::listing::Listing;
use leptos::prelude::*;

use super::hidden;
use crate::href;
use crate::views::{Chrome, TripTarget};

/// A form to the trip itself: where there is no signal nobody can be asked which trip and which day.
pub fn add_form(chrome: &Chrome, target: &TripTarget, listing: &Listing) -> AnyView {
    let lang = chrome.lang;
    let id = format!("day-for-{}", listing.id);
    let name = listing.title.get(lang);
    let days: Vec<_> = (1..=target.days)
        .map(|day| view! { <option value=day.to_string()>{lang.pick(format!("第{day}天"), format!("Day {day}"))}</option> })
        .collect();
    // It begins with what is seen, so that whoever speaks to the device can say that.
    let label = lang.pick(format!("加入行程“{}”：{name}", target.title), format!("Add to the trip “{}”: {name}", target.title));
    view! {
        <form class="form form--row no-print" method="post" action=href::trip(lang, &target.id, "/edit")>
            {hidden("version", target.version.to_string())}
            {hidden("key", target.key.clone())}
            {hidden("set", "add")}
            {hidden("listing", listing.id.as_str())}
            <div class="form__row">
                <label for=id.clone()>{lang.pick("哪一天", "Which day")}</label>
                <select class="field" id=id name="day">{days}</select>
            </div>
            <button class="button" type="submit" aria-label=label>{lang.pick("加入行程", "Add to the trip")}</button>
        </form>
    }
    .into_any()
}
