//! What every answer carries, and how much one client may ask for.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;

use super::address::{client_address, is_https};
use super::problem;
use crate::state::App;

/// The policy of every answer. No inline script anywhere, so no nonce and no hash is needed, and cached or 304 answers are as safe as fresh ones.
/// `wasm-unsafe-eval` lets the browser compile our own wasm; `data:` pictures are the style sheet's patterns.
/// The pictures of a detailed map come from `tiles`, and its library fetches them itself, in a worker that is ours.
pub fn policy(tiles: Option<&str>) -> HeaderValue {
    let host = tiles.map(|origin| format!(" {origin}")).unwrap_or_default();
    let policy = POLICY
        .replace("img-src 'self' data:", &format!("img-src 'self' data:{host}"))
        .replace("connect-src 'self'", &format!("connect-src 'self'{host}"));
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static(POLICY))
}

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; worker-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const ALWAYS: [(HeaderName, HeaderValue); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("geolocation=(self), camera=(), microphone=(), payment=(), usb=(), interest-cohort=()"),
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
];

/// Whether the visitor's own connection is encrypted.
pub fn is_encrypted(app: &App, request: &Request) -> bool {
    app.config.base_url.starts_with("https://") || is_https(request, &app.config.trusted_proxies)
}

pub fn protect(response: &mut Response, policy: &HeaderValue, encrypted: bool) {
    let headers = response.headers_mut();
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert_with(|| policy.clone());
    for (name, value) in ALWAYS {
        headers.entry(name).or_insert(value);
    }
    if encrypted {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000; includeSubDomains"));
    }
}

/// Health checks are asked by machines that must never be told to wait.
const UNLIMITED: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// The answer to a client that has asked too much.
pub fn limit_rate(app: &App, request: &Request) -> Option<Response> {
    let limiter = app.limiter.as_ref()?;
    if UNLIMITED.contains(&request.uri().path()) {
        return None;
    }
    let client = client_address(request, &app.config.trusted_proxies)?;
    let wait = limiter.check(client).err()?;
    metrics::counter!("xiaoxiang_requests_limited_total").increment(1);
    Some(problem::too_many(app, request, wait))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tiles_come_from_elsewhere_and_only_where_there_are_some() {
        assert_eq!(policy(None), POLICY);
        let with = policy(Some("https://t.example"));
        let with = with.to_str().unwrap();
        let elsewhere: Vec<&str> = with.split("; ").filter(|part| part.contains("t.example")).collect();
        assert_eq!(elsewhere, ["img-src 'self' data: https://t.example", "connect-src 'self' https://t.example"]);
        assert_eq!(with.replace(" https://t.example", ""), POLICY);
    }
}
