//! Stories told over one small named world.

mod answering;
mod curating;
mod facets_law;
mod finding;
mod lifecycle;
mod marking;
mod narrowing;
mod suggesting;
pub mod world;
