//! The properties of the fuzz targets over a bounded number of changed inputs, the same on every
//! run: what `cargo xtask test` runs of them.
//!
//! `FIELDPROOF_SEEDS` sets how many hundreds; `cargo +nightly fuzz run --fuzz-dir tests/fuzz TARGET` goes
//! on without end, from the corpus that `corpus_for_cargo_fuzz` writes.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test stops at the line that failed"
)]

mod properties;

use std::panic::catch_unwind;
use std::path::Path;

use properties::{header, hostile, line, request, standard};

/// Pieces that mean something to one of the readers.
const WORDS: &[&str] = &[
    "\n",
    "\r",
    "\t",
    " ",
    "\0",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\u0000",
    "\\ud800",
    "null",
    "true",
    "-1",
    "0",
    "1e999",
    "18446744073709551615",
    "9223372036854775808",
    "-0.0",
    "\"v\":2",
    "\"v\":1",
    ",\"body\":{}",
    "\"seq\":0",
    "\"site\":null",
    "\"protocol\":2",
    "\"count\":500",
    "\"pull\":99999",
    "\u{feff}",
    "\u{2028}",
    "\"own\":1",
];

#[derive(Clone, Copy)]
struct Target {
    name: &'static str,
    check: fn(&[u8]),
    seeds: fn() -> Vec<Vec<u8>>,
}

const TARGETS: [Target; 5] = [
    Target { name: "line", check: line::check, seeds: line::seeds },
    Target { name: "header", check: header::check, seeds: header::seeds },
    Target { name: "standard", check: standard::check, seeds: standard::seeds },
    Target { name: "request", check: request::check, seeds: request::seeds },
    Target { name: "hostile", check: hostile::check, seeds: hostile::seeds },
];

fn bounded(target: usize, per_hundred: u64) {
    let Target { name, check, seeds } = TARGETS[target];
    let hundreds: u64 =
        std::env::var("FIELDPROOF_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(6);
    let seeds = seeds();
    for seed in &seeds {
        check(seed);
    }
    for number in 0..hundreds * per_hundred {
        let input = changed(&seeds, &mut fastrand::Rng::with_seed(number));
        if let Err(broken) = catch_unwind(|| check(&input)) {
            let shown: Vec<u8> = input.iter().copied().flat_map(std::ascii::escape_default).collect();
            eprintln!("{name}, input {number}: {}", String::from_utf8(shown).unwrap());
            std::panic::resume_unwind(broken);
        }
    }
}

/// One of the seeds, changed in up to six places.
fn changed(seeds: &[Vec<u8>], random: &mut fastrand::Rng) -> Vec<u8> {
    let mut input = seeds[random.usize(..seeds.len())].clone();
    for _ in 0..random.usize(1..=6) {
        // The ends are where readers go wrong.
        let at = match random.u8(..8) {
            0 => 0,
            1 => input.len(),
            _ => random.usize(..=input.len()),
        };
        let to = (at + random.usize(..40)).min(input.len());
        match random.u8(..7) {
            0 if at < input.len() => input[at] ^= 1 << random.u8(..8),
            1 => drop(input.drain(at..to)),
            2 => {
                let piece = input[at..to].to_vec();
                input.splice(at..at, piece);
            }
            3 => drop(input.splice(at..at, [random.u8(..)])),
            4 => input.truncate(at.max(2)),
            5 => {
                let other = &seeds[random.usize(..seeds.len())];
                let from = random.usize(..=other.len());
                input.splice(at.., other[from..].iter().copied());
            }
            _ => {
                let word = WORDS[random.usize(..WORDS.len())];
                input.splice(at..at, word.bytes());
            }
        }
    }
    input
}

#[test]
fn any_bytes_as_a_line() {
    bounded(0, 1_000);
}

#[test]
fn any_bytes_as_a_sync_request_or_its_answer() {
    bounded(1, 500);
}

#[test]
fn any_bytes_as_a_standard() {
    bounded(2, 100);
}

#[test]
fn any_bytes_at_the_servers_doors() {
    bounded(3, 100);
}

#[test]
fn any_lines_that_were_let_in_and_every_question_after_them() {
    bounded(4, 3);
}

#[test]
#[ignore = "writes the corpus that cargo fuzz begins from: docs/recipes/fuzz.md"]
fn corpus_for_cargo_fuzz() {
    for Target { name, seeds, .. } in TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(name);
        std::fs::create_dir_all(&folder).unwrap();
        for (number, seed) in seeds().iter().enumerate() {
            std::fs::write(folder.join(format!("seed-{number}")), seed).unwrap();
        }
    }
}
