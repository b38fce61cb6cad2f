//! From a PIN and this device to a profile's key.
//!
//! Invariant: what was made before the device had a part in it still opens, and is bound to the device
//! in one durable write; a crash leaves one or the other. Nobody is locked out because a key store
//! has a bad day: what cannot be bound is wrapped by the PIN alone, the screens say so, and the next
//! unlocking tries again.

use std::cell::RefCell;
use std::rc::Rc;

use uuid::Uuid;

use super::api::{Failure, KeyPlace};
use super::core::Engine;
use super::host::Host;
use crate::store::{KdfCost, Key, Terms, WrappedKey};

/// A key that a PIN has opened, and what protects it beside the PIN.
pub(super) struct Opened {
    pub key: Key,
    pub place: KeyPlace,
}

/// The profile's key, if this is its PIN and this its device. Counts wrong PINs, over restarts.
pub(super) async fn open(engine: &RefCell<Engine>, profile: Uuid, pin: &str) -> Result<Opened, Failure> {
    let (host, stored) = {
        let mut engine = engine.borrow_mut();
        (engine.host.clone(), engine.may_try(profile)?)
    };
    let stretched = stored.stretch(pin)?;
    let (wrapping, place) = if stored.is_bound() {
        let bound = host.bind(profile, stretched, false).await?;
        (bound.output, bound.place)
    } else {
        (stretched, KeyPlace::PinAlone)
    };
    // Who guessed meanwhile was counted: this looks at the count again.
    engine.borrow_mut().may_try(profile)?;
    let key = engine.borrow_mut().judge(profile, stored.unwrap(&wrapping))?;
    if stored.is_bound() {
        return Ok(Opened { key, place });
    }
    let (again, place) = wrapped(&host, profile, &key, pin).await?;
    if again.is_bound()
        && let Err(failure) = engine.borrow_mut().rewrapped(profile, again)
    {
        host.log(&format!("a key stays unbound: {failure}"));
        return Ok(Opened { key, place: KeyPlace::PinAlone });
    }
    Ok(Opened { key, place })
}

/// Wraps a key by a PIN and this device; by the PIN alone where the key store is away.
pub(super) async fn wrapped(
    host: &Rc<dyn Host>,
    profile: Uuid,
    key: &Key,
    pin: &str,
) -> Result<(WrappedKey, KeyPlace), Failure> {
    let mut random = [0; 40];
    host.random(&mut random);
    let terms = Terms::new(KdfCost::DEVICE, random);
    let stretched = terms.stretch(pin)?;
    match host.bind(profile, stretched.clone(), true).await {
        Ok(bound) => Ok((WrappedKey::wrap(key, terms, &bound.output, true)?, bound.place)),
        Err(cause) => {
            host.log(&format!("a key is wrapped by its PIN alone: {cause}"));
            Ok((WrappedKey::wrap(key, terms, &stretched, false)?, KeyPlace::PinAlone))
        }
    }
}
