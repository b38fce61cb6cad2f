//! The sync as the engine carries it out: look, plan, apply.
//!
//! Invariant (PROTOCOL §6): an event counts as sent only when an answer's head covers it and the
//! hash there equals the device's own. Nothing here runs while it waits for the network.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::time::Duration;

use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use futures::StreamExt;
use futures::future::{Either, select};
use uuid::Uuid;

use super::ahead::Ahead;
use super::api::{Change, Failure, FailureCode, SyncChip, SyncHead, SyncView};
use super::core::{Engine, Open, new_id};
use super::host::{HttpAnswer, HttpRequest};
use super::lock::{self, time_in};
use crate::record::Head;
use crate::store::{Intake, OwnLog, Store, StoreError, Taken};
use crate::sync::exchange::{self, Received};
use crate::sync::plan::{Next, Outcome, Pace};
use crate::sync::wire::{MAX_PULL, MAX_QUARANTINED, NDJSON, Problem, SyncHeader};

/// No byte for this long: the exchange is lost.
const SILENCE: Duration = Duration::from_secs(30);
/// More than a server may send in one answer (1000 lines of 64 KB) is cut here, like a lost line.
const LONGEST_ANSWER: usize = 96 * 1024 * 1024;
/// How many own events the sync screen lists.
const LISTED: u32 = 200;

/// Where the sync of the unlocked profile stands.
#[derive(Debug, Default)]
pub(super) struct Syncing {
    pace: Pace,
    /// While an exchange runs.
    progress: Option<Progress>,
    received: u64,
    pub(super) ahead: Ahead,
    trouble: Option<FailureCode>,
    next_try: Option<DateTime<FixedOffset>>,
    last_synced: Option<DateTime<FixedOffset>>,
    skew_ms: Option<i64>,
    signed_out: bool,
    /// How many exchanges came to an end since the profile was opened.
    ended: u64,
    /// Bodies go as they are: something on the way spoils compressed ones.
    plain: bool,
}

/// What a running exchange sends: the own events behind one number, up to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Progress {
    replica: Uuid,
    after: u64,
    until: u64,
}

impl Progress {
    /// An exchange goes on with the log as it stands. Where the log does not go on from where this began, it
    /// begins.
    fn with(before: Option<Progress>, log: &OwnLog) -> Progress {
        let held = log.held.min(log.seq);
        let after = before.filter(|before| before.replica == log.replica && before.after <= held);
        Progress { replica: log.replica, after: after.map_or(held, |before| before.after), until: log.seq }
    }

    /// How many of them are with the server, of how many; none where nothing of it is being sent any more.
    fn sent(self, log: &OwnLog) -> Option<(u64, u64)> {
        let (sent, of) = (log.held.checked_sub(self.after)?, self.until.saturating_sub(self.after));
        (self.replica == log.replica && sent < of).then_some((sent, of))
    }
}

/// One exchange that was begun.
pub(super) struct Round {
    profile: Uuid,
    pub log: OwnLog,
    /// The number and head that the sent lines lead to.
    pub tip: (u64, Head),
    request: HttpRequest,
}

impl Syncing {
    pub(super) fn restored(store: &Store) -> Result<Syncing, StoreError> {
        Ok(Syncing { last_synced: time_in(store, "last_synced")?, ..Syncing::default() })
    }

    /// A person asked: whatever was waited for is tried now.
    pub(super) fn ask(&mut self) {
        self.signed_out = false;
    }
}

impl Open {
    /// Whether not all that this person may read has ever been here: then nothing is known to be absent.
    pub(super) fn is_fetching(&self) -> bool {
        self.syncing.last_synced.is_none()
    }

