//! How often pairing codes may be tried: so many times a minute from one address, and so many wrong
//! ones a minute from everywhere, since whoever owns a thousand addresses has a thousand times as
//! many tries. In memory: a restart forgives.
//!
//! A code has 40 bits and lives 15 minutes. With 600 wrong tries a minute, one that is open all year
//! is guessed in a year with a chance of three in ten thousand.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

const WINDOW_MS: i64 = 60_000;
/// Addresses remembered at most. While as many were heard within a minute, new ones have to wait.
const MOST: usize = 100_000;
/// Forgetting goes through all of them, so it is not done for each try.
const TIDY_MS: i64 = 1000;

/// See the module.
pub struct Limiter {
    tries: usize,
    wrong: usize,
    most: usize,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    tries: HashMap<IpAddr, Times>,
    wrong: Times,
    tidied_ms: i64,
}

/// Moments of the last minute, oldest first.
#[derive(Default)]
struct Times(VecDeque<i64>);

impl Times {
    /// Forgets what is older than a minute, or in the future: the clock was set back.
    fn forget(&mut self, now_ms: i64) {
        self.0.retain(|&at| at <= now_ms && now_ms - at < WINDOW_MS);
    }

    /// Where there are as many as allowed: after how many seconds there is room again.
    fn wait(&mut self, most: usize, now_ms: i64) -> Result<(), u64> {
        self.forget(now_ms);
        if self.0.len() < most {
            return Ok(());
        }
        let wait = self.0.front().map_or(WINDOW_MS, |&first| WINDOW_MS - (now_ms - first));
        Err(u64::try_from(wait).unwrap_or(0).div_ceil(1000).max(1))
    }
}

impl Limiter {
    pub fn new(tries_a_minute: u32, wrong_a_minute: u32) -> Limiter {
        Limiter {
            tries: tries_a_minute as usize,
            wrong: wrong_a_minute as usize,
            most: MOST,
            seen: Mutex::default(),
        }
    }

    /// Counts a try; where there were too many, after how many seconds the next may be made.
    /// A try that was not let in does not count.
    pub fn take(&self, address: IpAddr, now_ms: i64) -> Result<(), u64> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let network = network(address);
        seen.wrong.wait(self.wrong, now_ms)?;
        if seen.tries.len() >= self.most && !seen.tries.contains_key(&network) {
            if (now_ms - seen.tidied_ms).abs() >= TIDY_MS {
                seen.tidied_ms = now_ms;
                seen.tries.retain(|_, times| {
                    times.forget(now_ms);
                    !times.0.is_empty()
                });
            }
            if seen.tries.len() >= self.most {
                return Err(1);
            }
        }
        let times = seen.tries.entry(network).or_default();
        times.wait(self.tries, now_ms)?;
        times.0.push_back(now_ms);
        Ok(())
    }

    /// Counts a try whose code was none.
    pub fn wrong(&self, now_ms: i64) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.wrong.0.push_back(now_ms);
    }
}

/// One subscriber has a whole /64 of IPv6 to try from.
pub fn network(address: IpAddr) -> IpAddr {
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
        let limiter = Limiter::new(10, 600);
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
        let limiter = Limiter::new(1, 600);
        assert_eq!(limiter.take("2001:db8::1".parse().unwrap(), 0), Ok(()));
        assert!(limiter.take("2001:db8::ffff".parse().unwrap(), 0).is_err());
        assert_eq!(limiter.take("2001:db8:0:1::1".parse().unwrap(), 0), Ok(()));
        // An address of version 4 inside one of version 6 is that address, not one of 2^32 in a network.
        assert_eq!(limiter.take("::ffff:10.0.0.1".parse().unwrap(), 0), Ok(()));
        assert!(limiter.take("10.0.0.1".parse().unwrap(), 0).is_err());
        assert_eq!(limiter.take("::ffff:10.0.0.2".parse().unwrap(), 0), Ok(()));
    }

    #[test]
    fn a_thousand_addresses_have_no_more_wrong_tries_than_one_server_allows() {
        let limiter = Limiter::new(10, 600);
        let mut let_in = 0;
        for i in 0..10_000u32 {
            if limiter.take(IpAddr::V4(i.into()), 0).is_ok() {
                limiter.wrong(0);
                let_in += 1;
            }
        }
        assert_eq!(let_in, 600);
        assert_eq!(limiter.take("10.0.0.1".parse().unwrap(), 59_999), Err(1));
        assert_eq!(limiter.take("10.0.0.1".parse().unwrap(), 60_000), Ok(()));
    }

    #[test]
    fn it_never_remembers_more_than_it_may_and_forgives_after_a_minute() {
        let limiter = Limiter { most: 100, ..Limiter::new(10, 600) };
        for i in 0..1000u32 {
            assert_eq!(limiter.take(IpAddr::V4(i.into()), i64::from(i)).is_ok(), i < 100);
        }
        assert!(limiter.seen.lock().unwrap().tries.len() <= 100);
        assert_eq!(limiter.take(IpAddr::V4(5.into()), 1000), Ok(()), "one who is known goes on");
        assert_eq!(limiter.take(IpAddr::V4(5000.into()), 61_000), Ok(()));
        assert!(limiter.seen.lock().unwrap().tries.len() <= 2);
    }

    #[test]
    fn a_clock_that_is_set_back_locks_nobody_out() {
        let limiter = Limiter::new(1, 1);
        let a = "10.0.0.1".parse().unwrap();
        assert_eq!(limiter.take(a, 10_000_000), Ok(()));
        limiter.wrong(10_000_000);
        assert!(limiter.take(a, 10_000_001).is_err());
        assert_eq!(limiter.take(a, 5), Ok(()));
    }
}
