//! At most so many tries a minute from one address. In memory: a restart forgives.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

const WINDOW_MS: i64 = 60_000;
/// Addresses remembered at most. Beyond it the ones without a recent try are forgotten.
const MOST: usize = 100_000;

/// See the module.
pub struct Limiter {
    tries: usize,
    seen: Mutex<HashMap<IpAddr, VecDeque<i64>>>,
}

impl Limiter {
    pub fn new(tries_a_minute: u32) -> Limiter {
        Limiter { tries: tries_a_minute as usize, seen: Mutex::default() }
    }

    /// Counts a try; where there were too many, after how many seconds the next may be made.
    /// A try that was not let in does not count.
    pub fn take(&self, address: IpAddr, now_ms: i64) -> Result<(), u64> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= MOST {
            seen.retain(|_, tries| tries.back().is_some_and(|&last| now_ms - last < WINDOW_MS));
        }
        let tries = seen.entry(network(address)).or_default();
        while tries.front().is_some_and(|&first| now_ms - first >= WINDOW_MS) {
            tries.pop_front();
        }
        if tries.len() >= self.tries {
            let wait = tries.front().map_or(WINDOW_MS, |&first| WINDOW_MS - (now_ms - first));
            return Err(u64::try_from(wait).unwrap_or(0).div_ceil(1000).max(1));
        }
        tries.push_back(now_ms);
        Ok(())
    }
}

/// One subscriber has a whole /64 of IPv6 to try from.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() & !u128::from(u64::MAX)).into()),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_try_waits_for_the_first_to_be_a_minute_old() {
        let limiter = Limiter::new(10);
        let (a, b): (IpAddr, IpAddr) = ("10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap());
        for i in 0..10 {
            assert_eq!(limiter.take(a, i * 1000), Ok(()));
        }
        assert_eq!(limiter.take(a, 10_000), Err(50));
        assert_eq!(limiter.take(b, 10_000), Ok(()));
        assert_eq!(limiter.take(a, 60_000), Ok(()));
        assert_eq!(limiter.take(a, 60_001), Err(1));
    }

    #[test]
    fn a_whole_ipv6_network_is_one_address() {
        let limiter = Limiter::new(1);
        assert_eq!(limiter.take("2001:db8::1".parse().unwrap(), 0), Ok(()));
        assert!(limiter.take("2001:db8::ffff".parse().unwrap(), 0).is_err());
        assert_eq!(limiter.take("2001:db8:0:1::1".parse().unwrap(), 0), Ok(()));
    }
}
