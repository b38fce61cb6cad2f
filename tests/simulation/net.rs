//! The network between one device and the server: each exchange meets the next fault in line.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use fieldproof::engine::host::{HttpAnswer, HttpRequest, NetError};
use futures::StreamExt;
use futures::executor::LocalSpawner;
use futures::task::LocalSpawnExt;

use crate::disk::Disk;
use crate::machine::Time;
use crate::pace::{Ended, Pace};
use crate::reached;
use crate::sabotage::{Sabotage, plain};
use crate::server::{Answer, Server};

/// What happens to one exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    None,
    /// The request never arrives.
    LostRequest,
    /// The server works, the answer never arrives.
    LostAnswer,
    /// The answer ends after so many bytes (of its length, modulo).
    Cut(usize),
    /// The request arrives twice.
    Twice,
    /// The request is taken for lost and arrives so many seconds later, behind newer ones.
    Late(u16),
    /// Neither an answer nor an end, and even the machine's own time-out does not come.
    Hang,
    /// The answer comes after the time-out.
    TooSlow,
    /// 429, 500, 503.
    Busy(u16),
    TooLarge,
    /// A captive portal answers.
    Portal,
    /// A proxy answers that the server speaks another protocol.
    OtherProtocol,
    /// A bit is turned over on the way to the server.
    Garbled,
    /// A proxy drops the request's `Content-Encoding`, or gives it another `Content-Type`.
    NoEncoding,
    OtherType,
    /// The server does not know this device's token: it went back to before the device was paired.
    TokenUnknown,
}

pub struct Net {
    pub faults: RefCell<VecDeque<Fault>>,
    pub offline: Cell<bool>,
    pub server: Rc<Server>,
    pub time: Rc<Time>,
    pub spawner: LocalSpawner,
    pub random: RefCell<fastrand::Rng>,
    pub sabotage: Cell<Sabotage>,
    /// The server went back to a backup, and the device has not come through to it since: what its
    /// screen says of the server is what was true when it last heard.
    pub not_heard: Cell<bool>,
    /// The database's key, for the sabotage that writes to it.
    pub key: Cell<[u8; 32]>,
    pub pace: Pace,
    /// The machine's disk: one without room owes nobody anything.
    pub disk: Disk,
    /// The link is so slow that more lines than this do not get through in time.
    pub slow: Cell<Option<u64>>,
}

/// How many lines a request carries; none for what is no sync.
fn lines_of(request: &HttpRequest) -> Option<u64> {
    if !request.url.ends_with("/sync") {
        return None;
    }
    let header: serde_json::Value = serde_json::from_str(plain(request).lines().next()?).ok()?;
    header["count"].as_u64()
}

fn said(answer: Answer) -> HttpAnswer {
    HttpAnswer {
        status: answer.status,
        content_type: answer.content_type,
        retry_after: answer.retry_after,
        body: futures::stream::iter([Ok(answer.body)]).boxed_local(),
    }
}

