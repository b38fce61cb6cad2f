//! Which PINs may be chosen: six digits that are not among those which are tried first.
//!
//! Invariant: asked only where a PIN is chosen. One that was chosen before goes on opening.

/// Chosen most often of those that no rule below finds: dates of the world, patterns of the keypad.
const OFTEN: [&str; 16] = [
    "159753", "147258", "258369", "741852", "963852", "147852", "142536", "102030", "010203", "131313",
    "696969", "420420", "520520", "007007", "101010", "112358",
];

/// Whether text is a PIN at all.
#[must_use]
pub fn is_pin(text: &str) -> bool {
    text.len() == 6 && text.bytes().all(|digit| digit.is_ascii_digit())
}

/// Whether a PIN is among the first that somebody who found the device would try: one digit, a run, two
/// or three digits again and again, doubled digits in a run, halves that mirror each other, or one of those
/// that most people choose.
#[must_use]
pub fn is_easy(pin: &str) -> bool {
    let digits: Vec<i16> = pin.bytes().map(|digit| i16::from(digit) - i16::from(b'0')).collect();
    let repeats = |length: usize| digits.iter().zip(digits.iter().skip(length)).all(|(a, b)| a == b);
    let mirrored = digits.iter().eq(digits.iter().rev());
    repeats(1)
        || repeats(2)
        || repeats(3)
        || mirrored
        || is_run(&digits)
        || is_doubled_run(&digits)
        || OFTEN.contains(&pin)
}

/// Up or down by one each time; after nine comes nought.
fn is_run(digits: &[i16]) -> bool {
    let step = |by: i16| {
        digits.iter().zip(digits.iter().skip(1)).all(|(a, b)| b.saturating_sub(*a).rem_euclid(10) == by)
    };
    step(1) || step(9)
}

/// 112233, 332211: each digit twice, and what remains is a run. 111222 likewise.
fn is_doubled_run(digits: &[i16]) -> bool {
    [2, 3].into_iter().any(|times| {
        let groups: Vec<&[i16]> = digits.chunks(times).collect();
        let equal = groups.iter().all(|group| group.iter().all(|digit| group.first() == Some(digit)));
        let firsts: Vec<i16> = groups.iter().filter_map(|group| group.first().copied()).collect();
        equal && is_run(&firsts)
    })
}

#[cfg(test)]
mod tests {
    use super::{is_easy, is_pin};

    #[test]
    fn what_is_tried_first_is_not_a_pin_to_choose() {
        for pin in [
            "000000", "111111", "999999", "123456", "234567", "456789", "567890", "654321", "987654",
            "012345", "098765", "121212", "909090", "123123", "456456", "007007", "112233", "332211",
            "111222", "999888", "123321", "147741", "159753", "147258", "131313",
        ] {
            assert!(is_pin(pin) && is_easy(pin), "{pin}");
        }
        for pin in ["135790", "907341", "582914", "246801", "400100", "112234", "123457", "193842"] {
            assert!(is_pin(pin) && !is_easy(pin), "{pin}");
        }
    }

    #[test]
    fn few_are_refused() {
        let easy = (0..1_000_000).filter(|n| is_easy(&format!("{n:06}"))).count();
        // Halves that mirror each other and halves that are equal are a thousand each.
        assert!((2_000..2_200).contains(&easy), "{easy}");
    }

    #[test]
    fn six_ascii_digits_and_nothing_else() {
        for text in ["", "12345", "1234567", "12345a", "１２３４５６", "12 345"] {
            assert!(!is_pin(text), "{text}");
        }
    }
}
