//! One listing: facts first, then the story, then what hangs on it.

mod experience;
mod getting_there;
mod offer;
mod product;
pub(crate) mod qr;
mod related;
mod route;
mod source;

pub(super) use getting_there::app_name;

use domain::Lang;
use domain::listing::{Details, Kind, Listing};
use leptos::prelude::*;

use crate::document::{Head, document};
use crate::href;
use crate::ui::{self, Crumb, Row};
use crate::views::{Chrome, ListingCard, ListingPage, MapPoint, TripTarget};

pub fn render(chrome: &Chrome, page: &ListingPage) -> String {
    render_for(chrome, page, None)
}

/// `target` is a trip on the device, where the page is made without a signal.
pub fn render_for(chrome: &Chrome, page: &ListingPage, target: Option<&TripTarget>) -> String {
    let (lang, listing) = (chrome.lang, &*page.listing);
    let mark = if listing.sample { lang.pick("（示例）", " (sample)") } else { "" };
    let head = Head {
        noindex: listing.sample,
        og_image: Some(href::cover_png(listing)),
        og_type: Some("article"),
        json_ld: page.json_ld.clone().filter(|_| !listing.sample),
        print: true,
        ..Head::new(format!("{}{mark}", listing.title.get(lang)), listing.summary.get(lang))
    };
    document(chrome, head, || {
        view! {
            {ui::breadcrumb(chrome, trail(chrome, listing))}
            <article class=format!("listing listing--{}", listing.kind().name())>
                {head_part(chrome, listing, target)}
                {cover(chrome, listing)}
                {facts(chrome, page)}
                {body(chrome, page)}
                {aside(chrome, page)}
            </article>
            {related::below(chrome, page)}
        }
    })
}

fn trail(chrome: &Chrome, listing: &Listing) -> Vec<Crumb> {
    let lang = chrome.lang;
    let mut trail = vec![Crumb::link(listing.kind().label(lang), href::kind_list(lang, listing.kind()))];
    if let Some(region) = listing.region.as_ref().and_then(|code| code.region()) {
        trail.push(Crumb::link(region.name.get(lang), region.path(lang)));
    }
    trail.push(Crumb::here(listing.title.get(lang)));
    trail
}

fn head_part(chrome: &Chrome, listing: &Listing, target: Option<&TripTarget>) -> AnyView {
    let lang = chrome.lang;
    let sample = listing.sample.then(|| {
        let text = lang.pick(
            "这一条是虚构的，用来展示本站能做什么：名称、价格和联系方式都不是真的，请不要按它出行或预订。",
            "This entry is fictional and shows what the site can do: its name, prices and contacts are not real. Please do not travel or book by it.",
        );
        ui::notice("sample", lang.pick("示例", "Sample"), text)
    });
    let aliases = (!listing.aliases.is_empty()).then(|| {
        let names = listing.aliases.join(lang.pick("、", ", "));
        view! { <p class="listing__aliases">{lang.pick("又名：", "Also known as: ")}{ui::foreign(&names, lang)}</p> }
    });
    view! {
        <header class="listing__head">
            <p class="listing__kind">{listing.details.headline(lang)}</p>
            <h1>
                {ui::translated(&listing.title, lang)}
                {listing.sample.then(|| view! { " " {ui::sample_badge(lang)} })}
            </h1>
            {aliases}
            <p class="listing__summary">{ui::translated(&listing.summary, lang)}</p>
            {distances(lang, listing)}
            {into_trip(chrome, listing, target)}
            {sample}
        </header>
    }
    .into_any()
}

/// A plain link and a button that knows nothing: this page is the same for everybody, and whose trip it is, or what somebody has
/// saved, is asked elsewhere. Without a signal nobody can be asked.
fn into_trip(chrome: &Chrome, listing: &Listing, target: Option<&TripTarget>) -> Option<AnyView> {
    let lang = chrome.lang;
    if let Some(target) = target.filter(|_| !matches!(listing.kind(), Kind::Offer | Kind::Route)) {
        return Some(ui::add_to_kept_trip(chrome.lang, target, listing));
    }
    if chrome.kept_at.is_some() {
        return None;
    }
    let link = match listing.kind() {
        Kind::Offer => None,
        Kind::Route => Some((href::plan_route(lang, listing), lang.pick("照这条线路排行程", "Plan this route"))),
        _ => Some((href::add_to_trip(lang, listing), lang.pick("加入行程", "Add to a trip"))),
    };
    let link = link.map(|(href, label)| view! { <a class="button" href=href rel="nofollow">{label}</a> });
    Some(view! { <div class="listing__trip no-print">{link} {ui::keep_button(lang, listing)}</div> }.into_any())
}

