//! A form outside of an observation: what is typed into it outlives its page, and what is wrong with it
//! stands at the fields it is about.
//!
//! Invariants: nothing typed is lost by leaving the page, locking, a new version or an empty battery: every
//! change is kept by the engine, for this person, until the form was sent or thrown away; what was kept
//! never replaces what is being typed; no kept text comes back after it was sent; what is on its way is not
//! sent twice.
//!
//! `desk` holds what outlives the page; `kept` lists what was not sent; `list` names every form there is, for the test that types into all.

#[cfg(test)]
mod complete;
mod desk;
mod kept;
#[cfg(test)]
mod list;

use std::cell::RefCell;
use std::fmt::Display;
use std::rc::Rc;
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use dioxus::prelude::*;
use futures::StreamExt;
use futures::channel::mpsc::{UnboundedReceiver, unbounded};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use self::desk::{Body, Desk, Kept, differing, fields_of, keep_now, leave};
pub use self::kept::{KeptForms, wanted};
use super::capture::focus_later;
use super::device;
use super::i18n::{t, t_args};
use super::route::Route;
use super::state::{Ctx, use_app};
use super::ui::length::Lengths;
use super::ui::{Banner, Button, Fault, Ico, Kind, Tone};
use super::when;
use crate::engine::api::{Failure, FailureCode, FormKey, Reply, Request};

/// Between two tries to keep what could not be kept.
const PAUSE: Duration = Duration::from_secs(5);

/// The id of what says why it was not taken.
const ERROR: &str = "form-error";

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
    /// What is too long to be sent.
    lengths: Lengths,
}

/// Sets up a form. Call it once in its component; `about` tells apart forms of one kind: what they are about.
pub fn use_form(form: &'static str, about: &dyn Display) -> Form {
    let app = use_app();
    let lengths = use_context_provider(Lengths::none);
    let page = use_route::<Route>().to_string();
    let handle = use_hook(|| {
        // Tapped in the list and open now: another page of this form must not open by itself later.
        let _ = wanted(form, &about.to_string());
        let (kick, kicks) = unbounded();
        let desk = Rc::new(RefCell::new(Desk {
            app,
            key: FormKey {
                person: unlocked(app).unwrap_or_default(),
                form: form.to_owned(),
                about: about.to_string(),
            },
            page,
            fields: Vec::new(),
            now: Body::new(),
            kept: Body::new(),
            loaded: false,
            sending: false,
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
            lengths,
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
        self.field(name, signal, false, |_| true);
    }

    /// The same for what may have been overtaken: only what still `stands` is brought back, the rest goes.
    pub fn keeps_if<T>(self, name: &'static str, signal: Signal<T>, stands: impl Fn(&T) -> bool + 'static)
    where
        T: Serialize + DeserializeOwned + 'static,
    {
        self.field(name, signal, false, stands);
    }

    /// The same for what opens at the present moment: kept with the rest even as it opened, so that it
    /// does not move on while the form is away.
    pub fn keeps_moment<T>(self, name: &'static str, signal: Signal<T>)
    where
        T: Serialize + DeserializeOwned + 'static,
    {
        self.field(name, signal, true, |_| true);
    }

    fn field<T>(
        self,
        name: &'static str,
        signal: Signal<T>,
        moment: bool,
        stands: impl Fn(&T) -> bool + 'static,
    ) where
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
                let value = serde_json::from_value(value).ok().filter(|value| stands(value));
                let mut signal = signal;
                value.is_some_and(|value| {
                    signal.set(value);
                    true
                })
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
        let first = wrong.0.first().map(|(field, _)| field.clone());
        let Some(field) = first.or_else(|| self.lengths.first()) else { return false };
        self.pressed.set(true);
        device::focus(&field);
        true
    }

    /// Says what the engine would not take, and takes the reader there: the button may stand far below.
    pub fn fail(mut self, why: String) {
        self.error.set(why);
        focus_later(ERROR.to_owned());
    }

    /// Sends it; once that is done nothing of it is kept. `then` gets the answer, where the page is still
    /// there.
    pub fn send(mut self, request: Request, then: impl FnOnce(Result<Reply, Failure>) + 'static) {
        if let Some(field) = self.lengths.first() {
            device::focus(&field);
            return;
        }
        let desk = self.desk.cloned();
        if !desk.borrow_mut().begin_sending() {
            return;
        }
        self.error.set(String::new());
        self.busy.set(true);
        let answer = desk::send(desk, request);
        spawn(async move {
            let answer = answer.await;
            self.busy.set(false);
            then(answer);
        });
    }

    /// It was sent, and stays on screen to be filled once more.
    pub fn again(self) {
        self.discard();
        let desk = self.desk.cloned();
        let mut desk = desk.borrow_mut();
        // Before the fields are read again: nothing that was sent is kept once more.
        (desk.now, desk.kept) = (Body::new(), Body::new());
        desk.sent = false;
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
            (desk.app, Request::FormDraft { form: desk.key.form.clone(), about: desk.key.about.clone() })
        };
        if let Ok(Reply::FormDraft(Some(kept))) = app.run(request).await
            && let Ok(body) = serde_json::from_str::<Body>(&kept.body).map(fields_of)
        {
            let fields = desk.borrow().fields.clone();
            let mut any = false;
            for field in fields {
                // Who was quicker than the engine goes on with what they typed.
                if let Some(value) = body.get(field.name)
                    && (field.read)() == field.opened
                {
                    any |= (field.fill)(value.clone());
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
                Button { kind: Kind::Quiet, icon: Ico::Trash, busy: (form.busy)(), test: "form-discard", onclick: move |()| form.discard(), {t("form-discard")} }
            }
        }
        if !(form.error)().is_empty() {
            div { id: ERROR, tabindex: "-1", Fault { text: (form.error)() } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
