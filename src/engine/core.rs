//! The engine's state and the one place where a request finds who carries it out.
//!
//! Invariant: nothing here waits. What needs the network is done by [`super::actor`], which
//! borrows the engine only between its waits.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use uuid::Uuid;

use super::api::{Change, Failure, FailureCode, KeyPlace, Me, Reply, Request, SiteName, Status, SyncChip};
use super::host::Host;
use super::pairing::Pending;
use super::profiles::profiles_of;
use super::syncing::Syncing;
use crate::practice::rights::{self, Rule, TABLE};
use crate::store::query::{Sites, sees_all_sites};
use crate::store::{OwnLog, Profiles, Store};
use crate::sync::wire::Role;

pub struct Engine {
    pub(super) host: Rc<dyn Host>,
    pub(super) profiles: Profiles,
    /// The unlocked profile, if there is one.
    pub(super) open: Option<Open>,
    changes: BTreeSet<Change>,
    /// Something was written or asked for that the sync should not wait with.
    pub(super) hurry: bool,
    pub(super) pending: Option<Pending>,
    /// The host's uptime when this began, and when each profile last met a wrong PIN.
    pub(super) begun: Duration,
    pub(super) tried: BTreeMap<Uuid, Duration>,
}

/// An unlocked profile.
pub(super) struct Open {
    pub profile: Uuid,
    pub store: Store,
    pub person: Uuid,
    pub server: String,
    pub token: String,
    pub key_place: KeyPlace,
    pub syncing: Syncing,
    /// Where the log stood when it was noted beside this person's name how much of it is not sent.
    pub noted: Option<OwnLog>,
}

/// What a person's rights hang on, looked up once for all the records of a list.
pub(super) struct Standing {
    pub role: Role,
    person: Uuid,
    sites: Vec<Uuid>,
}

impl Standing {
    /// Whether this person may write such an event, by the table that the server judges by.
    pub(super) fn may(&self, class: &str, verb: &str, site: Option<Uuid>, subject: Option<Uuid>) -> bool {
        let standing = rights::Standing { role: self.role, sites: &self.sites, active: true };
        let named = rights::Named { author: self.person, site, subject, practice_of: None };
        Rule::of(&format!("{class}.{verb}")).may_write(standing, named)
    }

    /// Whether this person may write a line of this rule about a thing that was begun so.
    pub(super) fn may_by(&self, rule: Rule, thing: rights::Named) -> bool {
        let standing = rights::Standing { role: self.role, sites: &self.sites, active: true };
        let named = rights::Named { author: self.person, ..thing };
        rule.may_say(self.person, thing).is_ok()
            && rule.may_write_of(named, Some(thing), |named| rule.may_write(standing, named))
    }

    /// Every kind that this person may begin something with, and where: none is everywhere. What is not
    /// here is refused wherever they try, so that nothing offers it.
    pub(super) fn begins(&self) -> BTreeMap<String, Sites> {
        let mut begins = BTreeMap::new();
        for row in TABLE {
            for verb in
                row.verbs.iter().filter(|verb| Rule::of(&format!("{}.{}", row.name, verb.name)).begins())
            {
                if verb.is_of_own_practice() && !self.role.has_practice() {
                    continue;
                }
                let may = |site: Option<Uuid>| self.may(row.name, verb.name, site, Some(self.person));
                let at: Vec<Uuid> = self.sites.iter().copied().filter(|site| may(Some(*site))).collect();
                let at = if may(None) { None } else { Some(at) };
                if at.as_ref().is_none_or(|at| !at.is_empty()) {
                    begins.insert(format!("{}.{}", row.name, verb.name), at);
                }
            }
        }
        begins
    }

    /// The sites at which this person may write such an event, whoever else it is about; none where they
    /// may anywhere.
    pub(super) fn sites_for(&self, class: &str, verb: &str) -> Sites {
        if self.may(class, verb, None, None) {
            return None;
        }
        let may = |site: &Uuid| self.may(class, verb, Some(*site), None);
        Some(self.sites.iter().copied().filter(may).collect())
    }

