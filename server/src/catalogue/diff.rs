//! What an import changes, for people to read before they agree to it.

use std::collections::BTreeSet;
use std::fmt;

use domain::ListingId;
use domain::listing::{Kind, Listing};
use serde_json::Value;

/// One listing that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiffLine {
    pub id: ListingId,
    pub kind: Kind,
    pub what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    New,
    /// Names of the fields that differ, a kind's own as `details.rooms`.
    Changed(Vec<String>),
    Withdrawn,
}

/// `+ place pl-001`, `~ stay st-007: title, details.rooms`, `- offer of-003`
impl fmt::Display for DiffLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, kind, what } = self;
        match what {
            What::New => write!(f, "+ {kind} {id}"),
            What::Changed(fields) => write!(f, "~ {kind} {id}: {}", fields.join(", ")),
            What::Withdrawn => write!(f, "- {kind} {id}"),
        }
    }
}

pub fn changed_fields(before: &Listing, after: &Listing) -> Vec<String> {
    let (before, after) = (serde_json::to_value(before), serde_json::to_value(after));
    let mut fields = Vec::new();
    compare(&before.unwrap_or_default(), &after.unwrap_or_default(), "", &mut fields);
    fields
}

fn compare(before: &Value, after: &Value, within: &str, fields: &mut Vec<String>) {
    let (Value::Object(before), Value::Object(after)) = (before, after) else { return };
    for name in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
        let (old, new) = (before.get(name), after.get(name));
        match (old, new) {
            (Some(old), Some(new)) if name == "details" => compare(old, new, "details.", fields),
            _ if old != new => fields.push(format!("{within}{name}")),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testing::listings::listing;
    use domain::listing::Details;

    #[test]
    fn a_diff_names_the_fields() {
        let before = listing(Kind::Stay, 3);
        let mut after = before.clone();
        after.title.en = None;
        after.body = None;
        let Details::Stay(stay) = &mut after.details else { unreachable!("a stay has the details of a stay") };
        stay.rooms = Some(99);
        let fields = changed_fields(&before, &after);
        assert_eq!(fields, ["body", "details.rooms", "title"]);
        let line = DiffLine { id: after.id, kind: Kind::Stay, what: What::Changed(fields) };
        assert_eq!(line.to_string(), "~ stay stay-000003: body, details.rooms, title");
        assert_eq!(changed_fields(&before, &before), Vec::<String>::new());
    }
}