    pub(super) fn chip(&self) -> Result<SyncChip, Failure> {
        let waiting = self.store.waiting()?;
        let needing = self.store.needing_someone()?;
        let syncing = &self.syncing;
        let log = self.store.own()?;
        Ok(if let Some((sent, of)) = syncing.progress.and_then(|progress| progress.sent(&log)) {
            SyncChip::Sending { sent, of, waiting }
        } else if syncing.signed_out {
            // Before what needs someone: without it nothing goes out and nothing comes in.
            SyncChip::SignInAgain { waiting }
        } else if needing > 0 {
            SyncChip::NeedsYou { count: needing, waiting }
        } else if waiting > 0 {
            SyncChip::Waiting { waiting }
        } else if syncing.progress.is_some() && syncing.received > 0 {
            SyncChip::Receiving { items: syncing.received }
        } else {
            // What a person has dealt with is still not in anyone's stream: PROTOCOL §6 lets nobody
            // call that "all synced".
            match (syncing.last_synced, self.store.set_aside()?) {
                (Some(at), 0) => SyncChip::AllSynced { at },
                (Some(at), count) => SyncChip::SetAside { count, at },
                (None, _) => SyncChip::NotYet,
            }
        })
    }

    /// Why the last try did not get through.
    pub(super) fn trouble(&self) -> Option<FailureCode> {
        self.syncing.trouble
    }

    pub(super) fn sync_view(&self) -> Result<SyncView, Failure> {
        let log = self.store.own()?;
        let held = self.store.own_head(&log, log.held)?;
        let (newest, total) = self.store.own_events(LISTED)?;
        let mut events = self.store.own_events_needing_you()?;
        let needing: BTreeSet<(Uuid, u64)> = events.iter().map(|row| (row.replica, row.seq)).collect();
        events.extend(newest.into_iter().filter(|row| !needing.contains(&(row.replica, row.seq))));
        let newer = self.store.newer(LISTED)?;
        Ok(SyncView {
            chip: self.chip()?,
            server: self.server.clone(),
            replica: log.replica,
            own: SyncHead { seq: log.seq, hash: log.head },
            // Only numbers whose hash agreed are ever noted as held.
            held: held
                .filter(|_| self.syncing.last_synced.is_some())
                .map(|hash| SyncHead { seq: log.held, hash }),
            agrees: self.syncing.last_synced.is_some(),
            last_synced: self.syncing.last_synced,
            trouble: self.syncing.trouble,
            next_try: self.syncing.next_try,
            skew_ms: self.syncing.skew_ms,
            ended: self.syncing.ended,
            events,
            total,
            newer_total: newer.total,
            newer: newer.rows,
            bytes: self.store.bytes()?,
        })
    }

    fn plan(&self, now: DateTime<FixedOffset>) -> Result<Round, Failure> {
        let log = self.store.own()?;
        let pace = &self.syncing.pace;
        let after = log.held.min(log.seq);
        let lines = self.store.lines_after(&log, after, pace.lines(), pace.bytes())?;
        let head = self
            .store
            .own_head(&log, after)?
            .ok_or_else(|| Failure::of(FailureCode::Corrupt, "a head of the own log is missing"))?;
        let tip = lines.iter().fold(head, |head, line| head.next(line.as_bytes()));
        let count = u64::try_from(lines.len()).unwrap_or(0);
        let header = SyncHeader {
            replica: log.replica,
            after,
            head,
            count,
            tip,
            cursors: self.syncing.ahead.read_on(self.store.cursors()?),
            pull: MAX_PULL,
            sent_at: now.with_timezone(&Utc).to_rfc3339_opts(SecondsFormat::Millis, true),
            client: concat!("fieldproof/", env!("CARGO_PKG_VERSION")).to_owned(),
        };
        let (body, content_encoding) = exchange::write(&header, &lines, !self.syncing.plain)?;
        let request = HttpRequest {
            post: true,
            url: format!("{}/v1/sync", self.server),
            bearer: Some(self.token.clone()),
            content_type: NDJSON,
            content_encoding,
            body,
            timeout: SILENCE,
        };
        Ok(Round { profile: self.profile, log, tip: (after + count, tip), request })
    }
}

