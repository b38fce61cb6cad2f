//! The locale files against each other and against the source.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_bundle::FluentResource;

use super::i18n::{Lang, say};

type Keys = BTreeMap<String, BTreeSet<String>>;

/// Each key with the variables that its text uses.
fn keys(lang: Lang) -> Keys {
    let mut keys = Keys::new();
    for source in lang.sources() {
        let resource = FluentResource::try_new((*source).to_owned());
        assert!(resource.is_ok(), "{} does not parse: {:?}", lang.tag(), resource.err().map(|(_, e)| e));
        let mut key = String::new();
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, _)) = line.split_once('=')
                && line.starts_with(|c: char| c.is_ascii_lowercase())
            {
                key = name.trim().to_owned();
                assert!(keys.insert(key.clone(), BTreeSet::new()).is_none(), "{key} is there twice");
            }
            for after in line.split('$').skip(1) {
                let name: String =
                    after.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                keys.get_mut(&key).unwrap().insert(name);
            }
        }
    }
    keys
}

/// Every `t("key"` and `t_args("key", …)` in the source, with the variables it gives.
fn used() -> Vec<(String, BTreeSet<String>, String)> {
    let mut used = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("i18n_tests.rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let code: String = text
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"))
                    .collect::<Vec<_>>()
                    .join("\n");
                for call in ["t(", "t_args("] {
                    for (at, _) in code.match_indices(call) {
                        let before = code[..at].chars().next_back();
                        if before.is_some_and(|c| c.is_ascii_alphanumeric() || "_.\"".contains(c)) {
                            continue;
                        }
                        let rest = code[at + call.len()..].trim_start();
                        let Some(rest) = rest.strip_prefix('"') else { continue };
                        let (key, rest) = rest.split_once('"').unwrap();
                        let mut depth = 1;
                        let end = rest
                            .find(|c| {
                                depth += i32::from(c == '(') - i32::from(c == ')');
                                depth == 0
                            })
                            .unwrap();
                        let mut given = BTreeSet::new();
                        for part in rest[..end].split("(\"").skip(1) {
                            let (name, after) = part.split_once('"').unwrap();
                            if after.starts_with(',') {
                                given.insert(name.to_owned());
                            }
                        }
                        used.push((key.to_owned(), given, path.display().to_string()));
                    }
                }
            }
        }
    }
    assert!(used.len() > 50, "the scan finds the calls");
    used
}

#[test]
fn the_languages_have_the_same_keys_with_the_same_variables() {
    let english = keys(Lang::En);
    let spanish = keys(Lang::Es);
    for (key, variables) in &english {
        assert_eq!(spanish.get(key), Some(variables), "{key} in Spanish");
    }
    for key in spanish.keys() {
        assert!(english.contains_key(key), "{key} is only in Spanish");
    }
}

#[test]
fn every_text_that_is_used_exists_and_gets_its_variables() {
    let english = keys(Lang::En);
    let mut faults = Vec::new();
    for (key, given, path) in used() {
        match english.get(&key) {
            None => faults.push(format!("{key} ({path}) is in no locale file")),
            Some(wanted) if !wanted.is_subset(&given) => {
                faults.push(format!("{key} ({path}) wants {wanted:?} and gets {given:?}"));
            }
            Some(_) => {}
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_text_is_left_over() {
    let used: BTreeSet<String> = used().into_iter().map(|(key, ..)| key).collect();
    let left: Vec<String> = keys(Lang::En).into_keys().filter(|key| !used.contains(key)).collect();
    assert!(left.is_empty(), "unused: {left:?}");
}

#[test]
fn numbers_choose_their_words() {
    let waiting = |lang, n: u64| say(lang, "chip-waiting", &[("n", n.into())]);
    assert_eq!(waiting(Lang::En, 3), "3 not sent – saved on this device");
    assert_eq!(waiting(Lang::Es, 3), "3 sin enviar – guardados en este dispositivo");
    assert_eq!(waiting(Lang::Es, 1), "1 sin enviar – guardado en este dispositivo");
    assert_eq!(say(Lang::En, "no-such-key", &[]), "no-such-key");
}

/// P-T1: what a translator changed is no longer what is updated, so the page asks for none, and says in
/// every language where there was one.
#[test]
fn the_page_asks_not_to_be_translated_and_says_where_it_was() {
    let page = include_str!("../../assets/index.html");
    assert!(page.contains("translate=\"no\"") && page.contains("content=\"notranslate\""));
    let (_, notice) = page.split_once("id=\"translated\"").unwrap();
    let (notice, _) = notice.split_once("</div>").unwrap();
    assert_eq!(notice.matches("<p").count(), Lang::ALL.len());
    let boot = include_str!("../../assets/boot.js");
    assert!(boot.contains("getElementById(\"translated\")"), "the notice is shown by it");
}

/// What stands before each place of a variable in a text, variants of a selector apart.
fn before(lang: Lang, key: &str, name: &str) -> Vec<String> {
    let mut found = Vec::new();
    for source in lang.sources() {
        let mut here = false;
        for line in source.lines() {
            if line.starts_with(|c: char| c.is_ascii_lowercase()) {
                here = line.split('=').next().is_some_and(|start| start.trim() == key);
            }
            let text = match line.split_once('=').filter(|_| !line.starts_with(' ')) {
                Some((_, text)) => text,
                None => line.split_once(']').map_or(line, |(_, text)| text),
            };
            if let Some((before, _)) = text.split_once(&format!("{{ ${name} }}")).filter(|_| here) {
                found.push(before.trim().to_owned());
            }
        }
    }
    found
}

#[test]
fn a_day_inside_a_sentence_is_written_small_and_one_that_begins_it_is_not() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app")];
    let (mut seen, mut faults) = (0, Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let code = std::fs::read_to_string(&path).unwrap();
            for part in code.split("t_args(").skip(1) {
                let part = part.trim_start().trim_start_matches('"');
                let (Some((key, _)), Some((args, _))) = (part.split_once('"'), part.split_once("]")) else {
                    continue;
                };
                for arg in args.split("(\"").skip(1) {
                    let Some((name, value)) = arg.split_once("\", ") else { continue };
                    let value = value.strip_prefix("when::").or_else(|| value.strip_prefix("clock::"));
                    let Some((call, _)) = value.and_then(|value| value.split_once('(')) else { continue };
                    if !["day", "day_time", "short", "day_in", "day_time_in", "short_in"].contains(&call) {
                        continue;
                    }
                    seen += 1;
                    for lang in Lang::ALL {
                        for before in before(lang, key, name) {
                            // After a dot or a colon it stands alone, as in a list.
                            let alone = before.is_empty();
                            let small = call.ends_with("_in");
                            let either = before.ends_with([':', '·']);
                            if small == alone && !either {
                                faults.push(format!("{key} {name} {} {call} after {before:?}", lang.tag()));
                            }
                        }
                    }
                }
            }
        }
    }
    assert!(seen > 15, "the scan finds the calls: {seen}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn shares_are_written_in_one_way_in_each_language() {
    for (lang, between) in [(Lang::En, ""), (Lang::Es, "\u{a0}")] {
        for line in
            lang.sources().iter().flat_map(|source| source.lines()).filter(|line| !line.starts_with('#'))
        {
            for (at, _) in line.match_indices('%') {
                let number = line[..at].trim_end_matches([' ', '\u{a0}']);
                assert!(number.ends_with(|c: char| c == '}' || c.is_ascii_digit()), "{line}");
                assert_eq!(&line[number.len()..at], between, "{}: {line}", lang.tag());
            }
        }
    }
}
