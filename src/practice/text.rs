//! Text that organisations write themselves, in one language or more.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The same sentence by language tag (`en`, `es` …).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub BTreeMap<String, String>);

impl Text {
    /// The text in `language`, else in English, else in whichever there is.
    #[must_use]
    pub fn get(&self, language: &str) -> &str {
        self.0
            .get(language)
            .or_else(|| self.0.get("en"))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.values().all(|words| words.trim().is_empty())
    }
}

impl Text {
    /// The text in exactly this language; empty where it has none.
    #[must_use]
    pub fn only(&self, language: &str) -> &str {
        self.0.get(language).map_or("", String::as_str)
    }

    /// Sets the text of one language. Without words it has that language no more.
    pub fn set(&mut self, language: &str, words: String) {
        if words.is_empty() {
            self.0.remove(language);
        } else {
            self.0.insert(language.to_owned(), words);
        }
    }
}

impl From<&str> for Text {
    fn from(english: &str) -> Text {
        Text(BTreeMap::from([("en".into(), english.into())]))
    }
}

/// How many letters of a text are more than `longest`.
#[must_use]
pub fn too_many(text: &str, longest: u32) -> usize {
    text.chars().count().saturating_sub(usize::try_from(longest).unwrap_or(usize::MAX))
}
