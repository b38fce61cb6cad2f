//! What docs/operations.md names is there: every option of the command line and every metric.

#![allow(clippy::unwrap_used)] // a test stops at the line that failed

use std::collections::BTreeSet;
use std::process::Command;

fn help(of: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_sync-server")).args(of).arg("--help").output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The words of a text that begin so, without what follows them.
fn words<'t>(text: &'t str, begin: &str) -> BTreeSet<&'t str> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let pieces = text.split(|c| !is_word(c));
    pieces
        .filter(|word| {
            word.strip_prefix(begin).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()))
        })
        .collect()
}

#[test]
fn every_option_and_metric_that_the_guide_names_exists() {
    let guide = include_str!("../../docs/operations.md");
    let mut known = String::new();
    for command in ["serve", "init", "pair", "backup", "restore", "verify", "devices", "revoke", "quarantine"]
    {
        known.push_str(&help(&[command]));
        assert!(guide.contains(command), "{command} is not told of");
    }
    let ours = guide.lines().filter(|line| !line.contains("useradd") && !line.contains("systemctl"));
    let ours: String = ours.map(|line| format!("{line}\n")).collect();
    let options = words(&ours, "--");
    assert!(options.contains("--tls-cert") && options.contains("--force"), "{options:?}");
    for option in options {
        assert!(words(&known, "--").contains(option), "{option} does not exist");
    }
    let source = concat!(include_str!("../src/metrics.rs"), include_str!("../src/api/health.rs"));
    for text in [guide, include_str!("../deploy/alerts.yml")] {
        let metrics = words(text, "fieldproof_");
        assert!(metrics.len() >= 4);
        for metric in metrics {
            let name = metric.trim_end_matches("_bucket");
            assert!(source.contains(&format!("\"{name}\"")), "{metric} does not exist");
        }
    }
    for code in [
        "malformed",
        "wrong_replica",
        "wrong_seq",
        "wrong_author",
        "duplicate_id",
        "not_permitted",
        "unknown_site",
        "unknown_subject",
        "invalid_body",
        "revoked_device",
    ] {
        assert!(guide.contains(&format!("`{code}`")), "nothing is told of {code}");
    }
}
