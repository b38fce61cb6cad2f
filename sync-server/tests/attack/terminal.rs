//! Names that steer a terminal or turn what stands around them, through every command that prints.

use tempfile::TempDir;

use crate::common::*;
use crate::process::{Running, run, told};
use crate::raw::honest;

/// Turns the line around, clears the screen, ends the line, is not seen.
const HOSTILE: &str = "Kim \u{202e}Lee\u{2066}\u{200f}\u{61c}\u{1b}[2J\r\n\u{feff}\u{9b}";

/// Every sign that may not reach a terminal.
fn steering(text: &str) -> Vec<char> {
    let bad = |c: &char| {
        c.is_control() && *c != '\n'
            || matches!(*c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}')
            || ('\u{202a}'..='\u{202e}').contains(c)
            || ('\u{2066}'..='\u{2069}').contains(c)
    };
    text.chars().filter(bad).collect()
}

#[tokio::test]
async fn no_command_lets_a_name_steer_the_terminal() {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("data");
    let made = told(&data, &["init", "--org", "Willow Care", "--admin", HOSTILE]);
    let server = Running::start(&data, &[]);
    let mut admin = Device::enrol(&server.url, made["code"].as_str().unwrap()).await;
    let (site, person) = (new_id(), new_id());
    admin.set_site(site, "North");
    admin.set_person(person, "Ada", "staff", &[site]);
    // Two that are quarantined: no device gives such a name any more, and one with the same words inside.
    admin.set_person(new_id(), HOSTILE, "staff", &[site]);
    let mut line = admin.draft("check.submitted", Some(site), Some(new_id()));
    line["body"] = serde_json::json!({"said": HOSTILE});
    let bad = admin.put(&line).to_string();
    admin.sync().await;

    let lines = |arguments: &[&str]| {
        let output = run(&data, arguments);
        let said = [output.stdout, output.stderr].map(|said| String::from_utf8(said).unwrap());
        let [out, err] = said;
        assert_eq!(steering(&out), [], "{arguments:?}");
        assert_eq!(steering(&err), [], "{arguments:?}");
        out.lines().count()
    };
    assert_eq!(lines(&["people"]), 2, "a name is one line");
    assert_eq!(lines(&["devices"]), 1);
    assert_eq!(lines(&["quarantine", "list"]), 2);
    assert_eq!(lines(&["quarantine", "show", &bad]), 2);
    lines(&["verify"]);
    lines(&["pair", HOSTILE]);
    // What a person typed comes back in errors.
    lines(&["quarantine", "show", "no\u{202e}id"]);
    lines(&["--data", "no\u{1b}[2Jwhere", "people"]);

    // Programs get the name as it is.
    let people = told(&data, &["people"]);
    let named = people.as_array().unwrap().iter().find(|one| one["person"] == made["admin"]);
    assert_eq!(named.unwrap()["name"], HOSTILE);
    honest(&mut admin).await;
}
