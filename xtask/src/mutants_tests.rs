use std::collections::BTreeSet;
use std::fs;

use super::*;

/// The list cannot rot: each fault's snippet stands in the present source, and only once.
#[test]
fn every_mutant_has_its_place_in_the_present_source() {
    let all = list().unwrap();
    assert!(all.len() >= 40, "{} mutants", all.len());
    let names: BTreeSet<&str> = all.iter().map(|mutant| mutant.name.as_str()).collect();
    assert_eq!(names.len(), all.len(), "two have one name");
    let files: BTreeSet<&str> = all.iter().map(|mutant| mutant.file.as_str()).collect();
    for file in &files {
        let source = fs::read_to_string(sh::root().join(file)).unwrap();
        let here: Vec<&Mutant> = all.iter().filter(|mutant| mutant.file == *file).collect();
        for mutant in &here {
            assert!(!mutant.breaks.is_empty() && mutant.find != mutant.replace, "{}", mutant.name);
        }
        let mutated = put_in(&source, &here).unwrap_or_else(|why| panic!("{why}"));
        assert_eq!(mutated.matches(SWITCH).count(), here.len(), "{file}");
    }
    for part in
        ["push.rs", "pull.rs", "writer.rs", "judge.rs", "intake.rs", "plan.rs", "syncing.rs", "fold.rs"]
    {
        assert!(files.iter().any(|file| file.ends_with(part)), "none in {part}");
    }
}

#[test]
fn a_fault_stands_beside_what_it_replaces() {
    let list =
        "[[mutant]]\nname = \"a\"\nfile = \"b.rs\"\nbreaks = \"c\"\nfind = '''x + 1'''\nreplace = '''x'''\n";
    let mutants = read_list(list).unwrap();
    let [mutant] = mutants.as_slice() else { panic!("{mutants:?}") };
    let text = put_in("let y = x + 1;", &[mutant]).unwrap();
    let asked = "std::env::var_os(\"FIELDPROOF_MUTANT\").is_some_and(|it| it == \"a\")";
    assert_eq!(text, format!("let y = (if {asked} {{ x }} else {{ x + 1 }});"));
    assert!(put_in("x + 1, x + 1", &[mutant]).is_err(), "which of the two");
    assert!(put_in("x - 1", &[mutant]).is_err());
    assert!(put_in("let y = x + 1;", &[mutant, mutant]).is_err(), "they overlap");
    let inside = Mutant { within: "(x + 1)".into(), find: "x + 1".into(), ..Mutant::default() };
    assert_eq!(inside.place("x + 1 (x + 1)").unwrap(), 7..12);
}

#[test]
fn a_list_that_cannot_be_read_is_named_by_its_line() {
    for (text, line) in [("name = \"a\"", 1), ("[[mutant]]\nnonsense", 2), ("[[mutant]]\nfind = '''x", 2)] {
        let why = read_list(text).unwrap_err();
        assert!(why.contains(&format!("line {line}")), "{why}");
    }
}
