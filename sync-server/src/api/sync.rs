//! `POST /v1/sync`: push and pull in one round trip (PROTOCOL §5).
//!
//! Counts in the answer: `accepted` are lines newly stored and applied, `duplicate` lines that were
//! held already (quarantined or not). `quarantined` lists every unreleased line of the calling
//! replica, this batch's first, at most 500: a device whose answer was lost hears of them with the
//! next one, even if it does not send those lines again.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::task::{Context, Poll};
use std::time::Instant;

use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use bytes::Bytes;
use fieldproof::sync::wire::{NDJSON, SyncAnswer, SyncDone, SyncHeader};
use http_body_util::Full;
use hyper::body::{Frame, SizeHint};
use tokio::sync::OwnedSemaphorePermit;
use uuid::Uuid;

use super::body::{self, Coding};
use super::problem::Refusal;
use super::{Api, DAY_MS, auth};
use crate::ingest::{Batch, BatchError, Limits, read_batch};
use crate::memory::Hold;
use crate::seams::rfc3339;
use crate::storage::{Caller, Held, Pull, PullEvent, PullItem, Pulled, Push, PushRefusal, Pushed};
use crate::turns::Turn;

/// An answer at least so long is compressed on a thread that may block.
const LONG: usize = 32 * 1024;
/// So many bytes of lines may always be answered with: one item at least.
const SHORTEST: usize = 64 * 1024;
/// A shorter one is not compressed at all.
const SHORT: usize = 256;

pub async fn sync(State(api): State<Api>, request: Request) -> Result<Response, Refusal> {
    let started = Instant::now();
    let (parts, body) = request.into_parts();
    let (caller, coding) = match admit(&api, &parts.headers).await {
        Ok(admitted) => admitted,
        Err(refusal) => {
            body::discard(body, api.settings.patience).await;
            return Err(refusal);
        }
    };
    let (Some(place), Ok(all)) = (Place::take(&api, &caller), api.at_once.clone().try_acquire_owned()) else {
        body::discard(body, api.settings.patience).await;
        return Err(Refusal::unavailable("the server has too much to do"));
    };
    let place = Arc::new((place, all));
    let limits = api.settings.limits;
    let mut hold = api.memory.hold(caller.org, caller.person);
    let packed = body::read(body, limits.body_bytes(), api.settings.patience, &mut hold).await?;
    // The clock is read when the last byte is there, so that a slow link is not taken for a skew.
    let (now_ms, judged_ms) = (api.settings.seams.now_ms(), api.clock.judged_ms());
    let turn = api
        .reading
        .wait(caller.person)
        .await
        .map_err(|_| Refusal::unavailable("the server is going down"))?;
    let (batch, hold) =
        blocking(move || read(packed, coding, &limits, &mut hold).map(|batch| (batch, hold))).await??;
    drop(turn);

    let (sent_at_ms, lines) = (batch.sent_at_ms, batch.lines.len());
    let SyncHeader { replica, cursors, pull: limit, .. } = batch.header.clone();
    let push = Push {
        caller: caller.clone(),
        batch,
        now_ms,
        grace_ms: i64::from(api.settings.grace_days) * DAY_MS,
        token_ms: i64::from(api.settings.token_days) * DAY_MS,
        judged_ms,
        device_bytes_per_day: api.settings.device_bytes_per_day,
        unknown_lines_per_day: api.settings.unknown_lines_per_day,
        // A client that goes away leaves its push in the queue of writes: it goes on counting there.
        held: Held(Some(Box::new((place.clone(), hold)))),
    };
    let stored = match api.storage.push(push).await? {
        Pushed::Stored(stored) => stored,
        Pushed::Refused(refusal) => return Err(refused(refusal)),
    };
    api.metrics.accepted.fetch_add(stored.accepted, Relaxed);
    api.metrics.duplicate.fetch_add(stored.duplicate, Relaxed);
    stored.newly_quarantined.iter().for_each(|code| api.metrics.quarantined(code));

    // One who is revoked reads nothing more; where it stood is told back as it told us.
    let (told_back, cursors) =
        if stored.revoked { (Some(cursors), BTreeMap::new()) } else { (None, cursors) };
    let mut room = api.memory.hold(caller.org, caller.person);
    // Each byte is there twice while the answer is written. Where there is little room, the answer is
    // short and says that there is more.
    let bytes = room.up_to(2 * api.settings.pull_bytes, 2 * SHORTEST).unwrap_or(0).max(2 * SHORTEST) / 2;
    // Not kept while it is looked for: most answers are small, and five phones would fill a share.
    let _ = room.resize(0);
    let pull = Pull {
        org: caller.org,
        replica,
        streams: stored.streams.clone(),
        limit: if stored.revoked { 0 } else { limit.min(api.settings.max_pull) },
        bytes: bytes.min(api.settings.pull_bytes),
        cursors,
    };
    let mut pulled = api.storage.pull(pull).await?;
    api.metrics.pulled.fetch_add(pulled.items.len() as u64, Relaxed);

    let done = SyncDone {
        done: true,
        cursors: told_back.unwrap_or_else(|| std::mem::take(&mut pulled.cursors)),
        more: pulled.more,
        streams: stored.streams.iter().map(ToString::to_string).collect(),
    };
    let answer = SyncAnswer {
        head: stored.head,
        accepted: stored.accepted,
        duplicate: stored.duplicate,
        server_time: rfc3339(now_ms),
        skew_ms: sent_at_ms.saturating_sub(now_ms),
        revoked: stored.revoked,
        epoch: pulled.epoch,
        quarantined: stored.quarantined,
    };
    let response = respond(answer, pulled, done, &parts.headers, (place, room)).await?;
    api.metrics.synced(lines, started.elapsed().as_secs_f64());
    Ok(response)
}

