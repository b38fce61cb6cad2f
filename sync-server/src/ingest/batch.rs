//! A request's body as one header line and `count` event lines, each parsed and hashed once.

use std::ops::Range;

use bytes::Bytes;
use fieldproof::practice::rights::{Event, Named, Of, Rule, Stream};
use fieldproof::record::{Envelope, Head, Line, LineError, MAX_LINE_BYTES, SERVER, what_is_wrong};
use fieldproof::sync::wire::{
    Code, DRAFT_LEFT, MAX_BATCH_BYTES, MAX_BATCH_LINES, PROTOCOL, SyncHeader, Taken,
};
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use crate::registry::{Change, InvalidBody};

/// What a batch may not exceed (`GET /v1/capabilities`).
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub line_bytes: usize,
    pub batch_lines: usize,
    pub batch_bytes: usize,
    /// For the header line alone; not advertised, wide enough for the cursors of ten thousand sites.
    pub header_bytes: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            line_bytes: MAX_LINE_BYTES,
            batch_lines: MAX_BATCH_LINES,
            batch_bytes: MAX_BATCH_BYTES,
            header_bytes: 1024 * 1024,
        }
    }
}

impl Limits {
    /// The most that a whole decompressed body may have: header, lines and their newlines.
    #[must_use]
    pub fn body_bytes(&self) -> usize {
        self.header_bytes + self.batch_bytes + self.batch_lines + 1
    }
}

/// Why a body is not a batch. Nothing of it is stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BatchError {
    #[error("{0}")]
    Header(String),
    #[error("{0}")]
    TooLarge(String),
    #[error("this server speaks protocol 1")]
    Protocol,
}

/// What the server reads of a good line. It is small and owns nothing of the line.
#[derive(Clone, Debug)]
pub struct Facts {
    pub id: Uuid,
    pub replica: Uuid,
    pub seq: u64,
    pub org: Option<u64>,
    pub named: Named,
    pub rule: Rule,
    /// What the body says it goes on with.
    pub of: Of,
    /// Present for the three kinds whose bodies the server reads.
    pub change: Option<Result<Change, InvalidBody>>,
    /// For the server's own word that it took a line back: where that line stood.
    pub taken: Option<Vec<Stream>>,
    /// What somebody had begun and not finished: for no stream.
    pub unfinished: bool,
}

impl Facts {
    /// The streams that the line goes to.
    pub fn streams(&self) -> impl Iterator<Item = Stream> {
        let told = self.taken.iter().flatten().copied();
        told.chain(self.rule.streams(self.named))
    }
}

impl Facts {
    /// What is judged by what the line changes.
    #[must_use]
    pub fn event(&self) -> Event {
        Event { id: self.id, rule: self.rule, named: self.named, of: self.of }
    }
}

/// Bytes that are no event line.
#[derive(Clone, Debug)]
pub struct Malformed {
    /// Where at least that much can be made out.
    pub id: Option<Uuid>,
    pub code: Code,
    pub field: Option<&'static str>,
    pub message: String,
}

/// One line of a batch, ready to be judged.
#[derive(Clone, Debug)]
pub struct Prepared {
    range: Range<usize>,
    /// The head of the replica after this line.
    pub head: Head,
    pub read: Result<Facts, Malformed>,
}

impl Prepared {
    /// A line that comes from storage and not in a batch; its head is of no interest.
    #[must_use]
    pub fn alone(bytes: &[u8]) -> Prepared {
        Prepared { range: 0..0, head: Head::ZERO, read: read_line(bytes) }
    }
}

/// A whole request, read.
#[derive(Clone, Debug)]
pub struct Batch {
    body: Bytes,
    pub header: SyncHeader,
    pub sent_at_ms: i64,
    pub lines: Vec<Prepared>,
    /// Whether the head over all lines is the header's `tip`.
    pub tip_agrees: bool,
}

impl Batch {
    /// The bytes of a line, as they came.
    #[must_use]
    pub fn bytes(&self, line: &Prepared) -> &[u8] {
        self.body.get(line.range.clone()).unwrap_or_default()
    }
}

#[derive(Deserialize)]
struct Spoken {
    #[serde(default)]
    protocol: Option<Value>,
}

