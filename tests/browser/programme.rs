//! E1 and A1 on the quality lead's tablet: an improvement opened with its focus, staged, closed with
//! what was learned – and what the supervisor's phone then asks.

use crate::cast::{Cast, cast, pair};
use crate::device::{Device, PHONE, TABLET};
use crate::hands::{tap, write};
use crate::look::{says, sees, until};

pub async fn an_improvement_is_opened_staged_and_asks_the_supervisor() {
    let Cast { server, .. } = cast().await;
    let mut quinn = Device::new("quinn", TABLET).await;
    let mut sam = Device::new("sam", PHONE).await;
    pair(&mut quinn, &server, "Quinn Abara").await;
    pair(&mut sam, &server, "Sam Rivera").await;

    tap(&mut quinn, "nav-more").await;
    tap(&mut quinn, "more-improve").await;
    sees(&quinn, "improve-kind").await;
    tap(&mut quinn, "improve-kind-handoff").await;
    // Without a site a focus has no place: it says so.
    tap(&mut quinn, "improve-open").await;
    says(&quinn, "improve", "Choose a site").await;
    let choose = "const select = document.querySelector('#improve-site');
        select.value = [...select.options].find((option) => option.text === 'Elm House').value;
        return select.dispatchEvent(new Event('change', {bubbles: true}))";
    quinn.run(choose, vec![]).await;
    quinn.picture("improve-begin").await;
    tap(&mut quinn, "improve-open").await;
    says(&quinn, "improve-stage", "Not planned yet").await;
    says(&quinn, "focus-observed", "0 of 2").await;

    for (stage, words) in [
        ("plan", "One site, two weeks"),
        ("do", "Eleven of fourteen"),
        ("study", "Nights left out"),
        ("act", "A slot for nights"),
        ("plan", "All sites"),
    ] {
        tap(&mut quinn, &format!("stage-{stage}")).await;
        sees(&quinn, "improve-dialog").await;
        write(&mut quinn, "improve-words", words).await;
        tap(&mut quinn, "improve-send").await;
        says(&quinn, "follow-history", words).await;
    }
    says(&quinn, "improve-round-n", "Round 2").await;
    quinn.picture("improve-second-round").await;
    let synced = "return document.querySelector(\"[data-test='sync-chip'].tone-proven\")";
    until(&quinn, "all synced", synced, vec![]).await;

    // Sam: two people to observe twice, and the week's learning.
    sam.run("location.hash = '/sync'", vec![]).await;
    sees(&sam, "sync-now").await;
    tap(&mut sam, "sync-now").await;
    sam.run("location.hash = '/'", vec![]).await;
    says(&sam, "owe-learn", "Better handoffs").await;
    says(&sam, "owe-observe", "0 of 2").await;
    sam.picture("today").await;
    tap(&mut sam, "owe-learn").await;
    tap(&mut sam, "improve-learn").await;
    sees(&sam, "improve-dialog").await;
    write(&mut sam, "improve-words", "Read three handoffs aloud").await;
    tap(&mut sam, "improve-send").await;
    says(&sam, "focus", "1 of 1").await;
    sam.picture("learned").await;

    tap(&mut quinn, "improve-close").await;
    sees(&quinn, "improve-dialog").await;
    tap(&mut quinn, "improve-send").await;
    says(&quinn, "improve-dialog", "Choose how it ends").await;
    tap(&mut quinn, "improve-outcome-adapted").await;
    write(&mut quinn, "improve-words", "Nights need a slot of their own").await;
    tap(&mut quinn, "improve-send").await;
    says(&quinn, "improve-round", "Adapted").await;
    quinn.picture("improve-closed").await;
    for device in [&mut quinn, &mut sam] {
        device.close().await;
    }
}
