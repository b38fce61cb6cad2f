//! Dashboards: which facts a question needs, and what the pure rules make of them.
//!
//! Invariant: a figure and the records behind it come from the same facts of the same scope.

mod behind;
mod plot;
mod review;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};

use super::api::{
    ChartView, Failure, FollowUpFilter, FollowUpRow, HoldRow, Lens, MonthFigure, MonthView, Page,
    REPEATED_MONTHS, Reply, Request, TellingRow,
};
use super::core::Open;
use crate::insight::facts::{Facts, Point, ReportFact, Tally, points, themes};
use crate::insight::hold::{Rule, Stand, weigh};
use crate::insight::judge::{history, judge};
use crate::insight::measure::{Measure, Need, Unit};
use crate::insight::period::Grain;
use crate::insight::tell::{Counts, tellings};
use crate::practice::follow::{About, Class};
use crate::practice::rights::Role;
use crate::practice::settings::ShiftBook;
use crate::practice::settings::expected::expected;
use crate::practice::settings::single::{Change, in_force_at};
use crate::practice::standard::StandardRef;
use crate::record::time;
use crate::store::query::{LooksAfter, Parts, PersonRow, Scope, Span};
use plot::{over, plot, plots};

/// Periods that a chart shows unless it is asked for fewer.
const PERIODS: u32 = 24;
/// A cycle is asked whether it holds for this long after closing.
const HOLD_DAYS: i64 = 366;
const HOLDS: u32 = 200;
/// Practice before coaching is looked at over so many days.
const BEFORE: TimeDelta = TimeDelta::days(90);

impl Open {
    pub(super) fn insight(&self, request: Request, now: DateTime<FixedOffset>) -> Result<Reply, Failure> {
        Ok(match request {
            Request::Chart { measure, lens } => Reply::Chart(Box::new(self.chart(measure, &lens, now)?)),
            Request::Month { back, lens } => Reply::Month(Box::new(self.month(back, &lens, now)?)),
            Request::Behind { measure, period, lens, limit } => {
                Reply::Behind(Box::new(self.behind(measure, period, &lens, limit, now)?))
            }
            Request::ThemeBehind { theme, lens, limit } => {
                Reply::Behind(Box::new(self.theme_behind(&theme, &lens, limit)?))
            }
            Request::Holds { lens } => Reply::Holds(Box::new(self.holds(&lens, now)?)),
            Request::Tellings { lens } => Reply::Tellings(self.tellings(&lens, now)?),
            _ => return Err(Failure::not_found()),
        })
    }

    /// What a measure is narrowed to: by what it cannot be narrowed by, it is of all.
    fn scope_of(&self, measure: Measure, lens: &Lens) -> Result<Scope, Failure> {
        let mut scope = self.scope(lens)?;
        if !measure.is_by_competency() {
            scope.competency.clear();
        }
        scope.category = lens.category.filter(|_| measure.is_by_category());
        Ok(scope)
    }

    fn scope(&self, lens: &Lens) -> Result<Scope, Failure> {
        let sites = if lens.site.is_none() && lens.programme.is_empty() {
            None
        } else {
            let sites = self.store.site_rows()?.into_iter();
            let within = sites.filter(|row| lens.programme.is_empty() || row.programme == lens.programme);
            let sites: BTreeSet<_> = within.map(|row| row.site).collect();
            Some(sites.into_iter().filter(|site| lens.site.is_none_or(|only| only == *site)).collect())
        };
        Ok(Scope { sites, competency: lens.competency.clone(), category: None })
    }

    fn facts(
        &self,
        measure: Measure,
        span: Span,
        scope: &Scope,
        now: DateTime<FixedOffset>,
    ) -> Result<Facts, Failure> {
        let takes = |class, competency: &str| measure.takes(class, competency);
        let mut facts = Facts::default();
        match measure.needs() {
            Need::Tallies => facts.tallies = self.store.tallies(span, scope, &takes)?,
            Need::Items => {
                facts.tallies = self.asked_for(measure, self.store.tallies(span, scope, &takes)?)?;
                facts.items = self.store.item_tallies(span, scope, &takes)?;
            }
            Need::Reports => {
                facts.reports = self.store.report_facts(span, scope)?;
                if measure == Measure::Recurrence {
                    facts.actions = self.store.actions_by_site()?;
                }
            }
            Need::Cycles => facts.spans = self.store.cycle_spans(span, scope)?,
            Need::Tasks => facts.spans = self.store.task_spans(span, scope)?,
            Need::Due => {
                let expected = expected(&self.store.setting_changes()?);
                facts.due = self.store.due_facts(span, scope, &expected, now.date_naive())?;
            }
        }
        Ok(facts)
    }

