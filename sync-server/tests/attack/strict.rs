//! Lines that two readers would read differently, and lines that would end an app: refused at the
//! door, each by its code (X2, X4). What an older server let in is found in tests/browser/hostile.rs.

use serde_json::{Value, json};

use crate::common::*;
use crate::raw::honest;

/// The code and field of the newest line's quarantine; none where it was let in.
async fn told(device: &mut Device) -> Option<(String, Value)> {
    let answer = device.sync().await;
    let seq = device.lines.len();
    let list = answer.first["quarantined"].as_array().unwrap();
    let entry = list.iter().find(|entry| entry["seq"] == seq)?;
    assert!(entry["message"].as_str().unwrap().len() < 300, "{entry}");
    Some((entry["code"].as_str().unwrap().to_owned(), entry["field"].clone()))
}

fn raw(device: &mut Device, line: &Value, from: &str, to: &str) {
    let text = line.to_string();
    assert!(text.contains(from), "{text}");
    device.lines.push(text.replacen(from, to, 1).into_bytes());
}

#[tokio::test]
async fn a_time_that_no_calendar_holds_is_no_time() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    for at in [
        "+262142-12-31T23:59:59Z",
        "-262143-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "1969-12-31T23:59:59Z",
        "2201-01-01T00:00:00Z",
        "1970-01-01T00:30:00+01:00",
        "2026-02-30T12:00:00Z",
        "2026-11-22 06:55:12Z",
        " 2026-11-22T06:55:12Z",
        "2026-11-22T06:55:12Z ",
        "2026-11-22t06:55:12Z",
        "2026-11-22T06:55:12z",
        "2026-11-22T06:55:12",
        "2026-11-22",
        "yesterday",
    ] {
        let mut line = cast.bob.draft("incident.reported", Some(cast.north), None);
        line["at"] = json!(at);
        cast.bob.put(&line);
        assert_eq!(told(&mut cast.bob).await, Some(("malformed".to_owned(), json!("at"))), "{at}");
    }
    // A phone that is ten years off goes on.
    for at in
        ["2016-01-01T00:00:00+14:00", "2036-02-29T23:59:60Z", "1970-01-02T00:00:00Z", "2200-12-30T00:00:00Z"]
    {
        let mut line = cast.bob.draft("incident.reported", Some(cast.north), None);
        line["at"] = json!(at);
        cast.bob.put(&line);
        assert_eq!(told(&mut cast.bob).await, None, "{at}");
    }
    honest(&mut cast.alice).await;
}

#[tokio::test]
async fn a_member_twice_is_no_body_in_whatever_letters() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    let mallory = new_id();
    let set = |admin: &Device| {
        let mut line = admin.draft("person.set", None, None);
        line["body"] =
            json!({"person": mallory, "name": "Mallory", "role": "staff", "sites": [], "active": true});
        line
    };
    for (from, to, field) in [
        ("\"role\":\"staff\"", "\"role\":\"staff\",\"role\":\"admin\"", "role"),
        ("\"role\":\"staff\"", "\"role\":\"admin\",\"role\":\"staff\"", "role"),
        ("\"role\":\"staff\"", "\"role\":\"staff\",\"rol\\u0065\":\"admin\"", "role"),
        ("\"name\":", "\"name\":\"Eve\",\"name\":", "name"),
        ("\"active\":true", "\"active\":true,\"later\":{\"x\":1,\"x\":2}", "body"),
        ("\"kind\":", "\"kind\":\"note.submitted\",\"kind\":", "kind"),
        ("\"author\":", "\"author\":null,\"author\":", "author"),
        ("\"seq\":", "\"unheard\":1,\"unheard\":2,\"seq\":", "line"),
    ] {
        let line = set(&cast.admin);
        raw(&mut cast.admin, &line, from, to);
        assert_eq!(told(&mut cast.admin).await, Some(("invalid_body".to_owned(), json!(field))), "{to}");
    }
    let registry = sync_server::storage::Storage::registry(&*world.storage, world.org).await.unwrap();
    assert_eq!(registry.person(mallory), None, "nobody is on the registry whom no app would show");
    // The same without it is let in, and everybody has it.
    let line = set(&cast.admin);
    cast.admin.put(&line);
    assert_eq!(told(&mut cast.admin).await, None);
    assert!(cast.quinn.sync().await.kinds("org").contains(&"person.set".to_owned()));
}

