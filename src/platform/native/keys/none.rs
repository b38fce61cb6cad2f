//! Built without a window there is no key store to ask: the demo's and the tests' devices keep files.

use uuid::Uuid;

use crate::store::Secret;

const NONE: &str = "built without the system's key store";

pub fn read(_profile: Uuid) -> Result<Option<Secret>, String> {
    Err(NONE.into())
}

pub fn write(_profile: Uuid, _secret: &Secret) -> Result<(), String> {
    Err(NONE.into())
}

pub fn destroy(_profile: Uuid) -> Result<(), String> {
    Ok(())
}
