//! Who is asking: the address of the client, believed only as far as the operator said.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap, HeaderValue, Request};
use ipnet::IpNet;

/// The other end of the connection.
pub fn peer(extensions: &Extensions) -> Option<IpAddr> {
    extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical())
}

/// The client's address. `X-Forwarded-For` counts only when the connection comes from a trusted proxy, and is read from the
/// right: the last address that is not itself a trusted proxy is the client.
pub fn client_address<B>(request: &Request<B>, trusted: &[IpNet]) -> Option<IpAddr> {
    Some(forwarded_client(peer(request.extensions())?, request.headers(), trusted))
}

fn is_trusted(address: IpAddr, trusted: &[IpNet]) -> bool {
    trusted.iter().any(|network| network.contains(&address))
}

/// As [`client_address`], for who holds no request.
pub fn forwarded_client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    if !is_trusted(peer, trusted) {
        return peer;
    }
    let lines: Vec<&str> = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok()).collect();
    let mut nearest = peer;
    for hop in lines.iter().flat_map(|line| line.split(',')).rev() {
        let hop = hop.trim();
        // Some proxies add the port.
        let parsed = hop.parse::<IpAddr>().or_else(|_| hop.parse::<SocketAddr>().map(|socket| socket.ip()));
        let Ok(address) = parsed else { break };
        nearest = address.to_canonical();
        if !is_trusted(nearest, trusted) {
            break;
        }
    }
    nearest
}

/// Whether the visitor's own connection is encrypted, as a trusted proxy says.
pub fn is_https<B>(request: &Request<B>, trusted: &[IpNet]) -> bool {
    peer(request.extensions()).is_some_and(|peer| is_trusted(peer, trusted))
        && request.headers().get("x-forwarded-proto").is_some_and(said_https)
}

/// Each proxy on the way may add what it heard; the first saw the visitor.
fn said_https(schemes: &HeaderValue) -> bool {
    let first = schemes.to_str().unwrap_or("").split(',').next().unwrap_or("");
    first.trim().eq_ignore_ascii_case("https")
}

/// What a rate limit counts: an IPv4 address, or the /64 an IPv6 client can roam in.
pub fn limited_by(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(peer: &str, forwarded: &[&str], trusted: &[&str], expected: &str) {
        let mut headers = HeaderMap::new();
        forwarded.iter().for_each(|line| {
            headers.append("x-forwarded-for", line.parse().unwrap());
        });
        let trusted: Vec<IpNet> = trusted.iter().map(|network| network.parse().unwrap()).collect();
        let client = forwarded_client(peer.parse().unwrap(), &headers, &trusted);
        assert_eq!(client, expected.parse::<IpAddr>().unwrap(), "{peer} {forwarded:?} {trusted:?}");
    }

    #[test]
    fn a_stranger_cannot_choose_its_address() {
        check("203.0.113.9", &["1.2.3.4"], &[], "203.0.113.9");
        check("203.0.113.9", &["1.2.3.4"], &["10.0.0.0/8"], "203.0.113.9");
    }

    #[test]
    fn behind_trusted_proxies_the_last_untrusted_hop_is_the_client() {
        check("10.0.0.1", &["203.0.113.9"], &["10.0.0.0/8"], "203.0.113.9");
        check("10.0.0.1", &["1.2.3.4, 203.0.113.9, 10.0.0.7"], &["10.0.0.0/8"], "203.0.113.9");
        check("10.0.0.1", &["1.2.3.4", "203.0.113.9"], &["10.0.0.0/8"], "203.0.113.9");
        check("10.0.0.1", &["203.0.113.9:5678"], &["10.0.0.0/8"], "203.0.113.9");
        check("10.0.0.1", &["nonsense"], &["10.0.0.0/8"], "10.0.0.1");
        check("10.0.0.1", &[], &["10.0.0.0/8"], "10.0.0.1");
    }

    #[test]
    fn the_first_proxy_says_whether_the_visitor_is_encrypted() {
        let check = |said: &str, https: bool| assert_eq!(said_https(&said.parse().unwrap()), https, "{said}");
        check("https", true);
        check("HTTPS, http", true);
        check("http, https", false);
        check("", false);
    }

    #[test]
    fn a_phone_with_a_network_of_its_own_is_one_client() {
        let one = limited_by("2001:db8:1:2:aaaa::1".parse().unwrap());
        assert_eq!(one, limited_by("2001:db8:1:2:bbbb::2".parse().unwrap()));
        assert_ne!(one, limited_by("2001:db8:1:3::1".parse().unwrap()));
    }
}
