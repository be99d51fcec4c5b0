//! How a page is to look, as the service worker says it.

use std::sync::Arc;

use app::views::{Assets, Chrome, Scheme, Site, Size};
use chrono::DateTime;
use domain::Lang;
use domain::time::{Timestamp, day_of};
use serde::Deserialize;

/// `{"lang":"zh","size":"elder","scheme":"auto","path":"/trips/…","base_url":"https://…","assets":{"css":…},"now_ms":…,"fork":0}`
#[derive(Debug, Clone, Deserialize)]
pub struct Look {
    pub lang: Lang,
    #[serde(default)]
    pub size: Size,
    #[serde(default)]
    pub scheme: Scheme,
    /// Path and query without the language prefix.
    pub path: String,
    /// `https://…` without a slash at the end.
    pub base_url: String,
    pub assets: Assets,
    /// Milliseconds since 1970, by the device's clock.
    pub now_ms: i64,
    /// How often somebody has decided what becomes of a change to this trip: the forms of pages made before are told from those after.
    #[serde(default)]
    pub fork: u32,
}

impl Look {
    /// Or what is wrong with it, for a programmer.
    pub fn read(json: &str) -> Result<Self, String> {
        serde_json::from_str(json).map_err(|why| format!("look: {why}"))
    }

    /// At another path; one of a language says the language too.
    pub fn at(&self, path: &str) -> Self {
        let english = path.strip_prefix("/en").filter(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']));
        let (lang, path) = match english {
            Some(rest) if rest.starts_with('/') => (Lang::En, rest.to_owned()),
            Some(rest) => (Lang::En, format!("/{rest}")),
            None => (self.lang, path.to_owned()),
        };
        Self { lang, path, ..self.clone() }
    }

    pub fn now(&self) -> Timestamp {
        DateTime::from_timestamp_millis(self.now_ms).unwrap_or_default()
    }

    /// Of a page made from what was kept at `kept_at`.
    pub fn chrome(&self, site: Arc<Site>, kept_at: Timestamp) -> Chrome {
        Chrome {
            lang: self.lang,
            size: self.size,
            scheme: self.scheme,
            path: self.path.clone(),
            base_url: self.base_url.clone(),
            today: day_of(self.now()),
            in_app: None,
            kept_at: Some(kept_at),
            unsent: 0,
            site,
            assets: Arc::new(self.assets.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_says_day_language_and_size_and_what_is_not_said_is_the_usual() {
        let json = r#"{"lang":"en","size":"elder","path":"/trips/x?a=1","base_url":"https://hunan.example","assets":{"css":"/a.css"},
            "now_ms":1764000000000}"#;
        let look = Look::read(json).unwrap();
        let chrome = look.chrome(Arc::default(), look.now());
        assert_eq!((chrome.lang, chrome.size, chrome.scheme), (Lang::En, Size::Elder, Scheme::Auto));
        assert_eq!(chrome.today.to_string(), "2025-11-25", "midnight has passed in Shanghai");
        assert_eq!((chrome.assets.css.as_str(), chrome.assets.boot.as_deref()), ("/a.css", None));
        assert!(Look::read("{}").unwrap_err().starts_with("look: missing field"));
    }
}
