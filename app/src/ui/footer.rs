//! What stands at the foot of every page.

use domain::listing::Kind;
use domain::time::say_day;
use leptos::prelude::*;

use super::switches::scheme_switch;
use super::text::band;
use crate::href;
use crate::views::{Chrome, Size};

pub fn footer(chrome: &Chrome) -> AnyView {
    let lang = chrome.lang;
    let link = |path: &str, label: &str| view! { <li><a href=href::page(lang, path)>{label.to_owned()}</a></li> };
    let kinds: Vec<_> = Kind::ALL
        .iter()
        .filter(|kind| !chrome.site.empty_kinds.contains(kind))
        .map(|kind| link(&format!("/{}", kind.plural()), kind.label(lang)))
        .collect();
    let samples = chrome.site.shows_samples.then(|| {
        let text = lang.pick(
            "标有“示例”的条目是虚构的，只用来展示本站能做什么。",
            "Entries marked “Sample” are fictional; they show what this site can do.",
        );
        view! { <p class="site-footer__samples">{text}</p> }
    });
    let as_of = chrome.site.facts_as_of.map(|day| {
        let day = say_day(day, lang);
        view! { <p>{lang.pick(format!("资料截至{day}。"), format!("Facts as of {day}."))}</p> }
    });
    view! {
        <footer class="site-footer no-print">
            {band(chrome)}
            <nav class="site-footer__nav" aria-label=lang.pick("页脚", "Footer")>
                <ul>
                    {kinds}
                    {link(href::COUNTIES, lang.pick("县区", "Counties"))}
                    {link(href::TRIPS, lang.pick("我的行程", "My trips"))}
                    {link(href::FAMILIES, lang.pick("线路系列", "Route series"))}
                    {(!chrome.site.empty_kinds.contains(&Kind::Offer))
                        .then(|| link(href::OFFERS_BY_COUNTY, lang.pick("各县优惠", "Offers by county")))}
                </ul>
                <ul>
                    {link(href::ABOUT_DATA, lang.pick("资料说明", "About the data"))}
                    {link(href::ACCESSIBILITY, lang.pick("无障碍声明", "Accessibility"))}
                    {link(href::PRIVACY, lang.pick("隐私", "Privacy"))}
                    {link(href::DEVELOPERS, lang.pick("开发者", "Developers"))}
                    {link(href::FEED, lang.pick("订阅更新", "Feed"))}
                </ul>
            </nav>
            {(chrome.size == Size::Elder).then(|| {
                view! { <nav class="switches" aria-label=lang.pick("明暗", "Light or dark")>{scheme_switch(chrome)}</nav> }
            })}
            {report(chrome)}
            {samples}
            {as_of}
            {registrations(chrome)}
        </footer>
    }
    .into_any()
}

fn report(chrome: &Chrome) -> AnyView {
    let lang = chrome.lang;
    let subject = lang.pick("游潇湘：发现错误", "You Xiaoxiang: an error");
    match (href::report(&chrome.site, subject), &chrome.site.report_contact) {
        (Some(href), _) => view! { <p><a href=href>{lang.pick("报告错误", "Report an error")}</a></p> }.into_any(),
        (None, Some(contact)) => {
            view! { <p>{lang.pick(format!("报告错误：{contact}"), format!("Report an error: {contact}"))}</p> }.into_any()
        }
        (None, None) => {
            let text =
                lang.pick("本站运营者尚未设置报错的联系方式。", "The operator has not set a contact for reporting errors.");
            view! { <p>{text}</p> }.into_any()
        }
    }
}

/// Registration numbers and the complaint phone, each only where it is set.
fn registrations(chrome: &Chrome) -> Option<AnyView> {
    let (lang, site) = (chrome.lang, &*chrome.site);
    let mut items: Vec<AnyView> = Vec::new();
    let outside = |href: &'static str, text: &str| {
        view! { <li><a href=href rel="noopener nofollow" lang="zh-Hans">{text.to_owned()}</a></li> }.into_any()
    };
    items.extend(site.icp_number.as_deref().map(|number| outside("https://beian.miit.gov.cn/", number)));
    items.extend(site.police_number.as_deref().map(|number| outside("https://beian.mps.gov.cn/", number)));
    items.extend(
        site.site_code
            .as_deref()
            .map(|code| view! { <li>{lang.pick(format!("网站标识码 {code}"), format!("Site code {code}"))}</li> }.into_any()),
    );
    items.extend(site.complaint_phone.as_deref().map(|phone| {
        let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        let label = lang.pick(format!("投诉电话 {phone}"), format!("Complaints: {phone}"));
        view! { <li><a href=format!("tel:{digits}")>{label}</a></li> }.into_any()
    }));
    (!items.is_empty()).then(|| view! { <ul class="site-footer__registrations">{items}</ul> }.into_any())
}
