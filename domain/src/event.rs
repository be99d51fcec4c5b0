//! What happened to the catalogue. Events are saved with the rows they speak of, and the search index follows them.

/// The catalogue's clock: it grows by one with every change, and no two changes share a number.
pub type Revision = i64;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Put,
    Withdrawn,
}

impl Change {
    pub fn code(self) -> &'static str {
        match self {
            Change::Put => "put",
            Change::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "put" => Some(Change::Put),
            "withdrawn" => Some(Change::Withdrawn),
            _ => None,
        }
    }
}
