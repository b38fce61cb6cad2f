//! `cargo xtask mutants`: faults put in on purpose, to see whether the simulator notices each.
//!
//! The list is `tests/simulation/mutants.toml`. All of them are built into one copy of the tree, each
//! behind `if` with its name in the environment, so that one build serves the whole list and the product
//! itself carries no switch. Then the simulation runs once for each, until something fails.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};
use std::{fs, io};

use crate::sh::{self, Done, say};

/// A run that takes longer does not end: that is noticed, too.
const LIMIT: Duration = Duration::from_secs(15 * 60);
/// The variable that says which fault is there.
const SWITCH: &str = "FIELDPROOF_MUTANT";
/// Tests of the simulator itself, and one that is another one each time.
const NOT_ASKED: [&str; 3] = ["sabotage::", "guarantees::", "forty_more_seeds"];

/// One fault.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Mutant {
    pub name: String,
    /// From the workspace's root.
    pub file: String,
    /// What does not hold any more.
    pub breaks: String,
    /// The test that notices it soonest; empty where that is not known.
    pub seen_by: String,
    /// Where `find` is looked for, if it stands more than once in the file.
    pub within: String,
    /// An expression, or whole statements.
    pub find: String,
    pub replace: String,
}

/// Reads the list: tables `[[mutant]]` of strings, those of several lines in `'''`.
///
/// # Errors
/// The line that cannot be read.
pub fn read_list(text: &str) -> Done<Vec<Mutant>> {
    let mut all: Vec<Mutant> = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((n, line)) = lines.next() {
        let wrong = |what: &str| format!("mutants.toml, line {}: {what}", n + 1);
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line == "[[mutant]]" {
            all.push(Mutant::default());
            continue;
        }
        let (key, value) = line.split_once(" = ").ok_or_else(|| wrong("no `key = value`"))?;
        let value = if let Some(first) = value.strip_prefix("'''") {
            let mut value = first.to_owned();
            while !value.ends_with("'''") {
                let (_, next) = lines.next().ok_or_else(|| wrong("a text without an end"))?;
                value.push('\n');
                value.push_str(next);
            }
            value.truncate(value.len() - 3);
            value.strip_prefix('\n').map(str::to_owned).unwrap_or(value)
        } else {
            let inner = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
            inner
                .filter(|inner| !inner.contains(['"', '\\']))
                .ok_or_else(|| wrong("no plain text"))?
                .to_owned()
        };
        let mutant = all.last_mut().ok_or_else(|| wrong("stands before the first [[mutant]]"))?;
        let place = match key {
            "name" => &mut mutant.name,
            "file" => &mut mutant.file,
            "breaks" => &mut mutant.breaks,
            "seen_by" => &mut mutant.seen_by,
            "within" => &mut mutant.within,
            "find" => &mut mutant.find,
            "replace" => &mut mutant.replace,
            _ => return Err(wrong("an unknown key")),
        };
        *place = value;
    }
    Ok(all)
}

impl Mutant {
    /// Where its snippet stands in a source.
    ///
    /// # Errors
    /// A sentence, where it is not there exactly once.
    pub fn place(&self, source: &str) -> Done<std::ops::Range<usize>> {
        let once = |text: &str, what: &str| {
            let mut found = text.match_indices(what);
            match (found.next(), found.next()) {
                (Some((at, _)), None) => Ok(at),
                (None, _) => Err(format!("{}: {} has no `{what}`", self.name, self.file)),
                (Some(_), Some(_)) => Err(format!("{}: {} has `{what}` twice", self.name, self.file)),
            }
        };
        let mut at = 0;
        if !self.within.is_empty() {
            at = once(source, &self.within)? + once(&self.within, &self.find)?;
        } else {
            at += once(source, &self.find)?;
        }
        Ok(at..at + self.find.len())
    }

    /// The snippet, with the fault beside it.
    fn both(&self) -> String {
        let asked = format!("std::env::var_os({SWITCH:?}).is_some_and(|it| it == {:?})", self.name);
        let both = format!("if {asked} {{ {} }} else {{ {} }}", self.replace, self.find);
        if self.find.ends_with([';', '}']) { both } else { format!("({both})") }
    }
}

