//! The engine's loop: takes asks in order, lets the sync run beside them, tells what changed.
//!
//! Invariant: the engine is borrowed only between waits, so that a slow network never holds up a
//! save.

use std::cell::RefCell;
use std::rc::Rc;

use futures::channel::mpsc::{self, UnboundedReceiver, UnboundedSender};
use futures::future::{Either, join3, select};
use futures::stream::{self, FuturesUnordered};
use futures::{FutureExt, Stream, StreamExt};

use super::api::{Reply, Request};
use super::core::Engine;
use super::host::Host;
use super::link::{Ask, Told};
use super::{lock, pack, pairing, syncing};
use crate::sync::plan::{IDLE, Next};
use crate::sync::wire::DeviceInfo;

struct Actor<T> {
    host: Rc<dyn Host>,
    engine: RefCell<Engine>,
    tell: T,
    /// Wakes the sync before its timer.
    wake: UnboundedSender<()>,
}

/// Runs until the app's end of `asks` is dropped. Call it on a thread or Worker of its own.
pub async fn run(host: Rc<dyn Host>, mut asks: UnboundedReceiver<Ask>, tell: impl Fn(Told) + 'static) {
    // Without its own small database nothing works, and every screen is told why. Room may come
    // back, so each ask tries again before it is answered.
    let mut waiting: Option<Ask> = None;
    let engine = loop {
        match Engine::new(host.clone()) {
            Ok(engine) => break RefCell::new(engine),
            Err(failure) => {
                if let Some(ask) = waiting.take() {
                    tell(Told::Reply { id: ask.id, reply: Box::new(Reply::Failed(failure)) });
                }
                let Some(ask) = asks.next().await else { return };
                waiting = Some(ask);
            }
        }
    };
    let asks = stream::iter(waiting).chain(asks);
    let (wake, woken) = mpsc::unbounded();
    let actor = Actor { host, engine, tell, wake };
    let serving = async {
        actor.serve(asks).await;
        // The app is gone: this ends the sync as well.
        actor.wake.close_channel();
    };
    join3(serving, actor.sync(woken), lock::sweep(&actor.engine)).await;
}

impl<T: Fn(Told)> Actor<T> {
    async fn serve(&self, mut asks: impl Stream<Item = Ask> + Unpin) {
        let mut waiting = FuturesUnordered::new();
        loop {
            let ask = if waiting.is_empty() {
                asks.next().await
            } else {
                match select(asks.next(), waiting.next()).await {
                    Either::Left((ask, _)) => ask,
                    Either::Right((answered, _)) => {
                        if let Some((id, reply)) = answered {
                            self.answer(id, reply);
                        }
                        continue;
                    }
                }
            };
            let Some(Ask { id, request }) = ask else { return };
            match request {
                Request::Pair { server, code, device_name, platform, pin } => waiting.push(
                    async move {
                        let device = DeviceInfo { name: device_name, platform };
                        (id, pairing::pair(&self.engine, &server, &code, device, &pin).await)
                    }
                    .boxed_local(),
                ),
                Request::MakePairing { person } => waiting.push(
                    async move { (id, pairing::make_pairing(&self.engine, person).await) }.boxed_local(),
                ),
                Request::Unlock { profile, pin } => waiting
                    .push(async move { (id, lock::unlock(&self.engine, profile, &pin).await) }.boxed_local()),
                Request::ChangePin { old, new } => waiting.push(
                    async move { (id, lock::change_pin(&self.engine, &old, &new).await) }.boxed_local(),
                ),
                Request::MakePack { scope, from, to } => waiting
                    .push(async move { (id, pack::make(&self.engine, scope, from, to).await) }.boxed_local()),
                request => {
                    let reply = self.engine.borrow_mut().handle(request);
                    self.answer(id, reply);
                }
            }
        }
    }

    fn answer(&self, id: u64, reply: Reply) {
        (self.tell)(Told::Reply { id, reply: Box::new(reply) });
        self.tell_changes();
        if std::mem::take(&mut self.engine.borrow_mut().hurry) {
            // The sync is gone only when the app is.
            let _ = self.wake.unbounded_send(());
        }
    }

    fn tell_changes(&self) {
        let changes = self.engine.borrow_mut().take_changes();
        if !changes.is_empty() {
            (self.tell)(Told::Changed(changes));
        }
    }

    async fn sync(&self, mut woken: UnboundedReceiver<()>) {
        loop {
            // One exchange answers all that asked before it began, and none of them cuts short the
            // pause that comes after it.
            while let Ok(()) = woken.try_recv() {}
            let next = syncing::exchange(&self.engine).await;
            self.tell_changes();
            let pause = match next {
                Next::Again => continue,
                Next::After(pause) => pause,
                Next::Stop => IDLE,
            };
            match select(woken.next(), self.host.sleep(pause)).await {
                Either::Left((None, _)) => return,
                Either::Left((Some(()), _)) | Either::Right(_) => {}
            }
        }
    }
}
