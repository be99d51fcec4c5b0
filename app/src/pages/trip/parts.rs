//! The parts of a trip's page: on a phone they stand one below the other, and nobody likes to look for the last.

use domain::Lang;
use leptos::prelude::*;

use super::day_name;
use crate::views::Plan;

/// A row of more days would be as long as what it spares.
const MOST_DAYS_NAMED: usize = 10;

/// `has_map`: a map is drawn.
pub(super) fn parts(lang: Lang, plan: &Plan, has_map: bool) -> AnyView {
    let days = plan.trip.days.len();
    let days = (0..if days <= MOST_DAYS_NAMED { days } else { 0 }).map(|day| (format!("day-{}", day + 1), day_name(lang, day)));
    let others = [
        ("map", lang.pick("地图", "Map")),
        ("costs", lang.pick("费用", "Costs")),
        ("settings", lang.pick("日期人数", "Dates and people")),
        ("exports", lang.pick("带走", "Files and print")),
        ("along", lang.pick("没信号时", "Without signal")),
        ("sharing", lang.pick("给别人看", "Share")),
    ];
    let others = others.into_iter().filter(|(id, _)| has_map || *id != "map").map(|(id, name)| (id.to_owned(), name.to_owned()));
    let links: Vec<_> = days.chain(others).map(|(id, name)| view! { <li><a href=format!("#{id}")>{name}</a></li> }).collect();
    view! {
        <nav class="trip__parts no-print" aria-label=lang.pick("本页各部分", "Parts of this page")>
            <ul>{links}</ul>
        </nav>
    }
    .into_any()
}
