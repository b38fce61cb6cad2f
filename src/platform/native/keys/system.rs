//! The operating system's key store: Secret Service (Linux), Keychain (macOS), protected data (iOS),
//! Credential Manager (Windows), Keystore (Android). The crates of the keyring project speak to each.
//!
//! Invariant: no entry is an answer; a store that does not answer is an error.

use std::collections::HashMap;
use std::sync::Arc;

use keyring_core::{CredentialStore, Entry, Error, Result};
use uuid::Uuid;

use crate::store::Secret;

/// How the entries are filed; the person reads it in the system's own list of secrets.
const SERVICE: &str = "org.fieldproof.app";

fn store() -> Result<Arc<CredentialStore>> {
    #[cfg(any(target_os = "linux", target_os = "freebsd"))]
    return Ok(dbus_secret_service_keyring_store::Store::new()?);
    #[cfg(target_os = "macos")]
    return Ok(apple_native_keyring_store::keychain::Store::new()?);
    #[cfg(target_os = "ios")]
    return Ok(apple_native_keyring_store::protected::Store::new()?);
    #[cfg(target_os = "windows")]
    return Ok(windows_native_keyring_store::Store::new()?);
    #[cfg(target_os = "android")]
    return Ok(android_native_keyring_store::Store::new()?);
    #[cfg(not(any(
        target_os = "linux",
        target_os = "freebsd",
        target_os = "macos",
        target_os = "ios",
        target_os = "windows",
        target_os = "android"
    )))]
    return Err(Error::NoDefaultStore);
}

fn entry(profile: Uuid) -> Result<Entry> {
    // On iOS what is not of this device alone goes into backups and onto the next phone.
    let modifiers = [("access-policy", "AfterFirstUnlockThisDeviceOnly")];
    let modifiers = HashMap::from_iter(modifiers.into_iter().filter(|_| cfg!(target_os = "ios")));
    Entry::new_in_store_with_modifiers(&store()?, SERVICE, &profile.simple().to_string(), &modifiers)
}

pub fn read(profile: Uuid) -> std::result::Result<Option<Secret>, String> {
    match entry(profile).and_then(|entry| entry.get_secret()) {
        Ok(bytes) => Ok(<[u8; 32]>::try_from(bytes.as_slice()).ok().map(Secret::new)),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(error.to_string()),
    }
}

pub fn write(profile: Uuid, secret: &Secret) -> std::result::Result<(), String> {
    entry(profile).and_then(|entry| entry.set_secret(secret.as_slice())).map_err(|error| error.to_string())
}

pub fn destroy(profile: Uuid) -> std::result::Result<(), String> {
    match entry(profile).and_then(|entry| entry.delete_credential()) {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(error.to_string()),
    }
}
