//! Patterns: first what nothing answers yet, then what was answered, each with its chain.

use dioxus::prelude::*;

use super::chain::ChainCard;
use super::words;
use crate::app::ask::use_more;
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::ui::{Chip, Empty, Ico, More, Page, Row, Rows, Section, Tone, show};
use crate::app::when;
use crate::engine::api::{PatternRow, PatternsView, Request};
use crate::practice::rights::Role;

/// Cards of answered patterns that are shown at once.
const CHAINS: u32 = 10;

#[component]
pub fn PatternsPage() -> Element {
    let app = use_app();
    let limit = use_signal(|| CHAINS);
    let asked = use_more::<PatternsView>(limit, |limit| Request::Patterns { limit });
    let office = matches!(app.role(), Role::Quality | Role::Admin);
    rsx! {
        Page { title: t("patterns-title"), back: Route::MorePage {}, test: "patterns",
            {show(&asked, |view| rsx! {
                p { class: "hint", {t_args("patterns-rule", &[("count", view.count.into()), ("days", view.days.into())])} }
                Section { title: t("patterns-raised"), test: "patterns-raised",
                    p { class: "hint", "data-test": "patterns-chance", {t("patterns-chance")} }
                    if view.raised.is_empty() {
                        Empty { icon: Ico::Ok, title: t("patterns-none"), hint: t("patterns-none-hint") }
                    } else {
                        for (place , rows) in by_place(&view.raised) {
                            section { key: "{place}", class: "section", "data-test": "patterns-place",
                                h3 { class: "group-title", {place} }
                                Rows {
                                    for row in rows {
                                        PatternLine { key: "{row.pattern.first}", row }
                                    }
                                }
                            }
                        }
                    }
                }
                if !view.answered.is_empty() {
                    Section { title: t("patterns-answered"), test: "patterns-answered",
                        for chain in view.answered.iter().cloned() {
                            ChainCard { key: "{chain.action.follow.id}", chain }
                        }
                        if view.answered.len() < usize::try_from(view.answers).unwrap_or(usize::MAX) {
                            More { limit, by: CHAINS, test: "more-answered" }
                        }
                    }
                }
            })}
            Section { title: t("patterns-also"), test: "patterns-also",
                Rows {
                    Row { to: Route::DriftPage {}, icon: Ico::Chart, tone: Tone::Brand, title: t("drift-title"), detail: t("drift-sub"), test: "to-drift" }
                    Row { to: Route::CohortsPage {}, icon: Ico::People, tone: Tone::Brand, title: t("cohorts-title"), detail: t("cohorts-sub"), test: "to-cohorts" }
                    Row { to: Route::TimelyPage {}, icon: Ico::Clock, tone: Tone::Brand, title: t("timely-title"), detail: t("timely-sub"), test: "to-timely" }
                    if office {
                        Row { to: Route::ThresholdsPage {}, icon: Ico::Pen, tone: Tone::Brand, title: t("thresholds-title"), detail: t("thresholds-sub"), test: "to-thresholds" }
                    }
                }
            }
        }
    }
}

/// Under the place where they show, in the order of its newest: whoever leads many sites finds theirs.
fn by_place(raised: &[PatternRow]) -> Vec<(String, Vec<PatternRow>)> {
    let mut places: Vec<(String, Vec<PatternRow>)> = Vec::new();
    for row in raised {
        let place = words::places(row);
        match places.iter_mut().find(|(known, _)| *known == place) {
            Some((_, rows)) => rows.push(row.clone()),
            None => places.push((place, vec![row.clone()])),
        }
    }
    places
}

#[component]
fn PatternLine(row: PatternRow) -> Element {
    let first = row.pattern.sightings.first().map(ToString::to_string).unwrap_or_default();
    let from = when::day(row.pattern.first.date_naive());
    let to = when::day_in(row.pattern.last.date_naive());
    let beyond = row.evidence.is_some_and(|evidence| evidence.beyond_chance);
    let tone = if beyond { Tone::Missed } else { Tone::Waiting };
    rsx! {
        Row {
            to: Route::PatternPage { report: first },
            icon: Ico::Warn,
            tone,
            title: words::theme(&row.pattern.theme),
            detail: t_args("pattern-dates", &[("from", from.into()), ("to", to.into())]),
            test: "pattern-row",
            end: rsx! {
                Chip { tone, icon: Ico::Warn, words: t_args("pattern-count", &[("n", row.pattern.sightings.len().into())]) }
            },
            if let Some(evidence) = row.evidence {
                span { class: "row-detail", "data-test": "pattern-evidence", {words::evidence(evidence)} }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::app::i18n::Lang;
    use crate::insight::pattern::{Pattern, Scope, Theme};
    use crate::store::query::SiteName;

    fn row(site: u128, competency: &str) -> PatternRow {
        let at = when::now();
        PatternRow {
            pattern: Pattern {
                theme: Theme { competency: competency.into(), category: None },
                scope: Scope::Site(Uuid::from_u128(site)),
                sightings: Vec::new(),
                first: at,
                last: at,
            },
            sites: vec![SiteName {
                site: Uuid::from_u128(site),
                shown: format!("Site {site}"),
                active: true,
            }],
            classified: 0,
            gap: None,
            reportable: false,
            evidence: None,
        }
    }

    #[test]
    fn patterns_of_many_sites_stand_under_their_site() {
        let raised = [row(1, "medication"), row(2, "handoff"), row(1, "handoff")];
        let places = by_place(&raised);
        let named: Vec<(&str, usize)> =
            places.iter().map(|(place, rows)| (place.as_str(), rows.len())).collect();
        assert_eq!(named, [("Site 1", 2), ("Site 2", 1)]);
    }
    /// Evidence is of what nothing answers yet: the page promises it of nothing else.
    #[test]
    fn the_page_promises_chance_of_patterns_that_need_an_action_alone() {
        let said = |lang| crate::app::i18n::say(lang, "patterns-chance", &[]);
        assert!(said(Lang::En).contains("Each pattern that needs an action also says"));
        assert!(said(Lang::Es).contains("Cada patrón que necesita una acción dice además"));
    }
}
