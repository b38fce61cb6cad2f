//! D1 on the screen: a pack is made and saved, opened from disk in another browser without any
//! network, and checks itself; one altered byte anywhere in what it shows is found by it.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::json;

use crate::cast::{Cast, cast, pair};
use crate::device::{Device, PHONE, TABLET};
use crate::fill;
use crate::hands::{tap, tap_at};
use crate::look::{says, sees, until};

pub async fn made_saved_and_checked_by_its_reader() {
    let Cast { mut server, .. } = cast().await;
    let mut sam = Device::new("sam", PHONE).await;
    pair(&mut sam, &server, "Sam Rivera").await;
    fill::check_with_a_miss(&mut sam, "Bo Lindqvist").await;
    tap_at(&mut sam, "[data-test='record-row']", "Bo").await;
    sees(&sam, "open-cycle").await;
    tap(&mut sam, "open-cycle").await;
    sees(&sam, "cycle-open").await;
    tap(&mut sam, "cycle-open").await;
    sees(&sam, "follow-wanting").await;
    let synced = "return document.querySelector(\"[data-test='sync-chip'].tone-proven\")";
    until(&sam, "all synced", synced, vec![]).await;
    tap(&mut sam, "pack-follow").await;
    sees(&sam, "pack-make").await;
    sam.picture("pack-begin").await;
    tap(&mut sam, "pack-names").await;
    tap(&mut sam, "pack-make").await;
    let print = sees(&sam, "pack-fingerprint").await;
    sam.picture("pack-made").await;

    let downloads = tempfile::tempdir().unwrap();
    let folder = downloads.path().to_str().unwrap().to_owned();
    sam.cdp("Page.setDownloadBehavior", json!({"behavior": "allow", "downloadPath": folder})).await;
    tap(&mut sam, "pack-save").await;
    says(&sam, "pack-kept", "downloads").await;
    let file = downloaded(downloads.path().to_owned()).await;
    sam.run("location.hash = '/packs'", vec![]).await;
    says(&sam, "pack-row", print.trim()).await;
    sam.picture("packs").await;
    sam.close().await;
    server.stop().await;

    let whole = std::fs::read_to_string(&file).unwrap();
    assert!(whole.contains(print.trim()));
    let mut reader = Device::new("reader", TABLET).await;
    assert_eq!(check(&mut reader, &file, &whole).await, "good");
    reader.picture("good").await;
    // A word of the page, a byte of a line, a byte of a head, and the fingerprint itself.
    let alterations = [
        ("Bo Lindqvist</", "Bo Lindquist</"),
        ("\"kind\":\"check.submitted\"", "\"kind\":\"check.submitteD\""),
        ("data-head=\"", "data-head=\"0"),
        ("id=\"fingerprint\" translate=\"no\">", "id=\"fingerprint\" translate=\"no\">0"),
        // What stands beside the page, and how it looks.
        ("<body>", "<body><div class=\"proof\"><h2>Certified without findings</h2></div>"),
        ("are in chains that the server", "are proven in chains that the server"),
        ("<footer>", "<footer><p>Certified</p>"),
        ("</body>", "<p>Certified</p></body>"),
    ];
    for (was, is) in alterations {
        assert!(whole.contains(was), "{was}");
        let found = check(&mut reader, &file, &whole.replacen(was, is, 1)).await;
        assert_eq!(found, "bad", "{was} → {is}");
    }
    reader.picture("bad").await;
    // A reader's browser translates what is on the screen: that is no alteration, and is said.
    std::fs::write(&file, &whole).unwrap();
    reader.goto(&format!("file://{}", file.display())).await;
    reader.run(TRANSLATE, vec![]).await;
    assert_eq!(checked(&mut reader).await, "translated");
    // Anything else that changes it there is neither good nor the file's.
    reader.goto(&format!("file://{}", file.display())).await;
    reader.run("document.querySelector('h1').textContent = 'Certified'", vec![]).await;
    assert_eq!(checked(&mut reader).await, "moved");
    // Its own script altered does not run: nothing says "checked".
    reader.expect("Content Security Policy");
    let altered = whole.replacen("let checked = 0", "let checked = 1", 1);
    std::fs::write(&file, altered).unwrap();
    reader.goto(&format!("file://{}", file.display())).await;
    assert_eq!(reader.run("return document.getElementById('check').disabled", vec![]).await, json!(true));
    reader.close().await;
}

/// What the pack says of itself.
async fn check(reader: &mut Device, file: &std::path::Path, text: &str) -> String {
    std::fs::write(file, text).unwrap();
    reader.goto(&format!("file://{}", file.display())).await;
    checked(reader).await
}

/// What a browser's own translation does to a page: each text in elements of its own.
const TRANSLATE: &str = "
    const texts = [], walk = document.createTreeWalker(document.getElementById('page'), NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) texts.push(walk.currentNode);
    for (const text of texts) {
        const outer = document.createElement('font'), inner = document.createElement('font');
        inner.textContent = text.textContent + ' (es)';
        outer.append(inner);
        text.replaceWith(outer);
    }
    document.documentElement.classList.add('translated-ltr');
    document.documentElement.lang = 'es';";

async fn checked(reader: &mut Device) -> String {
    reader.run("document.getElementById('check').click()", vec![]).await;
    let said = until(reader, "a result", "return document.body.dataset.checked", vec![]).await;
    said.as_str().unwrap().to_owned()
}

async fn downloaded(folder: PathBuf) -> PathBuf {
    for _ in 0..400 {
        let files = std::fs::read_dir(&folder).unwrap().flatten().map(|entry| entry.path());
        if let Some(file) = files.into_iter().find(|path| path.extension().is_some_and(|end| end == "html")) {
            return file;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("nothing was downloaded")
}
