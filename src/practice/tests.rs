//! What the folds promise: any order of the same events gives the same record.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, TimeDelta};
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::draft::{self, Answer, Content, Mark, Open, check_answers};
use super::merge::Field;
use super::record::{self, Outcome, Record, Review, State};
use super::standard::{Choice, Class, CyclePlan, Form, Item, Standard, StandardRef};
use super::task::{self, Task, TaskState};
use super::text::Text;
use super::verdict::check_review;
use crate::record::{Draft, Line, id_at};

fn item(id: &str, form: Form, critical: bool) -> Item {
    let choice = |id: &str, unknown| Choice { id: id.into(), text: id.into(), unknown, note: false };
    Item {
        id: id.into(),
        form,
        text: id.into(),
        look: Text::default(),
        good: Text::default(),
        critical,
        optional: false,
        not_seen: true,
        not_applicable: false,
        deviations: Vec::new(),
        choices: if form == Form::Choice {
            vec![choice("known", false), choice("unknown", true)]
        } else {
            Vec::new()
        },
        min: (form == Form::Number).then_some(0.0),
        max: (form == Form::Number).then_some(10.0),
        unit: Text::default(),
        counted: None,
        part_of: None,
        more: serde_json::Map::new(),
    }
}

fn standard(share: f64) -> Standard {
    Standard {
        standard: Uuid::from_u128(1),
        version: 1,
        class: Class::Check,
        competency: "medication".into(),
        role: Text::default(),
        title: "Check".into(),
        purpose: Text::default(),
        scenario: Text::default(),
        one_at_a_time: false,
        consent: false,
        share,
        items: vec![
            item("a", Form::Mark, true),
            item("b", Form::Mark, false),
            item("c", Form::Mark, false),
            item("plan", Form::Choice, false),
            item("late", Form::Number, false),
        ],
        review: Vec::new(),
        refreshers: Vec::new(),
        aid: Vec::new(),
        setting: None,
        cycle: CyclePlan::default(),
        change: Text::default(),
        more: serde_json::Map::new(),
    }
}

fn answers(marks: &[(&str, Mark)]) -> BTreeMap<String, Answer> {
    marks.iter().map(|(id, mark)| ((*id).to_owned(), Answer::mark(*mark))).collect()
}

#[test]
fn a_missed_critical_item_fails_the_whole_and_nothing_seen_says_nothing() {
    use Mark::{Met, NotMet, NotSeen};
    let passed = |share, marks: &[_]| record::verdict(&standard(share), &answers(marks)).passed;
    assert_eq!(passed(0.5, &[("a", NotMet), ("b", Met), ("c", Met)]), Some(false));
    assert_eq!(passed(1.0, &[("a", Met), ("b", NotMet), ("c", NotSeen)]), Some(false));
    assert_eq!(passed(1.0, &[("a", NotSeen)]), None);
}

/// It is met or not whatever nobody saw would have been, or it is not judged.
#[test]
fn what_it_comes_to_never_hangs_on_what_nobody_saw() {
    use Mark::{Met, NotApplicable, NotMet, NotSeen};
    let known = |marks: &[_]| {
        let mut given = answers(marks);
        given.insert("plan".into(), Answer { choice: Some("known".into()), ..Answer::default() });
        given
    };
    let passed = |share, marks: &[_]| record::verdict(&standard(share), &known(marks)).passed;
    assert_eq!(
        passed(0.6, &[("a", Met), ("b", Met), ("c", NotSeen)]),
        Some(true),
        "two of three in any case"
    );
    assert_eq!(passed(0.8, &[("a", Met), ("b", Met), ("c", NotSeen)]), None, "two of three, or three");
    assert_eq!(passed(0.8, &[("a", Met), ("b", Met), ("c", NotApplicable)]), Some(true));
    assert_eq!(passed(0.5, &[("a", NotSeen), ("b", Met), ("c", Met)]), None, "the critical one was not seen");
    assert_eq!(passed(0.5, &[("a", NotSeen), ("b", NotMet), ("c", NotMet)]), Some(false));
    assert_eq!(passed(0.1, &[("a", Met)]), Some(true));
    assert_eq!(passed(0.8, &[("a", Met)]), None, "one of three was looked at");
    let mut unknown = known(&[("a", Met), ("b", Met), ("c", Met)]);
    unknown.insert("plan".into(), Answer { choice: Some("unknown".into()), ..Answer::default() });
    assert_eq!(record::verdict(&standard(0.5), &unknown).passed, None, "nobody knows the plan");
}

