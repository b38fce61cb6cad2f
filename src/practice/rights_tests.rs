use proptest::prelude::*;
use uuid::Uuid;

use super::counts::later_subject;
use super::*;

const S: Uuid = Uuid::from_u128(0x51);
const ELSEWHERE: Uuid = Uuid::from_u128(0x52);
const AUTHOR: Uuid = Uuid::from_u128(0xa1);
const OTHER: Uuid = Uuid::from_u128(0xb2);

/// PROTOCOL §2 written out again, by hand, as its reader would: kind, streams, and who may write
/// (`A` admin, `Q` quality, `V` supervisor at S, `T` anyone at S, `S` the subject, `-` nobody).
const EXPECTED: &str = "
org.set org AQ | org.published org AQ | org.retired org AQ
site.set org A | person.set org A | person.retired org A | site.retired org A
competency.set org AQ | standard.set org AQ | standard.published org AQ | standard.retired org AQ
setting.set org AQ | device.invited org,subject - | device.paired org,subject - | device.revoked org,subject -
handoff.submitted site TQ | handoff.amended site TQ | handoff.withdrawn site TQ | handoff.acknowledged site TQ
task.assigned site TQ | task.done site TQ | task.cancelled site TQ
check.submitted lead,subject VQ | check.amended lead,subject VQ | check.withdrawn lead,subject VQ
check.returned lead,subject VQ | check.answered lead,subject VQ | check.acknowledged lead,subject S
shadow.submitted lead,subject VQ | shadow.answered lead,subject VQ | shadow.acknowledged lead,subject S
audit.submitted lead,subject VQ | audit.answered lead,subject VQ | audit.acknowledged lead,subject S
scenario.submitted lead,subject S | scenario.amended lead,subject S | scenario.reviewed lead,subject VQ
note.submitted lead,subject S | note.amended lead,subject S | note.reviewed lead,subject VQ
cycle.opened lead,subject VQ | cycle.session lead,subject VQ | cycle.validated lead,subject VQ
cycle.extended lead,subject VQ | cycle.closed lead,subject VQ
restriction.placed lead,subject VQ | restriction.reviewed lead,subject VQ | restriction.lifted lead,subject VQ
incident.reported lead,subject,author TQ | incident.classified lead,subject,author VQ
incident.logged lead,subject,author TQ
signal.reported lead,subject,author TQ | signal.classified lead,subject,author VQ
signal.logged lead,subject,author TQ
action.opened quality,lead,subject Q | action.updated quality,lead,subject VQS
action.reassigned quality,lead,subject VQ | action.closed quality,lead,subject Q
improvement.opened quality,lead Q | improvement.staged quality,lead Q | improvement.updated quality,lead VQ
assessment.submitted quality,lead Q | assessment.updated quality,lead VQ
governance.reviewed quality,lead Q | governance.updated quality,lead VQ
check.invented lead,subject VQ | action.invented quality,lead,subject Q | handoff.invented site TQ
note.invented lead,subject VQ | incident.invented lead,subject,author VQ | org.invented org AQ
site.invented org A | balloon.launched quality *
";

#[test]
fn the_table_is_the_one_in_the_protocol() {
    let rows = EXPECTED.split(['|', '\n']).map(str::trim).filter(|row| !row.is_empty());
    for row in rows {
        let [kind, streams, writers] = row.split(' ').collect::<Vec<_>>()[..] else { panic!("{row}") };
        let names: Vec<String> = streams
            .split(',')
            .map(|name| match name {
                "site" => format!("site:{S}"),
                "lead" => format!("lead:{S}"),
                "subject" => format!("person:{OTHER}"),
                "author" => format!("person:{AUTHOR}"),
                plain => plain.to_owned(),
            })
            .collect();
        assert_eq!(streams_for(kind, Some(S), Some(OTHER), AUTHOR), names, "{kind}");
        for role in [Role::Staff, Role::Supervisor, Role::Quality, Role::Admin] {
            for (sites, subject) in [(S, OTHER), (ELSEWHERE, OTHER), (S, AUTHOR), (ELSEWHERE, AUTHOR)] {
                let expected = writers.chars().any(|letter| match letter {
                    'A' => role == Role::Admin,
                    'Q' => role == Role::Quality,
                    'V' => role == Role::Supervisor && sites == S,
                    'T' => sites == S,
                    'S' => subject == AUTHOR,
                    '-' => false,
                    _ => true,
                });
                let may = may_write(role, &[sites], kind, AUTHOR, Some(S), Some(subject));
                assert_eq!(may, expected, "{kind} {role:?} at {sites} about {subject}");
            }
        }
    }
}

