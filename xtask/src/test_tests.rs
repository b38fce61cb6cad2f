use super::*;

#[test]
fn both_runners_are_understood() {
    let cargo = read_count("test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured");
    assert_eq!((cargo.passed, cargo.failed), (12, 3));
    let nextest = read_count("     Summary [   1.204s] 5 tests run: 4 passed (1 slow), 1 failed, 0 skipped");
    assert_eq!((nextest.passed, nextest.failed), (4, 1));
    let other = read_count("running 3 tests");
    assert_eq!((other.passed, other.failed), (0, 0));
}

fn cannot() -> Stepped {
    Err(Cannot("no browser".into()))
}

fn passed() -> Stepped {
    Ok(one(Ok(())))
}

fn told(rows: &[Row]) -> (u32, u32, u32, bool) {
    let Count { passed, failed, skipped } = total(rows);
    (passed, failed, skipped, good(total(rows)))
}

#[test]
fn a_step_that_cannot_run_is_skipped_and_fails_only_where_it_must_run() {
    let skipped = Row::new("browser", cannot(), false, 0.0);
    assert_eq!(skipped.word, "skipped: no browser");
    assert_eq!(told(&[Row::new("unit", passed(), true, 0.0), skipped]), (1, 0, 1, true));
    let required = Row::new("browser", cannot(), true, 0.0);
    assert!(
        required.word.starts_with("FAILED") && required.word.ends_with("no browser"),
        "{}",
        required.word
    );
    assert_eq!(told(&[Row::new("unit", passed(), true, 0.0), required]), (1, 1, 0, false));
    assert_eq!(told(&[Row::new("browser", cannot(), false, 0.0)]), (0, 0, 1, false), "nothing was shown");
    let failed = Row::new("web", Ok(one(Err("broken".into()))), false, 0.0);
    assert_eq!(told(&[failed]), (0, 1, 0, false));
}

#[test]
fn what_a_newer_compiler_warns_of_fails_nothing() {
    let oldest = Version(1, 95);
    for (cargo, fails) in
        [("cargo 1.95.0 (f2d3ce0bd 2026-03-21)", true), ("cargo 1.99.0 (x 2026-10-01)", false)]
    {
        assert_eq!(fails_on_warnings(Some(cargo), oldest), fails, "{cargo}");
    }
    assert!(fails_on_warnings(None, oldest));
}

fn asked(args: &[&str]) -> Done<Asked> {
    Asked::read(&args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>())
}

#[test]
fn what_is_required_is_a_step_that_there_is() {
    let read = asked(&["unit", "--require", "web,browser", "--keep-going"]);
    let Ok(Asked { keep_going: true, required, filters }) = read else { panic!("not read") };
    assert_eq!((required, filters), (vec!["web".to_owned(), "browser".to_owned()], vec!["unit".to_owned()]));
    for wrong in [&["--require", "brwser"][..], &["--require"], &["--keepgoing"]] {
        assert!(asked(wrong).is_err(), "{wrong:?}");
    }
}

/// CI names each step: one that is added here and not there would be left out without a word.
#[test]
fn ci_runs_the_tests_of_the_readme_and_requires_every_step() {
    let file = std::fs::read_to_string(sh::root().join(".ci/run")).unwrap_or_default();
    let command = file.lines().find_map(|line| line.strip_prefix("exec ")).unwrap_or_default();
    let required =
        command.strip_prefix("cargo xtask test --require ").and_then(|rest| rest.split(' ').next());
    let steps: Vec<&str> = STEPS.iter().map(|(name, _)| *name).collect();
    assert_eq!(required, Some(steps.join(",").as_str()));
}