#[tokio::test]
async fn what_is_nested_without_end_or_too_long_is_refused() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    let nested = |deep: usize| format!("{}{}", "[".repeat(deep), "]".repeat(deep));
    for (deep, due) in
        [(30, None), (31, Some("malformed")), (200, Some("malformed")), (30_000, Some("malformed"))]
    {
        let line = cast.bob.draft("incident.reported", Some(cast.north), None);
        raw(&mut cast.bob, &line, "\"body\":{}", &format!("\"body\":{{\"a\":{}}}", nested(deep)));
        let code = told(&mut cast.bob).await.map(|(code, _)| code);
        assert_eq!(code.as_deref(), due, "{deep} deep in the body");
    }
    let long = "x".repeat(201);
    for (kind, body, field) in [
        (
            "person.set",
            json!({"person": new_id(), "name": long, "role": "staff", "sites": [], "active": true}),
            "name",
        ),
        ("site.set", json!({"site": new_id(), "name": long, "programme": "", "active": true}), "name"),
        ("site.set", json!({"site": new_id(), "name": "N", "programme": long, "active": true}), "programme"),
        ("org.set", json!({"name": long}), "name"),
        (
            "person.set",
            json!({"person": new_id().simple().to_string(), "name": "N", "role": "staff", "sites": [], "active": true}),
            "person",
        ),
        (
            "person.set",
            json!({"person": new_id(), "name": "N", "role": "owner", "sites": [], "active": true}),
            "role",
        ),
    ] {
        let mut line = cast.admin.draft(kind, None, None);
        line["body"] = body;
        cast.admin.put(&line);
        assert_eq!(told(&mut cast.admin).await, Some(("invalid_body".to_owned(), json!(field))), "{kind}");
    }
    for (from, to) in [
        ("\"body\":{}", "\"body\":{\"words\":\"\\ud800\"}"),
        ("\"seq\":", "\"org\":9223372036854775808,\"seq\":"),
        ("\"v\":1", "\"v\":1.0"),
        ("\"v\":1", "\"v\":1e0"),
    ] {
        let line = cast.bob.draft("incident.reported", Some(cast.north), None);
        raw(&mut cast.bob, &line, from, to);
        assert_eq!(told(&mut cast.bob).await.map(|(code, _)| code), Some("malformed".to_owned()), "{to}");
    }
    let mut line = cast.bob.draft("incident.reported", Some(cast.north), None);
    line["replica"] = json!(cast.bob.replica.simple().to_string());
    cast.bob.put(&line);
    assert_eq!(told(&mut cast.bob).await.map(|(code, _)| code), Some("malformed".to_owned()));
    honest(&mut cast.alice).await;
}

/// A body of thousands of members is looked over in the time that its length costs.
#[tokio::test]
async fn a_line_of_members_alone_holds_nobody_up() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    for _ in 0..60 {
        let members: String = (0..5_500).map(|n| format!("\"m{n:05}\":0,")).collect();
        let line = cast.bob.draft("incident.reported", Some(cast.north), None);
        raw(&mut cast.bob, &line, "\"body\":{}", &format!("\"body\":{{{members}\"z\":0}}"));
    }
    let begun = std::time::Instant::now();
    assert_eq!(told(&mut cast.bob).await, None);
    assert!(begun.elapsed() < std::time::Duration::from_secs(10), "{:?}", begun.elapsed());
}

/// Only the server says that a line was taken back: whoever else says it is refused.
#[tokio::test]
async fn nobody_takes_back_a_line_in_the_servers_name() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    let check = cast.alice.write("check.submitted", Some(cast.north), Some(cast.bob.person));
    assert_eq!(told(&mut cast.alice).await, None);
    for author in [json!(cast.bob.person), json!(uuid::Uuid::nil())] {
        let mut line = cast.bob.draft("line.taken", Some(cast.north), None);
        line["author"] = author.clone();
        line["body"] = json!({"of": check, "reason": "", "streams": [format!("lead:{}", cast.north)]});
        cast.bob.put(&line);
        let due = if author == json!(uuid::Uuid::nil()) { "wrong_author" } else { "not_permitted" };
        assert_eq!(told(&mut cast.bob).await.map(|(code, _)| code).as_deref(), Some(due));
    }
    for kind in ["line.taken", "line.invented"] {
        cast.admin.write(kind, None, None);
        assert_eq!(cast.admin.fate().await.as_deref(), Some("not_permitted"), "{kind}");
    }
}
