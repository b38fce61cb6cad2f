//! What was followed up as dated lines, by the part of the page that they belong to.
//!
//! Invariant: every step stands in exactly one part.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use uuid::Uuid;

use super::cut::{Cut, Rows};
use super::html::{close, leaf, open};
use super::parts::mode;
use super::plot::percent;
use super::words::Names;
use crate::app::follow::{self, reviewed as review, step_words, what};
use crate::app::i18n::{t, t_args};
use crate::app::insight::figure_then;
use crate::app::names;
use crate::app::today::join;
use crate::app::when;
use crate::engine::api::{PackStandard, PackView};
use crate::practice::follow::{About, FollowUp, GovernanceReviewed, Part, Step};
use crate::practice::standard::Standard;

/// One dated line.
pub struct Line {
    pub at: DateTime<FixedOffset>,
    title: String,
    words: String,
    who: String,
}

/// The day and the time of the place where it happened, with how far that is from UTC.
pub fn day(at: DateTime<FixedOffset>) -> String {
    when::zoned(at)
}

/// All of them, the oldest first.
pub fn gather(view: &PackView, names: &Names) -> BTreeMap<Part, Vec<Line>> {
    let mut parts: BTreeMap<Part, Vec<Line>> = BTreeMap::new();
    // One observation is one line, however many steps point to it.
    let mut shown: BTreeMap<(Part, Uuid), usize> = BTreeMap::new();
    for follow in &view.follow_ups {
        for entry in &follow.history {
            let (step, _) = step_words(&entry.step);
            let mut title = join([what(follow), step]);
            let mut words =
                join([told(follow, &entry.step, names), follow::later(entry).unwrap_or_default()]);
            let part = entry.step.part();
            let lines = parts.entry(part).or_default();
            if let Some(row) =
                entry.step.points_to().and_then(|id| view.records.iter().find(|row| row.id == id))
            {
                if let Some(line) = shown.get(&(part, row.id)).and_then(|at| lines.get_mut(*at)) {
                    if !line.title.contains(&what(follow)) {
                        line.title = join([line.title.clone(), what(follow)]);
                    }
                    continue;
                }
                shown.insert((part, row.id), lines.len());
                let counts =
                    entry.step.mode().zip(row.verdict.setting).map(|(label, at)| at.counts_as(label));
                title = join([title, mode(counts.or(entry.step.mode())), names::result(row)]);
                words = join([names::text(&row.title), day(row.happened_at)]);
            }
            let about = follow.subject.map(|person| names.of(person)).unwrap_or_default();
            lines.push(Line {
                at: entry.at,
                title,
                words: join([about, names.text(&words)]),
                who: names.of(entry.author),
            });
        }
    }
    for one in &view.standards {
        let standard = &one.standard;
        let change = names.text(&names::text(&standard.change));
        let changed = t_args("pack-version-change", &[("what", change.clone().into())]);
        parts.entry(Part::Standard).or_default().push(Line {
            at: one.published,
            title: names::text(&standard.title),
            words: join([
                t_args("pack-version", &[("n", standard.version.into())]),
                in_force(one),
                if change.is_empty() { String::new() } else { changed },
                needed(standard),
                t_args("pack-items", &[("n", u64::try_from(standard.items.len()).unwrap_or(0).into())]),
                names.text(&names::text(&standard.purpose)),
            ]),
            who: names.of(one.author),
        });
    }
    for lines in parts.values_mut() {
        lines.sort_by_key(|line| line.at);
    }
    parts
}

/// From which day to which a version was in force.
fn in_force(one: &PackStandard) -> String {
    let since = one.published.date_naive().to_string();
    let Some(until) = one.until.map(|until| until.date_naive().to_string()) else {
        return t_args("pack-version-since", &[("day", since.into())]);
    };
    if one.until == Some(one.published) {
        return String::new();
    }
    if one.retired {
        return t_args("pack-version-retired", &[("from", since.into()), ("to", until.into())]);
    }
    t_args("pack-version-until", &[("from", since.into()), ("to", until.into())])
}

