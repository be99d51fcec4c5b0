//! Adds a listing to a trip that is known: the device's own list of trips, or where there is no signal to ask for one.

use domain::Lang;
use domain::listing::Listing;
use leptos::prelude::*;

use super::hidden;
use crate::href;
use crate::views::TripTarget;

/// Asks on which day. `id` is the field's, once on the page; `label` is for those who hear the button without what stands around it,
/// and begins with what is seen on it.
pub fn add_form(
    lang: Lang,
    target: &TripTarget,
    listing: &Listing,
    id: String,
    button: String,
    label: Option<String>,
) -> AnyView {
    let days: Vec<_> = (1..=target.days)
        .map(|day| view! { <option value=day.to_string()>{lang.pick(format!("第{day}天"), format!("Day {day}"))}</option> })
        .collect();
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
            <button class="button" type="submit" aria-label=label>{button}</button>
        </form>
    }
    .into_any()
}

/// To the trip on the device: where there is no signal nobody can be asked which one.
pub fn add_to_kept_trip(lang: Lang, target: &TripTarget, listing: &Listing) -> AnyView {
    let (id, name) = (format!("day-for-{}", listing.id), listing.title.get(lang));
    let button = lang.pick("加入行程", "Add to the trip");
    let label = lang.pick(format!("{button}“{}”：{name}", target.title), format!("{button} “{}”: {name}", target.title));
    add_form(lang, target, listing, id, button.to_owned(), Some(label))
}
