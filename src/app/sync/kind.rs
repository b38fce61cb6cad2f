//! The kind of an event in words, for every kind of the table of rights.

use crate::app::i18n;
use crate::app::today::join;

type Texts = dyn Fn(&str) -> String;

/// "Two-minute check", "Near miss or incident · reported". A kind that this version does not know is
/// said to be one: its name on the wire is no word of any language.
pub fn kind_words(kind: &str) -> String {
    words(kind, &i18n::t)
}

/// The same by any reader of texts, so that a test can ask every language.
fn words(kind: &str, t: &Texts) -> String {
    let (class, verb) = kind.split_once('.').unwrap_or((kind, ""));
    match (what(class, t), done(verb, t)) {
        (Some(what), Some(done)) => join([what, done]),
        (Some(what), None) => join([what, t("did-newer")]),
        (None, _) => t("kind-newer"),
    }
}

fn what(class: &str, t: &Texts) -> Option<String> {
    Some(match class {
        "check" => t("class-check"),
        "shadow" => t("class-shadow"),
        "audit" => t("class-audit"),
        "handoff" => t("class-handoff"),
        "scenario" => t("class-scenario"),
        "note" => t("class-note"),
        "draft" => t("kind-draft"),
        "task" => t("kind-task"),
        "device" => t("kind-device"),
        "setting" => t("kind-setting"),
        "person" => t("kind-person"),
        "site" => t("kind-site"),
        "competency" => t("kind-competency"),
        "standard" => t("kind-standard"),
        "org" => t("kind-org"),
        "cycle" => t("follow-cycle"),
        "restriction" => t("follow-restriction"),
        "incident" => t("kind-incident"),
        "signal" => t("follow-signal"),
        "action" => t("follow-action"),
        "improvement" => t("follow-improvement"),
        "assessment" => t("follow-assessment"),
        "governance" => t("follow-governance"),
        "pack" => t("pack-title"),
        _ => return None,
    })
}

/// What was done; empty where writing the thing down is all that was done.
fn done(verb: &str, t: &Texts) -> Option<String> {
    Some(match verb {
        "submitted" | "set" | "published" | "left" => String::new(),
        "amended" => t("did-amended"),
        "withdrawn" => t("did-withdrawn"),
        "returned" => t("did-returned"),
        "answered" => t("did-answered"),
        "acknowledged" => t("did-acknowledged"),
        "reviewed" => t("did-reviewed"),
        "assigned" => t("did-assigned"),
        "done" => t("did-done"),
        "cancelled" => t("did-cancelled"),
        "retired" => t("did-retired"),
        "opened" => t("did-opened"),
        "session" => t("did-session"),
        "validated" => t("did-validated"),
        "extended" => t("did-extended"),
        "closed" => t("did-closed"),
        "placed" => t("did-placed"),
        "lifted" => t("did-lifted"),
        "reported" => t("did-reported"),
        "classified" => t("did-classified"),
        "logged" => t("did-logged"),
        "updated" => t("did-updated"),
        "reassigned" => t("did-reassigned"),
        "staged" => t("did-staged"),
        "exported" => t("did-exported"),
        "invited" => t("did-invited"),
        "paired" => t("did-paired"),
        "revoked" => t("did-revoked"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::words;
    use crate::app::i18n::{Lang, say};
    use crate::practice::rights::TABLE;

    fn said(lang: Lang, kind: &str) -> String {
        words(kind, &move |key| say(lang, key, &[]))
    }

    #[test]
    fn every_kind_of_the_table_has_words_in_every_language() {
        for lang in Lang::ALL {
            let newer = [said(lang, "x.y"), say(lang, "did-newer", &[])];
            let mut nameless = Vec::new();
            for class in TABLE {
                for verb in class.verbs {
                    let words = said(lang, &format!("{}.{}", class.name, verb.name));
                    // A key that no locale file has shows itself.
                    let raw = ["kind-", "did-", "follow-", "class-"].iter().any(|key| words.contains(key));
                    if raw || words.is_empty() || newer.iter().any(|newer| words.contains(newer)) {
                        nameless.push(format!("{}.{}: {words}", class.name, verb.name));
                    }
                }
            }
            assert!(nameless.is_empty(), "{}: {nameless:?}", lang.tag());
        }
    }

    #[test]
    fn a_near_miss_that_was_reported_is_said_in_the_persons_language() {
        assert_eq!(said(Lang::En, "incident.reported"), "Incident or near miss · reported");
        assert_eq!(said(Lang::Es, "incident.reported"), "Incidente o casi incidente · reportado");
        assert_eq!(said(Lang::Es, "check.submitted"), say(Lang::Es, "class-check", &[]));
    }

    #[test]
    fn what_a_newer_version_wrote_is_said_to_be_that() {
        assert_eq!(said(Lang::En, "supervision.held"), "A record from a newer version");
        assert_eq!(
            said(Lang::En, "incident.mediated"),
            "Incident or near miss · a step from a newer version"
        );
    }
}
