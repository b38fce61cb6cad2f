//! A form outside of an observation: what is typed into it outlives its page, and what is wrong with it
//! stands at the fields it is about.
//!
//! Invariants: nothing typed is lost by leaving the page, locking, a new version or an empty battery: every
//! change is kept by the engine, for this person, until the form was sent or thrown away; what was kept
//! never replaces what is being typed; no kept text comes back after it was sent.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::rc::Rc;
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use dioxus::core::spawn_forever;
use dioxus::prelude::*;
use futures::StreamExt;
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use super::capture::focus_later;
use super::device;
use super::i18n::{t, t_args};
use super::state::{Ctx, use_app};
use super::ui::{Banner, Button, Fault, Ico, Kind, Tone};
use super::when;
use crate::engine::api::{Failure, FailureCode, Reply, Request};

/// Between two tries to keep what could not be kept.
const PAUSE: Duration = Duration::from_secs(5);

/// The id of what says why it was not taken.
const ERROR: &str = "form-error";

/// What stands in a form, field by field: only what differs from how the form opened.
type Body = BTreeMap<String, Value>;

/// One field: how it opened, how it is read and how it is filled. Reading it subscribes the caller.
#[derive(Clone)]
struct Kept {
    name: &'static str,
    opened: Value,
    /// Opens at the present moment.
    moment: bool,
    read: Rc<dyn Fn() -> Value>,
    fill: Rc<dyn Fn(Value)>,
}

struct Desk {
    app: Ctx,
    person: Uuid,
    form: &'static str,
    about: String,
    fields: Vec<Kept>,
    /// As it stands now.
    now: Body,
    /// As the engine was last asked to keep it.
    kept: Body,
    /// What was kept before has arrived, or there was nothing.
    loaded: bool,
    /// Sent: no late save may bring it back.
    sent: bool,
    kick: UnboundedSender<()>,
}

/// A form on screen. `Copy`, so that every handler can take it along.
#[derive(Clone, Copy, PartialEq)]
pub struct Form {
    desk: CopyValue<Rc<RefCell<Desk>>>,
    /// When what came back was kept.
    restored: Signal<Option<DateTime<FixedOffset>>>,
    /// Counts how often the app filled it: what keeps its own text is made anew then.
    turn: Signal<u32>,
    /// "Send" was pressed while something was wrong: each field shows its error until it is mended.
    pressed: Signal<bool>,
    /// What the engine would not take.
    error: Signal<String>,
    pub busy: Signal<bool>,
}

/// Sets up a form. Call it once in its component; `about` tells apart forms of one kind: what they are about.
pub fn use_form(form: &'static str, about: &dyn Display) -> Form {
    let app = use_app();
    let handle = use_hook(|| {
        let (kick, kicks) = unbounded();
        let desk = Rc::new(RefCell::new(Desk {
            app,
            person: unlocked(app).unwrap_or_default(),
            form,
            about: about.to_string(),
            fields: Vec::new(),
            now: Body::new(),
            kept: Body::new(),
            loaded: false,
            sent: false,
            kick,
        }));
        let handle = Form {
            desk: CopyValue::new(desk.clone()),
            restored: Signal::new(None),
            turn: Signal::new(0),
            pressed: Signal::new(false),
            error: Signal::new(String::new()),
            busy: Signal::new(false),
        };
        spawn(handle.keep(desk, kicks));
        handle
    });
    use_effect(move || handle.changed());
    let desk = use_hook(|| handle.desk.cloned());
    use_drop(move || leave(&desk));
    handle
}

fn unlocked(app: Ctx) -> Option<Uuid> {
    app.status.peek().as_ref().and_then(|status| status.me.as_ref().map(|me| me.person))
}

