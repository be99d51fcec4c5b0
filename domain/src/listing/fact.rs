//! What a listing says about itself: rows of a table for people, terms and numbers for search.

use crate::Fen;

/// One row of the facts table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// A stable word, the same in both languages, for styles and tests.
    pub name: &'static str,
    pub label: String,
    pub value: String,
    /// A reservation that belongs to the value: "editors' estimate", "number not verified".
    pub note: Option<String>,
}

impl Fact {
    pub fn new(name: &'static str, label: &str, value: impl Into<String>) -> Self {
        Self { name, label: label.to_owned(), value: value.into(), note: None }
    }

    pub fn noted(mut self, note: Option<impl Into<String>>) -> Self {
        self.note = note.map(Into::into);
        self
    }
}

/// What a kind adds to the search index beside its texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchFacts {
    /// Words to be found by, least weight: stop names, brand names.
    pub words: Vec<String>,
    pub family: Option<&'static str>,
    pub grade: Option<String>,
    pub level: Option<&'static str>,
    /// Lowest price a visitor may pay.
    pub price: Option<Fen>,
    /// Somebody has recorded that it can be used without steps.
    pub barrier_free: bool,
    /// Vouchers are accepted here.
    pub voucher: bool,
}
