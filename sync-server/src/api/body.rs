//! Reading a request's body within limits of size and time, and undoing its compression.
//!
//! Invariant: nothing here holds more than the limit, whatever the request claims or inflates to.

use std::io::Read;
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;

use super::problem::Refusal;
use crate::memory::Hold;

/// How long the other side may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For a TLS handshake: it holds a connection and says nothing.
    pub handshake: Duration,
    /// For a request's headers, from the connection's begin or the answer before.
    pub headers: Duration,
    /// Between two pieces of a body: a link that says nothing for so long is dead.
    pub piece: Duration,
    /// For a whole body: a slow link gets its four megabytes through, a hostile one cannot stay.
    pub whole: Duration,
    /// Without taking any more of an answer.
    pub answer: Duration,
    /// For a body that is refused and only read so that the refusal arrives.
    pub refused: Duration,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience {
            handshake: Duration::from_secs(10),
            headers: Duration::from_secs(30),
            piece: Duration::from_secs(30),
            whole: Duration::from_secs(300),
            answer: Duration::from_secs(60),
            refused: Duration::from_secs(10),
        }
    }
}

/// Whether there is room in memory for so many bytes in all.
pub trait Room: Send {
    fn make(&mut self, bytes: usize) -> bool;
}

/// For bodies so small that nobody counts them.
pub struct Plenty;

impl Room for Plenty {
    fn make(&mut self, _: usize) -> bool {
        true
    }
}

impl Room for Hold {
    fn make(&mut self, bytes: usize) -> bool {
        self.resize(bytes)
    }
}

fn no_room() -> Refusal {
    Refusal::unavailable("the server has too much to do")
}

/// What a body was refused for while it was read.
enum Cut {
    TooLarge,
    NoRoom,
}

/// Reads a body of at most `limit` bytes.
pub async fn read(
    body: Body,
    limit: usize,
    patience: Patience,
    room: &mut impl Room,
) -> Result<Bytes, Refusal> {
    let too_large = || Refusal::too_large(format!("the body has more than {limit} bytes"));
    // What is announced is made room for at once: better refused now than half-way with many others.
    let announced = body.size_hint().lower();
    let refused = match usize::try_from(announced) {
        Ok(announced) if announced <= limit => (!room.make(announced)).then(no_room),
        _ => Some(too_large()),
    };
    if let Some(refusal) = refused {
        discard(body, patience).await;
        return Err(refusal);
    }
    let announced = usize::try_from(announced).unwrap_or(0);
    let mut body = body;
    let collect = async {
        let mut all = BytesMut::new();
        loop {
            let frame = tokio::time::timeout(patience.piece, body.frame());
            let Some(frame) = frame.await.map_err(|_| slow())? else {
                return Ok::<_, Refusal>(Ok(all.freeze()));
            };
            let frame = frame.map_err(|_| Refusal::bad_request("the body was cut off"))?;
            if let Ok(data) = frame.into_data() {
                let len = all.len() + data.len();
                if len > limit {
                    return Ok(Err(Cut::TooLarge));
                }
                if len > announced && !room.make(len) {
                    return Ok(Err(Cut::NoRoom));
                }
                all.extend_from_slice(&data);
            }
        }
    };
    match tokio::time::timeout(patience.whole, collect).await.map_err(|_| slow())?? {
        Ok(all) => Ok(all),
        Err(cut) => {
            discard(body, patience).await;
            Err(match cut {
                Cut::TooLarge => too_large(),
                Cut::NoRoom => no_room(),
            })
        }
    }
}

fn slow() -> Refusal {
    Refusal::new(StatusCode::REQUEST_TIMEOUT, "timeout", "the body came too slowly")
}

/// Lets a refused body run out, for a while: a client that is still sending when the connection
/// closes would see a broken connection and never the answer.
pub async fn discard(mut body: Body, patience: Patience) {
    let run_out = async {
        let mut left: usize = 64 * 1024 * 1024;
        while let Some(Ok(frame)) = body.frame().await {
            left = left.saturating_sub(frame.data_ref().map_or(0, Bytes::len));
            if left == 0 {
                break;
            }
        }
    };
    let _ = tokio::time::timeout(patience.refused, run_out).await;
}

/// How a body is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    Identity,
    Gzip,
    Zstd,
}

