//! What a reader finds in a pack: what was restricted and coached, counts of practice alone, a verdict
//! only where there may be one, two pages first; and a seal over all of it.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::document::{Choices, Document};
use super::paper;
use super::tests::{BO, SAM, chosen, line, view, written};
use crate::engine::api::{HoldRow, PackCoached, PackScope, PackView, RecordRow};
use crate::insight::hold::{Look, Rule, weigh};
use crate::practice::follow::{Evidence, FollowUp, RestrictionPlaced, Step, fold};
use crate::practice::record::{State, Verdict};
use crate::practice::rights::NotCounted;
use crate::practice::setting::Setting;
use crate::practice::standard::{Class, StandardRef};
use crate::practice::text::Text;
use crate::record::{Draft, Head, id_at};

pub fn at(days: i64) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-05-04T07:30:00-05:00").unwrap() + TimeDelta::days(days)
}

pub fn follow(n: u8, days: i64, step: &Step) -> FollowUp {
    let body = step.body().unwrap();
    let draft = Draft {
        id: id_at(&at(days), &[n; 10]),
        replica: SAM,
        seq: 1,
        at: at(days),
        author: SAM,
        kind: step.kind(),
        site: Some(Uuid::from_u128(0xe)),
        subject: Some(BO),
        org: None,
        body: &body,
    };
    let line = draft.write().unwrap();
    fold([line.envelope().unwrap()], &|_| None).unwrap()
}

pub fn restriction(n: u8) -> FollowUp {
    let placed = RestrictionPlaced {
        duties: "Does not decide alone at night whom to call".into(),
        why: "Two late calls within two weeks".into(),
        competency: "escalation".into(),
        standard: None,
        evidence: Evidence::default(),
        items: Vec::new(),
        review_days: 7,
        action: None,
    };
    follow(n, i64::from(n), &Step::RestrictionPlaced(placed))
}

pub fn seen(n: u128, days: i64, setting: Setting, passed: bool) -> RecordRow {
    RecordRow {
        id: Uuid::from_u128(n),
        class: Class::Check,
        standard: StandardRef { standard: Uuid::from_u128(5), version: 1 },
        title: Text::default(),
        site: Some(Uuid::from_u128(0xe)),
        site_name: "Elm House".into(),
        subject: Some(BO),
        subject_name: "Bo Lindqvist".into(),
        author: SAM,
        author_name: "Sam Rivera".into(),
        at: at(days),
        happened_at: at(days),
        state: State::Submitted,
        verdict: Verdict { passed: Some(passed), setting: Some(setting), ..Verdict::default() },
        arrived: None,
        sent: crate::engine::api::Sent::WithServer,
    }
}

pub fn half_a_year(lines: Vec<crate::engine::api::PackLine>) -> PackView {
    let from = NaiveDate::from_ymd_opt(2026, 5, 1).unwrap();
    let to = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    PackView { from, to, ..view(lines) }
}

/// What stands before "behind these pages".
pub fn first_pages(document: &Document) -> &str {
    document.html.split_once("<section class=\"behind\">").unwrap().0
}

#[test]
fn duties_that_were_limited_stand_on_the_first_pages() {
    let mut view = half_a_year(Vec::new());
    view.follow_ups = vec![restriction(1)];
    let pack = written(&view, true);
    for said in ["What was restricted", "Does not decide alone at night whom to call", "in force"] {
        assert!(first_pages(&pack).contains(said), "{said}");
    }
}

#[test]
fn what_was_coached_and_what_a_review_answered_are_told() {
    let mut view = half_a_year(Vec::new());
    view.records = vec![seen(1, 3, Setting::Live, false)];
    let said = PackCoached { item: "signed".into(), said: "Wait until the dose was taken".into() };
    view.coached = BTreeMap::from([(Uuid::from_u128(1), vec![said])]);
    let review = json!({"governance.reviewed": {
        "month": "2026-06", "role_specific": true, "validated_in_practice": true, "outcome_changed": false,
        "note": "Ask for another action", "attended": "the director of care",
        "decisions": [{"what": "Count at the change of shift", "due": "2026-07-31"}],
        "figures": [{"measure": "near_misses", "value": 4.0, "x": 4.0, "before": 2.0}],
    }});
    view.follow_ups = vec![follow(2, 40, &serde_json::from_value(review).unwrap())];
    view.elsewhere = 2;
    let pack = written(&view, true);
    for said in [
        "Wait until the dose was taken",
        ": no · Ask for another action",
        "Attended by: the director of care",
        "Count at the change of shift · 2026-07-31",
        "Near misses: 4",
        "2 other reviews of this period",
    ] {
        assert!(first_pages(&pack).contains(said), "{said}");
    }
}

