//! When a certificate ends. The TLS library checks others' certificates and does not tell this
//! about one's own, and a whole X.509 parser would be much for one date.
//!
//! Invariant: reads DER (RFC 5280, §4.1) down to `validity.notAfter` and nothing else; whatever is
//! not of that form is `None`, never a panic.

use chrono::NaiveDateTime;

const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xa0;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// The end of a certificate in DER, in milliseconds since 1970.
pub fn ends_ms(certificate: &[u8]) -> Option<i64> {
    let (_, certificate, _) = element(certificate)?;
    let (_, mut fields, _) = element(certificate)?;
    // The version stands there for all but the oldest.
    if fields.first() == Some(&VERSION) {
        fields = element(fields)?.2;
    }
    // Past serial number, signature algorithm and issuer.
    for _ in 0..3 {
        fields = element(fields)?.2;
    }
    let (SEQUENCE, validity, _) = element(fields)? else { return None };
    let (_, _, after_begin) = element(validity)?;
    let (tag, end, _) = element(after_begin)?;
    let end = std::str::from_utf8(end).ok()?;
    let end = match tag {
        // Two digits of a year: 50 and above are of the last century.
        UTC_TIME if end.get(..2)? >= "50" => format!("19{end}"),
        UTC_TIME => format!("20{end}"),
        GENERALIZED_TIME => end.to_owned(),
        _ => return None,
    };
    let end = NaiveDateTime::parse_from_str(&end, "%Y%m%d%H%M%SZ").ok()?;
    Some(end.and_utc().timestamp_millis())
}

/// The first element's tag and content, and what follows it.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (len, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        // So many bytes of length follow; four are more than any certificate has.
        let (len, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
        if len.len() > 4 {
            return None;
        }
        (len.iter().fold(0, |len, &byte| len << 8 | usize::from(byte)), rest)
    };
    let (content, rest) = rest.split_at_checked(len)?;
    Some((tag, content, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A certificate that ends at the given second, and one whose end is beyond two digits.
    #[test]
    fn both_forms_of_a_date_are_read() {
        for (year, ms) in [(2031, 1_953_849_600_000), (2060, 2_869_084_800_000)] {
            let mut params = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
            params.not_after = rcgen::date_time_ymd(year, 12, 1);
            let key = rcgen::KeyPair::generate().unwrap();
            let certificate = params.self_signed(&key).unwrap();
            assert_eq!(ends_ms(certificate.der()), Some(ms), "{year}");
        }
    }

    #[test]
    fn cut_anywhere_it_is_nothing() {
        let key = rcgen::KeyPair::generate().unwrap();
        let params = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        let der = params.self_signed(&key).unwrap().der().to_vec();
        for end in 0..der.len() {
            assert_eq!(ends_ms(&der[..end]), None);
        }
    }
}