/// Kilometres in the texts about a place were measured on the map; those of a route are as reported.
fn distances(lang: Lang, listing: &Listing) -> Option<AnyView> {
    let texts = [Some(&listing.summary), listing.body.as_ref()];
    let has_any = texts.into_iter().flatten().any(|text| text.zh.contains("公里") || text.en.iter().any(|en| en.contains(" km")));
    (has_any && listing.kind() == Kind::Place).then(|| {
        let text = lang.pick("公里数为直线距离，实际道路更长。", "Distances are straight lines; roads are longer.");
        view! { <p class="listing__distances"><small>{text}</small></p> }.into_any()
    })
}

fn cover(chrome: &Chrome, listing: &Listing) -> AnyView {
    let lang = chrome.lang;
    let terrain = listing.terrain.label(lang);
    let alt = lang.pick(format!("手绘插画：{terrain}（不是实景照片）"), format!("Drawing: {terrain} (not a photograph)"));
    view! {
        <figure class="listing__cover">
            <img
                src=href::cover(listing)
                width=ui::COVER_WIDTH
                height=ui::COVER_HEIGHT
                alt=alt
                fetchpriority="high"
            />
            <figcaption>{lang.pick("插画，不是实景照片", "A drawing, not a photograph")}</figcaption>
        </figure>
    }
    .into_any()
}

fn facts(chrome: &Chrome, page: &ListingPage) -> AnyView {
    let (lang, listing) = (chrome.lang, &*page.listing);
    let mut rows: Vec<Row> = listing.facts(lang).into_iter().map(|fact| Row::of(fact, lang)).collect();
    if let Some(row) = region_row(chrome, listing) {
        rows.insert(rows.len().min(1), row);
    }
    // A product that says itself when it is harvested needs no second row that says so.
    let harvest_known = matches!(&listing.details, Details::Product(product) if !product.harvest.is_empty());
    if !listing.months.is_empty() && !harvest_known {
        let editorial = listing.provenance.editorial.iter().any(|field| field == "months");
        let label = match listing.kind() {
            Kind::Product => lang.pick("采收或上市月份", "Harvest months"),
            _ => lang.pick("适宜月份", "Good months"),
        };
        let mut row = Row::new("months", label, listing.months.say(lang));
        row.note = editorial.then(|| lang.pick("编者建议", "editors' suggestion").to_owned());
        rows.insert(rows.len().min(2), row);
    }
    if matches!(&listing.details, Details::Place(place) if place.barrier_free.is_empty()) {
        let unknown = lang.pick("还没有人实地记录", "Nobody has recorded it yet");
        rows.push(Row::new("barrier_free", lang.pick("无障碍", "Access"), unknown));
    }
    if !listing.tags.is_empty() {
        let tags: Vec<_> = listing.tags.iter().map(|tag| tag.label(lang)).collect();
        rows.push(Row::new("tags", lang.pick("标签", "Tags"), tags.join(lang.pick("、", ", "))));
    }
    let caption = lang.pick(format!("{}：基本情况", listing.title.get(lang)), format!("{}: the facts", listing.title.get(lang)));
    view! { <div class="listing__facts">{ui::facts_table(lang, &caption, rows)}</div> }.into_any()
}

/// County and prefecture, and every further county it touches.
fn region_row(chrome: &Chrome, listing: &Listing) -> Option<Row> {
    let lang = chrome.lang;
    let regions: Vec<_> = listing.all_regions().into_iter().filter_map(|code| code.region()).collect();
    let own = *regions.first()?;
    let prefecture = own.prefecture_region();
    let all_lifted = regions.iter().all(|region| region.lifted_from_poverty);
    let links: Vec<_> = regions
        .iter()
        .enumerate()
        .map(|(i, region)| {
            let after = if i + 1 == regions.len() { "" } else { lang.pick("、", ", ") };
            let lifted = (region.lifted_from_poverty && !all_lifted).then(|| view! { " " {poverty_badge(lang)} });
            let name = region.name.get(lang).to_owned();
            // Name, badge and mark stay on one line: no line begins with a comma.
            view! { <span class="unbroken"><a href=region.path(lang)>{name}</a>{lifted}{after}</span> }
        })
        .collect();
    let together = all_lifted.then(|| match regions.len() {
        1 => view! { " " {poverty_badge(lang)} }.into_any(),
        _ => view! { " " {lang.pick("均为", "all ")} {poverty_badge(lang)} }.into_any(),
    });
    let above = (prefecture.code != own.code && regions.len() == 1).then(|| {
        let name = prefecture.name.get(lang).to_owned();
        view! { " · " <a href=prefecture.path(lang)>{name}</a> }
    });
    Some(Row::new("region", lang.pick("在哪里", "Where"), view! { {links} {together} {above} }))
}

