//! What a pack's rows say of themselves: by which rule something was met, why it was not judged, who reviewed
//! it, what nobody knew; and that rates are of what was seen.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::page_tests::{at, first_pages, half_a_year, seen};
use super::tests::{BO, SAM, written};
use crate::app::i18n::Lang;
use crate::engine::api::{PackReviewed, PackStandard, RecordRow};
use crate::practice::record::{State, Verdict};
use crate::practice::setting::Setting;
use crate::practice::standard::{Class, Standard};
use crate::practice::text::Text;

fn with(n: u128, class: Class, change: &dyn Fn(&mut Verdict)) -> RecordRow {
    let row = seen(n, i64::try_from(n).unwrap(), Setting::Live, true);
    let mut verdict = Verdict { met: 9, ..row.verdict.clone() };
    change(&mut verdict);
    RecordRow { class, verdict, ..row }
}

/// From day `since` on.
fn in_force(standard: Standard, since: i64, until: Option<i64>) -> PackStandard {
    PackStandard { standard, published: at(since), author: SAM, until: until.map(at), retired: false }
}

/// A version of the standard that the rows are made by.
fn version(version: u32, share: f64) -> Standard {
    let mut starters = crate::practice::starters::starters().into_iter();
    let starter = starters.find(|one| one.class == Class::Check).unwrap();
    Standard { standard: Uuid::from_u128(5), version, share, ..starter }
}

#[test]
fn every_version_in_force_says_from_when_to_when_by_which_share_and_why_it_came() {
    let mut view = half_a_year(Vec::new());
    let change = Text::from("Late doses were not looked for");
    let next = Standard { change, ..version(2, 0.9) };
    view.standards = vec![in_force(version(1, 0.8), 1, Some(40)), in_force(next, 40, None)];
    let pack = written(&view, true);
    let first = first_pages(&pack);
    for said in [
        "Version 1 · in force from 2026-05-05 to 2026-06-13 · 80% of its items needed",
        "Version 2 · in force since 2026-06-13 · what changed and why: “Late doses were not looked for” · 90%",
    ] {
        assert!(first.contains(said), "{said}: {first}");
    }
    view.standards[1].retired = true;
    view.standards[1].until = Some(at(50));
    assert!(written(&view, true).html.contains("in force from 2026-06-13, retired 2026-06-23"));
}

/// "9 of 10 met" says nothing without the share that was asked for.
#[test]
fn beside_how_many_were_met_stands_the_share_that_was_needed() {
    let mut view = half_a_year(Vec::new());
    view.records = vec![with(1, Class::Check, &|_| ()), with(2, Class::Check, &|_| ())];
    view.standards = vec![in_force(version(1, 0.8), 1, None)];
    let beside = "2 of 2 observations in real practice met their standard.</p><p class=\"none\">";
    let all = format!("{beside}Needed for each: 80% of its items met, and no critical item missed.");
    assert!(written(&view, true).html.contains(&all));

    // Another version asks for more; a third, which nothing was judged by, is not named there.
    view.records[1].standard.version = 2;
    for (n, share) in [(2, 0.9), (3, 1.0)] {
        view.standards.push(in_force(version(n, share), 1, None));
    }
    let pack = written(&view, true).html;
    let title = version(1, 0.8).title.get("en").to_owned();
    let each = "Needed by each standard, and no critical item missed:";
    let each = format!("{beside}{each} {title}: 80% (version 1), 90% (version 2) of its items</p>");
    assert!(pack.contains(&each), "{each}");

    // Simulated alone: it stands beside these.
    view.records.iter_mut().for_each(|row| row.verdict.setting = Some(Setting::Simulated));
    assert!(
        written(&view, true)
            .html
            .contains("Simulated: 2 of 2 met their standard.</p><p class=\"none\">Needed by")
    );
}

