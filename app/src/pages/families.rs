//! Route families with their routes.

use domain::listing::Kind;
use domain::search::Query;
use leptos::prelude::*;

use crate::document::{Head, document};
use crate::href;
use crate::ui::{self, Crumb, Section};
use crate::views::{Chrome, FamiliesPage};

pub fn render(chrome: &Chrome, page: &FamiliesPage) -> String {
    let lang = chrome.lang;
    let title = lang.pick("线路系列", "Route series");
    let description = lang.pick(
        "湖南公布的旅游线路系列，一个系列一组；没有查到官方名称的线路会注明。",
        "The series of routes that Hunan has published; where no official name was found, the page says so.",
    );
    document(chrome, Head::new(title, description), || {
        let sections: Vec<_> = page
            .families
            .iter()
            .filter_map(|(family, cards)| {
                let all = Query { families: vec![*family], ..Query::default() };
                let label = lang.pick(format!("看“{}”全部线路", family.label(lang)), format!("See all: {}", family.label(lang)));
                let more = Some((href::results(lang, Some(Kind::Route), &all), label));
                let title = family.label(lang).to_owned();
                ui::section(chrome, Section { id: family.code(), title, intro: None, cards, more })
            })
            .collect();
        let routes = Crumb::link(Kind::Route.label(lang), href::kind_list(lang, Kind::Route));
        view! {
            {ui::breadcrumb(chrome, vec![routes, Crumb::here(title)])}
            <h1>{title}</h1>
            <p>{description}</p>
            {sections}
        }
    })
}
