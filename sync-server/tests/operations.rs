//! What docs/operations.md names is there: every option of the command line and every metric.

#![allow(clippy::unwrap_used, clippy::panic)] // a test stops at the line that failed

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
    let commands = [
        "serve",
        "init",
        "pair",
        "codes",
        "people",
        "admin",
        "devices",
        "revoke",
        "quarantine",
        "backup",
        "restore",
        "verify",
    ];
    for command in commands {
        known.push_str(&help(&[command]));
        assert!(guide.contains(command), "{command} is not told of");
    }
    known.push_str(&help(&["quarantine", "take"]));
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
        let mut folders = std::path::Path::new(member).ancestors().map(|folder| folder.display());
        let copied = folders.any(|folder| file.contains(&format!("COPY {folder} {folder}")));
        assert!(copied, "{member} is not copied");
    }
    assert!(sources >= 8, "{sources}");
    // Settings, flags, the port and the door of the health check exist.
    let serve = help(&["serve"]);
    let named: BTreeSet<&str> = file
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| word.starts_with("FIELDPROOF_"))
        .collect();
    assert_eq!(named, BTreeSet::from(["FIELDPROOF_APP", "FIELDPROOF_DATA", "FIELDPROOF_LISTEN"]));
    for name in named {
        assert!(serve.contains(&format!("[env: {name}=")), "{name} is no setting");
    }
    assert!(serve.contains("8787") && file.contains("EXPOSE 8787"));
    assert!(include_str!("../src/api/mod.rs").contains("\"/ready\"") && file.contains("/v1/ready"));
    assert!(
        include_str!("../Cargo.toml").contains("default = [\"demo\"]")
            && include_str!("../../xtask/src/app.rs")
                .contains("\"-p\", \"sync-server\", \"--no-default-features\"")
            && file.contains("RUN cargo xtask dist\n")
    );
    for built in ["sync-server", "app"] {
        assert!(
            file.contains(&format!("COPY --from=build /src/target/dist/{built} ")),
            "{built} is not in it"
        );
    }
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

/// Words as a shell takes them apart: double quotes hold together.
fn shell(line: &str) -> Vec<String> {
    let pieces = line.split('"').enumerate();
    let mut words = Vec::new();
    for (i, piece) in pieces {
        match i % 2 {
            0 => words.extend(piece.split_whitespace().map(str::to_owned)),
            _ => words.push(piece.to_owned()),
        }
    }
    words
}

/// Every command that stands in the guide, in a block of its own or between others' words.
fn commands(guide: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for (i, text) in guide.split("```").enumerate() {
        if i % 2 == 1 {
            for line in text.lines() {
                let before = ["runuser -u fieldproof -- ", "podman exec fieldproof "];
                let line = before.iter().find_map(|prefix| line.strip_prefix(prefix)).unwrap_or(line);
                let program = line.split_whitespace().next();
                if program == Some("sync-server") {
                    found.push(shell(line));
                }
            }
        } else {
            let inline = text.split('`').skip(1).step_by(2);
            let inline = inline.map(|code| code.strip_prefix("runuser -u fieldproof -- ").unwrap_or(code));
            found.extend(inline.filter(|code| code.starts_with("sync-server ")).map(shell));
        }
    }
    found
}

#[test]
fn every_command_of_the_guide_is_understood_as_it_is_printed() {
    use clap::Parser;
    let guide = include_str!("../../docs/operations.md");
    let commands = commands(guide);
    let mut seen = BTreeSet::new();
    for words in &commands {
        // A place for a name is no name.
        let words: Vec<&str> = words
            .iter()
            .map(|word| {
                if ["DEVICE", "PAIRING", "ID"].contains(&word.as_str()) {
                    "00000000-0000-4000-8000-000000000000"
                } else {
                    word
                }
            })
            .collect();
        match sync_server::commands::Cli::try_parse_from(&words) {
            Ok(_) => {}
            Err(error) if error.kind() == clap::error::ErrorKind::DisplayHelp => {}
            Err(error) => panic!("{words:?}: {error}"),
        }
        seen.extend(
            words
                .iter()
                .copied()
                .filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase()))
                .map(str::to_owned),
        );
    }
    assert!(commands.len() >= 12, "{commands:?}");
    for command in ["init", "pair", "backup", "restore", "verify", "devices", "revoke", "quarantine"] {
        assert!(seen.contains(command), "{command} is in no command of the guide");
    }
}

#[test]
fn what_the_guide_installs_is_shipped_and_started_from_where_it_is_put() {
    let guide = include_str!("../../docs/operations.md");
    let deploy = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy");
    let named = guide.split(|c: char| c.is_whitespace() || "`,;:()".contains(c));
    let mut checked = 0;
    for name in named.filter_map(|word| word.trim_end_matches('.').strip_prefix("deploy/")) {
        if let Some(ending) = name.strip_prefix("*.") {
            let mut files = std::fs::read_dir(&deploy).unwrap();
            assert!(
                files.any(|file| file.unwrap().file_name().to_str().unwrap().ends_with(ending)),
                "{name}"
            );
        } else {
            assert!(deploy.join(name).is_file(), "{name} is not shipped");
        }
        checked += 1;
    }
    assert!(checked >= 6, "{checked}");
    let mut units = 0;
    for unit in std::fs::read_dir(&deploy).unwrap().map(|file| file.unwrap().path()) {
        let Some(name) = unit.file_name().and_then(|name| name.to_str()).map(str::to_owned) else { continue };
        let text = std::fs::read_to_string(&unit).unwrap();
        if let Some(timer) = name.strip_suffix(".timer") {
            assert!(deploy.join(format!("{timer}.service")).is_file() && guide.contains(&name), "{name}");
            units += 1;
        }
        if name.ends_with(".service") {
            let starts = text.lines().find_map(|line| line.strip_prefix("ExecStart=")).unwrap();
            let program = shell(starts).remove(0);
            let put = program.strip_prefix("/usr/local/bin/").unwrap();
            let line = guide.lines().find(|line| line.starts_with("install -m 755 ")).unwrap();
            assert!(line.split([' ', '/']).any(|word| word == put), "{put} is not installed");
            assert!(text.contains("User=fieldproof") && text.contains("ProtectSystem=strict"), "{name}");
            units += 1;
        }
    }
    assert_eq!(units, 5);
    // The server says itself when it is ready, and what follows relies on it.
    assert!(include_str!("../deploy/fieldproof.service").contains("Type=notify"));
}
