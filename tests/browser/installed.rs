//! The installed app: everything is there before it is needed, an update waits, one tab holds the
//! data, and what the browser does not promise is said.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::cast::{Cast, NO_SERVER, cast, open, pair, pair_online, unlock};
use crate::device::{Device, PHONE};
use crate::fill;
use crate::hands::{tap, tap_in};
use crate::look::{gone, is_there, reads, says, sees, until};

/// Every file of a build by its path; what is packed beside it is the same file.
fn files(dist: &Path) -> Vec<String> {
    let (mut folders, mut found) = (vec![dist.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.extension().is_some_and(|end| end == "gz" || end == "br") {
                found.push(format!("/{}", path.strip_prefix(dist).unwrap().display()));
            }
        }
    }
    found
}

/// Waits until a worker has everything and answers for the page; gives the paths in its cache.
async fn precached(device: &Device) -> Vec<String> {
    let script = "await navigator.serviceWorker.ready;
        const found = [];
        for (const name of await caches.keys())
            for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
        return found";
    let paths = device.wait_for(script, vec![]).await;
    paths.as_array().unwrap().iter().map(|path| path.as_str().unwrap().to_owned()).collect()
}

pub async fn as_an_app() {
    let Cast { mut server, .. } = cast().await;

    // The first visit, before anyone pairs; from then on it needs no network.
    let mut sam = Device::new("sam", PHONE).await;
    sam.goto(&format!("{}/", server.url())).await;
    sees(&sam, "pair").await;
    let cached = precached(&sam).await;
    let missing: Vec<String> =
        files(&server.dist).into_iter().filter(|path| path != "/sw.js" && !cached.contains(path)).collect();
    assert!(missing.is_empty(), "not in the cache: {missing:?}");
    manifest(&sam).await;
    server.stop().await;
    sam.expect(NO_SERVER);
    sam.close().await;
    sam.launch().await;
    sam.goto(&format!("{}/", server.url())).await;
    sees(&sam, "pair").await;
    sam.picture("first-launch-without-network").await;

    // Storage that the browser may clear is said; the theme that was chosen survives a restart.
    server.start().await;
    pair(&mut sam, &server, "Sam Rivera").await;
    tap(&mut sam, "nav-more").await;
    tap(&mut sam, "theme-dark").await;
    assert_eq!(theme(&sam).await, "dark");
    fill_one(&mut sam).await;
    tap(&mut sam, "nav-more").await;
    reads(&sam, "Not protected from clearing").await;
    sam.picture("storage-not-kept").await;
    server.stop().await;
    sam.close().await;
    sam.launch().await;
    open(&mut sam, &server).await;
    assert_eq!(theme(&sam).await, "dark", "a theme that was chosen survives an offline restart");
    sam.picture("dark-after-restart").await;
    unlock(&mut sam).await;
    sees(&sam, "today").await;

    // Another build is served. It is fetched, and waits: not over an open draft, not by itself.
    fill::begin(&mut sam, "check", "Medication two-minute check", Some("Bo Lindqvist")).await;
    tap_in(&mut sam, "item-mar", "mark-met").await;
    sees(&sam, "saved-at").await;
    server.dist = another_build(&server.dist, server.folder.path());
    server.start().await;
    sam.wait_for("await (await navigator.serviceWorker.getRegistration()).update()", vec![]).await;
    until(&sam, "a version to wait", "return globalThis.fieldproof.waiting", vec![]).await;
    assert!(!is_there(&sam, "update").await, "no banner over an open draft");
    assert!(is_there(&sam, "fill").await);
    tap(&mut sam, "back").await;
    sees(&sam, "update").await;
    sam.picture("update-waits").await;
    assert_eq!(build(&sam).await, Value::Null, "the old version still runs");
    tap(&mut sam, "update-yes").await;
    until(&sam, "the new version", "return document.documentElement.dataset.build", vec![]).await;
    assert_eq!(build(&sam).await, json!("another"));
    sees(&sam, "lock").await;
    unlock(&mut sam).await;
    says(&sam, "drafts", "Medication two-minute check").await;
    sam.picture("after-the-update").await;
    sam.close().await;
}

