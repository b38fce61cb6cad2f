//! What a line may not be although it is JSON: nested without end, or two things at once.
//!
//! A member that stands twice is read one way here and another way there (the first, the last, or
//! not at all), so that two readers of one line would see two lines. One look over the text settles it
//! for all of them, whatever they read afterwards and by whatever means.

use std::borrow::Cow;

use super::LineError;

/// The deepest nesting that a line may have; its own object is the first level.
pub const MAX_DEPTH: usize = 32;

/// Names of members that may be told where the line itself may not be shown; any other can be a word
/// of its content.
const TOLD: [&str; 22] = [
    "v",
    "id",
    "replica",
    "seq",
    "at",
    "author",
    "kind",
    "site",
    "subject",
    "org",
    "body",
    "name",
    "role",
    "sites",
    "active",
    "person",
    "programme",
    "settings",
    "of",
    "base",
    "content",
    "answers",
];

/// What is told of a member that stands twice.
fn told(member: &str, outermost: bool) -> &'static str {
    let ours = TOLD.into_iter().find(|known| *known == member);
    ours.unwrap_or(if outermost { "line" } else { "body" })
}

/// As many members are compared each with each; more are sorted first, so that an object of ten
/// thousand members costs what its length costs and no more.
const FEW: usize = 12;

/// Looks over a text that was found to be JSON.
pub(super) fn look(text: &str) -> Result<(), LineError> {
    let bytes = text.as_bytes();
    // The members of every object that is open, and for each open object or array where its own begin.
    let mut members: Vec<Cow<'_, str>> = Vec::with_capacity(24);
    let mut open: Vec<Open> = Vec::with_capacity(MAX_DEPTH);
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at = at.saturating_add(1);
        match byte {
            b'{' | b'[' => {
                if open.len() >= MAX_DEPTH {
                    return Err(LineError::Malformed(format!("it is nested deeper than {MAX_DEPTH}")));
                }
                let object = *byte == b'{';
                open.push(Open { object, from: members.len(), name_next: object });
            }
            b'}' | b']' => {
                let Some(closed) = open.pop() else { continue };
                if let Some(twice) = twice(members.get_mut(closed.from..).unwrap_or_default()) {
                    return Err(LineError::Twice(told(&twice, open.is_empty())));
                }
                members.truncate(closed.from);
            }
            b',' => {
                if let Some(inner) = open.last_mut() {
                    inner.name_next = inner.object;
                }
            }
            b'"' => {
                let from = at;
                let mut escaped = false;
                while let Some(byte) = bytes.get(at) {
                    match byte {
                        b'"' => break,
                        b'\\' => {
                            escaped = true;
                            at = at.saturating_add(2);
                        }
                        _ => at = at.saturating_add(1),
                    }
                }
                let inside = text.get(from..at).unwrap_or_default();
                at = at.saturating_add(1);
                if let Some(inner) = open.last_mut().filter(|inner| inner.name_next) {
                    inner.name_next = false;
                    members.push(if escaped { unescaped(inside)? } else { Cow::Borrowed(inside) });
                } else if escaped && inside.contains("\\u") {
                    unescaped(inside)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

struct Open {
    object: bool,
    /// Where its own members begin.
    from: usize,
    /// The next string is a member's name.
    name_next: bool,
}

/// What an escaped text says. Half of a pair of surrogates is no text: some readers keep it, some put
/// another character in its place, and some refuse.
fn unescaped(inside: &str) -> Result<Cow<'_, str>, LineError> {
    serde_json::from_str::<String>(&format!("\"{inside}\""))
        .map(Cow::Owned)
        .map_err(|_| LineError::Malformed("an escape in it is no character".into()))
}

fn twice(names: &mut [Cow<'_, str>]) -> Option<String> {
    if names.len() > FEW {
        names.sort_unstable();
        return names.windows(2).find_map(|pair| match pair {
            [one, other] if one == other => Some(one.to_string()),
            _ => None,
        });
    }
    let mut rest = &*names;
    while let Some((first, after)) = rest.split_first() {
        if after.contains(first) {
            return Some(first.to_string());
        }
        rest = after;
    }
    None
}