/// Reads a decompressed body.
///
/// # Errors
/// [`BatchError`]: a header that cannot be read or does not fit the lines, or a limit exceeded.
pub fn read_batch(body: Bytes, limits: &Limits) -> Result<Batch, BatchError> {
    let wrong = |what: &str| BatchError::Header(what.to_owned());
    let too_large = |what: String| Err(BatchError::TooLarge(what));
    let end = body.iter().position(|&byte| byte == b'\n').unwrap_or(body.len());
    if end > limits.header_bytes {
        return too_large(format!("the header line has more than {} bytes", limits.header_bytes));
    }
    let text = body.get(..end).unwrap_or_default();
    let spoken: Spoken =
        serde_json::from_slice(text).map_err(|_| wrong("the first line is not a sync header"))?;
    if spoken.protocol.is_some_and(|version| version != PROTOCOL) {
        return Err(BatchError::Protocol);
    }
    let mut header: SyncHeader = serde_json::from_slice(text)
        .map_err(|error| BatchError::Header(format!("sync header: {}", what_is_wrong(&error))))?;
    // What names no stream is ignored anyway, and need not be carried along.
    header.cursors.retain(|name, _| name.parse::<Stream>().is_ok());
    let sent_at = chrono::DateTime::parse_from_rfc3339(&header.sent_at)
        .map_err(|_| wrong("`sent_at` is not an RFC 3339 time"))?;
    // SQLite counts in signed 64 bits; no replica comes near.
    if header.after.checked_add(header.count).is_none_or(|end| i64::try_from(end).is_err()) {
        return Err(wrong("`after` and `count` are too large"));
    }
    if header.count > limits.batch_lines as u64 {
        return too_large(format!("more than {} lines", limits.batch_lines));
    }

    let ranges = split(&body, end + 1, limits.batch_lines);
    if ranges.iter().map(ExactSizeIterator::len).sum::<usize>() > limits.batch_bytes {
        return too_large(format!("the lines have more than {} bytes", limits.batch_bytes));
    }
    if ranges.iter().any(|range| range.len() > limits.line_bytes) {
        return too_large(format!("a line has more than {} bytes", limits.line_bytes));
    }
    if ranges.len() as u64 != header.count {
        return Err(BatchError::Header(format!(
            "`count` is {} but {} lines follow",
            header.count,
            if ranges.len() > limits.batch_lines { "more".to_owned() } else { ranges.len().to_string() }
        )));
    }

    let mut head = header.head;
    let mut lines = Vec::with_capacity(ranges.len());
    for range in ranges {
        let bytes = body.get(range.clone()).unwrap_or_default();
        head = head.next(bytes);
        lines.push(Prepared { read: read_line(bytes), range, head });
    }
    let tip_agrees = head == header.tip;
    Ok(Batch { header, sent_at_ms: sent_at.timestamp_millis(), lines, tip_agrees, body })
}

/// The lines from `start` on. A newline ends a line, so the last one may be left out; an empty
/// line between others is a line like any other. Of more than `most` only one more is looked for:
/// megabytes of newlines must not become a list sixteen times as long.
fn split(body: &[u8], start: usize, most: usize) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut from = start;
    while ranges.len() <= most
        && let Some(rest) = body.get(from..).filter(|rest| !rest.is_empty())
    {
        let len = rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len());
        ranges.push(from..from + len);
        from += len + 1;
    }
    ranges
}

/// Reads what the server needs of one line that comes in.
///
/// # Errors
/// [`Malformed`], with the id where one can be made out.
pub fn read_line(bytes: &[u8]) -> Result<Facts, Malformed> {
    #[derive(Deserialize)]
    struct Id {
        id: Uuid,
    }
    let malformed = |code: Code, field: Option<&'static str>, message: String| Malformed {
        id: serde_json::from_slice::<Id>(bytes).ok().map(|found| found.id),
        code,
        field,
        message,
    };
    let text = std::str::from_utf8(bytes)
        .map_err(|_| malformed(Code::Malformed, None, "the line is not UTF-8".to_owned()))?;
    let line = Line::read(text).map_err(|error| match error {
        LineError::Twice(member) => malformed(Code::InvalidBody, Some(member), error.to_string()),
        LineError::Time => malformed(Code::Malformed, Some("at"), error.to_string()),
        _ => malformed(Code::Malformed, None, error.to_string()),
    })?;
    Ok(facts(&line, Change::of_new(&line)))
}

/// Reads a line that is stored already: where it goes is read as it was when it came in, by an older
/// version perhaps, which was less strict. What it changes is read as every device reads it now.
#[must_use]
pub fn read_kept(bytes: &[u8]) -> Option<Facts> {
    let text = std::str::from_utf8(bytes).ok()?;
    if let Ok(line) = Line::read(text) {
        return Some(facts(&line, Change::of(&line)));
    }
    Some(facts(&Line::read_kept(text).ok()?, None))
}

fn facts(line: &Envelope, change: Option<Result<Change, InvalidBody>>) -> Facts {
    let kind = line.kind.as_str();
    let taken = (kind == Taken::KIND && line.author == SERVER)
        .then(|| serde_json::from_str::<Taken>(line.body.get()).ok())
        .flatten()
        .map(|taken| taken.streams.iter().filter_map(|stream| stream.parse().ok()).collect());
    let Event { id, rule, named, of } = Event::read(line);
    let unfinished = kind == DRAFT_LEFT;
    Facts {
        id,
        replica: line.replica,
        seq: line.seq,
        org: line.org,
        named,
        rule,
        of,
        change,
        taken,
        unfinished,
    }
}
