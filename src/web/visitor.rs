//! Who a request counts for in the limits: an address, as far as it can be believed.
//!
//! Behind a proxy every request comes from the proxy, which says in `X-Forwarded-For` for whom. Everybody can write that header, so
//! only what trusted proxies added counts: from the right, the first address that is no trusted proxy.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use actix_web::HttpRequest;
use actix_web::http::header::HeaderMap;

use crate::configuration::Network;

/// The header in which a proxy says whom it asks for.
const FORWARDED_FOR: &str = "x-forwarded-for";
/// The most addresses of the header that are read: no office stands behind so many proxies.
const HOPS: usize = 16;
/// The bits of an IPv6 address that count: a household gets a network of its own, and has all addresses in it.
const HOUSEHOLD_BITS: u32 = 64;

/// Who a request counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Visitor(IpAddr);

impl Visitor {
    /// Whoever `request` comes from, seen through `trusted` proxies.
    #[must_use]
    pub fn of(request: &HttpRequest, trusted: &[Network]) -> Self {
        let peer = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
        Self(household(sender(peer.to_canonical(), request.headers(), trusted)))
    }

    /// The address as bytes, for hashing.
    #[must_use]
    pub fn bytes(self) -> [u8; 16] {
        match self.0 {
            IpAddr::V4(address) => address.to_ipv6_mapped().octets(),
            IpAddr::V6(address) => address.octets(),
        }
    }
}

fn sender(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    if !is_trusted(peer) {
        return peer;
    }
    let values: Vec<&str> = headers.get_all(FORWARDED_FOR).filter_map(|value| value.to_str().ok()).collect();
    let entries = values.into_iter().rev().flat_map(|value| value.rsplit(','));
    let mut nearest = peer;
    for entry in entries.take(HOPS) {
        // What cannot be read was not written by a proxy that works: the last one that could be is as far as we see.
        let Some(address) = address(entry.trim()) else { return nearest };
        nearest = address;
        if !is_trusted(address) {
            break;
        }
    }
    nearest
}

/// An address, also with a port behind it.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let read = bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()));
    read.map(|address| address.to_canonical())
}

fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(whole) => {
            IpAddr::V6(Ipv6Addr::from_bits(whole.to_bits() & (u128::MAX << (u128::BITS - HOUSEHOLD_BITS))))
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn visitor(peer: &str, forwarded: &[&'static str]) -> String {
        let trusted = [Network::parse("10.0.0.0/8").unwrap(), Network::parse("::1").unwrap()];
        let request = TestRequest::get().peer_addr(SocketAddr::new(peer.parse().unwrap(), 1));
        let request = forwarded.iter().fold(request, |request, value| request.append_header((FORWARDED_FOR, *value)));
        Visitor::of(&request.to_http_request(), &trusted).0.to_string()
    }

    #[test]
    fn only_what_trusted_proxies_say_is_believed() {
        for (peer, forwarded, counts_for) in [
            ("203.0.113.9", &[][..], "203.0.113.9"),
            ("203.0.113.9", &["198.51.100.1"], "203.0.113.9"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            // What the sender wrote itself stands to the left of what the proxies added.
            ("10.0.0.1", &["192.0.2.1, 198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", &["192.0.2.1", "198.51.100.1, 10.0.0.2"], "198.51.100.1"),
            ("10.0.0.1", &["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
            ("10.0.0.1", &["198.51.100.1, unknown, 10.0.0.2"], "10.0.0.2"),
            ("10.0.0.1", &["198.51.100.1:4711"], "198.51.100.1"),
            ("::1", &["[2001:db8:1:2:3:4:5:6]:80"], "2001:db8:1:2::"),
            ("::ffff:10.0.0.1", &["::ffff:198.51.100.1"], "198.51.100.1"),
        ] {
            assert_eq!(visitor(peer, forwarded), counts_for, "{peer} {forwarded:?}");
        }
    }

    #[test]
    fn a_household_is_one_visitor() {
        assert_eq!(visitor("2001:db8::1", &[]), visitor("2001:db8::ffff:1", &[]));
        assert_ne!(visitor("2001:db8::1", &[]), visitor("2001:db8:0:1::1", &[]));
    }
}