#[test]
fn what_is_not_judged_says_why_the_gravest_reason_first() {
    use record::Unjudged::{CriticalUnseen, Declined, Own, TooLittle, Unknown};
    let open = record::Verdict { met: 2, not_seen: 1, ..record::Verdict::default() };
    assert_eq!(open.unjudged(), Some(TooLittle { unseen: 1, of: 3 }));
    let unknown = record::Verdict { unknown: vec!["plan".into()], ..open };
    assert_eq!(unknown.unjudged(), Some(Unknown(1)));
    let critical = record::Verdict { critical_unseen: true, ..unknown };
    assert_eq!(critical.unjudged(), Some(CriticalUnseen));
    let declined = record::Verdict { declined: true, ..critical };
    assert_eq!(declined.unjudged(), Some(Declined));
    let own = record::Verdict { own: true, ..declined };
    assert_eq!(own.unjudged(), Some(Own));
    assert_eq!(record::Verdict { passed: Some(false), ..own }.unjudged(), None);
}

#[test]
fn an_answer_that_does_not_fit_its_standard_is_named() {
    let standard = standard(1.0);
    let mut given = answers(&[("a", Mark::Met), ("b", Mark::NotApplicable), ("ghost", Mark::Met)]);
    given.insert("late".into(), Answer { number: Some(11.0), ..Answer::default() });
    given.insert("plan".into(), Answer { choice: Some("perhaps".into()), ..Answer::default() });
    let open = check_answers(&standard.items, &given);
    let id = |id: &str| id.to_owned();
    assert_eq!(
        open,
        [
            Open::NotAllowed { item: id("b") },
            Open::Unanswered { item: id("c") },
            Open::NotAllowed { item: id("plan") },
            Open::OutOfRange { item: id("late") },
            Open::UnknownItem { item: id("ghost") },
        ]
    );
}

/// P-N1, P-N2: what is counted is whole, and a part is never more than its whole; what reads as no number is
/// refused where it is optional, too.
#[test]
fn counts_are_whole_and_parts_are_never_more_than_their_whole() {
    let number = |id: &str, part_of: Option<&str>| Item {
        counted: Some(true),
        part_of: part_of.map(str::to_owned),
        optional: true,
        min: None,
        max: None,
        ..item(id, Form::Number, false)
    };
    let items = [number("due", None), number("late", Some("due"))];
    let open = |due: &str, late: &str| {
        let mut given = BTreeMap::new();
        for (id, text) in [("due", due), ("late", late)] {
            let mut answer = Answer::default();
            answer.type_number(text, items[0].number_kind());
            given.insert(id.to_owned(), answer);
        }
        check_answers(&items, &given)
    };
    let (due, late) = (|| "due".to_owned(), || "late".to_owned());
    assert_eq!(open("1,240", "12"), []);
    assert_eq!(open("1240", "1240"), []);
    assert_eq!(open("12", "1,240"), [Open::MoreThanWhole { item: late(), whole: due() }]);
    assert_eq!(open("12.5", "2"), [Open::NotWhole { item: due() }]);
    assert_eq!(open("many", "-2"), [Open::NotANumber { item: due() }, Open::OutOfRange { item: late() }]);
    assert_eq!(open("", "2"), [], "nobody said of how many");
    let older = BTreeMap::from([("due".to_owned(), Answer { number: Some(1.24), ..Answer::default() })]);
    assert_eq!(check_answers(&items, &older), [Open::NotWhole { item: due() }], "an older version wrote it");
}

