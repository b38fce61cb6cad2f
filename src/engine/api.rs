//! What the app may ask of the engine, what it answers, and how it says that something changed.
//!
//! Invariant: these types are the only thing that passes between screens and engine. They are
//! plain data: over a channel on native, as JSON to the Worker on web. Their enums are tagged as serde
//! does it by itself: a tag inside would have all that they hold read in two ways, and that code
//! travels to every phone.

mod insight;
mod owed;
mod pack;
mod settings;
mod standards;

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::insight::{Behind, ChartView, HoldRow, Lens, MonthFigure, MonthView, Plot, TellingRow};
pub use self::owed::{OwedKind, OwedPage, OwedTotal, Urgency, day_end, urgency};
pub use self::pack::{
    PackCoached, PackExported, PackLine, PackPlace, PackRow, PackScope, PackStandard, PackView,
};
pub use self::settings::{SettingChange, SettingEntry, SettingsView, Unsettled};
pub use self::standards::{BeginFrom, Did, Logged, StandardDraftRow, StandardDraftView, StandardLog};
pub use super::patterns::{
    Answered, ChainView, CohortMeasure, CohortsView, DriftBehind, DriftBehindView, DriftView, Link, LinkKind,
    LinkTo, NextDuty, PatternRow, PatternView, PatternsView, RetrainView, TimelyView,
};
use crate::insight::measure::Measure;
use crate::practice::draft::{Draft, Open};
use crate::practice::editing::Editing;
use crate::practice::follow::{FollowUp, ShiftOn, Step, Wanting, Work};
use crate::practice::merge::Field;
use crate::practice::record::{Record, Review};
use crate::practice::settings::{Settings, ShiftTimes};
use crate::practice::standard::{Standard, StandardError, StandardRef};
use crate::practice::text::Text;
pub use crate::store::query::{
    CodeRow, DeviceRow, DraftRow, FollowUpFilter, FollowUpRow, NewerRow, Page, PersonRow, RecordFilter,
    RecordRow, RefusedRow, Sent, SiteName, SiteRow, StandardRow, SyncRow, TaskRow,
};
use crate::sync::wire::{Pairing, Role};

