//! Who looks, and how: language from the path, look from a cookie. Nothing else is known about a visitor.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;

use app::href;
use app::views::{Chrome, ErrorPage, InApp, Scheme, Size};
use axum::extract::{FromRequestParts, OriginalUri, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};
use axum::response::Response;
use chrono::Utc;
use domain::search::asked::Asked;
use domain::time::day_of;
use domain::{Lang, Problem};

use super::address::{forwarded_client, peer};
use super::ops::{Meters, RequestId, Route};
use super::page_cache::{Key, Page};
use super::problem;
use crate::error::ServiceError;
use crate::state::{App, Moment};

/// Lives a year; says how the site looks and nothing else.
pub const LOOK_COOKIE: &str = "look";

pub struct Visitor {
    pub lang: Lang,
    pub size: Size,
    pub scheme: Scheme,
    /// The app whose own browser it is; it blocks what other browsers do.
    pub in_app: Option<InApp>,
    /// Path and query without the language prefix.
    pub path: String,
    pub headers: HeaderMap,
    pub request_id: Option<RequestId>,
    pub route: Route,
    /// Who is at the other end of the connection, perhaps a proxy.
    peer: Option<IpAddr>,
}

/// What a page handler found.
pub enum Outcome {
    Found(String),
    /// Right for this visitor, but not for an index: samples.
    Unlisted(String),
    /// Of a search, with what is to be remembered of it.
    Results {
        html: String,
        listed: bool,
        asked: Option<Asked>,
    },
    Missing,
    /// Not understood at all; the words say why.
    Refused(Vec<Problem>),
}

impl Visitor {
    fn new(uri: &Uri, headers: &HeaderMap, request_id: Option<RequestId>, route: Route) -> Self {
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let english = path.strip_prefix("/en").filter(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
        let (lang, rest) = match english {
            Some(rest) if rest.is_empty() || rest.starts_with('?') => (Lang::En, format!("/{rest}")),
            Some(rest) => (Lang::En, rest.to_owned()),
            None => (Lang::Zh, path.to_owned()),
        };
        let (size, scheme) = look_of(headers);
        let in_app = in_app_of(headers);
        Self { lang, size, scheme, in_app, path: rest, headers: headers.clone(), request_id, route, peer: None }
    }

    pub fn of(request: &Request) -> Self {
        let uri = request.extensions().get::<OriginalUri>().map_or_else(|| request.uri().clone(), |uri| uri.0.clone());
        let extensions = request.extensions();
        let visitor = Self::new(&uri, request.headers(), extensions.get().cloned(), Route::of(extensions));
        Self { peer: peer(extensions), ..visitor }
    }

    /// Their address, as far as the operator's proxies are believed.
    pub fn address(&self, app: &App) -> Option<IpAddr> {
        Some(forwarded_client(self.peer?, &self.headers, &app.config.trusted_proxies))
    }

    /// For a page that takes no parameters: whatever hangs on its address, it is one page.
    pub fn bare(mut self) -> Self {
        if let Some(end) = self.path.find('?') {
            self.path.truncate(end);
        }
        self
    }

    /// With the address that says just what was understood.
    pub fn at(mut self, path: String) -> Self {
        self.path = path;
        self
    }

    /// Asked for by the service worker, to be kept and shown where there is no signal.
    fn is_copy(&self) -> bool {
        wants_copy(&self.headers)
    }

    pub fn chrome(&self, app: &App) -> Chrome {
        Chrome {
            lang: self.lang,
            size: self.size,
            scheme: self.scheme,
            in_app: self.in_app,
            path: self.path.clone(),
            base_url: app.config.base_url.clone(),
            today: day_of(Utc::now()),
            kept_at: self.is_copy().then(Utc::now),
            unsent: 0,
            site: app.site(),
            assets: app.assets.clone(),
        }
    }

    /// Answers with the page, from memory where it was rendered before for the same catalogue, decisions, day and look.
    pub async fn page<F>(&self, app: &App, render: F) -> Response
    where
        F: AsyncFnOnce(&Chrome) -> Result<Outcome, ServiceError>,
    {
        self.answer(app, "text/html; charset=utf-8", render).await
    }

    pub async fn answer<F>(&self, app: &App, content_type: &'static str, render: F) -> Response
    where
        F: AsyncFnOnce(&Chrome) -> Result<Outcome, ServiceError>,
    {
        let chrome = self.chrome(app);
        // Taken before anything is read: what is rendered while the catalogue changes is not kept as if it came after.
        let moment = Moment { today: chrome.today, ..app.moment() };
        let look = look_name((self.size, self.scheme));
        let key = Key { address: href::page(self.lang, &self.path), look, in_app: self.in_app };
        if let Some(page) = app.pages.get(&key, moment).filter(|_| !self.is_copy()) {
            page_from_memory();
            return page.answer(&self.headers);
        }
        let refuse = |status: u16, sentence: Option<String>, problems: Vec<Problem>| {
            problem::page(app, self, self.request_id.as_ref(), ErrorPage { status, sentence, problems, request_id: None })
        };
        let (body, noindex, asked) = match render(&chrome).await {
            Ok(Outcome::Found(body)) => (body, false, None),
            Ok(Outcome::Unlisted(body)) => (body, true, None),
            Ok(Outcome::Results { html, listed, asked }) => (html, !listed, asked),
            Ok(Outcome::Missing) => return refuse(404, None, vec![]),
            Ok(Outcome::Refused(problems)) => return refuse(400, None, problems),
            Err(error) => {
                problem::log(&error);
                return refuse(error.status().as_u16(), None, vec![]);
            }
        };
        let mut body = body;
        if app.pages.keeps() {
            body.shrink_to_fit();
        }
        let mut page = Page::new(content_type, body);
        page.noindex = noindex;
        page.asked = asked.map(Arc::new);
        page.meters = Some(Meters::of_page(&self.route));
        let page = Arc::new(page);
        if self.is_copy() {
            return not_kept(page.answer(&self.headers));
        }
        app.pages.put(key, moment, page.clone());
        page.answer(&self.headers)
    }
}

/// A copy says when it was made: no memory between here and the device may hand it to anybody else.
fn not_kept(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("private, no-store"));
    response.headers_mut().remove(header::ETAG);
    response
}

/// Whether a page is asked for that is to be kept on a device; see [`Chrome::kept_at`].
pub fn wants_copy(headers: &HeaderMap) -> bool {
    headers.get("x-offline-copy").is_some_and(|value| value == "1")
}

pub fn page_from_memory() {
    metrics::counter!("xiaoxiang_pages_from_cache_total").increment(1);
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let uri = parts.extensions.get::<OriginalUri>().map_or_else(|| parts.uri.clone(), |uri| uri.0.clone());
        let visitor = Self::new(&uri, &parts.headers, parts.extensions.get().cloned(), Route::of(&parts.extensions));
        Ok(Self { peer: peer(&parts.extensions), ..visitor })
    }
}

