//! An offer: whether it runs, and what it asks of those who use it.

use domain::Lang;
use domain::listing::kinds::{Mode, Offer};
use domain::time::say_day;
use leptos::prelude::*;

use crate::href;
use crate::ui;
use crate::views::Chrome;

pub fn how_to_use(chrome: &Chrome, offer: &Offer) -> AnyView {
    let lang = chrome.lang;
    let rules = [
        offer.poverty_counties_only.then(|| {
            lang.pick(
                "只能在51个脱贫县使用，让优惠先到最需要客人的地方。",
                "It can be used only in the 51 counties lifted out of poverty, so that it helps where guests are needed most.",
            )
        }),
        offer.recognised_first.then(|| {
            lang.pick(
                "认定的消费帮扶产品排在前面，并写明原因。",
                "Recognised assistance products stand first, and the reason is shown.",
            )
        }),
        Some(mode(offer.mode, lang)),
        Some(lang.pick(
            "目前不在本站领取；本站不收款，也不发券。",
            "It is not claimed here: this site takes no money and issues no vouchers.",
        )),
    ];
    let rules: Vec<_> = rules.into_iter().flatten().map(|rule| view! { <li>{rule}</li> }).collect();
    view! {
        <section class="section" id="use" aria-labelledby="use-title">
            {ui::heading("use", lang.pick("怎么用", "How to use it"))}
            <p class="offer-status"><strong>{status(chrome, offer)}</strong></p>
            <ul>{rules}</ul>
            <p><a href=href::page(lang, href::OFFERS_BY_COUNTY)>{lang.pick("按县查看全部优惠", "See all offers by county")}</a></p>
        </section>
    }
    .into_any()
}

/// Whether it runs today, in days a person can count.
pub fn status(chrome: &Chrome, offer: &Offer) -> String {
    let (lang, today) = (chrome.lang, chrome.today);
    if today < offer.from {
        let day = say_day(offer.from, lang);
        return lang.pick(format!("还没开始，{day}起可用"), format!("Not yet: it starts on {day}"));
    }
    match (offer.until - today).num_days() {
        left if left < 0 => lang.pick("已经结束", "It is over").to_owned(),
        0 => lang.pick("今天是最后一天", "Today is the last day").to_owned(),
        1 => lang.pick("正在进行，还剩1天", "Running, 1 day left").to_owned(),
        left => lang.pick(format!("正在进行，还剩{left}天"), format!("Running, {left} days left")),
    }
}

fn mode(mode: Mode, lang: Lang) -> &'static str {
    match mode {
        Mode::Lottery => lang.pick("先报名，再摇号；抽中的人可用。", "Sign up first; those who are drawn may use it."),
        Mode::FirstCome => lang.pick("先到先得，用完为止。", "First come, first served, while it lasts."),
        Mode::Direct => lang.pick("到店结账时直接减，不用领。", "Taken off at the till; nothing to claim."),
    }
}
