//! One file per page, each with `render`.

pub mod about_data;
pub mod accessibility;
pub mod away;
pub mod compare;
pub mod developers;
pub mod error;
pub mod families;
pub mod home;
pub mod listing;
pub mod near;
pub mod offers_by_county;
pub mod privacy;
pub mod region;
pub mod regions;
pub mod saved;
pub mod search;
pub mod trip;