/// Versions that were published before items said what they count go by the starter they came from.
#[test]
fn an_older_version_of_a_starter_counts_as_the_starter_does() {
    let older = |id: &str| Item { min: None, max: None, ..item(id, Form::Number, false) };
    let late = older("doses-late");
    assert_eq!((late.is_counted(), late.whole(), late.least()), (true, Some("doses-due"), Some(0.0)));
    assert!(!older("hours-to-report").is_counted());
    assert!(!older("temperature").is_counted());
    let own = Item { counted: Some(false), ..late };
    assert_eq!((own.is_counted(), own.whole(), own.least()), (false, None, None));
    assert!(!item("doses-late", Form::Mark, false).is_counted());
}

/// U2: "Told" alone tells the next shift nothing.
#[test]
fn a_choice_that_asks_for_words_is_open_without_them() {
    let mut item = item("safety-plan", Form::Choice, true);
    item.choices[0].note = true;
    let open = |choice: &str, text: &str| {
        let answer = Answer { choice: Some(choice.into()), text: text.into(), ..Answer::default() };
        check_answers(std::slice::from_ref(&item), &BTreeMap::from([("safety-plan".to_owned(), answer)]))
    };
    assert_eq!(open("known", " "), [Open::Unsaid { item: "safety-plan".into() }]);
    assert_eq!(open("known", "Two staff at night from today"), []);
    assert_eq!(open("unknown", ""), []);
}

#[test]
fn coaching_needs_words_and_a_day_to_check_again_that_was_not_over_when_it_was_begun() {
    let mut draft = draft::Draft {
        id: Uuid::nil(),
        class: Class::Check,
        site: Some(Uuid::nil()),
        subject: Some(Uuid::nil()),
        content: Content::new(StandardRef { standard: Uuid::nil(), version: 1 }),
        tasks: Vec::new(),
        item: None,
        begun_at: at(0),
        amends: None,
        corrects: None,
        trial: false,
    };
    let standard = Standard { items: Vec::new(), ..standard(1.0) };
    let mut coached = |said: &str, day: &str| {
        let coaching = draft::Coaching {
            item: "a".into(),
            said: said.into(),
            refresher: Some("sign".into()),
            look_again: Some(day.parse().unwrap()),
        };
        draft.content.coaching = vec![coaching];
        draft.open(&standard)
    };
    let item = || "a".to_owned();
    assert_eq!(coached(" ", "2026-11-25"), [Open::EmptyCoaching { item: item() }]);
    assert_eq!(coached("Showed how", "2026-11-21"), [Open::PastDay { item: item() }]);
    assert_eq!(coached("Showed how", "2026-11-22"), []);
    draft.amends = Some(draft::Amends { of: Uuid::nil(), base: Vec::new(), reason: "The wrong dose".into() });
    draft.content.coaching[0].look_again = Some("2026-10-01".parse().unwrap());
    assert_eq!(draft.open(&standard), [], "what was agreed then is not agreed anew");
}

