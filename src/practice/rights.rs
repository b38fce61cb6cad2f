//! Who may write which kind of event, and who reads it: the table of PROTOCOL §2, once, in code.
//!
//! Invariant: [`TABLE`] is the only place where a class, its streams or its writers are named.
//! The server judges by it, the app asks it before offering a button, and the tests walk it.
//! Everything here is pure: the registry's answer (role, sites) comes in as an argument.

mod counts;
mod line;
mod stream;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use counts::{Event, NotCounted, Of, Split, counts, practice_of, registry_counts, split, thing_of};
pub use line::leads_at;
pub use stream::{Stream, StreamParseError, subscriptions};

/// What a person may do (PROTOCOL §1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Staff,
    Supervisor,
    Quality,
    Admin,
}

impl Role {
    /// Whether `me`, of this role and at these sites, may make a pairing code for somebody: whoever
    /// holds the code acts as that person and reads all that they read. So it leads neither above
    /// oneself nor to a site that is not one's own. An administrator makes every other code.
    #[must_use]
    pub fn may_pair(self, me: Uuid, own: &[Uuid], whom: Whom<'_>) -> bool {
        match self {
            Role::Admin => true,
            Role::Quality => matches!(whom.role, Role::Staff | Role::Supervisor) || whom.person == me,
            Role::Supervisor => {
                let only_here = !whom.sites.is_empty() && whom.sites.iter().all(|site| own.contains(site));
                whom.role == Role::Staff && only_here
            }
            Role::Staff => false,
        }
    }

    /// Whether somebody of this role gives care or observes it (docs/domain.md, "Who uses it"). Whoever keeps
    /// the registry does neither: they write nothing of their own practice, and nobody waits to see it.
    #[must_use]
    pub fn has_practice(self) -> bool {
        match self {
            Role::Staff | Role::Supervisor | Role::Quality => true,
            Role::Admin => false,
        }
    }

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Staff => "staff",
            Role::Supervisor => "supervisor",
            Role::Quality => "quality",
            Role::Admin => "admin",
        }
    }

    /// The role of that name; `None` for a role that this version does not know.
    #[must_use]
    pub fn named(name: &str) -> Option<Role> {
        [Role::Staff, Role::Supervisor, Role::Quality, Role::Admin]
            .into_iter()
            .find(|role| role.as_str() == name)
    }
}

/// Somebody for whom a pairing code is to be made, as the registry has them.
#[derive(Clone, Copy, Debug)]
pub struct Whom<'a> {
    pub person: Uuid,
    pub role: Role,
    pub sites: &'a [Uuid],
}

/// A stream of the table, before a line's own site and people are put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    Org,
    /// `site:S`; the line must name a site.
    Site,
    /// `lead:S`; the line must name a site.
    Lead,
    /// `lead:S` where the line names a site, else nothing.
    LeadIfSite,
    /// `person:SUBJECT`; the line must name a subject.
    Subject,
    /// `person:SUBJECT` where the line names a subject, else nothing.
    SubjectIfNamed,
    /// `person:AUTHOR`.
    Author,
    Quality,
}

/// Who may write, as the table says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writer {
    Admin,
    Quality,
    /// A supervisor who is assigned to the line's site.
    SupervisorThere,
    /// Anyone, of any role, who is assigned to the line's site.
    AnyoneThere,
    /// The person whom the line is about.
    Subject,
    /// The person whom the line names, if the thing named them when it began
    /// ([`Rule::may_write_of`]): an action's owner.
    Owner,
}

/// Where an event of a verb stands in the life of what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It begins a thing, whose id is the event's; it names no other (`of`).
    Begins,
    /// It goes on with the thing that it names.
    GoesOn,
    /// It begins one where it names none, and goes on with the one that it names.
    Either,
}

/// What the person whom a thing is about may do of a verb, besides the right to write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own {
    May,
    /// Nobody decides about what somebody else wrote of them.
    NotOfOthers,
    /// Nobody says of themselves that it is good enough.
    Never,
}

/// A verb of a class, who may write it, and what it may be about.
#[derive(Debug, PartialEq, Eq)]
pub struct Verb {
    pub name: &'static str,
    pub may: &'static [Writer],
    pub place: Place,
    pub own: Own,
}

/// A row of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct Class {
    pub name: &'static str,
    pub streams: &'static [Audience],
    pub verbs: &'static [Verb],
}

