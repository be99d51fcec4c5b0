//! One file per page, each with `render`.

pub mod about_data;
pub mod accessibility;
pub mod developers;
pub mod error;
pub mod families;
pub mod home;
pub mod listing;
pub mod offers_by_county;
pub mod privacy;
pub mod region;
pub mod regions;
pub mod search;
pub mod trip;
