//! What the app may ask of the engine, what it answers, and how it says that something changed.
//!
//! Invariant: these types are the only thing that passes between screens and engine. They are
//! plain data: over a channel on native, as JSON to the Worker on web. Their enums are tagged as serde
//! does it by itself: a tag inside would have all that they hold read in two ways, and that code
//! travels to every phone.

mod device;
mod follow;
mod insight;
mod owed;
mod pack;
mod place;
mod record;
mod settings;
mod standards;
mod today;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::device::{
    DevicesView, KeyPlace, Me, PairingMay, Profile, Status, SyncChip, SyncHead, SyncView,
};
pub use self::follow::{FocusView, FollowUpView, NewStep};
pub use self::insight::{
    Behind, ChartView, HoldRow, Lens, MonthFigure, MonthView, Plot, REPEATED_MONTHS, TellingRow, ThemeOf,
};
pub use self::owed::{OwedKind, OwedPage, OwedTotal, Urgency, day_end, urgency};
pub use self::pack::{
    PackCoached, PackExported, PackLine, PackPlace, PackReviewed, PackRow, PackScope, PackStandard, PackView,
};
pub use self::place::{PersonView, SiteView};
pub use self::record::{Again, DraftView, FormDraft, FormOf, FormRow, May, RecordView, Settled, Stands};
pub use self::settings::{SettingChange, SettingEntry, SettingsView, Unsettled};
pub use self::standards::{BeginFrom, Did, Logged, StandardDraftRow, StandardDraftView, StandardLog};
pub use self::today::{HeardOf, Owed, RefusedOf, Today};
pub use super::patterns::{
    Answered, ChainView, CohortMeasure, CohortsView, DriftBehind, DriftBehindView, DriftView, Link, LinkKind,
    LinkTo, PatternRow, PatternView, PatternsView, RetrainView, TimelyView,
};
use crate::insight::measure::Measure;
use crate::practice::draft::{Draft, Open};
use crate::practice::editing::Editing;
use crate::practice::follow::{Step, Wanting};
use crate::practice::record::Review;
use crate::practice::settings::Settings;
use crate::practice::standard::{Standard, StandardError, StandardRef};
use crate::practice::text::Text;
pub use crate::store::query::{
    CodeRow, DeviceRow, DraftRow, FollowUpFilter, FollowUpRow, NamedItem, NewerRow, NextDuty, Page,
    PersonRow, RecordFilter, RecordRow, RefusedRow, Sent, SiteName, SiteRow, StandardRow, SyncRow, TaskRow,
};
pub use crate::store::{FormKey, LeftOver, Unfinished};
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
    /// Begins several things, all of them in one transaction or none. → as `Step`, with the last of them
    BeginAll { begun: Vec<NewStep> },

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
    /// The reports of a theme of the monthly review, the newest so many. → `Behind`
    ThemeBehind { theme: ThemeOf, lens: Lens, limit: u32 },
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
    /// Refused where somebody other than its person is unlocked by now. → `Saved`
    SaveFormDraft { form: FormKey, body: String },
    /// Carries out what a form asks for. Once it is written, nothing of the form is kept, in one
    /// transaction; where something is wanting, all of it stays. Refused as [`Request::SaveFormDraft`].
    /// → as `request`
    SendForm { form: FormKey, request: Box<Request> },

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
    /// Answers the questions or replies that the person looked at. → `Done` or `NotYet`
    Answer { record: Uuid, questions: Vec<Uuid>, note: String },
    /// Where it was acknowledged already, it says something more, and has to. → `Done` or `NotYet`
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

impl Reply {
    /// Whether what was asked for was done: nothing failed, and nothing is wanting.
    #[must_use]
    pub fn is_done(&self) -> bool {
        !matches!(self, Reply::Wanting(_) | Reply::NotYet(_) | Reply::Faults(_) | Reply::Failed(_))
    }
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
    /// The server did not take what was sent, for a reason that this version does not know.
    ServerRefused,
    /// The server takes nothing more from this device: it was removed, or its person is not active.
    DeviceRemoved,
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
    /// The machine could not write, most often for want of room: nothing was saved.
    NotWritten,
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
