//! What was typed into forms and not sent, listed under Drafts: which form, about what, when it was last
//! typed into. It opens where the text is, and is thrown away only after a question.
//!
//! Invariant: every form has a title here (`complete` holds it against the source).

use dioxus::prelude::*;

use super::desk::page_of;
use crate::app::follow;
use crate::app::i18n::{t, t_args};
use crate::app::insight;
use crate::app::names;
use crate::app::record;
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::today::join;
use crate::app::ui::{Button, Dialog, Go, Ico, Icon, Kind, RowText, Rows};
use crate::app::when;
use crate::engine::api::{FormKey, FormOf, FormRow, Request};

/// The form that was tapped in the list: the dialog that holds it opens once, on the page it stands on.
static WANTED: GlobalSignal<Option<(String, String)>> = Signal::global(|| None);

/// Whether this form was tapped in the list. True once: `use_form` asks, too, for forms that no dialog holds.
#[must_use]
pub fn wanted(form: &str, about: &str) -> bool {
    let is = WANTED.peek().as_ref().is_some_and(|(one, of)| one == form && of == about);
    if is {
        *WANTED.write() = None;
    }
    is
}

/// What a form is called.
#[must_use]
pub fn title(form: &str, about: &str) -> String {
    let end = about.rsplit(' ').next().unwrap_or_default();
    match form {
        "report" => t("report-title"),
        "visit" | "visit-step" => t("visit-title"),
        "on-call" => t("on-call-title"),
        "task" if end == "assign" => t("task-act-assign"),
        "task" if end == "done" => t("task-act-done"),
        "task" => t("task-act-cancel"),
        "cycle" => t("cycle-title"),
        "confirm" => t("loop-look-at"),
        "reflection" => t("loop-reflect"),
        "step" => follow::act_title(end),
        "restriction" => t("restrict-title"),
        "retrain" => t("retrain-title"),
        "act" => record::act_title(end),
        "settle" => t("settle-title"),
        "review" => t("act-review"),
        "action" => t("action-title"),
        "reassign" => t("action-reassign"),
        "improvement" => t("improve-title"),
        "improvement-step" => t("follow-improvement"),
        "assessment" => t("assess-title"),
        "month" => t("month-review"),
        "settings" | "settle-setting" => t("thresholds-title"),
        "retire" => t("write-retire"),
        "publish" => t("write-publish"),
        "org" => t("org-title"),
        "person" if about == "new" => t("people-add"),
        "person" => t("person-edit"),
        "site" if about == "new" => t("sites-add"),
        "site" => t("site-edit"),
        _ => t("form-unsent"),
    }
}

/// What it is about, in words.
fn about(row: &FormRow) -> String {
    match &row.of {
        FormOf::Nothing => String::new(),
        FormOf::Record(record) => join([names::text(&record.title), record.subject_name.clone()]),
        FormOf::FollowUp(row) => join([follow::title(&row.follow), row.subject_name.clone()]),
        FormOf::Task(row) => row.task.text.clone(),
        FormOf::Person(name) | FormOf::Site(name) => name.clone(),
        FormOf::Standard(title) => names::text(title),
    }
}

/// Where its text is. What an older version kept names no page: then the page of what it is about.
fn page(row: &FormRow) -> Route {
    // A month's page says how long ago it was, and so another one each month.
    if row.key.form == "month"
        && let Some(page) = insight::review_page(&row.key.about)
    {
        return page;
    }
    let kept = page_of(&row.body);
    if !kept.is_empty()
        && let Ok(page) = kept.parse::<Route>()
    {
        return page;
    }
    match (&row.of, row.key.form.as_str()) {
        (FormOf::Record(record), "review") => Route::ReviewPage { id: record.id.to_string() },
        (FormOf::Record(record), "settle") => Route::SettlePage { id: record.id.to_string() },
        (FormOf::Record(record), "cycle") => Route::CyclePage { record: record.id.to_string() },
        (FormOf::Record(record), _) => Route::RecordPage { id: record.id.to_string() },
        (FormOf::FollowUp(row), _) => Route::FollowPage { id: row.follow.id.to_string() },
        (FormOf::Task(_), _) => Route::TasksPage {},
        (_, "visit") => Route::VisitPage {},
        (_, "on-call") => Route::OnCallPage {},
        (_, "settings" | "settle-setting") => Route::ThresholdsPage {},
        (_, "org") => Route::AdminOrg {},
        (_, "report") => Route::ReportPage {},
        _ => Route::MorePage {},
    }
}

