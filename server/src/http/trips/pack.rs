//! What a device keeps of a trip, for where there is no signal.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::Response;
use chrono::Utc;

use super::{Refusal, Server, finish, link_of, owned};
use crate::error::ServiceError;
use crate::http::packs;
use crate::http::page_cache::Page;
use crate::http::visitor::Visitor;
use crate::services::trips;

pub async fn show(State(app): Server, visitor: Visitor, Path(id): Path<String>) -> Response {
    let answer = async {
        let now = Utc::now();
        let (stored, _) = owned(&app, &visitor, &id).await?;
        let shares = app.store.shares_of(&id, now).await?.into_iter().map(link_of).collect();
        let mut pack = trips::pack(&app, stored, shares, visitor.lang, now).await?;
        for county in &mut pack.counties {
            county.bytes = packs::size(&app, &county.code).await?;
        }
        let json = serde_json::to_string(&pack).map_err(|why| Refusal::Fault(ServiceError::Bug(why.to_string())))?;
        let mut headers = visitor.headers.clone();
        headers.remove(header::IF_NONE_MATCH);
        Ok(Page::fleeting("application/json", json).answer(&headers))
    };
    finish(&app, &visitor, answer.await)
}
