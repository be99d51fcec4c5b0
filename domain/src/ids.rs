//! Names of things, as they stand in URLs and data files.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! name_type {
    ($(#[$doc:meta])* $name:ident, $longest:literal, $rule:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Lowercase letters, digits and inner dashes.
            pub fn parse(text: &str) -> Result<Self, NameError> {
                let inner = !text.starts_with('-') && !text.ends_with('-');
                let plain = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
                if !text.is_empty() && text.len() <= $longest && inner && plain {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(NameError($rule))
                }
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = NameError;
            fn try_from(text: String) -> Result<Self, NameError> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> String {
                name.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NameError(&'static str);

name_type!(
    /// A listing's identity, stable for ever: `pl-001`.
    ListingId, 64, "an id is 1 to 64 lowercase letters, digits and inner dashes"
);
name_type!(
    /// A listing's name in its address, unique within its kind: `fenghuang-gucheng`.
    Slug, 96, "a slug is 1 to 96 lowercase letters, digits and inner dashes"
);
name_type!(
    /// A decision of the bureau about search, as whoever made it named it: `pin-leicha-2026`.
    CurationId, 64, "an id is 1 to 64 lowercase letters, digits and inner dashes"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_short() {
        let check = |text: &str, ok: bool| assert_eq!(Slug::parse(text).is_ok(), ok, "{text:?}");
        check("fenghuang-gucheng", true);
        check("18", true);
        check("", false);
        check("-a", false);
        check("a-", false);
        check("Feng", false);
        check("凤凰", false);
        check("a/b", false);
        check(&"a".repeat(97), false);
    }
}
