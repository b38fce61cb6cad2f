//! What answers brought and is not taken in yet, while the server has more.
//!
//! Each taking-in writes the same pages of the indexes again, which in the browser costs more than
//! the lines; so a first sync takes several answers in together.
//!
//! Invariant: only in memory, like an answer under way. Cursors move when it is taken in, so what is
//! dropped here is asked for again and cannot be missed.

use std::collections::BTreeMap;

use crate::store::PulledItem;

/// Bytes of lines that are taken in together.
const TOGETHER: usize = 4 * 1024 * 1024;

#[derive(Debug, Default)]
pub(super) struct Ahead {
    items: Vec<PulledItem>,
    bytes: usize,
}

impl Ahead {
    /// Where the next request reads on.
    pub(super) fn read_on(&self, mut cursors: BTreeMap<String, u64>) -> BTreeMap<String, u64> {
        for item in &self.items {
            cursors.insert(item.stream.clone(), item.n);
        }
        cursors
    }

    /// Adds what an answer brought and gives what is to be taken in now: all, or nothing yet.
    pub(super) fn add(&mut self, items: Vec<PulledItem>, server_has_more: bool) -> Vec<PulledItem> {
        self.bytes += items.iter().filter_map(|item| item.line.as_ref()).map(String::len).sum::<usize>();
        self.items.extend(items);
        if server_has_more && self.bytes < TOGETHER { Vec::new() } else { self.take() }
    }

    pub(super) fn take(&mut self) -> Vec<PulledItem> {
        std::mem::take(self).items
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(n: u64, bytes: usize) -> PulledItem {
        let (stream, received_at) = ("org".to_owned(), String::new());
        PulledItem { stream, n, own: None, received_at, line: Some("x".repeat(bytes)) }
    }

    #[test]
    fn answers_wait_for_the_last_and_the_next_request_reads_on_behind_them() {
        let mut ahead = Ahead::default();
        assert!(ahead.add(vec![item(1, 10), item(2, 10)], true).is_empty());
        let known = BTreeMap::from([("org".to_owned(), 0), ("site:7".to_owned(), 5)]);
        let read_on = BTreeMap::from([("org".to_owned(), 2), ("site:7".to_owned(), 5)]);
        assert_eq!(ahead.read_on(known.clone()), read_on);
        let all = ahead.add(vec![item(3, 10)], false);
        assert_eq!(all.iter().map(|item| item.n).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(ahead.read_on(known.clone()), known, "what was given is the store's to remember");
    }

    #[test]
    fn no_more_wait_than_are_taken_in_together() {
        let mut ahead = Ahead::default();
        assert!(ahead.add(vec![item(1, TOGETHER - 1)], true).is_empty());
        assert_eq!(ahead.add(vec![item(2, 1)], true).len(), 2);
        assert!(ahead.add(vec![item(3, 1)], true).is_empty(), "the bytes are counted anew");
    }
}
