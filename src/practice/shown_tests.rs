use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

fn named(id: u128, name: &str, marks: &[&str]) -> Named {
    Named {
        id: Uuid::from_u128(id),
        name: name.into(),
        marks: marks.iter().map(|mark| (*mark).into()).collect(),
    }
}

fn shown(all: &[Named]) -> Vec<String> {
    tell_apart(all).into_iter().map(|one| one.shown).collect()
}

#[test]
fn every_latin_letter_is_found_by_what_a_keyboard_without_it_types() {
    for (name, typed) in [
        ("Muñoz", "munoz"),
        ("Ångström", "angstrom"),
        ("Łukasz", "lukasz"),
        ("Nguyễn Thị Hồng", "nguyen thi hong"),
        ("Şahin Çelik", "sahin celik"),
        ("Sørensen", "sorensen"),
        ("Đặng", "dang"),
        ("Strauß", "strauss"),
        ("STRAUẞ", "strauss"),
        ("Işık İnan", "isik inan"),
        ("Ægir Œuvre", "aegir oeuvre"),
        ("Þóra Guðrún", "thora gudrun"),
        ("O’Neil", "o'neil"),
        ("O'Neil", "ONEIL"),
        ("Oʼneil", "o´neil"),
        ("Jean-Luc", "jean luc"),
        ("Jean Luc", "jean‑luc"),
        ("Gal·la Paraŀlel", "galla parallel"),
        ("Ａｎａ", "ana"),
        ("Zoe\u{308}", "zoë"),
        ("Ana\u{200b} Be\u{ad}a", "ana bea"),
        ("Kim\u{a0}\u{2003}Lee", "kim lee"),
        ("Șerban Țepeș", "serban tepes"),
        ("Őry Űr", "ory ur"),
        ("Əliyev", "eliyev"),
        ("Ħal Ŧ Ŋ", "hal t n"),
        ("Ĉu Ĝi Ĥo Ĵo Ŝi Ŭa", "cu gi ho jo si ua"),
        ("Jiří Dvořák Žižka Šťastný", "jiri dvorak zizka stastny"),
        ("Ķēniņš Ģirts", "kenins girts"),
        ("ﬁn", "fin"),
        ("أحمد", "احمد"),
    ] {
        assert_eq!(key(name), key(typed), "{name}");
        assert!(finds(typed, &[name]) && finds(name, &[typed]), "{name}");
    }
    assert_ne!(key("का"), key("कि"), "a vowel of an Indian name is no accent");
}

#[test]
fn no_latin_letter_of_latin_1_or_extended_a_is_left_with_its_mark() {
    for letter in ('\u{c0}'..='\u{17f}').filter(|letter| letter.is_alphabetic()) {
        let key = key(&letter.to_string());
        assert!(!key.is_empty() && key.chars().all(|letter| letter.is_ascii_lowercase()), "{letter}: {key}");
    }
}

#[test]
fn words_are_found_in_any_order_and_over_several_texts() {
    assert!(finds("elm munoz", &["José Muñoz", "Elm House"]));
    assert!(finds("  ", &["José"]));
    assert!(!finds("elm maria", &["José Muñoz", "Elm House"]));
}

#[test]
fn a_name_alone_where_nothing_looks_like_it_else_a_mark_else_the_end_of_the_id() {
    let all = [
        named(0xa1, "Kim Lee", &["Elm House"]),
        named(0xa2, "Kim Lee", &["Oak Lodge"]),
        named(0xb1, "Ana Ruiz", &["Elm House"]),
        named(0xc1, "José", &["Elm House"]),
        named(0xc2, "Jose", &["Elm House"]),
        named(0xd1, "Bo", &[]),
        named(0xd2, "Bo", &["Elm House"]),
    ];
    assert_eq!(
        shown(&all),
        [
            "Kim Lee · Elm House",
            "Kim Lee · Oak Lodge",
            "Ana Ruiz",
            "José · Elm House · 00C1",
            "Jose · Elm House · 00C2",
            "Bo · 00D1",
            "Bo · Elm House",
        ]
    );
}

#[test]
fn what_looks_alike_is_told_apart_whatever_script_or_signs_it_is_written_with() {
    for (one, other) in [
        ("Maple House", "maple  house"),
        ("Anna", "Аnnа"),
        ("Ian", "lan"),
        ("B1", "Bl"),
        ("Kim Lee", "Kim\u{202e} Lee"),
        ("Kim Lee", "Kim\u{200d} Lee"),
        ("O’Neil", "O'Neil"),
        ("", "\u{202e}"),
    ] {
        let told = shown(&[named(1, one, &["North"]), named(2, other, &["South"])]);
        assert!(told[0].ends_with("North") && told[1].ends_with("South"), "{one:?} {other:?}: {told:?}");
    }
}

