//! Writing a line once, and reading one without changing it.

use chrono::{DateTime, FixedOffset, SecondsFormat};
use serde::Serialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::envelope::Raw;
use super::{Envelope, Kind, strict, time};

/// The longest line that travels, in bytes, without its newline.
pub const MAX_LINE_BYTES: usize = 65_536;
/// So much of it stays free in what a device writes at first: a copy in another replica says which line it
/// copies, and has longer numbers.
pub const ROOM_FOR_COPY: usize = 128;

/// The greatest number of a line or an item: databases count in signed 64 bits, and none comes near.
const MAX_NUMBER: u64 = i64::MAX as u64;

/// Why bytes are not an event line. None of these can be mended by trying again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    #[error("the line has {0} bytes; at most {MAX_LINE_BYTES} are allowed")]
    TooLong(usize),
    #[error("the line contains a raw newline")]
    Newline,
    #[error("not an event line: {0}")]
    Malformed(String),
    #[error("the line has form version {0}; this version reads 1")]
    Version(u32),
    #[error("the kind is not `class.verb`")]
    Kind,
    #[error("the body is not an object")]
    Body,
    #[error("`at` is not a time from 1970 to 2200, as YYYY-MM-DDTHH:MM:SS with its offset")]
    Time,
    /// A member that stands twice in one object, here or in the body: its name where that is one of
    /// ours, else where it is.
    #[error("a member stands twice: `{0}`")]
    Twice(&'static str),
}

/// The exact bytes of one event. Cloning copies the text; nothing can alter it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Line(String);

impl Line {
    /// Takes text as a line after checking that it reads as an event.
    ///
    /// # Errors
    /// See [`LineError`]: too long, not JSON, a required member missing or of the wrong form.
    pub fn parse(text: impl Into<String>) -> Result<Line, LineError> {
        let line = Line(text.into());
        line.envelope()?;
        Ok(line)
    }

    /// The members of the line, borrowed from it.
    ///
    /// # Errors
    /// As [`Line::parse`].
    pub fn envelope(&self) -> Result<Envelope<'_>, LineError> {
        Self::read(&self.0)
    }

    /// Reads the members of any text that should be a line, without taking it over. This is the one
    /// reader of server and app: what one of them refuses, the other does not show.
    ///
    /// # Errors
    /// As [`Line::parse`].
    pub fn read(text: &str) -> Result<Envelope<'_>, LineError> {
        let raw = Self::raw(text)?;
        strict::look(text)?;
        if raw.seq > MAX_NUMBER || raw.org.is_some_and(|org| org > MAX_NUMBER) {
            return Err(LineError::Malformed("a number in it is too large".into()));
        }
        let at = time::read_moment(&raw.at).ok_or(LineError::Time)?;
        raw.envelope(at)
    }

    /// Where a line goes that was taken in by an older version, which was less strict: for whoever
    /// keeps lines, to find them in their places. Nothing that it says may be believed.
    ///
    /// # Errors
    /// As [`Line::read`] had them then.
    pub fn read_kept(text: &str) -> Result<Envelope<'_>, LineError> {
        let raw = Self::raw(text)?;
        // As serde read it: also with years of six digits, which RFC 3339 does not have.
        let at = raw.at.parse().map_err(|_| LineError::Time)?;
        raw.envelope(at)
    }

    fn raw(text: &str) -> Result<Raw<'_>, LineError> {
        if text.len() > MAX_LINE_BYTES {
            return Err(LineError::TooLong(text.len()));
        }
        if text.contains('\n') {
            return Err(LineError::Newline);
        }
        // Within an answer nobody could tell such a line from the same one without it.
        if !(text.starts_with('{') && text.ends_with('}')) {
            return Err(LineError::Malformed("not an object with nothing around it".into()));
        }
        serde_json::from_str(text).map_err(|error| {
            // A member twice is told as that, also where one of the two is wrong besides.
            let is_json = || serde_json::from_str::<IgnoredAny>(text).is_ok();
            match strict::look(text) {
                Err(twice @ LineError::Twice(_)) if error.is_data() && is_json() => twice,
                _ => LineError::Malformed(what_is_wrong(&error)),
            }
        })
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// What is wrong with JSON that could not be read, without a word of its content: such a message is
/// told, kept and shown where the line itself may not be, and content can be of any length.
#[must_use]
pub fn what_is_wrong(error: &serde_json::Error) -> String {
    use serde_json::error::Category;
    let what = match error.classify() {
        Category::Io => "it could not be read".to_owned(),
        Category::Syntax => "it is not JSON".to_owned(),
        Category::Eof => "it ends too early".to_owned(),
        // Of these, only a member's own name is ours; a wrong value would be quoted.
        Category::Data => {
            let said = error.to_string();
            let named =
                ["missing field `", "duplicate field `"].iter().find(|begin| said.starts_with(**begin));
            match named.and_then(|begin| Some((begin, said.get(begin.len()..)?.split('`').next()?))) {
                Some((begin, member)) => format!("{begin}{member}`"),
                None => "a member has a wrong form".to_owned(),
            }
        }
    };
    format!("{what}, at line {} column {}", error.line(), error.column())
}

/// Everything that a new line is written from. The writer brings ids and time: nothing is read
/// from a clock here.
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    pub id: Uuid,
    pub replica: Uuid,
    pub seq: u64,
    pub at: DateTime<FixedOffset>,
    pub author: Uuid,
    pub kind: &'a str,
    pub site: Option<Uuid>,
    pub subject: Option<Uuid>,
    pub org: Option<u64>,
    pub body: &'a RawValue,
}

#[derive(Serialize)]
struct Written<'a> {
    v: u32,
    id: Uuid,
    replica: Uuid,
    seq: u64,
    at: String,
    author: Uuid,
    kind: Kind<'a>,
    site: Option<Uuid>,
    subject: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    org: Option<u64>,
    body: &'a RawValue,
}

impl Draft<'_> {
    /// Writes the line, once. What is returned is the record from here on.
    ///
    /// # Errors
    /// [`LineError`] where the result would not read back as an event, or is too long.
    pub fn write(&self) -> Result<Line, LineError> {
        let written = Written {
            v: 1,
            id: self.id,
            replica: self.replica,
            seq: self.seq,
            at: time::nearest(self.at).to_rfc3339_opts(SecondsFormat::Millis, false),
            author: self.author,
            kind: Kind(self.kind.into()),
            site: self.site,
            subject: self.subject,
            org: self.org,
            body: self.body,
        };
        let text =
            serde_json::to_string(&written).map_err(|error| LineError::Malformed(what_is_wrong(&error)))?;
        Line::parse(text)
    }
}
