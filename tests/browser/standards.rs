//! A quality lead writes a standard on the phone: checked, tried out, published, and followed by a next
//! version; a supervisor reads it and sees no button to change it.

use crate::cast::{Cast, cast, pair};
use crate::device::{Device, PHONE, TABLET};
use crate::hands::{tap, tap_at, tap_in, write};
use crate::look::{is_there, says, sees, until};

pub async fn written_tried_out_published_and_read() {
    let Cast { server, .. } = cast().await;
    let mut quinn = Device::new("quinn", PHONE).await;
    pair(&mut quinn, &server, "Quinn Abara").await;
    quinn.run("location.hash = '/standards'", vec![]).await;
    tap(&mut quinn, "new-standard").await;
    sees(&quinn, "write-begin").await;
    quinn.picture("new").await;
    tap(&mut quinn, "write-begin").await;
    sees(&quinn, "publish").await;
    // What is wrong is said, each a way to its place: the first has the focus.
    tap(&mut quinn, "publish").await;
    says(&quinn, "faults", "Write a title").await;
    let focus = "return document.activeElement && document.activeElement.id === 'edit-title'";
    until(&quinn, "the title to have the focus", focus, vec![]).await;
    quinn.picture("faults").await;
    write(&mut quinn, "edit-title", "Door alarm check").await;
    let choose = "const select = document.querySelector(\"[data-test='edit-competency-pick']\");
        select.value = 'escalation'; select.dispatchEvent(new Event('change', {bubbles: true})); return true";
    quinn.run(choose, vec![]).await;
    for words in ["Alarm tested aloud", "Log signed"] {
        tap(&mut quinn, "add-items").await;
        let field = "return document.activeElement && document.activeElement.id.startsWith('item-text-')
            && !document.activeElement.value && document.activeElement.dataset.test";
        let field = until(&quinn, "a new item", field, vec![]).await;
        write(&mut quinn, field.as_str().unwrap(), words).await;
    }
    quinn.picture("item-open").await;
    // The order by buttons.
    tap_in(&mut quinn, "edit-item-1", "item-up").await;
    says(&quinn, "edit-item-0", "Log signed").await;
    sees(&quinn, "saved-at").await;

    // Tried out as on a shift, and never a record.
    tap(&mut quinn, "try-out").await;
    sees(&quinn, "trial").await;
    tap_at(&mut quinn, "[data-test^='item-'] [data-test='mark-met']", "").await;
    quinn.picture("trial").await;
    tap(&mut quinn, "trial-done").await;
    sees(&quinn, "open-points").await;
    let rest = "for (const item of document.querySelectorAll(\"[data-test^='item-']\")) {
        const mark = item.querySelector(\"[data-test='mark-met'] input, input[data-test='mark-met']\");
        if (mark && !mark.checked) mark.click(); } return true";
    quinn.run(rest, vec![]).await;
    tap(&mut quinn, "trial-done").await;
    says(&quinn, "trial-verdict", "Met").await;
    quinn.picture("trial-verdict").await;
    tap(&mut quinn, "trial-back").await;
    sees(&quinn, "publish").await;

    tap(&mut quinn, "publish").await;
    sees(&quinn, "publish-dialog").await;
    tap(&mut quinn, "publish-send").await;
    until(&quinn, "the missing reason", "return document.querySelector('#publish-reason-error')", vec![])
        .await;
    write(&mut quinn, "publish-reason", "The new alarms have to be heard").await;
    quinn.picture("publish").await;
    tap(&mut quinn, "publish-send").await;
    says(&quinn, "standard-log", "The new alarms have to be heard").await;
    quinn.picture("published").await;

    // The next version: one word and the critical flag; the log says both.
    tap(&mut quinn, "write-next").await;
    sees(&quinn, "publish").await;
    tap_in(&mut quinn, "edit-item-0", "item-open").await;
    tap_at(&mut quinn, "label[for^='item-critical-']", "").await;
    sees(&quinn, "saved-at").await;
    tap(&mut quinn, "publish").await;
    says(&quinn, "diff", "Critical").await;
    write(&mut quinn, "publish-reason", "Two logs were empty in May").await;
    quinn.picture("publish-next").await;
    tap(&mut quinn, "publish-send").await;
    says(&quinn, "log-version-2", "Critical: now yes").await;
    quinn.picture("log").await;
    let synced = "return document.querySelector(\"[data-test='sync-chip'].tone-proven\")";
    until(&quinn, "all synced", synced, vec![]).await;
    let place = quinn.run("return location.hash.slice(1)", vec![]).await;

    let mut sam = Device::new("sam", TABLET).await;
    pair(&mut sam, &server, "Sam Rivera").await;
    sam.run("location.hash = arguments[0]", vec![place]).await;
    says(&sam, "log-version-2", "Two logs were empty in May").await;
    for button in ["write-next", "write-copy", "retire", "new-standard"] {
        assert!(!is_there(&sam, button).await, "{button}");
    }
    sam.picture("read").await;
    quinn.check_console().await;
    sam.check_console().await;
}
