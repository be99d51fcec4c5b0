//! Taking the trip along, showing it to others, and deleting it.

use domain::Lang;
use domain::time::say_day;
use leptos::prelude::*;

use crate::href;
use crate::islands::CopyButton;
use crate::ui::{self, hidden};
use crate::views::{Chrome, Guests, TripPage};

/// Files and paper. `to` makes an address of what hangs on the trip's own.
pub(super) fn exports(lang: Lang, to: &dyn Fn(&str) -> String, days: usize) -> AnyView {
    const FILES: [(&str, &str, &str); 3] = [
        ("ics", "日历（ICS）", "Calendar (ICS)"),
        ("gpx", "导航（GPX）", "Navigation (GPX)"),
        ("kml", "地图（KML）", "Map (KML)"),
    ];
    let whole: Vec<_> = FILES
        .iter()
        .map(|(ending, zh, en)| {
            let href = to(&format!("/trip.{ending}"));
            view! { <li><a class="button button--quiet" href=href download="">{lang.pick(*zh, *en)}</a></li> }
        })
        .collect();
    let by_day: Vec<_> = (1..=days)
        .map(|day| {
            let links: Vec<_> = FILES
                .iter()
                .map(|(ending, ..)| {
                    let href = to(&format!("/trip.{ending}?day={day}"));
                    view! { " " <a class="trip__file" href=href download="">{ending.to_uppercase()}</a> }
                })
                .collect();
            view! { <li>{lang.pick(format!("第{day}天："), format!("Day {day}:"))}{links}</li> }
        })
        .collect();
    view! {
        <section class="section no-print" id="exports" aria-labelledby="exports-title">
            {ui::heading("exports", lang.pick("带走", "Take it along"))}
            <ul class="trip__files">
                <li><a class="button button--quiet" href=to("/print")>{lang.pick("打印", "Print")}</a></li>
                {whole}
            </ul>
            <details class="trip__more">
                <summary>{lang.pick("按天下载", "Day by day")}</summary>
                <ul>{by_day}</ul>
            </details>
        </section>
    }
    .into_any()
}

pub(super) fn sharing(chrome: &Chrome, page: &TripPage) -> AnyView {
    let lang = chrome.lang;
    let is_guest = page.guests == Guests::Itself;
    let links: Vec<_> = page
        .shares
        .iter()
        .map(|share| {
            let address = format!("{}{}", chrome.base_url, href::shared_trip(lang, &share.token, ""));
            let until = say_day(share.until, lang);
            let what =
                if share.edits { lang.pick("可一起修改", "may change it") } else { lang.pick("只能看", "may look") };
            let said = lang.pick(format!("{what}，{until}前有效"), format!("{what}, until {until}"));
            let take_back = (!is_guest).then(|| {
                view! {
                    <form method="post" action=href::trip(lang, &page.id, "/unshare")>
                        {hidden("token", share.token.clone())}
                        <button class="button button--quiet" type="submit">{lang.pick("收回链接", "Take the link back")}</button>
                    </form>
                }
            });
            view! {
                <li>
                    <a href=address.clone()>{address.clone()}</a>
                    <p><small>{said}</small></p>
                    <CopyButton
                        text=address.clone()
                        label=lang.pick("复制链接", "Copy the link").to_owned()
                        done=lang.pick("已复制", "Copied").to_owned()
                    />
                    {take_back}
                </li>
            }
        })
        .collect();
    let links = (!links.is_empty()).then(|| view! { <ul class="trip__shares">{links}</ul> });
    let days = [7, 30, 90].map(|days| {
        let label = lang.pick(format!("{days}天"), format!("{days} days"));
        view! { <option value=days.to_string() selected=days == 30>{label}</option> }
    });
    let many = match page.guests {
        Guests::Are(many) if many > 0 => Some(many),
        _ => None,
    };
    let guests = many.map(|guests| {
        let said = lang.pick(
            format!("用过“可一起修改”链接的有{guests}部设备。收回链接只是不再让新的人进来，它们照样能改这个行程。"),
            format!("{guests} {} came in by a link and can change this trip. Taking a link back only keeps new people out: these can still change it.",
                if guests == 1 { "device" } else { "devices" }),
        );
        view! {
            <form class="trip__guests" method="post" action=href::trip(lang, &page.id, "/alone")>
                <p>{said}</p>
                <button class="button button--quiet" type="submit">
                    {lang.pick("只让我的设备改：请它们离开", "Only I may change it: ask them to leave")}
                </button>
                <p><small>{lang.pick("“可一起修改”的链接会一起收回；“只能看”的链接不受影响。", "Links to change it are taken back too; links to look at it stay.")}</small></p>
            </form>
        }
    });
    let visits = is_guest.then(|| {
        let said = lang.pick(
            "你是通过链接一起修改这个行程的；做行程的人可以随时请你离开。",
            "You came in by a link and change this trip together with whoever made it, who can ask you to leave at any time.",
        );
        view! { <p>{said}</p> }
    });
    let belongs = lang.pick(
        "不用注册：行程属于这部设备上的浏览器。清掉浏览器数据就打不开了；一年没人打开的行程会被删除。",
        "No account: the trip belongs to the browser of this device. Clear its data and it cannot be opened any more; a trip that nobody opens for a year is deleted.",
    );
    view! {
        <section class="section no-print" id="sharing" aria-labelledby="sharing-title">
            {ui::heading("sharing", lang.pick("给别人看", "Show it to others"))}
            {visits}
            {links}
            {guests}
            <form class="form form--row" method="post" action=href::trip(lang, &page.id, "/share")>
                <div class="form__row">
                    <label for="share-rights">{lang.pick("拿到链接的人", "Whoever has the link")}</label>
                    <select class="field" id="share-rights" name="rights">
                        <option value="look">{lang.pick("只能看", "may look")}</option>
                        <option value="edit">{lang.pick("可一起修改", "may change it too")}</option>
                    </select>
                </div>
                <div class="form__row">
                    <label for="share-days">{lang.pick("有效期", "For")}</label>
                    <select class="field" id="share-days" name="days">{days}</select>
                </div>
                <button class="button" type="submit">{lang.pick("生成链接", "Make a link")}</button>
            </form>
            {(!is_guest).then(|| view! { <p><small>{belongs}</small></p> })}
            {if is_guest { leave(lang, &page.id) } else { delete(lang, &page.id) }}
        </section>
    }
    .into_any()
}

fn delete(lang: Lang, id: &str) -> AnyView {
    view! {
        <details class="trip__more">
            <summary>{lang.pick("删除行程", "Delete the trip")}</summary>
            <form method="post" action=href::trip(lang, id, "/delete")>
                <p>{lang.pick("删除后找不回来，发出去的链接也失效。", "It cannot be brought back, and its links end too.")}</p>
                <button class="button" type="submit">{lang.pick("确定删除", "Delete it for good")}</button>
            </form>
        </details>
    }
    .into_any()
}

/// A trip is not a guest's to delete.
fn leave(lang: Lang, id: &str) -> AnyView {
    let said = lang.pick(
        "退出后，它不再列在这部设备的行程里；别人照样能看能改。想回来，再打开发给你的链接，只要链接还有效。",
        "It will no longer be among the trips of this device; for the others nothing changes. The link you were sent lets you in again, for as long as it holds.",
    );
    view! {
        <details class="trip__more">
            <summary>{lang.pick("退出这个行程", "Leave this trip")}</summary>
            <form method="post" action=href::trip(lang, id, "/leave")>
                <p>{said}</p>
                <button class="button" type="submit">{lang.pick("确定退出", "Leave it")}</button>
            </form>
        </details>
    }
    .into_any()
}
