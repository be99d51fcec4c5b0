//! On paper: two sheets of A4 for three days, readable without a phone.

use domain::navigation::{MapApp, map_link};
use domain::time::say_day;
use domain::trip::Where;
use domain::trip::clock::say_minutes;
use domain::trip::plan::Group;
use domain::trip::timeline::Move;
use leptos::prelude::*;

use super::numbers::NUMBERS;
use super::stop::say_way;
use super::{called, day_name, map, stop_number, summary};
use crate::document::{Head, document};
use crate::map::days_map;
use crate::pages::listing::qr;
use crate::ui;
use crate::views::{Chrome, Plan};

/// `back` is where the trip itself is; `group` is printed for whoever plans the trip, and not for all who may look at it.
pub fn render(chrome: &Chrome, plan: &Plan, back: &str, group: Option<&Group>) -> String {
    let lang = chrome.lang;
    let head = Head { noindex: true, homeless: true, print: true, ..Head::new(plan.trip.title.clone(), summary(plan, lang)) };
    document(chrome, head, || {
        let days: Vec<_> = (0..plan.trip.days.len()).map(|index| day(chrome, plan, index)).collect();
        let numbers: Vec<_> = NUMBERS
            .iter()
            .map(|(number, zh, en)| {
                let said = format!(" {}", lang.pick(*zh, *en));
                view! { <li><strong>{*number}</strong>{said}</li> }
            })
            .collect();
        let drawn = map::drawn(lang, plan);
        let map = (!drawn.points.is_empty()).then(|| {
            let map = days_map(lang, &drawn.points, &drawn.marks, &drawn.ways, &[], "map-trip");
            view! { <div class="sheet__map">{map}</div> }
        });
        let hint = lang.pick(
            "用浏览器的打印功能打印；三天的行程一般两页。路上的时间是估算。",
            "Print it with your browser; three days take two pages as a rule. Times on the road are estimates.",
        );
        view! {
            <article class="sheet">
                <header class="sheet__head">
                    <h1>{plan.trip.title.clone()}</h1>
                    <p>{summary(plan, lang)} " · " {plan.budget.say(lang)}</p>
                    {group.map(|group| view! { <p>{group.say(lang)}</p> })}
                    <p class="no-print">{hint} " " <a href=back.to_owned()>{lang.pick("回到行程", "Back to the trip")}</a></p>
                    <ul class="sheet__numbers" aria-label=lang.pick("紧急电话", "Emergency numbers")>{numbers}</ul>
                </header>
                {map}
                {days}
                <p class="sheet__note"><small>{lang.pick("路上的时间是估算，出发前请确认开放时间。", "Times on the road are estimates; ask about opening hours before you set out.")}</small></p>
            </article>
        }
    })
}

fn day(chrome: &Chrome, plan: &Plan, index: usize) -> AnyView {
    let lang = chrome.lang;
    let (it, times) = (&plan.trip.days[index], &plan.adaptation.report.days[index]);
    let stops: Vec<_> = it
        .visits
        .iter()
        .zip(&times.stops)
        .enumerate()
        .map(|(place, (visit, over))| {
            let located = visit.at.locate(&plan.facts);
            let sample = located.sample.then(|| view! { " " {ui::sample_badge(lang)} });
            let county = located.region.map(|region| region.name.get(lang).to_owned());
            let mut meta: Vec<String> = county.into_iter().collect();
            meta.extend((over.way != Move::Here).then(|| say_way(lang, over.way)));
            meta.extend((!visit.note.is_empty()).then(|| visit.note.clone()));
            let warned = plan.adaptation.report.breaches.iter().filter(|breach| breach.visit == Some(visit.id));
            let warned: Vec<_> = warned.map(|breach| breach.text(&plan.trip, &plan.facts).get(lang).to_owned()).collect();
            let warned =
                (!warned.is_empty()).then(|| view! { <span class="sheet__warning">{warned.join(lang.pick("；", "; "))}</span> });
            let code = code(chrome, plan, &visit.at).map(|code| view! { <span class="sheet__code" inner_html=code></span> });
            let times = format!("{}–{}", say_minutes(over.step.begin), say_minutes(over.step.end));
            view! {
                <li class="sheet__stop">
                    <span class="sheet__number" aria-hidden="true">{stop_number(plan, index, place)}</span>
                    <span class="sheet__text">
                        <strong>{times}</strong> " " <strong>{ui::translated(&located.name, lang)}</strong>{sample}
                        <small>{meta.join(" · ")}</small>
                        {warned}
                    </span>
                    {code}
                </li>
            }
        })
        .collect();
    let (name, date) = (day_name(lang, index), say_day(plan.trip.date(index), lang));
    let (_, home) = times.home;
    let end = it.end.as_ref().map(|place| called(lang, plan, place)).unwrap_or_default();
    let light = lang.pick(
        format!("{}出发，{}结束 {end}；日落{}", it.from, say_minutes(home.arrive), say_minutes(times.daylight.sunset)),
        format!("leave {}, over {} {end}; sunset {}", it.from, say_minutes(home.arrive), say_minutes(times.daylight.sunset)),
    );
    view! {
        <section class="sheet__day">
            <h2>{name} <small>{date}</small></h2>
            <p><small>{light}</small></p>
            <ol class="sheet__stops">{stops}</ol>
        </section>
    }
    .into_any()
}

/// To the page of a place; to a map for a place of one's own.
fn code(chrome: &Chrome, plan: &Plan, place: &Where) -> Option<std::sync::Arc<str>> {
    let lang = chrome.lang;
    let listing = match place {
        Where::Listing(id) => plan.listings.get(id),
        _ => None,
    };
    let address = match listing {
        Some(listing) => format!("{}{}", chrome.base_url, listing.path(lang)),
        None => {
            let located = place.locate(&plan.facts);
            let county = located.region.map_or("湖南省", |region| &region.name.zh);
            map_link(MapApp::Amap, &located.name.zh, county, located.position)
        }
    };
    qr::svg(&address, lang.pick("二维码", "QR code"))
}
