//! Where a request comes from: the connection's other end, or what a proxy says it saw.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, SocketAddrV6};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, header};

/// How often a proxy whose words cannot be read is told of.
const TELL: Duration = Duration::from_secs(60);

/// See the module.
#[derive(Default)]
pub struct Origin {
    told: Mutex<Option<Instant>>,
}

impl Origin {
    /// Whose tries these are. What a proxy appended last is what it saw itself; all before it is the
    /// client's word.
    pub fn address(&self, parts: &Parts, behind_proxy: bool) -> IpAddr {
        let peer = peer(parts).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        if !behind_proxy {
            return peer;
        }
        forwarded(&parts.headers).unwrap_or_else(|| {
            self.tell();
            peer
        })
    }

    /// All devices then count as one address, which shows only when the eleventh cannot pair. What the
    /// header says is not quoted: it names somebody.
    fn tell(&self) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.is_none_or(|at| at.elapsed() >= TELL) {
            *told = Some(Instant::now());
            tracing::warn!(
                "X-Forwarded-For is missing or its last entry is no address: all who pair count as one address. \
                 Let the proxy set it (docs/operations.md)"
            );
        }
    }
}

fn peer(parts: &Parts) -> Option<IpAddr> {
    parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip())
}

fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    parse(last.rsplit(',').next()?)
}

/// An address as proxies write it: bare, in brackets, with a port, with a zone.
fn parse(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim().trim_matches('"');
    let bare = entry.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(entry);
    let with_port = || bare.parse::<SocketAddr>().ok().map(|address| address.ip());
    let zoned =
        || format!("[{bare}]:0").parse::<SocketAddrV6>().ok().map(|address| IpAddr::V6(*address.ip()));
    bare.parse().ok().or_else(with_port).or_else(zoned)
}

/// Whether a request was made on this machine and did not come through a proxy on it.
pub fn is_local(parts: &Parts) -> bool {
    const PASSED_ON: [HeaderName; 4] = [
        HeaderName::from_static("x-forwarded-for"),
        HeaderName::from_static("x-real-ip"),
        header::FORWARDED,
        header::VIA,
    ];
    peer(parts).is_some_and(|peer| peer.to_canonical().is_loopback())
        && !PASSED_ON.iter().any(|name| parts.headers.contains_key(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        forwarded(&headers).map(|address| address.to_string())
    }

    #[test]
    fn an_address_is_read_in_every_form_that_proxies_write() {
        for (written, meant) in [
            ("198.51.100.1", "198.51.100.1"),
            ("198.51.100.1:501", "198.51.100.1"),
            ("  198.51.100.1:501  ", "198.51.100.1"),
            ("2001:db8::1", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("[2001:db8::1]:443", "2001:db8::1"),
            ("\"[2001:db8::1]:443\"", "2001:db8::1"),
            ("fe80::1%3", "fe80::1"),
            ("[fe80::1%3]:80", "fe80::1"),
            ("::ffff:198.51.100.1", "::ffff:198.51.100.1"),
        ] {
            assert_eq!(of(&[written]).as_deref(), Some(meant), "{written}");
        }
        for no_address in ["", "unknown", "_hidden", "198.51.100.1:", "198.51.100", "[2001:db8::1", "host:80"]
        {
            assert_eq!(of(&[no_address]), None, "{no_address}");
        }
    }

    #[test]
    fn of_several_the_last_is_what_the_proxy_saw() {
        assert_eq!(of(&["10.0.0.1, 198.51.100.7:1, 203.0.113.9:80"]).as_deref(), Some("203.0.113.9"));
        assert_eq!(of(&["10.0.0.1 ,203.0.113.9"]).as_deref(), Some("203.0.113.9"));
        assert_eq!(of(&["10.0.0.1", "203.0.113.9"]).as_deref(), Some("203.0.113.9"));
        // One that cannot be read is not passed over in favour of what the client said.
        assert_eq!(of(&["203.0.113.9, unknown"]), None);
        assert_eq!(of(&[]), None);
    }
}
