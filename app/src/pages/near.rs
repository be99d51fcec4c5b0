//! What is around: by a place's name, by the map, or by the device's own position. The first two need neither script nor leave.

use domain::Lang;
use domain::listing::Kind;
use domain::navigation::encode;
use domain::region::{self, Region, RegionLevel};
use domain::search::{LONGEST_QUERY, Query, Sort};
use leptos::prelude::*;

use crate::document::{Head, document};
use crate::href;
use crate::islands::{MapView, NearMe, SearchBox};
use crate::map::province_map;
use crate::ui::{self, Crumb, Section};
use crate::views::{Chrome, Here, ListingCard, MapPoint, NearPage};

/// Marks on the map of what was found; more hide each other.
const MOST_MARKS: usize = 12;

pub fn render(chrome: &Chrome, page: &NearPage) -> String {
    let lang = chrome.lang;
    let title = match &page.here {
        Some(here) => lang.pick(format!("{}附近", name(lang, here)), format!("Near {}", name(lang, here))),
        None => lang.pick("附近有什么", "What is near").to_owned(),
    };
    let description = lang.pick(
        "说出在哪里，看看周围有什么：去处、住宿、非遗、体验和物产，近的在前。",
        "Say where you are and see what is around: places, stays, heritage, experiences and products, the nearest first.",
    );
    let head = Head { noindex: page.here.is_some(), own_search: true, ..Head::new(title.clone(), description) };
    document(chrome, head, || {
        let found = page.here.as_ref().map(|here| found(chrome, page, here));
        view! {
            {ui::breadcrumb(chrome, vec![Crumb::here(lang.pick("附近", "Near me"))])}
            <h1>{title}</h1>
            {ui::problems(lang, lang.pick("没有找到这个位置", "This place was not found"), &page.problems)}
            {others(lang, page)}
            {found}
            {ways_to_say(chrome, page)}
        }
    })
}

fn name(lang: Lang, here: &Here) -> String {
    match here {
        Here::Region(region, _) => region.name.get(lang).to_owned(),
        Here::Listing(listing, _) => listing.title.get(lang).to_owned(),
        Here::Point(..) => lang.pick("你选的位置", "the position you chose").to_owned(),
    }
}

fn link_to(lang: Lang, here: &Here) -> String {
    let path = href::page(lang, href::NEAR);
    match here {
        Here::Region(region, _) => format!("{path}?at={}", region.code),
        Here::Listing(listing, _) => format!("{path}?place={}", encode(listing.id.as_str())),
        Here::Point(point, _) => format!("{path}?near={}", href::rounded(*point)),
    }
}

fn others(lang: Lang, page: &NearPage) -> Option<AnyView> {
    let links: Vec<_> = page
        .others
        .iter()
        .map(|here| view! { <a class="near__other" href=link_to(lang, here)>{name(lang, here)}</a> " " })
        .collect();
    (!links.is_empty()).then(|| view! { <p class="notice">{lang.pick("也可能是：", "Or did you mean: ")}{links}</p> }.into_any())
}

/// Three ways, each by itself enough.
fn ways_to_say(chrome: &Chrome, page: &NearPage) -> AnyView {
    let lang = chrome.lang;
    let again = page.here.is_some().then(|| lang.pick("换一个位置", "Somewhere else"));
    let form = view! {
        <form class="near__form" role="search" action=href::page(lang, href::NEAR) method="get">
            <label for="near-q">{lang.pick("县区、村镇或地方的名字", "A county, a village or a place")}</label>
            <div class="near__row">
                <input
                    class="field"
                    type="search"
                    id="near-q"
                    name="q"
                    value=page.typed.clone()
                    placeholder=lang.pick("凤凰、fenghuang", "Fenghuang")
                    maxlength=LONGEST_QUERY.to_string()
                    autocomplete="off"
                    enterkeyhint="search"
                />
                <button class="button" type="submit">{lang.pick("看附近", "Look around")}</button>
            </div>
        </form>
    }
    .into_any();
    view! {
        <section class="section near__ways" id="where" aria-labelledby="where-title">
            {ui::heading("where", again.unwrap_or(lang.pick("你在哪里？", "Where are you?")))}
            <SearchBox lang=lang.code().to_owned()>{form}</SearchBox>
            <NearMe lang=lang action=href::page(lang, href::NEAR) />
            {regions(lang, page)}
        </section>
    }
    .into_any()
}