/// Of what looks the same for everybody.
pub const PLAIN_LOOK: &str = "";

/// As it stands in the key of a kept page.
pub fn look_name((size, scheme): (Size, Scheme)) -> &'static str {
    match (size, scheme) {
        (Size::Normal, Scheme::Auto) => "normal.auto",
        (Size::Normal, Scheme::Light) => "normal.light",
        (Size::Normal, Scheme::Dark) => "normal.dark",
        (Size::Elder, Scheme::Auto) => "elder.auto",
        (Size::Elder, Scheme::Light) => "elder.light",
        (Size::Elder, Scheme::Dark) => "elder.dark",
    }
}

/// The first cookie of this name.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// `look=elder.dark`; anything else is the default.
pub fn look_of(headers: &HeaderMap) -> (Size, Scheme) {
    let (size, scheme) = cookie(headers, "look").and_then(|look| look.split_once('.')).unwrap_or_default();
    (parse_size(size).unwrap_or_default(), parse_scheme(scheme).unwrap_or_default())
}

/// Known by what the browser says of itself.
pub fn in_app_of(headers: &HeaderMap) -> Option<InApp> {
    headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).and_then(InApp::of)
}

pub fn parse_size(code: &str) -> Option<Size> {
    [Size::Normal, Size::Elder].into_iter().find(|size| size.code() == code)
}

pub fn parse_scheme(code: &str) -> Option<Scheme> {
    [Scheme::Auto, Scheme::Light, Scheme::Dark].into_iter().find(|scheme| scheme.code() == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_in_the_path_and_the_look_in_a_cookie() {
        let visit = |uri: &str, cookie: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, cookie.parse().unwrap());
            let visitor = Visitor::new(&uri.parse().unwrap(), &headers, None, Route::default());
            (visitor.lang, visitor.path.clone(), look_name((visitor.size, visitor.scheme)))
        };
        assert_eq!(visit("/places?q=1", "look=elder.dark"), (Lang::Zh, "/places?q=1".into(), "elder.dark"));
        assert_eq!(visit("/en", ""), (Lang::En, "/".into(), "normal.auto"));
        assert_eq!(visit("/en?x=1", "a=b; look=normal.light"), (Lang::En, "/?x=1".into(), "normal.light"));
        assert_eq!(visit("/en/places/a", "look=huge.pink"), (Lang::En, "/places/a".into(), "normal.auto"));
        assert_eq!(visit("/entrance", "look="), (Lang::Zh, "/entrance".into(), "normal.auto"));
    }
}
