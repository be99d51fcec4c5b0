//! What `cargo xtask bench http` measures the server against: axum answering every request with the same bytes from memory.
//!
//! `bare ADDR FILE CONTENT-TYPE [CONTENT-ENCODING]`

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::routing::get;
use axum::serve::ListenerExt;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (addr, file, content_type, content_encoding) = match &arguments[..] {
        [addr, file, content_type] => (addr, file, content_type, None),
        [addr, file, content_type, encoding] => (addr, file, content_type, Some(encoding)),
        _ => anyhow::bail!("usage: bare ADDR FILE CONTENT-TYPE [CONTENT-ENCODING]"),
    };
    let mut headers: HeaderMap = [header(header::CONTENT_TYPE, content_type)?].into_iter().collect();
    headers.extend(content_encoding.map(|encoding| header(header::CONTENT_ENCODING, encoding)).transpose()?);
    let body = Bytes::from(std::fs::read(file)?);
    let router = axum::Router::new().fallback_service(get(move || std::future::ready((headers.clone(), body.clone()))));
    // As the server does: an answer is not held back to be sent with the next.
    let listener = tokio::net::TcpListener::bind(addr).await?.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    Ok(axum::serve(listener, router).await?)
}

fn header(name: HeaderName, value: &str) -> anyhow::Result<(HeaderName, HeaderValue)> {
    Ok((name, HeaderValue::from_str(value)?))
}
