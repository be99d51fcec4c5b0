//! Offers by the county they can be used in.

use domain::listing::Kind;
use leptos::prelude::*;

use crate::document::{Head, document};
use crate::href;
use crate::ui::{self, Crumb};
use crate::views::{Chrome, OffersByCountyPage};

pub fn render(chrome: &Chrome, page: &OffersByCountyPage) -> String {
    let lang = chrome.lang;
    let title = lang.pick("各县优惠", "Offers by county");
    let description = lang
        .pick("哪个县有什么优惠，什么时候能用，谁能用。", "Which county has which offers, when they run and who may use them.");
    let samples_only = page.regions.iter().flat_map(|(_, cards)| cards).all(|card| card.listing.sample);
    let head = Head { noindex: samples_only, ..Head::new(title, description) };
    document(chrome, head, || {
        let sections: Vec<_> = page
            .regions
            .iter()
            .filter(|(_, cards)| !cards.is_empty())
            .map(|(region, cards)| {
                let id = region.map_or("province".to_owned(), |region| format!("c{}", region.code));
                let title_id = format!("{id}-title");
                let heading = match region {
                    Some(region) => {
                        let name = region.name.get(lang).to_owned();
                        let lifted = region.lifted_from_poverty.then(|| {
                            view! { " " <span class="badge badge--poverty">{lang.pick("脱贫县", "Lifted from poverty")}</span> }
                        });
                        view! { <a href=region.path(lang)>{name}</a> {lifted} }.into_any()
                    }
                    None => lang.pick("全省可用", "All over the province").into_any(),
                };
                view! {
                    <section class="section" id=id.clone() aria-labelledby=title_id.clone()>
                        <h2 id=title_id.clone()>{heading}</h2>
                        {ui::cards(chrome, &id, cards)}
                    </section>
                }
            })
            .collect();
        let empty = sections.is_empty().then(|| {
            view! { <div class="empty"><p>{lang.pick("目前没有优惠。", "There are no offers at present.")}</p></div> }
        });
        let offers = Crumb::link(Kind::Offer.label(lang), href::kind_list(lang, Kind::Offer));
        view! {
            {ui::breadcrumb(chrome, vec![offers, Crumb::here(title)])}
            <h1>{title}</h1>
            <p>{description}</p>
            {empty}
            {sections}
        }
    })
}
