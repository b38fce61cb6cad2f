use tempfile::TempDir;

use super::*;
use crate::storage::Storage;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// 2026-11-27T02:30:00Z
const NIGHT: i64 = 1_795_746_600_000;

/// A data directory with an organisation, and one for its backups.
async fn place() -> (TempDir, PathBuf, PathBuf) {
    let dir = TempDir::new().unwrap();
    let (data, backups) = (dir.path().join("data"), dir.path().join("backups"));
    let storage = sqlite::Sqlite::open(&data).unwrap();
    super::super::init(&storage, &seams(), "Willow Care", "Ada", 15).await.unwrap();
    storage.close().await;
    (dir, data, backups)
}

fn names(dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = entries.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn the_newest_nights_are_kept_and_nothing_else_is_touched() {
    let (_dir, data, backups) = place().await;
    std::fs::create_dir_all(backups.join("fieldproof-2020-01-01T000000Z.db.d")).unwrap();
    for other in ["by-hand.db", "fieldproof-2020-01-01.db", "fieldproof-2020-01-01T000000Z.db.gz"] {
        std::fs::write(backups.join(other), "mine").unwrap();
    }
    let others = names(&backups);
    let mut made = Vec::new();
    for night in 0..6 {
        let (file, removed) = rotate(&data, &backups, 3, NIGHT + night * DAY_MS).unwrap();
        made.push(file);
        assert_eq!(removed.len(), usize::from(night >= 3), "{night}");
    }
    assert!(made[0].ends_with("fieldproof-2026-11-27T023000Z.db"), "{:?}", made[0]);
    assert_eq!(
        made.iter().map(|file| file.exists()).collect::<Vec<_>>(),
        [false, false, false, true, true, true]
    );
    assert!(others.iter().all(|name| backups.join(name).exists()), "{others:?}");
    assert_eq!(names(&backups).len(), others.len() + 3);
    // Fewer from now on: all that are too many go at once.
    let (_, removed) = rotate(&data, &backups, 1, NIGHT + 7 * DAY_MS).unwrap();
    assert_eq!(removed, made[3..]);
}

#[tokio::test]
async fn a_backup_that_fails_costs_no_older_one() {
    let (_dir, data, backups) = place().await;
    rotate(&data, &backups, 1, NIGHT).unwrap();
    let before = names(&backups);
    std::fs::rename(&data, data.with_extension("away")).unwrap();
    assert!(rotate(&data, &backups, 1, NIGHT + DAY_MS).is_err());
    assert_eq!(names(&backups), before);
    // Nor does a clock that was put back make the newest go.
    std::fs::rename(data.with_extension("away"), &data).unwrap();
    let (file, removed) = rotate(&data, &backups, 1, NIGHT - DAY_MS).unwrap();
    assert!(file.exists() && removed.len() == 1);
}