/// Puts all faults of a file into its source.
///
/// # Errors
/// As [`Mutant::place`], and where two overlap.
pub fn put_in(source: &str, mutants: &[&Mutant]) -> Done<String> {
    let mut places = Vec::new();
    for mutant in mutants {
        places.push((mutant.place(source)?, *mutant));
    }
    places.sort_by_key(|(place, _)| place.start);
    let (mut text, mut from) = (String::new(), 0);
    for (place, mutant) in places {
        let before = source.get(from..place.start);
        text.push_str(before.ok_or_else(|| format!("{} overlaps another one", mutant.name))?);
        text.push_str(&mutant.both());
        from = place.end;
    }
    text.push_str(source.get(from..).unwrap_or_default());
    Ok(text)
}

/// The list in the tree.
///
/// # Errors
/// Where it cannot be read.
pub fn list() -> Done<Vec<Mutant>> {
    let path = sh::root().join("tests/simulation/mutants.toml");
    read_list(&fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?)
}

/// `--list` names them; `--only NAME` (as often as wanted) tries those whose names contain it.
///
/// # Errors
/// Where one is not noticed, or nothing could be tried.
pub fn run(args: &[String]) -> Done {
    let all = list()?;
    let mut only = Vec::new();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--list" => {
                all.iter()
                    .for_each(|mutant| println!("{:34} {:44} {}", mutant.name, mutant.file, mutant.breaks));
                return Ok(());
            }
            "--only" => only.push(args.next().ok_or("--only needs a name")?),
            other => return Err(format!("mutants has no “{other}”")),
        }
    }
    let asked: Vec<&Mutant> = all
        .iter()
        .filter(|mutant| only.is_empty() || only.iter().any(|part| mutant.name.contains(part.as_str())))
        .collect();
    if asked.is_empty() {
        return Err("no mutant has such a name".into());
    }
    let tree = sh::target().join("mutants/tree");
    say("Copying the tree, with every fault in it");
    copy(&sh::root(), &tree, Path::new(""), &all)?;
    say("Building the simulation (once for all)");
    let program = build(&tree)?;
    if only.is_empty() {
        say("Without a fault");
        if let Some(why) = notice(&program, "", &[])? {
            return Err(format!("the simulation fails without any fault: {why}"));
        }
    }
    let mut missed = Vec::new();
    for mutant in &asked {
        let began = Instant::now();
        let mut noticed = None;
        if !mutant.seen_by.is_empty() {
            noticed = notice(&program, &mutant.name, &["--exact", mutant.seen_by.as_str()])?;
        }
        if noticed.is_none() {
            noticed = notice(&program, &mutant.name, &[])?;
        }
        let seconds = began.elapsed().as_secs_f64();
        match noticed {
            Some(by) => println!("noticed      {:34} {seconds:6.1} s  {by}", mutant.name),
            None => {
                println!("NOT NOTICED  {:34} {seconds:6.1} s  {}", mutant.name, mutant.breaks);
                missed.push(mutant.name.as_str());
            }
        }
    }
    println!("\n{} of {} noticed", asked.len() - missed.len(), asked.len());
    if missed.is_empty() { Ok(()) } else { Err(format!("not noticed: {}", missed.join(", "))) }
}

/// Copies what differs, so that cargo builds only that again.
fn copy(from: &Path, to: &Path, below: &Path, mutants: &[Mutant]) -> Done {
    let told = |error: io::Error| format!("{}: {error}", to.display());
    fs::create_dir_all(to).map_err(told)?;
    for entry in fs::read_dir(from).map_err(told)? {
        let entry = entry.map_err(told)?;
        let name = entry.file_name();
        let below = below.join(&name);
        if name == "target" || name == ".git" || name == "node_modules" {
            continue;
        }
        let to = to.join(&name);
        if entry.file_type().map_err(told)?.is_dir() {
            copy(&entry.path(), &to, &below, mutants)?;
            continue;
        }
        let mut bytes = fs::read(entry.path()).map_err(told)?;
        let here: Vec<&Mutant> = mutants.iter().filter(|mutant| Path::new(&mutant.file) == below).collect();
        if !here.is_empty() {
            bytes = put_in(&String::from_utf8_lossy(&bytes), &here)?.into_bytes();
        }
        if fs::read(&to).ok().as_ref() != Some(&bytes) {
            fs::write(&to, bytes).map_err(told)?;
        }
    }
    Ok(())
}