/// The list, and the question before one of them is thrown away.
#[component]
pub fn KeptForms(rows: Vec<FormRow>) -> Element {
    // Whoever came back to the list opened what they wanted, or could not.
    use_hook(|| {
        if WANTED.peek().is_some() {
            *WANTED.write() = None;
        }
    });
    let mut asked = use_signal(|| None::<FormRow>);
    rsx! {
        Rows { test: "form-drafts",
            for row in rows {
                Line { key: "{row.key.form} {row.key.about}", row: row.clone(), ondiscard: move |()| asked.set(Some(row.clone())) }
            }
        }
        if let Some(row) = asked() {
            Discard { row, onclose: move |()| asked.set(None) }
        }
    }
}

#[component]
fn Line(row: FormRow, ondiscard: EventHandler<()>) -> Element {
    let FormKey { form, about: of, .. } = row.key.clone();
    let title = title(&form, &of);
    let detail = join([about(&row), when::short(row.saved_at)]);
    rsx! {
        li { class: "row-li",
            Go { to: page(&row), class: "row", test: "form-draft",
                onclick: move |()| {
                    if form == "month" {
                        insight::look_at(&of);
                    }
                    *WANTED.write() = Some((form.clone(), of.clone()));
                },
                span { class: "st tone-brand", Icon { icon: Ico::Pen } }
                RowText { title, detail }
                Icon { icon: Ico::Next, class: "row-next" }
            }
            div { class: "btn-row",
                Button { kind: Kind::Quiet, icon: Ico::Trash, test: "form-draft-discard", onclick: ondiscard,
                    label: discards(&row), {t("form-discard")} }
            }
        }
    }
}

/// What "Discard" is about, for who hears the buttons without their rows: two visits are told apart.
fn discards(row: &FormRow) -> String {
    let what = join([title(&row.key.form, &row.key.about), about(row)]);
    t_args("form-discard-of", &[("title", what.into())])
}

/// Asks before what was typed is gone.
#[component]
fn Discard(row: FormRow, onclose: EventHandler<()>) -> Element {
    let app = use_app();
    let mut busy = use_signal(|| false);
    let key = row.key.clone();
    let what = join([title(&row.key.form, &row.key.about), about(&row)]);
    let discard = move |()| {
        let form = key.clone();
        busy.set(true);
        spawn(async move {
            let gone = app.run(Request::SaveFormDraft { form, body: String::new() }).await;
            busy.set(false);
            match gone {
                Ok(_) => onclose.call(()),
                Err(failure) => app.say_failure(&failure),
            }
        });
    };
    rsx! {
        Dialog { id: "form-discard-dialog", title: t("form-discard-ask"), onclose, busy: busy(),
            actions: rsx! { Button { kind: Kind::Danger, busy: busy(), test: "form-discard-yes", onclick: discard, {t("form-discard")} } },
            p { {what} }
            p { class: "hint", {t("form-discard-hint")} }
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::app::i18n::{Lang, show_in};

    fn row(about: &str) -> FormRow {
        FormRow {
            key: FormKey { person: Uuid::nil(), form: "person".into(), about: about.into() },
            body: String::new(),
            saved_at: when::now(),
            of: FormOf::Person(about.to_owned()),
        }
    }

    #[test]
    fn two_forms_of_one_kind_are_thrown_away_by_buttons_of_different_names() {
        let mut dom = VirtualDom::new(|| rsx! {});
        dom.rebuild_in_place();
        dom.in_runtime(|| {
            show_in(Lang::En);
            let (bo, cy) = (discards(&row("Bo Lane")), discards(&row("Cy Poe")));
            assert!(bo.contains("Bo Lane") && cy.contains("Cy Poe"), "{bo} {cy}");
            assert!(bo.contains(&t("person-edit")), "{bo}");
        });
    }
}