/// What was withdrawn was missed by nobody, and what was simulated stands apart, each with its own "of".
#[test]
fn the_weakness_counts_what_stands_in_real_practice() {
    let mut view = half_a_year(Vec::new());
    let missed = |row: RecordRow| RecordRow {
        verdict: Verdict { missed: vec!["signed".into()], ..row.verdict.clone() },
        ..row
    };
    view.records = vec![
        missed(seen(1, 1, Setting::Live, false)),
        seen(2, 2, Setting::Live, true),
        RecordRow { state: State::Withdrawn, ..missed(seen(3, 3, Setting::Live, false)) },
        missed(seen(4, 4, Setting::Simulated, false)),
    ];
    let pack = written(&view, true);
    let first = first_pages(&pack);
    let practice = first.find("signed: not met in 1 of 2 where it was seen");
    let apart = first.find("signed: not met in 1 of 1 where it was seen");
    assert!(practice.is_some() && practice < apart, "{first}");
    assert!(!first.contains("in 2 of"), "{first}");
}

/// A handoff is filled in by those whose practice it is, and what was seen too little of is not judged.
#[test]
fn handoffs_are_no_observations_and_what_is_not_judged_is_in_no_share() {
    let mut view = half_a_year(Vec::new());
    let with = |row: RecordRow, class, verdict: &dyn Fn(&mut Verdict)| {
        let mut row = RecordRow { class, ..row };
        verdict(&mut row.verdict);
        row
    };
    view.records = vec![
        seen(1, 1, Setting::Live, true),
        with(seen(2, 2, Setting::Live, true), Class::Handoff, &|_| ()),
        with(seen(3, 3, Setting::Live, true), Class::Handoff, &|verdict| {
            (verdict.passed, verdict.unknown) = (None, vec!["plan".into()]);
        }),
        with(seen(4, 4, Setting::Live, true), Class::Check, &|verdict| {
            (verdict.passed, verdict.met, verdict.not_seen) = (None, 1, 5);
        }),
    ];
    let pack = written(&view, true);
    for said in [
        "1 of 1 observations in real practice met their standard",
        "One observation was not judged: whether its standard was met",
        "<h3>Not counted above</h3>",
    ] {
        assert!(first_pages(&pack).contains(said), "{said}");
    }
}

/// Nothing stands under a heading that is untrue of it: a handoff is neither practice nor a simulation.
#[test]
fn what_handoffs_lack_is_a_weakness_of_the_handing_over_under_its_own_heading() {
    let mut view = half_a_year(Vec::new());
    let handoff = |n: u128, missed: &[&str], unknown: &[&str]| {
        let row = seen(n, 1, Setting::Live, true);
        let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
        let (missed, unknown) = (ids(missed), ids(unknown));
        let verdict = Verdict { passed: None, missed, unknown, ..row.verdict.clone() };
        RecordRow { class: Class::Handoff, verdict, ..row }
    };
    view.records = vec![
        handoff(1, &["said-back"], &["plan"]),
        handoff(2, &["said-back"], &[]),
        handoff(3, &[], &[]),
        handoff(4, &[], &[]),
        RecordRow { state: State::Withdrawn, ..handoff(5, &["said-back"], &["plan"]) },
    ];
    // It was left open in one of them.
    view.unseen = BTreeMap::from([(Uuid::from_u128(4), vec!["said-back".to_owned()])]);
    let pack = written(&view, true);
    let (weakness, rest) = first_pages(&pack).split_once("2 Standard").unwrap();
    let (before, own) = weakness.split_once("<h3>In handoffs</h3>").unwrap();
    assert!(!before.contains("<h3>") && !rest.contains("handoff"), "{before} {rest}");
    let mut from = 0;
    for said in [
        "4 handoffs, filled in by the staff of the shift.",
        "not an observation of anyone’s practice: something was not met in 2 and unknown in 1.",
        "said-back: not met in 2 of 3 handoffs that answered it",
        "plan: nobody knew it in 1 of 4 handoffs that answered it",
    ] {
        let at = own.get(from..).unwrap().find(said).unwrap_or_else(|| panic!("{said}: {own}"));
        from += at;
    }
    assert!(rest.contains("No observation in real practice in this period."));

    // Beside observations each has its own.
    let miss = seen(9, 1, Setting::Simulated, false);
    let verdict = Verdict { missed: vec!["signed".into()], ..miss.verdict.clone() };
    view.records.push(RecordRow { verdict, ..miss });
    let pack = written(&view, true);
    let weakness = first_pages(&pack).split_once("2 Standard").unwrap().0;
    let apart = weakness.split_once("<h3>Not in real practice (simulated, on paper)</h3>").unwrap().1;
    let (apart, own) = apart.split_once("<h3>In handoffs</h3>").unwrap();
    assert!(apart.contains("signed: not met in 1 of 1") && !apart.contains("plan"), "{apart}");
    assert!(own.contains("plan: nobody knew it"));
}

