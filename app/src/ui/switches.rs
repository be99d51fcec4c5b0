//! How the site is shown: language, size, light or dark. Plain links, so no script is needed.

use domain::Lang;
use leptos::prelude::*;

use crate::href;
use crate::islands::LookSwitches;
use crate::views::{Chrome, Scheme, Size};

/// The elder version keeps light and dark for the footer.
pub fn switches(chrome: &Chrome) -> AnyView {
    let lang = chrome.lang;
    let scheme = (chrome.size == Size::Normal).then(|| scheme_switch(chrome));
    let groups = view! {
        <div class="switches no-print">
            {language_switch(chrome)}
            {size_switch(chrome)}
            {scheme}
        </div>
    }
    .into_any();
    let label = lang.pick("显示方式", "How the site is shown");
    view! { <nav aria-label=label class="site-header__switches"><LookSwitches>{groups}</LookSwitches></nav> }.into_any()
}

fn language_switch(chrome: &Chrome) -> AnyView {
    let links: Vec<_> = Lang::ALL
        .into_iter()
        .map(|lang| {
            let here = lang == chrome.lang;
            let href = if here { href::page(lang, &chrome.path) } else { href::other_language(chrome) };
            let name = lang.pick("中文", "English");
            let current = here.then_some("true");
            view! { <li><a href=href lang=lang.tag() hreflang=lang.tag() aria-current=current>{name}</a></li> }
        })
        .collect();
    view! { <ul class="switches__group switches__group--language" aria-label=chrome.lang.pick("语言", "Language")>{links}</ul> }
        .into_any()
}

fn size_switch(chrome: &Chrome) -> AnyView {
    let lang = chrome.lang;
    let links: Vec<_> = [(Size::Normal, lang.pick("标准版", "Standard")), (Size::Elder, lang.pick("长辈版", "Large text"))]
        .into_iter()
        .map(|(size, name)| {
            let class = if size == Size::Elder { "switches__elder" } else { "switches__standard" };
            let current = (size == chrome.size).then_some("true");
            let href = href::look(chrome, "size", size.code());
            view! { <li><a class=class href=href rel="nofollow" aria-current=current>{name}</a></li> }
        })
        .collect();
    view! { <ul class="switches__group switches__group--size" aria-label=lang.pick("字号", "Text size")>{links}</ul> }.into_any()
}

pub fn scheme_switch(chrome: &Chrome) -> AnyView {
    let lang = chrome.lang;
    let names = [
        (Scheme::Auto, lang.pick("跟随系统", "Auto")),
        (Scheme::Light, lang.pick("浅色", "Light")),
        (Scheme::Dark, lang.pick("深色", "Dark")),
    ];
    let links: Vec<_> = names
        .into_iter()
        .map(|(scheme, name)| {
            let current = (scheme == chrome.scheme).then_some("true");
            let href = href::look(chrome, "scheme", scheme.code());
            view! { <li><a href=href rel="nofollow" aria-current=current>{name}</a></li> }
        })
        .collect();
    view! { <ul class="switches__group switches__group--scheme" aria-label=lang.pick("明暗", "Light or dark")>{links}</ul> }
        .into_any()
}
