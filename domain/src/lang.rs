//! The two languages, and texts that exist in one or both.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    Zh,
    En,
}

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::Zh, Lang::En];

    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "zh" => Some(Lang::Zh),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// As in API parameters.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }

    /// As in `<html lang>` and `hreflang`.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh-Hans",
            Lang::En => "en",
        }
    }

    /// What stands before every path in this language: Chinese has the bare paths.
    pub fn prefix(self) -> &'static str {
        match self {
            Lang::Zh => "",
            Lang::En => "/en",
        }
    }

    pub fn other(self) -> Self {
        match self {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        }
    }

    /// One of two phrases.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// A text in Chinese, and in English where someone has written it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    pub zh: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

/// A text as said to one reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said<'a> {
    pub text: &'a str,
    /// False where the reader's language is missing and the Chinese stands in for it.
    pub translated: bool,
}

impl Text {
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: Some(en.into()) }
    }

    pub fn zh_only(zh: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: None }
    }

    pub fn say(&self, lang: Lang) -> Said<'_> {
        match (lang, self.en.as_deref()) {
            (Lang::En, Some(en)) => Said { text: en, translated: true },
            (Lang::En, None) => Said { text: &self.zh, translated: false },
            (Lang::Zh, _) => Said { text: &self.zh, translated: true },
        }
    }

    pub fn get(&self, lang: Lang) -> &str {
        self.say(lang).text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_translation_is_said_to_be_missing() {
        let text = Text::zh_only("凤凰古城");
        assert_eq!(text.say(Lang::En), Said { text: "凤凰古城", translated: false });
        assert_eq!(text.say(Lang::Zh), Said { text: "凤凰古城", translated: true });
    }
}
