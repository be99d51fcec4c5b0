//! A route's stops, in their order.

use domain::Lang;
use domain::listing::kinds::Route;
use leptos::prelude::*;

use crate::ui;
use crate::views::{Chrome, MapPoint, StopView};

pub fn stops(chrome: &Chrome, route: &Route, stops: &[StopView]) -> AnyView {
    let lang = chrome.lang;
    let (sourced, all) = (route.sourced_stops(), stops.len());
    let intro = if sourced == all {
        lang.pick(
            "各站都见于资料；停留时间和每天的安排由编者建议。",
            "Every stop is named in the sources; days and times are the editors' suggestion.",
        )
    } else {
        lang.pick(
            "标“编者安排”的站不是官方线路所列；停留时间和每天的安排由编者建议。",
            "Stops marked “arranged by the editors” are not on the official route; days and times are the editors' suggestion.",
        )
    };
    let unnamed = (!route.official_name_known).then(|| {
        let text = lang.pick(
            "资料里没有这条线路的官方名称，这里用的是资料中的名称。",
            "The sources have no official name for this route; the name found in them is used here.",
        );
        view! { <p class="stops__note">{text}</p> }
    });
    let items: Vec<_> = stops.iter().enumerate().map(|(i, view)| stop(lang, i + 1, view)).collect();
    view! {
        <section class="section" id="stops" aria-labelledby="stops-title">
            {ui::heading("stops", lang.pick("沿途各站", "The stops"))}
            <p class="section__intro">{intro}</p>
            {unnamed}
            <ol class="stops">{items}</ol>
        </section>
    }
    .into_any()
}

fn stop(lang: Lang, number: usize, view: &StopView) -> impl IntoView + use<> {
    let stop = &view.stop;
    let name = match &view.place {
        Some(place) => view! { <a href=place.path(lang)>{ui::translated(&stop.name, lang)}</a> }.into_any(),
        None => ui::translated(&stop.name, lang),
    };
    let mut meta: Vec<String> = Vec::new();
    meta.extend(stop.day.map(|day| lang.pick(format!("第{day}天"), format!("day {day}"))));
    meta.extend(stop.stay_min.map(|minutes| say_stay(minutes, lang)));
    meta.extend(stop.region.as_ref().and_then(|code| code.region()).map(|region| region.name.get(lang).to_owned()));
    let outside = stop.outside.as_ref().map(|outside| {
        view! { " · " {lang.pick("省外：", "outside Hunan: ")} {ui::translated(outside, lang)} }
    });
    let basis = stop.basis.label(lang);
    view! {
        <li class="stop" id=format!("stop-{number}")>
            <span class="stop__number" aria-hidden="true">{number.to_string()}</span>
            <span class="stop__name">{name}</span>
            <span class="stop__meta">{meta.join(" · ")}{outside}</span>
            <span class=format!("stop__basis stop__basis--{}", stop.basis.code())>{basis}</span>
        </li>
    }
}

fn say_stay(minutes: u32, lang: Lang) -> String {
    if minutes < 60 {
        return lang.pick(format!("停留约{minutes}分钟"), format!("about {minutes} min"));
    }
    let hours = f64::from(minutes) / 60.0;
    let hours = if minutes.is_multiple_of(60) { format!("{hours:.0}") } else { format!("{hours:.1}") };
    lang.pick(format!("停留约{hours}小时"), format!("about {hours} h"))
}

/// The stops that have a position; numbers are those of the list.
pub fn points(chrome: &Chrome, stops: &[StopView]) -> Vec<MapPoint> {
    let place = |view: &StopView| {
        let own = view.stop.position.or_else(|| view.place.as_ref().and_then(|place| place.position));
        own.map(|position| (position.point(), position.is_exact()))
    };
    let number = |(i, view): (usize, &StopView)| {
        let (point, exact) = place(view)?;
        let label = view.stop.name.get(chrome.lang).to_owned();
        Some(MapPoint { point, label, href: Some(format!("#stop-{}", i + 1)), number: Some(i + 1), exact })
    };
    stops.iter().enumerate().filter_map(number).collect()
}
