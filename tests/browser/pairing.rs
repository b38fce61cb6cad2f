//! The first minute: a link, a PIN, Today; and the same with a code typed by hand.

use crate::cast::{Cast, PIN, cast};
use crate::device::{Device, PHONE};
use crate::hands::{paste, tap, write};
use crate::look::{reads, says, sees};

pub async fn by_link_and_by_hand() {
    let Cast { server, .. } = cast().await;
    let mut sam = Device::new("sam", PHONE).await;
    sam.goto(&server.link(&server.code("Sam Rivera").await)).await;
    sees(&sam, "pair").await;
    sam.picture("link").await;
    tap(&mut sam, "pair-next").await;
    sam.picture("pin").await;
    // Two PINs that differ, and five digits: each is told, nothing is paired.
    paste(&mut sam, "pin-new", "12 34-56").await;
    paste(&mut sam, "pin-again", "654321").await;
    tap(&mut sam, "pair-finish").await;
    reads(&sam, "The two PINs are different").await;
    sam.picture("pin-differs").await;
    paste(&mut sam, "pin-new", PIN).await;
    paste(&mut sam, "pin-again", PIN).await;
    tap(&mut sam, "pair-finish").await;
    sees(&sam, "today").await;
    says(&sam, "sync-chip", "All synced").await;
    says(&sam, "begin", "Two-minute check").await;
    sam.picture("today").await;
    sam.check_console().await;

    // Bo types the code; the letters' size and the gap are no matter. A code works once.
    let mut bo = Device::new("bo", PHONE).await;
    let code = server.code("Bo Lindqvist").await;
    bo.goto(&server.url()).await;
    sees(&bo, "pair").await;
    write(&mut bo, "pair-code", "nonsense").await;
    tap(&mut bo, "pair-next").await;
    paste(&mut bo, "pin-new", PIN).await;
    paste(&mut bo, "pin-again", PIN).await;
    // The server answers 4xx, which a browser writes to its console.
    bo.expect("Failed to load resource");
    tap(&mut bo, "pair-finish").await;
    reads(&bo, "This pairing code is wrong, used or too old").await;
    bo.picture("wrong-code").await;
    paste(&mut bo, "pair-code", &code.to_lowercase()).await;
    tap(&mut bo, "pair-next").await;
    paste(&mut bo, "pin-new", PIN).await;
    paste(&mut bo, "pin-again", PIN).await;
    tap(&mut bo, "pair-finish").await;
    sees(&bo, "today").await;
    says(&bo, "sync-chip", "All synced").await;
    bo.picture("today").await;
    bo.check_console().await;
}
