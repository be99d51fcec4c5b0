//! The two languages, and texts that exist in one or both.

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

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

/// For fields that were plain Chinese before they had two languages: both forms are read, one is written.
pub(crate) fn once_plain<'de, D: Deserializer<'de>>(from: D) -> Result<Text, D::Error> {
    struct Either;

    impl<'de> Visitor<'de> for Either {
        type Value = Text;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a text with zh and en, or a Chinese string")
        }

        fn visit_str<E>(self, zh: &str) -> Result<Text, E> {
            Ok(Text::zh_only(zh))
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Text, A::Error> {
            Text::deserialize(MapAccessDeserializer::new(map))
        }
    }

    from.deserialize_any(Either)
}

pub(crate) fn once_plain_or_none<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Text>, D::Error> {
    #[derive(Deserialize)]
    struct Field(#[serde(deserialize_with = "once_plain")] Text);
    Ok(Option::<Field>::deserialize(from)?.map(|field| field.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_plain_form_of_a_text_is_still_read() {
        #[derive(Debug, PartialEq, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Row {
            #[serde(deserialize_with = "once_plain")]
            witness: Text,
            #[serde(default, deserialize_with = "once_plain_or_none")]
            origin: Option<Text>,
        }
        let check = |json: &str, witness: Text, origin: Option<Text>| {
            assert_eq!(serde_json::from_str::<Row>(json).unwrap(), Row { witness, origin }, "{json}");
        };
        check(r#"{"witness":"村里"}"#, Text::zh_only("村里"), None);
        check(r#"{"witness":"村里","origin":null}"#, Text::zh_only("村里"), None);
        check(r#"{"witness":{"zh":"村里"},"origin":"安化"}"#, Text::zh_only("村里"), Some(Text::zh_only("安化")));
        let anhua = Text::new("安化", "Anhua County");
        check(r#"{"witness":"村里","origin":{"zh":"安化","en":"Anhua County"}}"#, Text::zh_only("村里"), Some(anhua));
        for wrong in [r#"{"witness":7}"#, r#"{"witness":{"en":"x"}}"#, r#"{"witness":{"zh":"x","fr":"x"}}"#] {
            assert!(serde_json::from_str::<Row>(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_missing_translation_is_said_to_be_missing() {
        let text = Text::zh_only("凤凰古城");
        assert_eq!(text.say(Lang::En), Said { text: "凤凰古城", translated: false });
        assert_eq!(text.say(Lang::Zh), Said { text: "凤凰古城", translated: true });
    }
}
