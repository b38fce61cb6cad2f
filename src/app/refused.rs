//! What was refused, where it was meant to change something: who tried what, and why it does not count.

use dioxus::prelude::*;

use super::i18n::{t, t_args};
use super::ui::{Ico, Row, Rows, Section, Tone};
use super::when;
use crate::engine::api::RefusedRow;
use crate::practice::rights::NotCounted;

/// Why it does not count.
#[must_use]
pub fn why(why: NotCounted) -> String {
    match why {
        NotCounted::Nothing | NotCounted::Begins | NotCounted::Class => t("refused-other-kind"),
        NotCounted::Site => t("refused-other-site"),
        NotCounted::Subject => t("refused-other-person"),
        NotCounted::Author => t("refused-not-theirs"),
        NotCounted::Own => t("refused-own"),
        NotCounted::Verb => t("refused-unknown"),
    }
}

/// What was tried, in a word.
fn tried(kind: &str) -> String {
    match kind.split_once('.').map_or("", |(_, verb)| verb) {
        "amended" => t("verb-amended"),
        "withdrawn" => t("verb-withdrawn"),
        "returned" => t("verb-returned"),
        "answered" => t("verb-answered"),
        "acknowledged" => t("verb-acknowledged"),
        "reviewed" => t("verb-reviewed"),
        "closed" => t("step-closed"),
        _ => t("refused-change"),
    }
}

#[component]
pub fn Refused(rows: Vec<RefusedRow>) -> Element {
    if rows.is_empty() {
        return rsx! {};
    }
    rsx! {
        Section { title: t("refused-title"), test: "refused",
            p { class: "hint", {t("refused-hint")} }
            Rows {
                for row in rows {
                    Row { key: "{row.event}", icon: Ico::No, tone: Tone::Missed, test: "refused-row",
                        title: t_args("refused-line", &[("what", tried(&row.kind).into()), ("name", row.author_name.clone().into())]),
                        detail: crate::app::today::join([why(row.why), when::day_time(when::here(row.at))]),
                    }
                }
            }
        }
    }
}
