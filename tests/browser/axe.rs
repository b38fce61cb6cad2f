//! axe-core on the screen that is open, and what `measure.js` can measure of UX.md.

use std::path::PathBuf;
use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::device::Device;
use crate::look;
use crate::server::target;

const MEASURE: &str = include_str!("measure.js");

fn source() -> &'static str {
    static SOURCE: OnceLock<String> = OnceLock::new();
    SOURCE.get_or_init(|| {
        let path = std::env::var_os("FIELDPROOF_AXE")
            .map_or_else(|| target().join("npm/axe-core/node_modules/axe-core/axe.min.js"), PathBuf::from);
        std::fs::read_to_string(&path).unwrap_or_else(|_| {
            panic!("axe-core is not at {}: cargo xtask test browser fetches it from npm", path.display())
        })
    })
}

/// Which rules: all for WCAG 2.2 AA and good practice, or what a change of colours can break.
#[derive(Clone, Copy)]
pub enum Rules {
    All,
    Colours,
}

/// What axe finds, one line for each element.
pub async fn finds(device: &Device, rules: Rules) -> Vec<String> {
    look::at_rest(device).await;
    if device.run("return !globalThis.axe", vec![]).await == json!(true) {
        device.run(source(), vec![]).await;
    }
    let only = match rules {
        Rules::All => {
            json!({"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
        }
        Rules::Colours => json!({"type": "rule", "values": ["color-contrast"]}),
    };
    let script = "const found = await axe.run(document, {runOnly: arguments[0], resultTypes: ['violations']});
        return found.violations.flatMap((violation) => violation.nodes.map((node) =>
            `axe ${violation.id}: ${node.target.join(' ')} – ${(node.failureSummary || '').split('\\n').slice(1, 3).join(' ').trim()}`))";
    lines(&device.wait_for(script, vec![only]).await)
}

/// What `measure.js` finds of these checks.
pub async fn measures(device: &Device, language: &str, checks: &[&str]) -> Vec<String> {
    look::at_rest(device).await;
    lines(&device.run(MEASURE, vec![json!(language), json!(keys()), json!(checks)]).await)
}

fn lines(value: &Value) -> Vec<String> {
    let list = value.as_array().cloned().unwrap_or_default();
    list.iter().filter_map(|line| line.as_str().map(str::to_owned)).collect()
}

/// The keys of the locale files: none of them may ever stand on a screen.
fn keys() -> &'static [String] {
    static KEYS: OnceLock<Vec<String>> = OnceLock::new();
    KEYS.get_or_init(|| {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/locales/en");
        let files = std::fs::read_dir(folder).unwrap().flatten();
        let texts = files.map(|file| std::fs::read_to_string(file.path()).unwrap());
        let key = |line: &str| line.split_once(" =").map(|(key, _)| key.to_owned());
        let all = texts.flat_map(|text| text.lines().filter_map(key).collect::<Vec<_>>());
        all.filter(|key| key.contains('-') && !key.starts_with([' ', '#'])).collect()
    })
}
