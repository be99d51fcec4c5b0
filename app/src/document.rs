//! The document around every page: head, header, main, footer.

use std::sync::Arc;

use domain::Lang;
use hydration_context::SsrSharedContext;
use leptos::html;
use leptos::prelude::*;
use leptos::tachys::view::Position;

use crate::href;
use crate::ui;
use crate::views::{Chrome, Scheme};

/// Paper and ink of the two schemes, for the browser's own bars; the same as the style's ground.
const LIGHT_GROUND: &str = "#f7f2e7";
const DARK_GROUND: &str = "#17150f";

/// Most pages fit into this many bytes; growing to it step by step would copy each several times.
const ROOMY: usize = 64 << 10;

/// What a page says about itself.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// Without the site's name.
    pub title: String,
    pub description: String,
    pub noindex: bool,
    /// A path or an address.
    pub og_image: Option<String>,
    /// `website` unless set.
    pub og_type: Option<&'static str>,
    /// Finished JSON; it is made safe to stand in a script element.
    pub json_ld: Option<Arc<str>>,
    /// Made to be printed: on at most two sheets.
    pub print: bool,
    /// What stands in the search field of the header.
    pub typed: String,
    /// The page has a search field of its own, so the header has none.
    pub own_search: bool,
    /// The page has no lasting address: errors.
    pub homeless: bool,
}

impl Head {
    pub fn new(title: impl Into<String>, description: impl Into<String>) -> Self {
        Self { title: title.into(), description: description.into(), ..Self::default() }
    }
}

/// The name of the site.
pub fn site_name(lang: Lang) -> &'static str {
    lang.pick("游潇湘", "You Xiaoxiang")
}

/// Renders a whole page. `main` is called inside the owner that islands need.
pub fn document<V: IntoView>(chrome: &Chrome, head: Head, main: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let mut document = String::with_capacity(ROOMY);
    document.push_str("<!DOCTYPE html>");
    owner.with(|| {
        let print_class = if head.print { "page page--print" } else { "page" };
        let header = ui::header(chrome, &head.typed, !head.own_search);
        let main = main().into_view();
        let keep = ui::keep_form(chrome);
        let footer = ui::footer(chrome);
        let (lang, size, scheme) = (chrome.lang.tag(), chrome.size.code(), chrome.scheme.code());
        let view = view! {
            <html lang=lang data-size=size data-scheme=scheme>
                <head>{head_tags(chrome, head)}</head>
                <body class=print_class>
                    <a class="skip-link" href="#main">{chrome.lang.pick("跳到正文", "Skip to content")}</a>
                    {header}
                    {ui::kept(chrome)}
                    <main id="main" tabindex="-1">{main}</main>
                    {keep}
                    {footer}
                </body>
            </html>
        };
        // What `to_html` does, but onto what is there already and into enough room.
        view.to_html_with_buf(&mut document, &mut Position::FirstChild, true, false, vec![]);
    });
    document
}

fn head_tags(chrome: &Chrome, head: Head) -> AnyView {
    let lang = chrome.lang;
    let name = site_name(lang);
    let title = if head.title == name { head.title.clone() } else { format!("{} · {name}", head.title) };
    let path = chrome.path.split('?').next().unwrap_or("/");
    let canonical = (!head.homeless).then(|| href::absolute(chrome, lang, path));
    let alternates = (!head.homeless).then(|| {
        let zh = href::absolute(chrome, Lang::Zh, path);
        let en = href::absolute(chrome, Lang::En, path);
        view! {
            <link rel="alternate" hreflang="zh-Hans" href=zh.clone() />
            <link rel="alternate" hreflang="en" href=en />
            <link rel="alternate" hreflang="x-default" href=zh />
        }
    });
    let image = head.og_image.map(|image| if image.starts_with('/') { format!("{}{image}", chrome.base_url) } else { image });
    let theme = match chrome.scheme {
        Scheme::Light => view! { <meta name="theme-color" content=LIGHT_GROUND /> }.into_any(),
        Scheme::Dark => view! { <meta name="theme-color" content=DARK_GROUND /> }.into_any(),
        Scheme::Auto => {
            let when = |media, ground| html::meta().attr("name", "theme-color").attr("media", media).attr("content", ground);
            let light = when("(prefers-color-scheme: light)", LIGHT_GROUND);
            (light, when("(prefers-color-scheme: dark)", DARK_GROUND)).into_any()
        }
    };
    let color_scheme = match chrome.scheme {
        Scheme::Auto => "light dark",
        Scheme::Light => "light",
        Scheme::Dark => "dark",
    };
    let card = if image.is_some() { "summary_large_image" } else { "summary" };
    view! {
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <meta name="description" content=head.description.clone() />
        {head.noindex.then(|| view! { <meta name="robots" content="noindex" /> })}
        <meta name="color-scheme" content=color_scheme />
        {theme}
        <link rel="stylesheet" href=chrome.assets.css.clone() />
        {chrome.assets.boot.clone().map(|boot| view! { <script type="module" src=boot></script> })}
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/icon-192.png" />
        <link rel="manifest" href="/manifest.webmanifest" />
        {canonical.clone().map(|href| view! { <link rel="canonical" href=href /> })}
        {alternates}
        <link
            rel="alternate"
            type="application/atom+xml"
            title=lang.pick("游潇湘：最近更新", "You Xiaoxiang: latest changes")
            href=href::page(lang, href::FEED)
        />
        {property("og:site_name", name.to_owned())}
        {property("og:title", head.title)}
        {property("og:description", head.description)}
        {property("og:type", head.og_type.unwrap_or("website").to_owned())}
        {property("og:locale", lang.pick("zh_CN", "en_GB").to_owned())}
        {canonical.map(|url| property("og:url", url))}
        {image.map(|image| property("og:image", image))}
        <meta name="twitter:card" content=card />
        {head.json_ld.map(|json| view! { <script type="application/ld+json" inner_html=within_script(&json)></script> })}
    }
    .into_any()
}

/// In JSON `<` occurs only in texts; written as an escape, no text can end the element.
fn within_script(json: &str) -> String {
    json.replace('<', "\\u003c")
}

fn property(name: &'static str, content: String) -> impl IntoView {
    html::meta().attr("property", name).attr("content", content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_script_it_stands_in() {
        assert_eq!(within_script(r#"{"name":"</script><!--凤凰"}"#), r#"{"name":"\u003c/script>\u003c!--凤凰"}"#);
    }
}
