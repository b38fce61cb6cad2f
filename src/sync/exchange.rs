//! Writing a sync request and reading its answer (PROTOCOL §5).
//!
//! Invariant: an answer that was cut anywhere is read up to its last whole line and no further.

use std::io::Write;

use super::wire::{Item, Problem, SyncAnswer, SyncDone, SyncHeader};
use crate::store::PulledItem;

/// The request's body: the header line and the event lines, gzipped where that pays and `zip` allows it.
/// Gives the bytes and the content encoding.
///
/// # Errors
/// A header that does not serialise, which no header of ours does.
pub fn write(
    header: &SyncHeader,
    lines: &[String],
    zip: bool,
) -> Result<(Vec<u8>, Option<&'static str>), serde_json::Error> {
    let mut body = serde_json::to_vec(header)?;
    body.push(b'\n');
    for line in lines {
        body.extend_from_slice(line.as_bytes());
        body.push(b'\n');
    }
    if !zip || body.len() < 1024 {
        return Ok((body, None));
    }
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    match gzip.write_all(&body).and_then(|()| gzip.finish()) {
        Ok(zipped) => Ok((zipped, Some("gzip"))),
        // Writing into memory does not fail; if it ever did, plain is always right.
        Err(_) => Ok((body, None)),
    }
}

/// What could be read of a `200` answer.
#[derive(Debug, Default)]
pub struct Received {
    /// Missing where not even the first line came whole.
    pub answer: Option<SyncAnswer>,
    pub items: Vec<PulledItem>,
    /// Missing where the answer was cut.
    pub done: Option<SyncDone>,
}

/// Reads the whole lines of an answer. A line that no version of the protocol could have written
/// ends the reading, like a cut.
#[must_use]
pub fn read(bytes: &[u8]) -> Received {
    let mut received = Received::default();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let Some(line) = line.strip_suffix(b"\n") else { break };
        let Ok(line) = std::str::from_utf8(line) else { break };
        if received.answer.is_none() {
            let Ok(answer) = serde_json::from_str(line) else { break };
            received.answer = Some(answer);
            continue;
        }
        if let Ok(item) = serde_json::from_str::<Item>(line) {
            received.items.push(PulledItem {
                stream: item.stream.into_owned(),
                n: item.n,
                own: item.own,
                received_at: item.received_at.map(std::borrow::Cow::into_owned).unwrap_or_default(),
                line: item.event.map(|event| event.get().to_owned()),
            });
            continue;
        }
        if is_of_a_later_version(line) {
            continue;
        }
        received.done = serde_json::from_str(line).ok();
        break;
    }
    received
}

/// An object that is neither an item nor the end: a newer server may say more than this version
/// knows, and what this one can take in must not stop there.
fn is_of_a_later_version(line: &str) -> bool {
    #[derive(serde::Deserialize)]
    struct Marks {
        stream: Option<serde::de::IgnoredAny>,
        done: Option<serde::de::IgnoredAny>,
    }
    serde_json::from_str::<Marks>(line).is_ok_and(|marks| marks.stream.is_none() && marks.done.is_none())
}

/// Reads a refusal. `None` where what answered was not the server.
#[must_use]
pub fn read_problem(content_type: &str, bytes: &[u8]) -> Option<Problem> {
    if content_type != super::wire::PROBLEM_JSON {
        return None;
    }
    serde_json::from_slice(bytes).ok()
}
