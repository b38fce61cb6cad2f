//! Lists longer than a screen, of a demo organisation: they grow where the reader is, and nobody is left
//! out of them.

use serde_json::{Value, json};

use crate::bench::{link, pair};
use crate::device::{Device, PHONE};
use crate::hands::tap;
use crate::look::{at_rest, sees, until};
use crate::server::Server;

/// How many rows of a kind are there.
const ROWS: &str = "return document.querySelectorAll(`[data-test='${arguments[0]}']`).length";
/// Where the last row stands once the button under it is in view.
const LAST: &str = "const [row, button] = [...arguments].map((name) => [...document.querySelectorAll(`[data-test='${name}']`)].at(-1));
    button.scrollIntoView({block: 'end'});
    globalThis.__row = row;
    return row.getBoundingClientRect().top";
const MOVED: &str =
    "return globalThis.__row.isConnected ? globalThis.__row.getBoundingClientRect().top : null";

pub async fn lists_grow_where_the_reader_is() {
    let mut server = Server::new();
    let links = server.demo(&["--events", "2000"]).await;
    let mut quinn = Device::new("quinn", PHONE).await;
    pair(&mut quinn, &link(&links, "quality")).await;
    sees(&quinn, "today").await;
    let synced = "return document.querySelector(\"[data-test='sync-chip'].tone-proven\")";
    until(&quinn, "all synced", synced, vec![]).await;

    tap(&mut quinn, "nav-records").await;
    grows(&mut quinn, "record-row", "more-records").await;

    tap(&mut quinn, "nav-people").await;
    let found = "const said = document.querySelector(\"[data-test='people'] [role='status']\");
        const number = said?.textContent.match(/\\d+/);
        return number ? Number(number[0]) : null";
    let people = until(&quinn, "how many people", found, vec![]).await.as_u64().unwrap();
    assert!(people > 30, "{people} are no long list");
    let all = "return document.querySelectorAll(\"[data-test='person-row']\").length === arguments[0]";
    until(&quinn, "everybody in the list", all, vec![json!(people)]).await;

    quinn.run("location.hash = '/insight'", vec![]).await;
    sees(&quinn, "insight").await;
    at_rest(&quinn).await;
    let fullest = "return [...document.querySelectorAll(\".page a[href^='#/insight/behind/']\")].map((a) => a.getAttribute('href')).at(-2)";
    let href = until(&quinn, "a point", fullest, vec![]).await;
    quinn.run("location.hash = arguments[0]", vec![href]).await;
    sees(&quinn, "behind").await;
    grows(&mut quinn, "record-row", "more-behind").await;

    quinn.run("location.hash = '/follow'", vec![]).await;
    sees(&quinn, "follow-open").await;
    sees(&quinn, "follow-ended").await;
    at_rest(&quinn).await;
    quinn.picture("follow-up").await;
    quinn.close().await;
    server.stop().await;
}

/// Fifty rows, then a hundred, and the fiftieth stays under the reader's eyes.
async fn grows(quinn: &mut Device, row: &'static str, more: &'static str) {
    sees(quinn, more).await;
    at_rest(quinn).await;
    let count = async |quinn: &Device| quinn.run(ROWS, vec![json!(row)]).await.as_u64().unwrap();
    assert_eq!(count(quinn).await, 50);
    let before = quinn.run(LAST, vec![json!(row), json!(more)]).await.as_f64().unwrap();
    tap(quinn, more).await;
    let grown = format!("{ROWS} > 50");
    until(quinn, "more rows", &grown, vec![json!(row)]).await;
    at_rest(quinn).await;
    let after = quinn.run(MOVED, vec![]).await;
    assert!(after != Value::Null, "the rows that were there are others now");
    assert!((after.as_f64().unwrap() - before).abs() < 2.0, "moved from {before} to {after}");
    assert!(count(quinn).await > 50);
    quinn.picture(more).await;
}
