//! What is being typed, setting by setting, with what it builds on.

use std::collections::BTreeMap;

use dioxus::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::engine::api::SettingChange;

/// What stands in one field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Typed {
    pub text: String,
    /// None where it is no value; null where it is the usual one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "some")]
    pub value: Option<Value>,
    /// The events of this setting that were shown when it was typed.
    base: Vec<Uuid>,
    /// The field to go to where it is wrong.
    field: String,
}

/// A null that was written is a value.
fn some<'de, D: serde::Deserializer<'de>>(value: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(value).map(Some)
}

impl Typed {
    pub fn valid(text: String, value: Value, base: &[Uuid], field: &str) -> Typed {
        Typed { text, value: Some(value), base: base.to_vec(), field: field.to_owned() }
    }

    pub fn wrong(text: String, field: &str) -> Typed {
        Typed { text, value: None, base: Vec::new(), field: field.to_owned() }
    }
}

#[derive(Clone, Copy, PartialEq)]
pub struct Pen {
    pub typed: Signal<BTreeMap<String, Typed>>,
}

impl Pen {
    pub fn new() -> Pen {
        Pen { typed: Signal::new(BTreeMap::new()) }
    }

    /// What was typed for a setting, if anything. Subscribes the caller.
    pub fn of(self, key: &str) -> Option<Typed> {
        self.typed.read().get(key).cloned()
    }

    pub fn value(self, key: &str) -> Option<Value> {
        self.of(key).and_then(|typed| typed.value)
    }

    pub fn typed_in(mut self, key: &str, typed: Typed) {
        self.typed.write().insert(key.to_owned(), typed);
    }

    /// The first field with something that is no value.
    pub fn first_wrong(self) -> Option<String> {
        self.typed.peek().values().find(|typed| typed.value.is_none()).map(|typed| typed.field.clone())
    }

    pub fn changes(self) -> Vec<SettingChange> {
        let change = |(key, typed): (&String, &Typed)| {
            let value = typed.value.clone()?;
            Some(SettingChange { key: key.clone(), value, base: typed.base.clone() })
        };
        self.typed.peek().iter().filter_map(change).collect()
    }
}

pub fn pen() -> Pen {
    use_context::<Pen>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_comes_back_as_it_was_with_what_is_usual_and_what_is_wrong() {
        let usual = Typed::valid(String::new(), Value::Null, &[Uuid::max()], "shifts-usual");
        let number = Typed::valid("45".into(), 45.into(), &[], "pattern-days");
        let wrong = Typed::wrong("4x".into(), "pattern-days");
        for typed in [usual, number, wrong] {
            let kept = serde_json::to_string(&typed).unwrap();
            assert_eq!(serde_json::from_str::<Typed>(&kept).unwrap(), typed, "{kept}");
        }
    }
}
