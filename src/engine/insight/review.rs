//! A review of a month keeps the figures as they were looked at.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};

use super::super::api::{Failure, Lens, MonthFigure};
use super::super::core::Open;
use crate::practice::follow::{FigureThen, GovernanceReviewed, Wanting};

/// How many months lie between two days.
fn months(from: NaiveDate, to: NaiveDate) -> i32 {
    let number = |day: NaiveDate| day.year().saturating_mul(12).saturating_add_unsigned(day.month0());
    number(to).saturating_sub(number(from))
}

/// A figure as it stands now.
fn then(figure: &MonthFigure, leading: bool) -> FigureThen {
    let now = figure.now.as_ref().filter(|plot| !plot.none);
    let code = serde_json::to_value(figure.measure).ok();
    FigureThen {
        measure: code.and_then(|code| code.as_str().map(str::to_owned)).unwrap_or_default(),
        leading,
        value: now.map(|plot| plot.value),
        x: now.map_or(0.0, |plot| plot.x),
        n: now.map_or(0.0, |plot| plot.n),
        before: figure.before.as_ref().filter(|plot| !plot.none).map(|plot| plot.value),
        signals: figure.signals,
    }
}

impl Open {
    /// Puts the figures into a review as this device shows them, whatever the screen said. A month that
    /// still runs cannot be reviewed.
    pub(in crate::engine) fn as_it_was_looked_at(
        &self,
        body: &mut GovernanceReviewed,
        now: DateTime<FixedOffset>,
    ) -> Result<Result<(), Wanting>, Failure> {
        let Some(first) = body.first() else {
            return Ok(Err(Wanting::Words { field: "month".to_owned() }));
        };
        let Some(back) = u32::try_from(months(first, now.date_naive())).ok().filter(|back| *back > 0) else {
            return Ok(Err(Wanting::Running));
        };
        let lens = Lens { site: body.site, programme: body.programme.clone(), ..Lens::default() };
        let view = self.month(back, &lens, now)?;
        let leading = view.leading.iter().map(|figure| then(figure, true));
        body.figures = leading.chain(view.lagging.iter().map(|figure| then(figure, false))).collect();
        Ok(Ok(()))
    }
}