/// P-E1: nothing is cut; what is too long is named with its place and by how much, and not finished.
#[test]
fn every_text_that_is_too_long_is_open_until_it_is_shortened() {
    let long = |by: u32| "é".repeat(usize::try_from(draft::LONGEST + by).unwrap());
    let mut draft: draft::Draft = serde_json::from_value(json!({
        "id": Uuid::nil(), "class": "check", "site": Uuid::nil(), "subject": Uuid::nil(),
        "content": {"standard": Uuid::nil(), "version": 1}, "begun_at": "2026-11-22T07:43:00Z",
        "tasks": [{"text": long(4), "person_code": "P-04"}, {"text": "Call", "person_code": "P".repeat(21)}]
    }))
    .unwrap();
    let standard = Standard { items: vec![item("why", Form::Text, false)], ..standard(1.0) };
    draft.content.answers.insert("why".into(), Answer { text: long(43), ..Answer::default() });
    draft.content.note = long(1);
    draft.content.person_code = "P".repeat(22);
    let said = draft::Coaching { item: "why".into(), said: long(2), ..draft::Coaching::default() };
    draft.content.coaching = vec![said];
    let too_long = |at, by| Open::TooLong { at, by };
    let why = || "why".to_owned();
    assert_eq!(
        draft.open(&standard),
        [
            too_long(draft::Long::Code, 2),
            too_long(draft::Long::Answer { item: why() }, 43),
            too_long(draft::Long::Coaching { item: why() }, 2),
            too_long(draft::Long::Task { index: 0 }, 4),
            too_long(draft::Long::Task { index: 1 }, 1),
            too_long(draft::Long::Note, 1),
        ]
    );
    draft.content.answers.insert("why".into(), Answer { text: long(0), ..Answer::default() });
    assert_eq!(draft.open(&standard).len(), 5);
}

#[test]
fn a_standard_with_a_text_that_is_too_long_says_where() {
    let mut long = standard(1.0);
    long.title.set("es", "á".repeat(121));
    long.items[0].look.set("en", "x".repeat(241));
    long.items[3].choices[0].text.set("en", "x".repeat(61));
    let faults: Vec<_> = long.faults().into_iter().map(|fault| (fault.place, fault.what)).collect();
    let too_long = |place: &str| (place.to_owned(), super::standard::Fault::TooLong);
    assert_eq!(faults, [too_long("title"), too_long("a"), too_long("plan")]);
}

/// U4: a record never says both that it meets the standard and that it missed what is critical.
#[test]
fn what_misses_a_critical_item_can_be_sent_back_and_not_accepted() {
    let items = [item("level", Form::Mark, true), item("times", Form::Mark, false)];
    let open = |outcome, marks: &[_]| {
        check_review(&items, &Review { outcome, answers: answers(marks), feedback: "See above".into() })
    };
    let missed = [("level", Mark::NotMet), ("times", Mark::Met)];
    assert_eq!(open(Outcome::Meets, &missed), [Open::CriticalMissed { item: "level".into() }]);
    assert_eq!(open(Outcome::Rework, &missed), []);
    assert_eq!(open(Outcome::Meets, &[("level", Mark::Met), ("times", Mark::NotMet)]), []);
}

#[test]
fn a_standard_names_all_its_faults_at_once() {
    let mut bad = standard(2.0);
    bad.version = 0;
    bad.items.push(item("a", Form::Tasks, true));
    let places: Vec<String> = bad.faults().into_iter().map(|fault| fault.place).collect();
    assert_eq!(places, ["version", "share", "a", "a", "a"]);
    assert!(standard(1.0).faults().is_empty());
}

#[test]
fn marks_of_a_newer_version_read_as_unknown() {
    let answer: Answer = serde_json::from_value(json!({"mark": "half_met", "later": 1})).unwrap();
    assert_eq!(answer.mark, Some(Mark::Unknown));
}

fn at(n: i64) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-22T06:00:00+01:00").unwrap() + TimeDelta::seconds(n)
}

fn id(n: u8) -> Uuid {
    id_at(&at(i64::from(n)), &[n; 10])
}

fn line(n: u8, kind: &str, body: &serde_json::Value) -> Line {
    // Some things only the person whom it is about may say.
    let subject = Uuid::from_u128(6);
    let own = kind.ends_with(".acknowledged") || ["scenario.submitted", "scenario.amended"].contains(&kind);
    Draft {
        id: id(n),
        replica: Uuid::from_u128(1),
        seq: u64::from(n) + 1,
        // Clocks are wrong in every way; nothing may hang on them.
        at: at(i64::from(n.wrapping_mul(97)) - 100),
        author: if own { subject } else { Uuid::from_u128(u128::from(n % 3)) },
        kind,
        site: Some(Uuid::from_u128(5)),
        subject: Some(subject),
        org: None,
        body: &serde_json::value::to_raw_value(body).unwrap(),
    }
    .write()
    .unwrap()
}