impl Engine {
    /// Takes a whole or cut `200` answer in.
    fn apply(&mut self, round: &Round, received: Received) -> Result<Outcome, Failure> {
        let Some(answer) = received.answer else { return Ok(Outcome::Cut { some: false }) };
        let now = self.host.now();
        let fresh = self.random_id();
        let host = self.host.clone();
        let open = self.opened()?;
        let log = open.store.own()?;
        if log.replica != round.log.replica {
            // The log went on in another replica meanwhile; the next exchange is for that one.
            return Ok(Outcome::Through { more: true });
        }
        let fresh_id = |at: &DateTime<FixedOffset>| new_id(&*host, at);
        let server = answer.head;
        let ours = open.store.own_head(&log, server.seq)?;
        if ours != Some(server.hash) {
            // The server holds other lines than this device wrote, or more: the device was restored
            // from an old copy, and may have written on since. What was just sent has been accepted
            // or found equal, so up to there it is held and must not be copied; the rest comes back
            // through the streams, once the log goes on under a name of its own.
            if server.seq > round.tip.0 {
                open.note_held(&log, round.tip.0, answer.quarantined)?;
            }
            open.go_on_in(fresh, fresh_id)?;
            return Ok(Outcome::Forked);
        }
        if open.store.begin_epoch(answer.epoch)? {
            // The server was restored: this answer's numbers go by cursors that mean nothing now.
            open.syncing.ahead.take();
            return Ok(Outcome::Through { more: true });
        }
        let (some, whole) = (!received.items.is_empty() || server.seq > log.held, received.done.is_some());
        open.syncing.received += u64::try_from(received.items.len()).unwrap_or(0);
        let server_has_more = received.done.as_ref().is_some_and(|done| done.more);
        let intake = Intake {
            held: Some(server.seq),
            all_quarantined: answer.quarantined.len() < MAX_QUARANTINED,
            quarantined: answer.quarantined,
            items: open.syncing.ahead.add(received.items, server_has_more),
            readable: received.done.map(|done| done.streams),
            through: whole && !server_has_more,
        };
        let all_held = server.seq == log.seq;
        let (taken, noted) = match open.store.take_in(&log, &intake) {
            Ok(taken) => (taken, true),
            // What there is no room to note has been proven by the answer itself.
            Err(error) if answer.revoked && all_held && error.is_want_of_room() => (Taken::default(), false),
            Err(error) => return Err(error.into()),
        };
        if taken.rolled_back {
            open.go_on_in(fresh, fresh_id)?;
            return Ok(Outcome::Forked);
        }
        open.syncing.skew_ms = Some(answer.skew_ms);
        let mut waiting = if noted { open.store.waiting()? } else { 0 };
        if answer.revoked
            && waiting == 0
            && open.store.hand_over_unfinished(open.person, now, || new_id(&*host, &now))?
        {
            waiting = open.store.waiting()?;
        }
        let revoked = answer.revoked && waiting == 0;
        let more = waiting > 0 || server_has_more;
        if whole && !more && !revoked {
            open.store.set_meta("last_synced", &now.to_rfc3339())?;
            open.syncing.last_synced = Some(now);
        }
        self.tell(&taken);
        if server.seq > log.held {
            // The records' "waiting" marks went.
            self.changed(Change::Records);
        }
        Ok(match (revoked, whole) {
            (true, _) => Outcome::Revoked,
            (false, true) => Outcome::Through { more },
            (false, false) => Outcome::Cut { some },
        })
    }

    fn tell(&mut self, taken: &Taken) {
        for (changed, change) in [
            (taken.records, Change::Records),
            (taken.registry, Change::Registry),
            (taken.standards, Change::Standards),
        ] {
            if changed {
                self.changed(change);
            }
        }
    }

    /// Takes in what earlier answers brought, where no more comes for now.
    fn take_in_ahead(&mut self) -> Result<(), Failure> {
        let fresh = self.random_id();
        let host = self.host.clone();
        let Some(open) = self.open.as_mut() else { return Ok(()) };
        let items = open.syncing.ahead.take();
        if items.is_empty() {
            return Ok(());
        }
        let log = open.store.own()?;
        let taken = open.store.take_in(&log, &Intake { items, ..Intake::default() })?;
        if taken.rolled_back {
            open.go_on_in(fresh, |at: &DateTime<FixedOffset>| new_id(&*host, at))?;
        }
        self.tell(&taken);
        Ok(())
    }

