//! Tiles for the detailed map, where the operator has some.

use super::{ConfigError, Given};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tiles {
    /// With `{z}`, `{x}` and `{y}`, or of a style.
    pub address: String,
    pub is_style: bool,
    /// Who made the map.
    pub attribution: String,
    /// 审图号.
    pub approval: Option<String>,
    /// Positions have to be shifted for it.
    pub gcj02: bool,
}

impl Tiles {
    pub(super) fn read(
        url: &Given<'_>,
        attribution: Option<String>,
        approval: Option<String>,
        datum: &Given<'_>,
    ) -> Result<Option<Self>, ConfigError> {
        let gcj02 = datum.one_of(&[("wgs84", false), ("gcj02", true)])?;
        let address = url.value.trim().to_owned();
        if address.is_empty() {
            return Ok(None);
        }
        let is_template = ["{z}", "{x}", "{y}"].iter().all(|part| address.contains(part));
        let is_style = address.split('?').next().is_some_and(|path| path.ends_with(".json"));
        if origin(&address).is_none() || !(is_template || is_style) {
            return Err(url.wrong("https://… with {z}, {x} and {y} in it, or the address of a style that ends with .json"));
        }
        let attribution = attribution.ok_or_else(|| {
            ConfigError("tiles_attribution: a map names who made it; set it together with tiles_url.".to_owned())
        })?;
        Ok(Some(Self { is_style: !is_template, address, attribution, approval, gcj02 }))
    }

    /// What the browser has to be allowed to ask.
    pub fn origin(&self) -> &str {
        origin(&self.address).unwrap_or_default()
    }
}

/// `https://host:port` of an address, with nothing that a policy would read as something else.
fn origin(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let host = rest.split('/').next().unwrap_or_default();
    let plain = |b: u8| b.is_ascii_alphanumeric() || b".-:[]".contains(&b);
    let odd = |c: char| c.is_whitespace() || c.is_control() || ['"', '\'', '<', '>', ';', '\\'].contains(&c);
    (!host.is_empty() && host.bytes().all(plain) && !address.contains(odd))
        .then(|| &address[..address.len() - rest.len() + host.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str, attribution: Option<&str>, datum: &str) -> Result<Option<Tiles>, ConfigError> {
        let given = |origin, value| Given { origin, value };
        Tiles::read(&given("tiles_url", url), attribution.map(str::to_owned), None, &given("tiles_datum", datum))
    }

    #[test]
    fn tiles_and_styles_are_told_apart_and_name_their_origin() {
        let tiles = read("https://t0.example:8443/wmts?x={x}&y={y}&l={z}", Some("某图"), "gcj02").unwrap().unwrap();
        assert_eq!((tiles.is_style, tiles.gcj02, tiles.origin()), (false, true, "https://t0.example:8443"));
        let style = read("https://maps.example/styles/plain.json?key=a", Some("某图"), "wgs84").unwrap().unwrap();
        assert_eq!((style.is_style, style.origin()), (true, "https://maps.example"));
        assert_eq!(read("", None, "wgs84"), Ok(None));
    }

    #[test]
    fn what_would_not_work_or_would_loosen_the_policy_is_refused() {
        for bad in [
            "https://t.example/tiles",
            "ftp://t.example/{z}/{x}/{y}",
            "https:///{z}/{x}/{y}",
            "https://*/{z}/{x}/{y}",
            "https://{x}.example/{z}/{x}/{y}",
            "https://t.example;script-src/{z}/{x}/{y}",
            "https://t.example/{z}/{x}/{y} 'unsafe-inline'",
        ] {
            assert!(read(bad, Some("某图"), "wgs84").is_err(), "{bad}");
        }
        assert!(read("https://t.example/{z}/{x}/{y}", None, "wgs84").unwrap_err().to_string().contains("tiles_attribution"));
        assert!(read("https://t.example/{z}/{x}/{y}", Some("某图"), "bd09").is_err());
    }
}
