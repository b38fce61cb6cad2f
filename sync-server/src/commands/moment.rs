//! Moments and addresses as a person at a terminal needs them.

use chrono::{DateTime, Local, Offset, TimeZone, Utc};

/// Until when something holds: by this machine's clock on the wall, and in UTC, with the day.
pub fn until(ms: i64) -> String {
    in_zone(ms, &Local)
}

fn in_zone<Z: TimeZone>(ms: i64, zone: &Z) -> String {
    let utc = DateTime::<Utc>::from_timestamp_millis(ms).unwrap_or_default();
    let local = utc.with_timezone(zone).naive_local();
    let offset = utc.with_timezone(zone).offset().fix();
    if offset.local_minus_utc() == 0 {
        return format!("{} UTC", utc.format("%Y-%m-%d %H:%M"));
    }
    // The day of the other only where it is another.
    let form = if local.date() == utc.date_naive() { "%H:%M" } else { "%Y-%m-%d %H:%M" };
    format!("{} here ({} UTC)", local.format("%Y-%m-%d %H:%M"), utc.format(form))
}

/// Reads an address that links begin with.
///
/// # Errors
/// What is wrong with it.
pub fn address(typed: &str) -> Result<String, String> {
    let plain = typed.trim_end_matches('/');
    let host = plain.strip_prefix("https://").or_else(|| plain.strip_prefix("http://")).unwrap_or_default();
    if host.is_empty() || host.contains(['/', '?', '#', ' ']) {
        return Err("give it as https://sync.example.org".to_owned());
    }
    Ok(plain.to_owned())
}

/// The link that pairs a device: what the app makes of a code, too.
pub fn link(url: &str, code: &str) -> String {
    format!("{url}/#pair={code}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::FixedOffset;

    #[test]
    fn a_moment_is_told_by_the_clock_on_the_wall_and_in_utc() {
        let ms = 1_795_809_720_000; // 2026-11-27T20:02:00Z
        let zone = |hours: i32| FixedOffset::east_opt(hours * 3600).unwrap();
        assert_eq!(in_zone(ms, &Utc), "2026-11-27 20:02 UTC");
        assert_eq!(in_zone(ms, &zone(-5)), "2026-11-27 15:02 here (20:02 UTC)");
        assert_eq!(in_zone(ms, &zone(9)), "2026-11-28 05:02 here (2026-11-27 20:02 UTC)");
    }

    #[test]
    fn an_address_is_one_that_a_browser_opens() {
        assert_eq!(address("https://sync.example.org/").as_deref(), Ok("https://sync.example.org"));
        assert_eq!(address("http://127.0.0.1:8787").as_deref(), Ok("http://127.0.0.1:8787"));
        for wrong in
            ["sync.example.org", "https://", "ftp://x", "https://x/app", "https://a b", "https://x/#y"]
        {
            assert!(address(wrong).is_err(), "{wrong}");
        }
        assert_eq!(link("https://care.example", "7KQ4-9XZR"), "https://care.example/#pair=7KQ4-9XZR");
    }
}
