//! The first two pages: five parts, each with its figures, what an outsider asks first, and its newest
//! dated lines; and behind them everything else.
//!
//! Invariant: what is cut on the first pages stands whole behind them, and the page says so.

use std::collections::BTreeMap;

use super::figures;
use super::html::{close, leaf, open};
use super::lines::{Line, day, gather, list};
use super::told;
use super::words::Names;
use crate::app::i18n::{t, t_args};
use crate::app::names;
use crate::app::today::join;
use crate::engine::api::{PackView, RecordRow};
use crate::practice::follow::{Mode, Part};
use crate::practice::setting::Setting;

/// So many dated lines of a part stand on the first pages: the newest.
const FIRST: usize = 4;
/// So many restrictions, chains and verdicts.
const TOLD: usize = 4;
/// So many words of coaching.
const SAID: usize = 3;

/// What an outsider asks first: the part it stands in, its heading, how much of it stands on the first
/// pages, and the rows.
type Told = (Part, String, usize, Vec<String>);

pub fn write(out: &mut String, view: &PackView, names: &Names) {
    let parts = gather(view, names);
    let blocks: [Told; 4] = [
        (Part::Action, t("pack-restricted"), TOLD, told::restrictions(view, names)),
        (Part::Action, t("pack-coached"), SAID, told::coached(view, names)),
        (Part::Action, t("chain-title"), TOLD, told::chains(view, names)),
        (Part::Check, t("hold-title"), TOLD, told::holds(view, names)),
    ];
    for part in Part::ALL {
        open(out, "section", part.as_str());
        leaf(out, "h2", "", &heading(part));
        let mut told = match part {
            Part::Weakness => figures::misses(out, view),
            Part::Check => figures::checks(out, view),
            Part::Standard | Part::Action | Part::Governance => false,
        };
        for (_, title, most, rows) in blocks.iter().filter(|(of, ..)| *of == part) {
            told |= told::block(out, title, rows, *most);
        }
        if let Some(lines) = parts.get(&part) {
            newest(out, lines, told);
            told = true;
        }
        if part == Part::Governance && view.elsewhere > 0 {
            leaf(out, "p", "none", &t_args("pack-elsewhere", &[("n", view.elsewhere.into())]));
            told = true;
        }
        if !told {
            leaf(out, "p", "none", &t("pack-nothing"));
        }
        close(out, "section");
    }
    behind(out, view, &blocks, &parts);
}

fn newest(out: &mut String, lines: &[Line], told: bool) {
    let more = lines.len().saturating_sub(FIRST);
    if told {
        leaf(out, "h3", "", &t("pack-newest"));
    }
    list(out, lines.get(more..).unwrap_or_default());
    if more > 0 {
        leaf(out, "p", "none", &t_args("pack-earlier", &[("n", figures::number(more).into())]));
    }
}

/// What is cut above, whole, and the months: on paper it begins on a page of its own.
fn behind(out: &mut String, view: &PackView, blocks: &[Told], parts: &BTreeMap<Part, Vec<Line>>) {
    open(out, "section", "behind");
    leaf(out, "h2", "", &t("pack-behind"));
    for (_, title, _, rows) in blocks.iter().filter(|(_, _, most, rows)| rows.len() > *most) {
        told::block(out, title, rows, usize::MAX);
    }
    figures::table(out, view);
    for (part, lines) in parts.iter().filter(|(_, lines)| lines.len() > FIRST) {
        leaf(out, "h3", "", &heading(*part));
        list(out, lines);
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