fn content(mark: Mark) -> Content {
    let mut content = Content::new(StandardRef { standard: Uuid::from_u128(1), version: 1 });
    content.answers = answers(&[("a", mark)]);
    content
}

fn fold(lines: &[Line]) -> Option<Record> {
    record::fold(lines.iter().map(|line| line.envelope().unwrap()))
}

fn change(base: &[u8], mark: Mark) -> serde_json::Value {
    let base: Vec<Uuid> = base.iter().map(|n| id(*n)).collect();
    json!({"of": id(0), "base": base, "reason": "seen again", "content": content(mark)})
}

#[test]
fn what_stands_is_decided_by_what_authors_had_seen() {
    let root = line(0, "check.submitted", &serde_json::to_value(content(Mark::Met)).unwrap());
    let first = line(1, "check.amended", &change(&[0], Mark::NotMet));
    let second = line(2, "check.amended", &change(&[1], Mark::NotSeen));
    let beside = line(3, "check.amended", &change(&[0], Mark::NotMet));
    let both = line(4, "check.amended", &change(&[2, 3], Mark::Met));

    let chain = fold(&[root.clone(), first.clone(), second.clone()]).unwrap();
    assert_eq!((chain.state, chain.tips.clone()), (State::Submitted, vec![id(2)]));
    assert_eq!(chain.content.answers["a"].mark, Some(Mark::NotSeen));

    let torn = fold(&[root.clone(), first.clone(), second.clone(), beside.clone()]).unwrap();
    assert_eq!((torn.state, torn.tips.clone()), (State::Conflict, vec![id(2), id(3)]));
    assert_eq!(torn.history.len(), 4, "both are kept");
    assert_eq!(torn.disputes[0].sides, [[id(2)], [id(3)]]);
    assert_eq!(torn.content.answers["a"].mark, Some(Mark::NotMet), "until it is settled, the miss shows");

    let settled = fold(&[root, first, second, beside, both]).unwrap();
    assert_eq!((settled.state, settled.tips.clone()), (State::Submitted, vec![id(4)]));
    // The settlement names what it settled, and whoever wrote a side of it has to be told.
    let told: Vec<_> = settled.told().into_iter().map(|(entry, people)| (entry.event, people)).collect();
    let author = |n: u8| Uuid::from_u128(u128::from(n % 3));
    assert_eq!(told, [(id(4), [author(2), author(3)].into())]);
    assert_eq!(settled.history.last().unwrap().settled[0].sides, [[id(2)], [id(3)]]);
}

#[test]
fn amendments_of_different_items_stand_together_and_the_history_says_whose_is_whose() {
    let root = line(0, "check.submitted", &serde_json::to_value(content(Mark::Met)).unwrap());
    let first = line(1, "check.amended", &change(&[0], Mark::NotMet));
    let mut note = content(Mark::Met);
    note.note = "The office was closed".into();
    let beside = line(
        2,
        "check.amended",
        &json!({"of": id(0), "base": [id(0)], "reason": "seen again", "content": note}),
    );
    let heard = line(3, "check.acknowledged", &json!({"of": id(0), "base": [id(1)]}));
    let heard_all = line(4, "check.acknowledged", &json!({"of": id(0), "base": [id(1), id(2)]}));

    let merged = fold(&[root.clone(), first.clone(), beside.clone(), heard.clone()]).unwrap();
    assert!(merged.is_merged());
    assert_eq!(merged.content.answers["a"].mark, Some(Mark::NotMet));
    assert_eq!(merged.content.note, "The office was closed");
    let changed: Vec<_> = merged.history.iter().map(|entry| entry.changed.clone()).collect();
    assert_eq!(changed, [vec![], vec![Field::Item("a".into())], vec![Field::Note], vec![]]);
    assert_eq!(merged.state, State::Submitted, "nobody acknowledges what they did not see");
    let read = fold(&[root, first, beside, heard, heard_all]).unwrap();
    assert_eq!(read.state, State::Acknowledged);
}

