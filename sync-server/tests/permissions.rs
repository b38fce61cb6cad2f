//! The whole table of rights, walked through the real server over HTTP: every kind by every author,
//! at every place and about everyone, and then what every reader gets of it.
//!
//! What is expected is PROTOCOL §2 spelled out here by hand, held word for word to docs/protocol.md.
//! docs/permissions.md, which is printed from the server's own table, has to say the same.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::*;
use serde_json::json;
use sync_server::storage::Storage;
use uuid::Uuid;

type Words = &'static [&'static str];
/// A row of the contract: its text in docs/protocol.md, the classes, who may write which verbs, and
/// the streams.
type Row = (&'static str, Words, &'static [(&'static str, Words)], Words);

/// Verbs are grouped by who may write them: `A` administrators, `Q` quality
/// leads, `V` a supervisor assigned to the line's site, `T` anyone assigned to it, `S` its subject,
/// `-` nobody: the server writes it.
const CONTRACT: &[Row] = &[
    (
        "| `org` `site` `person` `competency` `standard` | `set`, `published`, `retired` | `org` | admin, quality (`person`, `site`: admin) |",
        &["org", "competency", "standard"],
        &[("AQ", &["set", "published", "retired"])],
        &["org"],
    ),
    ("| `setting` | `set` | `org` | admin, quality |", &["setting"], &[("AQ", &["set"])], &["org"]),
    (
        "| `device` (ours, §8) | `invited` `cancelled` `paired` `revoked` | `org`, `person:SUBJECT` | the server alone |",
        &["device"],
        &[("-", &["invited", "cancelled", "paired", "revoked"])],
        &["org", "person:SUBJECT"],
    ),
    ("(`person`, `site`: admin)", &["site", "person"], &[("A", &["set", "published", "retired"])], &["org"]),
    (
        "| `handoff` | `submitted` `amended` `withdrawn` `acknowledged` | `site:S` | anyone assigned to S; quality |",
        &["handoff"],
        &[("TQ", &["submitted", "amended", "withdrawn", "acknowledged"])],
        &["site:S"],
    ),
    (
        "| `task` | `assigned` `done` `cancelled` | `site:S` | anyone assigned to S; quality |",
        &["task"],
        &[("TQ", &["assigned", "done", "cancelled"])],
        &["site:S"],
    ),
    (
        "| `check` (two-minute) `shadow` | `submitted` `amended` `withdrawn` `returned` `answered` `acknowledged` | `lead:S`, `person:SUBJECT` | supervisor at S, quality; `acknowledged`: the subject |",
        &["check", "shadow"],
        &[("VQ", &["submitted", "amended", "withdrawn", "returned", "answered"]), ("S", &["acknowledged"])],
        &["lead:S", "person:SUBJECT"],
    ),
    (
        "| `audit` | `submitted` `amended` `withdrawn` `returned` `answered` `acknowledged` | `lead:S`, and `person:SUBJECT` where it is about somebody | supervisor at S, quality; `acknowledged`: the subject |",
        &["audit"],
        &[("VQ", &["submitted", "amended", "withdrawn", "returned", "answered"]), ("S", &["acknowledged"])],
        &["lead:S", "person:SUBJECT?"],
    ),
    (
        "| `scenario` `note` | `submitted` `amended` `reviewed` | `lead:S`, `person:SUBJECT` | `submitted`, `amended`: the subject; `reviewed`: supervisor at S, quality |",
        &["scenario", "note"],
        &[("S", &["submitted", "amended"]), ("VQ", &["reviewed"])],
        &["lead:S", "person:SUBJECT"],
    ),
    (
        "| `cycle` `restriction` | `opened` `session` `validated` `extended` `closed` · `placed` `reviewed` `lifted` | `lead:S`, `person:SUBJECT` | supervisor at S, quality |",
        &["cycle"],
        &[("VQ", &["opened", "session", "validated", "extended", "closed"])],
        &["lead:S", "person:SUBJECT"],
    ),
    (
        "· `placed` `reviewed` `lifted` |",
        &["restriction"],
        &[("VQ", &["placed", "reviewed", "lifted"])],
        &["lead:S", "person:SUBJECT"],
    ),
    (
        "| `incident` `signal` | `reported` `classified` `logged` | `lead:S`, `person:SUBJECT` (who reported it), `person:AUTHOR` | `reported`, `logged`: anyone assigned to S; `classified`: supervisor at S, quality; so `incident.logged` whose `work` is `investigation_begun` or `notified` |",
        &["incident", "signal"],
        // By the letter a quality lead logs only where assigned; here as everywhere else they may.
        &[("TQ", &["reported", "logged"]), ("VQ", &["classified"])],
        &["lead:S", "person:SUBJECT?", "person:AUTHOR"],
    ),
    (
        "| `action` | `opened` `updated` `reassigned` `staged` `reviewed` `closed` `submitted` | `quality`, `lead:S` where `site` is set, `person:SUBJECT` (the owner) | quality; supervisor at S for `updated` and `reassigned`; the owner whom it named when it began for `updated` |",
        &["action"],
        &[
            ("Q", &["opened", "staged", "reviewed", "closed", "submitted"]),
            // These lines go on with nothing, which named nobody.
            ("VQO", &["updated"]),
            ("VQ", &["reassigned"]),
        ],
        &["quality", "lead:S?", "person:SUBJECT?"],
    ),
    (
        "| `improvement` `assessment` `governance` | `opened` `updated` `staged` `reviewed` `closed` `submitted` | `quality`, and `lead:S` where `site` is set | quality; supervisor at S for `updated` |",
        &["improvement", "assessment", "governance"],
        &[("Q", &["opened", "staged", "reviewed", "closed", "submitted"]), ("VQ", &["updated"])],
        &["quality", "lead:S?"],
    ),
    (
        "| `pack` (ours, §9) | `exported` | `quality` | supervisor at S, quality, admin |",
        &["pack"],
        &[("VQA", &["exported"])],
        &["quality"],
    ),
];

/// A kind, who may write it, and where it goes.
#[derive(Clone)]
struct Kind {
    name: String,
    writers: String,
    streams: &'static [&'static str],
}

/// Every kind of the contract.
fn known() -> Vec<Kind> {
    let mut kinds = Vec::new();
    for (_, classes, verbs, streams) in CONTRACT {
        for class in *classes {
            for (writers, verbs) in *verbs {
                for verb in *verbs {
                    let name = format!("{class}.{verb}");
                    kinds.push(Kind { name, writers: (*writers).to_owned(), streams });
                }
            }
        }
    }
    kinds
}

/// And kinds that nobody knows yet: a verb of each known class, which whoever may write some verb
/// of the class may write, and an unknown class, which anyone may write and `quality` alone reads.
fn all() -> Vec<Kind> {
    let mut kinds = known();
    for (_, classes, verbs, streams) in CONTRACT {
        for class in *classes {
            let writers = strictest(verbs).to_owned();
            kinds.push(Kind { name: format!("{class}.photographed"), writers, streams });
        }
    }
    for name in ["balloon.launched", "org-.set", "Person.set", "person .set", "persons.set"] {
        kinds.push(Kind { name: name.to_owned(), writers: "*".to_owned(), streams: &["quality"] });
    }
    kinds
}

/// Whom an unknown verb of a class asks for: who may write all that is not the subject's alone.
fn strictest(verbs: &[(&'static str, Words)]) -> &'static str {
    let strict =
        |writers: &&str| ["A", "Q", "AQ", "VQ", "VQA", "TQ", "VQO"].iter().position(|known| known == writers);
    verbs.iter().map(|(writers, _)| *writers).filter(|writers| *writers != "S").min_by_key(strict).unwrap()
}

/// Where somebody stands.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Standing {
    role: &'static str,
    site: Option<Uuid>,
}

/// What becomes of a line, by the contract.
fn expected(
    kind: &Kind,
    at: Standing,
    author: Uuid,
    site: Option<Uuid>,
    subject: Option<Uuid>,
) -> Option<&'static str> {
    let goes_to = |name: &str| kind.streams.contains(&name);
    if site.is_none() && (goes_to("site:S") || goes_to("lead:S")) {
        return Some("unknown_site");
    }
    if subject.is_none() && goes_to("person:SUBJECT") {
        return Some("unknown_subject");
    }
    let there = site.is_some() && at.site == site;
    let may = kind.writers.chars().any(|letter| match letter {
        'A' => at.role == "admin",
        'Q' => at.role == "quality",
        'V' => at.role == "supervisor" && there,
        'T' => there,
        'S' => subject == Some(author),
        '*' => true,
        '-' | 'O' => false,
        other => panic!("{other}"),
    });
    if !may {
        return Some("not_permitted");
    }
    let read_by_the_server = ["org.set", "site.set", "person.set"].contains(&kind.name.as_str());
    (read_by_the_server && (site.is_some() || subject.is_some())).then_some("invalid_body")
}

/// What says who may do what and by which measure, and what lets somebody work alone again, takes the
/// right of today as well: lost is lost at once.
fn lost_at_once(kind: &Kind) -> bool {
    let class = kind.name.split('.').next().unwrap();
    ["org", "site", "person", "competency", "standard", "setting"].contains(&class)
        || kind.name == "restriction.lifted"
}

/// The streams that an accepted line is in, by the contract.
fn streams(kind: &Kind, author: Uuid, site: Option<Uuid>, subject: Option<Uuid>) -> Vec<String> {
    let put = |name: &&str| match *name {
        "site:S" => site.map(|site| format!("site:{site}")),
        "lead:S" | "lead:S?" => site.map(|site| format!("lead:{site}")),
        "person:SUBJECT" | "person:SUBJECT?" => subject.map(|person| format!("person:{person}")),
        "person:AUTHOR" => Some(format!("person:{author}")),
        plain => Some(plain.to_owned()),
    };
    kind.streams.iter().filter_map(put).collect()
}

/// What somebody may read, by the contract. `sites` are all that the organisation has.
fn reads(at: Standing, person: Uuid, sites: &BTreeSet<Uuid>) -> BTreeSet<String> {
    let mut names = BTreeSet::from(["org".to_owned()]);
    match at.role {
        "staff" | "supervisor" => {
            names.insert(format!("person:{person}"));
            names.extend(at.site.map(|site| format!("site:{site}")));
            names.extend(at.site.filter(|_| at.role == "supervisor").map(|site| format!("lead:{site}")));
        }
        _ => {
            names.insert("quality".to_owned());
            names.extend(sites.iter().flat_map(|site| [format!("site:{site}"), format!("lead:{site}")]));
        }
    }
    names
}

/// A body with which the three kinds that the server reads are right, and which changes nothing for
/// anybody in this test.
fn body(kind: &str) -> serde_json::Value {
    match kind {
        "org.set" => json!({"name": "Willow Care"}),
        "site.set" => json!({"site": Uuid::from_u128(7), "name": "X", "programme": null, "active": true}),
        "person.set" => {
            json!({"person": Uuid::from_u128(8), "name": "X", "role": "staff", "sites": [], "active": false})
        }
        _ => json!({}),
    }
}

fn put(
    device: &mut Device,
    kind: &Kind,
    site: Option<Uuid>,
    subject: Option<Uuid>,
    org: Option<u64>,
) -> String {
    let mut line = device.draft(&kind.name, site, subject);
    line["body"] = body(&kind.name);
    if let Some(org) = org {
        line["org"] = json!(org);
    }
    device.put(&line).to_string()
}

/// Sends all that is not sent, 500 lines at a time, and tells the code of each (none: accepted).
async fn fates(device: &mut Device) -> BTreeMap<String, String> {
    let mut fates = BTreeMap::new();
    device.pull = 0;
    while device.sent < device.lines.len() {
        let until = device.lines.len().min(device.sent + 500);
        let answer = device.send(&device.request(device.sent, until)).await;
        for entry in answer.first["quarantined"].as_array().unwrap() {
            let (seq, code) = (entry["seq"].as_u64().unwrap() as usize, entry["code"].as_str().unwrap());
            if seq > device.sent && seq <= until {
                fates.insert(entry["id"].as_str().unwrap().to_owned(), code.to_owned());
            }
        }
        device.sent = until;
    }
    fates
}

/// Everything that a person may read, as (stream, id), by a new device of theirs. That devices were paired,
/// this one among them, is no part of the table and left out.
async fn read_all(world: &World, person: Uuid) -> (BTreeSet<String>, BTreeSet<(String, String)>) {
    let mut device = world.device(person).await;
    let mut got = BTreeSet::new();
    loop {
        let answer = device.sync().await;
        let written = |item: &&serde_json::Value| {
            !item["event"]["kind"].as_str().is_some_and(|kind| kind.starts_with("device."))
        };
        for item in answer.items.iter().filter(written) {
            let place = (
                item["stream"].as_str().unwrap().to_owned(),
                item["event"]["id"].as_str().unwrap().to_owned(),
            );
            assert!(got.insert(place), "twice: {item}");
        }
        if answer.done["more"] == false {
            return (answer.streams().into_iter().collect(), got);
        }
    }
}

struct Person {
    at: Standing,
    device: Device,
}

impl Person {
    fn id(&self) -> Uuid {
        self.device.person
    }
}

/// A world with two sites and, beside the first administrator, everyone of `standings`.
async fn people(world: &World, standings: &[Standing], sites: [Uuid; 2]) -> (Device, Vec<Person>) {
    let mut admin = world.admin().await;
    for site in sites {
        admin.set_site(site, "A site");
    }
    let ids: Vec<Uuid> = standings.iter().map(|_| new_id()).collect();
    for (id, at) in ids.iter().zip(standings) {
        admin.set_person(*id, "Someone", at.role, at.site.as_slice());
    }
    assert_eq!(admin.sync().await.quarantined(), Vec::<String>::new());
    let mut people = Vec::new();
    for (id, at) in ids.into_iter().zip(standings) {
        people.push(Person { at: *at, device: world.device(id).await });
    }
    (admin, people)
}

#[test]
fn the_contract_the_test_and_the_printed_table_say_the_same() {
    let protocol = include_str!("../../docs/protocol.md");
    for (row, ..) in CONTRACT {
        assert!(protocol.contains(row), "docs/protocol.md does not say: {row}");
    }
    let words = |letter: char| match letter {
        'A' => "administrators",
        'Q' => "quality leads",
        'V' => "supervisors of the site",
        'T' => "anyone assigned to the site",
        '-' => "the server alone",
        'O' => "the owner whom it named when it began",
        _ => "the person it is about",
    };
    let expected: BTreeSet<String> = known()
        .iter()
        .map(|kind| {
            let (class, verb) = kind.name.split_once('.').unwrap();
            let writers: Vec<_> = kind.writers.chars().map(words).collect();
            let streams: Vec<_> = kind
                .streams
                .iter()
                .map(|name| match *name {
                    "lead:S?" => "`lead:S` where the line names a site".to_owned(),
                    "person:SUBJECT?" => "`person:SUBJECT` where the line names one".to_owned(),
                    plain => format!("`{plain}`"),
                })
                .collect();
            format!("| {class} | {verb} | {} | {} |", writers.join(", "), streams.join(", "))
        })
        .collect();
    let printed = include_str!("../../docs/permissions.md");
    let printed: BTreeSet<String> = printed
        .split("\n## ")
        .next()
        .unwrap()
        .lines()
        .filter(|line| line.starts_with("| ") && !line.contains("may write"))
        .map(str::to_owned)
        .collect();
    assert_eq!(printed, expected);
    assert_eq!(printed.len(), 91);
}

#[tokio::test]
async fn every_kind_by_everyone_everywhere_about_anyone_and_who_reads_it() {
    let world = World::new().await;
    let sites @ [north, south] = [new_id(), new_id()];
    let standings: Vec<Standing> = ["staff", "supervisor", "quality", "admin"]
        .into_iter()
        .flat_map(|role| [Some(north), Some(south), None].map(|site| Standing { role, site }))
        .collect();
    let (admin, mut people) = people(&world, &standings, sites).await;
    let someone = people[0].id();

    // What the organisation was begun with is read too, and is no part of this table.
    let mut items: BTreeSet<(String, String)> = BTreeSet::new();
    let (_, before) = read_all(&world, admin.person).await;
    items.extend(before);

    let mut walked = 0;
    for author in &mut people {
        let mut written = Vec::new();
        let me = author.id();
        let other = if me == someone { admin.person } else { someone };
        for kind in all() {
            for site in [Some(north), Some(south), None] {
                for subject in [Some(me), Some(other), None] {
                    let id = put(&mut author.device, &kind, site, subject, None);
                    written.push((id, kind.clone(), site, subject));
                }
            }
        }
        let fates = fates(&mut author.device).await;
        for (id, kind, site, subject) in written {
            let fate = fates.get(&id).map(String::as_str);
            let expected = expected(&kind, author.at, me, site, subject);
            assert_eq!(
                fate,
                expected,
                "{} by {:?} at {site:?} about {}",
                kind.name,
                author.at,
                match subject {
                    None => "nobody",
                    Some(subject) if subject == me => "themselves",
                    Some(_) => "someone",
                }
            );
            if expected.is_none() {
                items.extend(streams(&kind, me, site, subject).into_iter().map(|name| (name, id.clone())));
            }
            walked += 1;
        }
    }
    assert_eq!(walked, 12 * (91 + 23 + 5) * 9);

    // Each reader gets exactly what is in their streams: nothing is missing, and nothing else comes.
    // Of the sites there is a third by now, which `site.set` made.
    let every = BTreeSet::from([north, south, Uuid::from_u128(7)]);
    for reader in people.iter().map(|person| (person.at, person.id())) {
        let (at, person) = reader;
        let names = reads(at, person, &every);
        let due: BTreeSet<_> = items.iter().filter(|(name, _)| names.contains(name)).cloned().collect();
        let (streams, got) = read_all(&world, person).await;
        assert_eq!(streams, names, "{at:?}");
        let missing: Vec<_> = due.difference(&got).take(3).collect();
        let too_much: Vec<_> = got.difference(&due).take(3).collect();
        assert!(
            missing.is_empty() && too_much.is_empty(),
            "{at:?}: missing {missing:?}, too much {too_much:?}"
        );
        assert!(due.len() > 100);
    }
    assert_eq!(sync_server::storage::sqlite::verify(world.dir.path()).problems, []);
}

#[tokio::test]
async fn every_kind_by_one_who_was_moved_counts_as_of_its_number_and_for_45_days() {
    let world = World::new().await;
    let sites @ [north, south] = [new_id(), new_id()];
    // Whoever was this at North becomes that at South, each role each other one.
    let roles = ["staff", "supervisor", "quality", "admin"];
    let moves: Vec<(Standing, Standing)> = roles
        .iter()
        .flat_map(|old| {
            let old = Standing { role: old, site: Some(north) };
            roles.iter().map(move |new| (old, Standing { role: new, site: Some(south) }))
        })
        .collect();
    let olds: Vec<Standing> = moves.iter().map(|(old, _)| *old).collect();
    let (mut admin, mut people) = people(&world, &olds, sites).await;
    // Their devices were paired, which the organisation reads as well.
    admin.sync().await;
    let before = admin.cursors["org"];
    for (person, (_, new)) in people.iter().zip(&moves) {
        admin.set_person(person.id(), "Someone", new.role, new.site.as_slice());
    }
    admin.sync().await;
    let after = admin.cursors["org"];
    assert_eq!(after, before + 16);

    for (passed, days) in [(44, 44), (2, 46)] {
        world.pass_days(passed);
        for (person, (old, new)) in people.iter_mut().zip(&moves) {
            let (me, device) = (person.device.person, &mut person.device);
            let mut written = Vec::new();
            for kind in all() {
                for site in [north, south] {
                    for subject in [me, admin.person] {
                        // Of the old number, the new one, one that is yet to come, and none.
                        for org in [Some(before), Some(after), Some(after + 1_000), None] {
                            let (site, subject) = (Some(site), Some(subject));
                            let id = put(device, &kind, site, subject, org);
                            let [then, now] = [old, new].map(|at| expected(&kind, *at, me, site, subject));
                            let denied = Some("not_permitted");
                            let lost_at_once = lost_at_once(&kind);
                            let due = match org {
                                Some(org) if org == before && then == denied => denied,
                                Some(org)
                                    if org == before && now == denied && (days > 45 || lost_at_once) =>
                                {
                                    denied
                                }
                                Some(org) if org == before => then,
                                _ => now,
                            };
                            written.push((id, kind.name.clone(), site, org, due));
                        }
                    }
                }
            }
            let fates = fates(device).await;
            for (id, kind, site, org, due) in written {
                let fate = fates.get(&id).map(String::as_str);
                assert_eq!(
                    fate, due,
                    "{kind} at {site:?} with org {org:?} by {old:?} → {new:?} after {days} days"
                );
            }
        }
    }
}

#[tokio::test]
async fn nobody_writes_or_reads_under_another_name_or_when_no_longer_active() {
    let world = World::new().await;
    let sites @ [north, _] = [new_id(), new_id()];
    let standings =
        ["staff", "supervisor", "quality", "admin"].map(|role| Standing { role, site: Some(north) });
    let (mut admin, mut people) = people(&world, &standings, sites).await;
    let before = admin.cursors["org"];
    let quality = people[2].id();
    for person in &mut people {
        let other = if person.id() == quality { admin.person } else { quality };
        for kind in all() {
            let mut line = person.device.draft(&kind.name, Some(north), Some(other));
            line["author"] = json!(other);
            person.device.put(&line);
        }
        let fates = fates(&mut person.device).await;
        assert_eq!(fates.len(), all().len());
        assert!(fates.values().all(|code| code == "wrong_author"));
    }
    for person in &people {
        admin.set_person_active(person.id(), "Someone", person.at.role, &[north], false);
    }
    admin.sync().await;
    for person in &mut people {
        for kind in all() {
            let me = Some(person.id());
            put(&mut person.device, &kind, Some(north), me, Some(before));
        }
        let fates = fates(&mut person.device).await;
        assert_eq!(fates.len(), all().len());
        assert!(fates.values().all(|code| code == "revoked_device"));
        person.device.pull = 1000;
        let answer = person.device.sync().await;
        assert!(answer.items.is_empty() && answer.streams().is_empty() && answer.first["revoked"] == true);
    }
}

#[tokio::test]
async fn the_last_active_administrator_stays_one() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    let ada = cast.admin.person;
    let second = new_id();
    for (role, active) in [("staff", true), ("quality", true), ("admin", false)] {
        cast.admin.set_person_active(ada, "Ada", role, &[], active);
        assert_eq!(cast.admin.fate().await.as_deref(), Some("not_permitted"), "{role}, active: {active}");
    }
    // Renaming her, or making a second one, is nothing of the kind.
    cast.admin.set_person(ada, "Ada Okafor", "admin", &[]);
    assert_eq!(cast.admin.fate().await, None);
    cast.admin.set_person(second, "Ben", "admin", &[]);
    assert_eq!(cast.admin.fate().await, None);
    // Each of two steps down without knowing of the other: the registry's order decides, and one stays.
    let mut ben = world.device(second).await;
    ben.sync().await;
    ben.set_person(second, "Ben", "staff", &[]);
    cast.admin.set_person(ada, "Ada Okafor", "staff", &[]);
    assert_eq!(ben.fate().await, None);
    assert_eq!(cast.admin.fate().await.as_deref(), Some("not_permitted"));
    let registry = world.storage.registry(world.org).await.unwrap();
    assert_eq!(registry.person(ada).unwrap().role.as_str(), "admin");
    assert_eq!(registry.person(second).unwrap().role.as_str(), "staff");
    // The way back where nobody is left who can sign in: by a command, as an ordinary line.
    assert!(world.storage.make_admin(world.org, second, world.seams.now_ms()).await.unwrap());
    assert!(!world.storage.make_admin(world.org, new_id(), world.seams.now_ms()).await.unwrap());
    let answer = cast.quinn.sync().await;
    let set = answer.items.iter().rev().find(|item| item["event"]["kind"] == "person.set").unwrap();
    assert_eq!(set["event"]["body"]["person"], json!(second));
    assert_eq!(
        (&set["event"]["body"]["role"], &set["event"]["body"]["name"]),
        (&json!("admin"), &json!("Ben"))
    );
    let mut ben = world.device(second).await;
    ben.set_person(new_id(), "Cy", "staff", &[cast.north]);
    assert_eq!(ben.fate().await, None);
}

#[tokio::test]
async fn who_was_demoted_lifts_no_restriction_and_publishes_nothing_by_yesterdays_right() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    cast.quinn.sync().await;
    cast.alice.sync().await;
    let (before, bob) = (cast.quinn.cursors["org"], cast.bob.person);
    cast.admin.set_person(cast.quinn.person, "Quinn", "staff", &[cast.north]);
    cast.admin.set_person(cast.alice.person, "Alice", "supervisor", &[cast.south]);
    cast.admin.sync().await;
    for kind in ["org.set", "standard.published", "competency.set", "setting.set"] {
        let mut line = cast.quinn.draft(kind, None, None);
        line["body"] = body(kind);
        line["org"] = json!(before);
        cast.quinn.put(&line);
        assert_eq!(cast.quinn.fate().await.as_deref(), Some("not_permitted"), "{kind}");
    }
    cast.alice.write_at(before, "restriction.lifted", Some(cast.north), Some(bob));
    assert_eq!(cast.alice.fate().await.as_deref(), Some("not_permitted"));
    // What was seen and written down before the news still counts.
    cast.alice.write_at(before, "check.submitted", Some(cast.north), Some(bob));
    assert_eq!(cast.alice.fate().await, None);
}
