//! From a six-digit PIN and the device to the database key.
//!
//! ```text
//! PIN ──Argon2id(salt)──▶ stretched ──HMAC-SHA256(device's secret)──▶ wrapping key
//!                                     database key (random) ◀──XChaCha20-Poly1305── wrapped
//! ```
//!
//! Invariant: the key is random and never derived from the PIN; PIN and device only unwrap it, so
//! that a changed PIN re-wraps 32 bytes and re-encrypts nothing. A wrong PIN fails the wrap's
//! authentication: there is no screen to get past. The device's secret never comes here: what it
//! gives is asked for through `engine::host::Host::bind`.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::Aead;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::StoreError;

/// 32 secret bytes on the way from the PIN to the key. Wiped from memory when dropped.
pub type Secret = Zeroizing<[u8; 32]>;

/// The 32 bytes that SQLCipher is keyed with. Wiped from memory when dropped.
pub struct Key(Zeroizing<[u8; 32]>);

impl Key {
    #[must_use]
    pub fn new(random: [u8; 32]) -> Key {
        Key(Zeroizing::new(random))
    }

    /// The `PRAGMA key` literal that skips SQLCipher's own slow derivation.
    pub(super) fn pragma(&self) -> Zeroizing<String> {
        let mut text = String::with_capacity(80);
        text.push_str("PRAGMA key = \"x'");
        for byte in self.0.iter() {
            for digit in [byte >> 4, byte & 15] {
                text.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
            }
        }
        text.push_str("'\"");
        Zeroizing::new(text)
    }
}

/// What Argon2id spends on one guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KdfCost {
    pub kib: u32,
    pub rounds: u32,
}

impl KdfCost {
    /// Two and a half times OWASP's first recommendation for Argon2id (19 MiB, two rounds), which is as
    /// much as an unlock many times a day bears in a browser on a small phone. Where the device's part
    /// is copied with the files (docs/security.md says where), this is all that a guess costs.
    pub const DEVICE: KdfCost = KdfCost { kib: 32_768, rounds: 3 };
}

/// How a PIN is stretched and a key sealed. Safe to store in the clear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    cost: KdfCost,
    salt: [u8; 16],
    nonce: [u8; 24],
}

impl Terms {
    /// `random` is fresh from a cryptographic source.
    #[must_use]
    pub fn new(cost: KdfCost, random: [u8; 40]) -> Terms {
        let mut terms = Terms { cost, salt: [0; 16], nonce: [0; 24] };
        for (to, from) in terms.salt.iter_mut().chain(terms.nonce.iter_mut()).zip(random) {
            *to = from;
        }
        terms
    }

    /// What the PIN comes to. Slow, as it is meant to be.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] where the cost is outside what Argon2 allows.
    pub fn stretch(&self, pin: &str) -> Result<Secret, StoreError> {
        let fault = |error: argon2::Error| StoreError::Corrupt(format!("key derivation: {error}"));
        let params = Params::new(self.cost.kib, self.cost.rounds, 1, Some(32)).map_err(fault)?;
        let mut stretched = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(pin.as_bytes(), &self.salt, stretched.as_mut_slice())
            .map_err(fault)?;
        Ok(stretched)
    }
}

/// The database key, wrapped. Safe to store in the clear.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrappedKey {
    #[serde(flatten)]
    terms: Terms,
    /// Whether the device's secret was mixed in. Keys from before that are wrapped by the stretched
    /// PIN alone, and are bound when they are next opened.
    #[serde(default)]
    bound: bool,
    wrapped: Vec<u8>,
}

impl WrappedKey {
    /// Wraps `key` by what `terms` made of the PIN, `bound` to the device or not.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] where the cipher refuses.
    pub fn wrap(key: &Key, terms: Terms, wrapping: &Secret, bound: bool) -> Result<WrappedKey, StoreError> {
        let wrapped = XChaCha20Poly1305::new(wrapping.as_slice().into())
            .encrypt(&XNonce::from(terms.nonce), key.0.as_slice())
            .map_err(|_| StoreError::Corrupt("the key could not be wrapped".into()))?;
        Ok(WrappedKey { terms, bound, wrapped })
    }

    /// What has to be bound (or not) and given to [`WrappedKey::unwrap`].
    ///
    /// # Errors
    /// As [`Terms::stretch`].
    pub fn stretch(&self, pin: &str) -> Result<Secret, StoreError> {
        self.terms.stretch(pin)
    }

    /// Whether it opens on this device alone.
    #[must_use]
    pub fn is_bound(&self) -> bool {
        self.bound
    }

    /// The key, if PIN and device were the right ones.
    ///
    /// # Errors
    /// [`StoreError::WrongPin`] if not.
    pub fn unwrap(&self, wrapping: &Secret) -> Result<Key, StoreError> {
        let key = XChaCha20Poly1305::new(wrapping.as_slice().into())
            .decrypt(&XNonce::from(self.terms.nonce), self.wrapped.as_slice())
            .map(Zeroizing::new)
            .map_err(|_| StoreError::WrongPin)?;
        let key: [u8; 32] =
            key.as_slice().try_into().map_err(|_| StoreError::Corrupt("a key has 32 bytes".into()))?;
        Ok(Key::new(key))
    }
}

/// How a machine that can hold its secret in memory mixes it in: HMAC-SHA256 keyed by it. (The
/// browser's own HMAC does the same, with a secret that no script can read.)
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn mix(secret: &Secret, stretched: &Secret) -> Secret {
    use hmac::Mac;
    use hmac::digest::KeyInit;
    // HMAC fills a short key up with zeros to its block; done here, nothing can fail.
    let mut block = Zeroizing::new([0; 64]);
    for (to, from) in block.iter_mut().zip(secret.iter()) {
        *to = *from;
    }
    let mut mac = <hmac::Hmac<sha2::Sha256> as KeyInit>::new(block.as_slice().into());
    mac.update(stretched.as_slice());
    Zeroizing::new(mac.finalize().into_bytes().into())
}