/// One thing that a screen asks.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// Who is on this device, who is unlocked, how the sync stands. Works locked. → `Status`
    Status,
    /// Pairs a new profile: enrols over the network, creates its database. → `Unlocked`
    Pair { server: String, code: String, device_name: String, platform: String, pin: String },
    /// Opens a profile. A wrong PIN opens nothing. → `Unlocked`
    Unlock { profile: Uuid, pin: String },
    /// Closes the profile's database and forgets its key. → `Done`
    Lock,
    /// Gives the unlocked profile another PIN. A wrong old one changes nothing. → `Done`
    ChangePin { old: String, new: String },
    /// Takes a profile that was removed off the lock screen. → `Done`
    Forget { profile: Uuid },

    /// → `Today`
    Today,
    /// Those of a kind that can wait until after today, or those that cannot: the first so many, where
    /// `Today` has not all of them. → `Owed`
    Owed { kind: OwedKind, next: bool, limit: u32 },
    /// → `People`
    People,
    /// → `Person`
    Person { person: Uuid },
    /// → `Sites`
    Sites,
    /// → `Site`
    Site { site: Uuid },
    /// Newest published version of each. → `Standards`
    Standards,
    /// → `Standard`
    Standard { standard: StandardRef },
    /// Every version and what it changed. → `StandardLog`
    StandardLog { standard: Uuid },
    /// Those that are being written on this device, the one touched last first. → `StandardDrafts`
    StandardDrafts,
    /// → `StandardDraft`
    StandardDraft { id: Uuid },
    /// Begins to write one, or goes on with the next version that was begun already (admin, quality).
    /// → `StandardDraft`
    BeginStandard { from: BeginFrom },
    /// Saves the whole editing: asked at every tap. → `Saved`
    SaveStandardDraft { editing: Box<Editing> },
    /// → `Done`
    DiscardStandardDraft { id: Uuid },
    /// Begins a draft that is filled by what stands there, and can never become a record. → `Draft`
    TryStandard { id: Uuid },
    /// Publishes it as the next version, with what changed and why. Publishing twice writes once.
    /// → `Written` or `Faults`
    PublishStandardDraft { id: Uuid, change: Text },
    /// Takes a standard out of use, with the reason; what was recorded by it stays. → `Done`
    RetireStandard { standard: Uuid, reason: String },
    /// Newest first. → `Records`
    Records { filter: RecordFilter },
    /// → `Record`
    Record { record: Uuid },
    /// Newest first. → `Drafts`
    Drafts,
    /// → `Draft`
    Draft { draft: Uuid },
    /// → `Sync`
    Sync,
    /// Devices in my name; for quality leads and administrators all of them. → `Devices`
    Devices,
    /// Tasks of my sites; open first. → `Tasks`
    Tasks { site: Option<Uuid> },

    /// Cycles, restrictions, incidents, signals, actions … newest first. → `FollowUps`
    FollowUps { filter: FollowUpFilter },
    /// → `FollowUp`
    FollowUp { id: Uuid },
    /// Begins something that is followed up, or goes on with it. `site` and `subject` count only
    /// where it begins. → `Written` or `Wanting`
    Step { step: Box<Step>, site: Option<Uuid>, subject: Option<Uuid> },

    /// Gathers an evidence pack of what was under way between two days, both counted. Asks the server
    /// for the chains of others' lines, and goes on without. → `Pack`
    MakePack { scope: PackScope, from: NaiveDate, to: NaiveDate },
    /// Remembers that a pack was handed out. → `Written`
    PackExported { what: PackExported },
    /// Packs that were handed out, newest first. → `Packs`
    Packs,
    /// What repeats, and what was done about it: the newest so many answers. → `Patterns`
    Patterns { limit: u32 },
    /// The pattern that a report is in. → `Pattern`
    Pattern { report: Uuid },
    /// The dated chain of a corrective action. → `Chain`
    Chain { action: Uuid },
    /// Who can be retrained for a corrective action. → `Retrain`
    Retrain { action: Uuid },
    /// Small errors that repeat. → `Drift`
    Drift,
    /// The records behind a figure of drift. → `DriftBehind`
    DriftBehind { behind: DriftBehind },
    /// Groups against the rest of their kind; an empty competency means all. → `Cohorts`
    Cohorts { measure: CohortMeasure, competency: String },
    /// What was done in time of what fell due in the last so many days. → `Timely`
    Timely { days: u32 },
    /// Codes of the competencies that standards and reports name. → `Competencies`
    Competencies,
    /// What the organisation has decided for itself. → `Settings`
    Settings,
    /// The same with how it came about, what is not settled, and what to build changes on.
    /// → `SettingsView`
    SettingsView,

    /// A measure over time. → `Chart`
    Chart { measure: Measure, lens: Lens },
    /// A month as governance looks at it; `back` months before this one. → `Month`
    Month { back: u32, lens: Lens },
    /// The records behind one figure, the newest so many. → `Behind`
    Behind { measure: Measure, period: i32, lens: Lens, limit: u32 },
    /// Closed cycles and whether they hold; what came back first. → `Holds`
    Holds { lens: Lens },
    /// Which items of the standards in use never told anything. → `Tellings`
    Tellings { lens: Lens },

    /// Begins a draft; site, subject and shift are filled as far as they are known. → `Draft`
    Begin { standard: StandardRef, site: Option<Uuid>, subject: Option<Uuid> },
    /// Begins a draft that amends, reworks or corrects a record. → `Draft`
    BeginAmend { record: Uuid, reason: String },
    /// Saves the whole draft: asked at every tap. → `Saved`
    SaveDraft { draft: Box<Draft> },
    /// → `Done`
    DiscardDraft { draft: Uuid },
    /// Writes the record. Finishing twice gives the same record. → `Finished` or `NotYet`
    Finish { draft: Uuid },

    /// What this person typed into a form and has not sent; `about` tells forms of one kind apart.
    /// → `FormDraft`
    FormDraft { form: String, about: String },
    /// Keeps all that stands in a form, at every change, until it is sent; an empty body throws it away.
    /// Refused where somebody other than `person` is unlocked by now. → `Saved`
    SaveFormDraft { person: Uuid, form: String, about: String, body: String },

    /// Says what stands of a record in dispute, as an amendment that builds on all its versions.
    /// `tips` are those that the person looked at. → `Done` or `NotYet`
    Settle { record: Uuid, tips: Vec<Uuid>, choices: Vec<Settled>, reason: String },
    /// What an event decided about an amendment of this person's, or the device that it told of, was
    /// looked at. → `Done`
    ReadTold { event: Uuid },
    /// → `Done`
    Withdraw { record: Uuid, reason: String },
    /// → `Done`
    Return { record: Uuid, reason: String },
    /// Answers the questions that the person looked at. → `Done` or `NotYet`
    Answer { record: Uuid, questions: Vec<Uuid>, note: String },
    /// → `Done`
    Acknowledge { record: Uuid, note: String },
    /// → `Done` or `NotYet`
    Review { record: Uuid, review: Review },
    /// Gives a task to someone. → `Done`
    AssignTask { task: Uuid, owner: Uuid },
    /// → `Done`
    TaskDone { task: Uuid, note: String },
    /// → `Done`
    TaskCancelled { task: Uuid, note: String },

    /// Names the organisation (admin, quality). → `Done`
    RenameOrg { name: String },
    /// Changes what the organisation decides for itself, one event a setting, with the reason (admin,
    /// quality). What is in force already is not written again. → `Done` or `NotYet`
    SetSettings { changes: Vec<SettingChange>, reason: String },
    /// Adds or changes a person (admin). New where `person` is null. → `Written`
    SetPerson { person: Option<Uuid>, name: String, role: Role, sites: Vec<Uuid>, active: bool },
    /// Adds or changes a site (admin). → `Written`
    SetSite { site: Option<Uuid>, name: String, programme: String, active: bool },
    /// Publishes a version of a standard (admin, quality). → `Written`
    PublishStandard { standard: Box<Standard> },
    /// Publishes those starter standards that the organisation does not have. → `Done`
    PublishStarters,
    /// Asks the server for a pairing code. Needs signal. → `Pairing`
    MakePairing { person: Uuid },

    /// Tries to send now instead of at the next timer. → `Done` at once; `Change::Sync` follows
    SyncNow,
    /// Writes a quarantined event off: it stays readable, and no longer counts as "needs you".
    /// → `Done`
    Dismiss { seq: u64, replica: Uuid },
}