fn poverty_badge(lang: domain::Lang) -> impl IntoView {
    view! { <span class="badge badge--poverty">{lang.pick("脱贫县", "Lifted from poverty")}</span> }
}

fn body(chrome: &Chrome, page: &ListingPage) -> AnyView {
    let (lang, listing) = (chrome.lang, &*page.listing);
    let own = match &listing.details {
        Details::Route(route) => Some(route::stops(chrome, route, &page.stops)),
        Details::Offer(offer) => Some(offer::how_to_use(chrome, offer)),
        Details::Experience(experience) => experience::taking_part(chrome, experience),
        Details::Product(product) => product::where_sold(chrome, product),
        Details::Place(_) | Details::Stay(_) | Details::Heritage(_) => None,
    };
    let story = listing.body.as_ref().map(|body| {
        let said = body.say(lang);
        let note = (!said.translated).then(|| view! { <p><small class="untranslated-label">"(Chinese only)"</small></p> });
        let paragraphs: Vec<_> =
            said.text.split('\n').filter(|p| !p.trim().is_empty()).map(|p| view! { <p>{p.to_owned()}</p> }).collect();
        let tag = if said.translated { lang.tag() } else { "zh-Hans" };
        let class = if said.translated { "prose" } else { "prose untranslated" };
        view! {
            <section class="section" id="story" aria-labelledby="story-title">
                {ui::heading("story", lang.pick("介绍", "About"))}
                {note}
                <div class=class lang=tag>{paragraphs}</div>
            </section>
        }
    });
    view! {
        <div class="listing__body">
            {own}
            {story}
            {related::behind(chrome, page)}
            {related::offers(chrome, page)}
        </div>
    }
    .into_any()
}

fn aside(chrome: &Chrome, page: &ListingPage) -> AnyView {
    let (lang, listing) = (chrome.lang, &*page.listing);
    let label = lang.pick("地图、前往与来源", "Map, directions and sources");
    view! {
        <aside class="listing__aside" aria-label=label>
            {map_part(chrome, page)}
            {getting_there::directions(chrome, listing)}
            {getting_there::take_along(chrome, listing)}
            {source::source(chrome, listing)}
        </aside>
    }
    .into_any()
}

fn map_part(chrome: &Chrome, page: &ListingPage) -> Option<AnyView> {
    let listing = &*page.listing;
    let (points, line) = match &listing.details {
        Details::Route(_) => (route::points(chrome, &page.stops), true),
        _ => (own_point(chrome, listing).into_iter().collect(), false),
    };
    let mut credits: Vec<&str> = match &listing.details {
        Details::Route(_) => page
            .stops
            .iter()
            .filter_map(|stop| stop.place.as_ref())
            .flat_map(|place| &place.provenance.credits)
            .map(String::as_str)
            .collect(),
        _ if listing.position.is_some() => vec![],
        _ => listing.region.as_ref().and_then(|code| code.region()?.seat_credit()).into_iter().collect(),
    };
    credits.retain(|name| !listing.provenance.credits.iter().any(|own| own == name)); // those stand under the sources
    ui::map_section(chrome, &points, line, "map-listing", &credits)
}

/// Its own position; where there is none, its county's seat stands in, as a rough one.
fn own_point(chrome: &Chrome, listing: &Listing) -> Option<MapPoint> {
    let label = listing.title.get(chrome.lang).to_owned();
    let seat = || listing.region.as_ref().and_then(|code| code.region()).and_then(|region| region.seat);
    let (point, exact) = match listing.position {
        Some(position) => (position.point(), position.is_exact()),
        None => (seat()?, false),
    };
    Some(MapPoint { point, label, href: None, number: None, exact })
}

fn as_card(listing: &std::sync::Arc<Listing>) -> ListingCard {
    ListingCard::plain(listing.clone())
}
