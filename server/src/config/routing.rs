//! Where times on the road are asked for.

use super::{ConfigError, Given};

/// A routing service beside the server, spoken to without encryption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routing {
    pub dialect: Dialect,
    pub host: String,
    pub port: u16,
    /// Before the service's own paths; without a slash at its end.
    pub path: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Osrm,
    Valhalla,
}

const EXPECTED: &str = "the address of a routing service such as osrm+http://127.0.0.1:5000 or valhalla+http://127.0.0.1:8002 (http only; put a proxy \
     before one that is reached by https)";

impl Routing {
    pub(super) fn read(given: &Given<'_>) -> Result<Option<Self>, ConfigError> {
        let text = given.value.trim();
        if text.is_empty() {
            return Ok(None);
        }
        Self::parse(text).map(Some).ok_or_else(|| given.wrong(EXPECTED))
    }

    fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let dialect = match scheme {
            "osrm+http" => Dialect::Osrm,
            "valhalla+http" => Dialect::Valhalla,
            _ => return None,
        };
        let uri: axum::http::Uri = format!("http://{rest}").parse().ok()?;
        let authority = uri.authority().filter(|authority| !authority.as_str().contains('@'))?;
        let host = authority.host().trim_start_matches('[').trim_end_matches(']').to_owned();
        if host.is_empty() || uri.query().is_some() {
            return None;
        }
        let port = match authority.as_str().strip_prefix(authority.host())? {
            "" => 80,
            port => port.strip_prefix(':')?.parse().ok()?,
        };
        Some(Self { dialect, host, port, path: uri.path().trim_end_matches('/').to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Option<(Dialect, String, u16, String)> {
        Routing::parse(text).map(|it| (it.dialect, it.host, it.port, it.path))
    }

    #[test]
    fn the_scheme_says_what_language_it_speaks() {
        assert_eq!(parsed("osrm+http://127.0.0.1:5000"), Some((Dialect::Osrm, "127.0.0.1".into(), 5000, "".into())));
        assert_eq!(parsed("valhalla+http://roads/v/"), Some((Dialect::Valhalla, "roads".into(), 80, "/v".into())));
        assert_eq!(parsed("osrm+http://[::1]:5000/"), Some((Dialect::Osrm, "::1".into(), 5000, "".into())));
        for bad in [
            "http://roads",
            "osrm+https://roads",
            "osrm+http://",
            "osrm+http://a:b",
            "osrm+http://u:p@roads",
            "osrm+http://a?x=1",
            "osrm",
        ] {
            assert_eq!(parsed(bad), None, "{bad}");
        }
    }
}
