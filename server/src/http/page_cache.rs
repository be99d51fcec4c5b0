//! Rendered pages, kept by address and look for as long as what they depend on holds: the catalogue's revision, and the day.
//!
//! A page is the same bytes for everyone who asks the same way, so it is rendered once, compressed once, and answered with its
//! own ETag. Nothing here carries a nonce: the policy allows no inline script at all, so cached and 304 answers need nothing new.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use app::views::InApp;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use domain::search::asked::Asked;
use lru::LruCache;
use xxhash_rust::xxh3::xxh3_64;

use super::ops::Meters;
use crate::state::Moment;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// Path and query as the page's own links have them, language prefix included.
    pub address: String,
    /// Size and scheme.
    pub look: &'static str,
    /// In a browser inside an app some links give way to words.
    pub in_app: Option<InApp>,
}

/// A finished answer with its compressed forms, made when first wanted.
pub struct Page {
    pub content_type: &'static str,
    pub noindex: bool,
    pub body: Bytes,
    /// Where its answers are counted, if it is kept.
    pub meters: Option<Meters>,
    /// The search it answers, as it is to be remembered.
    pub asked: Option<Arc<Asked>>,
    /// Brotli's, for what is kept; none where compressing gains nothing.
    quality: Option<i32>,
    etag: String,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coding {
    Identity,
    Brotli,
    Gzip,
}

impl Page {
    pub fn new(content_type: &'static str, body: impl Into<Bytes>) -> Self {
        let body = body.into();
        // It tells versions of one page apart, against nobody: a fast hash is enough, and a page is not small.
        let etag = format!("{:016x}", xxh3_64(&body));
        let (brotli, gzip) = (OnceLock::new(), OnceLock::new());
        Self { content_type, noindex: false, body, meters: None, asked: None, quality: Some(5), etag, brotli, gzip }
    }

    /// For one answer only: compressed quickly, or not at all where it is small.
    pub fn fleeting(content_type: &'static str, body: impl Into<Bytes>) -> Self {
        let page = Self::new(content_type, body);
        let quality = (page.body.len() > 1_024).then_some(2);
        Self { quality, ..page }
    }

    /// Compressed already, as PNG is.
    pub fn incompressible(content_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self { quality: None, ..Self::new(content_type, body) }
    }

    fn weight(&self) -> usize {
        // The compressed forms together stay well below the original.
        self.body.len() * 3 / 2 + 512
    }

    fn coded(&self, coding: Coding) -> Bytes {
        match coding {
            Coding::Identity => self.body.clone(),
            Coding::Brotli => self.brotli.get_or_init(|| brotli(&self.body, self.quality.unwrap_or(0))).clone(),
            Coding::Gzip => self.gzip.get_or_init(|| gzip(&self.body)).clone(),
        }
    }

