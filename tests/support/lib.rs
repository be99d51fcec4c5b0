//! A site to visit, and visitors who read its pages.
//!
//! Tests speak HTTP to a real listener, so every story here is the story of somebody without script.

pub mod page;
pub mod site;

pub use page::Page;
pub use site::{Site, Visitor, body_of};
