//! Every effect of 游潇湘: HTTP, storage, search, and the command line.

pub mod accept;
pub mod art;
pub mod assets;
pub mod catalogue;
pub mod cli;
pub mod config;
pub mod error;
pub mod http;
pub mod search;
pub mod serve;
pub mod services;
pub mod state;
pub mod store;
