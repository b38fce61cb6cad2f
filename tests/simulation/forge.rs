//! Lines that their author may write of themselves, and not of what they name: for each thing that is there, of
//! another class, at another site, about somebody else, or what only the person it is about may say.
//!
//! What chance makes up (`crate::dishonest`) hits these seldom. [`crate::law`] says whether one was let in.

use serde_json::Value;
use uuid::Uuid;

use crate::dishonest::{body, known};
use crate::law;
use crate::raw::{Raw, Said};
use crate::reached;
use crate::world::{BO, Broken, SAM, World};

/// The newest things of a run: as many as a batch has room for.
const THINGS: usize = 12;
/// What one would take for the other.
const ALIKE: [(&str, &str); 11] = [
    ("check", "shadow"),
    ("shadow", "check"),
    ("handoff", "check"),
    ("task", "handoff"),
    ("scenario", "note"),
    ("cycle", "restriction"),
    ("restriction", "cycle"),
    ("incident", "signal"),
    ("signal", "incident"),
    ("action", "improvement"),
    ("improvement", "action"),
];

/// Max, who supervises at both sites, sends all of them.
pub fn forge(world: &mut World) -> Result<(), Broken> {
    world.server.disk.spare();
    world.server.restart()?;
    let max = world.liars[1];
    let things: Vec<(Uuid, Value)> = known(world)
        .into_iter()
        .filter(|known| known.line["body"]["of"].is_null() && known.line["author"] != max.to_string())
        .map(|known| (known.id, known.line))
        .collect();
    let Some(mut raw) = Raw::pair(world, max) else { return Ok(()) };
    let (bo, sam) = (world.devices[BO].person, world.devices[SAM].person);
    for (id, thing) in things.iter().rev().take(THINGS) {
        let class =
            thing["kind"].as_str().and_then(|kind| kind.split_once('.')).map_or("", |(class, _)| class);
        let Some((_, alike)) = ALIKE.iter().find(|(one, _)| *one == class) else { continue };
        let read = |value: &Value| value.as_str().and_then(|text| text.parse::<Uuid>().ok());
        let (site, subject) = (read(&thing["site"]), read(&thing["subject"]));
        let lie = body(world, max, *id, thing);
        let mut lines: Vec<Said> = Vec::new();
        let mut said =
            |world: &mut World, kind: String, site: Option<Uuid>, subject: Option<Uuid>, body: Value| {
                let line = raw.said(world, lines.len() as u64, &kind, body);
                lines.push(Said { site, subject, ..line });
            };
        for verb in law::verbs(alike) {
            said(world, format!("{alike}.{verb}"), site, subject, lie.clone());
        }
        let elsewhere = world.sites.into_iter().find(|there| Some(*there) != site);
        let another = if subject == Some(bo) { sam } else { bo };
        for verb in law::verbs(class) {
            said(world, format!("{class}.{verb}"), elsewhere, subject, lie.clone());
            said(world, format!("{class}.{verb}"), site, Some(another), lie.clone());
        }
        said(world, format!("{class}.acknowledged"), site, subject.or(Some(bo)), lie.clone());
        let mut begins = lie;
        drop(begins.as_object_mut().map(|body| body.remove("of")));
        said(world, "scenario.submitted".into(), site, Some(bo), begins);
        for _ in &lines {
            reached::note("a forged line");
        }
        let lines: Vec<String> = lines.iter().map(Said::line).collect();
        if raw.send(world, &lines).is_none_or(|answer| answer.status != 200) {
            return Err("a batch of forged lines is not answered".into());
        }
    }
    Ok(())
}
