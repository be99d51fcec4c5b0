//! Settings: from the environment, over an optional TOML file, over the defaults in [`SETTINGS`].
//!
//! A wrong setting stops the start with a sentence that names it; so does a setting that does not exist, since a
//! misspelt name would otherwise be a silent default.

mod routing;
mod tiles;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use ipnet::IpNet;
use sha2::{Digest, Sha256};

pub use routing::{Dialect, Routing};
pub use tiles::Tiles;

/// One setting, as `xiaoxiang serve --help` and the README list it.
pub struct Setting {
    /// As in the TOML file; the environment variable is `XIAOXIANG_` and this in capitals.
    pub name: &'static str,
    pub default: &'static str,
    pub about: &'static str,
}

const fn setting(name: &'static str, default: &'static str, about: &'static str) -> Setting {
    Setting { name, default, about }
}

pub const SETTINGS: &[Setting] = &[
    setting("addr", "127.0.0.1:3000", "Address and port to listen on."),
    setting("data_dir", "data", "Folder of the SQLite file, the search index and the nightly dumps. One server, one folder."),
    setting("database_url", "sqlite:<data_dir>/xiaoxiang.db", "sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME."),
    setting("base_url", "http://<addr>", "The site's public address, for canonical links, sitemap, feed and QR codes."),
    setting(
        "rate_limit",
        "100",
        "Requests a second per client, with a burst of ten times that and at least 1000; 0 turns it off.",
    ),
    setting("trusted_proxies", "", "Comma-separated networks (CIDR) whose X-Forwarded-For and -Proto are believed."),
    setting(
        "catalogue",
        "embedded",
        "embedded loads the catalogue the program carries where it is new, without touching edits; none leaves that to imports.",
    ),
    setting("samples", "shown", "shown or hidden: whether fictional sample listings appear anywhere."),
    setting("report_contact", "", "Mail address or https link where visitors report an error in the data."),
    setting("complaint_phone", "", "Telephone number for complaints, shown in the footer."),
    setting("icp_number", "", "ICP registration number, shown in the footer."),
    setting("police_number", "", "Public-security registration number (公安备案), shown in the footer."),
    setting("site_code", "", "Government website code (网站标识码), shown in the footer."),
    setting("page_cache", "16", "Mebibytes of rendered pages kept in memory; 0 renders every page anew."),
    setting(
        "query_log",
        "on",
        "on or off: whether words searched for are counted, without anything that says who asked; off suggests no past searches.",
    ),
    setting(
        "bureau_token",
        "",
        "Secret of 24 characters or more that opens /api/v1/bureau as a bearer token; without it that part does not exist.",
    ),
    setting(
        "routing_url",
        "",
        "Routing service for times on the road: osrm+http://HOST:PORT or valhalla+http://HOST:PORT; without one they are estimates.",
    ),
    setting(
        "tiles_url",
        "",
        "Tiles of a detailed map: https://… with {z}, {x} and {y} in it, or the address of a style that ends with .json.",
    ),
    setting("tiles_attribution", "", "Who made the detailed map, shown below it; needed with tiles_url."),
    setting("tiles_approval", "", "Approval number of the detailed map (审图号), shown below it."),
    setting("tiles_datum", "wgs84", "wgs84 or gcj02: the datum of the tiles."),
    setting("log_format", "text", "text or json."),
    setting("log_level", "info", "error, warn, info, debug, trace or off, or a tracing filter such as server=debug."),
];

const PREFIX: &str = "XIAOXIANG_";

/// Variables that are ours but no settings of the server.
const OTHER_VARIABLES: [&str; 5] =
    ["XIAOXIANG_BIN", "XIAOXIANG_CONFIG", "XIAOXIANG_DEV_RELOAD", "XIAOXIANG_SITE_DIR", "XIAOXIANG_TEST_POSTGRES"];

