//! Words for the areas of the self-assessment, its scores, and how an improvement ended.

use crate::app::i18n::t;
use crate::app::ui::{Ico, Tone};
use crate::practice::follow::ImprovementOutcome;

/// An area, by its name on the wire; one of a newer version shows that name.
#[must_use]
pub fn area(area: &str) -> String {
    match area {
        "outcomes_defined" => t("area-outcomes-defined"),
        "indicators_used" => t("area-indicators-used"),
        "quality_standards" => t("area-quality-standards"),
        "quality_observed" => t("area-quality-observed"),
        "data_collected" => t("area-data-collected"),
        "data_understood" => t("area-data-understood"),
        other => other.to_owned(),
    }
}

/// The three parts of the assessment that the areas belong to.
#[must_use]
pub fn part(area: &str) -> String {
    match area {
        "outcomes_defined" | "indicators_used" => t("assess-outcomes"),
        "quality_standards" | "quality_observed" => t("assess-quality"),
        _ => t("assess-measurement"),
    }
}

#[must_use]
pub fn score(score: u8) -> String {
    match score {
        1 => t("score-1"),
        2 => t("score-2"),
        3 => t("score-3"),
        _ => t("score-4"),
    }
}

#[must_use]
pub fn outcome(outcome: ImprovementOutcome) -> String {
    match outcome {
        ImprovementOutcome::Adopted => t("improve-adopted"),
        ImprovementOutcome::Adapted => t("improve-adapted"),
        ImprovementOutcome::Abandoned => t("improve-abandoned"),
        ImprovementOutcome::Unknown => t("category-other"),
    }
}

/// What was given up is no success.
#[must_use]
pub fn tone(outcome: ImprovementOutcome) -> Tone {
    match outcome {
        ImprovementOutcome::Adopted | ImprovementOutcome::Adapted => Tone::Proven,
        ImprovementOutcome::Abandoned | ImprovementOutcome::Unknown => Tone::Plain,
    }
}

#[must_use]
pub fn icon(outcome: ImprovementOutcome) -> Ico {
    if tone(outcome) == Tone::Proven { Ico::Ok } else { Ico::No }
}
