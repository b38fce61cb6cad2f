//! What the stories of measures ask, and how they fill what is measured.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use fieldproof::engine::api::{
    Behind, ChainView, ChartView, HoldRow, Lens, LinkKind, LinkTo, MonthView, Reply, Request,
};
use fieldproof::insight::measure::Measure;
use fieldproof::practice::draft::{Answer, Coaching, Consent, Mark, TaskDraft};
use fieldproof::practice::standard::{Class, Form, StandardRef};
use uuid::Uuid;

use crate::world::Device;

/// What is answered otherwise than "met": marks missed or not seen, numbers given, choices made.
#[derive(Clone, Debug, Default)]
pub struct Answers<'a> {
    pub missed: &'a [&'a str],
    pub unseen: &'a [&'a str],
    pub numbers: &'a [(&'a str, f64)],
    pub choices: &'a [(&'a str, &'a str)],
    pub happened_at: Option<DateTime<FixedOffset>>,
    /// What was said about an item that was missed.
    pub coached: Option<(&'a str, &'a str)>,
    /// When to look again at it.
    pub look_again: Option<NaiveDate>,
    /// A next-step task, in a handoff.
    pub task: Option<&'a str>,
}

/// Every link of a chain that counts something opens as many rows as it says, and a 0 opens nothing.
pub fn links_open_what_they_count(chain: &ChainView) {
    for link in &chain.answered.links {
        let (n, of) = (usize::try_from(link.n).unwrap(), usize::try_from(link.of).unwrap());
        let opens = link.to == Some(LinkTo::Counted);
        match link.what {
            LinkKind::Pattern => assert_eq!((chain.reports.len(), opens), (n, n > 0), "{link:?}"),
            LinkKind::Recurrence => assert_eq!((chain.again.len(), opens), (n, n > 0), "{link:?}"),
            LinkKind::Revalidated if chain.shown.len() + chain.not_shown.len() > 0 => {
                assert_eq!(
                    (chain.shown.len(), chain.shown.len() + chain.not_shown.len()),
                    (n, of),
                    "{link:?}"
                );
                assert!(opens && chain.proof.is_empty(), "{link:?}");
            }
            LinkKind::Revalidated if of > 0 => {
                assert_eq!((chain.proof.len(), opens), (n, n > 0), "{link:?}");
            }
            LinkKind::Revalidated => assert_eq!(opens, !chain.proof.is_empty(), "{link:?}"),
            _ => assert!(!opens, "{link:?}"),
        }
    }
}

impl Device {
    /// The newest version of a standard by class and competency.
    pub async fn standard_by(&self, class: Class, competency: &str) -> StandardRef {
        match self.ask(Request::Standards).await {
            Reply::Standards(rows) => rows
                .into_iter()
                .find(|row| row.class == class && row.competency == competency)
                .map(|row| row.standard)
                .expect("a starter standard"),
            other => panic!("{other:?}"),
        }
    }

    /// Fills a standard about somebody and finishes it.
    pub async fn fill(
        &self,
        standard: StandardRef,
        site: Uuid,
        subject: Option<Uuid>,
        how: Answers<'_>,
    ) -> Uuid {
        let begin = Request::Begin { standard, site: Some(site), subject };
        let Reply::Draft(view) = self.ask(begin).await else { panic!("no draft") };
        let mut draft = view.draft;
        let numbers: BTreeMap<_, _> = how.numbers.iter().copied().collect();
        let choices: BTreeMap<_, _> = how.choices.iter().copied().collect();
        for item in &view.standard.items {
            let id = item.id.as_str();
            let mark = if how.missed.contains(&id) {
                Mark::NotMet
            } else if how.unseen.contains(&id) {
                Mark::NotSeen
            } else {
                Mark::Met
            };
            let chosen = choices.get(id).map(|choice| (*choice).to_owned());
            let answer = match item.form {
                Form::Mark => Answer::mark(mark),
                Form::Number => {
                    let number = numbers.get(id).copied().or(item.min).unwrap_or(0.0);
                    Answer { number: Some(number), ..Answer::default() }
                }
                Form::Choice => Answer {
                    choice: chosen.or_else(|| item.choices.first().map(|choice| choice.id.clone())),
                    text: "As usual".into(),
                    ..Answer::default()
                },
                Form::Text => Answer { text: "As usual".into(), ..Answer::default() },
                Form::Tasks => continue,
            };
            draft.content.answers.insert(item.id.clone(), answer);
        }
        if view.standard.consent {
            draft.content.consent = Some(Consent::Given);
        }
        draft.content.happened_at = how.happened_at;
        draft.content.coaching.extend(how.coached.map(|(item, said)| Coaching {
            item: item.into(),
            said: said.into(),
            refresher: None,
            look_again: how.look_again,
        }));
        draft.tasks.extend(how.task.map(|text| TaskDraft {
            text: text.into(),
            owner: None,
            due: None,
            person_code: "P-02".into(),
        }));
        let id = draft.id;
        let saved = self.ask(Request::SaveDraft { draft: Box::new(draft) }).await;
        assert!(matches!(saved, Reply::Saved { .. }), "{saved:?}");
        match self.ask(Request::Finish { draft: id }).await {
            Reply::Finished { record } => record,
            other => panic!("{other:?}"),
        }
    }

    pub async fn chart(&self, measure: Measure, lens: &Lens) -> ChartView {
        match self.ask(Request::Chart { measure, lens: lens.clone() }).await {
            Reply::Chart(view) => *view,
            other => panic!("{other:?}"),
        }
    }

    /// The newest point as `x` of `n`.
    pub async fn newest(&self, measure: Measure, lens: &Lens) -> (f64, f64) {
        let view = self.chart(measure, lens).await;
        let plot = view.plots.last().unwrap_or_else(|| panic!("{measure:?} has no point"));
        (plot.x, plot.n)
    }

    /// What is behind the newest point.
    pub async fn behind(&self, measure: Measure, lens: &Lens) -> Behind {
        let view = self.chart(measure, lens).await;
        let period = view.plots.last().unwrap_or_else(|| panic!("{measure:?} has no point")).period;
        match self.ask(Request::Behind { measure, period, lens: lens.clone(), limit: 500 }).await {
            Reply::Behind(behind) => *behind,
            other => panic!("{other:?}"),
        }
    }

    pub async fn month(&self, back: u32) -> MonthView {
        match self.ask(Request::Month { back, lens: Lens::default() }).await {
            Reply::Month(view) => *view,
            other => panic!("{other:?}"),
        }
    }

    pub async fn holds(&self) -> Vec<HoldRow> {
        match self.ask(Request::Holds { lens: Lens::default() }).await {
            Reply::Holds(page) => page.rows,
            other => panic!("{other:?}"),
        }
    }
}