async fn manifest(device: &Device) {
    let manifest = device.cdp("Page.getAppManifest", json!({})).await;
    assert_eq!(manifest["errors"], json!([]), "{manifest}");
    let said: Value = serde_json::from_str(manifest["data"].as_str().unwrap()).unwrap();
    for key in ["name", "short_name", "start_url", "display", "icons", "background_color", "theme_color"] {
        assert!(said.get(key).is_some(), "the manifest has no {key}");
    }
    let reasons = device.cdp("Page.getInstallabilityErrors", json!({})).await;
    assert_eq!(reasons["installabilityErrors"], json!([]), "the browser would install it");
}

async fn theme(device: &Device) -> String {
    let theme = device.run("return document.documentElement.dataset.theme || 'system'", vec![]).await;
    theme.as_str().unwrap().to_owned()
}

async fn build(device: &Device) -> Value {
    device.run("return document.documentElement.dataset.build || null", vec![]).await
}

async fn fill_one(device: &mut Device) {
    tap(device, "nav-today").await;
    fill::begin(device, "check", "Medication two-minute check", Some("Cy Marsh")).await;
    fill::all_met(device).await;
    fill::finish(device, "check-done").await;
    says(device, "sync-chip", "All synced").await;
}

/// The app's files in another folder.
fn copied(dist: &Path, new: &Path) {
    for path in files(dist) {
        let to = new.join(&path[1..]);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(dist.join(&path[1..]), to).unwrap();
    }
}

/// The same app as another build: one file differs, and the worker knows its new hash.
fn another_build(dist: &Path, folder: &Path) -> PathBuf {
    let new = folder.join("another");
    copied(dist, &new);
    let hash = |text: &str| Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let index = std::fs::read_to_string(new.join("index.html")).unwrap();
    let changed = index.replacen("<html lang=\"en\"", "<html lang=\"en\" data-build=\"another\"", 1);
    assert_ne!(index, changed);
    let worker = std::fs::read_to_string(new.join("sw.js")).unwrap();
    let (before, rest) = worker.split_once("const BUILD = \"").unwrap();
    let (_, after) = rest.split_once('"').unwrap();
    let worker =
        format!("{before}const BUILD = \"another\"{}", after.replacen(&hash(&index), &hash(&changed), 1));
    assert!(worker.contains(&hash(&changed)), "the worker lists index.html by its hash");
    std::fs::write(new.join("index.html"), changed).unwrap();
    std::fs::write(new.join("sw.js"), worker).unwrap();
    new
}

/// One file that does not arrive the first time: the app says that it would not open without signal,
/// asks again by itself, and then it does open.
pub async fn one_file_fails_at_first() {
    let Cast { mut server, .. } = cast().await;
    server.stop().await;
    let dist = server.folder.path().join("with-a-gap");
    copied(&server.dist, &dist);
    let (icon, away) = (dist.join("icons/icon-512.png"), server.folder.path().join("icon-512.png"));
    std::fs::rename(&icon, &away).unwrap();
    server.dist = dist;
    server.start().await;
    let mut sam = Device::new("sam", PHONE).await;
    sam.expect("404");
    pair_online(&mut sam, &server, "Sam Rivera").await;
    sees(&sam, "not-offline-yet").await;
    sam.picture("not-offline-yet").await;
    tap(&mut sam, "nav-more").await;
    assert!(!is_there(&sam, "opens-offline").await);
    std::fs::rename(&away, &icon).unwrap();
    gone(&sam, "not-offline-yet").await;
    sees(&sam, "opens-offline").await;
    server.stop().await;
    sam.expect(NO_SERVER);
    sam.close().await;
    sam.launch().await;
    sam.goto(&format!("{}/", server.url())).await;
    sees(&sam, "lock").await;
    sam.close().await;
}

pub async fn a_second_tab_is_told() {
    let Cast { server, .. } = cast().await;
    let mut sam = Device::new("sam", PHONE).await;
    pair(&mut sam, &server, "Sam Rivera").await;
    let first = sam.client().window().await.unwrap();
    let second = sam.client().new_window(true).await.unwrap().handle;
    sam.client().switch_to_window(second.clone()).await.unwrap();
    sam.resize(PHONE).await;
    sam.goto(&format!("{}/", server.url())).await;
    reads(&sam, "Fieldproof is open in another tab").await;
    sam.picture("second-tab").await;
    // The first goes; the second takes over by itself.
    sam.client().switch_to_window(first).await.unwrap();
    sam.client().close_window().await.unwrap();
    sam.client().switch_to_window(second).await.unwrap();
    gone(&sam, "second-tab").await;
    sees(&sam, "lock").await;
    unlock(&mut sam).await;
    sees(&sam, "today").await;
    sam.close().await;
}