use Writer::{Admin, AnyoneThere, Owner, Quality, Subject, SupervisorThere};

const fn verb(name: &'static str, may: &'static [Writer]) -> Verb {
    Verb { name, may, place: Place::GoesOn, own: Own::May }
}

const fn begins(name: &'static str, may: &'static [Writer]) -> Verb {
    Verb { place: Place::Begins, ..verb(name, may) }
}

/// By whoever may, but not about what somebody else wrote of them.
const fn of_others(name: &'static str, may: &'static [Writer]) -> Verb {
    Verb { own: Own::NotOfOthers, ..verb(name, may) }
}

const ADMIN: &[Writer] = &[Admin];
const OFFICE: &[Writer] = &[Admin, Quality];
const TEAM: &[Writer] = &[AnyoneThere, Quality];
const LEADS: &[Writer] = &[SupervisorThere, Quality];
const LEADS_AND_OFFICE: &[Writer] = &[SupervisorThere, Quality, Admin];
const LEADS_AND_OWNER: &[Writer] = &[SupervisorThere, Quality, Owner];
const SUBJECT: &[Writer] = &[Subject];
const QUALITY: &[Writer] = &[Quality];
/// The server writes it in its own replica; from a device it is never taken.
const SERVER: &[Writer] = &[];

const ORG: &[Audience] = &[Audience::Org];
const ORG_AND_SUBJECT: &[Audience] = &[Audience::Org, Audience::Subject];
const SITE: &[Audience] = &[Audience::Site];
const LEAD_AND_SUBJECT: &[Audience] = &[Audience::Lead, Audience::Subject];
/// What can be about a site as a whole.
const LEAD_AND_ANY_SUBJECT: &[Audience] = &[Audience::Lead, Audience::SubjectIfNamed];
/// The subject is who reported it, so that they hear what came of it.
const LEAD_AND_REPORTER: &[Audience] = &[Audience::Lead, Audience::SubjectIfNamed, Audience::Author];
/// The subject is the owner.
const QUALITY_LEAD_AND_OWNER: &[Audience] =
    &[Audience::Quality, Audience::LeadIfSite, Audience::SubjectIfNamed];
const QUALITY_AND_LEAD: &[Audience] = &[Audience::Quality, Audience::LeadIfSite];

const SET_BY_OFFICE: &[Verb] = &[verb("set", OFFICE), verb("published", OFFICE), verb("retired", OFFICE)];
const SET_BY_ADMIN: &[Verb] = &[verb("set", ADMIN), verb("published", ADMIN), verb("retired", ADMIN)];
const OBSERVED: &[Verb] = &[
    begins("submitted", LEADS),
    of_others("amended", LEADS),
    of_others("withdrawn", LEADS),
    of_others("returned", LEADS),
    of_others("answered", LEADS),
    verb("acknowledged", SUBJECT),
];
const WRITTEN: &[Verb] = &[
    begins("submitted", SUBJECT),
    verb("amended", SUBJECT),
    Verb { own: Own::Never, ..verb("reviewed", LEADS) },
];
const STEERED: &[Verb] = &[
    begins("opened", QUALITY),
    verb("updated", LEADS),
    verb("staged", QUALITY),
    verb("reviewed", QUALITY),
    verb("closed", QUALITY),
    begins("submitted", QUALITY),
];

const ACTED: &[Verb] = &[
    begins("opened", QUALITY),
    verb("updated", LEADS_AND_OWNER),
    // Another owner, another date.
    verb("reassigned", LEADS),
    verb("staged", QUALITY),
    verb("reviewed", QUALITY),
    verb("closed", QUALITY),
    begins("submitted", QUALITY),
];