    /// The answer to these request headers: 304 where the client has it, compressed where the client can.
    pub fn answer(&self, request: &HeaderMap) -> Response<axum::body::Body> {
        let coding = if self.quality.is_some() { accepted(request) } else { Coding::Identity };
        let etag = match coding {
            Coding::Identity => format!("\"{}\"", self.etag),
            Coding::Brotli => format!("\"{}-br\"", self.etag),
            Coding::Gzip => format!("\"{}-gz\"", self.etag),
        };
        let known = request.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).is_some_and(|tags| {
            tags.split(',').map(|tag| tag.trim().trim_start_matches("W/")).any(|tag| tag == "*" || tag == etag)
        });
        let mut response =
            Response::new(if known { axum::body::Body::empty() } else { axum::body::Body::from(self.coded(coding)) });
        if known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        let headers = response.headers_mut();
        headers.insert(header::ETAG, HeaderValue::from_str(&etag).expect("hexadecimal"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, cookie, user-agent"));
        if self.noindex {
            headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
        }
        if !known {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
            match coding {
                Coding::Identity => {}
                Coding::Brotli => drop(headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"))),
                Coding::Gzip => drop(headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))),
            }
        }
        if let Some(meters) = &self.meters {
            response.extensions_mut().insert(meters.clone());
        }
        if let Some(asked) = &self.asked {
            response.extensions_mut().insert(asked.clone());
        }
        response
    }
}

/// Whether the client can read a coding.
pub fn takes(request: &HeaderMap, coding: &str) -> bool {
    let listed = request.get(header::ACCEPT_ENCODING).and_then(|list| list.to_str().ok()).unwrap_or("");
    listed.split(',').any(|entry| {
        let (name, weight) = entry.split_once(';').unwrap_or((entry, ""));
        let refused = weight.trim().strip_prefix("q=").is_some_and(|q| q.trim().parse() == Ok(0.0_f32));
        name.trim().eq_ignore_ascii_case(coding) && !refused
    })
}

fn accepted(request: &HeaderMap) -> Coding {
    if takes(request, "br") {
        Coding::Brotli
    } else if takes(request, "gzip") {
        Coding::Gzip
    } else {
        Coding::Identity
    }
}

/// Wider than any page, so a wider one would find nothing more and be memory to be cleared for each. Below 2^17 brotli takes to
/// another way of looking that is half as fast.
const WINDOW_BITS: i32 = 18;

/// Quality 5 has most of the gain for a tenth of the time, quality 2 half of that again.
fn brotli(body: &[u8], quality: i32) -> Bytes {
    let mut coded = Vec::with_capacity(body.len() / 4);
    let params = brotli::enc::BrotliEncoderParams { quality, lgwin: WINDOW_BITS, ..Default::default() };
    brotli::BrotliCompress(&mut &body[..], &mut coded, &params).expect("memory to memory");
    coded.into()
}

fn gzip(body: &[u8]) -> Bytes {
    use std::io::Write;
    let mut coder = flate2::write::GzEncoder::new(Vec::with_capacity(body.len() / 4), flate2::Compression::new(5));
    coder.write_all(body).expect("memory to memory");
    coder.finish().expect("memory to memory").into()
}

/// Bounded by bytes; the least recently wanted page goes first.
pub struct PageCache {
    most_bytes: usize,
    kept: Mutex<Kept>,
}

struct Kept {
    moment: Option<Moment>,
    pages: LruCache<Key, Arc<Page>>,
    bytes: usize,
}

impl PageCache {
    pub fn new(most_bytes: usize) -> Self {
        let pages = LruCache::new(NonZeroUsize::new(65_536).expect("not zero"));
        Self { most_bytes, kept: Mutex::new(Kept { moment: None, pages, bytes: 0 }) }
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether there is room for anything at all.
    pub fn keeps(&self) -> bool {
        self.most_bytes > 0
    }

    pub fn get(&self, key: &Key, moment: Moment) -> Option<Arc<Page>> {
        if !self.keeps() {
            return None;
        }
        let mut kept = self.kept();
        if kept.moment != Some(moment) {
            return None;
        }
        kept.pages.get(key).cloned()
    }

    /// Keeps a page that was rendered from `moment`. A newer moment makes everything from an older one go; a page that took long
    /// and comes from an older one is not kept at all.
    pub fn put(&self, key: Key, moment: Moment, page: Arc<Page>) {
        if page.weight() > self.most_bytes / 8 {
            return;
        }
        let mut kept = self.kept();
        if kept.moment > Some(moment) {
            return;
        }
        if kept.moment != Some(moment) {
            kept.pages.clear();
            (kept.moment, kept.bytes) = (Some(moment), 0);
        }
        kept.bytes += page.weight() + key.address.len();
        if let Some((key, old)) = kept.pages.push(key, page) {
            kept.bytes -= old.weight() + key.address.len();
        }
        while kept.bytes > self.most_bytes {
            let Some((key, old)) = kept.pages.pop_lru() else { break };
            kept.bytes -= old.weight() + key.address.len();
        }
    }

    /// Bytes kept now, for the metrics.
    pub fn bytes(&self) -> usize {
        self.kept().bytes
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::services::keeper::State;

    fn key(address: &str) -> Key {
        Key { address: address.into(), look: "normal.auto", in_app: None }
    }

    fn at(revision: i64) -> Moment {
        Moment { today: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(), catalogue: State { swaps: 0, revision }, curation: 0 }
    }

    fn asking(pairs: &[(header::HeaderName, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_page_answers_in_the_coding_that_was_asked_for() {
        let page = Page::new("text/html; charset=utf-8", "潇湘".repeat(500));
        let coding = |list: &str| {
            let response = page.answer(&asking(&[(header::ACCEPT_ENCODING, list)]));
            response.headers().get(header::CONTENT_ENCODING).map(|c| c.to_str().unwrap().to_owned())
        };
        assert_eq!(coding("gzip, br"), Some("br".into()));
        assert_eq!(coding("gzip, br;q=0"), Some("gzip".into()));
        assert_eq!(coding("identity"), None);
    }

    #[test]
    fn what_the_client_has_is_not_sent_again() {
        let page = Page::new("text/html; charset=utf-8", "潇湘");
        let tag = page.answer(&HeaderMap::new()).headers()[header::ETAG].to_str().unwrap().to_owned();
        let again = page.answer(&asking(&[(header::IF_NONE_MATCH, &tag)]));
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(again.headers()[header::ETAG].to_str().unwrap(), tag);
        let other_coding = page.answer(&asking(&[(header::IF_NONE_MATCH, &tag), (header::ACCEPT_ENCODING, "br")]));
        assert_eq!(other_coding.status(), StatusCode::OK, "another coding is another representation");
    }

    #[test]
    fn the_cache_stays_within_its_bytes() {
        let cache = PageCache::new(100_000);
        for i in 0..100 {
            cache.put(key(&format!("/{i}")), at(1), Arc::new(Page::new("text/html", "x".repeat(5_000))));
            assert!(cache.bytes() <= 100_000);
        }
        assert!(cache.get(&key("/99"), at(1)).is_some() && cache.get(&key("/0"), at(1)).is_none());
        cache.put(key("/99"), at(1), Arc::new(Page::new("text/html", "y".repeat(5_000))));
        assert_eq!(cache.get(&key("/99"), at(1)).unwrap().body[0], b'y');
        assert!(PageCache::new(0).get(&key("/99"), at(1)).is_none());
    }

    #[test]
    fn what_the_catalogue_said_before_is_not_shown_after() {
        let cache = PageCache::new(100_000);
        let page = |text: &str| Arc::new(Page::new("text/html", text.to_owned()));
        cache.put(key("/a"), at(1), page("old"));
        assert!(cache.get(&key("/a"), at(2)).is_none());
        cache.put(key("/b"), at(2), page("new"));
        cache.put(key("/c"), at(1), page("late"));
        assert!(cache.get(&key("/a"), at(1)).is_none() && cache.get(&key("/c"), at(1)).is_none());
        assert_eq!(cache.get(&key("/b"), at(2)).unwrap().body, "new");
        assert_eq!(cache.bytes(), page("new").weight() + 2, "what was dropped weighs nothing");
    }
}
