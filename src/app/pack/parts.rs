//! The one page: five parts as dated lines, and the observations in numbers.
//!
//! Invariant: every step of what is followed up stands in exactly one part, and every figure says
//! of how many.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use uuid::Uuid;

use super::html::{close, leaf, open};
use super::plot;
use super::words::Names;
use crate::app::follow::{step_words, what};
use crate::app::i18n::{t, t_args};
use crate::app::names;
use crate::app::today::join;
use crate::engine::api::{PackView, RecordRow};
use crate::insight::interval::clopper_pearson;
use crate::practice::follow::{Mode, Part};
use crate::practice::setting::Setting;

/// So many dated lines stand in a part; the rest are among the records below.
const MOST: usize = 60;
/// So many items are named, those missed most often; the rest are counted.
const MISSES: usize = 8;
/// Fewer than this are too few for a share to mean much.
const SMALL: usize = 10;

struct Line {
    at: DateTime<FixedOffset>,
    title: String,
    words: String,
    who: String,
}

/// The day and the time of the place where it happened.
pub fn day(at: DateTime<FixedOffset>) -> String {
    at.format("%Y-%m-%d %H:%M").to_string()
}

pub fn write(out: &mut String, view: &PackView, names: &Names) {
    let mut parts: BTreeMap<Part, Vec<Line>> = BTreeMap::new();
    for follow in &view.follow_ups {
        for entry in &follow.history {
            let (step, note) = step_words(&entry.step);
            let mut title = join([what(follow), step]);
            let mut words = if note.is_empty() { follow.title().to_owned() } else { note };
            if let Some(row) =
                entry.step.points_to().and_then(|id| view.records.iter().find(|row| row.id == id))
            {
                let counts =
                    entry.step.mode().zip(row.verdict.setting).map(|(label, at)| at.counts_as(label));
                title = join([title, mode(counts.or(entry.step.mode())), result(row)]);
                words = join([names::text(&row.title), day(row.happened_at)]);
            }
            let about = follow.subject.map(|person| names.of(person)).unwrap_or_default();
            parts.entry(entry.step.part()).or_default().push(Line {
                at: entry.at,
                title,
                words: join([about, names.text(&words)]),
                who: names.of(entry.author),
            });
        }
    }
    for one in &view.standards {
        parts.entry(Part::Standard).or_default().push(Line {
            at: one.published,
            title: names::text(&one.standard.title),
            words: join([
                t_args("pack-version", &[("n", one.standard.version.into())]),
                t_args("pack-items", &[("n", u64::try_from(one.standard.items.len()).unwrap_or(0).into())]),
                names.text(&names::text(&one.standard.purpose)),
            ]),
            who: names.of(one.author),
        });
    }
    for part in Part::ALL {
        open(out, "section", part.as_str());
        leaf(out, "h2", "", &heading(part));
        let counted = match part {
            Part::Weakness => misses(out, view),
            Part::Check => checks(out, view),
            _ => false,
        };
        let dated = parts.remove(&part).unwrap_or_default();
        if dated.is_empty() && !counted {
            leaf(out, "p", "none", &t("pack-nothing"));
        } else if !dated.is_empty() {
            lines(out, dated);
        }
        close(out, "section");
    }
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

fn mode(mode: Option<Mode>) -> String {
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

/// "Met", "Not met", or where it stands.
pub fn result(row: &RecordRow) -> String {
    match row.met() {
        Some(true) => t("mark-met"),
        Some(false) => t("mark-not-met"),
        None => names::state(row.state).0,
    }
}

fn lines(out: &mut String, mut lines: Vec<Line>) {
    lines.sort_by_key(|line| line.at);
    let more = lines.len().saturating_sub(MOST);
    open(out, "ol", "lines");
    for line in lines.iter().skip(more) {
        open(out, "li", "");
        leaf(out, "b", "", &day(line.at));
        leaf(out, "span", "title", &line.title);
        leaf(out, "span", "words", &line.words);
        leaf(out, "span", "who", &line.who);
        close(out, "li");
    }
    close(out, "ol");
    if more > 0 {
        leaf(out, "p", "none", &t_args("pack-earlier", &[("n", u64::try_from(more).unwrap_or(0).into())]));
    }
}

/// Which items were missed how often: the weakness in the standard's own words. Whether any was.
fn misses(out: &mut String, view: &PackView) -> bool {
    let mut missed: BTreeMap<(Uuid, String), usize> = BTreeMap::new();
    for row in &view.records {
        for item in &row.verdict.missed {
            *missed.entry((row.standard.standard, item.clone())).or_default() += 1;
        }
    }
    let mut missed: Vec<_> = missed.into_iter().collect();
    missed.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    if missed.is_empty() {
        return false;
    }
    let more = missed.len().saturating_sub(MISSES);
    open(out, "ul", "misses");
    for ((standard, item), n) in missed.into_iter().take(MISSES) {
        let seen = view.records.iter().filter(|row| row.standard.standard == standard && row.met().is_some());
        let text = view
            .standards
            .iter()
            .filter(|one| one.standard.standard == standard)
            .find_map(|one| one.standard.item(&item))
            .map_or(item.clone(), |item| names::text(&item.text));
        let words = t_args(
            "pack-missed",
            &[
                ("item", text.into()),
                ("n", u64::try_from(n).unwrap_or(0).into()),
                ("of", u64::try_from(seen.count().max(n)).unwrap_or(0).into()),
            ],
        );
        leaf(out, "li", "", &words);
    }
    close(out, "ul");
    if more > 0 {
        leaf(
            out,
            "p",
            "none",
            &t_args("pack-more-missed", &[("n", u64::try_from(more).unwrap_or(0).into())]),
        );
    }
    true
}

/// How many observations in real practice were met, month by month; what was simulated or done on
/// paper is named apart and never added. Whether there were any.
fn checks(out: &mut String, view: &PackView) -> bool {
    let mut any = months(out, view);
    let simulated = [Some(Setting::Simulated), Some(Setting::Either), Some(Setting::Unknown)];
    any |= apart(out, view, &simulated, |n, of| {
        t_args("pack-simulated-of", &[("n", n.into()), ("of", of.into())])
    });
    any |= apart(out, view, &[Some(Setting::Desk)], |n, of| {
        t_args("pack-desk-of", &[("n", n.into()), ("of", of.into())])
    });
    any |= apart(out, view, &[None], |n, of| t_args("pack-unread-of", &[("n", n.into()), ("of", of.into())]));
    any
}

/// Names those of other settings apart; whether there were any.
fn apart(
    out: &mut String,
    view: &PackView,
    settings: &[Option<Setting>],
    words: impl Fn(u64, u64) -> String,
) -> bool {
    let (met, of) = met_of(view.records.iter().filter(|row| settings.contains(&row.verdict.setting)));
    if of > 0 {
        leaf(out, "p", "none apart", &words(number(met), number(of)));
    }
    of > 0
}

/// How many were met, and of how many that count.
fn met_of<'a>(rows: impl Iterator<Item = &'a RecordRow>) -> (usize, usize) {
    rows.filter_map(RecordRow::met).fold((0, 0), |(met, of), one| (met + usize::from(one), of + 1))
}

fn number(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

fn months(out: &mut String, view: &PackView) -> bool {
    let mut months: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for row in view.records.iter().filter(|row| row.verdict.setting == Some(Setting::Live)) {
        if let Some(met) = row.met() {
            let month = months.entry(row.happened_at.format("%Y-%m").to_string()).or_default();
            month.0 += usize::from(met);
            month.1 += 1;
        }
    }
    let (met, of) = months.values().fold((0, 0), |sum, month| (sum.0 + month.0, sum.1 + month.1));
    if of == 0 {
        leaf(out, "p", "none", &t("pack-no-live"));
        return false;
    }
    leaf(out, "p", "sum", &t_args("pack-met-of", &[("n", number(met).into()), ("of", number(of).into())]));
    if let Some(interval) = clopper_pearson(number(met), number(of)) {
        let (low, high) = (plot::percent(interval.low), plot::percent(interval.high));
        leaf(out, "p", "none", &t_args("pack-interval", &[("low", low.into()), ("high", high.into())]));
    }
    if of < SMALL {
        leaf(out, "p", "none", &t("pack-small"));
    }
    let periods: Vec<_> = months.iter().map(|(month, (met, of))| (month.clone(), *met, *of)).collect();
    plot::shares(out, &periods);
    open(out, "table", "months");
    open(out, "thead", "");
    open(out, "tr", "");
    for head in [t("pack-month"), t("mark-met"), t("pack-of")] {
        leaf(out, "th", "", &head);
    }
    close(out, "tr");
    close(out, "thead");
    open(out, "tbody", "");
    for (month, (met, of)) in months {
        open(out, "tr", "");
        for cell in [month, met.to_string(), of.to_string()] {
            leaf(out, "td", "", &cell);
        }
        close(out, "tr");
    }
    close(out, "tbody");
    close(out, "table");
    true
}

/// Every observation in a row of its own.
pub fn records(out: &mut String, view: &PackView, names: &Names) {
    open(out, "section", "records");
    leaf(out, "h2", "", &t("pack-records"));
    if view.records.is_empty() {
        leaf(out, "p", "none", &t("pack-nothing"));
    } else {
        open(out, "table", "");
        open(out, "thead", "");
        open(out, "tr", "");
        for head in [
            t("pack-when"),
            t("pack-what"),
            t("pack-about"),
            t("pack-by"),
            t("pack-result"),
            t("pack-misses"),
        ] {
            leaf(out, "th", "", &head);
        }
        close(out, "tr");
        close(out, "thead");
        open(out, "tbody", "");
        for row in &view.records {
            open(out, "tr", "");
            let about = row.subject.map_or_else(|| row.site_name.clone(), |person| names.of(person));
            let missed: Vec<String> = row
                .verdict
                .missed
                .iter()
                .map(|id| {
                    let standard = view.standards.iter().find(|one| one.standard.reference() == row.standard);
                    let item = standard.and_then(|one| one.standard.item(id));
                    item.map_or_else(|| id.clone(), |item| names::text(&item.text))
                })
                .collect();
            for cell in [
                day(row.happened_at),
                join([names::class(row.class), names::text(&row.title), setting(row)]),
                about,
                names.of(row.author),
                result(row),
                missed.join("; "),
            ] {
                leaf(out, "td", "", &cell);
            }
            close(out, "tr");
        }
        close(out, "tbody");
        close(out, "table");
    }
    close(out, "section");
}
