//! Numbers as people type them, in English and in Spanish.
//!
//! Invariants: pure; nothing is guessed: what can be read in two ways is asked about; what is counted is
//! whole; a number that is written by [`write`] reads as itself.

/// What a field asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Doses, people, minutes, days: whole, and never below 0.
    Counted,
    /// Hours, degrees, shares: with decimals, too.
    Measured,
}

/// What was typed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reading {
    Nothing,
    Number(f64),
    /// Two numbers are written like this: one with its thousands apart, one with decimals.
    Either {
        thousands: f64,
        decimals: f64,
    },
    /// A number with decimals, where something is counted.
    NotWhole,
    NotANumber,
}

/// So many digits come back from a float as they were typed.
const MOST_DIGITS: usize = 15;

/// What a thousand is set apart with, beside the comma and the point: spaces, some of which do not break.
const SPACES: [char; 4] = [' ', '\u{a0}', '\u{2009}', '\u{202f}'];

impl Reading {
    #[must_use]
    pub fn number(self) -> Option<f64> {
        if let Reading::Number(number) = self { Some(number) } else { None }
    }
}

/// Reads what was typed. A comma or a point before three digits sets thousands apart where something is
/// counted, and can be either where it is measured.
#[must_use]
pub fn read(text: &str, kind: Kind) -> Reading {
    let text: String =
        text.trim().chars().map(|letter| if SPACES.contains(&letter) { ' ' } else { letter }).collect();
    if text.is_empty() {
        return Reading::Nothing;
    }
    let (sign, text) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(text) => (-1.0, text),
        None => (1.0, text.as_str()),
    };
    let known = text.chars().all(|letter| letter.is_ascii_digit() || " ,.".contains(letter));
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if !known || digits == 0 || digits > MOST_DIGITS {
        return Reading::NotANumber;
    }
    // Without a sign before a nought.
    let signed = |number: f64| if number == 0.0 { 0.0 } else { sign * number };
    match (whole(text), decimal(text), kind) {
        (Some(number), None, _) | (Some(number), Some(_), Kind::Counted) => Reading::Number(signed(number)),
        (Some(thousands), Some(decimals), Kind::Measured) => {
            Reading::Either { thousands: signed(thousands), decimals: signed(decimals) }
        }
        (None, Some(number), Kind::Measured) => Reading::Number(signed(number)),
        (None, Some(_), Kind::Counted) => Reading::NotWhole,
        (None, None, _) => Reading::NotANumber,
    }
}

/// "1240", "1 240", "1,240,000", "1.240".
fn whole(text: &str) -> Option<f64> {
    let Some(apart) = text.chars().find(|letter| !letter.is_ascii_digit()) else {
        return text.parse().ok();
    };
    let mut groups = text.split(apart);
    let first = groups.next()?;
    let all_digits = |group: &str| group.chars().all(|letter| letter.is_ascii_digit());
    let begins = all_digits(first) && (1..=3).contains(&first.len()) && !first.starts_with('0');
    let rest = groups.all(|group| group.len() == 3 && all_digits(group));
    (begins && rest).then(|| text.replace(apart, ""))?.parse().ok()
}

/// "37.5", "37,5", ".5", "1 240,5", "1,240.5".
fn decimal(text: &str) -> Option<f64> {
    let at = text.rfind([',', '.'])?;
    let (before, after) = text.split_at(at);
    let mark = after.chars().next()?;
    let after = after.get(1..)?;
    if after.is_empty() || !after.chars().all(|letter| letter.is_ascii_digit()) || before.contains(mark) {
        return None;
    }
    let before: String = match before {
        "" => "0".to_owned(),
        before => {
            whole(before)?;
            before.chars().filter(char::is_ascii_digit).collect()
        }
    };
    format!("{before}.{after}").parse().ok()
}