/// The places that a sync takes of its device, its person and its organisation.
struct Place {
    _device: Turn<Uuid>,
    _person: Turn<Uuid>,
    _org: Turn<Uuid>,
}

impl Place {
    fn take(api: &Api, caller: &Caller) -> Option<Place> {
        Some(Place {
            _device: api.of_one_device.take(caller.device)?,
            _person: api.of_one_person.take(caller.person)?,
            _org: api.of_one_org.take(caller.org)?,
        })
    }
}

/// An answer that holds what it took until its last byte is sent, or nobody waits for it any more.
struct Kept {
    answer: Full<Bytes>,
    _held: (Arc<(Place, OwnedSemaphorePermit)>, Hold),
}

impl HttpBody for Kept {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Pin::new(&mut self.answer).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.answer.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.answer.size_hint()
    }
}

/// What can be refused before the body is read.
async fn admit(api: &Api, headers: &HeaderMap) -> Result<(Caller, Coding), Refusal> {
    let caller = auth::caller(api, headers).await?;
    let essence =
        body::only(headers, &header::CONTENT_TYPE).and_then(|value| value.split(';').next()).map(str::trim);
    if !essence.is_some_and(|essence| essence.eq_ignore_ascii_case(NDJSON)) {
        return Err(Refusal::unsupported(format!("the body must be {NDJSON}")));
    }
    let coding = Coding::of_request(headers)
        .ok_or_else(|| Refusal::unsupported("Content-Encoding may be zstd, gzip or identity"))?;
    Ok((caller, coding))
}

fn read(packed: Bytes, coding: Coding, limits: &Limits, hold: &mut Hold) -> Result<Batch, Refusal> {
    let plain = coding.undo(packed, limits.body_bytes(), hold)?;
    read_batch(plain, limits).map_err(|error| match error {
        BatchError::Header(detail) => Refusal::bad_header(detail),
        BatchError::TooLarge(detail) => Refusal::too_large(detail),
        BatchError::Protocol => {
            Refusal::new(StatusCode::UPGRADE_REQUIRED, "protocol", "this server speaks protocol 1")
        }
    })
}

fn refused(refusal: PushRefusal) -> Refusal {
    match refusal {
        PushRefusal::NoDevice => Refusal::token_unknown(),
        PushRefusal::NotYours(parting) => Refusal::not_yours(parting),
        PushRefusal::NewReplicaOfRevoked => {
            Refusal::not_permitted("a revoked device goes on only in the replicas that it had")
        }
        PushRefusal::DayIsFull { seconds } => Refusal::day_is_full(seconds),
        PushRefusal::TipMismatch => Refusal::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "tip_mismatch",
            "the head over these lines is not the tip",
        ),
        PushRefusal::Gap { have, head } => Refusal::gap(have, head),
        PushRefusal::Fork(parting) => Refusal::fork(parting),
    }
}

async fn respond(
    answer: SyncAnswer,
    pulled: Pulled,
    done: SyncDone,
    headers: &HeaderMap,
    (place, mut room): (Arc<(Place, OwnedSemaphorePermit)>, Hold),
) -> Result<Response, Refusal> {
    let coding = Coding::for_answer(headers);
    let size: usize = pulled.items.iter().map(size).sum();
    let write = move || {
        let plain = ndjson(&answer, &pulled, &done, size);
        let coding = if plain.len() < SHORT { Coding::Identity } else { coding };
        coding.apply(plain).map(|packed| (coding, packed))
    };
    let written = if size < LONG { write() } else { blocking(write).await? };
    let (coding, packed) = written.map_err(|_| Refusal::unavailable("the answer could not be compressed"))?;
    let _ = room.resize(packed.len());
    let mut response = Response::new(Body::new(Kept { answer: Full::from(packed), _held: (place, room) }));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(NDJSON));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(name) = coding.name() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    Ok(response)
}

fn size(item: &PullItem) -> usize {
    match &item.what {
        PullEvent::Own(_) => 80,
        PullEvent::Other { line, .. } => line.len() + 160,
    }
}

/// The answer's lines. Events are copied in as bytes: nothing here can alter one.
fn ndjson(answer: &SyncAnswer, pulled: &Pulled, done: &SyncDone, size: usize) -> Vec<u8> {
    use std::io::Write;
    let mut out = Vec::with_capacity(size + 1024);
    // Writing into memory cannot fail, and these types always serialise.
    let _ = serde_json::to_writer(&mut out, answer);
    out.push(b'\n');
    for item in &pulled.items {
        let _ = write!(out, r#"{{"stream":"{}","n":{}"#, item.stream, item.n);
        match &item.what {
            PullEvent::Own(seq) => {
                let _ = writeln!(out, r#","own":{seq}}}"#);
            }
            PullEvent::Other { received_at_ms, skew_ms, line } => {
                let at = rfc3339(*received_at_ms);
                let _ = write!(out, r#","received_at":"{at}","skew_ms":{skew_ms},"event":"#);
                out.extend_from_slice(line);
                out.extend_from_slice(b"}\n");
            }
        }
    }
    let _ = serde_json::to_writer(&mut out, done);
    out.push(b'\n');
    out
}

/// Runs what computes for long on a thread that may.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Refusal::unavailable("the server is going down"))
}
