//! The device's part of each profile's key: 32 random bytes in the system's key store, or, where
//! there is none, in a file of this user outside the data folder.
//!
//! Invariant: whoever copies the data folder has none of it. A secret is durable before it is used to
//! wrap a key, and is never made anew where one is asked for: a lost one is told, not replaced.

use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::folder;
use crate::engine::api::KeyPlace;
use crate::engine::host::BindError;
use crate::platform::http;
use crate::store::Secret;

#[cfg_attr(not(feature = "key-store"), path = "keys/none.rs")]
mod system;

/// Where the secrets lie.
#[derive(Clone)]
pub struct Keys {
    /// Whether the system's key store is asked at all.
    system: bool,
    /// Where files lie in its stead.
    folder: PathBuf,
}

impl Keys {
    /// The app's own: the system's key store, else files.
    ///
    /// # Errors
    /// A sentence, where the system does not say where files may lie.
    pub fn of_the_system() -> Result<Keys, String> {
        Ok(Keys { system: true, folder: folder::keys()? })
    }

    /// Files alone: for devices that are made and thrown away.
    #[must_use]
    pub fn in_files(folder: PathBuf) -> Keys {
        Keys { system: false, folder }
    }

    fn file(&self, profile: Uuid) -> PathBuf {
        self.folder.join(profile.simple().to_string())
    }

    /// The secret of a profile and where it lies. A file goes before the key store: it is there only
    /// where the key store was not.
    ///
    /// # Errors
    /// [`BindError`]; with `make` only where neither can be written.
    pub fn secret(&self, profile: Uuid, make: bool) -> Result<(Secret, KeyPlace), BindError> {
        let away = |error: std::io::Error| BindError::Unavailable(error.to_string());
        let file = self.file(profile);
        if let Some(secret) = read(&file).map_err(away)? {
            return Ok((secret, KeyPlace::File));
        }
        let held = if self.system { system::read(profile) } else { Ok(None) };
        match held {
            Ok(Some(secret)) => return Ok((secret, KeyPlace::System)),
            Err(cause) if !make => return Err(BindError::Unavailable(cause)),
            Ok(None) if !make => return Err(BindError::Gone),
            _ => {}
        }
        let mut secret = Secret::new([0; 32]);
        http::random(secret.as_mut_slice());
        // What the store does not give back was not kept.
        if self.system
            && held.is_ok()
            && system::write(profile, &secret).is_ok()
            && system::read(profile) == Ok(Some(secret.clone()))
        {
            return Ok((secret, KeyPlace::System));
        }
        write(&file, &secret).map_err(away)?;
        Ok((secret, KeyPlace::File))
    }

    /// # Errors
    /// A sentence for the log.
    pub fn destroy(&self, profile: Uuid) -> Result<(), String> {
        if self.system {
            system::destroy(profile)?;
        }
        match std::fs::remove_file(self.file(profile)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.to_string()),
            _ => Ok(()),
        }
    }
}

fn read(file: &Path) -> std::io::Result<Option<Secret>> {
    match std::fs::read(file) {
        // Another length is none of ours: nothing it gave could open anything.
        Ok(bytes) => Ok(<[u8; 32]>::try_from(bytes.as_slice()).ok().map(Secret::new)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes it for this user alone, whole or not at all, and waits for the disk.
fn write(file: &Path, secret: &Secret) -> std::io::Result<()> {
    use std::io::Write;
    let Some(folder) = file.parent() else { return Err(std::io::ErrorKind::InvalidInput.into()) };
    folder::make(folder)?;
    let new = file.with_extension("new");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut open = options.open(&new)?;
    open.write_all(secret.as_slice())?;
    open.sync_all()?;
    std::fs::rename(&new, file)?;
    #[cfg(unix)]
    std::fs::File::open(folder)?.sync_all()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_this_user_alone_keeps_it_and_a_lost_one_is_told_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::in_files(folder.path().join("keys"));
        let [sam, bo] = [1, 2].map(Uuid::from_u128);
        assert_eq!(keys.secret(sam, false), Err(BindError::Gone));
        let (made, place) = keys.secret(sam, true).unwrap();
        assert_eq!(place, KeyPlace::File);
        assert_eq!(keys.secret(sam, false).unwrap().0, made);
        assert_eq!(keys.secret(sam, true).unwrap().0, made, "made once");
        assert_ne!(keys.secret(bo, true).unwrap().0, made);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&keys.file(sam)), 0o600);
            assert_eq!(mode(&keys.folder), 0o700);
        }
        keys.destroy(sam).unwrap();
        keys.destroy(sam).unwrap();
        assert_eq!(keys.secret(sam, false), Err(BindError::Gone));
        assert!(keys.secret(bo, false).is_ok(), "the others keep theirs");
    }

    #[test]
    fn a_damaged_file_opens_nothing_and_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::in_files(folder.path().to_owned());
        std::fs::write(keys.file(Uuid::nil()), b"short").unwrap();
        assert_eq!(keys.secret(Uuid::nil(), false), Err(BindError::Gone));
    }
}
