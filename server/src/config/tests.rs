use super::*;

fn read(pairs: &[(&str, &str)], file: Option<&str>) -> Result<Config, ConfigError> {
    let environment = pairs.iter().map(|(name, value)| (format!("XIAOXIANG_{name}"), (*value).to_owned())).collect();
    Config::read(&environment, file)
}

#[test]
fn without_settings_it_runs_on_this_machine() {
    let config = read(&[], None).unwrap();
    assert_eq!(config.addr.to_string(), "127.0.0.1:3000");
    assert_eq!(config.base_url, "http://127.0.0.1:3000");
    assert!(config.database_url.starts_with("sqlite:data"));
    assert_eq!(config.rate_limit.map(|n| n.get()), Some(100));
    assert!(config.shows_samples && config.trusted_proxies.is_empty());
}

#[test]
fn the_environment_stands_over_the_file() {
    let file = "samples = \"hidden\"\nrate_limit = 7\ntrusted_proxies = [\"10.0.0.0/8\", \"::1/128\"]";
    let config = read(&[("RATE_LIMIT", "0")], Some(file)).unwrap();
    assert!(!config.shows_samples);
    assert_eq!(config.rate_limit, None);
    assert_eq!(config.trusted_proxies.len(), 2);
}

#[test]
fn a_wrong_setting_is_named() {
    for (name, value) in [
        ("ADDR", "localhost"),
        ("DATABASE_URL", "mysql://x"),
        ("BASE_URL", "you.example"),
        ("BASE_URL", "https:///"),
        ("BASE_URL", "https://:443"),
        ("BASE_URL", "https://you.example:port"),
        ("CATALOGUE", "mine"),
        ("XIAOXIANG_ADDR", "127.0.0.1:3000"),
        ("Addr", "127.0.0.1:3000"),
        ("LOG_LEVEL", "verbose"),
        ("LOG_LEVEL", "server=debug,loud"),
        ("RATE_LIMIT", "-1"),
        ("TRUSTED_PROXIES", "10.0.0.0/8;::1"),
        ("SAMPLES", "maybe"),
        ("REPORT_CONTACT", "call me"),
        ("PAGE_CACHE", "much"),
        ("LOG_FORMAT", "xml"),
        ("ADRR", "127.0.0.1:3000"),
    ] {
        let complaint = read(&[(name, value)], None).unwrap_err().to_string();
        assert!(complaint.starts_with(&format!("XIAOXIANG_{name}: ")), "{complaint}");
    }
    let complaint = read(&[], Some("colour = \"red\"")).unwrap_err().to_string();
    assert!(complaint.contains("colour"), "{complaint}");
    let complaint = read(&[], Some("addr = \"x\"")).unwrap_err().to_string();
    assert!(complaint.starts_with("addr in the settings file: “x”"), "{complaint}");
}

#[test]
fn log_levels_and_filters_are_taken_as_they_are() {
    for level in ["error", "off", "INFO", "server=debug", "warn,server=trace", "server[request]=debug,info"] {
        assert_eq!(read(&[("LOG_LEVEL", level)], None).unwrap().log_level, level);
    }
}

#[test]
fn addresses_of_sites_are_taken_as_they_are() {
    for address in
        ["https://you.example", "http://127.0.0.1:3000", "http://[::1]:3000", "https://[2001:db8::1]", "https://游.cn/x"]
    {
        assert_eq!(read(&[("BASE_URL", address)], None).unwrap().base_url, address);
    }
}

#[test]
fn a_value_that_is_no_text_is_named() {
    use std::os::unix::ffi::OsStringExt;
    let bytes = |bytes: &[u8]| std::ffi::OsString::from_vec(bytes.to_vec());
    let complaint = ours([(bytes(b"XIAOXIANG_DATA_DIR"), bytes(b"\xff"))].into_iter()).unwrap_err().to_string();
    assert!(complaint.starts_with("XIAOXIANG_DATA_DIR: "), "{complaint}");
    assert!(ours([(bytes(b"OTHER"), bytes(b"\xff"))].into_iter()).unwrap().is_empty(), "others may do as they like");
}

#[test]
fn an_address_that_leads_nobody_here_is_doubted() {
    assert_eq!(read(&[], None).unwrap().doubts(), Vec::<String>::new());
    assert!(read(&[("ADDR", "0.0.0.0:3000")], None).unwrap().doubts()[0].contains("XIAOXIANG_BASE_URL"));
    let named = read(&[("ADDR", "0.0.0.0:3000"), ("BASE_URL", "https://you.example")], None).unwrap();
    assert_eq!(named.doubts(), Vec::<String>::new());
}

#[test]
fn the_embedded_catalogue_is_loaded_unless_told_not_to() {
    assert!(read(&[], None).unwrap().loads_catalogue);
    assert!(!read(&[("CATALOGUE", "none")], None).unwrap().loads_catalogue);
}

#[test]
fn a_secret_is_long_is_compared_whole_and_is_never_shown() {
    let config = read(&[("BUREAU_TOKEN", "a-token-that-nobody-guesses"), ("QUERY_LOG", "off")], None).unwrap();
    let secret = config.bureau_token.as_ref().unwrap();
    assert!(secret.is("a-token-that-nobody-guesses") && !secret.is("a-token-that-nobody-guesse") && !secret.is(""));
    assert!(!format!("{config:?}").contains("nobody") && !config.remembers_searches);
    assert!(read(&[], None).unwrap().bureau_token.is_none());
    for wrong in ["short", "twenty-four characters ok"] {
        let complaint = read(&[("BUREAU_TOKEN", wrong)], None).unwrap_err().to_string();
        assert!(complaint.contains("XIAOXIANG_BUREAU_TOKEN") && !complaint.contains(wrong), "{complaint}");
    }
    assert!(read(&[("QUERY_LOG", "sometimes")], None).is_err());
}
