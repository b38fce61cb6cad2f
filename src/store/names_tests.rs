use serde_json::json;
use uuid::Uuid;

use super::super::query::RecordFilter;
use super::super::tests::{event, store};
use super::super::{NewEvent, Store};
use crate::practice::rights::Role;

const NORTH: Uuid = Uuid::from_u128(0x0001_0a01);
const SOUTH: Uuid = Uuid::from_u128(0x0002_0a02);
const KIM: Uuid = Uuid::from_u128(0x0b01);
const OTHER_KIM: Uuid = Uuid::from_u128(0x0b02);

fn site(n: u8, site: Uuid, name: &str, programme: &str) -> NewEvent {
    event(n, "site.set", &json!({"site": site, "name": name, "programme": programme, "active": true}))
}

fn person(n: u8, person: Uuid, name: &str, at: &[Uuid]) -> NewEvent {
    let body = json!({"person": person, "name": name, "role": "staff", "sites": at, "active": true});
    event(n, "person.set", &body)
}

fn people(store: &Store) -> Vec<String> {
    store.people(None).unwrap().into_iter().map(|row| row.shown).collect()
}

#[test]
fn people_and_sites_that_look_alike_are_told_apart_in_every_row() {
    let mut store = store();
    let maples = [site(1, NORTH, "Maple House", "North"), site(2, SOUTH, "maple house", "South")];
    store.append(&[maples[0].clone(), person(3, KIM, "Kim Lee", &[NORTH])], None).unwrap();
    assert_eq!(store.person_name(KIM).unwrap(), "Kim Lee", "alone, by name alone");
    assert_eq!(store.site_name(NORTH).unwrap(), "Maple House");

    store.append(&[maples[1].clone(), person(4, OTHER_KIM, "Kim Lée", &[SOUTH])], None).unwrap();
    let (north, south) = ("Maple House · North", "maple house · South");
    assert_eq!(people(&store), [format!("Kim Lee · {north}"), format!("Kim Lée · {south}")]);
    let one = store.person(KIM).unwrap().unwrap();
    assert_eq!((one.name.as_str(), one.role, one.sites[0].shown.as_str()), ("Kim Lee", Role::Staff, north));
    assert_eq!(one.second, north);
    // A list of one site, in which nobody looks alike, shows them as every other list does.
    assert_eq!(store.people(Some(NORTH)).unwrap()[0].shown, one.shown);
    let names: Vec<String> = store.site_names().unwrap().into_iter().map(|site| site.shown).collect();
    assert_eq!(names, [north, south]);

    // Nobody looks like somebody who is called otherwise now.
    store.append(&[person(5, OTHER_KIM, "Ada Roy", &[SOUTH])], None).unwrap();
    assert_eq!(people(&store), ["Ada Roy", "Kim Lee"]);
    let before = (people(&store), store.site_names().unwrap());
    store.rebuild().unwrap();
    assert_eq!((people(&store), store.site_names().unwrap()), before);
    assert!(store.records(&RecordFilter::default()).unwrap().is_empty());
}

#[test]
fn an_older_name_that_turns_what_stands_around_it_is_shown_without_that() {
    let mut store = store();
    store
        .append(&[person(1, KIM, "Kim\u{202e} Lee\u{200b}", &[]), person(2, OTHER_KIM, "Kim Lee", &[])], None)
        .unwrap();
    assert_eq!(people(&store), ["Kim Lee · 0B01", "Kim Lee · 0B02"]);
}

#[test]
fn names_stand_in_the_order_of_their_letters_without_accents() {
    let mut store = store();
    for (n, name) in (1..).zip(["Zoe", "Łukasz", "Ángel", "ben", "O’Hara", "Osman"]) {
        store.append(&[person(n, Uuid::from_u128(n.into()), name, &[])], None).unwrap();
    }
    assert_eq!(people(&store), ["Ángel", "ben", "Łukasz", "O’Hara", "Osman", "Zoe"]);
}

#[test]
fn standards_of_one_title_are_told_apart_and_keep_what_was_published() {
    let mut store = store();
    let standard = |n: u8, id: u128, title: serde_json::Value| {
        let body = json!({"standard": Uuid::from_u128(id), "version": 1, "class": "check", "competency": "medication",
            "title": title, "purpose": {"en": ""}, "items": [{"id": "a", "form": "mark", "text": {"en": "A"}}]});
        event(n, "standard.published", &body)
    };
    let (one, other) = (json!({"en": "Rounds", "es": "Rondas"}), json!({"en": "rounds"}));
    store
        .append(
            &[standard(1, 0xc1, one), standard(2, 0xc2, other), standard(3, 0xc3, json!({"en": "Notes"}))],
            None,
        )
        .unwrap();
    let mut rows = store.standards().unwrap();
    rows.sort_by_key(|row| row.standard.standard);
    let titles: Vec<(&str, &str)> =
        rows.iter().map(|row| (row.title.get("en"), row.title.get("es"))).collect();
    assert_eq!(titles, [("Rounds · 00C1", "Rondas"), ("rounds · 00C2", "rounds · 00C2"), ("Notes", "Notes")]);
    assert_eq!(store.standard(rows[0].standard).unwrap().unwrap().title.get("en"), "Rounds");
}
