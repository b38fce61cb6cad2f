//! The sync header with its lines, and the answer: read as they are or refused whole; what is cut
//! is good up to its last whole line.

use bytes::Bytes;
use fieldproof::record::Head;
use fieldproof::sync::exchange;
use serde_json::json;
use sync_server::ingest::{Limits, read_batch};

use super::line;

pub fn check(data: &[u8]) {
    batch(data);
    answer(data);
}

fn batch(data: &[u8]) {
    let Ok(batch) = read_batch(Bytes::copy_from_slice(data), &Limits::default()) else { return };
    let header = &batch.header;
    assert_eq!(batch.lines.len() as u64, header.count);
    let start = data.iter().position(|byte| *byte == b'\n').map_or(data.len(), |at| at + 1);
    let mut rest = &data[start..];
    let mut head = header.head;
    for line in &batch.lines {
        let bytes = batch.bytes(line);
        assert!(rest.starts_with(bytes), "a line comes out as it went in");
        rest = &rest[bytes.len()..];
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        head = head.next(bytes);
        assert_eq!(line.head, head, "each head is over the lines before it");
    }
    assert!(rest.is_empty(), "no byte is passed over");
    assert_eq!(batch.tip_agrees, head == header.tip);

    // What a device would send for this reads back the same.
    let (body, coding) = exchange::write(header, &[], true).unwrap();
    if coding.is_none() && header.count == 0 {
        let again = read_batch(Bytes::from(body), &Limits::default()).expect("our own header");
        assert_eq!(again.header, *header);
    }
}

fn answer(data: &[u8]) {
    let whole = exchange::read(data);
    // Somewhere in the middle, chosen by the bytes themselves.
    let at =
        data.iter().fold(7_usize, |sum, byte| sum.wrapping_mul(31) ^ usize::from(*byte)) % (data.len() + 1);
    let cut = exchange::read(&data[..at]);
    assert!(cut.items.len() <= whole.items.len());
    for (cut, whole) in cut.items.iter().zip(&whole.items) {
        assert_eq!(
            (&cut.stream, cut.n, cut.own, &cut.line),
            (&whole.stream, whole.n, whole.own, &whole.line)
        );
    }
    assert!(whole.answer.is_some() || (whole.items.is_empty() && whole.done.is_none()));
    assert!(cut.answer.is_none() || cut.answer == whole.answer);
    assert!(cut.done.is_none() || cut.done == whole.done);
    for line in whole.items.iter().filter_map(|item| item.line.as_ref()) {
        assert!(data.windows(line.len()).any(|window| window == line.as_bytes()), "a line is taken as it is");
    }
    for kind in ["application/problem+json", "text/html"] {
        let _ = exchange::read_problem(kind, data);
    }
}

pub fn seeds() -> Vec<Vec<u8>> {
    let lines = line::seeds();
    let mut seeds = Vec::new();
    for count in [0, 1, lines.len()] {
        let lines = &lines[..count];
        let tip = lines.iter().fold(Head::ZERO, |head, line| head.next(line));
        let header = json!({
            "replica": "7f0c5a0b-0000-4000-8000-000000000001", "after": 0, "head": Head::ZERO,
            "count": count, "tip": tip, "cursors": {"org": 12}, "pull": 1000,
            "sent_at": "2026-11-22T07:01:00Z", "client": "fuzz/1",
        });
        let mut body = header.to_string().into_bytes();
        for line in lines {
            body.push(b'\n');
            body.extend_from_slice(line);
        }
        body.push(b'\n');
        seeds.push(body);
    }
    let event = String::from_utf8(lines[0].clone()).unwrap();
    let zero = Head::ZERO;
    seeds.push(
        format!(
            r#"{{"head":{{"seq":2,"hash":"{zero}"}},"accepted":1,"duplicate":1,"quarantined":[{{"seq":2,"id":null,"code":"malformed","field":null,"message":"?"}}],"server_time":"2026-11-22T00:00:00.000Z","skew_ms":-840,"epoch":"0193e5a0-0000-7000-8000-000000000001"}}
{{"stream":"lead:e","n":89,"received_at":"2026-11-22T00:00:00.000Z","skew_ms":12,"event":{event}}}
{{"stream":"lead:e","n":90,"own":121}}
{{"notice":"tonight"}}
{{"done":true,"cursors":{{"lead:e":90}},"more":false,"streams":["lead:e"]}}
"#
        )
        .into_bytes(),
    );
    seeds.push(
        br#"{"type":"about:blank","title":"gap","status":409,"detail":"","code":"gap","have":3}"#.to_vec(),
    );
    seeds
}
