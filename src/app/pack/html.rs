//! HTML as a browser writes it back.
//!
//! Invariant: what is written here reads and serialises to the same bytes (no void or self-closing
//! elements, double quotes, the same escapes), so that the check in the file can hash what it shows.

use std::fmt::Write;

/// Adds `text` with what HTML would read otherwise escaped.
pub fn text(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\u{a0}' => out.push_str("&nbsp;"),
            // A browser reads both of these as something else.
            '\r' | '\0' => out.push(' '),
            c => out.push(c),
        }
    }
}

/// `<tag class="…">text</tag>`; no class where it is empty.
pub fn leaf(out: &mut String, tag: &str, class: &str, words: &str) {
    open(out, tag, class);
    text(out, words);
    close(out, tag);
}

/// `class` is one of ours: letters, digits, `-` and spaces.
pub fn open(out: &mut String, tag: &str, class: &str) {
    // Writing to a String cannot fail.
    let _ = if class.is_empty() { write!(out, "<{tag}>") } else { write!(out, "<{tag} class=\"{class}\">") };
}

pub fn close(out: &mut String, tag: &str) {
    let _ = write!(out, "</{tag}>");
}

/// As a browser writes back what it read: a carriage return stands as itself there.
pub fn read_back(html: &str) -> String {
    html.replace("&#13;", "\r")
}

/// The bytes of a line inside `<pre>`: read back exactly, CR included.
pub fn exact(out: &mut String, line: &str) {
    for c in line.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\u{a0}' => out.push_str("&nbsp;"),
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
}
