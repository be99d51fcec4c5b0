//! For machines that read the site: robots, sitemaps, the feed. Samples are in none of them.

use std::fmt::Write;
use std::sync::Arc;

use app::href;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::Lang;
use domain::listing::{Kind, Listing};
use domain::region;
use domain::search::{Query, Sort};
use domain::xml::escape;

use super::visitor::{Outcome, Visitor};
use crate::search::Options;
use crate::state::App;
use crate::store::Address;

type Server = State<Arc<App>>;

/// The protocol allows 50,000; every entry here also carries its translations, and a file should fit into the memory for pages.
const PER_SITEMAP: u64 = 1_000;
const IN_FEED: u32 = 50;

pub async fn robots(State(app): Server) -> Response {
    let base = &app.config.base_url;
    let text = format!(
        "User-agent: *\nDisallow: /search\nDisallow: /en/search\nDisallow: /look\nDisallow: /trips/add\nDisallow: /en/trips/add\nDisallow: /trips/new\nDisallow: /en/trips/new\nDisallow: /saved\nDisallow: /en/saved\nDisallow: /compare\nDisallow: /en/compare\nAllow: /search/how\nAllow: /en/search/how\nAllow: /\n\nSitemap: {base}/sitemap.xml\n"
    );
    let mut response = text.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    response
}

pub async fn sitemap_index(State(app): Server, visitor: Visitor) -> Response {
    visitor
        .bare()
        .answer(&app, "application/xml", async |chrome| {
            let base = &chrome.base_url;
            let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
            let _ = writeln!(xml, "<sitemap><loc>{base}/sitemaps/pages.xml</loc></sitemap>");
            for &kind in Kind::ALL {
                for part in 0..app.store.count_real(kind).await?.div_ceil(PER_SITEMAP) {
                    let _ = writeln!(xml, "<sitemap><loc>{base}/sitemaps/{}-{}.xml</loc></sitemap>", kind.plural(), part + 1);
                }
            }
            xml.push_str("</sitemapindex>\n");
            Ok(Outcome::Found(xml))
        })
        .await
}

fn entry(xml: &mut String, base: &str, path: &str, modified: Option<String>) {
    let address = |lang: Lang| escape(&format!("{base}{}", href::page(lang, path)));
    for lang in Lang::ALL {
        let _ = write!(xml, "<url><loc>{}</loc>", address(lang));
        if let Some(modified) = &modified {
            let _ = write!(xml, "<lastmod>{modified}</lastmod>");
        }
        for other in Lang::ALL {
            let _ = write!(xml, "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{}\"/>", other.tag(), address(other));
        }
        xml.push_str("</url>\n");
    }
}

pub async fn sitemap(State(app): Server, visitor: Visitor, Path(file): Path<String>) -> Response {
    visitor
        .bare()
        .answer(&app, "application/xml", async |chrome| {
            let Some(name) = file.strip_suffix(".xml") else { return Ok(Outcome::Missing) };
            let base = &chrome.base_url;
            let mut xml = String::from(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
                 xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
            );
            if name == "pages" {
                let fixed = [
                    "/",
                    "/families",
                    "/offers-by-county",
                    "/counties",
                    "/about-data",
                    "/accessibility",
                    "/privacy",
                    "/developers",
                    "/search/how",
                ];
                fixed.iter().for_each(|path| entry(&mut xml, base, path, None));
                Kind::ALL.iter().for_each(|kind| entry(&mut xml, base, &format!("/{}", kind.plural()), None));
                region::all().iter().for_each(|region| entry(&mut xml, base, &region.path(Lang::Zh), None));
            } else {
                let part = name.rsplit_once('-').and_then(|(kind, n)| Some((Kind::parse_plural(kind)?, n.parse::<u32>().ok()?)));
                let Some((kind, number)) = part.filter(|(_, number)| *number > 0) else { return Ok(Outcome::Missing) };
                let part = app.store.addresses(kind, u64::from(number - 1) * PER_SITEMAP, PER_SITEMAP).await?;
                if part.is_empty() {
                    return Ok(Outcome::Missing);
                }
                for Address { slug, updated_at } in part {
                    let modified = updated_at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
                    entry(&mut xml, base, &format!("/{}/{slug}", kind.plural()), Some(modified));
                }
            }
            xml.push_str("</urlset>\n");
            Ok(Outcome::Found(xml))
        })
        .await
}

/// Atom (RFC 4287): what was updated last.
pub async fn feed(State(app): Server, visitor: Visitor) -> Response {
    visitor
        .bare()
        .answer(&app, "application/atom+xml; charset=utf-8", async |chrome| {
            let lang = chrome.lang;
            let newest = Query { sort: Sort::Newest, per_page: IN_FEED, lang, ..Query::default() };
            // Samples are left out here, so that a reader's list is never fictional.
            let options = Options { hide_samples: true, facets: false, ..app.options(chrome.today) };
            let ids: Vec<_> = app.keeper.index().search(&newest, &options)?.hits.into_iter().map(|hit| hit.id).collect();
            let listings = app.listings.find_many(&ids).await?;
            let time = |listing: &Listing| listing.updated_at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
            let updated = listings.iter().map(|listing| time(listing)).max().unwrap_or_else(|| "2026-11-01T00:00:00Z".to_owned());
            let base = &chrome.base_url;
            let own = format!("{base}{}", href::page(lang, "/feed.xml"));
            let mut xml = format!(
                "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<id>{own}</id>\n\
                 <title>{}</title>\n<updated>{updated}</updated>\n<link rel=\"self\" href=\"{own}\"/>\n<link href=\"{base}{}\"/>\n\
                 <author><name>{}</name></author>\n<rights>CC BY 4.0</rights>\n",
                lang.tag(),
                lang.pick("游潇湘 · 最近更新", "You Xiaoxiang · latest"),
                href::page(lang, "/"),
                lang.pick("游潇湘", "You Xiaoxiang"),
            );
            for listing in &listings {
                let address = format!("{base}{}", listing.path(lang));
                let _ = writeln!(
                    xml,
                    "<entry><id>{address}</id><title>{}</title><link href=\"{address}\"/><published>{}</published><updated>{}</updated>\
                     <category term=\"{}\"/><summary>{}</summary></entry>",
                    escape(listing.title.get(lang)),
                    listing.published_at.format("%Y-%m-%dT%H:%M:%SZ"),
                    time(listing),
                    listing.kind(),
                    escape(listing.summary.get(lang)),
                );
            }
            xml.push_str("</feed>\n");
            Ok(Outcome::Found(xml))
        })
        .await
}
