use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Every source file of the screens, but their tests.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            sources(&path, found);
        } else if name.ends_with(".rs") && !name.ends_with("tests.rs") {
            found.push(path);
        }
    }
}

/// What is read as `….name`, with what it is read of.
fn named(text: &str) -> impl Iterator<Item = &str> {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(".name").filter_map(move |(at, dot_name)| {
        let after = text[at + dot_name.len()..].chars().next();
        let begins = text[..at].rfind(|c| !word(c)).map_or(0, |before| before + 1);
        (begins < at && !after.is_some_and(|c| word(c) || c == '(')).then(|| &text[begins..at])
    })
}

/// People, sites and standards are shown by `shown` and `title`, which tell apart what looks alike; a bare
/// name stands in the form that changes it.
#[test]
fn no_screen_shows_a_bare_name() {
    const FINE: &[(&str, &[&str])] = &[
        // The forms that change it, and what warns of a second one.
        ("admin/person.rs", &["first", "row"]),
        ("admin/site.rs", &["first", "row", "twin"]),
        // Sorted by, not shown.
        ("capture/people.rs", &["person"]),
        // Told apart by the engine: who is unlocked, who uses this device, what a pack is about.
        ("lock/mod.rs", &["profile"]),
        ("more/mod.rs", &["me", "profile"]),
        ("more/pin.rs", &["me"]),
        ("shell.rs", &["me"]),
        ("ui/page.rs", &["me"]),
        ("pack/document.rs", &["view"]),
        ("pack/file.rs", &["view"]),
        ("pack/list.rs", &["row"]),
        // Names of other things: devices, fields, months.
        ("admin/devices.rs", &["row"]),
        ("today/row.rs", &["device"]),
        ("form.rs", &["field"]),
        ("form/complete.rs", &["self"]),
        ("pack/figures.rs", &["month"]),
        ("pack/plot.rs", &["month"]),
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app");
    let (mut files, mut bare, mut used) = (Vec::new(), Vec::new(), BTreeSet::new());
    sources(&root, &mut files);
    assert!(files.len() > 100, "the scan finds the screens");
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let file = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        for of in named(code) {
            if FINE.iter().any(|(known, fine)| *known == file && fine.contains(&of)) {
                used.insert((file.clone(), of.to_owned()));
            } else {
                bare.push(format!("{file}: {of}.name"));
            }
        }
    }
    assert!(bare.is_empty(), "show `shown` instead: {bare:?}");
    let left: Vec<_> = FINE
        .iter()
        .flat_map(|(file, fine)| fine.iter().map(move |of| ((*file).to_owned(), (*of).to_owned())))
        .filter(|known| !used.contains(known))
        .collect();
    assert!(left.is_empty(), "not there any more: {left:?}");
}

/// P-Z1: a moment of another day has the offset of that day (`when::here`), and not that of the present.
#[test]
fn no_screen_takes_the_offset_of_today_for_another_day() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app"), &mut files);
    assert!(files.len() > 100, "the screens are found");
    let todays = concat!("now().", "offset()");
    let found: Vec<&PathBuf> =
        files.iter().filter(|file| std::fs::read_to_string(file).unwrap().contains(todays)).collect();
    assert!(found.is_empty(), "{found:?}");
}