/// PROTOCOL §2, row by row; the last row is our own (docs/protocol.md, §9): another server treats it as
/// an unknown class and sends it the same way.
pub static TABLE: &[Class] = &[
    Class { name: "org", streams: ORG, verbs: SET_BY_OFFICE },
    Class { name: "site", streams: ORG, verbs: SET_BY_ADMIN },
    Class { name: "person", streams: ORG, verbs: SET_BY_ADMIN },
    Class { name: "competency", streams: ORG, verbs: SET_BY_OFFICE },
    Class { name: "standard", streams: ORG, verbs: SET_BY_OFFICE },
    Class { name: "setting", streams: ORG, verbs: &[verb("set", OFFICE)] },
    Class {
        name: "device",
        streams: ORG_AND_SUBJECT,
        verbs: &[
            verb("invited", SERVER),
            verb("cancelled", SERVER),
            verb("paired", SERVER),
            verb("revoked", SERVER),
        ],
    },
    Class {
        name: "handoff",
        streams: SITE,
        verbs: &[
            begins("submitted", TEAM),
            verb("amended", TEAM),
            verb("withdrawn", TEAM),
            verb("acknowledged", TEAM),
        ],
    },
    Class {
        name: "task",
        streams: SITE,
        verbs: &[
            // Giving a task to somebody else names the task.
            Verb { place: Place::Either, ..verb("assigned", TEAM) },
            verb("done", TEAM),
            verb("cancelled", TEAM),
        ],
    },
    Class { name: "check", streams: LEAD_AND_SUBJECT, verbs: OBSERVED },
    Class { name: "shadow", streams: LEAD_AND_SUBJECT, verbs: OBSERVED },
    Class { name: "audit", streams: LEAD_AND_ANY_SUBJECT, verbs: OBSERVED },
    Class { name: "scenario", streams: LEAD_AND_SUBJECT, verbs: WRITTEN },
    Class { name: "note", streams: LEAD_AND_SUBJECT, verbs: WRITTEN },
    Class {
        name: "cycle",
        streams: LEAD_AND_SUBJECT,
        verbs: &[
            begins("opened", LEADS),
            verb("session", LEADS),
            of_others("validated", LEADS),
            of_others("extended", LEADS),
            of_others("closed", LEADS),
        ],
    },
    Class {
        name: "restriction",
        streams: LEAD_AND_SUBJECT,
        verbs: &[begins("placed", LEADS), of_others("reviewed", LEADS), of_others("lifted", LEADS)],
    },
    Class {
        name: "incident",
        streams: LEAD_AND_REPORTER,
        verbs: &[begins("reported", TEAM), verb("classified", LEADS), verb("logged", TEAM)],
    },
    Class {
        name: "signal",
        streams: LEAD_AND_REPORTER,
        verbs: &[begins("reported", TEAM), verb("classified", LEADS), begins("logged", TEAM)],
    },
    Class { name: "action", streams: QUALITY_LEAD_AND_OWNER, verbs: ACTED },
    Class { name: "improvement", streams: QUALITY_AND_LEAD, verbs: STEERED },
    Class { name: "assessment", streams: QUALITY_AND_LEAD, verbs: STEERED },
    Class {
        name: "governance",
        streams: QUALITY_AND_LEAD,
        verbs: &[
            begins("opened", QUALITY),
            verb("updated", LEADS),
            verb("staged", QUALITY),
            // The monthly look is an event alone.
            begins("reviewed", QUALITY),
            verb("closed", QUALITY),
            begins("submitted", QUALITY),
        ],
    },
    Class { name: "pack", streams: &[Audience::Quality], verbs: &[begins("exported", LEADS_AND_OFFICE)] },
];

/// What the server says of a line ([`crate::sync::wire::Taken`]). It goes where that line stood, which
/// no table can say, and nobody else may say it.
static LINE: Class = Class { name: "line", streams: &[], verbs: &[] };

/// A kind, looked up once: its row and verb, where this version knows them.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    pub class: Option<&'static Class>,
    pub verb: Option<&'static Verb>,
}

/// The people and the place that a line names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    pub author: Uuid,
    pub site: Option<Uuid>,
    pub subject: Option<Uuid>,
    /// Of what begins a report: whose practice it was about. Its line names who reported it.
    pub practice_of: Option<Uuid>,
}

/// What the registry says of someone at some moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing<'a> {
    pub role: Role,
    pub sites: &'a [Uuid],
    pub active: bool,
}

impl Verb {
    /// Whether it is written of one's own practice and by nobody else.
    #[must_use]
    pub fn is_of_own_practice(&self) -> bool {
        self.may == SUBJECT
    }
}

impl Rule {
    /// Looks up `class.verb`. A class or verb that is not in the table is an ordinary answer.
    #[must_use]
    pub fn of(kind: &str) -> Rule {
        let (class, verb) = kind.split_once('.').unwrap_or((kind, ""));
        let class = TABLE.iter().chain([&LINE]).find(|row| row.name == class);
        let verb = class.and_then(|row| row.verbs.iter().find(|known| known.name == verb));
        Rule { class, verb }
    }

