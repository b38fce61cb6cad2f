//! A pack checks itself, and says nothing that was to be left out.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use dioxus::prelude::*;
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::document::{self, Choices, Document};
use super::words::Names;
use super::{about, html, link};
use crate::app::i18n::{self, Lang};
use crate::app::route::Route;
use crate::engine::api::{PackLine, PackPlace, PackScope, PackView};
use crate::record::Head;

pub const SAM: Uuid = Uuid::from_u128(1);
pub const BO: Uuid = Uuid::from_u128(2);

/// Texts need the app's runtime around them.
pub fn written(view: &PackView, names: bool) -> Document {
    chosen(view, Choices { names, times: false })
}

pub fn chosen(view: &PackView, choices: Choices) -> Document {
    let mut dom = VirtualDom::new(|| rsx! {});
    dom.rebuild_in_place();
    dom.in_runtime(|| document::write(view, choices))
}

/// The same in a language.
pub fn written_in(view: &PackView, names: bool, lang: Lang) -> Document {
    let mut dom = VirtualDom::new(|| rsx! {});
    dom.rebuild_in_place();
    dom.in_runtime(|| {
        i18n::show_in(lang);
        document::write(view, Choices { names, times: false })
    })
}

pub fn line(text: &str, before: Head) -> PackLine {
    let line = json!({"v": 1, "kind": "note.x", "body": {"text": text}}).to_string();
    let place = PackPlace {
        replica: Uuid::from_u128(7),
        seq: 1,
        before,
        head: before.next(line.as_bytes()),
        server: true,
    };
    PackLine { id: Uuid::from_u128(9), line, about: Uuid::from_u128(8), place: Some(place), refused: None }
}

pub fn view(lines: Vec<PackLine>) -> PackView {
    let day = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
    PackView {
        scope: PackScope::Person { person: BO },
        name: "Bo Lindqvist".into(),
        place: String::new(),
        org: "Willow <Care> & Co".into(),
        by: SAM,
        at: DateTime::parse_from_rfc3339("2026-11-25T07:00:00-05:00").unwrap(),
        from: day,
        to: day,
        records: Vec::new(),
        follow_ups: Vec::new(),
        coached: BTreeMap::new(),
        chains: Vec::new(),
        holds: Vec::new(),
        elsewhere: 0,
        unseen: BTreeMap::new(),
        reviewed: BTreeMap::new(),
        standards: Vec::new(),
        lines,
        names: BTreeMap::from([(SAM, "Sam Rivera".into()), (BO, "Bo Lindqvist".into())]),
        shown: BTreeMap::new(),
        unasked: None,
    }
}

#[test]
fn names_that_are_left_out_are_nowhere_in_the_file() {
    let lines = vec![
        line("Rivera looked again", Head::ZERO),
        line("bo lindqvist signed late", Head::ZERO),
        line("A borrowed bottle", Head::ZERO),
    ];
    let open = written(&view(lines.clone()), true);
    assert!(open.html.contains("Bo Lindqvist") && open.html.contains("Rivera looked again"));
    let closed = written(&view(lines), false);
    assert_eq!((closed.lines, closed.left_out), (3, 2));
    let lower = closed.html.to_lowercase();
    for name in ["rivera", "lindqvist", "sam "] {
        assert!(!lower.contains(name), "{name}");
    }
    assert!(closed.html.contains("A borrowed bottle"), "a short name inside a word is no name");
    assert_ne!(open.fingerprint, closed.fingerprint);
}

#[test]
fn a_name_is_found_as_a_word_in_whatever_case_and_nowhere_else() {
    let known = BTreeMap::from([(BO, "José Ñáñez".to_owned())]);
    let mut dom = VirtualDom::new(|| rsx! {});
    dom.rebuild_in_place();
    dom.in_runtime(|| {
        let names = Names::new(&known, false);
        assert_eq!(
            names.text("JOSÉ ñáñez left. josé! Joséphine stayed"),
            "Staff 1 left. Staff 1! Joséphine stayed"
        );
        assert!(names.may_show("Joséphine"));
        assert!(!names.may_show("…for José."));
    });
}