#[test]
fn a_name_that_reads_like_the_shown_name_of_another_is_told_apart_too() {
    let all = [
        named(1, "Kim Lee", &["Elm House"]),
        named(2, "Kim Lee", &["Oak Lodge"]),
        named(3, "Kim Lee · Elm House", &["Oak Lodge"]),
    ];
    let told = shown(&all);
    assert_eq!(told.iter().collect::<BTreeSet<_>>().len(), 3, "{told:?}");
    assert_eq!(told[1], "Kim Lee · Oak Lodge");
}

#[test]
fn a_text_keeps_its_direction_to_itself() {
    assert_eq!(isolate("Ana Ruiz · 07:42"), "Ana Ruiz · 07:42");
    assert_eq!(isolate("رشيد"), "\u{2068}رشيد\u{2069}");
    assert_eq!(isolate("Kim\u{202e} Lee"), "Kim Lee");
    assert_eq!(isolate("רון\u{2069}\u{202e}"), "\u{2068}רון\u{2069}");
    let joined = join(["رشيد", "", "Elm House"]);
    assert_eq!(joined, "\u{2068}رشيد\u{2069} · Elm House");
    assert_eq!(
        isolate(&joined),
        format!("\u{2068}{joined}\u{2069}"),
        "what is isolated stays so inside another"
    );
}

#[test]
fn signs_that_nobody_sees_are_known_and_joiners_of_names_are_none() {
    for hidden in ["a\u{202e}b", "a\u{2066}b", "a\nb", "a\u{0}b", "a\u{200b}b", "\u{feff}a", "a\u{e0041}"] {
        assert!(has_hidden(hidden), "{hidden:?}");
        assert!(!has_hidden(&clean(hidden)), "{hidden:?}");
    }
    for fine in ["علی\u{200c}رضا", "क्\u{200d}ष", "O’Neil", "Anne-Marie", "Ana 👩\u{200d}⚕\u{fe0f}"]
    {
        assert!(!has_hidden(fine) && !is_blank(fine) && clean(fine) == fine, "{fine:?}");
    }
    for blank in ["", " ", "\u{200d}", "\u{301}", "\u{3164}"] {
        assert!(is_blank(blank), "{blank:?}");
    }
    assert!(!is_blank("-") && !is_blank("7"));
}

/// Names of a few letters, so that many of them look alike.
fn names() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop::sample::select(vec![
            "A", "a", "á", "а", "l", "I", "1", " ", "·", " · ", "-", "’", "\u{202e}", "\u{200d}", "ا",
            "0001", "N",
        ]),
        0..4,
    )
    .prop_map(|letters| letters.concat())
}

proptest! {
    #[test]
    fn two_ids_never_look_the_same(all in prop::collection::vec((names(), prop::collection::vec(names(), 0..3)), 0..12)) {
        let all: Vec<Named> = all
            .into_iter()
            .enumerate()
            // Ends of ids are alike, too.
            .map(|(n, (name, marks))| Named { id: Uuid::from_u128(((n as u128) << 64) | (n as u128 % 3)), name, marks })
            .collect();
        let told = tell_apart(&all);
        let mut looks = BTreeMap::new();
        for (one, of) in told.iter().zip(&all) {
            prop_assert!(!is_blank(&one.shown), "{of:?}");
            let before = looks.insert(look(&one.shown), of.clone());
            prop_assert!(before.is_none(), "{before:?} and {of:?} are both {one:?}");
        }
    }

    #[test]
    fn nobody_is_told_apart_without_need(all in prop::collection::btree_map(1_u128..99, "[b-h]{3}", 0..12)) {
        let all: Vec<Named> = all.into_iter().map(|(id, name)| named(id, &name, &["Elm"])).collect();
        for (one, of) in tell_apart(&all).iter().zip(&all) {
            let twins = all.iter().filter(|other| other.name == of.name).count();
            prop_assert_eq!(one.second.is_empty(), twins == 1);
        }
    }

    #[test]
    fn a_key_is_its_own_key(name in any::<String>()) {
        prop_assert_eq!(key(&key(&name)), key(&name));
    }
}