    /// Without the records whose standard does not ask for what is measured.
    fn asked_for(&self, measure: Measure, tallies: Vec<Tally>) -> Result<Vec<Tally>, Failure> {
        let mut known: BTreeMap<StandardRef, bool> = BTreeMap::new();
        let mut kept = Vec::new();
        for tally in tallies {
            let by = StandardRef { standard: tally.standard, version: tally.version };
            let asks = match known.get(&by) {
                Some(asks) => *asks,
                None => self.store.asks_for(measure, by)?,
            };
            known.insert(by, asks);
            if asks {
                kept.push(tally);
            }
        }
        Ok(kept)
    }

    fn points(
        &self,
        measure: Measure,
        span: Span,
        scope: &Scope,
        now: DateTime<FixedOffset>,
    ) -> Result<Vec<Point>, Failure> {
        Ok(points(measure, span.grain, &self.facts(measure, span, scope, now)?, self.known(span)?))
    }

    /// The periods of a span about which this device knows anything.
    fn known(&self, span: Span) -> Result<(i32, i32), Failure> {
        Ok((self.first_known(span)?.max(span.from), span.to))
    }

    fn first_known(&self, span: Span) -> Result<i32, Failure> {
        Ok(self.store.first_happened()?.map_or(span.to, |at| span.grain.of(at.date_naive())))
    }

    /// The measures that can have data here: those that are not of observations, and those that some
    /// standard of the organisation asks for.
    fn offered(&self) -> Result<Vec<Measure>, Failure> {
        let mut standards = Vec::new();
        for row in self.store.standards()? {
            standards.extend(self.store.standard(row.standard)?);
        }
        let expected = !self.store.settings()?.expected.is_empty();
        let can = |measure: &Measure| match measure.needs() {
            Need::Due => expected,
            Need::Tallies | Need::Items => standards.iter().any(|standard| measure.is_asked_by(standard)),
            Need::Reports | Need::Cycles | Need::Tasks => true,
        };
        Ok(Measure::ALL.into_iter().filter(can).collect())
    }

    /// What each record adds, where one adds several answers to a share.
    fn parts(&self, measure: Measure, span: Span, scope: &Scope) -> Result<Parts, Failure> {
        if measure.unit() == Unit::Share && measure.is_clustered() {
            return Ok(self.store.parts(measure, span, scope)?);
        }
        Ok(Parts::new())
    }

    /// The span with what has to be known before it, so that its periods can be judged.
    fn judged_span(&self, measure: Measure, span: Span) -> Result<Span, Failure> {
        // What is judged by its own points, or not at all, has no baseline.
        if measure.wrong(0.0, 0.0).is_none() {
            return Ok(span);
        }
        Ok(Span { from: history(span.grain, self.first_known(span)?, span.from, span.to), ..span })
    }

    fn chart(&self, measure: Measure, lens: &Lens, now: DateTime<FixedOffset>) -> Result<ChartView, Failure> {
        let span = span(lens, now);
        let whole = self.judged_span(measure, span)?;
        let scope = self.scope_of(measure, lens)?;
        let found = self.points(measure, whole, &scope, now)?;
        let over = over(span, now);
        let judged = judge(measure, span.grain, &found, whole.from, span.from, over);
        let mut competencies: Vec<String> =
            self.store.standards()?.into_iter().map(|row| row.competency).collect();
        competencies.sort();
        competencies.dedup();
        Ok(ChartView {
            measure,
            plots: plots(measure, span, &found, &self.parts(measure, span, &scope)?, now),
            why: judged.as_ref().map(|judged| judged.why),
            since: judged.as_ref().and_then(|judged| judged.since).map(|period| span.grain.first_day(period)),
            chart: judged.map(|judged| judged.chart),
            sites: self.own_sites()?,
            competencies,
            offered: self.offered()?,
            nothing_expected: measure == Measure::ObservationsDone
                && self.store.settings()?.expected.is_empty(),
        })
    }

