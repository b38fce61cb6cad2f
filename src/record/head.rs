//! The chain: `head(0)` is 32 zero bytes, `head(n) = SHA-256(head(n-1) ‖ line(n))` (PROTOCOL §1).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// The hash over a replica's lines up to some number. Shown and sent as 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Head([u8; 32]);

impl Head {
    /// The head of an empty replica.
    pub const ZERO: Head = Head([0; 32]);

    /// The head after `line` (its bytes without the newline).
    #[must_use]
    pub fn next(&self, line: &[u8]) -> Head {
        let mut hash = Sha256::new();
        hash.update(self.0);
        hash.update(line);
        Head(hash.finalize().into())
    }

    /// The raw 32 bytes, as they are stored.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A head from its stored bytes; `None` unless there are exactly 32.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Head> {
        bytes.try_into().ok().map(Head)
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text was not 64 lower-case hex digits. Trying again cannot help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a head is 64 lower-case hex digits")]
pub struct HeadParseError;

impl FromStr for Head {
    type Err = HeadParseError;

    fn from_str(text: &str) -> Result<Head, HeadParseError> {
        let digit = |c: u8| match c {
            b'0'..=b'9' => Ok(c.wrapping_sub(b'0')),
            b'a'..=b'f' => Ok(c.wrapping_sub(b'a').wrapping_add(10)),
            _ => Err(HeadParseError),
        };
        let text = text.as_bytes();
        if text.len() != 64 {
            return Err(HeadParseError);
        }
        let mut bytes = [0; 32];
        for (byte, [high, low]) in bytes.iter_mut().zip(text.as_chunks().0) {
            *byte = digit(*high)? << 4 | digit(*low)?;
        }
        Ok(Head(bytes))
    }
}

impl Serialize for Head {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Head {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Head, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
