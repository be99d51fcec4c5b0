//! The table of kinds. A new kind is a file under `kinds/` and one line at the foot of this one.

use serde::{Deserialize, Serialize};

use super::fact::{Fact, SearchFacts};
use super::kinds::{Experience, Heritage, Offer, Place, Product, Route, Stay};
use crate::{Lang, Problem};

/// What every kind can say of itself.
pub trait KindRules {
    /// `("place", "places", "景点", "Places")`: singular, plural as in paths, and what people call them.
    const NAME: (&'static str, &'static str, &'static str, &'static str);

    /// What is wrong with it.
    fn check(&self) -> Vec<Problem>;
    /// The rows of its facts table, most wanted first.
    fn facts(&self, lang: Lang) -> Vec<Fact>;
    /// The one line a card shows under the title.
    fn headline(&self, lang: Lang) -> String;
    fn index(&self, facts: &mut SearchFacts);
    /// A small, valid one, for tests.
    fn sample() -> Self;
}

macro_rules! kinds {
    ($($name:ident),+ $(,)?) => {
        /// What a listing is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind { $($name),+ }

        /// What is true of one kind only.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "kind", rename_all = "snake_case")]
        pub enum Details { $($name($name)),+ }

        impl Kind {
            pub const ALL: &'static [Kind] = &[$(Kind::$name),+];

            fn names(self) -> (&'static str, &'static str, &'static str, &'static str) {
                match self { $(Kind::$name => <$name as KindRules>::NAME),+ }
            }

            /// A small valid example of this kind, for tests.
            pub fn sample(self) -> Details {
                match self { $(Kind::$name => Details::$name(<$name as KindRules>::sample())),+ }
            }
        }

        impl Details {
            pub fn kind(&self) -> Kind {
                match self { $(Details::$name(_) => Kind::$name),+ }
            }
            pub fn check(&self) -> Vec<Problem> {
                match self { $(Details::$name(it) => it.check()),+ }
            }
            pub fn facts(&self, lang: Lang) -> Vec<Fact> {
                match self { $(Details::$name(it) => it.facts(lang)),+ }
            }
            pub fn headline(&self, lang: Lang) -> String {
                match self { $(Details::$name(it) => it.headline(lang)),+ }
            }
            pub fn index(&self, facts: &mut SearchFacts) {
                match self { $(Details::$name(it) => it.index(facts)),+ }
            }
        }
    };
}

impl Kind {
    /// As in the API: `place`.
    pub fn name(self) -> &'static str {
        self.names().0
    }

    /// As in paths and file names: `places`.
    pub fn plural(self) -> &'static str {
        self.names().1
    }

    pub fn label(self, lang: Lang) -> &'static str {
        let (_, _, zh, en) = self.names();
        lang.pick(zh, en)
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    pub fn parse_plural(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.plural() == name)
    }

    /// Its place in [`Kind::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

kinds! { Route, Place, Stay, Heritage, Experience, Product, Offer }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_keeps_the_laws() {
        for &kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.name()), Some(kind));
            assert_eq!(Kind::parse_plural(kind.plural()), Some(kind));
            let sample = kind.sample();
            assert_eq!(sample.kind(), kind);
            assert_eq!(sample.check(), vec![], "the sample of {kind} is valid");
            for lang in Lang::ALL {
                assert!(!sample.facts(lang).is_empty(), "{kind} has facts to show");
                assert!(!sample.headline(lang).is_empty(), "{kind} has a headline");
            }
            let stored = serde_json::to_string(&sample).unwrap();
            assert_eq!(serde_json::from_str::<Details>(&stored).unwrap(), sample, "{kind} survives storage");
        }
    }

    #[test]
    fn kinds_are_told_apart_by_their_names() {
        let names: std::collections::HashSet<_> = Kind::ALL.iter().flat_map(|k| [k.name(), k.plural()]).collect();
        // heritage has no plural of its own
        assert_eq!(names.len(), Kind::ALL.len() * 2 - 1);
    }
}
