//! One file per kind.

/// Enums that stand in data files as words and on pages as labels.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $code:literal, $zh:literal, $en:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $(#[serde(rename = $code)] $variant),+ }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            pub fn label(self, lang: $crate::Lang) -> &'static str {
                match self { $(Self::$variant => lang.pick($zh, $en)),+ }
            }

            pub fn parse(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
pub(crate) use words;

mod barrier_free;
mod experience;
mod heritage;
mod offer;
mod place;
mod product;
mod route;
mod stay;

pub use barrier_free::{BarrierFact, BarrierFree, Measured};
pub use experience::{Experience, Session};
pub use heritage::{Heritage, Level};
pub use offer::{Mode, Offer, OfferType, UsableAt};
pub use place::{Place, is_grade};
pub use product::{Motif, Product, ProductType, Recognised, SoldAt};
pub use route::{Basis, Family, Route, Stop};
pub use stay::{Amenity, Stay, StayType};
