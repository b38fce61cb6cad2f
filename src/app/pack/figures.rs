//! The observations of a pack in numbers.
//!
//! Invariant: every figure says of how many; observations in real practice are counted alone. What was
//! simulated or done on paper, and handoffs, which those whose practice it is fill in, are named apart and
//! never added; what was not judged is counted and in no share.

use std::collections::BTreeMap;

use chrono::Datelike;
use uuid::Uuid;

use super::html::{close, leaf, open};
use super::plot::{self, Share};
use crate::app::i18n::{t, t_args};
use crate::app::names;
use crate::engine::api::{PackView, RecordRow};
use crate::insight::interval::clopper_pearson;
use crate::insight::period::Grain;
use crate::practice::record::State;
use crate::practice::setting::Setting;
use crate::practice::standard::Class;

/// So many items are named, those missed most often; the rest are counted.
const MISSES: usize = 6;
/// Fewer than this are too few for a share to mean much.
const SMALL: usize = 10;

pub fn number(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

/// Which items were missed how often: the weakness in the standard's own words, in real practice first.
/// Whether any was.
pub fn misses(out: &mut String, view: &PackView) -> bool {
    let not_met = |item: String, n: u64, of: u64| {
        t_args("pack-missed", &[("item", item.into()), ("n", n.into()), ("of", of.into())])
    };
    let practice = missed(out, view, &observations(view, is_practice), |row| &row.verdict.missed, not_met);
    let mut apart = String::new();
    let others = observations(view, |row| !is_practice(row));
    let elsewhere = missed(&mut apart, view, &others, |row| &row.verdict.missed, not_met);
    if elsewhere {
        leaf(out, "p", "none apart", &t("pack-missed-apart"));
        out.push_str(&apart);
    }
    // In a handoff nothing is met or missed: what nobody knew is what it lacks.
    let nobody_knew = |item: String, n: u64, of: u64| {
        t_args("pack-unknown", &[("item", item.into()), ("n", n.into()), ("of", of.into())])
    };
    let unknown = missed(out, view, &handoffs(view), |row| &row.verdict.unknown, nobody_knew);
    practice || elsewhere || unknown
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

/// The items found so in most of these, each of how many in which it was judged: a look past it says nothing
/// of it.
fn missed(
    out: &mut String,
    view: &PackView,
    rows: &[&RecordRow],
    found: impl Fn(&RecordRow) -> &[String],
    words: impl Fn(String, u64, u64) -> String,
) -> bool {
    let mut missed: BTreeMap<(Uuid, String), usize> = BTreeMap::new();
    for row in rows {
        for item in found(row) {
            let n = missed.entry((row.standard.standard, item.clone())).or_default();
            *n = n.saturating_add(1);
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
        // Those made by a version that asks for it, which saw it.
        let asks = |row: &&&RecordRow| {
            let mut versions = view.standards.iter().filter(|one| one.standard.reference() == row.standard);
            let unseen = view.unseen.get(&row.id).is_some_and(|unseen| unseen.contains(&item));
            row.standard.standard == standard
                && !unseen
                && versions.all(|one| one.standard.item(&item).is_some())
        };
        let seen = rows.iter().filter(asks);
        let text = view
            .standards
            .iter()
            .filter(|one| one.standard.standard == standard)
            .find_map(|one| one.standard.item(&item))
            .map_or(item.clone(), |item| names::text(&item.text));
        let of = number(seen.count());
        leaf(out, "li", "", &words(text, number(n), of));
    }
    close(out, "ul");
    if more > 0 {
        leaf(out, "p", "none", &t_args("pack-more-missed", &[("n", number(more).into())]));
    }
    true
}

/// How many observations in real practice were met; what was simulated or done on paper apart.
/// Whether there were any.
pub fn checks(out: &mut String, view: &PackView) -> bool {
    let mut any = live(out, view);
    let simulated = [Some(Setting::Simulated), Some(Setting::Either), Some(Setting::Unknown)];
    any |= apart(out, view, &simulated, |n, of| {
        t_args("pack-simulated-of", &[("n", n.into()), ("of", of.into())])
    });
    any |= apart(out, view, &[Some(Setting::Desk)], |n, of| {
        t_args("pack-desk-of", &[("n", n.into()), ("of", of.into())])
    });
    any |= apart(out, view, &[None], |n, of| t_args("pack-unread-of", &[("n", n.into()), ("of", of.into())]));
    let open = view.records.iter().filter(|row| row.is_not_judged()).count();
    if open > 0 {
        leaf(out, "p", "none", &t_args("pack-not-judged", &[("n", number(open).into())]));
    }
    let handoffs = handoffs(view);
    if !handoffs.is_empty() {
        let unknown = handoffs.iter().filter(|row| !row.verdict.unknown.is_empty()).count();
        let words = t_args(
            "pack-handoffs",
            &[("n", number(handoffs.len()).into()), ("unknown", number(unknown).into())],
        );
        leaf(out, "p", "none apart", &words);
    }
    any || open > 0 || !handoffs.is_empty()
}

/// Names those of other settings apart; whether there were any.
fn apart(
    out: &mut String,
    view: &PackView,
    settings: &[Option<Setting>],
    words: impl Fn(u64, u64) -> String,
) -> bool {
    let of_these = |row: &&RecordRow| row.class != Class::Handoff && settings.contains(&row.verdict.setting);
    let (met, of) = met_of(view.records.iter().filter(of_these));
    if of > 0 {
        leaf(out, "p", "none apart", &words(number(met), number(of)));
    }
    of > 0
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

fn live(out: &mut String, view: &PackView) -> bool {
    let (met, of) = met_of(in_practice(view));
    if of == 0 {
        let seen = in_practice(view).count();
        let words = match seen {
            0 => t("pack-no-live"),
            seen => t_args("pack-none-judged", &[("n", number(seen).into())]),
        };
        leaf(out, "p", "none", &words);
        return seen > 0;
    }
    leaf(out, "p", "sum", &t_args("pack-met-of", &[("n", number(met).into()), ("of", number(of).into())]));
    if of < SMALL {
        leaf(out, "p", "none", &t("pack-small"));
    } else if let Some(interval) = clopper_pearson(number(met), number(of)) {
        let (low, high) = (plot::percent(interval.low), plot::percent(interval.high));
        leaf(out, "p", "none", &t_args("pack-interval", &[("low", low.into()), ("high", high.into())]));
    }
    // A month that the period cuts off, or that is not over, is drawn and not judged.
    let today = view.at.date_naive();
    let whole = view.to.min(today.pred_opt().unwrap_or(today));
    let over = Grain::Month.of(whole.succ_opt().unwrap_or(whole)).saturating_sub(1);
    plot::shares(out, &months(view), over);
    true
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
