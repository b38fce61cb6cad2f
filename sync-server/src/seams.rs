//! Where the world comes in: the clock and randomness, so that a test or a simulator can bring
//! its own.

use std::sync::Arc;
use std::time::Instant;

use chrono::{DateTime, SecondsFormat, Utc};
use fieldproof::record::random_id;
use uuid::Uuid;

/// The system gave no random bytes. Nothing secret can be made without them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no random bytes from the system")]
pub struct NoRandomness;

type Clock = dyn Fn() -> i64 + Send + Sync;
type Random = dyn Fn(&mut [u8]) -> Result<(), NoRandomness> + Send + Sync;

/// See the module. Cheap to clone.
#[derive(Clone)]
pub struct Seams {
    clock: Arc<Clock>,
    steady: Arc<Clock>,
    random: Arc<Random>,
}

impl Default for Seams {
    fn default() -> Seams {
        let begun = Instant::now();
        Seams {
            clock: Arc::new(|| Utc::now().timestamp_millis()),
            steady: Arc::new(move || i64::try_from(begun.elapsed().as_millis()).unwrap_or(i64::MAX)),
            random: Arc::new(|bytes| getrandom::fill(bytes).map_err(|_| NoRandomness)),
        }
    }
}

impl Seams {
    /// The system's randomness with another clock (milliseconds since 1970), which time really passes by.
    #[must_use]
    pub fn with_clock(clock: impl Fn() -> i64 + Send + Sync + 'static) -> Seams {
        let clock: Arc<Clock> = Arc::new(clock);
        Seams { steady: clock.clone(), clock, ..Seams::default() }
    }

    /// The system's randomness with a clock that may be set, and one that only goes on.
    #[must_use]
    pub fn with_clocks(
        clock: impl Fn() -> i64 + Send + Sync + 'static,
        steady: impl Fn() -> i64 + Send + Sync + 'static,
    ) -> Seams {
        Seams { clock: Arc::new(clock), steady: Arc::new(steady), ..Seams::default() }
    }

    /// Both replaced.
    #[must_use]
    pub fn new(
        clock: impl Fn() -> i64 + Send + Sync + 'static,
        random: impl Fn(&mut [u8]) -> Result<(), NoRandomness> + Send + Sync + 'static,
    ) -> Seams {
        let clock: Arc<Clock> = Arc::new(clock);
        Seams { steady: clock.clone(), clock, random: Arc::new(random) }
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        (self.clock)()
    }

    /// Milliseconds of a clock that nobody sets: only differences mean anything.
    #[must_use]
    pub fn steady_ms(&self) -> i64 {
        (self.steady)()
    }

    /// # Errors
    /// [`NoRandomness`].
    pub fn random<const N: usize>(&self) -> Result<[u8; N], NoRandomness> {
        let mut bytes = [0; N];
        (self.random)(&mut bytes)?;
        Ok(bytes)
    }

    /// # Errors
    /// [`NoRandomness`].
    pub fn id(&self) -> Result<Uuid, NoRandomness> {
        Ok(random_id(self.random()?))
    }
}

/// A moment as the protocol writes it: RFC 3339, UTC, milliseconds.
#[must_use]
pub fn rfc3339(ms: i64) -> String {
    DateTime::<Utc>::from_timestamp_millis(ms)
        .unwrap_or_default()
        .to_rfc3339_opts(SecondsFormat::Millis, true)
}
