//! Recording the review of a month: the three questions of A4, who was there, what was looked at, what was
//! decided. The figures are kept by the engine as they stand when it is saved.

use chrono::NaiveDate;
use dioxus::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::lens;
use crate::app::device;
use crate::app::follow::written;
use crate::app::form::{Top, use_form};
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::ui::{Banner, Button, Dialog, Field, Ico, Kind, Pick, Pills, Select, Ticks, Tone};
use crate::app::when;
use crate::engine::api::{MonthView, PersonRow, Request};
use crate::insight::period::Grain;
use crate::practice::clock;
use crate::practice::follow::{Decision, GovernanceReviewed, Step};

const YES: &str = "yes";

/// A decision while it is typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Typed {
    what: String,
    owner: String,
    due: String,
}

#[component]
pub fn Review(view: MonthView, onclose: EventHandler<()>) -> Element {
    let app = use_app();
    let (role_specific, validated, changed) =
        (use_signal(|| None::<bool>), use_signal(|| None::<bool>), use_signal(|| None::<bool>));
    let (mut attended, mut note) = (use_signal(String::new), use_signal(String::new));
    let mut about = use_signal(Vec::<String>::new);
    let mut decisions = use_signal(Vec::<Typed>::new);
    let mut pressed = use_signal(|| false);
    let mut tried = use_signal(Tried::default);
    let form = use_form("month", &review_of(&view.month));
    form.keeps("role_specific", role_specific);
    form.keeps("validated", validated);
    form.keeps("changed", changed);
    form.keeps("attended", attended);
    form.keeps("note", note);
    form.keeps("about", about);
    form.keeps("decisions", decisions);
    let month = view.month.clone();
    let send = move |()| {
        pressed.set(true);
        tried.write().send(decisions.peek().len());
        let first_open = first_open(
            &[
                ("role-specific", role_specific()),
                ("validated-in-practice", validated()),
                ("outcome-changed", changed()),
            ],
            &[("review-attended", attended()), ("review-note", note())],
            &decisions.peek(),
        );
        let (None, Some(role_specific), Some(validated_in_practice), Some(outcome_changed)) =
            (&first_open, role_specific(), validated(), changed())
        else {
            device::focus(&first_open.unwrap_or_default());
            return;
        };
        let lens = lens::lens();
        let step = Step::GovernanceReviewed(GovernanceReviewed {
            month: month.clone(),
            role_specific,
            validated_in_practice,
            outcome_changed,
            note: note.peek().trim().to_owned(),
            about: about.peek().iter().filter_map(|id| id.parse().ok()).collect(),
            attended: attended.peek().trim().to_owned(),
            decisions: decisions.peek().iter().map(decision).collect(),
            site: lens.site,
            programme: lens.programme,
            figures: Vec::new(),
        });
        let request = Request::Step { step: Box::new(step), site: None, subject: None };
        form.send(request, move |answer| match written(answer) {
            Ok(_) => {
                app.say(t("month-reviewed"));
                onclose.call(());
            }
            Err(why) => form.fail(why),
        });
    };
    let missing = move |empty: bool| if pressed() && empty { t("act-words-missing") } else { String::new() };
    let titles =
        view.open.iter().map(|row| Pick::new(row.follow.id.to_string(), row.follow.title().to_owned()));
    let titles: Vec<Pick> = titles.collect();
    let actions = rsx! { Button { busy: (form.busy)(), test: "month-review-send", onclick: send, {t("month-review-send")} } };
    rsx! {
        Dialog { title: t("month-review"), id: "month-review-dialog", onclose, busy: (form.busy)(), actions,
            p { class: "hint", {t("review-hint")} }
            Top { form }
            if let Some(row) = view.reviews.first() {
                Banner { tone: Tone::Waiting, icon: Ico::Info, title: t_args("review-again", &[("day", when::full_day(row.follow.at.date_naive()).into())]),
                    text: t("review-again-hint"), test: "review-again" }
            }
            Question { label: t("month-role-specific"), name: "role-specific", answer: role_specific, pressed: pressed() }
            Question { label: t("month-validated"), name: "validated-in-practice", answer: validated, pressed: pressed() }
            Question { label: t("month-changed"), name: "outcome-changed", answer: changed, pressed: pressed() }
            Field { label: t("review-attended"), id: "review-attended", value: attended(), hint: t("review-attended-hint"), longest: 500,
                error: if pressed() && attended().trim().is_empty() { t("review-attended-missing") } else { String::new() },
                oninput: move |text: String| attended.set(text) }
            if !titles.is_empty() {
                Ticks { legend: t("review-about"), name: "review-about", picks: titles, chosen: about(), onchoose: move |now: Vec<String>| about.set(now) }
            }
            Field { label: t("review-note"), id: "review-note", value: note(), rows: 3, longest: 2000,
                error: missing(note().trim().is_empty()),
                oninput: move |text: String| note.set(text) }
            for (n , typed) in decisions().into_iter().enumerate() {
                OneDecision { key: "{n}", n, typed, people: view.people.clone(), pressed: tried().has(n),
                    onchange: move |typed: Option<Typed>| {
                        let mut all = decisions.write();
                        match typed {
                            Some(typed) => if let Some(one) = all.get_mut(n) { *one = typed; },
                            None => if n < all.len() {
                                all.remove(n);
                                tried.write().remove(n);
                            },
                        }
                    } }
            }
            Button { kind: Kind::Ghost, icon: Ico::Plus, test: "review-decide", onclick: move |()| decisions.write().push(Typed::default()), {t("review-decide")} }
        }
    }
}

