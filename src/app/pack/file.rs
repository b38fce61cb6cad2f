//! The name of a pack's file: what it is about, whom or where, the period, and the beginning of its
//! fingerprint, so that it can be told from another in a folder.
//!
//! Invariant: it says no name that the pack leaves out, and holds nothing that a file system refuses.

use super::words::Names;
use crate::app::i18n::t;
use crate::app::names;
use crate::engine::api::{PackScope, PackView};
use crate::record::Head;

/// So many bytes is what it is about, at most.
const MOST: usize = 60;

#[must_use]
pub fn name(view: &PackView, names: &Names, fingerprint: Head) -> String {
    let what = match &view.scope {
        PackScope::Person { person } => names.of(*person),
        PackScope::Theme { competency, .. } => format!("{} {}", names::competency(competency), view.place),
        PackScope::Site { .. } | PackScope::FollowUp { .. } => names.text(&view.name),
    };
    let mut what = plain(&what);
    if what.is_empty() {
        what = plain(&t("pack-title"));
    }
    let print = fingerprint.to_string();
    let print = print.get(..12).unwrap_or_default();
    format!("fieldproof-{what}-{}-to-{}-{print}.html", view.from, view.to)
}

/// Small letters and digits with hyphens between: letters of other scripts stay, accents too.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.to_lowercase().chars() {
        if out.len() >= MOST {
            break;
        }
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_made_of_letters_digits_and_single_hyphens() {
        assert_eq!(
            plain("Nights: escalation re-checked / on shift…"),
            "nights-escalation-re-checked-on-shift"
        );
        assert_eq!(plain("Medication Casa José "), "medication-casa-josé");
        assert_eq!(plain("../..\\"), "");
        assert!(plain(&"long ".repeat(40)).len() <= MOST + 3);
    }
}
