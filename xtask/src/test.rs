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
use crate::version::Version;
use crate::{android, app, deny, npm, toolchain, web};

/// How many checks a step made. A step that is no test counts as one.
#[derive(Clone, Copy, Default)]
struct Count {
    passed: u32,
    failed: u32,
    /// Steps, not tests: a test that is left out says so by itself.
    skipped: u32,
}

enum Outcome {
    Passed(Count),
    Failed(Count, String),
}

/// Why a step cannot run on this machine: what it needs is not there and could not be had.
struct Cannot(String);

impl From<String> for Cannot {
    fn from(why: String) -> Cannot {
        Cannot(why)
    }
}

type Stepped = Result<Outcome, Cannot>;
type Step = (&'static str, fn() -> Stepped);

const STEPS: &[Step] = &[
    ("format", format),
    ("clippy", clippy),
    ("unit", unit),
    ("doc", doc),
    ("web", web),
    ("server", server),
    ("browser", browser),
    ("desktop", desktop),
    ("android", || Ok(one(android::check(&android::ready()?)))),
    ("deny", || Ok(one(deny::check(&deny::ready()?)))),
];

/// What was asked for.
struct Asked {
    keep_going: bool,
    /// Steps that fail where they cannot run.
    required: Vec<String>,
    filters: Vec<String>,
}

impl Asked {
    fn read(args: &[String]) -> Done<Asked> {
        let mut asked = Asked { keep_going: false, required: Vec::new(), filters: Vec::new() };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--keep-going" => asked.keep_going = true,
                "--require" => {
                    let names = args.next().ok_or("--require wants steps: --require web,browser")?;
                    asked.required.extend(names.split(',').map(str::to_owned));
                }
                option if option.starts_with('-') => return Err(format!("test has no “{option}”")),
                filter => asked.filters.push(filter.to_owned()),
            }
        }
        let known = |name: &String| STEPS.iter().any(|(step, _)| step == name);
        match asked.required.iter().find(|name| !known(name)) {
            Some(name) => Err(format!("there is no step “{name}”")),
            None => Ok(asked),
        }
    }

    fn selects(&self, step: &str) -> bool {
        self.filters.is_empty() || self.filters.iter().any(|filter| step.contains(filter.as_str()))
    }
}

/// One line of the table at the end.
struct Row {
    name: &'static str,
    count: Count,
    word: String,
    seconds: f64,
}

impl Row {
    fn new(name: &'static str, stepped: Stepped, required: bool, seconds: f64) -> Row {
        let (count, word) = match stepped {
            Ok(Outcome::Passed(count)) => (count, "passed".to_owned()),
            Ok(Outcome::Failed(count, why)) => (count, format!("FAILED: {why}")),
            Err(Cannot(why)) if required => {
                (Count { failed: 1, ..Count::default() }, format!("FAILED: it must run, and cannot: {why}"))
            }
            Err(Cannot(why)) => (Count { skipped: 1, ..Count::default() }, format!("skipped: {why}")),
        };
        Row { name, count, word, seconds }
    }
}

