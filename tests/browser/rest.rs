//! What lies on the device says nothing: no word of a record, and a wrong PIN opens nothing.

use std::path::{Path, PathBuf};

use crate::cast::{Cast, cast, open, pair, unlock};
use crate::device::{Device, PHONE};
use crate::fill;
use crate::hands::{paste, tap, tap_in, write};
use crate::look::{is_there, reads, says, sees};

/// Words that stand in the record alone: what was said, the person's name, an answer, a deviation.
const SAID: &str = "quizzical marmalade trombone";

pub async fn nothing_is_readable_at_rest() {
    let Cast { server, .. } = cast().await;
    let mut sam = Device::new("sam", PHONE).await;
    pair(&mut sam, &server, "Sam Rivera").await;
    fill::begin(&mut sam, "check", "Medication two-minute check", Some("Bo Lindqvist")).await;
    fill::all_met(&mut sam).await;
    write(&mut sam, "free-note", SAID).await;
    fill::finish(&mut sam, "done").await;
    says(&sam, "sync-chip", "All synced").await;
    // A second one stays a draft: drafts are encrypted, too.
    fill::begin(&mut sam, "check", "Medication two-minute check", Some("Cy Marsh")).await;
    tap_in(&mut sam, "item-mar", "mark-met").await;
    write(&mut sam, "free-note", SAID).await;
    sees(&sam, "saved-at").await;
    // On leaving a page, a browser likes to keep what its fields hold.
    tap(&mut sam, "back").await;
    sees(&sam, "drafts").await;

    // Through the page, as any script of this origin could.
    let sizes = sam.wait_for(OPFS, vec![serde_json::json!(SAID)]).await;
    let (files, bytes, found) = (&sizes["files"], &sizes["bytes"], &sizes["found"]);
    assert!(bytes.as_u64().unwrap() > 50_000, "the database is there: {sizes}");
    assert_eq!(found, 0, "{sizes}");
    println!("    {files} files of {bytes} bytes in the page's file system, none readable");
    sam.close().await;

    // On the disk, whatever the browser keeps.
    let (mut looked, mut readable) = (0_u64, Vec::new());
    for path in files_below(&sam.folder()) {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        looked += bytes.len() as u64;
        for words in [SAID, "Bo Lindqvist", "Elm House"] {
            if holds(&bytes, words) {
                readable
                    .push(format!("{} says “{words}”", path.strip_prefix(sam.folder()).unwrap().display()));
            }
        }
    }
    assert!(readable.is_empty(), "{readable:#?}");
    println!("    {looked} bytes of the browser's profile, none readable");

    sam.launch().await;
    open(&mut sam, &server).await;
    let before = sees(&sam, "lock").await;
    assert!(!before.contains("Bo") && !before.contains("Elm"), "{before}");
    for wrong in ["000000", "135791"] {
        paste(&mut sam, "pin", wrong).await;
        reads(&sam, "That PIN does not open these records").await;
        assert!(!is_there(&sam, "today").await);
    }
    sam.picture("wrong-pin").await;
    let text = crate::look::text(&sam).await;
    assert!(!text.contains("Elm House") && !text.contains("Bo Lindqvist"), "{text}");
    unlock(&mut sam).await;
    sees(&sam, "today").await;
    tap(&mut sam, "nav-more").await;
    sam.close().await;
}

/// Every file in the origin's private file system: how many, how large, how often the words occur.
const OPFS: &str = r#"
const words = [...new TextEncoder().encode(arguments[0])];
let files = 0, bytes = 0, found = 0;
const walk = async (folder) => {
    for await (const entry of folder.values()) {
        if (entry.kind === "directory") { await walk(entry); continue; }
        const file = await entry.getFile();
        const held = new Uint8Array(await file.arrayBuffer());
        files += 1;
        bytes += held.length;
        for (let at = held.indexOf(words[0]); at >= 0; at = held.indexOf(words[0], at + 1)) {
            if (words.every((byte, n) => held[at + n] === byte)) found += 1;
        }
    }
};
await walk(await navigator.storage.getDirectory());
return {files, bytes, found};
"#;

/// In UTF-8 or in UTF-16, as browsers keep strings.
fn holds(bytes: &[u8], words: &str) -> bool {
    let wide: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [words.as_bytes(), &wide].into_iter().any(|needle| bytes.windows(needle.len()).any(|here| here == needle))
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => found.extend(files_below(&entry.path())),
            Ok(kind) if kind.is_file() => found.push(entry.path()),
            _ => {}
        }
    }
    found
}
