//! Holds the list of forms against the source: a form that is not listed, a field that nothing keeps, a
//! dialog that closes while it sends.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::list::FORMS;

/// What a person types into, as it stands in the source.
const TYPED: [&str; 8] =
    ["Field {", "WhenField {", "Area {", "NumberBox {", "textarea {", "input {", "PinField {", "Bilingual {"];

/// Components that are a part of a form of the kit: it gives them what it keeps.
const PARTS: &[(&str, &str)] = &[
    ("follow/coach.rs::Agree", "cycle"),
    ("insight/review.rs::OneDecision", "month"),
    ("review/mod.rs::ReviewItem", "review"),
    ("settings/fields.rs::Number", "settings"),
    ("settings/fields.rs::Days", "settings"),
    ("settings/shifts.rs::Site", "settings"),
];

/// Why something that is typed is in no form of the kit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    /// It is what forms are made of.
    Component,
    /// The engine saves it as the draft of an observation or of a standard, at every change.
    Draft,
    /// A PIN: kept nowhere, on purpose.
    Secret,
    /// Nobody is unlocked yet whose text it could be, and its code is good once.
    BeforeAnyone,
    /// It narrows a list or a time that is looked at: nothing is written with it.
    Filter,
}

const ELSEWHERE: &[(&str, Why)] = &[
    ("ui/field.rs::Field", Why::Component),
    ("ui/when.rs::WhenField", Why::Component),
    ("ui/pin.rs::PinField", Why::Component),
    ("capture/area.rs::Area", Why::Component),
    ("capture/number.rs::NumberBox", Why::Component),
    ("standards/edit/bilingual.rs::Bilingual", Why::Component),
    ("capture/about.rs::Before", Why::Draft),
    ("capture/about.rs::After", Why::Draft),
    ("capture/about.rs::Earlier", Why::Draft),
    ("capture/choice.rs::Choices", Why::Draft),
    ("capture/coach.rs::CoachSheet", Why::Draft),
    ("capture/coach.rs::LookAgain", Why::Draft),
    ("capture/consent.rs::ConsentCard", Why::Draft),
    ("capture/item.rs::AnswerField", Why::Draft),
    ("capture/owner.rs::DuePick", Why::Draft),
    ("capture/tasks.rs::TaskCard", Why::Draft),
    ("standards/edit/about.rs::About", Why::Draft),
    ("standards/edit/about.rs::Competency", Why::Draft),
    ("standards/edit/item.rs::Open", Why::Draft),
    ("standards/edit/item.rs::Deviations", Why::Draft),
    ("standards/edit/item.rs::Choices", Why::Draft),
    ("standards/edit/item.rs::Limits", Why::Draft),
    ("standards/edit/refreshers.rs::One", Why::Draft),
    ("lock/mod.rs::UnlockForm", Why::Secret),
    ("more/pin.rs::ChangePinForm", Why::Secret),
    ("pair/mod.rs::ChoosePin", Why::Secret),
    ("pair/mod.rs::Pair", Why::BeforeAnyone),
    ("pair/mod.rs::ServerAndDevice", Why::BeforeAnyone),
    ("capture/begin.rs::PeopleList", Why::Filter),
    ("people/list.rs::PeopleList", Why::Filter),
    ("pack/page.rs::Form", Why::Filter),
];

/// One function of a screen: `follow/acts.rs::Ask`, and its text without comments.
struct Part {
    file: String,
    name: String,
    text: String,
}

impl Part {
    fn at(&self) -> String {
        format!("{}::{}", self.file, self.name)
    }

    /// The names of the forms that it sets up.
    fn forms(&self) -> Vec<&str> {
        let after = self.text.split("use_form(").skip(1);
        after
            .map(|after| after.strip_prefix('"').and_then(|name| name.split('"').next()).unwrap_or("?"))
            .collect()
    }

    /// Whether a person types into it.
    fn is_typed(&self) -> bool {
        let element = |token: &&str| {
            self.text.match_indices(*token).any(|(at, _)| {
                let (before, after) = (&self.text[..at], &self.text[at + token.len()..]);
                // The end of a longer name, a path, or a `match`.
                let other = before.ends_with(|last: char| last.is_alphanumeric() || "_:".contains(last))
                    || before.ends_with("match ");
                let head: String = after.chars().take(80).collect();
                let chosen = head.contains("\"radio\"") || head.contains("\"checkbox\"");
                !other && !chosen
            })
        };
        TYPED.iter().any(element)
    }
}

fn sources(folder: &Path, root: &Path, parts: &mut Vec<Part>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        if path.is_dir() {
            sources(&path, root, parts);
        } else if file.ends_with(".rs") && !file.ends_with("_tests.rs") && !file.starts_with("form") {
            let text = std::fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
            functions(&file, text, parts);
        }
    }
}

fn functions(file: &str, text: &str, parts: &mut Vec<Part>) {
    let begins = |line: &str| {
        let line =
            line.strip_prefix("pub").map_or(line, |rest| rest.split_once(' ').map_or(rest, |(_, rest)| rest));
        let line = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ")?;
        Some(
            line.split(|end: char| !end.is_alphanumeric() && end != '_')
                .next()
                .unwrap_or_default()
                .to_owned(),
        )
    };
    let first = parts.len();
    for line in text.lines() {
        if let Some(name) = begins(line) {
            parts.push(Part { file: file.to_owned(), name, text: String::new() });
        }
        if let Some(part) = parts.get_mut(first..).and_then(<[Part]>::last_mut)
            && !line.trim_start().starts_with("//")
        {
            part.text.push_str(line);
            part.text.push('\n');
        }
    }
}

