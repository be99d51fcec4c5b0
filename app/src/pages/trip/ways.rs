//! A day's stops in the map apps, in their order (P12).

use domain::Lang;
use domain::navigation::MapApp;
use domain::navigation::ways::{By, Stop, Way, day_ways};
use domain::trip::plan::{Located, Transport};
use domain::trip::timeline::start_of;
use leptos::prelude::*;

use super::in_app;
use crate::views::{Chrome, Plan};

/// None where the day goes nowhere. A sample has no address, and nobody is sent to one.
pub(super) fn ways(chrome: &Chrome, plan: &Plan, index: usize) -> Option<AnyView> {
    let lang = chrome.lang;
    let day = &plan.trip.days[index];
    let places = start_of(&plan.trip, index).into_iter().chain(day.visits.iter().map(|visit| &visit.at)).chain(day.end.as_ref());
    let mut located: Vec<Located> = places.map(|place| place.locate(&plan.facts)).collect();
    located.dedup_by(|a, b| a.name == b.name && a.position == b.position);
    let (samples, real): (Vec<_>, Vec<_>) = located.into_iter().partition(|place| place.sample);
    if real.len() < 2 {
        return None;
    }
    let stops: Vec<Stop> = real
        .iter()
        .map(|place| Stop {
            name: &place.name.zh,
            in_region: place.region.map_or("湖南省", |region| &region.name.zh),
            position: place.position,
        })
        .collect();
    let by = if plan.trip.transport == Transport::Transit { By::Transit } else { By::Car };
    let body = match chrome.in_app {
        Some(app) => in_app::names_for_maps(lang, app, &real),
        None => {
            let apps: Vec<_> = MapApp::ALL.into_iter().map(|app| by_app(lang, app, &real, &day_ways(app, by, &stops))).collect();
            view! { <ul class="ways">{apps}</ul> }.into_any()
        }
    };
    let rough = stops.iter().any(|stop| !stop.position.is_some_and(|it| it.is_exact()));
    let by_name = (rough && chrome.in_app.is_none()).then(|| {
        let text = lang.pick(
            "位置近似的站点按名称找；标“搜索”的链接只找到那一站，路线在地图里点“到这去”。",
            "Stops whose position is approximate are looked up by name. A link marked “search” only finds the stop; ask for the way in the app.",
        );
        view! { <p><small>{text}</small></p> }
    });
    let left_out = (!samples.is_empty()).then(|| {
        let names: Vec<&str> = samples.iter().map(|place| place.name.get(lang)).collect();
        let names = names.join(lang.pick("、", ", "));
        let text = lang
            .pick(format!("示例没有真实地址，没有放进来：{names}"), format!("Samples have no address and are left out: {names}"));
        view! { <p><small>{text}</small></p> }
    });
    let view = view! {
        <details class="trip__more no-print">
            <summary>{lang.pick(format!("导航：按顺序走第{}天", index + 1), format!("Navigate day {} in order", index + 1))}</summary>
            {body}
            {by_name}
            {left_out}
        </details>
    };
    Some(view.into_any())
}

fn by_app(lang: Lang, app: MapApp, stops: &[Located], ways: &[Way]) -> AnyView {
    let name = super::super::listing::app_name(app, lang);
    let whole = ways.len() == 1;
    let links: Vec<_> = ways
        .iter()
        .map(|way| {
            let (from, to) = (stops[way.from].name.get(lang), stops[way.to].name.get(lang));
            let mut said = if whole {
                lang.pick(format!("{name}：全天"), format!("{name}: the whole day"))
            } else if way.search {
                lang.pick(format!("→ {to}（搜索）"), format!("→ {to} (search)"))
            } else {
                format!("{from} → {to}")
            };
            let between = way.to - way.from - 1;
            if between > 0 && !whole {
                said.push_str(&lang.pick(format!("（经{between}站）"), format!(" (through {between})")));
            }
            let label = if whole { said.clone() } else { format!("{name}{}{said}", lang.pick("：", ": ")) };
            view! { <li><a class="ways__link" href=way.href.clone() rel="noopener nofollow" aria-label=label>{said}</a></li> }
        })
        .collect();
    let head = (!whole).then(|| view! { <strong>{name}</strong> });
    view! { <li>{head}<ol class="ways__legs">{links}</ol></li> }.into_any()
}