/// By which share it is met; nothing of what a reviewer accepts or nobody judges.
fn needed(standard: &Standard) -> String {
    if !standard.class.is_observation() {
        return String::new();
    }
    t_args("pack-version-needed", &[("percent", percent(standard.share).into())])
}

/// What a step says: all of it that an outsider has to know, not only its note.
fn told(follow: &FollowUp, step: &Step, names: &Names) -> String {
    let (_, note) = step_words(step);
    match step {
        Step::RestrictionPlaced(body) => join([
            t_args("pack-duties", &[("duties", body.duties.clone().into())]),
            body.why.clone(),
            t_args("pack-review-days", &[("n", body.review_days.into())]),
        ]),
        Step::CycleOpened(body) => {
            join([body.weakness.clone(), t_args("pack-expected", &[("what", body.expected.clone().into())])])
        }
        Step::ActionOpened(body) => join([
            body.title.clone(),
            follow::action(body.kind),
            follow::gap(body.gap),
            t_args(
                "pack-owner",
                &[("name", names.of(body.owner).into()), ("day", body.due.to_string().into())],
            ),
        ]),
        Step::IncidentReported(body) => {
            let led_to: Vec<String> = body.outcomes.iter().map(|one| follow::outcome(*one)).collect();
            let outside = matches!(&follow.about, About::Report(report) if report.reportable);
            join([
                body.words.clone(),
                follow::category(body.category),
                led_to.join(", "),
                body.harm.as_deref().map(follow::harm).unwrap_or_default(),
                if outside { t("report-reportable") } else { String::new() },
            ])
        }
        Step::IncidentLogged(body) => {
            let done = body.done_at.map(|at| t_args("work-done", &[("when", day(at).into())]));
            join([done.unwrap_or_default(), body.note.clone()])
        }
        Step::GovernanceReviewed(body) => reviewed(body, names),
        _ if note.is_empty() => follow.title().to_owned(),
        _ => note,
    }
}

/// A review as it was held: its month, the three answers, its note, who was there, what was decided,
/// and the figures as they were looked at.
fn reviewed(body: &GovernanceReviewed, names: &Names) -> String {
    let mut said = vec![review::month(body)];
    for (question, yes) in review::answers(body) {
        said.push(format!("{question}: {}", if yes { t("pack-yes") } else { t("pack-no") }));
    }
    said.push(body.note.clone());
    if !body.attended.is_empty() {
        said.push(format!("{}: {}", t("review-attended"), body.attended));
    }
    for one in &body.decisions {
        let owner = one.owner.map(|owner| names.of(owner)).unwrap_or_default();
        let due = one.due.map(|due| due.to_string()).unwrap_or_default();
        said.push(format!("{}: {}", t("review-decisions"), join([one.what.clone(), owner, due])));
    }
    for figure in &body.figures {
        let (what, was, before) = figure_then(figure);
        said.push(format!("{what}: {}", join([was, before])));
    }
    said.retain(|part| !part.is_empty());
    said.join(" · ")
}

/// Whether these stand whole on pages that are cut so.
pub fn are_whole(lines: &[Line], cut: &Cut) -> bool {
    let whole =
        |line: &Line| [&line.title, &line.words, &line.who].into_iter().all(|text| cut.is_whole(text));
    lines.len() <= cut.most(Rows::Newest) && lines.iter().all(whole)
}

/// Writes them as a list.
pub fn list(out: &mut String, lines: &[Line], cut: &Cut) {
    open(out, "ol", "lines");
    for line in lines {
        open(out, "li", "");
        leaf(out, "b", "", &day(line.at));
        leaf(out, "span", "title", &cut.text(&line.title));
        leaf(out, "span", "words", &cut.text(&line.words));
        leaf(out, "span", "who", &cut.text(&line.who));
        close(out, "li");
    }
    close(out, "ol");
}