    /// The streams that a line of this kind goes to; an unknown class goes to `quality` alone.
    /// A stream whose site or subject the line does not name is left out: see [`Rule::needs_site`].
    pub fn streams(self, named: Named) -> impl Iterator<Item = Stream> {
        const UNKNOWN: &[Audience] = &[Audience::Quality];
        self.class.map_or(UNKNOWN, |row| row.streams).iter().filter_map(move |audience| match audience {
            Audience::Org => Some(Stream::Org),
            Audience::Site => named.site.map(Stream::Site),
            Audience::Lead | Audience::LeadIfSite => named.site.map(Stream::Lead),
            Audience::Subject | Audience::SubjectIfNamed => named.subject.map(Stream::Person),
            // Whoever is named as well receives it once.
            Audience::Author => {
                let twice = named.subject == Some(named.author) && self.routes_by_subject();
                (!twice).then_some(Stream::Person(named.author))
            }
            Audience::Quality => Some(Stream::Quality),
        })
    }

    /// Whether a line of this kind must name a site.
    #[must_use]
    pub fn needs_site(self) -> bool {
        self.has(&[Audience::Site, Audience::Lead])
    }

    /// Whether a site that the line names decides where it goes.
    #[must_use]
    pub fn routes_by_site(self) -> bool {
        self.has(&[Audience::Site, Audience::Lead, Audience::LeadIfSite])
    }

    /// Whether a line of this kind must name a subject, who then receives it.
    #[must_use]
    pub fn needs_subject(self) -> bool {
        self.has(&[Audience::Subject])
    }

    /// Whether a right to this counts only as long as it is held: the registry, standards and settings
    /// say who may do what and by which measure, and lifting a restriction lets somebody work alone
    /// again. Who lost the right could otherwise take it back, or use it, with a line dated before the
    /// news (docs/protocol.md, §8).
    #[must_use]
    pub fn ends_at_once(self) -> bool {
        let lifts =
            |row: &Class| row.name == "restriction" && self.verb.is_some_and(|verb| verb.name == "lifted");
        self.class.is_some_and(|row| row.streams == ORG || lifts(row))
    }

    fn has(self, any: &[Audience]) -> bool {
        self.class.is_some_and(|row| row.streams.iter().any(|audience| any.contains(audience)))
    }

    /// Whether the author, standing so, may write this kind about the people and place named.
    ///
    /// Nobody inactive may. Any active person may write a class that is not in the table. A verb that
    /// is not in the table asks for the strictest writer of its class: whoever may write all of its
    /// verbs there, but for those that are the subject's alone.
    #[must_use]
    pub fn may_write(self, standing: Standing<'_>, named: Named) -> bool {
        if !standing.active {
            return false;
        }
        let there = named.site.is_some_and(|site| standing.sites.contains(&site));
        let is = |writer: &Writer| match writer {
            Writer::Admin => standing.role == Role::Admin,
            Writer::Quality => standing.role == Role::Quality,
            Writer::SupervisorThere => standing.role == Role::Supervisor && there,
            Writer::AnyoneThere => there,
            Writer::Subject | Writer::Owner => named.subject == Some(named.author),
        };
        match (self.class, self.verb) {
            (None, _) => true,
            (Some(_), Some(verb)) => verb.may.iter().any(is),
            (Some(row), None) => {
                let mut others = row.verbs.iter().filter(|verb| verb.may != SUBJECT).peekable();
                others.peek().is_some() && others.all(|verb| verb.may.iter().any(is))
            }
        }
    }
}

/// The names of the streams that a line goes to.
#[must_use]
pub fn streams_for(kind: &str, site: Option<Uuid>, subject: Option<Uuid>, author: Uuid) -> Vec<String> {
    Rule::of(kind)
        .streams(Named { author, site, subject, practice_of: None })
        .map(|stream| stream.to_string())
        .collect()
}

/// Whether `author`, with this role at these sites, may write such a line.
#[must_use]
pub fn may_write(
    role: Role,
    sites: &[Uuid],
    kind: &str,
    author: Uuid,
    site: Option<Uuid>,
    subject: Option<Uuid>,
) -> bool {
    let standing = Standing { role, sites, active: true };
    Rule::of(kind).may_write(standing, Named { author, site, subject, practice_of: None })
}

#[cfg(test)]
#[path = "rights_tests.rs"]
mod tests;
