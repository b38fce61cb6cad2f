//! The whole file: the page, the lines behind it, and the check that anyone can run on them.
//!
//! Invariant: the fingerprint covers the language, the head and the whole body but for the field that it
//! stands in itself; `check.js` and [`seal`] compute the same. The policy in the file lets its own script and style run and
//! nothing else, so that opening a pack asks nobody for anything.

use std::fmt::Write;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest, Sha256};

use super::html::{exact, leaf, read_back, text};
use super::times::without_times;
use super::words::Names;
use super::{file, lines, parts};
use crate::app::i18n::{lang, t, t_args};
use crate::app::today::join;
use crate::app::{names, refused};
use crate::engine::api::{PackLine, PackScope, PackView};
use crate::record::Head;

const SCRIPT: &str = include_str!("check.js");
const STYLE: &str = include_str!("pack.css");

/// A finished pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub html: String,
    pub fingerprint: Head,
    pub lines: usize,
    /// Lines that stand in a chain which the server vouches for.
    pub proven: usize,
    /// Lines that only this device's own chain vouches for.
    pub own: usize,
    /// Lines left out because they name somebody.
    pub left_out: usize,
    /// Lines shown without the time that was spent on each item.
    pub shortened: usize,
    /// What it is about, whom or where and when, with the beginning of its fingerprint.
    pub file: String,
}

/// What may stand in a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choices {
    /// Staff are named.
    pub names: bool,
    /// The milliseconds spent on each item stay in the lines.
    pub times: bool,
}

/// How much of a line is shown.
enum Shown<'a> {
    Whole(&'a str),
    /// Without the times of its items.
    Short(String),
    /// Not at all: it names somebody.
    LeftOut,
}

/// Writes the pack.
#[must_use]
pub fn write(view: &PackView, choices: Choices) -> Document {
    let names = Names::new(&view.names, choices.names).shown_as(&view.shown);
    let page = page(view, &names);
    let lines: Vec<(&PackLine, Shown)> = view
        .lines
        .iter()
        .map(|line| {
            let shown = match without_times(&line.line).filter(|_| !choices.times) {
                _ if !names.may_show(&line.line) => Shown::LeftOut,
                Some(short) => Shown::Short(short),
                None => Shown::Whole(&line.line),
            };
            (line, shown)
        })
        .collect();
    let in_chain = |server: bool| {
        lines.iter().filter(|(line, _)| line.place.is_some_and(|place| place.server == server)).count()
    };
    let mut document = Document {
        html: String::new(),
        fingerprint: Head::ZERO,
        lines: lines.len(),
        proven: in_chain(true),
        own: in_chain(false),
        left_out: lines.iter().filter(|(_, shown)| matches!(shown, Shown::LeftOut)).count(),
        shortened: lines.iter().filter(|(_, shown)| matches!(shown, Shown::Short(_))).count(),
        file: String::new(),
    };
    let (head, before) = (head(view), body(&page, &lines, &document));
    let after = format!("</code></p>{}<script>{SCRIPT}</script>", hint());
    document.fingerprint = seal(&head, &format!("{before}{after}"));
    document.file = file::name(view, &names, document.fingerprint);
    let print = document.fingerprint;
    document.html = format!(
        "<!doctype html><html lang=\"{}\"><head>{head}</head><body>{before}{print}{after}</body></html>",
        lang().tag()
    );
    debug_assert!(!SCRIPT.contains("</script") && !STYLE.contains("</style"));
    document
}

/// What stands behind the fingerprint.
fn hint() -> String {
    let mut out = String::new();
    leaf(&mut out, "p", "hint", &t("pack-fingerprint-hint"));
    out.push_str("</footer>");
    out
}

/// SHA-256 over language, head and body, as a browser writes them back.
fn seal(head: &str, body: &str) -> Head {
    hash(read_back(&format!("{}\n{head}\n{body}", lang().tag())).as_bytes())
}

fn hash(bytes: &[u8]) -> Head {
    Head::from_bytes(&Sha256::digest(bytes)).unwrap_or(Head::ZERO)
}

