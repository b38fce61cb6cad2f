//! How long a quality lead waits in a browser that holds a whole organisation: its first sync, each
//! dashboard and the pages behind them, with pictures of each. Part of `--bench`, never a test.
//!
//! Invariant: a page counts as open when what it asked the engine for has been painted.

use std::time::Duration;

use chrono::{Local, TimeDelta};
use fieldproof::engine::api::{PackExported, PackScope, Request};
use fieldproof::record::Head;
use serde_json::{Value, json};

use crate::bench::{link, pair, seen};
use crate::device::{Device, PHONE, TABLET};
use crate::figures::{Figures, Times};
use crate::look::{until, until_within};
use crate::server::Server;

/// Opens a place as a link does; milliseconds until it is painted, and how many of them the page waited
/// for the engine. Whoever goes faster than twenty places a second is throttled by Chromium.
const OPEN: &str = "const [path, page] = arguments;
    await new Promise((rested) => setTimeout(rested, 60));
    const engine = (waits) => {
        let under_way = 0, since = 0, sum = 0;
        for (const [more, at] of waits) {
            if (under_way === 0) since = at;
            under_way += more;
            if (under_way === 0) sum += at - since;
        }
        return sum;
    };
    const open = () => document.querySelector(`.page[data-test='${page}']`) && location.hash === '#' + path
        && !document.querySelector(\"[data-test='asking']\");
    return new Promise((done) => {
        const waits = globalThis.__waits = [];
        const began = performance.now(), after = new MessageChannel();
        after.port1.onmessage = () => done([performance.now() - began, engine(waits)]);
        const look = () => {
            if (!open()) return;
            watcher.disconnect();
            requestAnimationFrame(() => after.port2.postMessage(0));
        };
        const watcher = new MutationObserver(look);
        watcher.observe(document.body, {subtree: true, childList: true, attributes: true});
        location.hash = path;
    })";

/// From now on it is noted when the Worker is asked and when it answers.
const LISTEN: &str = "const worker = globalThis.fieldproof.running, post = worker.postMessage.bind(worker);
    const note = (more) => globalThis.__waits && globalThis.__waits.push([more, performance.now()]);
    worker.postMessage = (text) => { note(1); post(text); };
    worker.addEventListener('message', ({data}) => { if (data.startsWith('{\"reply\"')) note(-1); })";

/// Every dashboard: its place and its page's name.
const DASHBOARDS: [(&str, &str, &str); 12] = [
    ("Today", "/", "today"),
    ("a chart", "/insight", "insight"),
    ("governance month", "/insight/month/0", "month"),
    ("what holds", "/insight/holds", "holds"),
    ("items that never tell", "/insight/items", "items"),
    ("what repeats", "/patterns", "patterns"),
    ("drift", "/drift", "drift"),
    ("cohorts", "/cohorts", "cohorts"),
    ("done in time", "/in-time", "timely"),
    ("follow-up", "/follow", "follows"),
    ("packs", "/packs", "packs"),
    ("people", "/people", "people"),
];

/// The first page behind a dashboard: where it is found, what its link begins with, its name.
const BEHIND: [(&str, &str, &str, &str, &str); 6] = [
    ("records behind a point", "/insight", "insight", "/insight/behind/", "behind"),
    ("records behind drift", "/drift", "drift", "/drift/", "drift-behind"),
    ("a pattern", "/patterns", "patterns", "/patterns/of/", "pattern"),
    ("an action's chain", "/patterns", "patterns", "/follow/", "follow"),
    ("a cycle that closed", "/insight/holds", "holds", "/follow/", "follow"),
    ("a person", "/people", "people", "/people/", "person"),
];

const TRIES: usize = 12;

pub async fn measure(events: u64, figures: &mut Figures) {
    let mut server = Server::new();
    let links = server.demo(&["--events", &events.to_string()]).await;
    let mut quinn = Device::new("quinn-whole", TABLET).await;
    pair(&mut quinn, &link(&links, "quality")).await;
    let today = seen(&quinn, "today").await;
    let script = "return globalThis.__seen && globalThis.__seen.synced";
    let patience = Duration::from_secs(300);
    let synced = until_within(patience, &quinn, "all synced", script, vec![]).await.as_f64().unwrap();
    let each = (synced - today) / 1e3 / (events as f64 / 10_000.0);
    let name = format!("first sync of about {events} events, for each 10000");
    figures.at_most(&name, (each, 2.0), "s", "");
    hand_out(&quinn).await;
    quinn.run(LISTEN, vec![]).await;
    for (name, path, page) in DASHBOARDS {
        times(&mut quinn, name, path, page, figures).await;
    }
    for (name, from, of, prefix, page) in BEHIND {
        open(&quinn, from, of).await;
        let script =
            "const link = [...document.querySelectorAll('.page a')].find((link) => link.getAttribute('href')
            && link.getAttribute('href').startsWith('#' + arguments[0]));
            return link ? link.getAttribute('href').slice(1) : null";
        match quinn.run(script, vec![json!(prefix)]).await {
            Value::String(path) => times(&mut quinn, name, &path, page, figures).await,
            _ => figures.say(name, "there was none to open"),
        }
    }
    quinn.close().await;
    server.stop().await;
}

/// Fifty packs, as their page tells the engine of each: no demo makes any.
async fn hand_out(quinn: &Device) {
    let to = Local::now().date_naive();
    let asks: Vec<Value> = (0..50_u32)
        .map(|number| {
            let what = PackExported {
                scope: PackScope::Theme { competency: "medication".into(), site: None },
                from: to - TimeDelta::days(90),
                to,
                fingerprint: Head::ZERO.next(&number.to_be_bytes()),
                lines: 200 + number,
                names: true,
            };
            json!({"id": 9_000_000 + number, "request": Request::PackExported { what }}).to_string().into()
        })
        .collect();
    let post = "for (const ask of arguments[0]) globalThis.fieldproof.running.postMessage(ask)";
    quinn.run(post, vec![asks.into()]).await;
    open(quinn, "/packs", "packs").await;
    let listed = "return document.querySelectorAll(\"[data-test='pack-row']\").length === 50";
    until(quinn, "the packs handed out", listed, vec![]).await;
}

/// Milliseconds until it was painted, and of them those that the engine took.
async fn open(quinn: &Device, path: &str, page: &str) -> (f64, f64) {
    let took = quinn.wait_for(OPEN, vec![json!(path), json!(page)]).await;
    serde_json::from_value(took).unwrap()
}

/// Opened again and again, from More each time; the first opening counts as well.
async fn times(quinn: &mut Device, name: &str, path: &str, page: &str, figures: &mut Figures) {
    let (mut times, mut waits) = (Vec::new(), Vec::new());
    for _ in 0..TRIES {
        open(quinn, "/more", "more").await;
        let (time, wait) = open(quinn, path, page).await;
        times.push(time);
        waits.push(wait);
    }
    let first = times.first().copied().unwrap_or_default();
    let name = format!("to open {name} (the first time {first:.0} ms)");
    figures.times(&name, &Times::of(times), Some(100.0), Some(&Times::of(waits)));
    pictures(quinn, page).await;
}

/// How it looks where there is much to show.
async fn pictures(quinn: &mut Device, page: &str) {
    for (shape, word) in [(PHONE, "phone"), (TABLET, "tablet")] {
        quinn.resize(shape).await;
        for theme in ["dark", "light"] {
            quinn.prefers(theme).await;
            quinn.picture(&format!("{page}-{word}-{theme}")).await;
        }
    }
}