impl Coding {
    /// From `Content-Encoding`; `None` for one that this server does not undo.
    pub fn of_request(headers: &HeaderMap) -> Option<Coding> {
        if !headers.contains_key(header::CONTENT_ENCODING) {
            return Some(Coding::Identity);
        }
        match only(headers, &header::CONTENT_ENCODING)?.trim().to_ascii_lowercase().as_str() {
            "" | "identity" => Some(Coding::Identity),
            "gzip" | "x-gzip" => Some(Coding::Gzip),
            "zstd" => Some(Coding::Zstd),
            _ => None,
        }
    }

    /// The best that `Accept-Encoding` allows.
    pub fn for_answer(headers: &HeaderMap) -> Coding {
        let accepted = |name: &str| accepts(headers, name);
        match () {
            () if accepted("zstd") => Coding::Zstd,
            () if accepted("gzip") => Coding::Gzip,
            () => Coding::Identity,
        }
    }

    pub fn name(self) -> Option<&'static str> {
        match self {
            Coding::Identity => None,
            Coding::Gzip => Some("gzip"),
            Coding::Zstd => Some("zstd"),
        }
    }

    /// Undoes it, up to `limit` bytes. `room` holds the packed body already.
    pub fn undo(self, body: Bytes, limit: usize, room: &mut impl Room) -> Result<Bytes, Refusal> {
        let mut inflating = Inflating { plain: Vec::new(), packed: body.len(), limit, has_room: true };
        let read = match self {
            Coding::Identity => return Ok(body),
            Coding::Gzip => inflating.read(flate2::read::MultiGzDecoder::new(&*body), room),
            Coding::Zstd => zstd::stream::read::Decoder::with_buffer(&*body).and_then(|mut decoder| {
                // A frame may ask for a window as large as it likes; 16 MB is enough for anyone.
                decoder.window_log_max(24)?;
                inflating.read(decoder, room)
            }),
        };
        let Inflating { plain, has_room, .. } = inflating;
        if plain.len() > limit {
            return Err(Refusal::too_large(format!("the body inflates to more than {limit} bytes")));
        }
        read.map_err(|_| Refusal::bad_header("the body cannot be decompressed"))?;
        if !has_room {
            return Err(no_room());
        }
        drop(body);
        // Shrinking always is allowed.
        let _ = room.make(plain.len());
        Ok(Bytes::from(plain))
    }

    /// Compresses an answer: fast rather than small, since it happens once for each.
    pub fn apply(self, plain: Vec<u8>) -> std::io::Result<Vec<u8>> {
        match self {
            Coding::Identity => Ok(plain),
            Coding::Gzip => {
                let mut encoder = flate2::read::GzEncoder::new(&*plain, flate2::Compression::fast());
                let mut packed = Vec::with_capacity(plain.len() / 4);
                encoder.read_to_end(&mut packed)?;
                Ok(packed)
            }
            Coding::Zstd => zstd::stream::encode_all(&*plain, 1),
        }
    }
}

/// A body on its way out of its compression.
struct Inflating {
    plain: Vec<u8>,
    packed: usize,
    limit: usize,
    has_room: bool,
}

impl Inflating {
    /// Piece by piece, as long as there is room. One byte more than allowed shows that there is more,
    /// without reading it.
    fn read(&mut self, mut from: impl Read, room: &mut impl Room) -> std::io::Result<()> {
        const PIECE: usize = 64 * 1024;
        loop {
            let left = (self.limit + 1).saturating_sub(self.plain.len()).min(PIECE);
            self.has_room = room.make(self.packed + self.plain.len() + left);
            if left == 0 || !self.has_room {
                return Ok(());
            }
            if from.by_ref().take(left as u64).read_to_end(&mut self.plain)? == 0 {
                return Ok(());
            }
        }
    }
}

/// A header's value where it is there once, and text.
pub fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

/// Whether `Accept-Encoding` names a coding and does not rule it out.
pub fn accepts(headers: &HeaderMap, name: &str) -> bool {
    let values = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|part| {
        let mut parts = part.split(';').map(str::trim);
        let named = parts.next().is_some_and(|coding| coding.eq_ignore_ascii_case(name));
        let weight = parts.find_map(|part| part.strip_prefix("q=")).and_then(|q| q.parse::<f32>().ok());
        named && weight != Some(0.0)
    })
}
