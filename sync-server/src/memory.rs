//! What requests and answers hold in memory, with a share for each person and organisation, so that
//! whoever floods the server fills their own share and nobody else's.
//!
//! Invariant: no more than [`Shares::all`] bytes are held, whoever asks. The last part is kept for
//! small holds: a phone that hands over a few lines gets through while large bodies fill the rest.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use uuid::Uuid;

/// How much may be held, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Shares {
    pub all: usize,
    pub of_one_person: usize,
    pub of_one_org: usize,
    /// The part of `all` that only holds of at most `small` bytes may use.
    pub for_small: usize,
    pub small: usize,
}

impl Default for Shares {
    fn default() -> Shares {
        const MB: usize = 1024 * 1024;
        Shares {
            all: 192 * MB,
            of_one_person: 32 * MB,
            of_one_org: 128 * MB,
            for_small: 32 * MB,
            small: 256 * 1024,
        }
    }
}

/// See the module.
pub struct Memory {
    shares: Shares,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    all: usize,
    people: HashMap<(Uuid, Uuid), usize>,
    orgs: HashMap<Uuid, usize>,
}

/// Memory that is held, until it is dropped.
pub struct Hold {
    memory: Arc<Memory>,
    org: Uuid,
    person: Uuid,
    bytes: usize,
}

impl Memory {
    #[must_use]
    pub fn new(shares: Shares) -> Arc<Memory> {
        Arc::new(Memory { shares, held: Mutex::default() })
    }

    /// A hold of nothing yet.
    #[must_use]
    pub fn hold(self: &Arc<Memory>, org: Uuid, person: Uuid) -> Hold {
        Hold { memory: self.clone(), org, person, bytes: 0 }
    }
}

impl Hold {
    /// Holds so many bytes in all from now on; where there is no room for more, what it held before.
    #[must_use]
    pub fn resize(&mut self, bytes: usize) -> bool {
        self.up_to(bytes, bytes) == Some(bytes)
    }

    /// Holds as many of `most` bytes as there is room for, and `None`, with nothing changed, where that
    /// is less than `least`.
    pub fn up_to(&mut self, most: usize, least: usize) -> Option<usize> {
        let shares = self.memory.shares;
        let mut held = self.memory.held.lock().unwrap_or_else(PoisonError::into_inner);
        let own = |map: Option<&usize>| map.copied().unwrap_or(0) - self.bytes;
        let person = own(held.people.get(&(self.org, self.person)));
        let org = own(held.orgs.get(&self.org));
        let others = held.all - self.bytes;
        let room = |all: usize| {
            let of_all = all.saturating_sub(others);
            of_all.min(shares.of_one_org.saturating_sub(org)).min(shares.of_one_person.saturating_sub(person))
        };
        let large = room(shares.all.saturating_sub(shares.for_small));
        let granted = most.min(large.max(room(shares.all).min(shares.small)));
        // What is given back is always taken.
        if granted < least && least > self.bytes {
            return None;
        }
        let granted = granted.max(least);
        self.set(&mut held, granted);
        drop(held);
        self.bytes = granted;
        Some(granted)
    }

    fn set(&self, held: &mut Held, bytes: usize) {
        held.all = held.all - self.bytes + bytes;
        let person = held.people.entry((self.org, self.person)).or_default();
        *person = *person - self.bytes + bytes;
        if *person == 0 {
            held.people.remove(&(self.org, self.person));
        }
        let org = held.orgs.entry(self.org).or_default();
        *org = *org - self.bytes + bytes;
        if *org == 0 {
            held.orgs.remove(&self.org);
        }
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        let memory = self.memory.clone();
        let mut held = memory.held.lock().unwrap_or_else(PoisonError::into_inner);
        self.set(&mut held, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORG: Uuid = Uuid::from_u128(1);

    fn memory() -> Arc<Memory> {
        Memory::new(Shares { all: 1000, of_one_person: 300, of_one_org: 700, for_small: 200, small: 50 })
    }

    fn person(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    #[test]
    fn a_person_fills_their_own_share_and_no_other() {
        let memory = memory();
        let mut held: Vec<Hold> = (0..5).map(|_| memory.hold(ORG, person(1))).collect();
        let got = held.iter_mut().filter_map(|hold| hold.resize(100).then_some(())).count();
        assert_eq!(got, 3);
        assert!(!held[4].resize(1), "small or not, it is their share");
        let mut other = memory.hold(ORG, person(2));
        assert!(other.resize(300) && !other.resize(301));
        held.clear();
        assert!(memory.hold(ORG, person(1)).resize(300));
    }

    #[test]
    fn an_organisation_leaves_room_for_others_and_the_last_part_is_for_the_small() {
        let memory = memory();
        let mut held = Vec::new();
        for n in 0..4 {
            let mut hold = memory.hold(ORG, person(n));
            held.push((hold.up_to(300, 1), hold));
        }
        let granted: Vec<_> = held.iter().map(|(granted, _)| *granted).collect();
        assert_eq!(granted, [Some(300), Some(300), Some(100), None]);
        let other_org = Uuid::from_u128(2);
        let mut large = memory.hold(other_org, person(9));
        assert_eq!(large.up_to(300, 200), None, "eight hundred are all but the part for small ones");
        assert_eq!(large.up_to(300, 1), Some(100));
        let mut small = memory.hold(other_org, person(8));
        assert!(small.resize(50) && !small.resize(51));
        // Whoever shrinks always may, and nothing is remembered of those who went.
        assert!(large.resize(10) && large.resize(0));
        drop((large, small, held));
        let held = memory.held.lock().unwrap();
        assert_eq!((held.all, held.people.len(), held.orgs.len()), (0, 0, 0));
    }
}
