//! The line: what reads as one is kept and passed on byte for byte, and every fold bears it.

use fieldproof::practice::{follow, record, task};
use fieldproof::record::{Line, MAX_LINE_BYTES};
use fieldproof::sync::wire::Item;
use sync_server::ingest::read_line;

pub fn check(data: &[u8]) {
    let served = read_line(data);
    let Ok(text) = std::str::from_utf8(data) else {
        assert!(served.is_err(), "bytes that are no text were read as a line");
        return;
    };
    let Ok(line) = Line::parse(text) else {
        assert!(served.is_err(), "the server reads what the device does not: {text}");
        return;
    };
    let served = served.expect("the device reads what the server does not");
    assert_eq!(line.as_str(), text, "a line is never changed");
    assert!(text.len() <= MAX_LINE_BYTES && !text.contains('\n'));
    let read = line.envelope().unwrap();
    assert_eq!((served.id, served.replica, served.seq), (read.id, read.replica, read.seq));
    assert!(served.rule.streams(served.named).count() > 0, "every line goes somewhere");

    // As it travels: within the server's answer, and out of it again.
    let answer = format!("{{\"stream\":\"quality\",\"n\":1,\"event\":{text}}}");
    let item: Item = serde_json::from_str(&answer).expect("an item that carries a line");
    assert_eq!(item.event.map(serde_json::value::RawValue::get), Some(text), "passed on byte for byte");

    for times in [1, 2] {
        let events = || std::iter::repeat_with(|| Line::read(text).unwrap()).take(times);
        let _ = record::fold(events());
        let _ = task::fold(events());
        let _ = follow::fold(events(), &|_| None);
    }
}

pub fn seeds() -> Vec<Vec<u8>> {
    let bodies = [
        (
            "check.submitted",
            r#"{"standard":{"standard":"0193e5a0-0000-7000-8000-000000000001","version":1},"answers":{"identity":{"mark":"met","ms":4000}},"coaching":[],"note":"Calm","seconds":62}"#,
        ),
        (
            "check.amended",
            r#"{"of":"0193e5a0-0000-7000-8000-000000000009","base":[],"reason":"typo","content":{}}"#,
        ),
        ("handoff.acknowledged", r#"{"of":"0193e5a0-0000-7000-8000-000000000009","note":"Heard"}"#),
        (
            "person.set",
            r#"{"person":"0193e5a0-0000-7000-8000-000000000002","name":"Bo","role":"staff","sites":[],"active":true}"#,
        ),
        (
            "task.assigned",
            r#"{"task":"0193e5a0-0000-7000-8000-000000000003","text":"Order gloves","owner":null,"due":"2026-12-01T10:00:00Z"}"#,
        ),
        (
            "cycle.opened",
            r#"{"gap":"dose not read aloud","standard":"0193e5a0-0000-7000-8000-000000000001"}"#,
        ),
        ("incident.reported", r#"{"what":"A fall","when":"2026-11-22T06:00:00-05:00","level":2}"#),
        ("hologram.recorded", r#"{ "frames" : [1, 2.50, "\u00e9"] }"#),
    ];
    let line = |(kind, body): (&str, &str)| {
        format!(
            r#"{{"v":1,"id":"0193e5a0-0000-7000-8000-000000000009","replica":"7f0c5a0b-0000-4000-8000-000000000001","seq":1,"at":"2026-11-22T06:55:12.120-05:00","author":"a1000000-0000-4000-8000-000000000001","kind":"{kind}","site":"51000000-0000-4000-8000-000000000001","subject":null,"org":12,"body":{body}}}"#
        )
        .into_bytes()
    };
    bodies.into_iter().map(line).collect()
}
