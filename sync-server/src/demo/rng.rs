//! A small repeatable source of chance (SplitMix64), so that a seed gives the same organisation
//! every time, on every machine.
//!
//! Invariant: nothing secret is drawn from it. Codes and tokens are the server's, from the system.

/// See the module.
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    #[must_use]
    pub fn new(seed: u64) -> Rng {
        Rng(seed)
    }

    /// Another source that is drawn from on its own, so that one person's chances do not move when
    /// somebody else draws once more.
    #[must_use]
    pub fn apart(&mut self) -> Rng {
        Rng(self.next())
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0 to `n`, without `n`; 0 where `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        let n = u64::try_from(n).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % n).unwrap_or(0)
    }

    /// `from` to `to`, both included.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        let span = usize::try_from(to.saturating_sub(from).saturating_add(1)).unwrap_or(1);
        from + i64::try_from(self.below(span)).unwrap_or(0)
    }

    /// True with this probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        let thousandths = i32::try_from(self.below(1_000_000)).unwrap_or(0);
        f64::from(thousandths) / 1_000_000.0 < probability
    }

    /// One of them; `None` of none.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }

    /// One text of several; empty of none.
    pub fn word<'a>(&mut self, of: &[&'a str]) -> &'a str {
        self.pick(of).copied().unwrap_or_default()
    }

    pub fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            for (to, from) in chunk.iter_mut().zip(self.next().to_le_bytes()) {
                *to = from;
            }
        }
    }
}
