//! What is wrong with something a person gave us, in words for that person.

use serde::Serialize;

use crate::{Lang, Text};

/// One thing wrong with one field or parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The field or parameter it is about.
    pub field: String,
    /// A stable word for programs.
    pub code: &'static str,
    pub text: Text,
}

impl Problem {
    pub fn new(field: impl Into<String>, code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { field: field.into(), code, text: Text::new(zh, en) }
    }

    pub fn say(&self, lang: Lang) -> &str {
        self.text.get(lang)
    }
}
