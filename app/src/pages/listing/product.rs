//! A product: where it is sold. The links lead out of the site.

use domain::listing::kinds::Product;
use leptos::prelude::*;

use crate::ui;
use crate::views::Chrome;

pub fn where_sold(chrome: &Chrome, product: &Product) -> Option<AnyView> {
    let lang = chrome.lang;
    // The catalogue refuses other schemes; a link is the last place where that may be forgotten.
    let shops: Vec<_> = product
        .sold_at
        .iter()
        .filter(|shop| shop.url.starts_with("https://"))
        .map(|shop| {
            let name = ui::translated(&shop.name, lang);
            view! { <li><a href=shop.url.clone() rel="noopener nofollow">{name}</a></li> }
        })
        .collect();
    if shops.is_empty() {
        return None;
    }
    let intro =
        lang.pick("下列网站由别人经营，价格和库存以对方为准。", "These sites are run by others; prices and stock are theirs.");
    let view = view! {
        <section class="section" id="sold-at" aria-labelledby="sold-at-title">
            {ui::heading("sold-at", lang.pick("哪里买", "Where to buy it"))}
            <p class="section__intro">{intro}</p>
            <ul>{shops}</ul>
        </section>
    };
    Some(view.into_any())
}