fn screens() -> Vec<Part> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app");
    let mut parts = Vec::new();
    sources(&root, &root, &mut parts);
    parts
}

#[test]
fn every_form_is_listed_once_where_it_stands() {
    let screens = screens();
    let found: BTreeSet<(&str, &str)> = screens
        .iter()
        .flat_map(|part| part.forms().into_iter().map(move |form| (form, part.file.as_str())))
        .collect();
    let listed: BTreeSet<(&str, &str)> = FORMS.iter().map(|form| (form.form, form.file)).collect();
    assert_eq!(found, listed, "left: what the source has; right: `form/list.rs`");
    assert_eq!(listed.len(), FORMS.len(), "each once");
    let uses: usize = screens.iter().map(|part| part.forms().len()).sum();
    assert_eq!(uses, FORMS.len(), "two forms of one name would share what is typed");
    for form in FORMS {
        assert!(["sam", "quinn", "ada"].contains(&form.who) && form.page.starts_with('/'), "{}", form.form);
        assert!(form.taps.iter().all(|tap| !tap.is_empty()), "{}", form.form);
        let here = screens.iter().filter(|part| part.file == form.file);
        let ids: String = here.map(|part| part.text.as_str()).collect();
        // An id that is put together stands there in pieces.
        let begins = format!("\"{}-", form.field.split('-').next().unwrap());
        let ends = format!("-{}\"", form.field.rsplit('-').next().unwrap());
        let whole = format!("\"{}\"", form.field);
        assert!([whole, begins, ends].iter().any(|id| ids.contains(id)), "{} in {}", form.field, form.file);
    }
}

#[test]
fn every_form_has_a_title_in_the_list_of_what_was_not_sent() {
    use super::kept::title;
    use crate::app::i18n::{Lang, say, show_in};
    use dioxus::prelude::*;
    let mut dom = VirtualDom::new(|| rsx! {});
    dom.rebuild_in_place();
    dom.in_runtime(|| {
        for lang in Lang::ALL {
            show_in(lang);
            let fallback = say(lang, "form-unsent", &[]);
            for form in FORMS {
                let title = title(form.form, "");
                assert!(title != fallback && !title.is_empty(), "{}", form.form);
            }
        }
    });
}

#[test]
fn whatever_is_typed_is_kept_or_said_to_be_kept_elsewhere() {
    let screens = screens();
    let elsewhere: BTreeMap<&str, Why> = ELSEWHERE.iter().copied().collect();
    let parts: BTreeMap<&str, &str> = PARTS.iter().copied().collect();
    let mut seen = BTreeSet::new();
    for part in screens.iter().filter(|part| part.is_typed() && part.forms().is_empty()) {
        let at = part.at();
        let known = elsewhere.contains_key(at.as_str()) || parts.contains_key(at.as_str());
        assert!(known, "{at}: what is typed there is lost when the page goes. Use the form kit.");
        seen.insert(at);
    }
    for at in elsewhere.keys().chain(parts.keys()) {
        assert!(seen.contains(*at), "{at} is typed into no more");
    }
    for form in parts.values() {
        assert!(FORMS.iter().any(|listed| listed.form == *form), "{form}");
    }
}

#[test]
fn every_form_keeps_says_what_is_back_and_sends_by_the_kit() {
    for part in screens().iter().filter(|part| !part.forms().is_empty()) {
        let (at, text) = (part.at(), part.text.as_str());
        assert!(text.contains("form.keeps"), "{at} keeps nothing");
        assert!(text.contains("Top { form }"), "{at} does not say that what was typed is back");
        for past in [".run(Request::", "send_step("] {
            assert!(!text.contains(past), "{at} sends past the form: a crash would offer its text again");
        }
        for dialog in text.split("Dialog {").skip(1) {
            let head = dialog.lines().next().unwrap_or_default();
            assert!(head.contains("busy"), "{at}: “Cancel” is live while it is sent");
        }
        let in_dialog = text.contains("Dialog {");
        assert!(!(in_dialog && text.contains("say_failure")), "{at}: its scrim dims what went wrong");
    }
}

/// The list of drafts promises that a form opens where its text is: what a dialog holds, opens it.
#[test]
fn every_form_in_a_dialog_opens_when_it_was_tapped_in_the_list() {
    let screens = screens();
    let mut any = false;
    for part in screens.iter().filter(|part| part.text.contains("Dialog {")) {
        for form in part.forms() {
            let asks = format!("wanted(\"{form}\"");
            assert!(
                screens.iter().any(|part| part.text.contains(&asks)),
                "{}: nothing asks {asks}…",
                part.at()
            );
            any = true;
        }
    }
    assert!(any);
}

/// P-E1: the browser's own limit cuts what is pasted without a word.
#[test]
fn no_field_cuts_what_is_pasted() {
    let cut: Vec<String> =
        screens().iter().filter(|part| part.text.contains("maxlength")).map(Part::at).collect();
    assert_eq!(cut, Vec::<String>::new());
}
