//! Requests and lines that no honest device sends, one of each kind, and what they are answered.

use fieldproof::record::Head;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::raw::{self, Raw, Said};
use crate::world::{ADA, Broken, SAM, World};

/// A wrong request of each kind, and a wrong line of each kind.
pub fn doors(world: &mut World) -> Result<(), Broken> {
    world.server.disk.spare();
    world.server.restart()?;
    let Some(mut mal) = Raw::pair(world, world.liars[0]) else { return Ok(()) };
    // A code is used once; whose wrong tries are too many waits, and so does everybody.
    raw::enrol(world, "0000-0000", mal.replica);
    let line = mal.said(world, 0, "incident.reported", json!({})).line();
    let lines = [line];
    let good = mal.header(&lines);
    let with = |name: &str, value: Value| {
        let mut header = good.clone();
        header[name] = value;
        header
    };
    let zero = "0".repeat(64);
    let ada: Vec<u8> = {
        let find = "SELECT r.id FROM replica r JOIN device d ON d.pk = r.device WHERE d.person = ?1";
        let ada = world.devices[ADA].person;
        world.server.database().query_row(find, [ada.as_bytes().as_slice()], |row| row.get(0)).unwrap()
    };
    let of_another_chain = {
        let head = "11".repeat(32);
        let read: Head = serde_json::from_value(json!(head)).unwrap();
        let mut header = with("head", head.into());
        header["tip"] = json!(lines.iter().fold(read, |head, line| head.next(line.as_bytes())));
        header
    };
    let wrong = [
        (of_another_chain, 409),
        (with("tip", zero.clone().into()), 422),
        (with("after", 5.into()), 409),
        (with("head", "11".repeat(32).into()), 422),
        (with("replica", Uuid::from_slice(&ada).unwrap().to_string().into()), 403),
        (with("protocol", 2.into()), 426),
        (with("count", 2.into()), 400),
        (with("count", 501.into()), 413),
        (with("sent_at", "yesterday".into()), 400),
    ];
    for (header, status) in wrong {
        let answer = raw::call(world, &mal.request(&header, &lines));
        let answered = answer.map_or(0, |answer| answer.status);
        if answered != status {
            return Err(format!("{header} is answered with {answered} instead of {status}"));
        }
    }
    wrong_lines(world, &mut mal)?;
    for _ in 0..601 {
        raw::enrol(world, "0000-0000", mal.replica);
    }
    Ok(())
}

/// Sends one line for each code, and a good one behind them.
fn wrong_lines(world: &mut World, mal: &mut Raw) -> Result<(), Broken> {
    let (mal_id, sam, nobody) = (mal.person, world.devices[SAM].person, Uuid::from_u128(9));
    let site = world.sites[0];
    let report = json!({});
    let taken = {
        let find = "SELECT id FROM event WHERE id IS NOT NULL ORDER BY pk LIMIT 1";
        let id: Vec<u8> = world.server.database().query_row(find, [], |row| row.get(0)).unwrap();
        Uuid::from_slice(&id).unwrap()
    };
    type Change = Box<dyn Fn(&mut Said)>;
    let wrong: [(&str, &str, Change); 9] = [
        ("wrong_replica", "incident.reported", Box::new(move |said| said.replica = nobody)),
        ("wrong_seq", "incident.reported", Box::new(|said| said.seq += 5)),
        ("wrong_author", "incident.reported", Box::new(move |said| said.author = sam)),
        ("duplicate_id", "incident.reported", Box::new(move |said| said.id = taken)),
        ("unknown_site", "incident.reported", Box::new(move |said| said.site = Some(nobody))),
        ("unknown_subject", "scenario.submitted", Box::new(move |said| said.subject = Some(nobody))),
        ("not_permitted", "check.submitted", Box::new(move |said| said.subject = Some(mal_id))),
        ("not_permitted", "person.set", Box::new(|_| {})),
        ("malformed", "incident.reported", Box::new(|said| said.at = "noon".into())),
    ];
    let (mut lines, mut expected) = (Vec::new(), Vec::new());
    for (code, kind, change) in &wrong {
        let mut said = mal.said(world, lines.len() as u64, kind, report.clone());
        change(&mut said);
        lines.push(said.line());
        expected.push((*code).to_owned());
    }
    lines.push(mal.said(world, lines.len() as u64, "handoff.submitted", report).line());
    let answer = mal.send(world, &lines).ok_or("the server does not answer")?;
    told(&answer.body, &expected, 1)?;
    // Only administrators have a body that the server reads; Max is none, so this comes from Ada's hand.
    let Some(mut ada) = Raw::pair(world, world.devices[ADA].person) else { return Ok(()) };
    let mut said = ada.said(world, 0, "site.set", json!({"site": site, "name": " "}));
    said.site = None;
    let answer = ada.send(world, &[said.line()]).ok_or("the server does not answer")?;
    told(&answer.body, &["invalid_body".to_owned()], 0)
}

/// That the answer accepts so many and keeps the others apart for these reasons.
fn told(body: &[u8], expected: &[String], accepted: u64) -> Result<(), Broken> {
    let text = String::from_utf8_lossy(body);
    let first: Value = serde_json::from_str(text.lines().next().unwrap_or_default()).unwrap_or_default();
    let codes: Vec<String> = first["quarantined"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|line| line["code"].as_str().unwrap_or_default().to_owned())
        .collect();
    if codes != expected || first["accepted"] != accepted {
        return Err(format!("expected {expected:?} and {accepted} accepted, was told {first}"));
    }
    Ok(())
}
