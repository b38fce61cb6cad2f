//! One line's fate: the streams it goes to, or the code it is quarantined with (PROTOCOL §5.4).

use fieldproof::practice::rights::{Event, Of, counts};
use fieldproof::sync::wire::Code;
use uuid::Uuid;

use super::Prepared;
use super::batch::Malformed;
use crate::registry::{Arrival, Registry};

/// What a line is judged against, besides the registry.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// The replica that was pushed.
    pub replica: Uuid,
    /// The person of the device that pushed it.
    pub person: Uuid,
    /// The device was revoked, or its person is not active.
    pub revoked: bool,
    pub arrival: Arrival,
}

/// Why a line is kept out of the streams.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub code: Code,
    pub field: Option<&'static str>,
    pub message: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Accept,
    Quarantine(Reason),
}

fn reason(code: Code, message: impl Into<String>) -> Verdict {
    Verdict::Quarantine(Reason { code, field: None, message: message.into() })
}

impl Reason {
    /// For bytes that are no line, or two at once.
    #[must_use]
    pub fn of(malformed: &Malformed) -> Reason {
        Reason { code: malformed.code, field: malformed.field, message: malformed.message.clone() }
    }

    /// For an id that the storage already holds: only it can know.
    #[must_use]
    pub fn duplicate_id() -> Reason {
        let message = "another event of the organisation has this id".to_owned();
        Reason { code: Code::DuplicateId, field: Some("id"), message }
    }
}

/// The event that a line has to be judged by: whatever its body says it goes on with.
#[must_use]
pub fn names(line: &Prepared) -> Option<Uuid> {
    match line.read.as_ref().ok()?.of {
        Of::Thing(thing) => Some(thing),
        Of::Nothing | Of::Unreadable => None,
    }
}

/// Judges the line that stands at `seq`. The first thing wrong with it is named: who pushed it,
/// then the envelope, then what it points to, then rights, then what it changes, then its body. Whether
/// its id is new is for the storage to say, which asks only for lines that pass here.
///
/// `thing` is the accepted event that the line's body names ([`names`]), where there is one. A thing that
/// has not arrived cannot be judged by: devices hold such a line back by the same rule.
#[must_use]
pub fn judge(
    line: &Prepared,
    seq: u64,
    context: &Context,
    registry: &Registry,
    thing: Option<&Event>,
) -> Verdict {
    if context.revoked {
        return reason(Code::RevokedDevice, "this device may no longer write");
    }
    let facts = match &line.read {
        Ok(facts) => facts,
        Err(malformed) => return Verdict::Quarantine(Reason::of(malformed)),
    };
    if facts.replica != context.replica {
        return reason(Code::WrongReplica, "the line names another replica than the one it was sent in");
    }
    if facts.seq != seq {
        return reason(Code::WrongSeq, format!("the line says {} and stands at {seq}", facts.seq));
    }
    if facts.named.author != context.person {
        return reason(Code::WrongAuthor, "the author is not the person of this device");
    }
    if facts.unfinished {
        // Whether or not the device is removed any more: nobody was ever to read it but who runs the server.
        return reason(Code::NotPermitted, "what was begun and not finished goes into no stream");
    }
    let rule = facts.rule;
    match facts.named.site {
        None if rule.needs_site() => return reason(Code::UnknownSite, "this kind needs a site"),
        Some(site) if rule.routes_by_site() && !registry.knows_site(site) => {
            return reason(Code::UnknownSite, "no such site in this organisation");
        }
        _ => {}
    }
    match facts.named.subject {
        None if rule.needs_subject() => return reason(Code::UnknownSubject, "this kind needs a subject"),
        Some(subject) if rule.routes_by_subject() && registry.person(subject).is_none() => {
            return reason(Code::UnknownSubject, "no such person in this organisation");
        }
        _ => {}
    }
    let permits = |named| registry.permits(rule, named, facts.org, context.arrival);
    if !rule.may_write_of(facts.named, thing.map(|thing| thing.named), permits) {
        return reason(Code::NotPermitted, "the author's role and sites do not allow this");
    }
    if facts.of == Of::Unreadable {
        let message = "`of` must be one id".to_owned();
        return Verdict::Quarantine(Reason { code: Code::InvalidBody, field: Some("of"), message });
    }
    let event = facts.event();
    let counts = match thing {
        Some(thing) => counts(thing, &event),
        None => event.alone(),
    };
    match counts {
        // What an unknown verb means is for a later version to say.
        Err(why) if why.is_refused() => return reason(Code::NotPermitted, why.to_string()),
        _ => {}
    }
    if let Some(Err(invalid)) = &facts.change {
        let message = format!("`{}` {}", invalid.field, invalid.message);
        return Verdict::Quarantine(Reason { code: Code::InvalidBody, field: Some(invalid.field), message });
    }
    if let Some(Ok(change)) = &facts.change
        && !registry.keeps_an_admin(change)
    {
        return reason(Code::NotPermitted, "the last active administrator stays one");
    }
    Verdict::Accept
}
