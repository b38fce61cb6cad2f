//! Every text on screen, in the person's language.
//!
//! `t("key")` reads the language as a signal, so whatever shows a text is repainted when the
//! language changes. Invariant: both languages have the same keys with the same variables, every
//! key used in the source exists and none is left over (`i18n_tests`); so keys are always written as
//! literals in the call.

use std::cell::RefCell;
use std::collections::HashMap;

use dioxus::prelude::*;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::platform::{self, Setting};
use crate::practice::shown::isolate;

/// The languages of the screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lang {
    En,
    Es,
}

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Es];

    /// The tag, as `practice::text::Text` and the document use it.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Es => "es",
        }
    }

    /// What the language calls itself: the same in every language, so that it can be found.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Lang::En => "English",
            Lang::Es => "Español",
        }
    }

    #[must_use]
    pub fn named(tag: &str) -> Option<Lang> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Lang::ALL.into_iter().find(|lang| lang.tag().eq_ignore_ascii_case(primary))
    }

    /// The locale files, in the order in which they were added to the app.
    pub(crate) fn sources(self) -> &'static [&'static str] {
        macro_rules! files {
            ($tag:literal) => {
                files!($tag:
                    "app",
                    "codes",
                    "devices",
                    "today",
                    "entry",
                    "follow",
                    "loop",
                    "places",
                    "more",
                    "capture",
                    "record",
                    "write",
                    "settle",
                    "device",
                    "pack",
                    "versions",
                    "insight",
                    "patterns",
                    "settings",
                    "governance",
                )
            };
            ($tag:literal: $($name:literal,)*) => {
                &[$(include_str!(concat!("../../assets/locales/", $tag, "/", $name, ".ftl"))),*]
            };
        }
        match self {
            Lang::En => files!("en"),
            Lang::Es => files!("es"),
        }
    }
}

static LANG: GlobalSignal<Lang> = Signal::global(first_choice);

/// What was chosen before, else the first system language that we speak, else English.
fn first_choice() -> Lang {
    platform::setting(Setting::Language)
        .and_then(|tag| Lang::named(&tag))
        .or_else(|| platform::system_languages().iter().find_map(|tag| Lang::named(tag)))
        .unwrap_or(Lang::En)
}

/// The language on screen. Subscribes the caller.
#[must_use]
pub fn lang() -> Lang {
    LANG()
}

/// Changes the language now, and remembers it.
pub fn choose(lang: Lang) {
    *LANG.write() = lang;
    platform::set_language(lang.tag());
}

/// Shows texts in a language and remembers nothing.
#[cfg(test)]
pub fn show_in(lang: Lang) {
    *LANG.write() = lang;
}

/// The text of `key`.
#[must_use]
pub fn t(key: &str) -> String {
    say(lang(), key, &[])
}

/// The text of `key` with its variables.
#[must_use]
pub fn t_args(key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
    say(lang(), key, args)
}

/// A number with at most one place after the language's decimal sign.
#[must_use]
pub fn decimal(value: f64) -> String {
    #[allow(clippy::cast_possible_truncation, reason = "tenths of a figure on a screen")]
    let tenths = (value.clamp(-1e12, 1e12) * 10.0).round() as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, tenth) = (tenths.abs() / 10, tenths.abs() % 10);
    if tenth == 0 {
        return format!("{sign}{whole}");
    }
    let whole = format!("{sign}{whole}");
    t_args("size-decimal", &[("whole", whole.into()), ("tenth", tenth.to_string().into())])
}

/// A number as it is stored, with the language's decimal sign: typed like this, it reads as itself.
#[must_use]
pub fn number(value: f64) -> String {
    let text = crate::practice::number::write(value);
    match text.split_once('.') {
        None => text,
        Some((whole, after)) => {
            t_args("size-decimal", &[("whole", whole.to_owned().into()), ("tenth", after.to_owned().into())])
        }
    }
}

thread_local! {
    static BUNDLES: RefCell<HashMap<Lang, FluentBundle<FluentResource>>> = RefCell::default();
}

/// The text in a given language. A missing key shows itself instead of nothing.
#[must_use]
pub fn say(lang: Lang, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
    BUNDLES.with_borrow_mut(|bundles| {
        let bundle = bundles.entry(lang).or_insert_with(|| bundle(lang));
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut given = FluentArgs::new();
        for (name, value) in args {
            match value {
                FluentValue::String(text) => given.set(*name, isolate(text)),
                other => given.set(*name, other.clone()),
            }
        }
        // What fails to format shows its variable's name: readable, and found by the tests.
        let mut faults = Vec::new();
        bundle.format_pattern(pattern, Some(&given), &mut faults).into_owned()
    })
}

fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let tag: LanguageIdentifier = lang.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new(vec![tag]);
    // `say` isolates what is written from right to left, and only that: around every number and name the
    // invisible marks would stand in the way of search.
    bundle.set_use_isolating(false);
    for source in lang.sources() {
        // A faulty entry is left out and shows its key; the tests refuse it.
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(good, _)| good);
        let _ = bundle.add_resource(resource);
    }
    bundle
}