    fn refused(
        &mut self,
        round: &Round,
        status: u16,
        problem: &Problem,
        retry_after: Option<u64>,
    ) -> Result<Outcome, Failure> {
        let fresh = self.random_id();
        let host = self.host.clone();
        let fresh_id = |at: &DateTime<FixedOffset>| new_id(&*host, at);
        let open = self.opened()?;
        let log = open.store.own()?;
        Ok(match (status, problem.code.as_str()) {
            (401, _) => Outcome::SignedOut,
            (403, "replica_not_yours") | (409, "fork") => return open.part(round, problem, fresh, fresh_id),
            (409, "gap") => {
                if let Some(have) = problem.have {
                    open.store.lower_held(&log, have)?;
                }
                Outcome::Gap
            }
            (413, _) => Outcome::TooLarge,
            (429 | 500..=599, _) => Outcome::Busy { retry_after },
            (_, code) => {
                self.host.log(&format!("sync: the server answered {status} {code}"));
                Outcome::Refused
            }
        })
    }

    fn settle(&mut self, outcome: Outcome, trouble: Option<FailureCode>) -> Next {
        let mut trouble = trouble;
        if !matches!(outcome, Outcome::Through { more: true })
            && let Err(failure) = self.take_in_ahead()
        {
            // It is asked for again: no cursor has moved.
            self.host.log(&format!("sync: {failure}"));
            trouble = Some(failure.code);
        }
        let mut random = [0; 2];
        self.host.random(&mut random);
        let now = self.host.now();
        let Some(open) = self.open.as_mut() else { return Next::Stop };
        let next = open.syncing.pace.next(outcome, f64::from(u16::from_be_bytes(random)) / 65_535.0);
        open.syncing.trouble = trouble;
        open.syncing.signed_out = outcome == Outcome::SignedOut;
        open.syncing.next_try = match next {
            Next::After(pause) => chrono::TimeDelta::from_std(pause).ok().map(|pause| now + pause),
            Next::Again | Next::Stop => None,
        };
        if next != Next::Again {
            open.syncing.ended = open.syncing.ended.wrapping_add(1);
            open.syncing.progress = None;
            open.syncing.received = 0;
        }
        self.changed(Change::Sync);
        next
    }

    /// Something failed here, not there: told, written to the log, and tried again later.
    fn stuck(&mut self, failure: &Failure) -> Next {
        self.host.log(&format!("sync: {failure}"));
        self.settle(Outcome::Refused, Some(failure.code))
    }

    /// Begins an exchange, if a profile is open and may sync.
    fn begin_round(&mut self) -> Result<Option<Round>, Failure> {
        let now = self.host.now();
        let Some(open) = self.open.as_mut() else { return Ok(None) };
        if open.syncing.signed_out {
            return Ok(None);
        }
        let round = open.plan(now)?;
        let waiting = open.store.waiting()?;
        open.syncing.progress = Some(Progress::with(open.syncing.progress, &round.log));
        if waiting > 0 {
            self.changed(Change::Sync);
        }
        Ok(Some(round))
    }
}

impl Engine {
    /// Takes an answer in. `None`: this device was removed, and has handed over all it had.
    fn answered(
        &mut self,
        round: &Round,
        status: u16,
        retry_after: Option<u64>,
        content_type: &str,
        bytes: &[u8],
    ) -> Option<Next> {
        let asked = |open: &Open| {
            open.profile == round.profile && round.request.bearer.as_deref() == Some(open.token.as_str())
        };
        if !self.open.as_ref().is_some_and(asked) {
            // Locked, another profile was opened, or signed in again meanwhile: not for this one.
            return Some(Next::Again);
        }
        if let (400 | 415, Some(open)) = (status, self.open.as_mut()) {
            // Once compressed, once as it is: proxies there are that lose the header which says so.
            open.syncing.plain = round.request.content_encoding.is_some();
            if open.syncing.plain {
                return Some(Next::Again);
            }
        }
        let result = if status == 200 && content_type == NDJSON {
            self.apply(round, exchange::read(bytes)).map(|outcome| (outcome, None))
        } else if let Some(problem) = exchange::read_problem(content_type, bytes) {
            let refused = self.refused(round, status, &problem, retry_after);
            refused.map(|outcome| (outcome, trouble_of(outcome, status, &problem.code)))
        } else {
            // A captive portal or a proxy: not our server, whatever its status says.
            Ok((Outcome::Unreachable, Some(FailureCode::NotFieldproof)))
        };
        match result {
            Ok((Outcome::Revoked, _)) => None,
            Ok((outcome, trouble)) => Some(self.settle(outcome, trouble)),
            Err(failure) => Some(self.stuck(&failure)),
        }
    }
}

