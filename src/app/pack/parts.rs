//! The first two pages: five parts, each with its figures, what an outsider asks first, and its newest
//! dated lines; and behind them everything else.
//!
//! Invariant: what is cut on the first pages stands whole behind them, and the page says so.

use std::collections::BTreeMap;

use super::cut::{Cut, Rows, fitted, shortened};
use super::figures;
use super::html::{close, leaf, open};
use super::lines::{Line, are_whole, day, gather, list};
use super::told::{self, Block};
use super::words::Names;
use crate::app::i18n::{t, t_args};
use crate::app::names;
use crate::app::today::join;
use crate::engine::api::{PackView, RecordRow};
use crate::practice::follow::{Mode, Part};
use crate::practice::setting::Setting;

/// So many letters of a title stand on the first page.
const HEAD: usize = 120;

/// The first pages and what stands behind them, after `out`, which is on the first of them already.
pub fn write(out: &mut String, view: &PackView, names: &Names, title: &str) {
    let parts = gather(view, names);
    let mut blocks = Vec::from(figures::misses(view));
    for (part, title, kind, rows) in [
        (Part::Action, t("pack-restricted"), Rows::Told, told::restrictions(view, names)),
        (Part::Action, t("pack-coached"), Rows::Said, told::coached(view, names)),
        (Part::Action, t("chain-title"), Rows::Told, told::chains(view, names)),
        (Part::Check, t("hold-title"), Rows::Told, told::holds(view, names)),
    ] {
        blocks.push(Block::new(part, title, kind, rows));
    }
    let (page, cut) = fitted(out, |cut| first_pages(view, &blocks, &parts, title, cut));
    out.push_str(&page);
    behind(out, view, &blocks, &parts, title, &cut);
}

fn first_pages(
    view: &PackView,
    blocks: &[Block],
    parts: &BTreeMap<Part, Vec<Line>>,
    title: &str,
    cut: &Cut,
) -> String {
    let mut out = String::new();
    for part in Part::ALL {
        open(&mut out, "section", part.as_str());
        leaf(&mut out, "h2", "", &heading(part));
        let mut told = part == Part::Check;
        if told {
            figures::checks(&mut out, view, cut);
        }
        for block in blocks.iter().filter(|block| block.part == part) {
            told |= block.write(&mut out, cut);
        }
        if let Some(lines) = parts.get(&part) {
            newest(&mut out, lines, told, cut);
            told = true;
        }
        if part == Part::Governance && view.elsewhere > 0 {
            leaf(&mut out, "p", "none", &t_args("pack-elsewhere", &[("n", view.elsewhere.into())]));
            told = true;
        }
        if !told {
            leaf(&mut out, "p", "none", &t("pack-nothing"));
        }
        close(&mut out, "section");
    }
    if cut.has_shortened() || head(title).is_some() {
        leaf(&mut out, "p", "none", &t("pack-shortened-here"));
    }
    out
}

/// A title that is longer than the head of a page, as it stands there.
pub fn head(title: &str) -> Option<String> {
    shortened(title, HEAD)
}

fn newest(out: &mut String, lines: &[Line], told: bool, cut: &Cut) {
    let more = lines.len().saturating_sub(cut.most(Rows::Newest));
    let shown = lines.get(more..).unwrap_or_default();
    if !shown.is_empty() {
        if told {
            leaf(out, "h3", "", &t("pack-newest"));
        }
        list(out, shown, cut);
    }
    if more > 0 {
        leaf(out, "p", "none", &t_args("pack-earlier", &[("n", figures::number(more).into())]));
    }
}

/// What is cut above, whole, and the months: on paper it begins on a page of its own.
fn behind(
    out: &mut String,
    view: &PackView,
    blocks: &[Block],
    parts: &BTreeMap<Part, Vec<Line>>,
    title: &str,
    cut: &Cut,
) {
    let whole = Cut::none();
    open(out, "section", "behind");
    leaf(out, "h2", "", &t("pack-behind"));
    if head(title).is_some() {
        leaf(out, "p", "", title);
    }
    for block in blocks.iter().filter(|block| !block.is_whole(cut)) {
        block.write(out, &whole);
    }
    let (says, each) = figures::needed(view);
    if !each.is_empty() && !cut.is_whole(&format!("{says} {}", each.join("; "))) {
        let block = Block::new(Part::Check, t("pack-needed"), Rows::Told, each);
        Block { says, ..block }.write(out, &whole);
    }
    if !cut.is_drawn() {
        figures::draw(out, view);
    }
    figures::table(out, view);
    for (part, lines) in parts.iter().filter(|(_, lines)| !are_whole(lines, cut)) {
        leaf(out, "h3", "", &heading(*part));
        list(out, lines, &whole);
    }
    close(out, "section");
}

fn heading(part: Part) -> String {
    match part {
        Part::Weakness => t("pack-weakness"),
        Part::Standard => t("pack-standard"),
        Part::Action => t("pack-action"),
        Part::Check => t("pack-check"),
        Part::Governance => t("pack-governance"),
    }
}

pub fn mode(mode: Option<Mode>) -> String {
    match mode {
        Some(Mode::Simulated) => t("pack-simulated"),
        Some(Mode::Live) => t("pack-live"),
        Some(Mode::Note) => t("pack-note"),
        Some(Mode::Unknown) | None => String::new(),
    }
}

/// Where it was observed, where that was not real practice.
fn setting(row: &RecordRow) -> String {
    match row.verdict.setting {
        Some(Setting::Live) | None => String::new(),
        Some(Setting::Desk) => t("pack-on-paper"),
        Some(_) => t("pack-simulated"),
    }
}

/// Every observation in a row of its own, with what was missed under it.
pub fn records(out: &mut String, view: &PackView, names: &Names) {
    open(out, "section", "records");
    leaf(out, "h2", "", &t("pack-records"));
    if view.records.is_empty() {
        leaf(out, "p", "none", &t("pack-nothing"));
    } else {
        open(out, "table", "rows");
        open(out, "thead", "");
        open(out, "tr", "");
        for head in [t("pack-when"), t("pack-what"), t("pack-about"), t("pack-by"), t("pack-result")] {
            leaf(out, "th", "", &head);
        }
        close(out, "tr");
        close(out, "thead");
        open(out, "tbody", "");
        for row in &view.records {
            open(out, "tr", "");
            let about = row.subject.map_or_else(|| row.site_name.clone(), |person| names.of(person));
            leaf(out, "td", "", &day(row.happened_at));
            open(out, "td", "");
            leaf(
                out,
                "span",
                "title",
                &join([names::class(row.class), names::text(&row.title), setting(row)]),
            );
            let items = |ids: &[String]| {
                ids.iter().map(|id| told::item(view, row, id)).collect::<Vec<_>>().join("; ")
            };
            let (missed, unknown) = (&row.verdict.missed, &row.verdict.unknown);
            if !missed.is_empty() {
                leaf(out, "span", "words", &t_args("pack-row-missed", &[("what", items(missed).into())]));
            }
            if !unknown.is_empty() {
                leaf(out, "span", "words", &t_args("pack-row-unknown", &[("what", items(unknown).into())]));
            }
            if let Some(review) = view.reviewed.get(&row.id) {
                let by = t_args(
                    "pack-row-reviewed",
                    &[("name", names.of(review.by).into()), ("day", day(review.at).into())],
                );
                leaf(out, "span", "words", &by);
            }
            close(out, "td");
            for cell in [about, names.of(row.author), told::result(view, row)] {
                leaf(out, "td", "", &cell);
            }
            close(out, "tr");
        }
        close(out, "tbody");
        close(out, "table");
    }
    close(out, "section");
}