#[test]
fn when_it_was_begun_stays_whatever_an_amendment_says_of_it() {
    let begun = Content { begun_at: Some(at(-3_000)), ..content(Mark::Met) };
    let root = line(0, "check.submitted", &serde_json::to_value(&begun).unwrap());
    let drops_it = line(1, "check.amended", &change(&[0], Mark::NotMet));
    let other = Content { begun_at: Some(at(9_000)), note: "late".into(), ..begun.clone() };
    let sets_it = line(
        2,
        "check.amended",
        &json!({"of": id(0), "base": [id(0)], "reason": "seen again", "content": other}),
    );
    for lines in [vec![drops_it.clone()], vec![sets_it.clone()], vec![sets_it, drops_it]] {
        let all: Vec<Line> = lines.into_iter().chain([root.clone()]).collect();
        assert_eq!(fold(&all).unwrap().content.begun_at, begun.begun_at);
    }
}

#[test]
fn a_withdrawal_stands_and_says_what_it_did_not_know_of() {
    let root = line(0, "check.submitted", &serde_json::to_value(content(Mark::Met)).unwrap());
    let amended = line(1, "check.amended", &change(&[0], Mark::NotMet));
    let unknowing = line(2, "check.withdrawn", &json!({"of": id(0), "base": [id(0)], "reason": "not Bo"}));
    let knowing = line(3, "check.withdrawn", &json!({"of": id(0), "base": [id(1)], "reason": "not Bo"}));
    let both = fold(&[unknowing, root.clone(), amended.clone()]).unwrap();
    assert_eq!((both.state, both.history.last().unwrap().unseen.clone()), (State::Withdrawn, vec![id(1)]));
    assert_eq!(both.told().len(), 1);
    let seen = fold(&[root, amended, knowing]).unwrap();
    assert_eq!((seen.state, seen.told().len()), (State::Withdrawn, 0));
}

#[test]
fn a_review_of_an_older_version_does_not_count_for_the_new_one() {
    let root = line(0, "scenario.submitted", &serde_json::to_value(content(Mark::Met)).unwrap());
    let review = |n, base: u8, outcome: &str| {
        line(
            n,
            "scenario.reviewed",
            &json!({"of": id(0), "base": [id(base)], "review": {"outcome": outcome, "feedback": "f"}}),
        )
    };
    let state = |lines: &[Line]| fold(lines).unwrap().state;
    let rework = review(1, 0, "rework");
    let amended = line(2, "scenario.amended", &change(&[0], Mark::Met));
    assert_eq!(state(std::slice::from_ref(&root)), State::AwaitingReview);
    assert_eq!(state(&[root.clone(), rework.clone()]), State::Rework);
    assert_eq!(state(&[root.clone(), rework.clone(), amended.clone()]), State::AwaitingReview);
    assert_eq!(state(&[root, rework, amended, review(3, 2, "meets")]), State::Meets);
}

