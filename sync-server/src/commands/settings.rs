//! The service's settings, for whoever types a command beside it: the same file that systemd reads.
//!
//! Invariant: the file counts only where no data directory is named, neither as an option nor in the
//! environment; so it never mixes with what somebody set up by hand, and a service reads it once.

use std::path::Path;

/// Where the unit has it.
#[cfg(unix)]
const FILE: &str = "/etc/fieldproof/server.env";

/// What the file would set, where it counts. Nothing where there is none.
///
/// # Errors
/// It is there and cannot be read: whoever may not read it would work on another database.
pub fn of_the_service(
    path: &Path,
    args: &[String],
    data_is_set: bool,
) -> Result<Vec<(String, String)>, String> {
    let named = data_is_set || args.iter().any(|arg| arg == "--data" || arg.starts_with("--data="));
    let only_help =
        args.iter().any(|arg| matches!(arg.as_str(), "--help" | "-h" | "help" | "--version" | "-V"));
    if named || only_help {
        return Ok(Vec::new());
    }
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(read(&text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(format!(
            "the service's settings cannot be read ({}: {error}): run this as the service's user, \
             or name the directory with --data",
            path.display()
        )),
    }
}

/// The lines that systemd would take: `NAME=value`, in quotes or without; `#` and `;` begin remarks.
fn read(text: &str) -> Vec<(String, String)> {
    let lines = text.lines().map(str::trim).filter(|line| !line.starts_with(['#', ';']));
    lines
        .filter_map(|line| {
            let (name, value) = line.split_once('=')?;
            let (name, value) = (name.trim(), value.trim());
            let plain = ['"', '\''].iter().find_map(|&quote| value.strip_prefix(quote)?.strip_suffix(quote));
            name.starts_with("FIELDPROOF_").then(|| (name.to_owned(), plain.unwrap_or(value).to_owned()))
        })
        .collect()
}

/// Becomes this program anew with the service's settings, where there are any; returns where there
/// are none. A program cannot safely change its own environment.
///
/// # Errors
/// See [`of_the_service`].
#[cfg(unix)]
pub fn enter() -> Result<(), String> {
    use std::os::unix::process::CommandExt;
    let args: Vec<String> =
        std::env::args_os().skip(1).map(|arg| arg.to_string_lossy().into_owned()).collect();
    let path = std::env::var_os("FIELDPROOF_SETTINGS").unwrap_or_else(|| FILE.into());
    let set = of_the_service(Path::new(&path), &args, std::env::var_os("FIELDPROOF_DATA").is_some())?;
    let missing: Vec<_> = set.into_iter().filter(|(name, _)| std::env::var_os(name).is_none()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let error = std::process::Command::new(program).args(std::env::args_os().skip(1)).envs(missing).exec();
    Err(format!("the settings could not be taken: {error}"))
}

#[cfg(not(unix))]
pub fn enter() -> Result<(), String> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_as_systemd_reads_it() {
        let text = "# remark\n; remark\n\nFIELDPROOF_DATA=/var/lib/fieldproof\n FIELDPROOF_URL = \"https://a.example\" \n\
                    FIELDPROOF_ORG='Willow Care'\nPATH=/elsewhere\nno line\nFIELDPROOF_APP=a=b\n";
        let read = read(text);
        let pairs: Vec<(&str, &str)> =
            read.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(
            pairs,
            [
                ("FIELDPROOF_DATA", "/var/lib/fieldproof"),
                ("FIELDPROOF_URL", "https://a.example"),
                ("FIELDPROOF_ORG", "Willow Care"),
                ("FIELDPROOF_APP", "a=b"),
            ]
        );
    }

    #[test]
    fn a_directory_that_is_named_is_the_one_that_counts() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("server.env");
        std::fs::write(&file, "FIELDPROOF_DATA=/var/lib/fieldproof\n").unwrap();
        let asked = |args: &[&str], set| {
            let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
            of_the_service(&file, &args, set).unwrap().len()
        };
        assert_eq!(asked(&["pair", "Ada"], false), 1);
        assert_eq!(asked(&["pair", "Ada"], true), 0);
        assert_eq!(asked(&["pair", "Ada", "--data", "x"], false), 0);
        assert_eq!(asked(&["--data=x", "pair", "Ada"], false), 0);
        // Help tells the same everywhere.
        assert_eq!(asked(&["pair", "--help"], false), 0);
        assert_eq!(of_the_service(&dir.path().join("none"), &[], false), Ok(Vec::new()));
        // A folder in its place is one that cannot be read, whoever asks.
        let refused = of_the_service(dir.path(), &[], false).unwrap_err();
        assert!(refused.contains("--data"), "{refused}");
    }
}