/// One exchange with the server. `tell` is called whenever screens may have something to show.
pub(super) async fn exchange(engine: &RefCell<Engine>) -> Next {
    let begun = engine.borrow_mut().begin_round();
    let round = match begun {
        Ok(Some(round)) => round,
        Ok(None) => return Next::Stop,
        Err(failure) => return engine.borrow_mut().stuck(&failure),
    };
    let host = engine.borrow().host.clone();
    let began = host.uptime();
    let sent = select(host.http(round.request.clone()), host.sleep(SILENCE * 2)).await;
    let answer = match sent {
        Either::Left((Ok(answer), _)) => answer,
        Either::Left((Err(_), _)) => {
            // A host ends what it hears nothing of. On a slow link that is no missing network but a
            // batch too large: less is sent next time.
            let waited = host.uptime().saturating_sub(began);
            let outcome = if waited >= SILENCE { Outcome::TimedOut } else { Outcome::Unreachable };
            return engine.borrow_mut().settle(outcome, Some(FailureCode::NoSignal));
        }
        Either::Right(_) => {
            return engine.borrow_mut().settle(Outcome::TimedOut, Some(FailureCode::NoSignal));
        }
    };
    let (status, retry_after, content_type) =
        (answer.status, answer.retry_after, answer.content_type.clone());
    let bytes = collect(answer).await;
    let next = engine.borrow_mut().answered(&round, status, retry_after, &content_type, &bytes);
    if let Some(next) = next {
        engine.borrow_mut().note_waiting();
        return next;
    }
    match lock::wipe(engine).await {
        Ok(()) => Next::Stop,
        Err(failure) => engine.borrow_mut().stuck(&failure),
    }
}

/// Why it did not get through, as the device has a sentence for. That somebody has to sign in again the
/// chip says.
fn trouble_of(outcome: Outcome, status: u16, code: &str) -> Option<FailureCode> {
    match outcome {
        Outcome::Refused => Some(match (status, code) {
            (426, _) => FailureCode::Protocol,
            (400 | 415, _) => FailureCode::SpoiltOnTheWay,
            (403, "not_permitted") => FailureCode::DeviceRemoved,
            _ => FailureCode::ServerRefused,
        }),
        Outcome::Busy { .. } => Some(FailureCode::ServerBusy),
        _ => None,
    }
}

/// All bytes that arrive, up to an error: a cut answer is good up to its last whole line.
async fn collect(mut answer: HttpAnswer) -> Vec<u8> {
    let mut bytes = Vec::new();
    while let Some(Ok(piece)) = answer.body.next().await {
        bytes.extend(piece);
        if bytes.len() > LONGEST_ANSWER {
            break;
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_the_server_says_no_to_has_a_cause_and_none_is_a_fault_of_the_app() {
        for (status, code, cause) in [
            (426, "protocol", FailureCode::Protocol),
            (400, "bad_request", FailureCode::SpoiltOnTheWay),
            (415, "encoding", FailureCode::SpoiltOnTheWay),
            (403, "not_permitted", FailureCode::DeviceRemoved),
            (403, "cross_site", FailureCode::ServerRefused),
            (404, "not_found", FailureCode::ServerRefused),
        ] {
            assert_eq!(trouble_of(Outcome::Refused, status, code), Some(cause), "{status} {code}");
        }
        assert_eq!(trouble_of(Outcome::SignedOut, 401, "token_unknown"), None);
    }
}

#[cfg(test)]
#[path = "syncing_tests.rs"]
mod round_tests;
