//! The product as a person meets it: real browsers of two sizes, the real server process, and
//! everything tapped where a thumb would tap it.
//!
//! `cargo xtask test browser` builds what is needed and runs all; a word after `--` chooses by name.
//! Each test keeps its pictures as `target/browser/TEST/NNN-name.png` and fails on anything in the
//! browser's console that it did not expect. `--bench` measures instead of testing.
//!
//! Invariant: nothing waits for a time to pass; everything waits for what a person would wait for.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test that fails should stop at the line that failed"
)]

mod attacked;
mod axe;
mod bench;
mod capture;
mod cast;
mod cdp;
mod conflict;
mod cycle;
mod dashboards;
mod device;
mod figures;
mod fill;
#[path = "../../src/app/form/list.rs"]
#[allow(dead_code, reason = "shared with the unit test that holds it against the source")]
mod form_list;
mod forms;
mod hands;
mod hostile;
mod insight;
mod installed;
mod lock;
mod long;
mod look;
mod pack;
mod paired;
mod pairing;
mod pattern;
mod pictures;
mod programme;
#[path = "../../sync-server/tests/common/mod.rs"]
mod protocol;
mod repeats;
mod rest;
mod runner;
mod screens;
mod screens_loop;
mod server;
mod standards;
mod story;
mod whole;
mod wire;
#[path = "../sync/world.rs"]
#[allow(dead_code, reason = "shared with the stories without screens, which use all of it")]
mod world;

use runner::{Test, test};

fn main() -> std::process::ExitCode {
    let tests: Vec<Test> = vec![
        test("pairing", || Box::pin(pairing::by_link_and_by_hand())),
        test("paired", || Box::pin(paired::who_pairs_as_me_is_told_to_me())),
        test("story", || Box::pin(story::without_signal_and_back())),
        test("cycle", || Box::pin(cycle::from_a_miss_to_closed_with_a_live_check())),
        test("pack", || Box::pin(pack::made_saved_and_checked_by_its_reader())),
        test("insight", || Box::pin(insight::a_figure_opens_its_records_and_the_month_is_reviewed())),
        test("attacked", || Box::pin(attacked::the_check_stays_not_met_and_the_report_keeps_its_words())),
        test("conflict", || Box::pin(conflict::settled_on_the_phone_and_told_on_the_tablet())),
        test("standards", || Box::pin(standards::written_tried_out_published_and_read())),
        test(
            "forms",
            || Box::pin(forms::whatever_was_typed_into_any_form_is_there_after_a_lock_and_a_kill()),
        ),
        test("pattern", || Box::pin(pattern::from_three_near_misses_to_recurrence())),
        test("hostile", || Box::pin(hostile::no_line_ends_an_app_and_none_is_read_in_two_ways())),
        test("programme", || Box::pin(programme::an_improvement_is_opened_staged_and_asks_the_supervisor())),
        test("capture", || Box::pin(capture::three_drafts_and_a_correction())),
        test("iphone", || Box::pin(capture::on_an_iphone_the_home_screen_comes_first())),
        test("long", || Box::pin(long::lists_grow_where_the_reader_is())),
        test("whole", || Box::pin(whole::a_visit_at_risk_stands_first_and_numbers_are_whole())),
        test("wire", || Box::pin(wire::anyone_can_check_it())),
        test("rest", || Box::pin(rest::nothing_is_readable_at_rest())),
        test("lock", || Box::pin(lock::by_itself_and_the_draft_stays())),
        test("tablet", || Box::pin(lock::a_shared_tablet_loses_one_person_and_then_its_key())),
        test("installed", || Box::pin(installed::as_an_app())),
        test("one_file_fails", || Box::pin(installed::one_file_fails_at_first())),
        test("second_tab", || Box::pin(installed::a_second_tab_is_told())),
        test("screens_en", || Box::pin(screens::every_screen("en"))),
        test("screens_es", || Box::pin(screens::every_screen("es"))),
        test("loop_en", || Box::pin(screens_loop::every_screen("en"))),
        test("loop_es", || Box::pin(screens_loop::every_screen("es"))),
    ];
    runner::run(tests, || Box::pin(bench::measure()))
}