/// T2: what was simulated is never among the observations in real practice.
#[test]
fn only_real_practice_counts_as_live_checks() {
    let mut view = half_a_year(Vec::new());
    view.records = vec![
        seen(1, 1, Setting::Live, true),
        seen(2, 2, Setting::Live, false),
        seen(3, 3, Setting::Simulated, true),
        seen(4, 4, Setting::Desk, true),
    ];
    let pack = written(&view, true);
    for said in [
        "1 of 2 observations in real practice met their standard",
        "<h3>Not in real practice (simulated, on paper)</h3>",
        "Simulated: 1 of 1 met",
        "On paper (audits, written cases, notes): 1 of 1 met",
    ] {
        assert!(first_pages(&pack).contains(said), "{said}");
    }
}

/// A7: six months are drawn and not judged; a month in which nobody looked keeps its place.
#[test]
fn too_few_months_come_to_no_verdict() {
    let mut view = half_a_year(Vec::new());
    view.records = (0..6).map(|n| seen(n, 31 * i64::try_from(n).unwrap(), Setting::Live, n > 2)).collect();
    view.records.remove(3);
    let pack = written(&view, true);
    assert!(pack.html.contains("not judged") && pack.html.contains("Drawn, not judged: too few periods"));
    assert!(!pack.html.contains("nothing but chance") && !pack.html.contains("no signal"));
    assert!(pack.html.contains("No observation in real practice in: 2026-08"));
    assert!(pack.html.contains("<td>2026-08</td><td>No records</td><td>0</td>"));
}

#[test]
fn whether_it_holds_is_said_with_what_is_missing() {
    let mut view = half_a_year(Vec::new());
    let look = |n: u128, days| -> Look {
        let (record, at) = (Uuid::from_u128(n), at(days));
        let look = json!({"record": record, "at": at, "live": true, "passed": true, "critical": false});
        serde_json::from_value(look).unwrap()
    };
    let rule = Rule { looks: 5, weeks: 8, bands: 3 };
    view.holds = vec![HoldRow {
        cycle: Uuid::from_u128(77),
        title: "Signs before the dose was given".into(),
        subject_name: "Bo Lindqvist".into(),
        site_name: "Elm House".into(),
        hold: weigh(at(0), &[look(1, 2), look(2, 9)], rule, at(20)),
        before: (3, 4),
        after: (4, 4),
    }];
    let pack = written(&view, true);
    assert!(first_pages(&pack).contains("Too early to say") && first_pages(&pack).contains("Still needed"));

    // A critical miss makes it impossible for good: that is the answer, with its day.
    let mut looks = vec![Look { passed: false, critical: true, ..look(3, 3) }];
    looks.extend((4..10).map(|n| look(n, i64::try_from(n).unwrap())));
    view.holds[0].hold = weigh(at(0), &looks, rule, at(20));
    let pack = written(&view, true);
    let first = first_pages(&pack);
    assert!(first.contains("Did not hold") && first.contains("A critical item was missed on"), "{first}");
    assert!(!first.contains("Too early to say") && !first.contains("Still needed"));
}

/// A14: however much there is, the first pages stay two.
#[test]
fn two_pages_stand_first_and_the_rest_behind_them() {
    let mut view = half_a_year(Vec::new());
    view.records =
        (0..400).map(|n| seen(n, i64::try_from(n / 3).unwrap(), Setting::Live, n % 9 > 0)).collect();
    view.follow_ups = (0..40).map(restriction).collect();
    let near_miss = |n: u8| {
        let body = json!({"incident.reported": {
            "near_miss": true, "category": "medication", "happened_at": at(i64::from(n)),
            "words": "Late dose, nobody was called", "competency": "medication",
        }});
        follow(100 + n, i64::from(n), &serde_json::from_value(body).unwrap())
    };
    view.follow_ups.extend((0..60).map(near_miss));
    let pack = written(&view, true);
    assert!(paper::pages(first_pages(&pack)) <= 2);
    assert!(first_pages(&pack).contains("36 more are listed behind these pages"));
    assert_eq!(
        pack.html.matches("Does not decide alone").count(),
        4 + 4 + 40 + 40,
        "and all stand whole behind"
    );
}

