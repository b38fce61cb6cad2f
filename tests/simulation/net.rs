//! The network between one device and the server: each exchange meets the next fault in line.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use fieldproof::engine::host::{HttpAnswer, HttpRequest, NetError};
use futures::StreamExt;
use futures::executor::LocalSpawner;
use futures::task::LocalSpawnExt;

use crate::machine::Time;
use crate::sabotage::Sabotage;
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
}

fn said(answer: Answer) -> HttpAnswer {
    HttpAnswer {
        status: answer.status,
        content_type: answer.content_type,
        retry_after: answer.retry_after,
        body: futures::stream::iter([Ok(answer.body)]).boxed_local(),
    }
}

fn problem(status: u16, code: &str) -> HttpAnswer {
    let body =
        format!(r#"{{"type":"about:blank","title":"{code}","status":{status},"detail":"","code":"{code}"}}"#);
    said(Answer {
        status,
        content_type: "application/problem+json".into(),
        retry_after: (status != 500).then_some(5),
        body: body.into_bytes(),
    })
}

impl Net {
    async fn travel(&self) {
        let ms = self.random.borrow_mut().u64(20..800);
        self.time.sleep(Duration::from_millis(ms)).await;
    }

    pub async fn send(
        self: Rc<Net>,
        request: HttpRequest,
        clock: i64,
        disk: String,
    ) -> Result<HttpAnswer, NetError> {
        self.travel().await;
        if self.offline.get() {
            return Err(NetError("no signal".into()));
        }
        let lost = || Err(NetError("lost".into()));
        let fault = self.faults.borrow_mut().pop_front().unwrap_or(Fault::None);
        match fault {
            Fault::LostRequest => {
                if let Some(answer) = self.sabotage.get().instead_of_lost(&request) {
                    return Ok(said(answer));
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
                return Ok(said(Answer {
                    status: 200,
                    content_type: "text/html".into(),
                    retry_after: None,
                    body: b"<html>Welcome to Hotel WiFi".to_vec(),
                }));
            }
            _ => {}
        }
        let request = self.sabotage.get().on_the_way(request);
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
                Ok(said(answer))
            }
            _ => Ok(said(answer)),
        }
    }
}
