//! What a line says beyond its kind, where that decides who may write it or who receives it.
//!
//! Invariant: the server and the devices both ask here, so that no line has two rules.

use serde::Deserialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::{Audience, LEADS, Named, Place, Role, Rule, Standing, Verb, Writer, verb};

/// `incident.logged` where it says that an investigation began or that the authority was told: work of
/// whoever leads, with a clock that an authority reads.
static LOGGED_BY_LEADS: Verb = verb("logged", LEADS);
const WORK_OF_LEADS: [&str; 2] = ["notified", "investigation_begun"];

/// Whether somebody of this role and at these sites reads and carries out the corrective actions of a
/// site, or of all sites where none is named: whom one can be handed on to.
#[must_use]
pub fn leads_at(role: Role, sites: &[Uuid], site: Option<Uuid>) -> bool {
    let named = Named { author: Uuid::nil(), site, subject: None, practice_of: None };
    Rule::of("action.updated").may_write(Standing { role, sites, active: true }, named)
}

impl Rule {
    /// The rule for a line: that of its kind, but for work on an incident that is not everybody's.
    #[must_use]
    pub fn of_line(kind: &str, body: &RawValue) -> Rule {
        #[derive(Deserialize)]
        struct Body {
            work: String,
        }
        let rule = Rule::of(kind);
        let led = kind == "incident.logged"
            && serde_json::from_str(body.get())
                .is_ok_and(|Body { work }| WORK_OF_LEADS.contains(&work.as_str()));
        if led { Rule { verb: Some(&LOGGED_BY_LEADS), ..rule } } else { rule }
    }

    /// Whether a line of this kind begins something or sets something of the registry, and so needs nothing
    /// that is there already.
    #[must_use]
    pub fn begins(self) -> bool {
        let begins = self.verb.is_some_and(|verb| verb.place != Place::GoesOn);
        begins || (self.is_registry() && self.verb.is_some_and(|verb| !verb.may.is_empty()))
    }

    /// Whether a subject that the line names receives it.
    #[must_use]
    pub fn routes_by_subject(self) -> bool {
        self.has(&[Audience::Subject, Audience::SubjectIfNamed])
    }

    /// Whether a line of this kind that an older version took in may stand outside the subject's stream:
    /// incidents, signals and actions reach their subject since PROTOCOL §8.
    #[must_use]
    pub fn subject_came_later(self) -> bool {
        self.class.is_some_and(|row| matches!(row.name, "incident" | "signal" | "action"))
    }

    /// Whether the author may write this about a thing, where `permits` says whether they may about the
    /// people and place of a line. Who may as an owner alone must be the owner whom the thing named when
    /// it began; a thing that is not known names nobody.
    #[must_use]
    pub fn may_write_of(self, named: Named, thing: Option<Named>, permits: impl Fn(Named) -> bool) -> bool {
        if !permits(named) {
            return false;
        }
        let owner = self.verb.is_some_and(|verb| verb.may.contains(&Writer::Owner));
        !owner
            || permits(Named { subject: None, ..named })
            || thing.is_some_and(|thing| thing.subject == Some(named.author))
    }
}
