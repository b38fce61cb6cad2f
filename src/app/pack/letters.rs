//! Letters that stand for a name.

use crate::practice::shown::is_mark;

/// One letter of an alphabet. A sign of a script that writes a word with one is a name.
pub fn is_initial(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| !is_mark(*c));
    letters.next().is_some_and(|letter| letter.is_lowercase() || letter.is_uppercase())
        && letters.next().is_none()
}