fn build(tree: &Path) -> Done<PathBuf> {
    let mut cargo = sh::cargo();
    cargo.current_dir(tree).env("CARGO_TARGET_DIR", sh::target().join("mutants/target"));
    cargo.args(["test", "--profile", "mutants", "-p", "fieldproof", "--no-default-features"]);
    cargo.args(["--features", "client", "--test", "simulation", "--no-run", "--message-format", "json"]);
    let built = cargo.stderr(Stdio::inherit()).output().map_err(|error| format!("cargo: {error}"))?;
    let text = String::from_utf8_lossy(&built.stdout);
    if !built.status.success() {
        let errors = text.lines().filter_map(|line| line.split_once("\"rendered\":\"")).map(|(_, text)| text);
        let errors: Vec<&str> = errors.filter(|text| text.starts_with("error")).take(10).collect();
        return Err(format!("a fault does not compile:\n{}", errors.join("\n").replace("\\n", "\n")));
    }
    let program = text.lines().filter_map(|line| line.split_once("\"executable\":\""));
    let program =
        program.filter_map(|(_, rest)| rest.split('"').next()).find(|path| path.contains("simulation-"));
    program.map(PathBuf::from).ok_or_else(|| "cargo did not say where the simulation is".into())
}

/// Runs the simulation with a fault and says what noticed it; `None` where all passes.
fn notice(program: &Path, mutant: &str, which: &[&str]) -> Done<Option<String>> {
    let mut command = Command::new(program);
    command.current_dir(sh::root()).env(SWITCH, mutant).env("RUST_BACKTRACE", "0").args(which);
    for name in NOT_ASKED {
        command.args(["--skip", name]);
    }
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| format!("{}: {error}", program.display()))?;
    let noticed = watch(&mut child, !which.is_empty());
    // Fails only where it has ended already.
    let _ = child.kill();
    let ended = child.wait().map_err(|error| error.to_string())?;
    Ok(match noticed {
        Watched::Failed(what) => Some(what),
        Watched::Ended if ended.success() => None,
        Watched::Ended => Some(format!("it ended with {ended}")),
        Watched::Endless => Some(format!("it did not end within {} s", LIMIT.as_secs())),
    })
}

enum Watched {
    Failed(String),
    Ended,
    Endless,
}

/// Reads until something fails. Where one test `alone` was asked for, what it says follows its name.
fn watch(child: &mut Child, alone: bool) -> Watched {
    let Some(out) = child.stdout.take() else { return Watched::Ended };
    let (tell, told) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            if tell.send(line).is_err() {
                return;
            }
        }
    });
    let until = Instant::now() + LIMIT;
    let mut failed: Option<String> = None;
    let mut is_why = false;
    loop {
        match told.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Err(RecvTimeoutError::Timeout) => return Watched::Endless,
            Err(RecvTimeoutError::Disconnected) => return failed.map_or(Watched::Ended, Watched::Failed),
            Ok(line) if is_why => {
                let why: String = line.chars().take(150).collect();
                return Watched::Failed(format!("{}: {why}", failed.unwrap_or_default()));
            }
            Ok(line) if failed.is_some() => is_why = line.contains("panicked at"),
            Ok(line) => {
                if let Some(name) = line.strip_suffix(" ... FAILED") {
                    let name = name.strip_prefix("test ").unwrap_or(name).to_owned();
                    if !alone {
                        return Watched::Failed(name);
                    }
                    failed = Some(name);
                }
            }
        }
    }
}

#[cfg(test)]
#[path = "mutants_tests.rs"]
mod tests;