pub fn run(args: &[String]) -> ExitCode {
    let asked = match Asked::read(args) {
        Ok(asked) => asked,
        Err(why) => {
            eprintln!("xtask: {why}");
            return ExitCode::FAILURE;
        }
    };
    let mut table: Vec<Row> = Vec::new();
    for (name, step) in STEPS.iter().filter(|(name, _)| asked.selects(name)) {
        say(&format!("── {name}"));
        let began = Instant::now();
        let stepped = step();
        let required = asked.required.iter().any(|required| required == name);
        let row = Row::new(name, stepped, required, began.elapsed().as_secs_f64());
        say(&format!("── {name}: {} ({:.1} s)", row.word, row.seconds));
        let failed = row.count.failed > 0;
        table.push(row);
        if failed && !asked.keep_going {
            break;
        }
    }
    if table.is_empty() {
        eprintln!("xtask: no step has such a name");
        return ExitCode::FAILURE;
    }
    println!("\n{:10} {:>7} {:>7} {:>9}", "step", "passed", "failed", "seconds");
    for Row { name, count, word, seconds } in &table {
        println!("{name:10} {:>7} {:>7} {seconds:>9.1}  {word}", count.passed, count.failed);
    }
    let total = total(&table);
    println!("\n{} passed, {} failed, {} skipped", total.passed, total.failed, total.skipped);
    if good(total) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn total(table: &[Row]) -> Count {
    let mut total = Count::default();
    for Row { count, .. } in table {
        total.passed += count.passed;
        total.failed += count.failed;
        total.skipped += count.skipped;
    }
    total
}

/// Where every step was skipped, nothing was shown.
fn good(total: Count) -> bool {
    total.failed == 0 && total.passed > 0
}

fn one(done: Done) -> Outcome {
    match done {
        Ok(()) => Outcome::Passed(Count { passed: 1, ..Count::default() }),
        Err(why) => Outcome::Failed(Count { failed: 1, ..Count::default() }, why),
    }
}

/// Cargo's own tools are components of rustup's.
fn component(name: &str, component: &str) -> Result<(), Cannot> {
    let there = || sh::ask(sh::cargo().args([name, "--version"])).is_some();
    if there() {
        return Ok(());
    }
    // A minimal toolchain lacks it; where rustup cannot fetch it, the step is skipped.
    let _ = sh::run(sh::command("rustup").args(["component", "add", component]));
    if there() {
        return Ok(());
    }
    Err(Cannot(format!("{component} is not installed (rustup component add {component})")))
}

/// Whether `tests/NAME.rs` or `tests/NAME/main.rs` is there.
pub fn exists(test: &str) -> bool {
    let tests = sh::root().join("tests");
    tests.join(format!("{test}.rs")).exists() || tests.join(test).join("main.rs").exists()
}

fn format() -> Stepped {
    component("fmt", "rustfmt")?;
    Ok(one(sh::run(sh::cargo().args(["fmt", "--all", "--check"]))))
}

fn clippy() -> Stepped {
    need::apt(need::WINDOW)?;
    component("clippy", "clippy")?;
    let mut cargo = sh::cargo();
    cargo.args(["clippy", "--workspace", "--all-targets"]);
    if fails_on_warnings(sh::ask(sh::cargo().arg("--version")).as_deref(), toolchain::oldest()?) {
        cargo.args(["--", "-D", "warnings"]);
    }
    Ok(one(sh::run(&mut cargo)))
}

/// Each compiler brings lints of its own. The one that the workspace names is the one that it is written by;
/// what a newer one warns of besides is shown, and fails nothing on a machine that has it.
fn fails_on_warnings(cargo: Option<&str>, oldest: Version) -> bool {
    cargo.and_then(Version::read).is_none_or(|here| here <= oldest)
}

/// With nextest where it is there: it keeps tests apart and is quicker. Benchmarks are no tests: cargo
/// would run them to their end.
fn unit() -> Stepped {
    need::apt(need::WINDOW)?;
    let mut cargo = sh::cargo();
    if sh::ask(sh::cargo().args(["nextest", "--version"])).is_some() {
        cargo.args(["nextest", "run", "--workspace", "--no-fail-fast", "--no-tests=pass"]);
    } else {
        cargo.args(["test", "--workspace", "--lib", "--bins", "--tests", "--no-fail-fast"]);
    }
    Ok(counted(&mut cargo))
}

fn doc() -> Stepped {
    need::apt(need::WINDOW)?;
    Ok(counted(sh::cargo().args(["test", "--doc", "--workspace", "--no-fail-fast"])))
}

fn web() -> Stepped {
    web::ready()?;
    Ok(one(web::build(false).map(drop)))
}

fn server() -> Stepped {
    need::apt(need::SERVER)?;
    Ok(one(app::server().map(drop)))
}

fn browser() -> Stepped {
    need::apt(need::BROWSER)?;
    web::ready()?;
    let axe = axe()?;
    let (dist, server) = match web::build(false).and_then(|dist| Ok((dist, app::server()?))) {
        Ok(built) => built,
        Err(why) => return Ok(one(Err(why))),
    };
    Ok(counted(
        whole("browser")
            .env("FIELDPROOF_DIST", dist)
            .env("FIELDPROOF_SERVER", server)
            .env("FIELDPROOF_AXE", axe),
    ))
}

/// What looks for barriers on every screen.
fn axe() -> Done<std::path::PathBuf> {
    npm::fetch("axe-core", "4.14.1", "axe.min.js")
}

fn desktop() -> Stepped {
    need::apt(need::WINDOW)?;
    need::apt(need::DISPLAY)?;
    let display = Display::start()?;
    let server = match app::server() {
        Ok(server) => server,
        Err(why) => return Ok(one(Err(why))),
    };
    Ok(counted(
        whole("desktop")
            .env("FIELDPROOF_SERVER", server)
            .env("DISPLAY", &display.name)
            .env_remove("WAYLAND_DISPLAY")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1"),
    ))
}

/// A whole-system test; one at a time, because each starts servers and browsers of its own.
fn whole(test: &str) -> Command {
    let mut cargo = sh::cargo();
    cargo.args(["test", "-p", "fieldproof", "--test", test, "--no-fail-fast", "--"]);
    cargo.args(["--include-ignored", "--test-threads=1"]);
    cargo
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
    Count { passed: before("passed").unwrap_or(0), failed: before("failed").unwrap_or(0), skipped: 0 }
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
#[path = "test_tests.rs"]
mod tests;
