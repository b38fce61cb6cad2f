//! Every check that a change must pass, each with its name and its time, and one line at the end.
//!
//! The native steps share one target folder and one set of features, so that nothing is built
//! twice. Tests of the whole system (`tests/browser`, `tests/desktop`) are `#[ignore]`d, because
//! they need what other steps build; only the steps here run them, with `FIELDPROOF_DIST` (the
//! built app) and `FIELDPROOF_SERVER` (the server's program) in the environment.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use crate::need;
use crate::sh::{self, Done, say};
use crate::{android, app, npm, web};

/// How many checks a step made. A step that is no test counts as one.
#[derive(Clone, Copy, Default)]
struct Count {
    passed: u32,
    failed: u32,
}

enum Outcome {
    Passed(Count),
    Skipped(&'static str),
    Failed(Count, String),
}

type Step = (&'static str, fn() -> Outcome);

const STEPS: &[Step] = &[
    ("format", format),
    ("clippy", clippy),
    ("unit", unit),
    ("doc", doc),
    ("web", || one(web::build(false).map(drop))),
    ("server", || one(app::server().map(drop))),
    ("browser", browser),
    ("desktop", desktop),
    ("android", || one(android::check())),
    ("deny", deny),
];

pub fn run(args: &[String]) -> ExitCode {
    let keep_going = args.iter().any(|arg| arg == "--keep-going");
    let filters: Vec<&String> = args.iter().filter(|arg| !arg.starts_with('-')).collect();
    let mut table = Vec::new();
    let mut total = Count::default();
    for (name, step) in STEPS {
        if !filters.is_empty() && !filters.iter().any(|filter| name.contains(filter.as_str())) {
            continue;
        }
        say(&format!("── {name}"));
        let began = Instant::now();
        let outcome = step();
        let seconds = began.elapsed().as_secs_f64();
        let (count, word, failed) = match &outcome {
            Outcome::Passed(count) => (*count, "passed".to_owned(), false),
            Outcome::Skipped(why) => (Count::default(), format!("skipped: {why}"), false),
            Outcome::Failed(count, why) => (*count, format!("FAILED: {why}"), true),
        };
        say(&format!("── {name}: {word} ({seconds:.1} s)"));
        total.passed += count.passed;
        total.failed += count.failed;
        table.push((*name, count, word, seconds));
        if failed && !keep_going {
            break;
        }
    }
    if table.is_empty() {
        eprintln!("xtask: no step has such a name");
        return ExitCode::FAILURE;
    }
    println!("\n{:10} {:>7} {:>7} {:>9}", "step", "passed", "failed", "seconds");
    for (name, count, word, seconds) in &table {
        println!("{name:10} {:>7} {:>7} {seconds:>9.1}  {word}", count.passed, count.failed);
    }
    println!("\n{} passed, {} failed", total.passed, total.failed);
    if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn one(done: Done) -> Outcome {
    match done {
        Ok(()) => Outcome::Passed(Count { passed: 1, failed: 0 }),
        Err(why) => Outcome::Failed(Count { passed: 0, failed: 1 }, why),
    }
}

/// Whether `tests/NAME.rs` or `tests/NAME/main.rs` is there.
pub fn exists(test: &str) -> bool {
    let tests = sh::root().join("tests");
    tests.join(format!("{test}.rs")).exists() || tests.join(test).join("main.rs").exists()
}

fn format() -> Outcome {
    if sh::ask(sh::cargo().args(["fmt", "--version"])).is_none() {
        return Outcome::Skipped("rustfmt is not installed (rustup component add rustfmt)");
    }
    one(sh::run(sh::cargo().args(["fmt", "--all", "--check"])))
}

fn clippy() -> Outcome {
    if let Err(why) = need::apt(need::WINDOW) {
        return one(Err(why));
    }
    if sh::ask(sh::cargo().args(["clippy", "--version"])).is_none() {
        return Outcome::Skipped("clippy is not installed (rustup component add clippy)");
    }
    one(sh::run(sh::cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])))
}

fn unit() -> Outcome {
    if let Err(why) = need::apt(need::WINDOW) {
        return one(Err(why));
    }
    let mut cargo = sh::cargo();
    if sh::ask(sh::cargo().args(["nextest", "--version"])).is_some() {
        cargo.args(["nextest", "run", "--workspace", "--no-fail-fast", "--no-tests=pass"]);
    } else {
        cargo.args(["test", "--workspace", "--all-targets", "--no-fail-fast"]);
    }
    counted(&mut cargo)
}

fn doc() -> Outcome {
    counted(sh::cargo().args(["test", "--doc", "--workspace", "--no-fail-fast"]))
}

fn browser() -> Outcome {
    if !exists("browser") {
        return Outcome::Skipped("tests/browser is not there yet");
    }
    let ready = need::apt(need::BROWSER).and_then(|()| Ok((web::build(false)?, app::server()?, axe()?)));
    let (dist, server, axe) = match ready {
        Ok(ready) => ready,
        Err(why) => return one(Err(why)),
    };
    counted(
        whole("browser")
            .env("FIELDPROOF_DIST", dist)
            .env("FIELDPROOF_SERVER", server)
            .env("FIELDPROOF_AXE", axe),
    )
}

/// What looks for barriers on every screen.
fn axe() -> Done<std::path::PathBuf> {
    npm::fetch("axe-core", "4.14.1", "axe.min.js")
}

fn desktop() -> Outcome {
    if !exists("desktop") {
        return Outcome::Skipped("tests/desktop is not there yet");
    }
    let ready = need::apt(need::WINDOW).and_then(|()| need::apt(need::DISPLAY)).and_then(|()| app::server());
    let server = match ready {
        Ok(server) => server,
        Err(why) => return one(Err(why)),
    };
    let display = match Display::start() {
        Ok(display) => display,
        Err(why) => return one(Err(why)),
    };
    counted(
        whole("desktop")
            .env("FIELDPROOF_SERVER", server)
            .env("DISPLAY", &display.name)
            .env_remove("WAYLAND_DISPLAY")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1"),
    )
}

/// A whole-system test; one at a time, because each starts servers and browsers of its own.
fn whole(test: &str) -> Command {
    let mut cargo = sh::cargo();
    cargo.args(["test", "-p", "fieldproof", "--test", test, "--no-fail-fast", "--"]);
    cargo.args(["--include-ignored", "--test-threads=1"]);
    cargo
}

fn deny() -> Outcome {
    if sh::ask(sh::cargo().args(["deny", "--version"])).is_none() {
        return Outcome::Skipped("cargo-deny is not installed");
    }
    // Without a network there are no advisories; what may be used, and from where, is in deny.toml.
    one(sh::run(sh::cargo().args(["deny", "--offline", "check", "bans", "licenses", "sources"])))
}

/// Runs tests, shows what they print and adds up what they say.
fn counted(command: &mut Command) -> Outcome {
    let name = sh::shown(command);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(error) => return one(Err(format!("`{name}` could not be started: {error}"))),
    };
    let out = child.stdout.take().map(|from| std::thread::spawn(move || watch(from, std::io::stdout())));
    let err = child.stderr.take().map(|from| std::thread::spawn(move || watch(from, std::io::stderr())));
    let status = child.wait();
    let mut count = Count::default();
    for seen in [out, err].into_iter().flatten().filter_map(|thread| thread.join().ok()) {
        count.passed += seen.passed;
        count.failed += seen.failed;
    }
    match status {
        Ok(status) if status.success() => Outcome::Passed(count),
        Ok(status) => {
            // What does not compile has no failed tests, and is a failure all the same.
            count.failed = count.failed.max(1);
            Outcome::Failed(count, format!("`{name}` ended with {status}"))
        }
        Err(error) => one(Err(format!("`{name}`: {error}"))),
    }
}

