//! The standards that an organisation begins with, to use as they are or to publish its own
//! version of.
//!
//! The texts live in `assets/standards/`, one file each, in the form of the body of
//! `standard.published`. Invariant: every file reads, is without faults, speaks every language
//! of [`LANGUAGES`] in all of its texts, and keeps its ids once it has shipped.

use super::standard::Standard;

/// The languages that each text of a starter has.
pub const LANGUAGES: [&str; 2] = ["en", "es"];

const FILES: [&str; 16] = [
    include_str!("../../assets/standards/01-handoff.json"),
    include_str!("../../assets/standards/02-handoff-observation.json"),
    include_str!("../../assets/standards/03-medication-check.json"),
    include_str!("../../assets/standards/04-escalation-simulated-call.json"),
    include_str!("../../assets/standards/05-escalation-on-shift.json"),
    include_str!("../../assets/standards/06-note-review.json"),
    include_str!("../../assets/standards/07-welfare-check-observation.json"),
    include_str!("../../assets/standards/08-deterioration-scenario.json"),
    include_str!("../../assets/standards/09-visit-handoff-note.json"),
    include_str!("../../assets/standards/10-high-risk-visits.json"),
    include_str!("../../assets/standards/11-rights-respecting-interaction.json"),
    include_str!("../../assets/standards/12-respectful-personal-care.json"),
    include_str!("../../assets/standards/13-low-level-distress.json"),
    include_str!("../../assets/standards/14-medication-record-audit.json"),
    include_str!("../../assets/standards/15-daily-note-audit.json"),
    include_str!("../../assets/standards/16-confidence-rubric.json"),
];

/// All starter standards, in the order of their files.
#[must_use]
pub fn starters() -> Vec<Standard> {
    // The tests hold that all read; a file that does not would be left out rather than stop the app.
    FILES.iter().filter_map(|file| serde_json::from_str(file).ok()).collect()
}

/// The numbers of the starters that are counted, by the ids of their items, each with the number that it is
/// a part of.
///
/// It stands here and not in the files: they had shipped before items said what they count, and two devices
/// must never hold different pages under one version.
const COUNTED: [(&str, Option<&str>); 22] = [
    ("high-risk", None),
    ("confirmed", Some("high-risk")),
    ("backup", Some("high-risk")),
    ("at-risk", None),
    ("missed", None),
    ("records", None),
    ("doses-due", None),
    ("doses-late", Some("doses-due")),
    ("omissions", Some("doses-due")),
    ("blanks", None),
    // Wrong doses belong to it, too, which no item counts: it is a part of nothing that is asked.
    ("variances-reported", None),
    ("orders-checked", None),
    ("orders-matching", Some("orders-checked")),
    ("notes", None),
    ("complete", Some("notes")),
    ("in-time", Some("notes")),
    ("concrete", Some("notes")),
    ("true", Some("notes")),
    ("recognises", None),
    ("does", None),
    ("adapts", None),
    ("asks", None),
];

