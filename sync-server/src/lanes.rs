//! One lane for each who asks: whoever asks much waits behind themselves, and not before others.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};

/// From so many lanes on, those that nobody is in any more are forgotten.
const TIDY: usize = 1024;

/// See the module.
pub struct Lanes<K> {
    lanes: Mutex<HashMap<K, Weak<Semaphore>>>,
    all: Arc<Semaphore>,
}

/// A turn in one's own lane and in the road, until it is dropped.
pub struct InLane {
    _own: OwnedSemaphorePermit,
    _all: OwnedSemaphorePermit,
}

impl<K: Eq + Hash> Lanes<K> {
    /// At most `at_once` of all lanes go at once.
    #[must_use]
    pub fn new(at_once: usize) -> Lanes<K> {
        Lanes { lanes: Mutex::default(), all: Arc::new(Semaphore::new(at_once)) }
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// Never: nobody closes a lane.
    pub async fn wait(&self, key: K) -> Result<InLane, AcquireError> {
        let own = self.lane(key).acquire_owned().await?;
        Ok(InLane { _own: own, _all: self.all.clone().acquire_owned().await? })
    }

    fn lane(&self, key: K) -> Arc<Semaphore> {
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lane) = lanes.get(&key).and_then(Weak::upgrade) {
            return lane;
        }
        if lanes.len() >= TIDY {
            lanes.retain(|_, lane| lane.strong_count() > 0);
        }
        let lane = Arc::new(Semaphore::new(1));
        lanes.insert(key, Arc::downgrade(&lane));
        lane
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn who_asks_much_waits_behind_themselves() {
        let lanes = Arc::new(Lanes::new(2));
        let first = lanes.wait("mallory").await.unwrap();
        let waiting: Vec<_> = (0..10)
            .map(|_| {
                let lanes = lanes.clone();
                tokio::spawn(async move { drop(lanes.wait("mallory").await) })
            })
            .collect();
        tokio::task::yield_now().await;
        let other = tokio::time::timeout(Duration::from_secs(5), lanes.wait("alice")).await;
        assert!(other.is_ok(), "she has a lane of her own");
        assert!(waiting.iter().all(|one| !one.is_finished()));
        drop(first);
        for one in waiting {
            one.await.unwrap();
        }
    }

    #[tokio::test]
    async fn nothing_is_remembered_of_those_who_went() {
        let lanes = Lanes::new(2);
        for key in 0..5_000 {
            drop(lanes.wait(key).await.unwrap());
        }
        assert!(lanes.lanes.lock().unwrap().len() <= TIDY);
    }
}