#[test]
fn whoever_is_named_and_writes_receives_it_once_and_an_audit_may_name_nobody() {
    let to = |kind: &str, subject| streams_for(kind, Some(S), subject, AUTHOR);
    let (lead, me) = (format!("lead:{S}"), format!("person:{AUTHOR}"));
    assert_eq!(to("incident.reported", Some(AUTHOR)), [lead.as_str(), &me]);
    assert_eq!(to("signal.logged", None), [lead.as_str(), &me]);
    assert_eq!(to("audit.submitted", None), [lead.as_str()]);
    assert!(!Rule::of("audit.submitted").needs_subject() && Rule::of("check.submitted").needs_subject());
}

#[test]
fn an_investigation_and_word_to_the_authority_are_for_whoever_leads() {
    let may = |work: &str, role, sites: &[Uuid]| {
        let body = serde_json::value::to_raw_value(&serde_json::json!({ "work": work })).unwrap();
        let named = Named { author: AUTHOR, site: Some(S), subject: None, practice_of: None };
        Rule::of_line("incident.logged", &body).may_write(Standing { role, sites, active: true }, named)
    };
    for work in ["notified", "investigation_begun"] {
        assert!(!may(work, Role::Staff, &[S]) && !may(work, Role::Supervisor, &[ELSEWHERE]), "{work}");
        assert!(may(work, Role::Supervisor, &[S]) && may(work, Role::Quality, &[]), "{work}");
    }
    assert!(may("person_contacted", Role::Staff, &[S]), "the steps of a visit at risk are everybody's");
}

#[test]
fn an_owner_goes_on_with_the_action_that_named_them_and_with_no_other() {
    let named = Named { author: AUTHOR, site: Some(S), subject: Some(AUTHOR), practice_of: None };
    let may = |thing: Option<Uuid>, role, sites: &[Uuid]| {
        let rule = Rule::of("action.updated");
        let thing = thing.map(|subject| Named {
            author: OTHER,
            site: Some(S),
            subject: Some(subject),
            practice_of: None,
        });
        let standing = Standing { role, sites, active: true };
        rule.may_write_of(named, thing, |named| rule.may_write(standing, named))
    };
    assert!(may(Some(AUTHOR), Role::Supervisor, &[ELSEWHERE]));
    assert!(!may(Some(OTHER), Role::Staff, &[S]) && !may(None, Role::Staff, &[S]));
    assert!(may(Some(OTHER), Role::Supervisor, &[S]), "who leads there may in any case");
    assert!(leads_at(Role::Supervisor, &[S], Some(S)) && !leads_at(Role::Supervisor, &[S], None));
    assert!(leads_at(Role::Quality, &[], None) && !leads_at(Role::Admin, &[S], Some(S)));
}

#[test]
fn without_a_site_nobody_is_there() {
    for role in [Role::Staff, Role::Supervisor, Role::Admin] {
        assert!(!may_write(role, &[S], "action.updated", AUTHOR, None, None));
        assert!(!may_write(role, &[S], "handoff.submitted", AUTHOR, None, None));
    }
    assert!(may_write(Role::Quality, &[], "action.updated", AUTHOR, None, None));
    assert_eq!(streams_for("action.opened", None, None, AUTHOR), ["quality"]);
    assert!(Rule::of("check.submitted").needs_site() && Rule::of("check.submitted").needs_subject());
    assert!(!Rule::of("action.opened").needs_site() && Rule::of("action.opened").routes_by_site());
    assert!(!Rule::of("balloon.launched").routes_by_site());
}