/// How many decisions stood there when it was to be sent: those alone say what is wanting. One that is added
/// later has not been tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tried(usize);

impl Tried {
    fn send(&mut self, decisions: usize) {
        self.0 = decisions;
    }

    fn remove(&mut self, n: usize) {
        if self.has(n) {
            self.0 = self.0.saturating_sub(1);
        }
    }

    fn has(self, n: usize) -> bool {
        n < self.0
    }
}

/// The month and what it is reviewed for: another site's review is another form.
pub(super) fn review_of(month: &str) -> String {
    let lens = lens::lens();
    format!("{month} {} {}", lens.programme, lens.site.map(|site| site.to_string()).unwrap_or_default())
}

/// The page of the month that [`review_of`] names.
#[must_use]
pub fn review_page(about: &str) -> Option<Route> {
    back_to(about, when::now().date_naive()).map(|back| Route::MonthPage { back })
}

/// How many months ago it is.
fn back_to(about: &str, today: NaiveDate) -> Option<u32> {
    let (year, month) = about.split(' ').next()?.split_once('-')?;
    let month = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)?;
    u32::try_from(Grain::Month.of(today).saturating_sub(Grain::Month.of(month))).ok()
}

/// Looks at the part of the organisation that [`review_of`] names.
pub fn look_at(about: &str) {
    let Some((programme, site)) = part_of(about) else { return };
    lens::set(|lens| {
        lens.programme = programme;
        lens.site = site;
    });
}

/// Programme and site: the month has no space, nor has the site.
fn part_of(about: &str) -> Option<(String, Option<Uuid>)> {
    let (_, part) = about.split_once(' ')?;
    let (programme, site) = part.rsplit_once(' ')?;
    Some((programme.to_owned(), site.parse().ok()))
}

/// The first field that has to be filled, in the order of the page.
fn first_open(
    answers: &[(&str, Option<bool>)],
    texts: &[(&str, String)],
    decisions: &[Typed],
) -> Option<String> {
    let unanswered = answers.iter().find(|(_, answer)| answer.is_none());
    let unanswered = unanswered.map(|(name, _)| format!("{name}-{YES}"));
    let unsaid = texts.iter().find(|(_, text)| text.trim().is_empty()).map(|(id, _)| (*id).to_owned());
    let undecided = decisions.iter().enumerate().find_map(|(n, one)| {
        let nobody = one.owner.parse::<Uuid>().is_err();
        let part = if one.what.trim().is_empty() { "what" } else { "owner" };
        (nobody || one.what.trim().is_empty()).then(|| format!("decision-{n}-{part}"))
    });
    unanswered.or(unsaid).or(undecided)
}

