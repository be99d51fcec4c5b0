//! All prefectures, counties and zones.

use domain::region::RegionLevel;
use leptos::prelude::*;

use crate::document::{Head, document};
use crate::ui::{self, Crumb};
use crate::views::{Chrome, RegionsPage};

pub fn render(chrome: &Chrome, page: &RegionsPage) -> String {
    let lang = chrome.lang;
    let title = lang.pick("湖南的县区", "Counties of Hunan");
    let description = lang.pick(
        "湖南14个市州、122个县级区划和管理区，51个脱贫县有标记。",
        "The 14 prefectures, 122 counties and the management zones of Hunan; the 51 counties lifted out of poverty are marked.",
    );
    document(chrome, Head::new(title, description), || {
        let prefectures: Vec<_> = page
            .prefectures
            .iter()
            .map(|(prefecture, parts)| {
                let id = format!("p{}", prefecture.code);
                let title_id = format!("{id}-title");
                let name = prefecture.name.get(lang).to_owned();
                let items: Vec<_> = parts
                    .iter()
                    .map(|(region, count)| {
                        let name = region.name.get(lang).to_owned();
                        let zone = (region.level == RegionLevel::Zone)
                            .then(|| view! { " " <small>{lang.pick("（管理区）", "(zone)")}</small> });
                        let lifted = region.lifted_from_poverty.then(|| {
                            view! { " " <span class="badge badge--poverty">{lang.pick("脱贫县", "Lifted from poverty")}</span> }
                        });
                        let count = (*count > 0).then(|| view! { " " <span class="facet__count">{format!("({count})")}</span> });
                        view! { <li class="chip"><a href=region.path(lang)>{name} {count}</a> {zone} {lifted}</li> }
                    })
                    .collect();
                view! {
                    <section class="section" id=id aria-labelledby=title_id.clone()>
                        <h2 id=title_id.clone()><a href=prefecture.path(lang)>{name}</a></h2>
                        <ul class="chips">{items}</ul>
                    </section>
                }
            })
            .collect();
        view! {
            {ui::breadcrumb(chrome, vec![Crumb::here(lang.pick("县区", "Counties"))])}
            <h1>{title}</h1>
            <p>{lang.pick("括号里是目录中的条目数。", "In brackets: how many entries the catalogue has there.")}</p>
            {prefectures}
        }
    })
}