#[derive(Debug, Clone)]
pub struct Config {
    pub addr: SocketAddr,
    pub data_dir: PathBuf,
    pub database_url: String,
    pub base_url: String,
    /// Requests a second; none: no limit.
    pub rate_limit: Option<std::num::NonZeroU32>,
    pub trusted_proxies: Vec<IpNet>,
    /// Whether a start brings the embedded catalogue.
    pub loads_catalogue: bool,
    pub shows_samples: bool,
    pub report_contact: Option<String>,
    pub complaint_phone: Option<String>,
    pub icp_number: Option<String>,
    pub police_number: Option<String>,
    pub site_code: Option<String>,
    pub page_cache_bytes: usize,
    /// Whether words searched for are counted.
    pub remembers_searches: bool,
    /// Opens the bureau's part of the interface.
    pub bureau_token: Option<Secret>,
    pub routing: Option<Routing>,
    pub tiles: Option<Tiles>,
    pub log_format: LogFormat,
    pub log_level: String,
    /// A developer's server: pages reload when it restarts.
    pub dev_reload: bool,
}

/// Something that only the operator and the bureau know. Never shown.
#[derive(Clone)]
pub struct Secret(String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a secret")
    }
}

impl Secret {
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Takes the same time whatever is offered.
    pub fn is(&self, offered: &str) -> bool {
        let digest = |text: &str| Sha256::digest(text.as_bytes());
        let differ = digest(&self.0).iter().zip(digest(offered)).fold(0, |differ, (a, b)| differ | (a ^ b));
        std::hint::black_box(differ) == 0
    }
}

const SHORTEST_SECRET: usize = 24;

