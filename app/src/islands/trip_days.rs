//! Stops of a trip moved by hand: dragged by a handle with mouse or finger, or lifted and carried with the keys.
//!
//! Everything it does, buttons do too. A drop sends the form that holds the page's version and key, with the same edit that a button
//! sends, so what is shown afterwards is the server's answer. Nothing is kept here but where one was on the page.

mod carry;
#[cfg(feature = "hydrate")]
mod hand;
#[cfg(feature = "hydrate")]
mod memory;
#[cfg(feature = "hydrate")]
mod room;

use leptos::prelude::*;

/// Wraps the days, each a `.trip__day` with stops `.trip__stop` whose ids are `stop-5`.
#[island]
pub fn TripDays(children: Children) -> impl IntoView {
    let root = NodeRef::<leptos::html::Div>::new();

    #[cfg(feature = "hydrate")]
    root.on_load(|root| hand::attend(&root));

    view! {
        <div class="trip__hand" node_ref=root>
            {children()}
        </div>
    }
}
