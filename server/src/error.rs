//! What can go wrong while answering, and the one place where it becomes an answer.

use crate::search::Fault;
use crate::store::StoreError;

#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The database is away; reads that need it wait for it to come back.
    #[error("the database cannot be reached: {0}")]
    Unavailable(String),
    /// Too many want the same at once.
    #[error("too many trips are being worked out")]
    Busy,
    #[error("{0}")]
    Bug(String),
}

impl From<StoreError> for ServiceError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) | StoreError::Busy(_) => ServiceError::Unavailable(error.to_string()),
            other => ServiceError::Bug(format!("store: {other}")),
        }
    }
}

impl From<Fault> for ServiceError {
    fn from(fault: Fault) -> Self {
        ServiceError::Bug(format!("search: {fault}"))
    }
}

impl ServiceError {
    pub fn status(&self) -> axum::http::StatusCode {
        match self {
            ServiceError::Unavailable(_) | ServiceError::Busy => axum::http::StatusCode::SERVICE_UNAVAILABLE,
            ServiceError::Bug(_) => axum::http::StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}
