//! Many devices against the real server in one process, driven by a seed: time, network, disk and
//! crashes are simulated; engine, store, sync client, router and storage are the real ones.
//!
//! `cargo xtask sim --seeds 10000` runs many; `--seed S` one, and tells its story.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test stops at the line that failed"
)]

mod again;
mod answers;
mod deeds;
mod dishonest;
mod disk;
mod doors;
mod ending;
mod follow;
mod forge;
mod guarantees;
mod law;
mod lock;
mod machine;
mod net;
mod operator;
mod oracle;
mod pace;
mod raw;
mod reached;
mod reference;
mod runs;
mod sabotage;
mod scenarios;
mod script;
mod server;
mod world;
