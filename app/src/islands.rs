//! What moves: small parts of a page that become wasm.
//!
//! An island only adds. Its children are the server's markup, which works by itself; when the island wakes it listens to that
//! markup's events and owns nothing but its own state. What an island draws of its own is in the page from the start, hidden or
//! empty, so that nothing jumps. Rules that need no browser stand apart from those that do and are tested without one.
//!
//! Pages use the components; the islands inside them take nothing but children, and read what they must know from attributes of
//! the markup. An island with props brings a JSON parser to the browser: a quarter of the whole wasm.

mod copy_button;
mod filter_drawer;
mod look_switches;
mod map_view;
mod near_me;
mod search_box;
mod trip_days;

#[cfg(feature = "hydrate")]
mod browser;

pub use copy_button::CopyButton;
pub use filter_drawer::FilterDrawer;
pub use look_switches::LookSwitches;
pub use map_view::MapView;
pub use near_me::NearMe;
pub use search_box::SearchBox;
pub use trip_days::TripDays;
