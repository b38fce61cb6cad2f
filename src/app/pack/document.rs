//! The whole file: the page, the lines behind it, and the check that anyone can run on them.
//!
//! Invariant: the fingerprint covers every byte of the page and every line and head; `check.js` and
//! [`fingerprint`] compute the same. The policy in the file lets its own script and style run and
//! nothing else, so that opening a pack asks nobody for anything.

use std::fmt::Write;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest, Sha256};

use super::html::{exact, leaf, text};
use super::parts;
use super::words::Names;
use crate::app::i18n::{lang, t, t_args};
use crate::app::names;
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
}

/// Writes the pack. `shown`: staff are named in it.
#[must_use]
pub fn write(view: &PackView, shown: bool) -> Document {
    let names = Names::new(&view.names, shown);
    let page = page(view, &names);
    let lines: Vec<(&PackLine, bool)> =
        view.lines.iter().map(|line| (line, names.may_show(&line.line))).collect();
    let fingerprint = fingerprint(&page, &lines);
    let in_chain = |server: bool| {
        lines.iter().filter(|(line, _)| line.place.is_some_and(|place| place.server == server)).count()
    };
    let mut document = Document {
        html: String::new(),
        fingerprint,
        lines: lines.len(),
        proven: in_chain(true),
        own: in_chain(false),
        left_out: lines.iter().filter(|(_, may)| !may).count(),
    };
    document.html = whole(view, &page, &lines, &document);
    document
}

/// SHA-256 over the page's hash and, for each line, its own hash and its head, one a row; `-` where
/// there is none.
fn fingerprint(page: &str, lines: &[(&PackLine, bool)]) -> Head {
    let mut rows = format!("{}\n", hash(page.as_bytes()));
    for (line, may) in lines {
        let own = if *may { hash(line.line.as_bytes()).to_string() } else { "-".to_owned() };
        let head = line.place.map_or_else(|| "-".to_owned(), |place| place.head.to_string());
        let _ = write!(rows, "{own}\n{head}\n");
    }
    hash(rows.as_bytes())
}

fn hash(bytes: &[u8]) -> Head {
    Head::from_bytes(&Sha256::digest(bytes)).unwrap_or(Head::ZERO)
}

fn page(view: &PackView, names: &Names) -> String {
    let mut out = String::new();
    leaf(&mut out, "p", "sub", &t_args("pack-kicker", &[("org", view.org.clone().into())]));
    let title = match &view.scope {
        PackScope::Person { person } => names.of(*person),
        PackScope::Theme { competency, .. } => names::competency(competency),
        _ => names.text(&view.name),
    };
    leaf(&mut out, "h1", "", &title);
    let period =
        t_args("pack-period", &[("from", view.from.to_string().into()), ("to", view.to.to_string().into())]);
    leaf(&mut out, "p", "sub", &period);
    let made = t_args("pack-made", &[("at", parts::day(view.at).into()), ("by", names.of(view.by).into())]);
    leaf(&mut out, "p", "sub", &made);
    parts::write(&mut out, view, names);
    parts::records(&mut out, view, names);
    out
}

fn whole(view: &PackView, page: &str, lines: &[(&PackLine, bool)], document: &Document) -> String {
    let number = |n: usize| u64::try_from(n).unwrap_or(0);
    let mut out = String::with_capacity(page.len() * 2 + 4096);
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-{}'; \
         style-src 'sha256-{}'; base-uri 'none'; form-action 'none'\"><title>",
        lang().tag(),
        BASE64_STANDARD.encode(Sha256::digest(SCRIPT)),
        BASE64_STANDARD.encode(Sha256::digest(STYLE)),
    );
    text(&mut out, &t_args("pack-kicker", &[("org", view.org.clone().into())]));
    let _ = write!(out, "</title><style>{STYLE}</style></head><body><main id=\"page\">{page}</main>");

    out.push_str("<section class=\"proof\">");
    leaf(&mut out, "h2", "", &t("pack-proof"));
    leaf(&mut out, "p", "", &t("pack-proof-how"));
    out.push_str("<button type=\"button\" id=\"check\" disabled>");
    text(&mut out, &t("pack-check-now"));
    out.push_str("</button><div aria-live=\"polite\"><p id=\"good\" class=\"result\" hidden>✓ ");
    text(&mut out, &t("pack-good"));
    out.push_str("</p><p id=\"bad\" class=\"result\" hidden>✗ ");
    text(&mut out, &t("pack-bad"));
    out.push_str("</p><ul id=\"faults\"></ul></div><p hidden><span id=\"say-line\">");
    text(&mut out, &t("pack-bad-line"));
    out.push_str("</span><span id=\"say-page\">");
    text(&mut out, &t("pack-bad-page"));
    out.push_str("</span><span id=\"checked\"></span></p>");
    for (n, key) in [
        (document.proven, t_args("pack-proven", &[("n", number(document.proven).into())])),
        (document.own, t_args("pack-own", &[("n", number(document.own).into())])),
        (
            document.lines - document.proven - document.own,
            t_args("pack-unplaced", &[("n", number(document.lines - document.proven - document.own).into())]),
        ),
        (document.left_out, t_args("pack-left-out", &[("n", number(document.left_out).into())])),
    ] {
        if n > 0 {
            leaf(&mut out, "p", "hint", &key);
        }
    }
    out.push_str("<details id=\"lines-all\"><summary>");
    text(&mut out, &t_args("pack-lines", &[("n", number(document.lines).into())]));
    out.push_str("</summary><ol id=\"lines\">");
    for (line, may) in lines {
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
        if *may {
            out.push_str("<pre>");
            exact(&mut out, &line.line);
            out.push_str("</pre>");
        } else {
            leaf(&mut out, "p", "hint", &t("pack-line-left-out"));
        }
        out.push_str("</li>");
    }
    out.push_str("</ol></details></section><footer>");
    leaf(&mut out, "p", "", &t("pack-fingerprint"));
    let _ = write!(out, "<p><code id=\"fingerprint\">{}</code></p>", document.fingerprint);
    leaf(&mut out, "p", "hint", &t("pack-fingerprint-hint"));
    out.push_str("</footer><script>");
    out.push_str(SCRIPT);
    out.push_str("</script></body></html>\n");
    debug_assert!(!SCRIPT.contains("</script") && !STYLE.contains("</style"));
    out
}
