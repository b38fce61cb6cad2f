//! The observations of a pack in numbers.
//!
//! Invariant: every figure says of how many; observations in real practice are counted alone. What was
//! simulated or done on paper, and handoffs, which those whose practice it is fill in, are named apart and
//! never added; what was not judged is counted and in no share.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use uuid::Uuid;

use super::cut::{Cut, Rows};
use super::html::{close, leaf, open};
use super::plot::{self, Share};
use super::told::Block;
use crate::app::i18n::{t, t_args};
use crate::app::names;
use crate::engine::api::{PackView, RecordRow};
use crate::insight::interval::clopper_pearson;
use crate::insight::period::Grain;
use crate::practice::follow::Part;
use crate::practice::record::State;
use crate::practice::setting::Setting;
use crate::practice::standard::{Class, Standard};

/// Fewer than this are too few for a share to mean much.
const SMALL: usize = 10;

pub fn number(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

/// Which items were missed how often: the weakness in the standard's own words, in real practice first. What
/// handoffs lack is a weakness of the handing over, and stands by itself.
pub fn misses(view: &PackView) -> [Block; 3] {
    let not_met = |item: String, n: u64, of: u64| {
        t_args("pack-missed", &[("item", item.into()), ("n", n.into()), ("of", of.into())])
    };
    let block = |title: String, found: Vec<Found>| {
        let rows = by_number(found);
        Block::new(Part::Weakness, title, Rows::Misses, rows)
    };
    let observed = |rows: &[&RecordRow]| missed(view, rows, |row| &row.verdict.missed, not_met);
    let practice = observed(&observations(view, is_practice));
    let elsewhere = observed(&observations(view, |row| !is_practice(row)));
    [block(t("pack-in-practice"), practice), block(t("pack-not-in-practice"), elsewhere), handed_over(view)]
}

/// What handoffs did not meet and what nobody knew in them, and how many there are.
fn handed_over(view: &PackView) -> Block {
    let handoffs = handoffs(view);
    let not_met = |item: String, n: u64, of: u64| {
        t_args("pack-handoff-missed", &[("item", item.into()), ("n", n.into()), ("of", of.into())])
    };
    // In a handoff nobody may know something: what nobody knew is what it lacks, too.
    let nobody_knew = |item: String, n: u64, of: u64| {
        t_args("pack-unknown", &[("item", item.into()), ("n", n.into()), ("of", of.into())])
    };
    let mut found = missed(view, &handoffs, |row| &row.verdict.missed, not_met);
    found.extend(missed(view, &handoffs, |row| &row.verdict.unknown, nobody_knew));
    let with = |found: fn(&RecordRow) -> &[String]| {
        number(handoffs.iter().filter(|row| !found(row).is_empty()).count())
    };
    let says = t_args(
        "pack-handoffs",
        &[
            ("n", number(handoffs.len()).into()),
            ("missed", with(|row| &row.verdict.missed).into()),
            ("unknown", with(|row| &row.verdict.unknown).into()),
        ],
    );
    let says = if handoffs.is_empty() { String::new() } else { says };
    let block = Block::new(Part::Weakness, t("pack-in-handoffs"), Rows::Misses, by_number(found));
    Block { says, ..block }
}

/// What counts: what was withdrawn, is contested or waits for its review was missed by nobody.
fn stands(row: &RecordRow) -> bool {
    !matches!(row.state, State::Withdrawn | State::Conflict | State::AwaitingReview)
}

fn observations(view: &PackView, of_these: impl Fn(&RecordRow) -> bool) -> Vec<&RecordRow> {
    let shown = |row: &&RecordRow| row.class != Class::Handoff && !row.verdict.own && !row.verdict.declined;
    view.records.iter().filter(shown).filter(|row| stands(row) && of_these(row)).collect()
}

fn handoffs(view: &PackView) -> Vec<&RecordRow> {
    view.records.iter().filter(|row| row.class == Class::Handoff && stands(row)).collect()
}

/// Whether somebody else saw it in real practice.
fn is_practice(row: &RecordRow) -> bool {
    let may_be_shown = !row.verdict.own && !row.verdict.declined;
    row.class.is_observation() && row.verdict.setting == Some(Setting::Live) && may_be_shown
}

/// How often something was found, and its sentence.
type Found = (usize, String);

/// The sentences, that of what was found most often first.
fn by_number(mut found: Vec<Found>) -> Vec<String> {
    found.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
    found.into_iter().map(|(_, words)| words).collect()
}

/// The items found so in these, each of how many in which it was judged: a look past it says nothing of it.
fn missed(
    view: &PackView,
    rows: &[&RecordRow],
    found: impl Fn(&RecordRow) -> &[String],
    words: impl Fn(String, u64, u64) -> String,
) -> Vec<Found> {
    let mut missed: BTreeMap<(Uuid, String), usize> = BTreeMap::new();
    for row in rows {
        for item in found(row) {
            let n = missed.entry((row.standard.standard, item.clone())).or_default();
            *n = n.saturating_add(1);
        }
    }
    let sentence = |((standard, item), n): ((Uuid, String), usize)| {
        // Those made by a version that asks for it, which saw it.
        let asks = |row: &&&RecordRow| {
            let mut versions = view.standards.iter().filter(|one| one.standard.reference() == row.standard);
            let unseen = view.unseen.get(&row.id).is_some_and(|unseen| unseen.contains(&item));
            row.standard.standard == standard
                && !unseen
                && versions.all(|one| one.standard.item(&item).is_some())
        };
        let of = number(rows.iter().filter(asks).count());
        let text = view
            .standards
            .iter()
            .filter(|one| one.standard.standard == standard)
            .find_map(|one| one.standard.item(&item))
            .map_or(item.clone(), |item| names::text(&item.text));
        (n, words(text, number(n), of))
    };
    missed.into_iter().map(sentence).collect()
}

/// How many observations in real practice were met, and by which share; what was simulated or done on paper
/// apart, and what no share is of.
pub fn checks(out: &mut String, view: &PackView, cut: &Cut) {
    leaf(out, "h3", "", &t("pack-in-practice"));
    let share = shares(view, cut);
    live(out, view, cut, &share);
    let simulated = [Some(Setting::Simulated), Some(Setting::Either), Some(Setting::Unknown)];
    let elsewhere = [
        of_these(view, &simulated, |n, of| {
            t_args("pack-simulated-of", &[("n", n.into()), ("of", of.into())])
        }),
        of_these(view, &[Some(Setting::Desk)], |n, of| {
            t_args("pack-desk-of", &[("n", n.into()), ("of", of.into())])
        }),
        // Beside what was met in real practice it stands already.
        Some(share).filter(|share| met_of(in_practice(view)).1 == 0 && !share.is_empty()),
    ];
    under(out, &t("pack-not-in-practice"), &elsewhere);
    let open = view.records.iter().filter(|row| row.is_not_judged()).count();
    let not_judged = t_args("pack-not-judged", &[("n", number(open).into())]);
    let unread =
        of_these(view, &[None], |n, of| t_args("pack-unread-of", &[("n", n.into()), ("of", of.into())]));
    let rest = [unread, Some(not_judged).filter(|_| open > 0)];
    under(out, &t("pack-not-counted"), &rest);
}

/// The shares that are needed, as they stand beside what was met.
fn shares(view: &PackView, cut: &Cut) -> String {
    let (says, each) = needed(view);
    if each.is_empty() { says } else { cut.text(&format!("{says} {}", each.join("; "))) }
}

/// Sentences under a heading of their own; nothing where there are none.
fn under(out: &mut String, title: &str, said: &[Option<String>]) {
    if said.iter().any(Option::is_some) {
        leaf(out, "h3", "", title);
    }
    for words in said.iter().flatten() {
        leaf(out, "p", "none", words);
    }
}

/// How many of those of other settings were met.
fn of_these(
    view: &PackView,
    settings: &[Option<Setting>],
    words: impl Fn(u64, u64) -> String,
) -> Option<String> {
    let of_these = |row: &&RecordRow| row.class != Class::Handoff && settings.contains(&row.verdict.setting);
    let (met, of) = met_of(view.records.iter().filter(of_these));
    (of > 0).then(|| words(number(met), number(of)))
}

/// By which share the standards of observations that count are met, in a sentence: one share for all of them,
/// or each with its own, by version where these differ. Empty where none is: what a reviewer accepts has none.
pub fn needed(view: &PackView) -> (String, Vec<String>) {
    let judged = view.records.iter().filter(|row| row.class.is_observation() && row.met().is_some());
    let by: BTreeSet<(Uuid, u32)> = judged.map(|row| (row.standard.standard, row.standard.version)).collect();
    let mut standards: BTreeMap<Uuid, Vec<&Standard>> = BTreeMap::new();
    let read = view.standards.iter().map(|one| &one.standard);
    for standard in read.filter(|one| by.contains(&(one.standard, one.version))) {
        standards.entry(standard.standard).or_default().push(standard);
    }
    let shares: BTreeSet<u32> = standards.values().flatten().map(|one| one.percent_needed()).collect();
    match (shares.len(), standards.values().flatten().next()) {
        (0, _) | (_, None) => (String::new(), Vec::new()),
        (1, Some(one)) => {
            (t_args("pack-needed-all", &[("percent", plot::percent(one.share).into())]), Vec::new())
        }
        _ => (t("pack-needed-each"), standards.values().map(|versions| needed_by(versions)).collect()),
    }
}

/// "Medication pass: 80% (version 1), 90% (version 2)".
fn needed_by(versions: &[&Standard]) -> String {
    let same: BTreeSet<u32> = versions.iter().map(|one| one.percent_needed()).collect();
    let title = versions.last().map(|newest| names::text(&newest.title)).unwrap_or_default();
    let of_version = |one: &&Standard| {
        let percent = plot::percent(one.share);
        if same.len() == 1 {
            return percent;
        }
        t_args("pack-needed-version", &[("percent", percent.into()), ("n", one.version.into())])
    };
    let mut shares: Vec<String> = versions.iter().map(of_version).collect();
    shares.dedup();
    t_args("pack-needed-by", &[("standard", title.into()), ("percent", shares.join(", ").into())])
}

/// How many were met, and of how many that count.
fn met_of<'a>(rows: impl Iterator<Item = &'a RecordRow>) -> (usize, usize) {
    rows.filter_map(RecordRow::met).fold((0, 0), |(met, of): (usize, usize), one| {
        (met.saturating_add(usize::from(one)), of.saturating_add(1))
    })
}