fn problem(status: u16, code: &str) -> Answer {
    let body =
        format!(r#"{{"type":"about:blank","title":"{code}","status":{status},"detail":"","code":"{code}"}}"#);
    Answer {
        status,
        content_type: "application/problem+json".into(),
        retry_after: matches!(status, 429 | 503).then_some(5),
        body: body.into_bytes(),
    }
}

impl Net {
    async fn travel(&self) {
        let ms = self.random.borrow_mut().u64(20..800);
        self.time.sleep(Duration::from_millis(ms)).await;
    }

    /// One exchange, and what it obliges the device to.
    pub async fn send(
        self: Rc<Net>,
        request: HttpRequest,
        clock: i64,
        disk: String,
    ) -> Result<HttpAnswer, NetError> {
        let Some(lines) = lines_of(&request) else {
            return self.exchange(request, clock, disk).await.map(said);
        };
        if self.disk.is_full() || self.sabotage.get() != Sabotage::None {
            self.pace.forget();
        }
        self.pace.begins(self.time.now(), lines);
        let answer = self.clone().exchange(request, clock, disk).await;
        let ended = match &answer {
            Err(_) => Ended::Failed,
            Ok(answer) => Ended::Answered {
                status: answer.status,
                ours: answer.content_type != "text/html",
                retry_after: answer.retry_after,
                body: answer.body.clone(),
            },
        };
        self.pace.ended(self.time.now(), lines, ended);
        answer.map(said)
    }

    async fn exchange(
        self: Rc<Net>,
        request: HttpRequest,
        clock: i64,
        disk: String,
    ) -> Result<Answer, NetError> {
        self.travel().await;
        if self.offline.get() {
            return Err(NetError("no signal".into()));
        }
        if let (Some(most), Some(lines)) = (self.slow.get(), lines_of(&request))
            && lines > most
        {
            // As every machine does: it gives up by its own clock.
            self.time.sleep(request.timeout).await;
            return Err(NetError("nothing was heard".into()));
        }
        let lost = || Err(NetError("lost".into()));
        let fault = self.faults.borrow_mut().pop_front().unwrap_or(Fault::None);
        match fault {
            Fault::LostRequest => {
                if let Some(answer) = self.sabotage.get().instead_of_lost(&request) {
                    return Ok(answer);
                }
                return lost();
            }
            Fault::Late(seconds) => {
                let net = self.clone();
                let arrives = async move {
                    net.time.sleep(Duration::from_secs(seconds.into())).await;
                    // Nobody waits for this answer any more.
                    let _ = net.server.call(&request, clock);
                };
                self.spawner.spawn_local(arrives).unwrap();
                return lost();
            }
            Fault::Hang => return futures::future::pending().await,
            Fault::TooSlow => {
                let _ = self.server.call(&request, clock);
                self.time.sleep(request.timeout).await;
                return lost();
            }
            Fault::Busy(status) => return Ok(problem(status, "busy")),
            Fault::TooLarge => return Ok(problem(413, "too_large")),
            Fault::Portal => {
                return Ok(Answer {
                    status: 200,
                    content_type: "text/html".into(),
                    retry_after: None,
                    body: b"<html>Welcome to Hotel WiFi".to_vec(),
                });
            }
            Fault::OtherProtocol => return Ok(problem(426, "protocol")),
            _ => {}
        }
        let request = self.on_the_way(self.sabotage.get().on_the_way(request), fault);
        let mut answer = self.server.call(&request, clock)?;
        if fault == Fault::Twice {
            answer = self.server.call(&request, clock)?;
        }
        if answer.status == 200 {
            self.not_heard.set(false);
        }
        self.sabotage.get().before_it_is_told(&self, &mut answer, &disk);
        self.travel().await;
        match fault {
            Fault::LostAnswer => lost(),
            Fault::Cut(at) => {
                answer.body.truncate(at % (answer.body.len() + 1));
                if answer.status == 200 {
                    reached::note("200, cut");
                }
                Ok(answer)
            }
            _ => Ok(answer),
        }
    }

    /// What a faulty network makes of a request.
    fn on_the_way(&self, mut request: HttpRequest, fault: Fault) -> HttpRequest {
        if request.content_encoding.is_none() && request.body.len() >= 1024 {
            reached::note("as it is, where what was compressed is spoilt");
        }
        match fault {
            Fault::Garbled if lines_of(&request).is_some_and(|lines| lines > 0) => {
                let text = plain(&request);
                let at = text.rfind("\"v\":1").unwrap_or(0);
                request.body = [&text[..at], "\"v\":0", &text[at + 5..]].concat().into_bytes();
                request.content_encoding = None;
            }
            Fault::NoEncoding => request.content_encoding = None,
            Fault::OtherType => request.content_type = "application/octet-stream",
            Fault::TokenUnknown => request.bearer = request.bearer.map(|_| "0".repeat(64)),
            _ => {}
        }
        request
    }
}
