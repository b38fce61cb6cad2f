//! Counters for `GET /metrics`, in Prometheus' text form. Codes and counts; never a person, a
//! device or an organisation.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

/// Counts under an upper bound each, and all of them.
struct Histogram {
    bounds: &'static [f64],
    counts: Vec<AtomicU64>,
    count: AtomicU64,
    /// In thousandths, so that seconds fit a whole number too.
    sum: AtomicU64,
}

impl Histogram {
    fn new(bounds: &'static [f64]) -> Histogram {
        let counts = bounds.iter().map(|_| AtomicU64::new(0)).collect();
        Histogram { bounds, counts, count: AtomicU64::new(0), sum: AtomicU64::new(0) }
    }

    fn observe(&self, value: f64) {
        for (bound, count) in self.bounds.iter().zip(&self.counts) {
            if value <= *bound {
                count.fetch_add(1, Relaxed);
            }
        }
        self.count.fetch_add(1, Relaxed);
        self.sum.fetch_add((value * 1000.0) as u64, Relaxed);
    }

    fn write(&self, out: &mut String, name: &str, help: &str) {
        let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} histogram");
        for (bound, count) in self.bounds.iter().zip(&self.counts) {
            let _ = writeln!(out, "{name}_bucket{{le=\"{bound}\"}} {}", count.load(Relaxed));
        }
        let (count, sum) = (self.count.load(Relaxed), self.sum.load(Relaxed) as f64 / 1000.0);
        let _ = writeln!(out, "{name}_bucket{{le=\"+Inf\"}} {count}\n{name}_sum {sum}\n{name}_count {count}");
    }
}

/// See the module.
pub struct Metrics {
    pub syncs: AtomicU64,
    pub accepted: AtomicU64,
    pub duplicate: AtomicU64,
    pub pulled: AtomicU64,
    pub enrolled: AtomicU64,
    quarantined: Mutex<BTreeMap<&'static str, u64>>,
    refused: Mutex<BTreeMap<&'static str, u64>>,
    batch: Histogram,
    seconds: Histogram,
}

impl Default for Metrics {
    fn default() -> Metrics {
        Metrics {
            syncs: AtomicU64::default(),
            accepted: AtomicU64::default(),
            duplicate: AtomicU64::default(),
            pulled: AtomicU64::default(),
            enrolled: AtomicU64::default(),
            quarantined: Mutex::default(),
            refused: Mutex::default(),
            batch: Histogram::new(&[0.0, 1.0, 5.0, 20.0, 50.0, 100.0, 200.0, 500.0]),
            seconds: Histogram::new(&[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0]),
        }
    }
}

impl Metrics {
    pub fn quarantined(&self, code: &'static str) {
        count(&self.quarantined, code);
    }

    pub fn refused(&self, code: &'static str) {
        count(&self.refused, code);
    }

    /// A sync that was answered with `200`.
    pub fn synced(&self, lines: usize, seconds: f64) {
        self.syncs.fetch_add(1, Relaxed);
        self.batch.observe(lines as f64);
        self.seconds.observe(seconds);
    }

    #[must_use]
    pub fn render(&self) -> String {
        let mut out = String::new();
        for (name, help, value) in [
            ("fieldproof_syncs_total", "Syncs answered", &self.syncs),
            ("fieldproof_lines_accepted_total", "Lines stored and applied", &self.accepted),
            ("fieldproof_lines_duplicate_total", "Lines held already", &self.duplicate),
            ("fieldproof_items_pulled_total", "Stream items handed out", &self.pulled),
            ("fieldproof_enrolments_total", "Devices enrolled", &self.enrolled),
        ] {
            let value = value.load(Relaxed);
            let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} counter\n{name} {value}");
        }
        for (name, help, counts) in [
            ("fieldproof_lines_quarantined_total", "Lines stored and not applied", &self.quarantined),
            ("fieldproof_refusals_total", "Requests refused", &self.refused),
        ] {
            let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} counter");
            for (code, value) in counts.lock().unwrap_or_else(PoisonError::into_inner).iter() {
                let _ = writeln!(out, "{name}{{code=\"{code}\"}} {value}");
            }
        }
        self.batch.write(&mut out, "fieldproof_batch_lines", "Lines in a sync");
        self.seconds.write(&mut out, "fieldproof_sync_seconds", "From a sync's headers to its answer");
        out
    }
}

/// Writes a value that goes up and down.
pub fn gauge(out: &mut String, name: &str, help: &str, value: i64) {
    let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}");
}

fn count(counts: &Mutex<BTreeMap<&'static str, u64>>, code: &'static str) {
    *counts.lock().unwrap_or_else(PoisonError::into_inner).entry(code).or_default() += 1;
}
