//! SQLite on the device: the log, drafts, derived tables and the questions asked of them.
//!
//! Invariant: one [`Store`] holds the one connection that writes. The log is only appended to;
//! derived tables can be dropped at any time and come back the same from the log.

mod aside;
mod asked;
mod derive;
mod device;
mod draft;
mod error;
mod follow_up;
mod form_draft;
mod intake;
mod key;
mod leave;
mod log;
mod look_again;
mod names;
mod open;
mod profiles;
pub mod query;
mod refused;
mod setting;
mod standard_draft;
mod tally;
mod unfinished;

pub use draft::SavedDraft;
pub use error::StoreError;
pub use form_draft::{FormKey, SavedForm};
pub use intake::{Intake, PulledItem, Taken};
#[cfg(not(target_arch = "wasm32"))]
pub use key::mix;
pub use key::{KdfCost, Key, Secret, Terms, WrappedKey};
pub use log::{NewEvent, OwnLog};
pub use profiles::{ProfileRow, Profiles};
pub use query::StandardLine;
pub use standard_draft::SavedEditing;
pub use unfinished::{LeftOver, Unfinished};

use std::cell::RefCell;

use rusqlite::Connection;

/// One profile's open, decrypted database.
pub struct Store {
    db: Connection,
    /// Standards that were read since something was written last.
    known: RefCell<query::Known>,
    /// The form whose text goes with what is appended next.
    sending: Option<FormKey>,
}

#[cfg(test)]
mod aside_tests;
#[cfg(test)]
mod list_tests;
#[cfg(test)]
mod refused_tests;
#[cfg(test)]
mod size_tests;
#[cfg(test)]
pub(crate) mod tests;