/// Its value is not repeated in the complaint.
fn secret(given: Option<String>, origin: &str) -> Result<Option<Secret>, ConfigError> {
    match given {
        Some(text) if text.len() < SHORTEST_SECRET || !text.bytes().all(|b| b.is_ascii_graphic()) => Err(ConfigError(format!(
            "{origin}: a secret has {SHORTEST_SECRET} or more letters, digits and signs, without spaces."
        ))),
        given => Ok(given.map(Secret)),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0}")]
pub struct ConfigError(String);

impl Config {
    /// Reads the process's environment and the file that `XIAOXIANG_CONFIG` names, if any.
    pub fn from_env() -> Result<Self, ConfigError> {
        let environment = ours(std::env::vars_os())?;
        let file = match environment.get("XIAOXIANG_CONFIG").filter(|path| !path.is_empty()) {
            Some(path) => Some(
                std::fs::read_to_string(path)
                    .map_err(|why| ConfigError(format!("XIAOXIANG_CONFIG: the file {path} cannot be read: {why}")))?,
            ),
            None => None,
        };
        Self::read(&environment, file.as_deref())
    }

    /// The settings of a test: a folder of its own, no limits.
    pub fn for_tests(data_dir: PathBuf) -> Self {
        let environment = BTreeMap::from([
            ("XIAOXIANG_ADDR".to_owned(), "127.0.0.1:0".to_owned()),
            ("XIAOXIANG_BASE_URL".to_owned(), "http://xiaoxiang.test".to_owned()),
            ("XIAOXIANG_DATA_DIR".to_owned(), data_dir.to_string_lossy().into_owned()),
            ("XIAOXIANG_RATE_LIMIT".to_owned(), "0".to_owned()),
        ]);
        Self::read(&environment, None).expect("the settings of tests are right")
    }

    pub fn read(environment: &BTreeMap<String, String>, file: Option<&str>) -> Result<Self, ConfigError> {
        let given = gather(environment, file)?;
        let value = |name: &'static str| -> Given<'_> {
            let default = SETTINGS.iter().find(|s| s.name == name).map_or("", |s| s.default);
            match given.get(name) {
                Some((origin, value)) => Given { origin, value },
                None => Given { origin: name, value: default },
            }
        };
        let optional = |name| Some(value(name).value.trim().to_owned()).filter(|text| !text.is_empty());

        let addr: SocketAddr = value("addr").parse("an address and port such as 127.0.0.1:3000")?;
        let data_dir = PathBuf::from(value("data_dir").value);
        if data_dir.as_os_str().is_empty() {
            return Err(value("data_dir").wrong("a folder"));
        }
        let database_url = if given.contains_key("database_url") {
            let url = value("database_url");
            if !["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| url.value.starts_with(scheme)) {
                return Err(url.wrong("a database that starts with sqlite: or postgres:"));
            }
            url.value.to_owned()
        } else {
            format!("sqlite:{}", data_dir.join("xiaoxiang.db").display())
        };
        let base_url = if given.contains_key("base_url") {
            let url = value("base_url");
            if !is_site_address(url.value) {
                return Err(url.wrong("an address such as https://you.example"));
            }
            url.value.trim_end_matches('/').to_owned()
        } else {
            format!("http://{addr}")
        };
        let trusted_proxies = value("trusted_proxies");
        let trusted_proxies = trusted_proxies
            .value
            .split(',')
            .map(str::trim)
            .filter(|network| !network.is_empty())
            .map(|network| network.parse().map_err(|_| trusted_proxies.wrong("networks such as 10.0.0.0/8, separated by commas")))
            .collect::<Result<_, _>>()?;
        let report_contact = optional("report_contact");
        if report_contact.as_ref().is_some_and(|contact| !contact.contains('@') && !contact.starts_with("https://")) {
            return Err(value("report_contact").wrong("a mail address or a link that starts with https://"));
        }
        Ok(Self {
            addr,
            database_url,
            base_url,
            rate_limit: std::num::NonZeroU32::new(
                value("rate_limit").parse("a whole number of requests a second, or 0 for no limit")?,
            ),
            trusted_proxies,
            loads_catalogue: value("catalogue").one_of(&[("embedded", true), ("none", false)])?,
            shows_samples: value("samples").one_of(&[("shown", true), ("hidden", false)])?,
            report_contact,
            complaint_phone: optional("complaint_phone"),
            icp_number: optional("icp_number"),
            police_number: optional("police_number"),
            site_code: optional("site_code"),
            page_cache_bytes: value("page_cache").parse::<usize>("a whole number of mebibytes")?.saturating_mul(1 << 20),
            remembers_searches: value("query_log").one_of(&[("on", true), ("off", false)])?,
            bureau_token: secret(optional("bureau_token"), value("bureau_token").origin)?,
            routing: Routing::read(&value("routing_url"))?,
            tiles: Tiles::read(
                &value("tiles_url"),
                optional("tiles_attribution"),
                optional("tiles_approval"),
                &value("tiles_datum"),
            )?,
            log_format: value("log_format").one_of(&[("text", LogFormat::Text), ("json", LogFormat::Json)])?,
            log_level: log_level(value("log_level"))?,
            dev_reload: environment.get("XIAOXIANG_DEV_RELOAD").is_some_and(|on| on == "1"),
            data_dir,
        })
    }

    /// What is allowed and yet hardly meant, in sentences for the log.
    pub fn doubts(&self) -> Vec<String> {
        let mut doubts = Vec::new();
        if self.base_url == format!("http://{}", self.addr) && self.addr.ip().is_unspecified() {
            doubts.push(format!(
                "XIAOXIANG_BASE_URL is not set: links, sitemap and QR codes say {}, which leads nobody here",
                self.base_url
            ));
        }
        if self.tiles.is_some() && crate::assets::manifest().is_none_or(|manifest| manifest.detailed_map.is_none()) {
            doubts.push(
                "XIAOXIANG_TILES_URL is set, but this program was built without --with-maplibre: no detailed map is shown"
                    .to_owned(),
            );
        }
        doubts
    }

    /// The search index of this server.
    pub fn index_dir(&self) -> PathBuf {
        self.data_dir.join("index")
    }

    pub fn dumps_dir(&self) -> PathBuf {
        self.data_dir.join("dumps")
    }
}

/// The variables that are ours. One whose value is no text must not be passed over: it would be a silent default.
fn ours(
    variables: impl Iterator<Item = (std::ffi::OsString, std::ffi::OsString)>,
) -> Result<BTreeMap<String, String>, ConfigError> {
    let mut ours = BTreeMap::new();
    for (name, value) in variables {
        let Some(name) = name.to_str().filter(|name| name.starts_with(PREFIX)) else { continue };
        let value = value.into_string().map_err(|_| ConfigError(format!("{name}: its value is not UTF-8.")))?;
        ours.insert(name.to_owned(), value);
    }
    Ok(ours)
}

/// `https://host`, perhaps with a port and a path, and nothing that would break out of an attribute.
fn is_site_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let authority = rest.split('/').next().unwrap_or_default();
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (authority, None),
        };
        let odd = |c: char| c.is_whitespace() || c.is_control() || ['?', '#', '"', '<', '>', '@', '\\'].contains(&c);
        !host.is_empty() && port.is_none_or(|port| port.parse::<u16>().is_ok()) && !rest.contains(odd)
    })
}

