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
    let others = ["useradd", "systemctl", "podman"];
    let ours = guide.lines().filter(|line| !others.iter().any(|other| line.contains(other)));
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
        "taken",
    ] {
        assert!(guide.contains(&format!("`{code}`")), "nothing is told of {code}");
    }
}

#[test]
fn the_container_file_names_only_what_is_there() {
    let file = include_str!("../deploy/Containerfile");
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    // What is copied into the build is in the repository.
    let copied =
        file.lines().filter_map(|line| line.strip_prefix("COPY ")).filter(|line| !line.starts_with("--"));
    let mut sources = 0;
    for line in copied {
        let mut words: Vec<&str> = line.split(' ').collect();
        words.pop();
        sources += words.len();
        for source in words {
            assert!(root.join(source).exists(), "{source} is not there");
        }
    }
    // And every package of the workspace is copied, or cargo would not read it.
    let workspace = include_str!("../../Cargo.toml");
    let members = workspace.lines().find_map(|line| line.strip_prefix("members = ")).unwrap();
    for member in members.split('"').skip(1).step_by(2).filter(|member| *member != ".") {
        assert!(file.contains(&format!("COPY {member} {member}")), "{member} is not copied");
    }
    assert!(sources >= 8, "{sources}");
    // Settings, flags, the port and the door of the health check exist.
    let serve = help(&["serve"]);
    let named: BTreeSet<&str> = file
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| word.starts_with("FIELDPROOF_"))
        .collect();
    assert_eq!(named, BTreeSet::from(["FIELDPROOF_DATA", "FIELDPROOF_LISTEN"]));
    for name in named {
        assert!(serve.contains(&format!("[env: {name}=")), "{name} is no setting");
    }
    assert!(serve.contains("8787") && file.contains("EXPOSE 8787"));
    assert!(include_str!("../src/api/mod.rs").contains("\"/ready\"") && file.contains("/v1/ready"));
    assert!(
        include_str!("../Cargo.toml").contains("default = [\"demo\"]")
            && file.contains("--no-default-features")
    );
    let rust = workspace.lines().find_map(|line| line.strip_prefix("rust-version = ")).unwrap();
    assert!(
        file.contains(&format!("rust:{}-", rust.trim_matches('"'))),
        "another compiler than the workspace's"
    );
    // It does not run as root, and what it writes outlives it.
    assert!(
        file.find("USER fieldproof") < file.find("ENTRYPOINT") && file.contains("VOLUME /var/lib/fieldproof")
    );
}