    /// The sites that this person leads, as [`Standing::leads`]; none where they lead everywhere.
    pub(super) fn led(&self) -> Sites {
        self.sites_for("shadow", "returned")
    }

    /// Whether this person may go on so with a thing that was begun so: what would not count is not offered.
    pub(super) fn may_go_on(&self, class: &str, verb: &str, thing: rights::Named) -> bool {
        self.may_by(Rule::of(&format!("{class}.{verb}")), thing)
    }

    /// Whether this person coaches, returns and reviews at a site: a supervisor there, or quality.
    pub(super) fn leads(&self, site: Option<Uuid>) -> bool {
        self.may("shadow", "returned", site, None)
    }
}

impl Engine {
    /// # Errors
    /// [`FailureCode::Corrupt`] or [`FailureCode::DiskFull`] where the device's own small database
    /// cannot be opened.
    pub fn new(host: Rc<dyn Host>) -> Result<Engine, Failure> {
        let db = host.open(Profiles::FILE).map_err(crate::store::StoreError::from)?;
        let profiles = Profiles::open(db, host.wal())?;
        let begun = host.uptime();
        Ok(Engine {
            host,
            profiles,
            open: None,
            changes: BTreeSet::new(),
            hurry: false,
            pending: None,
            begun,
            tried: BTreeMap::new(),
        })
    }

    /// Carries out a request that waits for nothing. Those that wait – for the network, for the key
    /// store – are in [`super::pairing`] and [`super::lock`].
    pub fn handle(&mut self, request: Request) -> Reply {
        let reply = Reply::from(self.carry_out(request));
        // Before the reply leaves: whoever was told "saved" may hand the device on at once.
        self.note_waiting();
        reply
    }

    pub(super) fn carry_out(&mut self, request: Request) -> Result<Reply, Failure> {
        match request {
            Request::Status => self.status(),
            Request::Forget { profile } => self.forget(profile),
            Request::Lock => {
                self.lock();
                Ok(Reply::Done)
            }
            Request::Unlock { .. }
            | Request::ChangePin { .. }
            | Request::Pair { .. }
            | Request::MakePairing { .. }
            | Request::MakePack { .. } => {
                Err(Failure::of(FailureCode::Internal, "this request goes by the actor"))
            }
            Request::SyncNow => {
                self.opened()?.syncing.ask();
                self.hurry = true;
                Ok(Reply::Done)
            }
            Request::Today
            | Request::Owed { .. }
            | Request::People
            | Request::Person { .. }
            | Request::Sites
            | Request::Site { .. }
            | Request::Standards
            | Request::Standard { .. }
            | Request::StandardLog { .. }
            | Request::StandardDrafts
            | Request::StandardDraft { .. }
            | Request::Records { .. }
            | Request::Record { .. }
            | Request::Drafts
            | Request::Draft { .. }
            | Request::Sync
            | Request::Devices
            | Request::Tasks { .. }
            | Request::FollowUps { .. }
            | Request::FollowUp { .. }
            | Request::Packs
            | Request::Chart { .. }
            | Request::Month { .. }
            | Request::Behind { .. }
            | Request::ThemeBehind { .. }
            | Request::Holds { .. }
            | Request::Tellings { .. } => self.read(request),
            Request::PackExported { what } => self.pack_exported(&what),
            Request::Patterns { .. }
            | Request::Pattern { .. }
            | Request::Chain { .. }
            | Request::Retrain { .. }
            | Request::Drift
            | Request::DriftBehind { .. }
            | Request::Cohorts { .. }
            | Request::Timely { .. }
            | Request::Competencies
            | Request::Settings
            | Request::SettingsView => self.repeats(request),
            Request::Begin { .. }
            | Request::BeginAmend { .. }
            | Request::SaveDraft { .. }
            | Request::DiscardDraft { .. }
            | Request::Finish { .. } => self.capture(request),
            Request::FormDraft { .. } | Request::SaveFormDraft { .. } => self.form(request),
            Request::SendForm { form, request } => self.send_form(&form, *request),
            Request::BeginStandard { .. }
            | Request::SaveStandardDraft { .. }
            | Request::DiscardStandardDraft { .. }
            | Request::TryStandard { .. }
            | Request::PublishStandardDraft { .. }
            | Request::RetireStandard { .. }
            | Request::PublishStandard { .. }
            | Request::PublishStarters => self.standards(request),
            _ => self.write(request),
        }
    }

