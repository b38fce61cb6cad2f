//! `kill -9` of the app, at any moment of its work.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};
use uuid::Uuid;

use crate::cast::{self, records};
use crate::world::World;
use crate::{phone, run};

/// Lives of the phone with a server beside it, and as many without.
const LIVES: u32 = 12;

/// What the phone said and a person relied on.
#[derive(Default)]
struct Promised {
    finished: BTreeSet<Uuid>,
    /// Answers saved in each draft.
    saved: BTreeMap<Uuid, usize>,
}

/// What it said that it holds when it was opened.
#[derive(Default)]
struct Held {
    records: BTreeSet<Uuid>,
    drafts: BTreeMap<Uuid, usize>,
}

pub fn app() {
    run(async {
        let mut world = World::begin().await;
        let url = format!("http://{}", world.address);
        let folder = world.folder.path().to_owned();
        let cast = cast::cast(&folder, &url, &world.admin_code).await;
        let code = cast.ada.code_for(cast.sam).await;
        let phone = folder.join("phone");
        let seed = fastrand::u64(..);
        println!("seed {seed} chose when to kill");
        let mut random = fastrand::Rng::with_seed(seed);
        let mut promised = Promised::default();
        let save = format!("{} {}", cast.elm, cast.bo);

        // The first life is paired, and goes on long enough to have something to lose.
        live(&phone, &format!("{save} {url} {code}"), &mut promised, 50, Duration::from_millis(20)).await;
        for life in 0..2 * LIVES {
            if life == LIVES {
                world.stop_server().await;
            }
            // Some are killed while they open, most while they save.
            let (answers, within) = if life % 4 == 0 { (0, 600_000) } else { (random.usize(1..40), 20_000) };
            let moment = Duration::from_micros(random.u64(..within));
            live(&phone, &save, &mut promised, answers, moment).await;
        }
        world.start_server().await;
        live(&phone, "rest", &mut promised, usize::MAX, Duration::ZERO).await;
        assert!(promised.finished.len() > 2 * LIVES as usize, "{} records", promised.finished.len());

        // The server computed the chain over the lines it got; verify walks it once more.
        cast.quinn.refresh().await;
        let seen: BTreeSet<Uuid> = records(&cast.quinn).await.into_iter().collect();
        assert!(promised.finished.is_subset(&seen), "the quality lead has all that was finished");
        world.stop_server().await;
        let verified = sync_server::storage::sqlite::verify(&world.server_folder());
        assert!(verified.problems.is_empty(), "{:?}", verified.problems);
    });
}

/// One life of the phone: opened, looked at, and killed a moment after its so manyth answer, or when
/// it says that all is synced. No life ends in another way.
async fn live(folder: &Path, orders: &str, promised: &mut Promised, answers: usize, moment: Duration) {
    let mut command: tokio::process::Command = phone::command(folder, orders).into();
    let mut phone = command.stdout(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
    let mut lines = BufReader::new(phone.stdout.take().unwrap()).lines();
    let (mut held, mut given, mut open, mut killed) = (Held::default(), 0, false, false);
    loop {
        if given >= answers && !killed {
            tokio::time::sleep(moment).await;
            phone.start_kill().unwrap();
            killed = true;
        }
        // What it said before it was killed is still to be read, and counts.
        let next = tokio::time::timeout(Duration::from_secs(60), lines.next_line()).await;
        let Some(line) = next.expect("the phone fell silent").unwrap() else { break };
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            ["holds", id] => drop(held.records.insert(id.parse().unwrap())),
            ["drafts", id, count] => drop(held.drafts.insert(id.parse().unwrap(), count.parse().unwrap())),
            ["open"] => {
                open = true;
                kept(promised, &held);
            }
            ["saved", id, count] => {
                given += 1;
                promised.saved.insert(id.parse().unwrap(), count.parse().unwrap());
            }
            ["finished", id] => {
                given += 1;
                promised.finished.insert(id.parse().unwrap());
            }
            ["synced"] => {
                phone.start_kill().unwrap();
                killed = true;
            }
            _ => panic!("{line}"),
        }
    }
    let ended = phone.wait().await.unwrap();
    assert!(killed, "{ended}");
    assert!(open || answers == 0, "it never opened");
}

/// Every promise is kept: a finished record is there, and a saved draft has its answers or has
/// become the record that has its id.
fn kept(promised: &Promised, held: &Held) {
    for id in &promised.finished {
        assert!(held.records.contains(id), "{id} was finished and is gone");
    }
    for (id, answers) in &promised.saved {
        let drafted = held.drafts.get(id).is_some_and(|there| there >= answers);
        assert!(drafted || held.records.contains(id), "{answers} answers of {id} were saved and are gone");
    }
}