#[test]
fn times_say_their_zone_and_the_file_says_what_whom_and_when() {
    let mut view = half_a_year(Vec::new());
    let pack = written(&view, true);
    assert!(pack.html.contains("2026-11-25 07:00 UTC-05:00"));
    let print = pack.fingerprint.to_string();
    let name = format!("fieldproof-bo-lindqvist-2026-05-01-to-2026-11-20-{}.html", &print[..12]);
    assert_eq!(pack.file, name);
    let closed = written(&view, false).file;
    assert!(closed.starts_with("fieldproof-staff-1-2026-05-01"), "{closed}");
    view.scope = PackScope::Theme { competency: "medication".into(), site: Some(SAM) };
    view.place = "Elm House".into();
    let theme = written(&view, true);
    assert!(theme.file.starts_with("fieldproof-medication-elm-house-2026-05-01-to-"), "{}", theme.file);
    assert!(theme.html.contains("<h1>Medication · Elm House</h1>"));
}

#[test]
fn the_time_spent_on_an_item_leaves_only_where_it_was_chosen() {
    let whole = line("one", Head::ZERO);
    let mut timed = line("two", Head::ZERO);
    timed.line = timed.line.replace("\"text\":\"two\"", "\"text\":\"two\",\"ms\":1234");
    let view = view(vec![whole, timed]);
    let pack = written(&view, true);
    assert_eq!((pack.lines, pack.shortened), (2, 1));
    assert!(!pack.html.contains("1234") && pack.html.contains("<pre class=\"short\" translate=\"no\">"));
    let told = chosen(&view, Choices { names: true, times: true });
    assert!(told.shortened == 0 && told.html.contains("1234"));
}

#[test]
fn a_line_that_does_not_count_is_marked() {
    let mut tried = line("it was met", Head::ZERO);
    tried.refused = Some(NotCounted::Own);
    let pack = written(&view(vec![line("one", Head::ZERO), tried]), true);
    assert_eq!(pack.html.matches("<p class=\"refused\">Does not count: ").count(), 1);
}

/// As `check.js` reads a file: language, head, and the body without what stands in its fingerprint field.
fn sealed(html: &str) -> (String, String) {
    let lang = html.split("<html lang=\"").nth(1).unwrap().split('"').next().unwrap();
    let head = html.split_once("<head>").unwrap().1.split_once("</head>").unwrap().0;
    let body = html.split_once("<body>").unwrap().1.rsplit_once("</body>").unwrap().0;
    let field = "<code id=\"fingerprint\" translate=\"no\">";
    let (before, rest) = body.split_once(field).unwrap();
    let (print, after) = rest.split_once("</code>").unwrap();
    let text = format!("{lang}\n{head}\n{before}{field}</code>{after}");
    let hash = Sha256::digest(text.as_bytes());
    (Head::from_bytes(&hash).unwrap().to_string(), print.to_owned())
}

/// A8: whatever is shown is under the seal, not the page's main part alone.
#[test]
fn nothing_that_the_file_shows_can_be_changed_without_breaking_its_seal() {
    let pack = written(&view(vec![line("one & <two>", Head::ZERO)]), true);
    let (made, print) = sealed(&pack.html);
    assert_eq!(made, print);
    assert_eq!(print, pack.fingerprint.to_string());
    let certificate = "<body><div class=\"proof\"><h2>Certified without findings</h2></div>";
    for (was, is) in [
        ("<body>", certificate),
        ("1 line is in a chain", "652 lines are in a chain"),
        ("How this pack proves itself", "Certified"),
        ("</footer>", "<p>Certified</p></footer>"),
        ("data-seq=\"1\"", "data-seq=\"2\""),
        ("main id=\"page\"", "main id=\"page\" title=\"x\""),
        (".refused{", ".sum{display:none}.refused{"),
        ("</title>", " certified</title>"),
    ] {
        assert!(pack.html.contains(was), "{was}");
        assert_ne!(sealed(&pack.html.replacen(was, is, 1)).0, print, "{was}");
    }
}