/// U4: a line of an older version, or of another make of device, says both; it counts for nothing.
#[test]
fn a_review_that_accepts_what_misses_a_critical_item_leaves_it_to_be_reviewed() {
    let root = line(0, "scenario.submitted", &serde_json::to_value(content(Mark::Met)).unwrap());
    let review = |n, outcome: &str, level: &str| {
        let answers = json!({"level": {"mark": level}, "times": {"mark": "not_met"}});
        let review = json!({"outcome": outcome, "answers": answers, "feedback": "f"});
        line(n, "scenario.reviewed", &json!({"of": id(0), "base": [id(0)], "review": review}))
    };
    let reviewed = Standard {
        review: vec![item("level", Form::Mark, true), item("times", Form::Mark, false)],
        ..standard(1.0)
    };
    let judged = |lines: &[Line]| fold(lines).unwrap().judged(&reviewed);
    let (good, bad) = (review(1, "meets", "met"), review(2, "meets", "not_met"));
    let record = judged(&[root.clone(), bad.clone()]);
    assert_eq!((record.state, record.state.result(None)), (State::AwaitingReview, None));
    assert!(record.history.last().unwrap().void && record.accepted().is_empty());
    assert_eq!(judged(&[root.clone(), review(3, "meets", "not_seen")]).state, State::AwaitingReview);
    let record = judged(&[root.clone(), good, bad.clone()]);
    assert_eq!((record.state, record.accepted().len()), (State::Meets, 1), "another review accepts it");
    assert_eq!(judged(&[root, bad, review(4, "rework", "not_met")]).state, State::Rework);
}

fn asked(n: u8, base: u8) -> Line {
    line(n, "check.returned", &json!({"of": id(0), "base": [id(base)], "reason": format!("question {n}")}))
}

fn answer(n: u8, kind: &str, base: &[u8]) -> Line {
    let base: Vec<Uuid> = base.iter().map(|n| id(*n)).collect();
    line(n, kind, &json!({"of": id(0), "base": base, "note": "the left one"}))
}

#[test]
fn a_question_asks_until_it_is_answered_and_the_record_then_stands_as_before() {
    let root = line(0, "check.submitted", &serde_json::to_value(content(Mark::Met)).unwrap());
    let heard = line(1, "check.acknowledged", &json!({"of": id(0), "base": [id(0)]}));
    let before = fold(&[root.clone(), heard.clone()]).unwrap();
    let open = fold(&[root.clone(), heard.clone(), asked(2, 0)]).unwrap();
    assert_eq!((open.state, open.asking.clone()), (State::Returned, vec![id(2)]));
    let answered = [root.clone(), heard.clone(), asked(2, 0), answer(4, "check.answered", &[0, 2])];
    let answered = fold(&answered).unwrap();
    assert_eq!((answered.state, answered.asking.clone()), (before.state, vec![]));
    assert_eq!((&answered.content, &answered.tips), (&before.content, &before.tips), "it says what it said");
    // Whoever asked hears it.
    let told: Vec<_> = answered.answered().into_iter().map(|(entry, who)| (entry.event, who)).collect();
    assert_eq!(told, [(id(4), [Uuid::from_u128(2)].into())]);
    assert_eq!(answered.word(), "the left one");
    // A verb that this version does not know is kept and answers nothing.
    let later = fold(&[root, heard, asked(2, 0), answer(4, "check.replied", &[0, 2])]).unwrap();
    assert_eq!((later.state, later.history.len()), (State::Returned, 4));
}

#[test]
fn what_whom_it_is_about_says_is_a_reply_until_an_answer_names_it() {
    let root = line(0, "check.submitted", &serde_json::to_value(content(Mark::Met)).unwrap());
    let silent = line(1, "check.acknowledged", &json!({"of": id(0), "base": [id(0)]}));
    let reply = |record: &Record| record.open_replies().map(|entry| entry.event).collect::<Vec<_>>();
    assert!(reply(&fold(&[root.clone(), silent.clone()]).unwrap()).is_empty());
    let said = [root, silent, answer(2, "check.acknowledged", &[0])];
    let open = fold(&said).unwrap();
    assert_eq!((open.state, reply(&open)), (State::Acknowledged, vec![id(2)]));
    let all = fold(&[said.as_slice(), &[answer(3, "check.answered", &[0, 2])]].concat()).unwrap();
    assert_eq!((all.state, reply(&all)), (State::Acknowledged, vec![]));
    assert_eq!(all.replies().count(), 1, "it stays to be read");
}

