//! What takes how long in a real browser, for docs/benchmarks.md. Never a test: a slow machine is no
//! fault. `cargo xtask bench` runs it; FIELDPROOF_EVENTS sets how many events the first sync brings; the
//! dashboards are measured over ten times as many.

use serde_json::{Value, json};

use crate::cast::{NO_SERVER, PIN, open, unlock};
use crate::dashboards;
use crate::device::{Device, PHONE};
use crate::figures::{Figures, Times, weight};
use crate::fill::{self, MEDICATION};
use crate::hands::{paste, tap, tap_in};
use crate::look::{sees, until};
use crate::server::Server;

/// Notes when the page first showed these, in milliseconds of its own clock.
const SEEN: &str = "globalThis.__seen = {};
    const wanted = {today: \".page[data-test='today']\", lock: \"[data-test='lock']\",
                    synced: \"[data-test='sync-chip'].tone-proven\"};
    const look = () => { for (const [name, selector] of Object.entries(wanted))
        if (!globalThis.__seen[name] && document.querySelector(selector)) globalThis.__seen[name] = performance.now(); };
    new MutationObserver(look).observe(document.documentElement, {subtree: true, childList: true, attributes: true});
    addEventListener('pointerup', () => { globalThis.__seen.tapped = performance.now(); }, true);
    addEventListener('input', () => { globalThis.__seen.typed = performance.now(); }, true);
    look()";

/// From each answer tapped to the next picture of it, and to “Saved”.
const TAPS: &str = "globalThis.__painted = []; globalThis.__saved = [];
    let tapped = 0;
    addEventListener('change', (event) => {
        tapped = performance.now();
        const touched = event.timeStamp, after = new MessageChannel();
        after.port1.onmessage = () => globalThis.__painted.push(performance.now() - touched);
        requestAnimationFrame(() => after.port2.postMessage(0));
    }, true);
    new MutationObserver((changes) => {
        const is_saved = changes.some((change) => [...change.addedNodes].some((node) =>
            node.nodeType === 1 && node.matches(\"[data-test='saved-at']\")));
        if (is_saved && tapped) { globalThis.__saved.push(performance.now() - tapped); tapped = 0; }
    }).observe(document.body, {subtree: true, childList: true})";

/// The same events as bare strings into IndexedDB, under a key and an index: what a browser's own
/// store takes. The answer is milliseconds.
const BARE_STORE: &str = "const count = arguments[0];
    const line = (n) => JSON.stringify({id: crypto.randomUUID(), n, body: 'x'.repeat(520)});
    const lines = Array.from({length: count}, (_, n) => ({n, stream: n % 30, line: line(n)}));
    const opened = indexedDB.open('bare-' + performance.now());
    const db = await new Promise((good, bad) => {
        opened.onupgradeneeded = () => opened.result.createObjectStore('event', {keyPath: 'n'}).createIndex('stream', 'stream');
        opened.onsuccess = () => good(opened.result);
        opened.onerror = () => bad(opened.error);
    });
    const began = performance.now();
    for (let from = 0; from < count; from += 1000) {
        const tx = db.transaction('event', 'readwrite', {durability: 'strict'});
        for (const row of lines.slice(from, from + 1000)) tx.objectStore('event').put(row);
        await new Promise((good, bad) => { tx.oncomplete = good; tx.onerror = () => bad(tx.error); });
    }
    const took = performance.now() - began;
    db.close();
    indexedDB.deleteDatabase(db.name);
    return took";

/// A checkbox of nobody's, painted by the browser alone: what a tap costs without an app.
const BARE_BOX: &str = "const label = document.createElement('label');
    label.dataset.test = 'bare';
    Object.assign(label.style, {position: 'fixed', top: '0', left: '0', width: '64px', height: '64px', zIndex: '9999'});
    label.append(Object.assign(document.createElement('input'), {type: 'checkbox'}));
    document.body.append(label)";

pub async fn seen(device: &Device, name: &str) -> f64 {
    let script = "return globalThis.__seen && globalThis.__seen[arguments[0]]";
    until(device, name, script, vec![json!(name)]).await.as_f64().unwrap()
}

/// The pairing link that the demo printed for a role.
pub fn link(links: &Value, role: &str) -> String {
    let links = links["links"].as_array().unwrap();
    let found = links.iter().find(|link| link["role"].as_str().is_some_and(|said| said.contains(role)));
    found.unwrap_or(&Value::Null)["link"].as_str().expect("a link for this role").to_owned()
}

/// Pairs up to the last tap; what is seen when is noted from then on.
pub async fn pair(device: &mut Device, link: &str) {
    device.goto(link).await;
    sees(device, "pair").await;
    tap(device, "pair-next").await;
    paste(device, "pin-new", PIN).await;
    paste(device, "pin-again", PIN).await;
    device.run(SEEN, vec![]).await;
    tap(device, "pair-finish").await;
}

pub async fn measure() {
    let mut figures = Figures::default();
    let events = std::env::var("FIELDPROOF_EVENTS").unwrap_or_else(|_| "10000".into());
    let count: u64 = events.parse().unwrap();
    phone(count, &mut figures).await;
    dashboards::measure(count * 10, &mut figures).await;
    figures.tell();
}

async fn phone(count: u64, figures: &mut Figures) {
    let mut server = Server::new();
    let links = server.demo(&["--events", &count.to_string()]).await;
    let gzip = format!("{:.2} MB by gzip", weight(&server.dist, "gz"));
    figures.at_most("app, to download (brotli)", (weight(&server.dist, "br"), 1.5), "MB", &gzip);

    let mut quinn = Device::new("quinn", PHONE).await;
    pair(&mut quinn, &link(&links, "quality")).await;
    let (today, synced) = (seen(&quinn, "today").await, seen(&quinn, "synced").await);
    let tapped = seen(&quinn, "tapped").await;
    let bare = quinn.wait_for(BARE_STORE, vec![json!(count)]).await;
    let bare = bare.as_f64().unwrap_or_else(|| panic!("{bare}")) / 1e3;
    figures.at_most(
        &format!("first sync of about {count} events, derived tables built"),
        ((synced - today) / 1e3, 2.0),
        "s",
        &format!("{bare:.2} s into IndexedDB, unencrypted, nothing fetched or derived"),
    );
    figures.say(
        "the same with enrolment and the key's derivation",
        &format!("{:.2} s", (synced - tapped) / 1e3),
    );
    let size =
        quinn.run("return navigator.storage.estimate().then((estimate) => estimate.usage)", vec![]).await;
    figures.say(
        "kept by the browser after it (app and data)",
        &format!("{:.1} MB", size.as_f64().unwrap_or(0.0) / 1e6),
    );

    let mut sam = Device::new("sam", PHONE).await;
    pair(&mut sam, &link(&links, "supervisor")).await;
    sees(&sam, "today").await;
    until(
        &sam,
        "all synced",
        "return document.querySelector(\"[data-test='sync-chip'].tone-proven\")",
        vec![],
    )
    .await;
    taps(&mut sam, figures).await;

    server.stop().await;
    sam.expect(NO_SERVER);
    let (mut bare, mut shown, mut usable) = (Vec::new(), Vec::new(), Vec::new());
    let loaded = "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime";
    for _ in 0..5 {
        sam.close().await;
        sam.launch().await;
        // A page of one word: the browser alone.
        sam.goto("data:text/html,<h1>bare</h1>").await;
        bare.push(until(&sam, "a bare page", loaded, vec![]).await.as_f64().unwrap());
        open(&mut sam, &server).await;
        shown.push(until(&sam, "the first picture", loaded, vec![]).await.as_f64().unwrap());
        sam.run(SEEN, vec![]).await;
        unlock(&mut sam).await;
        usable.push(seen(&sam, "today").await - seen(&sam, "typed").await);
    }
    let (bare, shown) = (Times::of(bare), Times::of(shown));
    figures.times("cold start without network, to the first picture", &shown, Some(1_500.0), Some(&bare));
    let usable = Times::of(usable);
    figures.times("from the last digit of the PIN to Today", &usable, Some(1_500.0), Some(&bare));
    sam.close().await;
    quinn.close().await;
}

/// Sixty answers tapped, each another than before.
async fn taps(sam: &mut Device, figures: &mut Figures) {
    fill::begin(sam, "check", "Medication two-minute check", None).await;
    sees(sam, "fill").await;
    sam.run(TAPS, vec![]).await;
    for round in 0..10 {
        for item in MEDICATION {
            let mark = if round % 2 == 0 { "mark-met" } else { "mark-not-met" };
            tap_in(sam, &format!("item-{item}"), mark).await;
        }
    }
    let list =
        |value: Value| value.as_array().unwrap().iter().filter_map(Value::as_f64).collect::<Vec<f64>>();
    let painted = Times::of(list(sam.run("return globalThis.__painted", vec![]).await));
    let saved = Times::of(list(sam.run("return globalThis.__saved", vec![]).await));
    sam.run("globalThis.__painted = []", vec![]).await;
    sam.run(BARE_BOX, vec![]).await;
    for _ in 0..60 {
        tap(sam, "bare").await;
    }
    let bare = Times::of(list(sam.run("return globalThis.__painted", vec![]).await));
    sam.run("document.querySelector(\"[data-test='bare']\").remove()", vec![]).await;
    figures.times("tap to painted answer", &painted, Some(50.0), Some(&bare));
    figures.times("tap to “Saved” (durable, told on screen)", &saved, None, Some(&bare));
    tap(sam, "back").await;
    sees(sam, "today").await;
}
