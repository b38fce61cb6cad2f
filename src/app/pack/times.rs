//! A line without the milliseconds that were spent on each item: staff are told that these are kept
//! for the form's sake, not that they leave the organisation.
//!
//! Invariant: nothing else of the line changes. Inside a JSON text a quote is escaped, so that the
//! member is found by its bytes.

const MEMBER: &str = "\"ms\"";

/// The line without them; `None` where it has none.
#[must_use]
pub fn without_times(line: &str) -> Option<String> {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    let mut found = false;
    while let Some(at) = rest.find(MEMBER) {
        let (before, after) = (rest.get(..at)?, rest.get(at.saturating_add(MEMBER.len())..)?);
        out.push_str(before);
        let Some(left) = number(after) else {
            // A text that says so, not a member.
            out.push_str(MEMBER);
            rest = after;
            continue;
        };
        found = true;
        rest = left;
        // With it goes one of the commas around it.
        let kept = out.trim_end().len();
        if out.trim_end().ends_with(',') {
            out.truncate(kept.saturating_sub(1));
        } else if let Some(next) = rest.trim_start().strip_prefix(',') {
            rest = next;
        }
    }
    out.push_str(rest);
    found.then_some(out)
}

/// What is left behind `: 1234`.
fn number(text: &str) -> Option<&str> {
    let value = text.trim_start().strip_prefix(':')?.trim_start();
    let left =
        value.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E'));
    (left.len() < value.len()).then_some(left)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn times_of_items_go_and_nothing_else_does() {
        let says = r#"he said "ms":5, or \"ms\":6"#;
        let line = json!({"body": {"answers": {
            "a": {"mark": "met", "ms": 1200}, "b": {"ms": 7, "text": says}, "c": {"ms": 3}, "d": {"text": "ms"},
        }, "seconds": 9}});
        let short = without_times(&line.to_string()).unwrap();
        let expected = json!({"body": {"answers": {
            "a": {"mark": "met"}, "b": {"text": says}, "c": {}, "d": {"text": "ms"},
        }, "seconds": 9}});
        assert_eq!(serde_json::from_str::<Value>(&short).unwrap(), expected);
        assert_eq!(
            without_times(r#"{"a":{"ms" : 12 , "mark":"met"}}"#).as_deref(),
            Some(r#"{"a":{ "mark":"met"}}"#)
        );
        assert_eq!(without_times(r#"{"mark":"met"}"#), None);
    }
}
