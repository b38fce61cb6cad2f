//! Who uses this device, where its records stand with the server, which devices and codes there are.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{CodeRow, DeviceRow, DraftRow, FailureCode, NewerRow, SiteName, SyncRow};
use crate::practice::settings::ShiftTimes;
use crate::store::LeftOver;
use crate::sync::wire::Role;

/// Who the unlocked profile belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    pub profile: Uuid,
    pub person: Uuid,
    pub name: String,
    pub role: Role,
    /// Own sites by name; for quality and admin all sites.
    pub sites: Vec<SiteName>,
    /// The kinds that this person may begin something with, and the sites where; none is everywhere.
    #[serde(default)]
    pub begins: BTreeMap<String, Option<Vec<Uuid>>>,
    pub org: String,
    /// When shifts change at sites that do not have the usual times.
    #[serde(default)]
    pub shifts: BTreeMap<Uuid, ShiftTimes>,
    /// What protects the records beside the PIN.
    pub key_place: KeyPlace,
    /// Where a draft was being filled when the app was last closed.
    pub carry_on: Option<DraftRow>,
}

/// Where the device's part of a profile's key lies (docs/security.md says what each is worth).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyPlace {
    /// The key store of the operating system.
    System,
    /// The browser, as a key that no script can read.
    Browser,
    /// A file of this user outside the data folder: there is no key store here.
    File,
    /// Nowhere: the PIN alone protects the records.
    PinAlone,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    pub profiles: Vec<Profile>,
    pub me: Option<Me>,
    pub sync: SyncChip,
    /// Why the last try did not get through; none where it did.
    #[serde(default)]
    pub trouble: Option<FailureCode>,
    /// Not all that this person may read has ever been here: an empty list says nothing yet.
    #[serde(default)]
    pub fetching: bool,
}

/// One person who uses this device, as the lock screen shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    pub profile: Uuid,
    pub name: String,
    pub org: String,
    pub server: String,
    /// The device was removed from the organisation: what it held was handed over, and its records
    /// and their key are gone from here.
    pub removed: bool,
    /// What became of what was not finished; `None` where an older version wiped it unsent.
    #[serde(default)]
    pub left: Option<LeftOver>,
    /// How many of this person's entries wait here to be sent; a count tells no content. `None` where the
    /// profile was not opened since this is kept.
    #[serde(default)]
    pub waiting: Option<u64>,
    /// Since when the first of them waits.
    #[serde(default)]
    pub waiting_since: Option<DateTime<FixedOffset>>,
}

impl Status {
    /// Whether whoever is unlocked leaves something on a device of several people that nobody else sends.
    #[must_use]
    pub fn warns_who_leaves(&self) -> bool {
        let people = self.profiles.iter().filter(|profile| !profile.removed).count();
        people > 1 && self.sync.waiting() > 0
    }

    /// How many entries of people other than who is unlocked wait on this device, as far as that is known.
    #[must_use]
    pub fn others_waiting(&self) -> u64 {
        let me = self.me.as_ref().map(|me| me.profile);
        let others = self.profiles.iter().filter(|profile| !profile.removed && Some(profile.profile) != me);
        others.filter_map(|profile| profile.waiting).fold(0, u64::saturating_add)
    }
}

/// The chip that always tells the truth (DESIGN, "What a person sees"; PROTOCOL §6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SyncChip {
    Locked,
    /// `waiting` events are saved here and not known to be with the server.
    Waiting {
        waiting: u64,
    },
    /// `sent` of the `of` events with which the running exchange began or went on are with the server, less
    /// than all of them; `waiting` are not known to be, those that were saved since included.
    Sending {
        sent: u64,
        of: u64,
        waiting: u64,
    },
    /// Taking in what others wrote.
    Receiving {
        items: u64,
    },
    /// Own head equals the server's by number and by hash, and nothing is quarantined but what was left unfinished.
    AllSynced {
        at: DateTime<FixedOffset>,
    },
    /// The same, but `count` own events lie in quarantine; a person has dealt with each of them.
    SetAside {
        count: u64,
        at: DateTime<FixedOffset>,
    },
    /// Paired, nothing of its own to send yet, and not heard from the server.
    NotYet,
    /// Quarantined events that a person has to look at, and how many others are not known to be with the
    /// server.
    NeedsYou {
        count: u64,
        waiting: u64,
    },
    /// The server does not know the token any more, or it is too old.
    SignInAgain {
        waiting: u64,
    },
}

impl SyncChip {
    /// How many own entries the server is not known to hold.
    #[must_use]
    pub fn waiting(&self) -> u64 {
        match self {
            SyncChip::Waiting { waiting }
            | SyncChip::NeedsYou { waiting, .. }
            | SyncChip::SignInAgain { waiting }
            | SyncChip::Sending { waiting, .. } => *waiting,
            SyncChip::Locked
            | SyncChip::Receiving { .. }
            | SyncChip::AllSynced { .. }
            | SyncChip::SetAside { .. }
            | SyncChip::NotYet => 0,
        }
    }
}

/// The list behind the chip.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SyncView {
    pub chip: SyncChip,
    pub server: String,
    /// Own log, as this device holds it.
    pub replica: Uuid,
    pub own: SyncHead,
    /// What the server was last known to hold of it; null before the first answer.
    pub held: Option<SyncHead>,
    /// Both heads agree at the number the server holds.
    pub agrees: bool,
    pub last_synced: Option<DateTime<FixedOffset>>,
    /// Why the last try did not get through, as a code that the app has a sentence for.
    pub trouble: Option<FailureCode>,
    /// When the timer tries again.
    pub next_try: Option<DateTime<FixedOffset>>,
    /// How many times an exchange came to its end since the profile was opened: whoever asked for one sees
    /// by it that it was tried.
    #[serde(default)]
    pub ended: u64,
    /// Device clock minus server clock, in milliseconds, at the last answer.
    pub skew_ms: Option<i64>,
    /// Own records: all that need a person, then the newest, in that order.
    pub events: Vec<SyncRow>,
    /// How many own events there are in all.
    pub total: u64,
    /// What others recorded and is not shown (by a newer version of the app, of a wrong form, taken
    /// back), newest first …
    #[serde(default)]
    pub newer: Vec<NewerRow>,
    /// How many of those there are in all.
    #[serde(default)]
    pub newer_total: u32,
    /// Bytes on disk of the profile's database.
    pub bytes: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncHead {
    pub seq: u64,
    pub hash: crate::record::Head,
}

/// Devices and open pairing codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DevicesView {
    /// The device that this is.
    pub here: Option<Uuid>,
    /// Those in my name.
    pub mine: Vec<DeviceRow>,
    /// For the office: everybody's.
    pub all: Vec<DeviceRow>,
    /// Codes that could still be used: for me, or for anybody where I am of the office.
    pub codes: Vec<CodeRow>,
    /// A quality lead or an administrator is looking.
    pub office: bool,
}

/// Whether a person may make a pairing code for another, and if not, why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PairingMay {
    Makes,
    /// Nothing to be offered or explained.
    Hidden,
    /// They are not active.
    Inactive,
    /// They work at these sites, too, which are not one's own: an administrator makes the code.
    WorksElsewhere {
        sites: Vec<String>,
    },
    /// An administrator makes the codes of somebody of this role.
    AnAdministrator,
}