    /// What changed since this was last asked.
    pub fn take_changes(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.changes).into_iter().collect()
    }

    pub(super) fn changed(&mut self, change: Change) {
        self.changes.insert(change);
    }

    /// The unlocked profile.
    pub(super) fn opened(&mut self) -> Result<&mut Open, Failure> {
        self.open.as_mut().ok_or_else(|| Failure::of(FailureCode::Locked, ""))
    }

    pub(super) fn opened_ref(&self) -> Result<&Open, Failure> {
        self.open.as_ref().ok_or_else(|| Failure::of(FailureCode::Locked, ""))
    }

    pub(super) fn lock(&mut self) {
        // It may be what could not be noted before that is handed on now.
        self.note_waiting();
        if self.open.take().is_some() {
            self.changed(Change::Profiles);
            self.changed(Change::Sync);
        }
    }

    fn status(&mut self) -> Result<Reply, Failure> {
        let profiles = profiles_of(self.profiles.all()?);
        let (me, sync, trouble, fetching) = match &self.open {
            Some(open) => (Some(open.me()?), open.chip()?, open.trouble(), open.is_fetching()),
            None => (None, SyncChip::Locked, None, false),
        };
        Ok(Reply::Status(Box::new(Status { profiles, me, sync, trouble, fetching })))
    }

    /// A new id for something that happens at `at`.
    pub(super) fn new_id(&self, at: &DateTime<FixedOffset>) -> Uuid {
        new_id(&*self.host, at)
    }

    pub(super) fn random_id(&self) -> Uuid {
        let mut random = [0; 16];
        self.host.random(&mut random);
        crate::record::random_id(random)
    }
}

/// The same where the engine itself is borrowed.
pub(super) fn new_id(host: &dyn Host, at: &DateTime<FixedOffset>) -> Uuid {
    let mut random = [0; 10];
    host.random(&mut random);
    crate::record::id_at(at, &random)
}

impl Open {
    /// The role as the registry on this device says; before it has arrived, as it was when the
    /// device was paired.
    pub(super) fn role(&self) -> Result<Role, Failure> {
        if let Some(role) = self.store.role_of(self.person)? {
            return Ok(role);
        }
        let enrolled = self.store.meta("role")?.and_then(|role| serde_json::from_str(&role).ok());
        Ok(enrolled.unwrap_or(Role::Staff))
    }

    /// The sites that this person works at; all of them for quality and admin.
    pub(super) fn sites(&self) -> Result<Vec<SiteName>, Failure> {
        if sees_all_sites(self.role()?) {
            return Ok(self.store.site_names()?);
        }
        Ok(self.store.sites_of(self.person)?)
    }

    pub(super) fn standing(&self) -> Result<Standing, Failure> {
        let sites = self.store.sites_of(self.person)?.into_iter().map(|site| site.site).collect();
        Ok(Standing { role: self.role()?, person: self.person, sites })
    }

    pub(super) fn me(&self) -> Result<Me, Failure> {
        let name = match self.store.person(self.person)? {
            Some(row) => row.shown,
            None => self.store.meta("name")?.unwrap_or_default(),
        };
        let org = self.store.org_name()?;
        Ok(Me {
            profile: self.profile,
            person: self.person,
            name,
            role: self.role()?,
            sites: self.sites()?,
            begins: self.standing()?.begins(),
            org: if org.is_empty() { self.store.meta("org_name")?.unwrap_or_default() } else { org },
            shifts: self.store.settings()?.shifts,
            key_place: self.key_place,
            carry_on: self.newest_draft()?,
        })
    }
}