#[test]
fn names_of_two_letters_and_names_without_their_accents_are_left_out_too() {
    let known = BTreeMap::from([
        (SAM, "Bo Ng".to_owned()),
        (BO, "Zoë Al-Amin Straße".to_owned()),
        (Uuid::from_u128(3), "Łukasz D. Ørsted".to_owned()),
        (Uuid::from_u128(4), "李".to_owned()),
    ]);
    let mut dom = VirtualDom::new(|| rsx! {});
    dom.rebuild_in_place();
    dom.in_runtime(|| {
        let names = Names::new(&known, false);
        for (text, left) in [
            (
                "Bo signed. bo: BO, (Ng) \u{201c}ng\u{201d}",
                "Staff 1 signed. Staff 1: Staff 1, (Staff 1) \u{201c}Staff 1\u{201d}",
            ),
            ("A bottle for Bob, Ngo and the borrowed song", "A bottle for Bob, Ngo and the borrowed song"),
            ("zoe, ZOË, Zoe\u{308}", "Staff 2, Staff 2, Staff 2"),
            ("Al and Amin; Al-Amin; strasse", "Staff 2 and Staff 2; Staff 2-Staff 2; Staff 2"),
            ("lukasz and Orsted, D. and vitamin D", "Staff 3 and Staff 3, Staff 3 and vitamin D"),
            ("李 was there", "Staff 4 was there"),
        ] {
            assert_eq!(names.text(text), left);
        }
        let said =
            |text: &str| json!({"v": 1, "kind": "note.x", "body": {"bo": [{"text": text}]}}).to_string();
        for told in ["Ng signed late", "was it bo?", "Zoë", "zoe", "Orsted"] {
            assert!(!names.may_show(&said(told)), "{told}");
        }
        assert!(names.may_show(&said("A bottle was borrowed")), "the name of a member is nobody's");
        assert!(!names.may_show(r#"{"body":{"text":"Zo\u00eb left"}}"#), "written as JSON may write it");
        assert!(names.may_show(
            r#"{"id":"00000000-0000-0b00-8000-bo0000000000","site":"0000b000-0000-4000-8000-000000000000"}"#
        ));
        assert!(!names.may_show("no JSON, Bo"));
    });
}

#[test]
fn the_fingerprint_changes_with_any_line_or_head() {
    let whole = view(vec![line("one", Head::ZERO), line("two", Head::ZERO)]);
    let print = written(&whole, true).fingerprint;
    let mut other = whole.clone();
    other.lines[1].line = other.lines[1].line.replace("two", "twp");
    assert_ne!(written(&other, true).fingerprint, print);
    let mut other = whole.clone();
    other.lines[1].place = None;
    assert_ne!(written(&other, true).fingerprint, print);
    let mut other = whole;
    other.org = "Willow".into();
    assert_ne!(written(&other, true).fingerprint, print);
}

#[test]
fn an_address_leads_back_to_what_it_is_about() {
    let scopes = [
        PackScope::Person { person: SAM },
        PackScope::Site { site: BO },
        PackScope::FollowUp { id: SAM },
        PackScope::Theme { competency: "medication".into(), site: None },
        PackScope::Theme { competency: "a.b".into(), site: Some(BO) },
    ];
    for scope in scopes {
        let Route::PackPage { about: text } = link(&scope) else { panic!() };
        assert_eq!(about(&text), Some(scope));
    }
    assert_eq!(about("nothing"), None);
}

proptest! {
    /// Whatever was typed, no markup comes of it.
    #[test]
    fn text_is_never_markup(words in any::<String>()) {
        let mut out = String::new();
        html::text(&mut out, &words);
        prop_assert!(!out.contains('<') && !out.contains('>'));
        let back = out.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", "\u{a0}").replace("&amp;", "&");
        prop_assert_eq!(back, words.replace(['\r', '\0'], " "));
    }
}
