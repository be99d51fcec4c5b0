//! Whose trip it is: a device keeps a secret in a cookie, and the store keeps its hash. Nobody has an account.

use axum::http::{HeaderMap, HeaderValue, header};
use sha2::{Digest, Sha256};

use crate::http::visitor::cookie;
use crate::state::App;

const DEVICE_COOKIE: &str = "trips";

/// Hexadecimal digits of a secret.
const SECRET: usize = 64;

/// The secret of a device.
pub struct Device(String);

impl Device {
    /// None where it has not made a trip yet.
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        let secret = cookie(headers, DEVICE_COOKIE)?;
        is_hex(secret, SECRET).then(|| Self(secret.to_owned()))
    }

    pub fn new() -> Self {
        Self(random::<{ SECRET / 2 }>())
    }

    /// What is kept of it. The secret is random and long: a plain hash is as good as a slow one.
    pub fn hash(&self) -> String {
        digest(&self.0)
    }

    /// For a year, as long as a trip is kept.
    pub fn cookie(&self, app: &App) -> HeaderValue {
        let secure = if app.config.base_url.starts_with("https://") { "; Secure" } else { "" };
        let cookie = format!("{DEVICE_COOKIE}={}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax{secure}", self.0);
        HeaderValue::from_str(&cookie).expect("plain letters")
    }
}

/// Nobody guesses it: 128 random bits.
pub fn fresh_name() -> String {
    random::<16>()
}

/// Whether it can be a name that was made here: what cannot is not looked for.
pub fn is_name(text: &str) -> bool {
    is_hex(text, 32)
}

fn is_hex(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// # Panics
/// Where the system has no randomness to give; nothing secret can be made there.
fn random<const BYTES: usize>() -> String {
    let mut bytes = [0u8; BYTES];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    hex(&bytes)
}

pub fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a form was sent from a page of this site. Browsers say where a form comes from; what says nothing is no browser and has
/// no cookie that it does not mean to send.
pub fn is_from_here(app: &App, headers: &HeaderMap) -> bool {
    let said = |name: header::HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    match said(header::ORIGIN) {
        Some(origin) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            origin == app.config.base_url || (host.is_some() && host == said(header::HOST))
        }
        None => !matches!(said(header::HeaderName::from_static("sec-fetch-site")), Some("cross-site" | "same-site")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_among_cookies_and_only_where_it_can_be_ours() {
        let of = |cookie: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, cookie.parse().unwrap());
            Device::of(&headers).map(|device| device.hash())
        };
        let device = Device::new();
        assert_eq!(of(&format!("look=elder.auto; trips={}", device.0)), Some(device.hash()));
        assert_ne!(device.hash(), device.0, "only the hash is kept");
        for other in ["", "trips=", "trips=abc", &format!("strips={}", device.0), &format!("trips={}", "A".repeat(SECRET))] {
            assert_eq!(of(other), None, "{other}");
        }
        assert_ne!(Device::new().0, device.0);
    }
}
