//! Writing a line once, and reading one without changing it.

use chrono::{DateTime, FixedOffset, SecondsFormat};
use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::{Envelope, Kind};

/// The longest line that travels, in bytes, without its newline.
pub const MAX_LINE_BYTES: usize = 65_536;

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

    /// Reads the members of any text that should be a line, without taking it over.
    ///
    /// # Errors
    /// As [`Line::parse`].
    pub fn read(text: &str) -> Result<Envelope<'_>, LineError> {
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
        let envelope: Envelope =
            serde_json::from_str(text).map_err(|error| LineError::Malformed(what_is_wrong(&error)))?;
        if envelope.v != 1 {
            return Err(LineError::Version(envelope.v));
        }
        if envelope.kind.class().is_empty() || envelope.kind.verb().is_empty() {
            return Err(LineError::Kind);
        }
        if !envelope.body.get().starts_with('{') {
            return Err(LineError::Body);
        }
        Ok(envelope)
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
            at: self.at.to_rfc3339_opts(SecondsFormat::Millis, false),
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