/// The answer to a request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    Done,
    Status(Box<Status>),
    Unlocked(Box<Me>),
    Today(Box<Today>),
    Owed(Box<OwedPage>),
    People(Vec<PersonRow>),
    Person(Box<PersonView>),
    Sites(Vec<SiteRow>),
    Site(Box<SiteView>),
    Standards(Vec<StandardRow>),
    Standard(Box<Standard>),
    StandardLog(Box<StandardLog>),
    StandardDrafts(Vec<StandardDraftRow>),
    StandardDraft(Box<StandardDraftView>),
    /// What is wrong with a standard; nothing was written.
    Faults(Vec<StandardError>),
    Records(Vec<RecordRow>),
    Record(Box<RecordView>),
    Drafts(Vec<DraftRow>),
    Draft(Box<DraftView>),
    FormDraft(Option<FormDraft>),
    Sync(Box<SyncView>),
    Devices(Box<DevicesView>),
    Tasks(Vec<TaskRow>),
    FollowUps(Vec<FollowUpRow>),
    FollowUp(Box<FollowUpView>),
    Pack(Box<PackView>),
    Packs(Box<Page<PackRow>>),
    Chart(Box<ChartView>),
    Month(Box<MonthView>),
    Behind(Box<Behind>),
    Holds(Box<Page<HoldRow>>),
    Tellings(Vec<TellingRow>),
    Patterns(Box<PatternsView>),
    Pattern(Box<PatternView>),
    Chain(Box<ChainView>),
    Retrain(Box<RetrainView>),
    Drift(Box<DriftView>),
    DriftBehind(Box<DriftBehindView>),
    Cohorts(Box<CohortsView>),
    Timely(Box<TimelyView>),
    Competencies(Vec<String>),
    Settings(Box<Settings>),
    SettingsView(Box<SettingsView>),
    /// What is still wanting; nothing was written.
    Wanting(Wanting),
    /// The draft is durable.
    Saved {
        at: DateTime<FixedOffset>,
    },
    /// The record is durable.
    Finished {
        record: Uuid,
    },
    /// What is still open; nothing was written.
    NotYet(Vec<Open>),
    /// The id of what was set.
    Written {
        id: Uuid,
    },
    Pairing(Pairing),
    Failed(Failure),
}

