//! Pairing codes and tokens: made, written, and hashed. Pure; random bytes come in.
//!
//! Invariant: neither is kept or logged anywhere, only its SHA-256.

use sha2::{Digest, Sha256};

use crate::storage::Secret;

/// Thirty-two signs that cannot be taken for one another (Crockford's).
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A pairing code of forty random bits: `XXXX-XXXX`.
#[must_use]
pub fn code(random: [u8; 5]) -> String {
    let bits = random.iter().fold(0u64, |bits, &byte| bits << 8 | u64::from(byte));
    let mut code = String::with_capacity(9);
    for i in (0..8u32).rev() {
        let sign = usize::try_from(bits >> (5 * i) & 31).ok().and_then(|at| SIGNS.get(at));
        code.extend(sign.map(|&sign| char::from(sign)));
        if i == 4 {
            code.push('-');
        }
    }
    code
}

/// The hash of a code as someone typed it: case, dashes and spaces do not matter, and the letters
/// that are in no code count as the digits they look like.
#[must_use]
pub fn hash_code(typed: &str) -> Secret {
    let plain: String = typed
        .chars()
        .filter(|sign| !sign.is_whitespace() && *sign != '-')
        .map(|sign| match sign.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    Sha256::digest(plain.as_bytes()).into()
}

/// A bearer token of 256 random bits, in hex.
#[must_use]
pub fn token(random: [u8; 32]) -> String {
    fieldproof::record::Head::from_bytes(&random).map(|bytes| bytes.to_string()).unwrap_or_default()
}

#[must_use]
pub fn hash_token(token: &str) -> Secret {
    Sha256::digest(token.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = code([0x08, 0x40, 0xff, 0x00, 0x21]);
        assert_eq!(code.len(), 9);
        assert!(code.bytes().all(|sign| sign == b'-' || SIGNS.contains(&sign)));
        let sloppy = code.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        assert_eq!(hash_code(&code), hash_code(&sloppy));
        assert_ne!(hash_code(&code), hash_code("0000-0000"));
    }

    #[test]
    fn every_bit_of_a_code_counts() {
        let codes: std::collections::HashSet<_> =
            (0..40).map(|bit| code((1u64 << bit).to_be_bytes()[3..].try_into().unwrap())).collect();
        assert_eq!(codes.len(), 40);
    }
}
