//! Texts that are longer than their field takes.
//!
//! Invariant: nothing that was typed or pasted is cut. The field keeps all of it and says how many letters
//! are too many; what it belongs to is not sent until it is shorter.

use dioxus::prelude::*;

use crate::app::i18n::t_args;
use crate::practice::text::too_many;

/// The fields of a form whose text is too long, in the order in which they became so.
#[derive(Clone, Copy, PartialEq)]
pub struct Lengths(Signal<Vec<String>>);

impl Lengths {
    /// Call it once in the component that holds the form.
    #[must_use]
    pub fn none() -> Lengths {
        Lengths(Signal::new(Vec::new()))
    }

    /// The field to shorten first.
    #[must_use]
    pub fn first(self) -> Option<String> {
        self.0.peek().first().cloned()
    }

    fn note(mut self, field: &str, is_long: bool) {
        // The form may have gone before its field.
        let Ok(mut fields) = self.0.try_write() else { return };
        fields.retain(|known| known != field);
        if is_long {
            fields.push(field.to_owned());
        }
    }
}

/// The sentence for a text that is too long, empty where it is not; tells the form that the field is in.
pub fn use_length(field: &str, text: &str, longest: Option<u32>) -> String {
    let lengths = use_hook(try_consume_context::<Lengths>);
    let many = longest.map_or(0, |longest| too_many(text, longest));
    let (name, is_long) = (field.to_owned(), many > 0);
    let gone = name.clone();
    use_effect(use_reactive((&name, &is_long), move |(name, is_long)| {
        if let Some(lengths) = lengths {
            lengths.note(&name, is_long);
        }
    }));
    use_drop(move || {
        if let Some(lengths) = lengths {
            lengths.note(&gone, false);
        }
    });
    if many > 0 { said(many) } else { String::new() }
}

/// "43 characters too many".
#[must_use]
pub fn said(many: usize) -> String {
    t_args("text-too-long", &[("n", many.into())])
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};

    use super::*;
    use crate::app::ui::Field;

    thread_local! {
        static TEXT: RefCell<String> = const { RefCell::new(String::new()) };
        static LENGTHS: Cell<Option<Lengths>> = const { Cell::new(None) };
    }

    fn form() -> Element {
        LENGTHS.set(Some(use_context_provider(Lengths::none)));
        rsx! { Field { label: "Why", id: "why", value: TEXT.with_borrow(String::clone), longest: 20, oninput: move |_: String| {} } }
    }

    /// P-E1: what is too long stays, and its form knows of it until it is shortened.
    #[test]
    fn a_form_knows_of_a_text_that_is_too_long_until_it_is_shortened() {
        let mut dom = VirtualDom::new(form);
        let mut shows = |text: &str, anew: bool| {
            TEXT.set(text.to_owned());
            if anew {
                dom.rebuild_in_place();
            } else {
                dom.mark_dirty(ScopeId::APP);
                dom.render_immediate(&mut dioxus::core::NoOpMutations);
            }
            // Effects run before the next piece of work.
            dom.process_events();
            dom.render_immediate(&mut dioxus::core::NoOpMutations);
            dom.in_runtime(|| LENGTHS.get().unwrap().first())
        };
        assert_eq!(shows("a word", true), None);
        assert_eq!(shows(&"é".repeat(21), false), Some("why".to_owned()));
        assert_eq!(shows(&"é".repeat(20), false), None);
    }
}