/// Why a request could not be carried out, in a form that the app has a sentence for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{code:?}: {detail}")]
pub struct Failure {
    pub code: FailureCode,
    /// For the log, never shown alone. Nothing personal.
    pub detail: String,
    /// Whether trying the same again later can help.
    pub again: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureCode {
    /// No profile is unlocked.
    Locked,
    /// `detail` has how many tries are left before one has to wait.
    WrongPin,
    /// Too many wrong PINs: `detail` has the seconds to wait.
    TooManyPins,
    /// The PIN must be six digits.
    BadPin,
    /// The PIN is one of those that are guessed first.
    EasyPin,
    /// The device's part of the key is gone: no PIN opens these records here any more.
    DeviceKeyGone,
    /// The system's key store, where the device's part of the key lies, did not answer.
    KeyStoreAway,
    /// The pairing code is wrong, used or old.
    CodeInvalid,
    /// The server could not be reached.
    NoSignal,
    /// What answered was not a Fieldproof server (a captive portal, a wrong address).
    NotFieldproof,
    /// The server cannot read what arrives, compressed or not: something between changes it.
    SpoiltOnTheWay,
    /// The server refused for now (429, 503).
    ServerBusy,
    /// This person may not do this.
    NotPermitted,
    /// Somebody has to administer the organisation, and this is the last one who does.
    LastAdmin,
    /// Too many of this person's pairing codes are open.
    TooManyCodes,
    NotFound,
    /// The organisation's records are still on their way to this device: what is asked for hangs on them.
    Fetching,
    /// The file system is full: nothing was saved.
    DiskFull,
    /// The database file cannot be read.
    Corrupt,
    /// Too long to be one record (64 KB).
    TooLong,
    /// More than one pack can hold: a shorter period is needed.
    TooMuch,
    /// A field is missing or wrong; `detail` names it.
    Invalid,
    /// The data was written by a newer version of the app.
    NewerVersion,
    /// The server speaks another version of the protocol.
    Protocol,
    Internal,
}

/// What changed: screens that show it ask again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Profiles or who is unlocked.
    Profiles,
    /// Records and tasks.
    Records,
    Drafts,
    /// People, sites, the organisation.
    Registry,
    Standards,
    /// The state of the sync.
    Sync,
}

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
    Sending {
        sent: u64,
        of: u64,
    },
    /// Taking in what others wrote.
    Receiving {
        items: u64,
    },
    /// Own head equals the server's by number and by hash, and nothing is quarantined.
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
    /// Quarantined events that a person has to look at.
    NeedsYou {
        count: u64,
    },
    /// The server does not know the token any more, or it is too old.
    SignInAgain {
        waiting: u64,
    },
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

/// What a person owes, and how they may begin.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Today {
    /// The gravest first ([`urgency`]): what is due now before what is due later. Of each kind the
    /// first fifty in either part; `totals` says how many there are.
    pub owed: Vec<Owed>,
    #[serde(default)]
    pub totals: Vec<OwedTotal>,
    pub drafts: Vec<DraftRow>,
    /// Own newest records, to read back.
    pub recent: Vec<RecordRow>,
    /// The organisation has no published standard yet (admin, quality see the way out). Never said
    /// while it is not known.
    pub no_standards: bool,
    /// The organisation's records have not all arrived on this device yet: nothing can be said of what
    /// is not here.
    #[serde(default)]
    pub fetching: bool,
    /// The site of the newest own record or draft: asked once (UX 5).
    pub last_site: Option<Uuid>,
}

