//! How much of one kind may go on at once for one address or one device, so that no single one
//! takes all the places.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// See the module. Cheap to clone; clones count together.
pub struct Turns<K> {
    most: usize,
    held: Arc<Mutex<HashMap<K, usize>>>,
}

impl<K> Clone for Turns<K> {
    fn clone(&self) -> Turns<K> {
        Turns { most: self.most, held: self.held.clone() }
    }
}

/// A place that is taken, until it is dropped.
pub struct Turn<K: Eq + Hash> {
    key: K,
    held: Arc<Mutex<HashMap<K, usize>>>,
}

impl<K: Eq + Hash + Clone> Turns<K> {
    #[must_use]
    pub fn new(most: usize) -> Turns<K> {
        Turns { most, held: Arc::default() }
    }

    /// A place, where `key` does not hold as many as it may.
    #[must_use]
    pub fn take(&self, key: K) -> Option<Turn<K>> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let count = held.get(&key).copied().unwrap_or(0);
        if count >= self.most {
            return None;
        }
        held.insert(key.clone(), count + 1);
        Some(Turn { key, held: self.held.clone() })
    }
}

impl<K: Eq + Hash> Drop for Turn<K> {
    fn drop(&mut self) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        match held.get_mut(&self.key) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(held.remove(&self.key)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_its_own_places_and_nothing_is_remembered_of_those_who_went() {
        let turns = Turns::new(2);
        let first = turns.take("alice");
        let second = turns.clone().take("alice");
        assert!(first.is_some() && second.is_some() && turns.take("alice").is_none());
        assert!(turns.take("bob").is_some());
        drop(first);
        let third = turns.take("alice");
        assert!(third.is_some());
        drop((second, third));
        assert!(turns.held.lock().unwrap().is_empty());
    }
}
