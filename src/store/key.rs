//! From a six-digit PIN to the database key.
//!
//! Invariant: the key is random and never derived from the PIN; the PIN (through Argon2id) only
//! unwraps it, so that a changed PIN re-wraps 32 bytes and re-encrypts nothing. A wrong PIN fails
//! the wrap's authentication: there is no screen to get past.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::Aead;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::StoreError;

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
    /// OWASP's first recommendation for Argon2id (19 MiB, two rounds): about a tenth of a second
    /// on a phone.
    pub const DEVICE: KdfCost = KdfCost { kib: 19_456, rounds: 2 };
}

/// The database key, wrapped by a PIN. Safe to store in the clear.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrappedKey {
    cost: KdfCost,
    salt: [u8; 16],
    nonce: [u8; 24],
    wrapped: Vec<u8>,
}

impl WrappedKey {
    /// Wraps `key`; `random` is fresh from a cryptographic source.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] where the cost is outside what Argon2 allows.
    pub fn wrap(key: &Key, pin: &str, cost: KdfCost, random: [u8; 40]) -> Result<WrappedKey, StoreError> {
        let mut salt = [0; 16];
        let mut nonce = [0; 24];
        for (to, from) in salt.iter_mut().chain(nonce.iter_mut()).zip(random) {
            *to = from;
        }
        let cipher = cipher(pin, &salt, cost)?;
        let wrapped = cipher
            .encrypt(&XNonce::from(nonce), key.0.as_slice())
            .map_err(|_| StoreError::Corrupt("the key could not be wrapped".into()))?;
        Ok(WrappedKey { cost, salt, nonce, wrapped })
    }

    /// The key, if this is the PIN.
    ///
    /// # Errors
    /// [`StoreError::WrongPin`] if it is not.
    pub fn unwrap(&self, pin: &str) -> Result<Key, StoreError> {
        let cipher = cipher(pin, &self.salt, self.cost)?;
        let key = cipher
            .decrypt(&XNonce::from(self.nonce), self.wrapped.as_slice())
            .map(Zeroizing::new)
            .map_err(|_| StoreError::WrongPin)?;
        let key: [u8; 32] =
            key.as_slice().try_into().map_err(|_| StoreError::Corrupt("a key has 32 bytes".into()))?;
        Ok(Key::new(key))
    }
}

fn cipher(pin: &str, salt: &[u8], cost: KdfCost) -> Result<XChaCha20Poly1305, StoreError> {
    let params = Params::new(cost.kib, cost.rounds, 1, Some(32))
        .map_err(|error| StoreError::Corrupt(format!("key derivation: {error}")))?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(pin.as_bytes(), salt, key.as_mut_slice())
        .map_err(|error| StoreError::Corrupt(format!("key derivation: {error}")))?;
    Ok(XChaCha20Poly1305::new(key.as_slice().into()))
}