/// One thing that somebody owes. The app has words and an icon for each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owed {
    /// A device was paired in my name, and I have not looked at it.
    Paired { device: DeviceRow },
    /// A record of mine came back with a question.
    Returned { record: RecordRow, reason: String },
    /// A scenario or note to review; `due` is 24 hours after it was written.
    Review { record: RecordRow, due: DateTime<FixedOffset> },
    /// My scenario or note was reviewed: to be worked on again.
    Rework { record: RecordRow, feedback: String },
    /// Feedback to read, or an observation of me to acknowledge.
    Acknowledge { record: RecordRow, coached: bool },
    /// A handoff of one of my sites that the incoming shift has not acknowledged.
    Handoff { record: RecordRow },
    /// A task that is mine, or that nobody owns.
    Task { task: TaskRow },
    /// Coaching said: look again on this day.
    LookAgain { record: RecordRow, on: NaiveDate },
    /// A record in dispute, for somebody who may settle it, or who wrote it.
    Conflict { record: RecordRow },
    /// My amendment was settled by somebody else, or what I amended was `withdrawn` meanwhile; with
    /// the reason that they gave.
    Told { record: RecordRow, by: String, reason: String, withdrawn: bool },
    /// What came of what I did, for me to read: nothing has to be done.
    Heard { of: HeardOf, by: String, words: String },
    /// Somebody tried to change this who may not: `n` events, the newest of `by`, taken in at `at`.
    Refused { of: RefusedOf, n: u32, by: String, at: DateTime<FixedOffset> },
    /// Something followed up waits for me: a cycle to close, a restriction to review, a report to
    /// classify, an action to carry out.
    FollowUp { row: FollowUpRow },
    /// A report's next piece of work, with its deadline.
    Report { row: FollowUpRow, next: NextDuty },
    /// A pattern that no corrective action answers yet.
    Pattern { row: PatternRow },
    /// Someone is to be observed by a standard `missing` more of `of` times until `by`.
    Observe { person: Uuid, name: String, standard: StandardRow, missing: u32, of: u32, by: NaiveDate },
    /// A cycle was closed: does it hold? To be looked at again on or after `on`.
    Recheck { row: FollowUpRow, on: NaiveDate },
    /// A visit is at risk: the steps left, until it is to begin at `at`.
    Visit { row: FollowUpRow, left: Vec<Work>, at: DateTime<FixedOffset> },
    /// An open cycle asks `missing` more of `of` notes of me.
    Write { row: FollowUpRow, standard: StandardRow, missing: u32, of: u32 },
    /// On a scheduled shift somebody's choices are to be looked at; `due` of them are past.
    Confirm { row: FollowUpRow, on: ShiftOn, due: u32 },
    /// The week's piece of learning of a focus was not logged.
    Learn { row: FollowUpRow, by: NaiveDate },
    /// The daily standard of a focus was not gone through today.
    Daily { row: FollowUpRow, standard: StandardRow },
    /// Settings that people changed differently without knowing of each other.
    Unsettled { keys: Vec<String> },
    /// The newest change of shift of a focus had no handoff.
    HandOver { row: FollowUpRow, standard: StandardRow, at: DateTime<FixedOffset> },
}

/// What somebody hears.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "a page holds a few of them, each for a moment")]
pub enum HeardOf {
    /// My note or scenario was accepted.
    Accepted(RecordRow),
    /// My question about a record was answered.
    Answered(RecordRow),
    /// What came of a report of mine, or praise of me.
    Report { row: FollowUpRow, step: Box<Step> },
}

/// What somebody tried to change who may not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "a page holds a few of them, each for a moment")]
pub enum RefusedOf {
    Record(RecordRow),
    FollowUp(FollowUpRow),
    Task(TaskRow),
}

impl RefusedOf {
    #[must_use]
    pub fn site(&self) -> Option<Uuid> {
        match self {
            RefusedOf::Record(row) => row.site,
            RefusedOf::FollowUp(row) => row.follow.site,
            RefusedOf::Task(row) => row.task.site,
        }
    }
}

/// A record with all that is needed to read it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordView {
    pub row: RecordRow,
    pub record: Record,
    /// Null where the standard has not arrived on this device.
    pub standard: Option<Standard>,
    pub tasks: Vec<TaskRow>,
    /// Names of the people in the history.
    pub names: BTreeMap<Uuid, String>,
    pub may: May,
    /// The cycles, restrictions and actions that it is evidence for, oldest first.
    pub evidence_for: Vec<FollowUpRow>,
    /// The events in its history that decided about my amendment, and that I have not read here.
    pub told: Vec<Uuid>,
    /// The events that accepted what I wrote or answered what I asked, and that I have not read here:
    /// opening it is reading them.
    #[serde(default)]
    pub heard: Vec<Uuid>,
    /// What names it and does not count.
    pub refused: Vec<RefusedRow>,
    /// Who is reading.
    pub me: Uuid,
}

