//! The figures that DESIGN sets budgets for, measured on this machine, in one table.
//!
//! `cargo bench -p sync-server --bench figures -- [--json] [--quick]`, or all with `cargo xtask bench`.
//! Invariant: every figure is taken over the real thing (HTTP on loopback, encrypted files on disk,
//! `synchronous=FULL`), and what it is compared with is measured in the same run.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)] // a benchmark stops where it fails, and prints
#![allow(clippy::cast_precision_loss)] // figures, not counts

mod device;
mod ingest;
mod lead;
mod load;
mod raw;
mod save;
mod table;

use self::table::Table;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let has = |name: &str| args.iter().any(|arg| arg == name);
    // A tenth of everything: whether it runs, not how fast.
    let scale = if has("--quick") { 10 } else { 1 };
    let mut table = Table::default();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(ingest::run(scale, &mut table));
    save::run(scale, &mut table);
    device::run(scale, &mut table);
    lead::run(scale, &mut table);
    let text = if has("--json") { table.json() } else { table.text() };
    println!("{text}");
}
