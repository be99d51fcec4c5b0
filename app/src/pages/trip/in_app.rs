//! Files and paper of a trip, for somebody who looks through a browser inside an app: it takes no files and does not print, and
//! another browser of the same phone does not know the device's secret. So the way out is a link for others.

use domain::Lang;
use domain::trip::plan::Located;
use leptos::prelude::*;

use super::super::listing::qr;
use super::sharing;
use crate::href;
use crate::islands::CopyButton;
use crate::ui;
use crate::views::{Chrome, InApp, TripPage};

/// What stands under “take it along”: the files, or how to get to where they arrive.
pub(super) fn exports(chrome: &Chrome, page: &TripPage) -> AnyView {
    let lang = chrome.lang;
    let Some(app) = chrome.in_app else {
        return sharing::exports(lang, &|rest| href::trip(lang, &page.id, rest), page.plan.trip.days.len());
    };
    // One that lets change is as good as the trip itself.
    let share = page.shares.iter().find(|share| share.edits).or(page.shares.first());
    let name = app.name(lang);
    let way = match share {
        Some(share) => {
            let address = format!("{}{}", chrome.base_url, href::shared_trip(lang, &share.token, ""));
            view! { <p>{lang.pick("用这个链接，在手机浏览器里打开：", "Open this link in your phone's browser:")}</p> {address_part(chrome, &address)} }
                .into_any()
        }
        None => {
            let said = lang.pick(
                format!("这个行程属于{name}里的浏览器，别的浏览器直接打不开它。先生成一个可一起修改的链接，再在手机浏览器里打开。"),
                format!("This trip belongs to the browser inside {name}; no other browser opens it by its own address. First make a link with which others may change it, then open that in your phone's browser."),
            );
            view! { <p>{said}</p> <p><a class="button button--quiet" href="#sharing">{lang.pick("去生成链接", "Make a link")}</a></p> }.into_any()
        }
    };
    section(chrome, app, way)
}

/// The same for a trip that is looked at through a link, which any browser opens.
pub(super) fn shared_exports(chrome: &Chrome, token: &str, days: usize) -> AnyView {
    let lang = chrome.lang;
    match chrome.in_app {
        None => sharing::exports(lang, &|rest| href::shared_trip(lang, token, rest), days),
        Some(app) => {
            let address = format!("{}{}", chrome.base_url, href::shared_trip(lang, token, ""));
            section(chrome, app, address_part(chrome, &address))
        }
    }
}

/// Map apps do not open from here, and whoever is on the way has no time for another browser: the names, to be looked for by hand.
pub(super) fn names_for_maps(lang: Lang, app: InApp, places: &[Located]) -> AnyView {
    let said = lang.pick(
        format!("{}里打不开地图应用：复制地名，到地图里搜。", app.name(lang)),
        format!("{} opens no map apps: copy the name and look for it in yours.", app.name(lang)),
    );
    let items: Vec<_> = places
        .iter()
        .map(|place| {
            // Map apps of the country know the names in Chinese.
            let county = place.region.map_or("湖南省", |region| &region.name.zh);
            let text = format!("{county}{}", place.name.zh);
            let label = lang.pick(format!("复制“{}”", place.name.zh), format!("Copy “{}”", place.name.zh));
            view! {
                <li>
                    {place.name.get(lang).to_owned()} " "
                    <CopyButton text=text label=label done=lang.pick("已复制", "Copied").to_owned() />
                </li>
            }
        })
        .collect();
    view! {
        <div class="in-app__names">
            <p>{said}</p>
            <ol>{items}</ol>
        </div>
    }
    .into_any()
}

fn section(chrome: &Chrome, app: InApp, way: AnyView) -> AnyView {
    let lang = chrome.lang;
    view! {
        <section class="section no-print" id="exports" aria-labelledby="exports-title">
            {ui::heading("exports", lang.pick("带走", "Take it along"))}
            {ui::leave_app(lang, app)}
            {way}
        </section>
    }
    .into_any()
}

fn address_part(chrome: &Chrome, address: &str) -> AnyView {
    let lang = chrome.lang;
    let label = lang.pick("链接的二维码", "QR code of the link");
    let code = qr::svg(address, label).map(|code| view! { <div class="in-app__code" inner_html=code></div> });
    let address = address.to_owned();
    view! {
        <p class="qr__address"><a href=address.clone()>{address.clone()}</a></p>
        <p>
            <CopyButton
                text=address
                label=lang.pick("复制地址", "Copy the address").to_owned()
                done=lang.pick("已复制", "Copied").to_owned()
            />
        </p>
        {code}
    }
    .into_any()
}
