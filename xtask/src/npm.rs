//! Single tools from npm, each of a pinned version in a folder of its own below `target/npm`.

use std::path::PathBuf;

use crate::need;
use crate::sh::{self, Done, at, say};

/// Fetches `name@version` once, and gives the path of one of its files.
pub fn fetch(name: &str, version: &str, file: &str) -> Done<PathBuf> {
    let wanted = format!("{name}@{version}");
    let folder = sh::target().join("npm").join(name);
    let path = folder.join("node_modules").join(name).join(file);
    let note = folder.join("installed");
    if path.exists() && std::fs::read_to_string(&note).is_ok_and(|text| text == wanted) {
        return Ok(path);
    }
    if !sh::has("npm") || !sh::has("node") {
        need::apt(need::NODE)?;
    }
    if !sh::has("npm") || !sh::has("node") {
        return Err(format!(
            "{wanted} is needed, and comes from npm: install node and npm, then start again"
        ));
    }
    std::fs::create_dir_all(&folder).map_err(at(&folder))?;
    say(&format!("Fetching {wanted} from npm"));
    let mut npm = sh::command("npm");
    npm.arg("install").arg("--prefix").arg(&folder);
    npm.args(["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", &wanted]);
    if sh::ask(&mut npm).is_none() || !path.exists() {
        return Err(format!(
            "{wanted} could not be fetched: the npm registry is not to be reached from here"
        ));
    }
    std::fs::write(&note, &wanted).map_err(at(&note))?;
    Ok(path)
}