fn decision(typed: &Typed) -> Decision {
    Decision {
        what: typed.what.trim().to_owned(),
        owner: typed.owner.parse().ok(),
        due: clock::day(&typed.due),
    }
}

/// Yes or no, and neither until somebody says so.
#[component]
fn Question(label: String, name: String, answer: Signal<Option<bool>>, pressed: bool) -> Element {
    let mut answer = answer;
    let chosen = answer().map(|yes| if yes { YES } else { "no" }.to_owned());
    rsx! {
        Pills { legend: label, name, chosen,
            picks: vec![Pick::new(YES, t("settings-yes")), Pick::new("no", t("settings-no"))],
            error: if pressed && answer().is_none() { t("review-answer") } else { String::new() },
            onchoose: move |value: String| answer.set(Some(value == YES)) }
    }
}

#[component]
fn OneDecision(
    n: usize,
    typed: Typed,
    people: Vec<PersonRow>,
    pressed: bool,
    onchange: EventHandler<Option<Typed>>,
) -> Element {
    let picks: Vec<Pick> =
        people.iter().map(|row| Pick::new(row.person.to_string(), row.shown.clone())).collect();
    let missing = |empty: bool| if pressed && empty { t("act-words-missing") } else { String::new() };
    let (what, owner, due) = (typed.clone(), typed.clone(), typed.clone());
    rsx! {
        div { class: "card form", "data-test": "review-decision",
            Field { label: t("review-decision"), id: "decision-{n}-what", value: typed.what.clone(), longest: 500,
                error: missing(typed.what.trim().is_empty()),
                oninput: move |text: String| onchange.call(Some(Typed { what: text, ..what.clone() })) }
            Select { label: t("review-owner"), id: "decision-{n}-owner", picks, none: t("review-owner-none"), chosen: typed.owner.clone(),
                error: if pressed && typed.owner.is_empty() { t("review-owner-missing") } else { String::new() },
                onchoose: move |value: String| onchange.call(Some(Typed { owner: value, ..owner.clone() })) }
            Field { label: t("review-due"), id: "decision-{n}-due", kind: "date", optional: true, value: typed.due.clone(),
                oninput: move |text: String| onchange.call(Some(Typed { due: text, ..due.clone() })) }
            Button { kind: Kind::Quiet, test: "decision-remove", onclick: move |()| onchange.call(None), {t("review-remove")} }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_that_is_added_after_a_try_says_nothing_is_wanting() {
        let mut tried = Tried::default();
        assert!(!tried.has(0), "nothing was to be sent yet");
        tried.send(2);
        assert!(tried.has(1) && !tried.has(2), "the third came later");
        tried.remove(0);
        assert!(tried.has(0) && !tried.has(1), "what was second is first");
        tried.remove(1);
        assert!(tried.has(0));
    }

    #[test]
    fn a_review_that_was_not_sent_is_found_again_in_another_month() {
        let site = Uuid::from_u128(7);
        let today = NaiveDate::from_ymd_opt(2027, 1, 3).unwrap();
        let about = format!("2026-11 Supported living {site}");
        assert_eq!(back_to(&about, today), Some(2));
        assert_eq!(part_of(&about), Some(("Supported living".into(), Some(site))));
        assert_eq!(part_of("2026-11  "), Some((String::new(), None)));
    }

    #[test]
    fn nothing_is_saved_until_every_question_is_answered_and_words_are_there() {
        let said = [("note", "Nights went well".to_owned())];
        let all = [("a", Some(true)), ("b", Some(false))];
        assert_eq!(first_open(&[("a", Some(false)), ("b", None)], &said, &[]).as_deref(), Some("b-yes"));
        assert_eq!(first_open(&all, &[("note", " ".into())], &[]).as_deref(), Some("note"));
        let nobody = Typed { what: "A second nurse at nights".into(), ..Typed::default() };
        assert_eq!(
            first_open(&all, &said, std::slice::from_ref(&nobody)).as_deref(),
            Some("decision-0-owner")
        );
        let owned = Typed { owner: Uuid::max().to_string(), ..nobody };
        assert_eq!(first_open(&all, &said, &[owned]), None);
    }
}