#[test]
fn an_answer_answers_the_questions_that_it_names_and_no_others() {
    let root = line(0, "check.submitted", &serde_json::to_value(content(Mark::Met)).unwrap());
    let two = [root.clone(), asked(1, 0), asked(2, 0), answer(3, "check.answered", &[0, 1])];
    let one_left = fold(&two).unwrap();
    assert_eq!((one_left.state, one_left.asking.clone()), (State::Returned, vec![id(2)]));
    assert_eq!(one_left.word(), "question 2", "what still waits, and not what was said to the other");
    let all = [two.as_slice(), &[answer(4, "check.answered", &[0, 2])]].concat();
    assert_eq!(fold(&all).unwrap().state, State::Submitted);
    let unknowing = [root.clone(), asked(1, 0), answer(3, "check.answered", &[0])];
    assert_eq!(fold(&unknowing).unwrap().state, State::Returned);
    // A new version ends what was asked of the one before.
    let amended = [root, asked(1, 0), line(2, "check.amended", &change(&[0], Mark::NotMet))];
    assert_eq!(fold(&amended).unwrap().state, State::Submitted);
}

#[test]
fn a_task_is_done_by_whoever_was_first_and_stays_done() {
    let begun = line(0, "task.assigned", &json!({"text": "call the clinic"}));
    let owned = line(1, "task.assigned", &json!({"of": id(0), "base": id(0), "owner": Uuid::from_u128(6)}));
    let done = line(2, "task.done", &json!({"of": id(0), "note": "they call back"}));
    let task =
        |lines: &[Line]| -> Option<Task> { task::fold(lines.iter().map(|line| line.envelope().unwrap())) };
    assert_eq!(task(std::slice::from_ref(&begun)).unwrap().state, TaskState::Unowned);
    assert_eq!(task(&[owned.clone(), begun.clone()]).unwrap().state, TaskState::Assigned);
    assert_eq!(task(&[done.clone(), begun, owned]).unwrap().state, TaskState::Done);
    assert_eq!(task(&[done]), None);
}

fn any_events() -> impl Strategy<Value = Vec<Line>> {
    let verb = prop::sample::select(vec![
        "amended",
        "withdrawn",
        "returned",
        "answered",
        "acknowledged",
        "reviewed",
        "launched",
    ]);
    let mark = prop::sample::select(vec![Mark::Met, Mark::NotMet, Mark::NotSeen]);
    prop::collection::vec((verb, prop::collection::vec(0u8..12, 0..3), mark), 0..10).prop_map(|events| {
        let mut lines = vec![line(0, "check.submitted", &serde_json::to_value(content(Mark::Met)).unwrap())];
        for (index, (verb, base, mark)) in events.into_iter().enumerate() {
            let n = u8::try_from(index).unwrap() + 1;
            lines.push(line(n, &format!("check.{verb}"), &change(&base, mark)));
        }
        lines
    })
}

proptest! {
    /// Bases may point anywhere, forwards, in circles, to events that never arrive: any order of
    /// the same events folds to the same record.
    #[test]
    fn any_order_folds_to_the_same_record(lines in any_events(), seed in any::<u64>()) {
        let mut shuffled = lines.clone();
        let mut state = seed;
        for i in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            shuffled.swap(i, (state >> 33) as usize % (i + 1));
        }
        prop_assert_eq!(fold(&lines), fold(&shuffled));
        let record = fold(&lines).unwrap();
        prop_assert_eq!(record.history.len(), lines.len());
        // No answer of anybody disappears: each is read where its author wrote it.
        for line in &lines {
            let envelope = line.envelope().unwrap();
            let body: serde_json::Value = serde_json::from_str(envelope.body.get()).unwrap();
            let wrote = if body["answers"].is_null() { &body["content"]["answers"] } else { &body["answers"] };
            let entry = record.history.iter().find(|entry| entry.event == envelope.id).unwrap();
            prop_assert_eq!(&serde_json::to_value(&entry.content.as_ref().unwrap().answers).unwrap(), wrote);
        }
    }
}