/// What stands of one dispute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    pub field: Field,
    pub stands: Stands,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stands {
    /// What this event says.
    Said(Uuid),
    /// What all sides say, one after the other; for words.
    Together,
}

/// What the person may do with a record now: buttons that would be refused are not shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct May {
    pub amend: bool,
    pub withdraw: bool,
    /// Return it to its author with a question.
    pub send_back: bool,
    /// Answer what somebody else asked.
    #[serde(default)]
    pub answer: bool,
    pub acknowledge: bool,
    pub review: bool,
    /// Open a coaching cycle from what it shows.
    pub coach: bool,
}

/// Something followed up with all that is needed to read it and to go on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FollowUpView {
    pub row: FollowUpRow,
    /// With its history.
    pub follow: FollowUp,
    /// The observations that it points to, and those that a person may point to next.
    pub records: Vec<RecordRow>,
    /// The reports that an action answers.
    pub reports: Vec<FollowUpRow>,
    /// Names of the people in the history.
    pub names: BTreeMap<Uuid, String>,
    /// The events that tell me what came of it, and that I have not read here: opening it is reading them.
    #[serde(default)]
    pub heard: Vec<Uuid>,
    /// The cycles and restrictions that an action opened and that keep it from being closed.
    #[serde(default)]
    pub still_open: Vec<FollowUpRow>,
    /// What names it and does not count.
    pub refused: Vec<RefusedRow>,
    /// The verbs that this person may go on with.
    pub may: Vec<String>,
    /// May open a corrective action about it.
    pub may_act: bool,
    /// The newest version of the standard that a cycle is about: its decision aid, what it asks.
    pub standard: Option<Standard>,
    /// How far a focus got, where an improvement has one.
    pub focus: Option<FocusView>,
    /// What was in force when it was written: a report's deadlines stay what they were.
    #[serde(default)]
    pub settings: Settings,
}

/// What was done of a focus so far, each against what was to be done by now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FocusView {
    /// Each member of staff at the site, by name, and how often they were observed.
    pub observed: Vec<(Uuid, String, u32)>,
    /// Changes of shift, and how many of them had a handoff.
    pub changes: u32,
    pub handed_over: u32,
    pub days: u32,
    /// Days on which the daily standard was gone through.
    pub days_done: u32,
    pub weeks: u32,
    pub weeks_learned: u32,
    /// Questions to on-call about missing information, in the same days before it began …
    pub on_call_before: u32,
    /// … and since.
    pub on_call: u32,
}

/// What stands in a form that was not sent, in the form's own words for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormDraft {
    pub body: String,
    pub saved_at: DateTime<FixedOffset>,
}

/// A draft with what is needed to fill it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DraftView {
    pub draft: Draft,
    /// The version that it was begun with (UX 22).
    pub standard: Standard,
    /// Who it can be about: staff of the site, self last.
    pub people: Vec<PersonRow>,
    pub sites: Vec<SiteName>,
    /// A review's feedback, where this is a rework; else empty.
    pub feedback: String,
    /// Seconds that the record took before this amended it: the clock shows what this takes.
    #[serde(default)]
    pub spent_before: u64,
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

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonView {
    pub row: PersonRow,
    /// The newest, and how many there are.
    pub records: Vec<RecordRow>,
    pub records_total: u32,
    /// Whether one may make a pairing code for them.
    pub pairing: PairingMay,
    /// May change name, role, sites (admin).
    pub may_edit: bool,
    /// Cycles and restrictions about them, newest first.
    pub follow_ups: Vec<FollowUpRow>,
    pub follow_ups_total: u32,
    /// The sites at which this person may place a restriction on them.
    pub restrict_at: Vec<SiteName>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SiteView {
    pub row: SiteRow,
    pub people: Vec<PersonRow>,
    /// The newest, and how many there are.
    pub records: Vec<RecordRow>,
    pub records_total: u32,
    /// The newest audits of the site as a whole.
    #[serde(default)]
    pub audits: Vec<RecordRow>,
    pub tasks: Vec<TaskRow>,
    pub may_edit: bool,
}
