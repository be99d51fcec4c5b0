//! Trips of organisations (S13): an occasion, a route that suits it, and a form that is mostly filled in.

use std::sync::Arc;

use domain::Lang;
use domain::listing::{Details, Listing};
use domain::trip::plan::Occasion;
use leptos::prelude::*;

use crate::document::{Head, document};
use crate::href;
use crate::ui::{self, Crumb};
use crate::views::{Chrome, GroupTripsPage};

pub fn render(chrome: &Chrome, page: &GroupTripsPage) -> String {
    let lang = chrome.lang;
    let title = lang.pick("单位组织的行程", "Trips of organisations");
    let description = lang.pick(
        "主题党日、团日、工会活动、研学：挑一条线路，人数、用车、讲解先填好，改成你们的就行；发票抬头印在行程单上。",
        "Party branch days, league days, union outings, study trips: take a route; headcount, coach and guide are filled in to be changed; the name for the invoice is on the printed plan.",
    );
    let head = Head::new(title, description);
    document(chrome, head, || {
        let mine = Crumb::link(lang.pick("我的行程", "My trips"), href::page(lang, href::TRIPS));
        let occasions: Vec<_> = page.occasions.iter().map(|(occasion, routes)| section(lang, *occasion, routes)).collect();
        view! {
            {ui::breadcrumb(chrome, vec![mine, Crumb::here(title)])}
            <h1>{title}</h1>
            <p>{description}</p>
            <p><small>{lang.pick(
                "人数和用车是编者给的起点，不是规定；能不能讲解、要不要预约，请问场馆。",
                "Headcount and coach are the editors' starting point, no rule; ask the sites about guides and bookings.",
            )}</small></p>
            {occasions}
        }
    })
}

fn section(lang: Lang, occasion: Occasion, routes: &[Arc<Listing>]) -> AnyView {
    let preset = occasion.preset();
    let (people, way) = (preset.adults, preset.transport.label(lang));
    let guide = if preset.guide_needed { lang.pick("，要讲解", ", with a guide") } else { "" };
    let said = lang
        .pick(format!("先填{people}人，{way}{guide}。"), format!("Begins with {people} people, {}{guide}.", way.to_lowercase()));
    let items: Vec<_> = routes.iter().map(|route| item(lang, occasion, route)).collect();
    let free = view! {
        <p><a href=href::group_trip(lang, occasion, None)>{lang.pick("不照线路，自己排", "Without a route, on one's own")}</a></p>
    };
    view! {
        <section class="section" aria-labelledby=format!("{}-title", occasion.code())>
            {ui::heading(occasion.code(), occasion.label(lang))}
            <p>{said}</p>
            <ul class="trip-list">{items}</ul>
            {free}
        </section>
    }
    .into_any()
}

fn item(lang: Lang, occasion: Occasion, route: &Listing) -> AnyView {
    let days = match &route.details {
        Details::Route(it) => it.days,
        _ => None,
    };
    let days = days.map(|days| lang.pick(format!("{days}天。"), format!("{days} days. ")));
    let title = ui::translated(&route.title, lang);
    let label =
        lang.pick(format!("照这条线路排：{}", route.title.get(lang)), format!("Plan this route: {}", route.title.get(lang)));
    view! {
        <li class="trip-list__item">
            <h3><a href=route.path(lang)>{title}</a></h3>
            <p>{days}{ui::translated(&route.summary, lang)}</p>
            <p><a class="button button--quiet" href=href::group_trip(lang, occasion, Some(route)) aria-label=label>
                {lang.pick("照这条线路排", "Plan this route")}
            </a></p>
        </li>
    }
    .into_any()
}
