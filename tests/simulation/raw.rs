//! A device without the product in it: it has a token and sends whatever it likes.

use fieldproof::engine::host::HttpRequest;
use fieldproof::record::Head;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::server::Answer;
use crate::world::World;

pub struct Raw {
    pub person: Uuid,
    pub token: String,
    pub replica: Uuid,
    pub seq: u64,
    pub head: Head,
}

/// What a line says around its body.
#[derive(Clone, Debug)]
pub struct Said {
    pub id: Uuid,
    pub replica: Uuid,
    pub seq: u64,
    pub at: String,
    pub author: Uuid,
    pub kind: String,
    pub site: Option<Uuid>,
    pub subject: Option<Uuid>,
    pub org: Option<u64>,
    pub body: Value,
}

impl Said {
    pub fn line(&self) -> String {
        let mut line = json!({
            "v": 1, "id": self.id, "replica": self.replica, "seq": self.seq, "at": self.at,
            "author": self.author, "kind": self.kind, "site": self.site, "subject": self.subject,
            "body": self.body,
        });
        if let Some(org) = self.org {
            line["org"] = org.into();
        }
        line.to_string()
    }
}

/// An id as a device makes it, of this moment.
pub fn id(world: &mut World) -> Uuid {
    let mut random = [0; 10];
    world.random.fill(&mut random);
    let now = chrono::DateTime::from_timestamp_millis(world.time.now()).unwrap();
    fieldproof::record::id_at(&now, &random)
}

pub fn call(world: &World, request: &HttpRequest) -> Option<Answer> {
    world.server.call(request, world.time.now()).ok()
}

pub fn json_post(path: &str, token: Option<&str>, body: &Value) -> HttpRequest {
    HttpRequest {
        post: true,
        url: format!("https://sync.example{path}"),
        bearer: token.map(str::to_owned),
        content_type: "application/json",
        content_encoding: None,
        body: body.to_string().into_bytes(),
        timeout: std::time::Duration::from_secs(30),
    }
}

pub fn enrol(world: &World, code: &str, replica: Uuid) -> Option<Answer> {
    let device = json!({"name": "one", "platform": "linux"});
    let body = json!({"code": code, "device": device, "replica": replica});
    call(world, &json_post("/v1/enrol", None, &body))
}

impl Raw {
    /// Pairs a device for somebody who has none. `None`: the server is away.
    pub fn pair(world: &mut World, person: Uuid) -> Option<Raw> {
        let code = world.code_for(person);
        let replica = id(world);
        let answer = enrol(world, &code, replica)?;
        let said: Value = serde_json::from_slice(&answer.body).ok()?;
        let token = said["token"].as_str()?.to_owned();
        Some(Raw { person, token, replica, seq: 0, head: Head::ZERO })
    }

    /// A line as an honest device would put it, after `ahead` others.
    pub fn said(&self, world: &mut World, ahead: u64, kind: &str, body: Value) -> Said {
        let now = chrono::DateTime::from_timestamp_millis(world.time.now()).unwrap();
        Said {
            id: id(world),
            replica: self.replica,
            seq: self.seq + 1 + ahead,
            at: now.to_rfc3339_opts(chrono::SecondsFormat::Millis, false),
            author: self.person,
            kind: kind.to_owned(),
            site: Some(world.sites[0]),
            subject: None,
            org: None,
            body,
        }
    }

    pub fn header(&self, lines: &[String]) -> Value {
        let tip = lines.iter().fold(self.head, |head, line| head.next(line.as_bytes()));
        json!({
            "replica": self.replica, "after": self.seq, "head": self.head, "count": lines.len(), "tip": tip,
            "cursors": {}, "pull": 0, "sent_at": "2026-03-02T08:00:00Z", "client": "raw",
        })
    }

    pub fn request(&self, header: &Value, lines: &[String]) -> HttpRequest {
        let mut body = header.to_string();
        for line in lines {
            body.push('\n');
            body.push_str(line);
        }
        body.push('\n');
        HttpRequest {
            content_type: "application/x-ndjson",
            body: body.into_bytes(),
            ..json_post("/v1/sync", Some(&self.token), &Value::Null)
        }
    }

    /// Sends lines as the next of its log. What the server took, it took; the chain goes on.
    pub fn send(&mut self, world: &World, lines: &[String]) -> Option<Answer> {
        let header = self.header(lines);
        let answer = call(world, &self.request(&header, lines))?;
        if answer.status == 200 {
            self.seq += lines.len() as u64;
            self.head = serde_json::from_value(header["tip"].clone()).unwrap();
        }
        Some(answer)
    }
}