    fn month(&self, back: u32, lens: &Lens, now: DateTime<FixedOffset>) -> Result<MonthView, Failure> {
        let back = i32::try_from(back.min(1_200)).unwrap_or(0);
        let period = Grain::Month.of(now.date_naive()) - back;
        let span = Span { grain: Grain::Month, from: period - 23, to: period };
        let scope = self.scope(lens)?;
        // All that counts reports counts the same ones: read once, with what they are judged by.
        let wide = self.judged_span(Measure::NearMisses, span)?;
        let reports = self.facts(Measure::Recurrence, wide, &scope, now)?;
        let figures = |measures: &[Measure]| -> Result<Vec<MonthFigure>, Failure> {
            let mut figures = Vec::new();
            for measure in measures {
                let whole = self.judged_span(*measure, span)?;
                let found = match measure.needs() {
                    Need::Reports => points(*measure, span.grain, &reports, self.known(whole)?),
                    _ => self.points(*measure, whole, &scope, now)?,
                };
                let judged = judge(*measure, span.grain, &found, whole.from, span.from, over(span, now));
                let at = |wanted: i32| {
                    let point = found.iter().find(|point| point.period == wanted)?;
                    Some(plot(*measure, Grain::Month, *point, now))
                };
                figures.push(MonthFigure {
                    measure: *measure,
                    now: at(period),
                    before: at(period - 1),
                    signals: judged.is_some_and(|judged| judged.chart.signals_now()),
                });
            }
            Ok(figures)
        };
        let first = Grain::Month.first_day(period);
        let month = first.format("%Y-%m").to_string();
        let of = |report: &&ReportFact| Grain::Month.of(report.at.date_naive());
        let since = period.saturating_sub_unsigned(REPEATED_MONTHS.saturating_sub(1));
        let quarter = reports.reports.iter().filter(|report| of(report) >= since);
        let mut repeated = themes(quarter.filter(|report| Measure::Complaints.counts(report)));
        repeated.retain(|theme| theme.count > 1);
        Ok(MonthView {
            leading: figures(&Measure::LEADING)?,
            lagging: figures(&Measure::LAGGING)?,
            themes: themes(reports.reports.iter().filter(|report| of(report) == period)),
            repeated,
            reviews: self.reviews_of(&month)?,
            may_review: self.standing()?.may("governance", "reviewed", None, None),
            running: back == 0,
            open: self.looked_at_in(first)?,
            people: self.who_can_decide()?,
            sites: self.own_sites()?,
            period,
            month,
            first,
        })
    }

    /// A review of a month is read in the office alone: a decision given to anybody else would never reach
    /// them.
    fn who_can_decide(&self) -> Result<Vec<PersonRow>, Failure> {
        let people = self.store.people(None)?.into_iter();
        Ok(people.filter(|row| row.active && row.role == Role::Quality).collect())
    }

    /// Actions and improvements that were under way in a month.
    fn looked_at_in(&self, first: NaiveDate) -> Result<Vec<FollowUpRow>, Failure> {
        let millis = |day: NaiveDate| day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
        let next = Grain::Month.first_day(Grain::Month.of(first) + 1);
        let filter = FollowUpFilter {
            classes: vec![Class::Action, Class::Improvement],
            under_way: Some((millis(first), millis(next))),
            limit: u32::MAX,
            ..FollowUpFilter::default()
        };
        Ok(self.store.follow_ups(&filter)?)
    }

    fn reviews_of(&self, month: &str) -> Result<Vec<FollowUpRow>, Failure> {
        let all = u32::MAX;
        let filter =
            FollowUpFilter { classes: vec![Class::Governance], limit: all, ..FollowUpFilter::default() };
        let mut rows = self.store.follow_ups(&filter)?;
        rows.retain(|row| matches!(&row.follow.about, About::Governance(body) if body.month == month));
        Ok(rows)
    }