fn watch(from: impl Read, mut to: impl Write) -> Count {
    let mut count = Count::default();
    for line in BufReader::new(from).split(b'\n').map_while(Result::ok) {
        // A closed terminal must not stop the tests.
        let _ = to.write_all(&line).and_then(|()| to.write_all(b"\n"));
        let seen = read_count(&String::from_utf8_lossy(&line));
        count.passed += seen.passed;
        count.failed += seen.failed;
    }
    count
}

/// Reads cargo's `test result: ok. 3 passed; 0 failed; …` and nextest's
/// `Summary [ 1.2s] 5 tests run: 4 passed, 1 failed, 0 skipped`.
fn read_count(line: &str) -> Count {
    let Some(at) =
        line.find("test result:").or_else(|| line.find("tests run:").or_else(|| line.find("test run:")))
    else {
        return Count::default();
    };
    let words: Vec<&str> = line
        .get(at..)
        .unwrap_or_default()
        .split([' ', ',', ';', '('])
        .filter(|word| !word.is_empty())
        .collect();
    let before = |name: &str| {
        words.windows(2).find_map(|pair| match pair {
            [number, word] if *word == name => number.parse().ok(),
            _ => None,
        })
    };
    Count { passed: before("passed").unwrap_or(0), failed: before("failed").unwrap_or(0) }
}

/// A screen that nobody sees, for as long as this lives.
struct Display {
    name: String,
    server: Child,
}

impl Display {
    fn start() -> Done<Display> {
        let mut server = sh::command("Xvfb")
            // It chooses a free number and says which.
            .args(["-displayfd", "1", "-screen", "0", "1280x1000x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("Xvfb could not be started: {error}"))?;
        let mut line = String::new();
        if let Some(out) = server.stdout.take() {
            BufReader::new(out).read_line(&mut line).map_err(|error| format!("Xvfb: {error}"))?;
        }
        if line.trim().is_empty() {
            let _ = server.kill();
            return Err("Xvfb did not say which display it is".into());
        }
        web::pause(Duration::from_millis(100));
        Ok(Display { name: format!(":{}", line.trim()), server })
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // Fails only where it has ended already.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::read_count;

    #[test]
    fn both_runners_are_understood() {
        let cargo = read_count("test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured");
        assert_eq!((cargo.passed, cargo.failed), (12, 3));
        let nextest =
            read_count("     Summary [   1.204s] 5 tests run: 4 passed (1 slow), 1 failed, 0 skipped");
        assert_eq!((nextest.passed, nextest.failed), (4, 1));
        let other = read_count("running 3 tests");
        assert_eq!((other.passed, other.failed), (0, 0));
    }
}
