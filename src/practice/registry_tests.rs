use serde_json::json;

use super::*;

const BO: &str = "a1000000-0000-4000-8000-000000000002";
const NORTH: &str = "51000000-0000-4000-8000-000000000001";

fn wrong<T>(read: Result<T, InvalidBody>) -> Option<&'static str> {
    read.err().map(|invalid| invalid.field)
}

#[test]
fn a_person_is_read_in_one_way_or_not_at_all() {
    let good = json!({"person": BO, "name": "Bo", "role": "staff", "sites": [NORTH, NORTH], "active": true});
    let person = PersonSet::read(&good.to_string()).unwrap();
    assert_eq!((person.role, person.sites.len(), person.active), (Role::Staff, 1, true));
    let with = |field: &str, value: serde_json::Value| {
        let mut body = good.clone();
        body[field] = value;
        wrong(PersonSet::read(&body.to_string()))
    };
    for (field, value) in [
        ("person", json!("a1000000000040008000000000000002")),
        ("person", json!("{a1000000-0000-4000-8000-000000000002}")),
        ("person", json!("urn:uuid:a1000000-0000-4000-8000-000000000002")),
        ("person", json!(null)),
        ("name", json!(" \t")),
        ("name", json!(7)),
        ("role", json!("root")),
        ("role", json!("Staff")),
        ("role", json!(["staff"])),
        ("sites", json!(null)),
        ("sites", json!([NORTH, 7])),
        ("active", json!("true")),
        ("active", json!(1)),
    ] {
        assert_eq!(with(field, value.clone()), Some(field), "{value}");
    }
    assert_eq!(with("later", json!({"of": "a newer version"})), None);
    assert_eq!(wrong(PersonSet::read(r#"{"name":"\ud800"}"#)), Some("body"));
    assert_eq!(wrong(PersonSet::read(r#"{"later":1e999}"#)), Some("body"), "a number that nobody can hold");
}

#[test]
fn a_name_that_is_too_long_for_a_new_line_still_names_somebody() {
    let name = "\u{e9}".repeat(MOST_CHARS);
    let site = |name: &str, programme: serde_json::Value| {
        let body = json!({"site": NORTH, "name": name, "programme": programme, "active": true});
        SiteSet::read(&body.to_string()).unwrap()
    };
    assert_eq!(site(&name, json!(null)).fits(), Ok(()));
    assert_eq!(site(&name, json!(null)).programme, "");
    let long = site(&format!("{name}x"), json!(""));
    assert_eq!((long.name.chars().count(), wrong(long.fits())), (MOST_CHARS + 1, Some("name")));
    assert_eq!(wrong(site("North", json!("x".repeat(201))).fits()), Some("programme"));
    let body = json!({"name": "x".repeat(201), "settings": {"pattern_days": 45}}).to_string();
    let org = OrgSet::read(&body).unwrap();
    assert_eq!((wrong(org.fits()), org.settings["pattern_days"].as_u64()), (Some("name"), Some(45)));
}

#[test]
fn a_new_name_has_nothing_in_it_that_nobody_sees_and_an_older_one_still_reads() {
    let person = |name: &str| {
        let body = json!({"person": BO, "name": name, "role": "staff", "sites": [], "active": true});
        PersonSet::read(&body.to_string()).unwrap()
    };
    for name in ["Kim\u{202e} Lee", "Kim\nLee", "\u{2067}Kim", "Kim\u{200b}", "\u{200d}", "\u{0}"] {
        assert_eq!(wrong(person(name).fits()), Some("name"), "{name:?}");
    }
    for name in [
        "Kim Lee",
        "\u{633}\u{62c}\u{627}\u{62f}",
        "\u{639}\u{644}\u{6cc}\u{200c}\u{631}\u{636}\u{627}",
        "O\u{2019}Neil-Mu\u{f1}oz",
    ] {
        assert_eq!(person(name).fits(), Ok(()), "{name:?}");
    }
    let site = json!({"site": NORTH, "name": "North", "programme": "a\u{202e}b", "active": true});
    assert_eq!(wrong(SiteSet::read(&site.to_string()).unwrap().fits()), Some("programme"));
    let org = json!({"name": "Harbor\u{2066}", "settings": {}});
    assert_eq!(wrong(OrgSet::read(&org.to_string()).unwrap().fits()), Some("name"));
}