#[test]
fn each_role_reads_its_own_streams_in_the_order_of_a_pull() {
    let names = |role| {
        let streams = subscriptions(role, AUTHOR, &[S], &[S, ELSEWHERE]);
        streams.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let own = [format!("person:{AUTHOR}"), format!("site:{S}"), format!("lead:{S}")];
    assert_eq!(names(Role::Staff), ["org", &own[0], &own[1]]);
    assert_eq!(names(Role::Supervisor), ["org", &own[0], &own[1], &own[2]]);
    let (site2, lead2) = (format!("site:{ELSEWHERE}"), format!("lead:{ELSEWHERE}"));
    for role in [Role::Quality, Role::Admin] {
        assert_eq!(names(role), ["org", &own[1], &site2, &own[2], &lead2, "quality"]);
    }
}

#[test]
fn nobody_pairs_a_device_above_themselves_or_for_a_site_that_is_not_their_own() {
    use Role::{Admin, Quality, Staff, Supervisor};
    let (here, both, elsewhere, nowhere): (&[Uuid], &[Uuid], &[Uuid], &[Uuid]) =
        (&[S], &[S, ELSEWHERE], &[ELSEWHERE], &[]);
    for (asking, role, sites, may) in [
        (Admin, Admin, nowhere, true),
        (Admin, Quality, nowhere, true),
        (Admin, Staff, elsewhere, true),
        (Quality, Admin, nowhere, false),
        (Quality, Quality, nowhere, false),
        (Quality, Supervisor, elsewhere, true),
        (Quality, Staff, both, true),
        (Supervisor, Staff, here, true),
        // With such a device one would read the other house.
        (Supervisor, Staff, both, false),
        (Supervisor, Staff, elsewhere, false),
        (Supervisor, Staff, nowhere, false),
        (Supervisor, Supervisor, here, false),
        (Supervisor, Quality, here, false),
        (Supervisor, Admin, here, false),
        (Staff, Staff, here, false),
    ] {
        let whom = Whom { person: OTHER, role, sites };
        assert_eq!(asking.may_pair(AUTHOR, &[S], whom), may, "{asking:?} for {role:?} at {sites:?}");
    }
    for (role, may) in [(Admin, true), (Quality, true), (Supervisor, false), (Staff, false)] {
        let myself = Whom { person: AUTHOR, role, sites: here };
        assert_eq!(role.may_pair(AUTHOR, &[S], myself), may, "{role:?} for themselves");
    }
}

#[test]
fn what_decides_who_may_do_what_ends_with_the_right_at_once() {
    let at_once: Vec<_> =
        TABLE.iter().filter(|row| Rule::of(&format!("{}.x", row.name)).ends_at_once()).collect();
    let names: Vec<_> = at_once.iter().map(|row| row.name).collect();
    assert_eq!(names, ["org", "site", "person", "competency", "standard", "setting"]);
    assert!(Rule::of("restriction.lifted").ends_at_once());
    for kind in ["restriction.placed", "restriction.reviewed", "cycle.lifted", "balloon.launched"] {
        assert!(!Rule::of(kind).ends_at_once(), "{kind}");
    }
}

#[test]
fn what_the_server_writes_is_taken_from_nobody() {
    for verb in ["invited", "cancelled", "paired", "revoked", "stolen"] {
        for role in [Role::Staff, Role::Supervisor, Role::Quality, Role::Admin] {
            for subject in [AUTHOR, OTHER] {
                let kind = format!("device.{verb}");
                assert!(!may_write(role, &[S], &kind, AUTHOR, None, Some(subject)), "{kind} by {role:?}");
            }
        }
    }
    assert_eq!(
        streams_for("device.paired", None, Some(OTHER), Uuid::nil()),
        ["org".to_owned(), format!("person:{OTHER}")]
    );
}

#[test]
fn names_of_streams_read_back() {
    for stream in [Stream::Org, Stream::Person(S), Stream::Site(S), Stream::Lead(S), Stream::Quality] {
        assert_eq!(stream.to_string().parse(), Ok(stream));
    }
    assert!("person:".parse::<Stream>().is_err() && "orgs".parse::<Stream>().is_err());
}

proptest! {
    #[test]
    fn no_kind_whatever_escapes_the_table(kind in "\\PC{0,30}", role in 0usize..4, at_site: bool, about_self: bool) {
        let role = [Role::Staff, Role::Supervisor, Role::Quality, Role::Admin][role];
        let sites: &[Uuid] = if at_site { &[S] } else { &[] };
        let subject = if about_self { AUTHOR } else { OTHER };
        let named = Named { author: AUTHOR, site: Some(S), subject: Some(subject), practice_of: None };
        let rule = Rule::of(&kind);
        prop_assert!(rule.streams(named).count() >= 1);
        let inactive = Standing { role, sites, active: false };
        prop_assert!(!rule.may_write(inactive, named));
    }

    #[test]
    fn every_reader_of_a_line_at_a_site_is_someone_with_a_right_to_it(row in 0..TABLE.len(), role in 0usize..4) {
        let role = [Role::Staff, Role::Supervisor, Role::Quality, Role::Admin][role];
        let reads = subscriptions(role, Uuid::from_u128(9), &[ELSEWHERE], &[S, ELSEWHERE]);
        let named = Named { author: AUTHOR, site: Some(S), subject: Some(OTHER), practice_of: None };
        let class = TABLE[row].name;
        let seen = Rule::of(&format!("{class}.x")).streams(named).any(|stream| reads.contains(&stream));
        let office = matches!(role, Role::Quality | Role::Admin);
        prop_assert_eq!(seen, office || TABLE[row].streams.contains(&Audience::Org));
    }
}

/// The table as people read it.
fn printed() -> String {
    let audience = |audience: &Audience| match audience {
        Audience::Org => "`org`",
        Audience::Site => "`site:S`",
        Audience::Lead => "`lead:S`",
        Audience::LeadIfSite => "`lead:S` where the line names a site",
        Audience::Subject => "`person:SUBJECT`",
        Audience::SubjectIfNamed => "`person:SUBJECT` where the line names one",
        Audience::Author => "`person:AUTHOR`",
        Audience::Quality => "`quality`",
    };
    let writer = |writer: &Writer| match writer {
        Writer::Admin => "administrators",
        Writer::Quality => "quality leads",
        Writer::SupervisorThere => "supervisors of the site",
        Writer::AnyoneThere => "anyone assigned to the site",
        Writer::Subject => "the person it is about",
        Writer::Owner => "the owner whom it named when it began",
    };
    let mut text = String::from(
        "# Who may write what, and who reads it\n\n\
         Printed from `src/practice/rights.rs` by its test; `FIELDPROOF_PRINT=1 cargo test rights` prints it anew.\n\n\
         | class | verb | may write | goes to |\n|---|---|---|---|\n",
    );
    for class in TABLE {
        let streams: Vec<&str> = class.streams.iter().map(audience).collect();
        for verb in class.verbs {
            let mut may: Vec<&str> = verb.may.iter().map(writer).collect();
            if may.is_empty() {
                may.push("the server alone");
            }
            text += &format!(
                "| {} | {} | {} | {} |\n",
                class.name,
                verb.name,
                may.join(", "),
                streams.join(", ")
            );
        }
    }
    text += "\nA class that is not listed goes to `quality`, and any active person may write it. A verb that is not \
             listed asks for the strictest writer of its class: whoever may write all of its verbs there that are not \
             the subject's alone. It changes nothing. What is written offline counts by \
             the rights of its moment, for 45 days after they were lost; `org`, `site`, `person`, `competency`, \
             `standard`, `setting` and the lifting of a restriction no longer than the right is held.\n";
    text += "\n## What an event may change\n\n\
             A later event names its thing in `body.of`. It counts only if its class, its `site` and its `subject` are that \
             thing's and its verb is known; else it is kept, shown as refused with its author, and changes nothing. The \
             server answers `not_permitted` where it has the thing. What begins something names nothing.\n\n\
             | class | begins something | goes on with it | not by whom it is about | whom a later one names |\n\
             |---|---|---|---|---|\n";
    for class in TABLE.iter().filter(|class| !Rule::of(&format!("{}.x", class.name)).is_registry()) {
        let verbs = |wanted: &dyn Fn(&Verb) -> bool| {
            let names = class.verbs.iter().filter(|verb| wanted(verb)).map(|verb| match verb.own {
                Own::NotOfOthers => format!("{}*", verb.name),
                _ => verb.name.to_owned(),
            });
            names.collect::<Vec<_>>().join(", ")
        };
        text += &format!(
            "| {} | {} | {} | {} | {} |\n",
            class.name,
            verbs(&|verb| verb.place != Place::GoesOn),
            verbs(&|verb| verb.place != Place::Begins),
            verbs(&|verb| verb.own != Own::May),
            later_subject(class.name),
        );
    }
    text += "\n\\* but for what they began themselves.\n";
    text
}

#[test]
fn the_documents_print_this_table() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/permissions.md");
    if std::env::var_os("FIELDPROOF_PRINT").is_some() {
        std::fs::write(&path, printed()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), printed());
}