    fn holds(&self, lens: &Lens, now: DateTime<FixedOffset>) -> Result<Page<HoldRow>, Failure> {
        let changes = self.store.setting_changes()?;
        let shifts = ShiftBook::of(&changes);
        let scope = self.scope(lens)?;
        let since = (now - TimeDelta::days(HOLD_DAYS)).timestamp_millis();
        let cycles = self.store.cycles_closed_within(&scope, since, HOLDS)?;
        let mut holds = Page { rows: Vec::new(), total: cycles.total };
        for row in &cycles.rows {
            match self.hold_row(row, &changes, &shifts, now)? {
                Some(hold) => holds.rows.push(hold),
                None => holds.total = holds.total.saturating_sub(1),
            }
        }
        holds.rows.sort_by_key(|row| match row.hold.stand {
            Stand::Reverted => 0,
            Stand::DidNotHold => 1,
            Stand::Watch => 2,
            Stand::Lapsed => 3,
            Stand::TooEarly => 4,
            Stand::Holds => 5,
        });
        Ok(holds)
    }

    /// Whether what a closed cycle coached holds; none of a cycle that is of nobody.
    pub(super) fn hold_row(
        &self,
        row: &FollowUpRow,
        changes: &[Change],
        shifts: &ShiftBook,
        now: DateTime<FixedOffset>,
    ) -> Result<Option<HoldRow>, Failure> {
        let follow = &row.follow;
        let (Some(closed), Some(subject), Some(standard)) =
            (follow.ended_at, follow.subject, follow.standard())
        else {
            return Ok(None);
        };
        // By the rule that was in force when it was closed: another one is not turned against it.
        let settings = in_force_at(changes, closed.timestamp_millis());
        let rule =
            Rule { looks: settings.hold_looks, weeks: settings.hold_weeks, bands: settings.hold_bands };
        // Only times of the week that there have been ever since can be looked at.
        let rule = rule.at(shifts.at(follow.site, closed)).at(shifts.at(follow.site, now));
        let coached = follow.named_items();
        let asked = LooksAfter { subject, standards: follow.standards(), after: closed, coached };
        let looks = self.store.looks(&asked, shifts)?;
        let before = self.store.marks(subject, standard, time::before(follow.at, BEFORE), follow.at)?;
        let after = self.store.marks(subject, standard, closed, now + TimeDelta::days(1))?;
        Ok(Some(HoldRow {
            cycle: follow.id,
            title: follow.title().to_owned(),
            hold: weigh(closed, &looks, rule, now),
            before,
            after,
            subject_name: row.subject_name.clone(),
            site_name: row.site_name.clone(),
        }))
    }

    fn tellings(&self, lens: &Lens, now: DateTime<FixedOffset>) -> Result<Vec<TellingRow>, Failure> {
        let (span, scope) = (span(lens, now), self.scope(lens)?);
        let any = |_, _: &str| true;
        let tallies = self.store.tallies(span, &scope, &any)?;
        let items = self.store.item_tallies(span, &scope, &any)?;
        let counts = Counts::of(&tallies, &items);
        let mut versions = BTreeMap::new();
        for by in counts.seen.keys() {
            if let Some(standard) = self.store.standard(*by)? {
                versions.insert(*by, standard);
            }
        }
        let mut rows = Vec::new();
        for row in self.store.standards()?.into_iter().filter(|row| !row.retired) {
            if !counts.seen.keys().any(|by| by.standard == row.standard.standard) {
                continue;
            }
            let Some(newest) = self.store.standard(row.standard)? else { continue };
            let told = tellings(&newest, &versions, &counts);
            if !told.is_empty() {
                rows.push(TellingRow { standard: row, items: told });
            }
        }
        Ok(rows)
    }

    /// The sites that this person can choose from: their own, or all.
    fn own_sites(&self) -> Result<Vec<super::api::SiteRow>, Failure> {
        let own: BTreeSet<_> = self.sites()?.into_iter().map(|site| site.site).collect();
        let mut sites = self.store.site_rows()?;
        sites.retain(|row| own.contains(&row.site));
        Ok(sites)
    }
}

fn span(lens: &Lens, now: DateTime<FixedOffset>) -> Span {
    let periods = if lens.periods == 0 { PERIODS } else { lens.periods.min(120) };
    let to = lens.grain.of(now.date_naive());
    Span { grain: lens.grain, from: to - i32::try_from(periods).unwrap_or(1) + 1, to }
}
