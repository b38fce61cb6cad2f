//! What is being typed, setting by setting, with what it builds on.

use std::collections::BTreeMap;

use dioxus::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use crate::engine::api::SettingChange;

/// What stands in one field.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed {
    pub text: String,
    /// None where it is no value.
    pub value: Option<Value>,
    /// The events of this setting that were shown when it was typed.
    base: Vec<Uuid>,
    /// The field to go to where it is wrong.
    field: String,
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
    typed: Signal<BTreeMap<String, Typed>>,
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

    pub fn clear(mut self) {
        self.typed.write().clear();
    }
}

pub fn pen() -> Pen {
    use_context::<Pen>()
}