/// The drawn map with a link on each prefecture, or on each county of the prefecture one has come to; and the same as a list.
fn regions(lang: Lang, page: &NearPage) -> AnyView {
    let within = match &page.here {
        Some(Here::Region(region, _)) => Some(region.prefecture_region()),
        Some(Here::Point(_, Some(region))) => Some(region.prefecture_region()),
        Some(Here::Listing(listing, _)) => listing.region.as_ref().and_then(|code| code.region()).map(Region::prefecture_region),
        _ => None,
    };
    let shown: Vec<&'static Region> = match within {
        Some(prefecture) => prefecture.parts().filter(|part| part.level == RegionLevel::County).collect(),
        None => region::prefectures().collect(),
    };
    let link = |region: &Region| format!("{}?at={}", href::page(lang, href::NEAR), region.code);
    let points: Vec<MapPoint> = shown
        .iter()
        .filter_map(|region| {
            let label = lang.pick(region.short_name().to_owned(), region.name.get(lang).to_owned());
            Some(MapPoint { point: region.centre()?, label, href: Some(link(region)), number: None, exact: true })
        })
        .collect();
    let items: Vec<_> =
        shown.iter().map(|region| view! { <li><a href=link(region)>{region.name.get(lang).to_owned()}</a></li> }).collect();
    let (title, wider) = match within {
        Some(prefecture) => {
            let name = prefecture.name.get(lang);
            let title = lang.pick(format!("或在{name}的图上点一个县区"), format!("Or tap a county on the map of {name}"));
            let all =
                view! { <p><a href=href::page(lang, href::NEAR)>{lang.pick("看全省的图", "The map of the province")}</a></p> };
            (title, Some(all))
        }
        None => (lang.pick("或在图上点一个市州".to_owned(), "Or tap a prefecture on the map".to_owned()), None),
    };
    let drawn = province_map(lang, &points, false, "map-where").into_any();
    let mut credits: Vec<&str> = shown.iter().filter_map(|region| region.seat_credit()).collect();
    credits.dedup();
    view! {
        <h3>{title}</h3>
        <MapView label=lang.pick("示意图", "Sketch map").to_owned()>{drawn}</MapView>
        <ul class="near__regions">{items}</ul>
        {wider}
        {ui::map_credits(lang, &credits)}
    }
    .into_any()
}

fn found(chrome: &Chrome, page: &NearPage, here: &Here) -> AnyView {
    let lang = chrome.lang;
    let km = page.radius_km;
    let about = match here {
        Here::Region(region, _) if region.seat.is_some() => {
            lang.pick("从县城算起。", "Counted from the county seat. ").to_owned()
        }
        Here::Region(..) => lang.pick("从市区算起。", "Counted from the city. ").to_owned(),
        Here::Listing(listing, _) if listing.position.is_some_and(|it| it.is_exact()) => String::new(),
        Here::Listing(..) => lang.pick("它的位置是近似的。", "Its own position is approximate. ").to_owned(),
        Here::Point(_, Some(region)) => {
            let name = region.name.get(lang);
            lang.pick(format!("离{name}的县城最近。"), format!("The nearest county seat is that of {name}. "))
        }
        Here::Point(_, None) => String::new(),
    };
    let how = lang.pick(
        format!("{km:.0}公里以内，按直线距离，实际道路更长。已知今天开放的在前，开放时间未知的在后，已知今天不开放的在最后。"),
        format!("Within {km:.0} km as the crow flies; roads are longer. What is known to be open today comes first, then what nobody knows, then what is known to be shut."),
    );
    let sections: Vec<_> =
        page.groups.iter().filter_map(|(kind, total, cards)| group(chrome, page, here, *kind, *total, cards)).collect();
    let nothing = sections.is_empty().then(|| {
        let said = lang.pick(
            format!("{km:.0}公里内目录里什么也没有。换一个位置试试。"),
            format!("The catalogue has nothing within {km:.0} km. Try somewhere else."),
        );
        view! { <div class="empty"><p>{said}</p></div> }
    });
    view! {
        <p>{about}{how}</p>
        <p class="no-print"><a href="#where">{lang.pick("换一个位置", "Somewhere else")}</a></p>
        {nothing}
        <div class="near__found results">{sections} {marks(chrome, page, here)}</div>
    }
    .into_any()
}

/// Where one is and what is around; a rough position has its ring.
fn marks(chrome: &Chrome, page: &NearPage, here: &Here) -> Option<AnyView> {
    let lang = chrome.lang;
    let around = page.groups.iter().flat_map(|(_, _, cards)| cards).filter_map(|card| {
        let position = card.listing.position?;
        let label = card.listing.title.get(lang).to_owned();
        Some(MapPoint {
            point: position.point(),
            label,
            href: Some(card.listing.path(lang)),
            number: None,
            exact: position.is_exact(),
        })
    });
    let mut points = vec![MapPoint {
        point: here.point(),
        label: lang.pick("从这里算", "From here").to_owned(),
        href: None,
        number: None,
        exact: matches!(here, Here::Region(..)),
    }];
    points.extend(around.take(MOST_MARKS));
    ui::map_section(chrome, &points, false, "map-near", &[])
}

fn group(chrome: &Chrome, page: &NearPage, here: &Here, kind: Kind, total: u64, cards: &[ListingCard]) -> Option<AnyView> {
    let lang = chrome.lang;
    let label = kind.label(lang);
    let all = Query {
        kinds: vec![kind],
        near: Some(here.point()),
        radius_km: Some(page.radius_km),
        sort: Sort::Distance,
        ..Query::default()
    };
    let more = (total > cards.len() as u64)
        .then(|| (href::search(lang, &all), lang.pick(format!("看全部{total}条{label}"), format!("See all {total}: {label}"))));
    let title = lang.pick(format!("{label}（{total}）"), format!("{label} ({total})"));
    ui::section(chrome, Section { id: kind.plural(), title, intro: None, cards, more })
}