const LEVELS: [&str; 6] = ["error", "warn", "info", "debug", "trace", "off"];

/// A level, or a filter. A bare word in a filter must be a level: tracing would take any other for the name of a module, and
/// say nothing about everything else.
fn log_level(given: Given<'_>) -> Result<String, ConfigError> {
    let words = given.value.split(',').map(str::trim);
    let bare = |word: &&str| !word.contains(['=', '[']);
    let is_level = |word: &str| LEVELS.iter().any(|level| level.eq_ignore_ascii_case(word));
    if words.clone().filter(bare).all(is_level) {
        return Ok(given.value.trim().to_owned());
    }
    Err(given.wrong("error, warn, info, debug, trace or off, nor a tracing filter such as server=debug"))
}

/// A value and where it came from, so that a complaint can name it.
struct Given<'a> {
    origin: &'a str,
    value: &'a str,
}

impl Given<'_> {
    fn wrong(&self, expected: &str) -> ConfigError {
        ConfigError(format!("{}: “{}” is not {expected}.", self.origin, self.value))
    }

    fn parse<T: std::str::FromStr>(&self, expected: &str) -> Result<T, ConfigError> {
        self.value.trim().parse().map_err(|_| self.wrong(expected))
    }

    fn one_of<T: Copy>(&self, choices: &[(&str, T)]) -> Result<T, ConfigError> {
        let chosen = choices.iter().find(|(word, _)| *word == self.value.trim());
        chosen.map(|(_, value)| *value).ok_or_else(|| {
            let words: Vec<_> = choices.iter().map(|(word, _)| *word).collect();
            self.wrong(&words.join(" or "))
        })
    }
}

/// Setting name to (where it came from, value).
fn gather(
    environment: &BTreeMap<String, String>,
    file: Option<&str>,
) -> Result<BTreeMap<&'static str, (String, String)>, ConfigError> {
    let known = |name: &str| SETTINGS.iter().find(|setting| setting.name == name).map(|setting| setting.name);
    let mut given = BTreeMap::new();
    if let Some(text) = file {
        let table: toml::Table =
            text.parse().map_err(|why| ConfigError(format!("XIAOXIANG_CONFIG: the file is not TOML: {why}")))?;
        for (key, value) in table {
            let name = known(&key).ok_or_else(|| ConfigError(format!("XIAOXIANG_CONFIG: there is no setting {key}.")))?;
            let value = match value {
                toml::Value::String(text) => text,
                toml::Value::Integer(number) => number.to_string(),
                toml::Value::Array(list) if list.iter().all(toml::Value::is_str) => {
                    list.iter().filter_map(toml::Value::as_str).collect::<Vec<_>>().join(",")
                }
                _ => return Err(ConfigError(format!("XIAOXIANG_CONFIG: {key} is neither text nor a whole number."))),
            };
            given.insert(name, (format!("{key} in the settings file"), value));
        }
    }
    for (variable, value) in environment.iter().filter(|(_, value)| !value.is_empty()) {
        if OTHER_VARIABLES.contains(&variable.as_str()) {
            continue;
        }
        let key = variable.strip_prefix(PREFIX).filter(|key| !key.contains(char::is_lowercase)).map(str::to_lowercase);
        let name =
            key.and_then(|key| known(&key)).ok_or_else(|| ConfigError(format!("{variable}: there is no such setting.")))?;
        given.insert(name, (variable.clone(), value.clone()));
    }
    Ok(given)
}

#[cfg(test)]
mod tests;
