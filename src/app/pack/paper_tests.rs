//! The first pages stay two on paper, whatever stands in them.

use serde_json::json;
use uuid::Uuid;

use super::page_tests::{at, first_pages, follow, half_a_year, restriction, seen};
use super::paper;
use super::tests::{SAM, written_in};
use crate::app::i18n::Lang;
use crate::engine::api::{HoldRow, PackCoached, PackScope, PackStandard, PackView, RecordRow};
use crate::insight::hold::{Rule, weigh};
use crate::practice::follow::{About, RestrictionPlaced, Step};
use crate::practice::record::Verdict;
use crate::practice::setting::Setting;
use crate::practice::standard::Class;
use crate::practice::text::Text;

/// The same on A4 and on US Letter, whatever was typed, in either language.
#[test]
fn the_first_two_pages_hold_however_long_the_words_are() {
    let long = |what: &str| format!("{what} {}", "weil nachts niemand erreichbar war, ".repeat(55));
    for (many, words) in [(1, 1), (3, 1), (12, 1), (2, 40), (12, 40)] {
        for lang in Lang::ALL {
            let view = crowded(many, &if words == 1 { "Late dose".to_owned() } else { long("Late dose") });
            let pack = written_in(&view, true, lang);
            let first = first_pages(&pack);
            assert!(paper::pages(first) <= 2, "{lang:?} {many} {words}: {} pages", paper::pages(first));
            let (_, behind) = pack.html.split_once("<section class=\"behind\">").unwrap();
            let said = match lang {
                Lang::En => "Texts that end in “…” are given in full after",
                Lang::Es => "Los textos que terminan en «…» están completos",
            };
            if words > 1 {
                assert!(first.contains(said), "{lang:?} {many}");
                assert!(!first.contains(&long("Late dose")) && behind.contains(&long("Late dose")));
            }
        }
    }
}

/// Something under every heading, so many of each and said so.
fn crowded(many: u8, words: &str) -> PackView {
    let mut view = half_a_year(Vec::new());
    view.org = words.chars().take(120).collect();
    view.scope = PackScope::FollowUp { id: Uuid::from_u128(3) };
    view.name = words.to_owned();
    view.elsewhere = 3;
    let settings = [Setting::Live, Setting::Live, Setting::Simulated, Setting::Desk];
    for n in 0..u128::from(many) * 20 {
        let setting = settings[usize::try_from(n % 4).unwrap()];
        let row = seen(n + 1, i64::try_from(n * 9 % 200).unwrap(), setting, n % 3 > 0);
        let items = (0..n % 9).map(|item| format!("{item} {words}")).collect::<Vec<_>>();
        let class = if n % 7 == 0 { Class::Handoff } else { Class::Check };
        let verdict = Verdict { missed: items.clone(), unknown: items, not_met: 1, ..row.verdict.clone() };
        let said = PackCoached { item: "signed".into(), said: words.to_owned() };
        view.coached.insert(row.id, vec![said]);
        view.records.push(RecordRow { class, verdict, ..row });
    }
    for n in 0..many {
        let About::Restriction(body) = restriction(n).about else { panic!() };
        let body = RestrictionPlaced { duties: words.to_owned(), why: words.to_owned(), ..body };
        view.follow_ups.push(follow(n, i64::from(n), &Step::RestrictionPlaced(body)));
        let review = json!({"governance.reviewed": {
            "month": "2026-06", "role_specific": true, "validated_in_practice": true, "outcome_changed": false,
            "note": words, "attended": words, "decisions": [{"what": words, "due": "2026-07-31"}],
        }});
        view.follow_ups.push(follow(100 + n, 40, &serde_json::from_value(review).unwrap()));
        let rule = Rule { looks: 5, weeks: 8, bands: 3 };
        view.holds.push(HoldRow {
            cycle: Uuid::from_u128(77),
            title: words.to_owned(),
            subject_name: "Bo Lindqvist".into(),
            site_name: "Elm House".into(),
            hold: weigh(at(0), &[], rule, at(20)),
            before: (3, 4),
            after: (4, 4),
        });
        let mut starters = crate::practice::starters::starters().into_iter();
        let mut standard = starters.rfind(|one| one.class == Class::Check).unwrap();
        (standard.standard, standard.version) = (Uuid::from_u128(5), u32::from(n) + 1);
        (standard.title, standard.purpose) = (Text::from(words), Text::from(words));
        (standard.change, standard.share) = (Text::from(words), 0.8 + f64::from(n % 5) / 50.0);
        let (published, until) = (at(i64::from(n)), Some(at(i64::from(n) + 1)));
        view.standards.push(PackStandard { standard, published, author: SAM, until, retired: false });
    }
    for (n, row) in view.records.iter_mut().enumerate() {
        row.standard.version = u32::try_from(n % usize::from(many)).unwrap() + 1;
    }
    view
}
