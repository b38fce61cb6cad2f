//! Where an observation was made: in real practice, in a simulation, or at a desk.
//!
//! Invariant: the standard says it, or lets the observer say it when beginning. Nobody labels an
//! observation afterwards, and what was simulated never counts as live.

use serde::{Deserialize, Serialize};

use super::draft::Content;
use super::follow::Mode;
use super::standard::{Class, Standard};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// In real practice.
    Live,
    /// A case played through.
    Simulated,
    /// The observer says which of the two when beginning. Never the setting of an observation.
    Either,
    /// On paper: audits, written cases, samples of notes.
    Desk,
    /// One of a newer version of the app, which is not taken for live.
    #[serde(other)]
    Unknown,
}

impl Setting {
    /// What an observer may choose from, where the standard leaves it open.
    pub const CHOICES: [Setting; 2] = [Setting::Live, Setting::Simulated];

    /// The code that stands in lines and locale keys.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Setting::Live => "live",
            Setting::Simulated => "simulated",
            Setting::Either => "either",
            Setting::Desk => "desk",
            Setting::Unknown => "unknown",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Setting> {
        [Setting::Live, Setting::Simulated, Setting::Either, Setting::Desk]
            .into_iter()
            .find(|known| known.as_str() == code)
    }

    /// What an observation made here counts as, whatever an older step called it; only that it was pointed
    /// to as a note is up to the step.
    #[must_use]
    pub fn counts_as(self, label: Mode) -> Mode {
        if label == Mode::Note { Mode::Note } else { self.mode() }
    }

    /// Whether what is observed so can be real practice: only then can it re-validate anybody.
    #[must_use]
    pub fn can_be_live(self) -> bool {
        matches!(self, Setting::Live | Setting::Either)
    }

    /// How it counts when nobody labelled it.
    #[must_use]
    pub fn mode(self) -> Mode {
        if self == Setting::Live { Mode::Live } else { Mode::Simulated }
    }
}

impl Standard {
    /// Where it is observed. Versions from before standards said so are told by their class and by
    /// whether they carry a case to play through.
    #[must_use]
    pub fn observed_in(&self) -> Setting {
        match (self.setting, self.class) {
            (_, Class::Audit | Class::Scenario | Class::Note) => Setting::Desk,
            (Some(setting), _) => setting,
            (None, Class::Check | Class::Shadow) if !self.scenario.is_empty() => Setting::Simulated,
            (None, _) => Setting::Live,
        }
    }

    /// Where this observation was made.
    #[must_use]
    pub fn setting_of(&self, content: &Content) -> Setting {
        match self.observed_in() {
            Setting::Either => match content.setting {
                Some(Setting::Live) => Setting::Live,
                _ => Setting::Simulated,
            },
            fixed => fixed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::editing::blank;
    use crate::practice::text::Text;
    use uuid::Uuid;

    fn standard(class: Class, setting: Option<Setting>) -> Standard {
        Standard { setting, ..blank(Uuid::from_u128(1), class) }
    }

    fn said(setting: Option<Setting>) -> Content {
        let standard = standard(Class::Check, None).reference();
        Content { setting, ..Content::new(standard) }
    }

    #[test]
    fn what_the_standard_fixes_no_observer_changes() {
        let call = standard(Class::Shadow, Some(Setting::Simulated));
        assert_eq!(call.setting_of(&said(Some(Setting::Live))), Setting::Simulated);
        let live = standard(Class::Check, Some(Setting::Live));
        assert_eq!(live.setting_of(&said(Some(Setting::Simulated))), Setting::Live);
        let paper = standard(Class::Audit, Some(Setting::Live));
        assert_eq!(paper.setting_of(&said(Some(Setting::Live))), Setting::Desk);
    }

    #[test]
    fn where_either_may_be_it_is_live_only_if_somebody_said_so() {
        let either = standard(Class::Shadow, Some(Setting::Either));
        assert_eq!(either.setting_of(&said(Some(Setting::Live))), Setting::Live);
        assert_eq!(either.setting_of(&said(Some(Setting::Simulated))), Setting::Simulated);
        assert_eq!(either.setting_of(&said(None)), Setting::Simulated);
        assert_eq!(either.setting_of(&said(Some(Setting::Unknown))), Setting::Simulated);
    }

    #[test]
    fn an_older_standard_with_a_case_to_play_through_is_simulated() {
        let mut call = standard(Class::Shadow, None);
        assert_eq!(call.observed_in(), Setting::Live);
        call.scenario = Text::from("A neighbour calls at night …");
        assert_eq!(call.observed_in(), Setting::Simulated);
        assert_eq!(standard(Class::Note, None).observed_in(), Setting::Desk);
        assert_eq!(standard(Class::Handoff, None).observed_in(), Setting::Live);
    }

    #[test]
    fn an_observation_counts_as_what_it_was_and_not_as_what_somebody_called_it() {
        for setting in [Setting::Simulated, Setting::Desk, Setting::Unknown, Setting::Either] {
            assert_eq!(setting.counts_as(Mode::Live), Mode::Simulated);
        }
        assert_eq!(Setting::Live.counts_as(Mode::Live), Mode::Live);
        assert_eq!(Setting::Live.counts_as(Mode::Simulated), Mode::Live);
        assert_eq!(Setting::Desk.counts_as(Mode::Note), Mode::Note);
    }
}