fn in_practice(view: &PackView) -> impl Iterator<Item = &RecordRow> {
    view.records.iter().filter(|row| is_practice(row))
}

/// Every month of the period up to the newest observation in real practice, those without one too.
fn months(view: &PackView) -> Vec<Share> {
    let mut found: BTreeMap<i32, (usize, usize)> = BTreeMap::new();
    for row in in_practice(view) {
        let Some(met) = row.met() else { continue };
        let month = found.entry(Grain::Month.of(row.happened_at.date_naive())).or_default();
        *month = (month.0.saturating_add(usize::from(met)), month.1.saturating_add(1));
    }
    let first = found.keys().min().copied().unwrap_or(0).min(Grain::Month.of(view.from));
    let Some(last) = found.keys().max().copied() else { return Vec::new() };
    (first..=last)
        .map(|period| {
            let (met, of) = found.get(&period).copied().unwrap_or_default();
            let day = Grain::Month.first_day(period);
            Share { period, name: format!("{:04}-{:02}", day.year(), day.month()), met, of }
        })
        .collect()
}

fn live(out: &mut String, view: &PackView, cut: &Cut, share: &str) {
    let (met, of) = met_of(in_practice(view));
    if of == 0 {
        let words = match in_practice(view).count() {
            0 => t("pack-no-live"),
            seen => t_args("pack-none-judged", &[("n", number(seen).into())]),
        };
        leaf(out, "p", "none", &words);
        return;
    }
    leaf(out, "p", "sum", &t_args("pack-met-of", &[("n", number(met).into()), ("of", number(of).into())]));
    if !share.is_empty() {
        leaf(out, "p", "none", share);
    }
    if of < SMALL {
        leaf(out, "p", "none", &t("pack-small"));
    } else if let Some(interval) = clopper_pearson(number(met), number(of)) {
        let (low, high) = (plot::percent(interval.low), plot::percent(interval.high));
        leaf(out, "p", "none", &t_args("pack-interval", &[("low", low.into()), ("high", high.into())]));
    }
    if cut.is_drawn() {
        draw(out, view);
    }
}

