//! A text in the language on screen and, where the second is written too, in the other one.

use dioxus::prelude::*;

use super::pen::pen;
use crate::app::i18n::{Lang, lang, t_args};
use crate::app::ui::Field;
use crate::practice::standard::LONGEST_TEXT;
use crate::practice::text::Text;

#[component]
pub fn Bilingual(
    label: String,
    /// Unique on the page.
    id: String,
    text: Text,
    oninput: EventHandler<Text>,
    #[props(default)] hint: String,
    #[props(default)] optional: bool,
    #[props(default)] rows: Option<u32>,
    #[props(default = LONGEST_TEXT)] longest: u32,
) -> Element {
    let both = *pen().both.read();
    let here = lang();
    let other = Lang::ALL.into_iter().find(|one| *one != here).filter(|_| both);
    let set = move |mut text: Text, lang: Lang, words: String| {
        text.set(lang.tag(), words);
        oninput.call(text);
    };
    let (first, second) = (text.clone(), text.clone());
    rsx! {
        Field { label: label.clone(), id: id.clone(), value: text.only(here.tag()).to_owned(), hint, optional, rows, longest,
            autocapitalize: "sentences",
            oninput: move |words: String| set(first.clone(), here, words),
        }
        if let Some(other) = other {
            Field { label: t_args("write-in-other", &[("label", label.into()), ("language", other.own_name().into())]),
                id: "{id}-2", value: text.only(other.tag()).to_owned(), optional: true, rows, longest,
                oninput: move |words: String| set(second.clone(), other, words),
            }
        }
    }
}
