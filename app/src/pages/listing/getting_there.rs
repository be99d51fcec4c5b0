//! Ways out of the page: into a map app, onto paper, onto another phone.

use domain::Lang;
use domain::geo::Position;
use domain::listing::{Details, Listing};
use domain::navigation::{MapApp, map_link};
use leptos::prelude::*;

use super::qr;
use crate::islands::CopyButton;
use crate::ui;
use crate::views::Chrome;

/// Where one goes to: a name, the county it is searched in, and perhaps a position.
struct Destination<'a> {
    name: &'a str,
    county: &'a str,
    prefecture: &'a str,
    position: Option<Position>,
    is_first_stop: bool,
}

/// None for what is nowhere in particular: an offer, a product.
fn destination(listing: &Listing) -> Option<Destination<'_>> {
    let (name, code, position, is_first_stop) = match &listing.details {
        Details::Offer(_) | Details::Product(_) => return None,
        Details::Heritage(_) if listing.position.is_none() => return None,
        Details::Route(route) => {
            let first = route.stops.first()?;
            (&first.name, first.region.as_ref(), first.position, true)
        }
        _ => (&listing.title, listing.region.as_ref(), listing.position, false),
    };
    let region = code.and_then(|code| code.region());
    let county = region.map_or("湖南省", |region| &region.name.zh);
    let prefecture = region.map_or("", |region| &region.prefecture_region().name.zh);
    Some(Destination { name: &name.zh, county, prefecture, position, is_first_stop })
}

pub fn directions(chrome: &Chrome, listing: &Listing) -> Option<AnyView> {
    let lang = chrome.lang;
    let to = destination(listing)?;
    if listing.sample {
        return Some(nowhere(lang));
    }
    let links: Vec<_> = MapApp::ALL
        .into_iter()
        .map(|app| {
            let href = map_link(app, to.name, to.county, to.position);
            view! { <li><a class="button" href=href rel="noopener nofollow">{app_name(app, lang)}</a></li> }
        })
        .collect();
    let links = match chrome.in_app {
        Some(app) => ui::leave_app(lang, app),
        None => view! { <ul class="navlinks__apps">{links}</ul> }.into_any(),
    };
    let exact = to.position.filter(Position::is_exact);
    let note = (exact.is_none() && chrome.in_app.is_none()).then(|| {
        let text = lang.pick(
            "位置为近似，按名称搜索。出发前请在地图里再核对一次。",
            "The position is approximate, so these links search by name. Please check in the map before you set out.",
        );
        view! { <p class="navlinks__note">{text}</p> }
    });
    let whole = if to.prefecture == to.county { to.county.to_owned() } else { format!("{}{}", to.prefecture, to.county) };
    let address = format!("{whole} {}", to.name);
    let coordinates = exact.map(|position| {
        let text = format!("{:.5}, {:.5}", position.lat, position.lon);
        view! { <p class="navlinks__coordinates">{lang.pick("坐标（WGS84）：", "Coordinates (WGS84): ")}<code>{text}</code></p> }
    });
    let first = to.is_first_stop.then(|| {
        view! { <p>{lang.pick("带你到第一站：", "To the first stop: ")}{ui::chinese(to.name, lang)}</p> }
    });
    let view = view! {
        <section class="section navlinks no-print" id="directions" aria-labelledby="directions-title">
            {ui::heading("directions", lang.pick("怎么去", "Getting there"))}
            {first}
            {links}
            {note}
            <p class="navlinks__address">
                {lang.pick("地名：", "Name to search for: ")} {ui::chinese(&address, lang)} " "
                <CopyButton
                    text=address.clone()
                    label=lang.pick("复制地名", "Copy the name").to_owned()
                    done=lang.pick("已复制", "Copied").to_owned()
                />
            </p>
            {coordinates}
        </section>
    };
    Some(view.into_any())
}

/// A sample is fictional: sending anyone there would be a lie.
fn nowhere(lang: Lang) -> AnyView {
    view! {
        <section class="section navlinks no-print" id="directions" aria-labelledby="directions-title">
            {ui::heading("directions", lang.pick("怎么去", "Getting there"))}
            <p>{lang.pick("这是示例，没有真实的地址，所以不提供导航。", "This is a sample without a real address, so there are no directions.")}</p>
        </section>
    }
    .into_any()
}

pub(in crate::pages) fn app_name(app: MapApp, lang: Lang) -> &'static str {
    match app {
        MapApp::Amap => lang.pick("高德地图", "Amap"),
        MapApp::Baidu => lang.pick("百度地图", "Baidu Maps"),
        MapApp::Tencent => lang.pick("腾讯地图", "Tencent Maps"),
        MapApp::Apple => lang.pick("苹果地图", "Apple Maps"),
    }
}

/// The page's address to copy or scan, for when an in-app browser blocks links.
pub fn take_along(chrome: &Chrome, listing: &Listing) -> AnyView {
    let lang = chrome.lang;
    let url = format!("{}{}", chrome.base_url, listing.path(lang));
    let label = lang.pick("本页地址的二维码", "QR code of this page's address");
    let code = qr::svg(&url, label).map(|code| view! { <div inner_html=code></div> });
    view! {
        <details class="qr" open=chrome.in_app.is_some()>
            <summary>{lang.pick("打不开地图？换一部手机或浏览器", "Links blocked? Use another phone or browser")}</summary>
            <p>{lang.pick("扫码，或复制本页地址到手机浏览器里打开。", "Scan this, or copy the page's address into your phone's browser.")}</p>
            {code}
            <p class="qr__address"><a href=url.clone()>{url.clone()}</a></p>
            <p>
                <CopyButton
                    text=url.clone()
                    label=lang.pick("复制本页地址", "Copy this address").to_owned()
                    done=lang.pick("已复制", "Copied").to_owned()
                />
            </p>
        </details>
    }
    .into_any()
}
