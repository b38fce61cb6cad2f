//! docs/guarantees.md speaks of tests that exist, and forgets no scenario.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn is_name(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && word.split('_').count() >= 3
}

/// What stands in backticks and is the name of a test.
fn cited(text: &str) -> BTreeSet<&str> {
    text.split('`').skip(1).step_by(2).filter(|word| is_name(word)).collect()
}

/// The functions with a test's attribute before them, and what a harness of its own lists as
/// `"module::name"`.
fn tests_in(source: &str, found: &mut BTreeSet<String>) {
    let mut is_test = false;
    for line in source.lines().map(str::trim) {
        let listed = line.split('"').skip(1).step_by(2).filter_map(|text| text.rsplit_once("::"));
        found.extend(listed.filter(|(_, name)| is_name(name)).map(|(_, name)| name.to_owned()));
        if line.starts_with("#[") {
            is_test |= line.starts_with("#[test]") || line.starts_with("#[tokio::test");
        } else if let Some((_, rest)) = line.split_once("fn ").filter(|_| is_test) {
            found.extend(rest.split(['(', '<']).next().map(str::to_owned));
            is_test = false;
        }
    }
}

fn read_folder(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            read_folder(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            tests_in(&fs::read_to_string(&path).unwrap(), found);
        }
    }
}

#[test]
fn the_guarantees_name_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = BTreeSet::new();
    for folder in ["src", "tests", "sync-server/src", "sync-server/tests", "xtask/src"] {
        read_folder(&root.join(folder), &mut found);
    }
    let text = include_str!("../../docs/guarantees.md");
    let named = cited(text);
    assert!(named.len() > 50, "{}", named.len());
    let missing: Vec<&&str> = named.iter().filter(|name| !found.contains(**name)).collect();
    assert!(missing.is_empty(), "docs/guarantees.md names what does not exist: {missing:?}");
}

#[test]
fn every_scenario_is_named_in_the_guarantees() {
    let named = cited(include_str!("../../docs/guarantees.md"));
    let mut found = BTreeSet::new();
    tests_in(include_str!("scenarios.rs"), &mut found);
    tests_in(include_str!("answers.rs"), &mut found);
    tests_in(include_str!("again.rs"), &mut found);
    tests_in(include_str!("sabotage.rs"), &mut found);
    assert!(found.len() > 40, "{}", found.len());
    let forgotten: Vec<&String> = found.iter().filter(|name| !named.contains(name.as_str())).collect();
    assert!(forgotten.is_empty(), "docs/guarantees.md forgets {forgotten:?}");
}