/// The months as a drawing. A month that the period cuts off, or that is not over, is drawn and not judged.
pub fn draw(out: &mut String, view: &PackView) {
    let today = view.at.date_naive();
    let whole = view.to.min(today.pred_opt().unwrap_or(today));
    let over = Grain::Month.of(whole.succ_opt().unwrap_or(whole)).saturating_sub(1);
    plot::shares(out, &months(view), over);
}

/// The months as a table. Nothing where nothing was observed in real practice.
pub fn table(out: &mut String, view: &PackView) {
    let months = months(view);
    if months.is_empty() {
        return;
    }
    leaf(out, "h3", "", &t("pack-months"));
    open(out, "table", "months");
    open(out, "thead", "");
    open(out, "tr", "");
    for head in [t("pack-month"), t("mark-met"), t("pack-of")] {
        leaf(out, "th", "", &head);
    }
    close(out, "tr");
    close(out, "thead");
    open(out, "tbody", "");
    for month in months {
        let met = if month.of == 0 { t("insight-no-records") } else { month.met.to_string() };
        open(out, "tr", "");
        for cell in [month.name, met, month.of.to_string()] {
            leaf(out, "td", "", &cell);
        }
        close(out, "tr");
    }
    close(out, "tbody");
    close(out, "table");
}