/// Whether the number with this id is counted in a starter, and what it is a part of; `None` where it is not.
#[must_use]
pub fn counted(item: &str) -> Option<Option<&'static str>> {
    COUNTED.iter().find(|(id, _)| *id == item).map(|(_, whole)| *whole)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use serde_json::Value;

    use super::*;
    use crate::practice::standard::{Class, Form, Item};
    use crate::practice::text::Text;

    /// Items and review items with the standard's competency and class, for messages.
    fn items(standard: &Standard) -> impl Iterator<Item = &Item> {
        standard.items.iter().chain(&standard.review)
    }

    /// Every text of a standard, with the place where it stands.
    fn texts(standard: &Standard) -> Vec<(String, &Text)> {
        let mut texts = vec![
            ("title".to_owned(), &standard.title),
            ("role".to_owned(), &standard.role),
            ("purpose".to_owned(), &standard.purpose),
        ];
        if !standard.scenario.0.is_empty() {
            texts.push(("scenario".to_owned(), &standard.scenario));
        }
        for item in items(standard) {
            texts.push((item.id.clone(), &item.text));
            texts.push((format!("{}.look", item.id), &item.look));
            texts.push((format!("{}.good", item.id), &item.good));
            if item.form == Form::Number {
                texts.push((format!("{}.unit", item.id), &item.unit));
            }
            texts.extend(item.deviations.iter().map(|deviation| (deviation.id.clone(), &deviation.text)));
            texts.extend(
                item.choices.iter().map(|choice| (format!("{}.{}", item.id, choice.id), &choice.text)),
            );
        }
        for (n, threshold) in standard.aid.iter().enumerate() {
            texts.push((format!("aid.{n}.when"), &threshold.when));
            texts.push((format!("aid.{n}.then"), &threshold.then));
        }
        for refresher in &standard.refreshers {
            texts.push((format!("{}.title", refresher.id), &refresher.title));
            texts.push((format!("{}.text", refresher.id), &refresher.text));
        }
        texts
    }

    /// Deserialising ignores members that it does not know: a misspelt one must not hide there.
    fn assert_kept(file: &Value, read: &Value, place: &str) {
        match (file, read) {
            (Value::Object(file), Value::Object(read)) => {
                for (key, value) in file {
                    let kept = read.get(key).unwrap_or_else(|| panic!("{place}.{key} is not in the form"));
                    assert_kept(value, kept, &format!("{place}.{key}"));
                }
            }
            (Value::Array(file), Value::Array(read)) => {
                assert_eq!(file.len(), read.len(), "{place}");
                for (index, (file, read)) in file.iter().zip(read).enumerate() {
                    assert_kept(file, read, &format!("{place}[{index}]"));
                }
            }
            (Value::Number(file), Value::Number(read)) => {
                assert_eq!(file.as_f64(), read.as_f64(), "{place}");
            }
            _ => assert_eq!(file, read, "{place}"),
        }
    }

    #[test]
    fn every_file_is_embedded_reads_and_loses_nothing() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/standards");
        let mut names: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        names.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
        names.sort();
        let on_disk: Vec<_> = names.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
        assert_eq!(on_disk, FILES, "a file in assets/standards is missing in FILES, or out of order");
        for (name, file) in names.iter().zip(FILES) {
            let standard: Standard =
                serde_json::from_str(file).unwrap_or_else(|error| panic!("{}: {error}", name.display()));
            let read = serde_json::to_value(&standard).unwrap();
            let known = standard.more.is_empty() && items(&standard).all(|item| item.more.is_empty());
            assert!(known, "{} has members that are not in the form", name.display());
            assert_kept(&serde_json::from_str(file).unwrap(), &read, &name.display().to_string());
        }
        assert_eq!(starters().len(), FILES.len());
    }

    #[test]
    fn none_has_faults_and_ids_are_unique() {
        let mut standards = BTreeSet::new();
        for standard in starters() {
            let title = standard.title.get("en");
            assert_eq!(standard.faults(), [], "{title}");
            assert_eq!(standard.version, 1, "{title}");
            assert!(standards.insert(standard.standard), "{title}: the id is taken");
            let deviations = items(&standard).flat_map(|item| item.deviations.iter().map(|found| &found.id));
            let mut seen = BTreeSet::new();
            for id in deviations {
                assert!(seen.insert(id), "{title}: {id} twice");
            }
            let mut seen = BTreeSet::new();
            for refresher in &standard.refreshers {
                assert!(seen.insert(&refresher.id), "{title}: {} twice", refresher.id);
            }
            for item in items(&standard) {
                let mut seen = BTreeSet::new();
                assert!(item.choices.iter().all(|choice| seen.insert(&choice.id)), "{title}: {}", item.id);
            }
        }
    }

    /// What is counted of a whole says so, and every number of this table is one of a starter.
    #[test]
    fn every_number_is_counted_or_measured_and_leads_to_its_whole() {
        let mut left: BTreeSet<&str> = COUNTED.iter().map(|(id, _)| *id).collect();
        for standard in starters() {
            let title = standard.title.get("en");
            for item in standard.items.iter().filter(|item| item.form == Form::Number) {
                left.remove(item.id.as_str());
                assert!(item.is_counted() || item.id == "hours-to-report", "{title}: {}", item.id);
                let of_these = item.text.get("en").starts_with("Of these");
                assert!(!of_these || item.whole().is_some(), "{title}: {}", item.id);
                let whole = item.whole().map(|whole| standard.item(whole).map(|whole| whole.form));
                assert!(whole.is_none_or(|whole| whole == Some(Form::Number)), "{title}: {}", item.id);
            }
        }
        assert!(left.is_empty(), "{left:?}");
    }

    #[test]
    fn all_texts_are_there_in_all_languages() {
        for standard in starters() {
            for (place, text) in texts(&standard) {
                let title = standard.title.get("en");
                assert!(text.0.keys().eq(LANGUAGES.iter()), "{title}: {place} has {:?}", text.0.keys());
                for (language, words) in &text.0 {
                    assert!(!words.trim().is_empty(), "{title}: {place} is empty in {language}");
                    assert_eq!(words.trim(), words, "{title}: {place} in {language}");
                }
                let [english, spanish] = LANGUAGES.map(|language| text.get(language).split('\n').count());
                assert_eq!(english, spanish, "{title}: {place} has not the same steps");
            }
        }
    }

    #[test]
    fn texts_fit_a_phone() {
        let fits = |text: &Text, most: usize| text.0.values().all(|words| words.chars().count() <= most);
        for standard in starters() {
            for item in items(&standard) {
                let place = format!("{}: {}", standard.title.get("en"), item.id);
                assert!(fits(&item.text, 60), "{place}");
                assert!(fits(&item.look, 90), "{place}, look");
                for deviation in &item.deviations {
                    assert!(fits(&deviation.text, 18), "{place}: {}", deviation.id);
                }
            }
            let long = standard.class == Class::Shadow && standard.items.len() >= 8;
            assert_eq!(standard.one_at_a_time, long, "{}", standard.title.get("en"));
        }
    }

    /// A miss leads to something to read that is about this miss.
    #[test]
    fn every_mark_has_deviations_with_refreshers() {
        for standard in starters() {
            let title = standard.title.get("en");
            for item in items(&standard).filter(|item| item.form == Form::Mark) {
                assert!(!item.deviations.is_empty(), "{title}: {}", item.id);
                for deviation in &item.deviations {
                    assert!(deviation.refresher.is_some(), "{title}: {}", deviation.id);
                }
            }
            for refresher in &standard.refreshers {
                let steps = refresher.text.get("en").split('\n').count();
                assert!((4..=8).contains(&steps), "{title}: {} has {steps} steps", refresher.id);
                assert!((1..=15).contains(&refresher.minutes), "{title}: {}", refresher.id);
            }
        }
    }

    #[test]
    fn the_classes_and_competencies_of_the_source_texts_are_there() {
        let starters = starters();
        for (class, competency, least) in [
            (Class::Handoff, "handoff", 1),
            (Class::Shadow, "handoff", 1),
            (Class::Check, "medication", 1),
            (Class::Audit, "medication", 1),
            (Class::Shadow, "escalation", 1),
            (Class::Check, "escalation", 1),
            (Class::Note, "documentation", 1),
            (Class::Shadow, "welfare", 1),
            (Class::Scenario, "welfare", 1),
            (Class::Handoff, "visits", 1),
            (Class::Audit, "visits", 1),
            (Class::Shadow, "rights", 1),
            (Class::Shadow, "communication", 1),
            (Class::Shadow, "distress", 1),
            (Class::Shadow, "confidence", 1),
        ] {
            let found = starters
                .iter()
                .filter(|standard| standard.class == class && standard.competency == competency)
                .count();
            assert!(found >= least, "{} {competency}", class.as_str());
        }
        let consent = ["rights", "communication", "distress"];
        for standard in starters.iter().filter(|standard| consent.contains(&standard.competency.as_str())) {
            assert!(standard.consent, "{}", standard.title.get("en"));
        }
    }

    #[test]
    fn the_medication_check_is_six_taps() {
        let starters = starters();
        let checks: Vec<_> = starters
            .iter()
            .filter(|standard| standard.class == Class::Check && standard.competency == "medication")
            .collect();
        assert_eq!(checks.len(), 1);
        let check = checks[0];
        assert_eq!(check.items.len(), 6);
        assert!(check.items.iter().all(|item| item.form == Form::Mark && !item.optional));
        assert!(check.item("right").unwrap().critical);
        assert!(!check.one_at_a_time);
    }

    #[test]
    fn the_handoff_asks_for_what_the_next_shift_needs() {
        let starters = starters();
        let handoff = starters
            .iter()
            .find(|standard| standard.class == Class::Handoff && standard.competency == "handoff")
            .unwrap();
        let ids: Vec<_> = handoff.items.iter().map(|item| item.id.as_str()).collect();
        assert_eq!(ids, ["risks", "triggers", "medication", "safety-plan", "tasks", "read-back"]);
        for item in handoff.items.iter().filter(|item| item.form == Form::Choice) {
            assert_eq!(item.choices.iter().filter(|choice| choice.unknown).count(), 1, "{}", item.id);
            assert!(item.choices.iter().any(|choice| choice.note), "{}", item.id);
        }
    }

    /// The event's line may have 65 536 bytes; half of it leaves room for two more languages.
    /// Coaching on it closes with a standard that is there.
    #[test]
    fn what_a_cycle_asks_for_leads_somewhere() {
        let all = starters();
        for standard in &all {
            let plan = &standard.cycle;
            for live in &plan.live_by {
                let found = all.iter().find(|other| other.standard == *live).unwrap();
                assert!(matches!(found.class, Class::Check | Class::Shadow), "{}", found.title.get("en"));
            }
            let title = standard.title.get("en");
            assert!(plan.evidence.live <= plan.evidence.validations, "{title}");
            assert!(!standard.class.is_reviewed() || plan.evidence.notes > 0, "{title}");
        }
    }

    #[test]
    fn each_is_a_small_event() {
        for standard in starters() {
            let bytes = serde_json::to_vec(&standard).unwrap().len();
            assert!(bytes <= 30 * 1024, "{}: {bytes} bytes", standard.title.get("en"));
        }
    }

    fn words(text: &str) -> Vec<String> {
        text.split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    }

    /// The source texts are read for facts; their sentences are not ours. They are not part of the
    /// repository, so this looks only where they lie beside it.
    #[test]
    fn no_words_are_taken_from_the_source_texts() {
        const RUN: usize = 6;
        let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
        let Ok(seeds) = std::fs::read_dir(seeds) else { return };
        let mut taken = BTreeSet::new();
        for seed in seeds {
            let seed = words(&std::fs::read_to_string(seed.unwrap().path()).unwrap());
            taken.extend(seed.windows(RUN).map(<[String]>::to_vec));
        }
        for standard in starters() {
            for (place, text) in texts(&standard) {
                for run in words(text.get("en")).windows(RUN) {
                    assert!(!taken.contains(run), "{}: {place}: {run:?}", standard.title.get("en"));
                }
            }
        }
    }
}
