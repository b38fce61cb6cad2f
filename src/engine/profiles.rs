//! The people who use this device, as the lock screen shows them.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::api::Profile;
use crate::practice::shown::{Named, clean, isolate, tell_apart};
use crate::store::ProfileRow;

/// Those of one name are told apart by the end of their id: a locked profile says neither site nor job,
/// and their organisation stands below in any case. A row that only says what became of a profile keeps
/// its name, beside its person's new one.
pub(super) fn profiles_of(rows: Vec<ProfileRow>) -> Vec<Profile> {
    let named = |row: &ProfileRow| Named {
        id: row.person.unwrap_or(row.profile),
        name: row.name.clone(),
        marks: Vec::new(),
    };
    let live: Vec<&ProfileRow> = rows.iter().filter(|row| row.key.is_some()).collect();
    let all: Vec<Named> = live.iter().map(|row| named(row)).collect();
    let mut told: BTreeMap<Uuid, String> =
        live.iter().zip(tell_apart(&all)).map(|(row, told)| (row.profile, told.shown)).collect();
    rows.into_iter()
        .map(|row| Profile {
            removed: row.key.is_none(),
            profile: row.profile,
            name: told.remove(&row.profile).unwrap_or_else(|| isolate(&clean(&row.name))),
            org: clean(&row.org),
            server: row.server,
            left: row.left,
            waiting: row.waiting,
            waiting_since: row.waiting_since,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{KdfCost, Key, Terms, WrappedKey};

    fn row(n: u128, name: &str, removed: bool) -> ProfileRow {
        let terms = Terms::new(KdfCost { kib: 64, rounds: 1 }, [3; 40]);
        let wrapped =
            || WrappedKey::wrap(&Key::new([7; 32]), terms, &terms.stretch("123456").unwrap(), false);
        ProfileRow {
            profile: Uuid::from_u128(n),
            person: Some(Uuid::from_u128(0xb00 + n)),
            name: name.into(),
            org: "Harbor".into(),
            server: "https://fieldproof.example".into(),
            key: (!removed).then(|| wrapped().unwrap()),
            wrong_pins: 0,
            wait_until: None,
            left: None,
            waiting: None,
            waiting_since: None,
        }
    }

    #[test]
    fn two_of_one_name_are_told_apart_on_the_lock_screen() {
        let rows = vec![
            row(1, "Kim Lee", false),
            row(2, "kim lee", false),
            row(3, "Ana", false),
            row(4, "Ana", true),
        ];
        let names: Vec<String> = profiles_of(rows).into_iter().map(|profile| profile.name).collect();
        assert_eq!(names, ["Kim Lee · 0B01", "kim lee · 0B02", "Ana", "Ana"]);
    }
}