fn page(view: &PackView, names: &Names) -> String {
    let mut out = String::new();
    let org = parts::head(&view.org).unwrap_or_else(|| view.org.clone());
    leaf(&mut out, "p", "sub", &t_args("pack-kicker", &[("org", org.into())]));
    let title = match &view.scope {
        PackScope::Person { person } => names.of(*person),
        PackScope::Theme { competency, .. } => join([names::competency(competency), view.place.clone()]),
        _ => names.text(&view.name),
    };
    leaf(&mut out, "h1", "", &parts::head(&title).unwrap_or_else(|| title.clone()));
    let period =
        t_args("pack-period", &[("from", view.from.to_string().into()), ("to", view.to.to_string().into())]);
    leaf(&mut out, "p", "sub", &period);
    let by = names.of(view.by);
    let by = parts::head(&by).unwrap_or(by);
    let made = t_args("pack-made", &[("at", lines::day(view.at).into()), ("by", by.into())]);
    leaf(&mut out, "p", "sub", &made);
    if !names.are_shown() {
        leaf(&mut out, "p", "sub", &t("pack-nameless"));
    }
    parts::write(&mut out, view, names, &title);
    parts::records(&mut out, view, names);
    out
}

fn head(view: &PackView) -> String {
    let mut out = String::new();
    let _ = write!(
        out,
        "<meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-{}'; \
         style-src 'sha256-{}'; base-uri 'none'; form-action 'none'\"><title>",
        BASE64_STANDARD.encode(Sha256::digest(SCRIPT)),
        BASE64_STANDARD.encode(Sha256::digest(STYLE)),
    );
    text(&mut out, &t_args("pack-kicker", &[("org", view.org.clone().into())]));
    let _ = write!(out, "</title><style>{STYLE}</style>");
    out
}

/// The body up to where the fingerprint stands.
fn body(page: &str, lines: &[(&PackLine, Shown)], document: &Document) -> String {
    let number = |n: usize| u64::try_from(n).unwrap_or(0);
    let mut out = String::with_capacity(page.len().saturating_mul(2).saturating_add(4096));
    let _ = write!(out, "<main id=\"page\">{page}</main>");
    out.push_str("<section class=\"proof\">");
    leaf(&mut out, "h2", "", &t("pack-proof"));
    leaf(&mut out, "p", "", &t("pack-proof-how"));
    out.push_str("<button type=\"button\" id=\"check\" disabled=\"\">");
    text(&mut out, &t("pack-check-now"));
    out.push_str("</button><div id=\"result\" aria-live=\"polite\"></div><div hidden=\"\">");
    for (id, words) in [
        ("good", t("pack-good")),
        ("translated", t("pack-translated")),
        ("moved", t("pack-moved")),
        ("bad", t("pack-bad")),
        ("say-line", t("pack-bad-line")),
        ("say-page", t("pack-bad-page")),
        ("say-checked", t("pack-lines-checked")),
    ] {
        let _ = write!(out, "<p id=\"{id}\">");
        text(&mut out, &words);
        out.push_str("</p>");
    }
    out.push_str("</div>");
    let unplaced = document.lines.saturating_sub(document.proven).saturating_sub(document.own);
    for (n, words) in [
        (document.proven, "pack-proven"),
        (document.own, "pack-own"),
        (unplaced, "pack-unplaced"),
        (document.left_out, "pack-left-out"),
        (document.shortened, "pack-shortened"),
    ] {
        if n > 0 {
            leaf(&mut out, "p", "hint", &t_args(words, &[("n", number(n).into())]));
        }
    }
    out.push_str("<details id=\"lines-all\"><summary>");
    text(&mut out, &t_args("pack-lines", &[("n", number(document.lines).into())]));
    out.push_str("</summary><ol id=\"lines\">");
    for (line, shown) in lines {
        one_line(&mut out, line, shown);
    }
    out.push_str("</ol></details></section><footer>");
    leaf(&mut out, "p", "", &t("pack-fingerprint"));
    out.push_str("<p><code id=\"fingerprint\" translate=\"no\">");
    out
}

fn one_line(out: &mut String, line: &PackLine, shown: &Shown) {
    match line.place {
        Some(place) => {
            let _ = write!(
                out,
                "<li data-replica=\"{}\" data-seq=\"{}\" data-before=\"{}\" data-head=\"{}\"><code>{} · {}</code>",
                place.replica, place.seq, place.before, place.head, place.replica, place.seq
            );
        }
        None => {
            let _ = write!(out, "<li><code>{}</code>", line.id);
        }
    }
    if let Some(why) = line.refused {
        leaf(out, "p", "refused", &t_args("pack-refused", &[("why", refused::why(why).into())]));
    }
    match shown {
        Shown::Whole(line) => {
            out.push_str("<pre translate=\"no\">");
            exact(out, line);
            out.push_str("</pre>");
        }
        Shown::Short(line) => {
            out.push_str("<pre class=\"short\" translate=\"no\">");
            exact(out, line);
            out.push_str("</pre>");
        }
        Shown::LeftOut => leaf(out, "p", "hint", &t("pack-line-left-out")),
    }
    out.push_str("</li>");
}