#[test]
fn a_row_says_by_which_rule_it_was_met_and_why_it_was_not_judged() {
    let mut view = half_a_year(Vec::new());
    view.records = vec![
        with(1, Class::Check, &|verdict| (verdict.not_met, verdict.missed) = (1, vec!["signed".into()])),
        with(2, Class::Check, &|verdict| (verdict.passed, verdict.critical_unseen) = (None, true)),
        with(3, Class::Check, &|verdict| (verdict.passed, verdict.unknown) = (None, vec!["plan".into()])),
        with(4, Class::Shadow, &|verdict| (verdict.passed, verdict.own) = (None, true)),
        with(5, Class::Shadow, &|verdict| (verdict.passed, verdict.declined) = (None, true)),
        with(6, Class::Audit, &|verdict| (verdict.passed, verdict.not_seen) = (None, 3)),
        with(7, Class::Handoff, &|verdict| (verdict.passed, verdict.unknown) = (None, vec!["safety".into()])),
    ];
    assert!(written(&view, true).html.contains("<td>Met</td>"), "no rule of a version that is not here");
    let mut standard = crate::practice::starters::starters().remove(0);
    (standard.standard, standard.version, standard.share) = (Uuid::from_u128(5), 1, 0.8);
    view.standards = vec![in_force(standard, 1, None)];
    let pack = written(&view, true).html;
    for said in [
        "<td>Met: 9 of 10 met, 80% needed</td>",
        "<td>Not judged (critical item not seen)</td>",
        "<td>Not judged (1 unknown)</td>",
        "<td>Not judged (own practice)</td>",
        "<td>Not judged (no consent)</td>",
        "<td>Not judged (3 of 12 not seen)</td>",
        "<td>Not judged (a handoff) · ",
        "Unknown: safety",
    ] {
        assert!(pack.contains(said), "{said}");
    }
}

#[test]
fn a_written_case_names_who_reviewed_it() {
    let mut view = half_a_year(Vec::new());
    let case = with(1, Class::Scenario, &|verdict| verdict.passed = None);
    view.records = vec![RecordRow { state: State::Meets, author: BO, ..case }];
    view.reviewed = BTreeMap::from([(Uuid::from_u128(1), PackReviewed { by: SAM, at: at(2) })]);
    assert!(written(&view, true).html.contains("Reviewed by Sam Rivera, 2026-05-06"));
    assert!(!written(&view, false).html.contains("Rivera"));
}

#[test]
fn how_often_an_item_was_missed_is_of_the_observations_that_saw_it() {
    let mut view = half_a_year(Vec::new());
    let missed = |verdict: &mut Verdict| (verdict.not_met, verdict.missed) = (1, vec!["signed".into()]);
    view.records = vec![
        with(1, Class::Check, &missed),
        with(2, Class::Check, &|_| ()),
        with(3, Class::Check, &|_| ()),
        with(4, Class::Check, &|_| ()),
    ];
    let unseen = |n| (Uuid::from_u128(n), vec!["signed".to_owned()]);
    view.unseen = BTreeMap::from([unseen(3), unseen(4)]);
    let pack = written(&view, true);
    assert!(first_pages(&pack).contains("signed: not met in 1 of 2 where it was seen"));
}

/// The caption counts the months that are over; the one that is not is named.
#[test]
fn a_month_that_is_not_over_is_named_beside_the_caption() {
    let mut view = half_a_year(Vec::new());
    view.records = (0..7).map(|n| seen(n, 31 * i64::try_from(n).unwrap(), Setting::Live, n > 2)).collect();
    let pack = written(&view, true).html;
    assert!(pack.contains("2026-11 is incomplete in this pack: 1 of 1 so far. It is left out of the trend."));
}

/// An ordinary word stays where it stands, in either language, and the pack says to read it.
#[test]
fn a_pack_without_names_leaves_ordinary_words_alone_and_says_that_texts_are_as_typed() {
    for lang in Lang::ALL {
        let mut view = half_a_year(Vec::new());
        view.names.insert(BO, "Wei Tan".into());
        view.records = vec![with(1, Class::Check, &|_| ())];
        let said = |text: &str| crate::engine::api::PackCoached { item: String::new(), said: text.into() };
        view.coached = BTreeMap::from([(
            Uuid::from_u128(1),
            vec![said("No llegue tan tarde"), said("Lo vio la Sra. Tan")],
        )]);
        let closed = super::tests::written_in(&view, false, lang);
        assert!(closed.html.contains("No llegue tan tarde") && !closed.html.contains("Tan"), "{lang:?}");
        let warning = match lang {
            Lang::En => "What people typed is unchanged",
            Lang::Es => "Lo que alguien escribió queda igual",
        };
        assert!(closed.html.contains(warning), "{lang:?}");
        let open = super::tests::written_in(&view, true, lang);
        assert!(!open.html.contains(warning), "{lang:?}");
    }
}