impl Form {
    /// Keeps what stands in `signal` under a name of its own. Call it in the component that calls
    /// [`use_form`], at every render.
    pub fn keeps<T>(self, name: &'static str, signal: Signal<T>)
    where
        T: Serialize + DeserializeOwned + 'static,
    {
        self.field(name, signal, false);
    }

    /// The same for what opens at the present moment: kept with the rest even as it opened, so that it
    /// does not move on while the form is away.
    pub fn keeps_moment<T>(self, name: &'static str, signal: Signal<T>)
    where
        T: Serialize + DeserializeOwned + 'static,
    {
        self.field(name, signal, true);
    }

    fn field<T>(self, name: &'static str, signal: Signal<T>, moment: bool)
    where
        T: Serialize + DeserializeOwned + 'static,
    {
        let desk = self.desk.cloned();
        if desk.borrow().fields.iter().any(|field| field.name == name) {
            return;
        }
        let value = |now: &T| serde_json::to_value(now).unwrap_or_default();
        let field = Kept {
            name,
            moment,
            opened: value(&signal.peek()),
            read: Rc::new(move || value(&signal.read())),
            fill: Rc::new(move |value| {
                // A field that another version wrote differently stays as it opened.
                if let Ok(value) = serde_json::from_value(value) {
                    let mut signal = signal;
                    signal.set(value);
                }
            }),
        };
        desk.borrow_mut().fields.push(field);
    }

    /// For the key of a field that is given its text once. Subscribes the caller.
    #[must_use]
    pub fn turn(self) -> u32 {
        (self.turn)()
    }

    #[must_use]
    pub fn app(self) -> Ctx {
        self.desk.cloned().borrow().app
    }

    /// What is wrong, once "send" was pressed; before that nobody is told.
    #[must_use]
    pub fn shown(self, wrong: &Wrong) -> Wrong {
        if (self.pressed)() { wrong.clone() } else { Wrong::default() }
    }

    /// Whether something is wrong: then each field says so, and the first of them takes the focus.
    pub fn refuses(mut self, wrong: &Wrong) -> bool {
        self.error.set(String::new());
        let Some((field, _)) = wrong.0.first() else { return false };
        self.pressed.set(true);
        device::focus(field);
        true
    }

    /// Says what the engine would not take, and takes the reader there: the button may stand far below.
    pub fn fail(mut self, why: String) {
        self.error.set(why);
        focus_later(ERROR.to_owned());
    }

    /// It was sent: what was kept of it is thrown away, behind whatever is being kept. Nobody waits for it:
    /// meanwhile the button would be live, and send it a second time.
    pub fn sent(self) {
        let desk = self.desk.cloned();
        desk.borrow_mut().sent = true;
        let request = desk.borrow().save(&Body::new());
        let app = desk.borrow().app;
        spawn_forever(async move {
            if let Err(failure) = app.run(request).await {
                app.say_failure(&failure);
            }
        });
    }

    /// Throws away what was typed: the form is as it opened.
    pub fn discard(mut self) {
        let desk = self.desk.cloned();
        let fields = desk.borrow().fields.clone();
        for field in fields {
            (field.fill)(field.opened);
        }
        self.restored.set(None);
        self.turn += 1;
        self.pressed.set(false);
        self.error.set(String::new());
    }

    /// Runs after every change of a field.
    fn changed(self) {
        let desk = self.desk.cloned();
        let fields = desk.borrow().fields.clone();
        let mut now = differing(fields.iter().map(|field| (field.name, &field.opened, (field.read)())));
        if !now.is_empty() {
            let moments = fields.iter().filter(|field| field.moment);
            now.extend(moments.map(|field| (field.name.to_owned(), (field.read)())));
        }
        let mut desk = desk.borrow_mut();
        desk.now = now;
        if desk.owes() {
            // Fails only once the page has gone, and then `leave` keeps it.
            let _ = desk.kick.unbounded_send(());
        }
    }

    /// Brings back what was kept, then keeps changes as they come in, one after the other.
    async fn keep(self, desk: Rc<RefCell<Desk>>, mut kicks: UnboundedReceiver<()>) {
        self.load(&desk).await;
        while kicks.next().await.is_some() {
            // Whatever else has queued up is in the save that follows.
            while let Ok(()) = kicks.try_recv() {}
            let mut told = false;
            while desk.borrow().owes() {
                if let Err(failure) = keep_now(&desk).await {
                    if matches!(failure.code, FailureCode::Locked | FailureCode::NotPermitted) {
                        break;
                    }
                    if !told {
                        desk.borrow().app.say_failure(&failure);
                        told = true;
                    }
                    device::sleep(PAUSE).await;
                }
            }
        }
    }

    async fn load(mut self, desk: &Rc<RefCell<Desk>>) {
        let (app, request) = {
            let desk = desk.borrow();
            (desk.app, Request::FormDraft { form: desk.form.to_owned(), about: desk.about.clone() })
        };
        if let Ok(Reply::FormDraft(Some(kept))) = app.run(request).await
            && let Ok(body) = serde_json::from_str::<Body>(&kept.body)
        {
            let fields = desk.borrow().fields.clone();
            let mut any = false;
            for field in fields {
                // Who was quicker than the engine goes on with what they typed.
                if let Some(value) = body.get(field.name)
                    && (field.read)() == field.opened
                {
                    (field.fill)(value.clone());
                    any = true;
                }
            }
            desk.borrow_mut().kept = body;
            if any {
                self.restored.set(Some(kept.saved_at));
                self.turn += 1;
            }
        }
        desk.borrow_mut().loaded = true;
        self.changed();
    }
}

/// The fields that are not as they opened.
fn differing<'a>(fields: impl Iterator<Item = (&'a str, &'a Value, Value)>) -> Body {
    fields.filter(|(_, opened, now)| *opened != now).map(|(name, _, now)| (name.to_owned(), now)).collect()
}

impl Desk {
    fn owes(&self) -> bool {
        self.loaded && !self.sent && self.now != self.kept
    }

    fn save(&self, body: &Body) -> Request {
        let body =
            if body.is_empty() { String::new() } else { serde_json::to_string(body).unwrap_or_default() };
        Request::SaveFormDraft {
            person: self.person,
            form: self.form.to_owned(),
            about: self.about.clone(),
            body,
        }
    }
}

async fn keep_now(desk: &Rc<RefCell<Desk>>) -> Result<(), Failure> {
    let (app, body) = (desk.borrow().app, desk.borrow().now.clone());
    let request = desk.borrow().save(&body);
    app.run(request).await?;
    desk.borrow_mut().kept = body;
    Ok(())
}

/// The page goes: what is not kept yet is kept without it.
fn leave(desk: &Rc<RefCell<Desk>>) {
    let desk = desk.clone();
    if desk.borrow().owes() {
        spawn_forever(async move {
            // Locked meanwhile, or the disk is full: nobody is there any more to be told.
            let _ = keep_now(&desk).await;
        });
    }
}

/// What is wrong with a form: the field's id and a sentence, in the order of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wrong(Vec<(String, String)>);

impl Wrong {
    /// Says it at `field`; what was said there first stands.
    pub fn say(&mut self, field: &str, what: String) {
        if self.at(field).is_empty() {
            self.0.push((field.to_owned(), what));
        }
    }

    /// Says that words are missing, where there are none.
    pub fn unsaid(&mut self, field: &str, text: &str) {
        if text.trim().is_empty() {
            self.say(field, t("act-words-missing"));
        }
    }

    /// What is wrong at this field; empty where nothing is.
    #[must_use]
    pub fn at(&self, field: &str) -> String {
        self.0.iter().find(|(id, _)| id == field).map(|(_, say)| say.clone()).unwrap_or_default()
    }
}

/// Above the fields: that what was typed before is back, and what the engine would not take.
#[component]
pub fn Top(form: Form) -> Element {
    let restored = (form.restored)();
    rsx! {
        if let Some(at) = restored {
            Banner { tone: Tone::Plain, icon: Ico::Pen, title: t_args("form-restored", &[("when", when::day_time(at).into())]), test: "form-restored",
                Button { kind: Kind::Quiet, icon: Ico::Trash, test: "form-discard", onclick: move |()| form.discard(), {t("form-discard")} }
            }
        }
        if !(form.error)().is_empty() {
            div { id: ERROR, tabindex: "-1", Fault { text: (form.error)() } }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_differs_from_how_the_form_opened_is_kept() {
        let (empty, time) = (json!(""), json!("2026-11-28T14:00"));
        let fields = [("words", &empty, json!("Fell in the hall")), ("when", &time, time.clone())];
        let body = differing(fields.into_iter());
        assert_eq!(body, Body::from([("words".to_owned(), json!("Fell in the hall"))]));
        assert!(
            differing([("words", &empty, json!(""))].into_iter()).is_empty(),
            "an untouched form is nothing"
        );
    }

    #[test]
    fn every_fault_stands_at_its_own_field_and_the_first_one_said_stays() {
        let mut wrong = Wrong::default();
        wrong.say("site", "Choose a site".into());
        wrong.say("words", "Write a few words".into());
        wrong.say("site", "Choose another site".into());
        assert_eq!(wrong.at("site"), "Choose a site");
        assert_eq!(wrong.at("words"), "Write a few words");
        assert!(wrong.at("source").is_empty());
    }
}
