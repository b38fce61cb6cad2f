//! What is typed while pairing, brought into shape.

/// As the administrator sees it: upper case, `XXXX-XXXX`. What is no letter or digit is left out, so
/// that spaces and dashes may be typed or not.
#[must_use]
pub fn format_code(text: &str) -> String {
    let plain: String =
        text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).take(8).collect();
    match plain.split_at_checked(4) {
        Some((first, rest)) if !rest.is_empty() => format!("{first}-{rest}"),
        _ => plain,
    }
}

/// Complete, as far as can be told without asking.
#[must_use]
pub fn is_code(text: &str) -> bool {
    format_code(text).len() == 9
}

/// `care.example` means `https://care.example`; a slash at the end is none.
#[must_use]
pub fn server_address(text: &str) -> String {
    let text = text.trim().trim_end_matches('/');
    if text.contains("://") || text.is_empty() { text.to_owned() } else { format!("https://{text}") }
}

#[cfg(test)]
mod tests {
    use super::{format_code, is_code, server_address};

    #[test]
    fn a_code_may_be_typed_in_any_way() {
        assert_eq!(format_code("7kq4 9xzr"), "7KQ4-9XZR");
        assert_eq!(format_code("7kq49"), "7KQ4-9");
        assert_eq!(format_code("7kq4-"), "7KQ4");
        assert_eq!(format_code("7KQ4-9XZR-more"), "7KQ4-9XZR");
        assert!(is_code("7kq49xzr") && !is_code("7kq4"));
    }

    #[test]
    fn a_server_may_be_named_without_its_scheme() {
        assert_eq!(server_address(" care.example/ "), "https://care.example");
        assert_eq!(server_address("http://localhost:8787"), "http://localhost:8787");
    }
}