/// A number as nobody reads it in two ways: without anything between thousands, and with a nought behind
/// decimals that look like them.
#[must_use]
pub fn write(number: f64) -> String {
    let text = format!("{number}");
    let thousands = whole(text.strip_prefix('-').unwrap_or(&text)).is_some();
    if thousands && text.contains('.') { format!("{text}0") } else { text }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number(text: &str, kind: Kind) -> Option<f64> {
        read(text, kind).number()
    }

    /// P-N1: 1,240 doses are 1240, and never 1.24.
    #[test]
    fn a_count_is_whole_however_its_thousands_are_set_apart() {
        for text in ["1240", "1,240", "1.240", "1 240", " 1\u{202f}240 ", "1\u{a0}240"] {
            assert_eq!(number(text, Kind::Counted), Some(1240.0), "{text}");
        }
        assert_eq!(number("1,240,000", Kind::Counted), Some(1_240_000.0));
        for text in ["12.5", "12,5", "1,24", "0,240", "1.234,5", ".5", "1,2405"] {
            assert_eq!(read(text, Kind::Counted), Reading::NotWhole, "{text}");
        }
    }

    #[test]
    fn what_measures_has_decimals_and_is_asked_about_where_it_could_be_either() {
        assert_eq!(number(" 37,5 ", Kind::Measured), Some(37.5));
        assert_eq!(number("37.5", Kind::Measured), Some(37.5));
        assert_eq!(number("0,125", Kind::Measured), Some(0.125));
        assert_eq!(number(".5", Kind::Measured), Some(0.5));
        assert_eq!(number("1.234,5", Kind::Measured), Some(1234.5));
        assert_eq!(number("1,234.5", Kind::Measured), Some(1234.5));
        assert_eq!(number("1 234,567", Kind::Measured), Some(1234.567));
        assert_eq!(number("1 240", Kind::Measured), Some(1240.0));
        assert_eq!(number("-3", Kind::Measured), Some(-3.0));
        for text in ["1,240", "1.240"] {
            let either = Reading::Either { thousands: 1240.0, decimals: 1.24 };
            assert_eq!(read(text, Kind::Measured), either, "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        assert_eq!(read("  ", Kind::Counted), Reading::Nothing);
        assert_eq!(number(&write(123_456_789_012.345), Kind::Measured), Some(123_456_789_012.345));
        for text in [
            "high",
            "inf",
            "1e3",
            "1,2,3",
            "12 5",
            "1,24,000",
            "5.",
            ",",
            "-",
            "1.234.5",
            "1 23,4",
            "1,234,567.8.9",
            "١٢",
            "1234567890123456",
            "1'240",
            "--1",
        ] {
            for kind in [Kind::Counted, Kind::Measured] {
                assert_eq!(read(text, kind), Reading::NotANumber, "{text}");
            }
        }
    }

    proptest! {
        /// What is shown back is what is stored, in either language's decimals.
        #[test]
        fn a_number_shown_back_is_the_number_stored(text in "[0-9 .,-]{1,14}") {
            for kind in [Kind::Counted, Kind::Measured] {
                let shown = match read(&text, kind) {
                    Reading::Number(number) => vec![number],
                    Reading::Either { thousands, decimals } => vec![thousands, decimals],
                    _ => Vec::new(),
                };
                for number in shown {
                    let written = write(number);
                    prop_assert_eq!(read(&written, Kind::Measured), Reading::Number(number));
                    prop_assert_eq!(read(&written.replace('.', ","), Kind::Measured), Reading::Number(number));
                }
                if let (Kind::Counted, Reading::Number(number)) = (kind, read(&text, kind)) {
                    prop_assert_eq!(number.fract(), 0.0);
                    prop_assert_eq!(read(&write(number), kind), Reading::Number(number));
                }
            }
        }

        /// No digit that was typed is dropped or moved, and none is added.
        #[test]
        fn every_digit_typed_is_in_the_number_shown(number in 0_u64..1_000_000_000_000, places in 0_usize..3) {
            let text = number.to_string();
            let at = text.len().saturating_sub(places).max(1);
            let (before, after) = text.split_at(at.min(text.len()));
            let typed = if after.is_empty() { before.to_owned() } else { format!("{before}.{after}") };
            let read = super::read(&typed, Kind::Measured).number();
            prop_assert_eq!(read, typed.parse().ok());
        }
    }
}
