//! Versions as programs tell them.

use std::fmt;

/// The first two numbers; the third changes nothing that is asked here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u32, pub u32);

impl Version {
    /// The first version in a text: `rustc 1.95.0 (…)`, `1.85.0+dfsg3-1`, `Debian clang version 19.1.7`.
    pub fn read(text: &str) -> Option<Version> {
        text.split(|sign: char| !sign.is_ascii_digit() && sign != '.').find_map(|word| {
            let mut parts = word.split('.');
            let (major, minor) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
            Some(Version(major, minor))
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}.{}", self.0, self.1)
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn each_program_writes_its_version_in_its_own_way() {
        for (text, version) in [
            ("rustc 1.95.0 (59807616e 2026-04-14)", Some(Version(1, 95))),
            ("1.96.0+dfsg1-1~deb12u2", Some(Version(1, 96))),
            ("rust-version = \"1.95\"", Some(Version(1, 95))),
            ("Debian clang version 19.1.7 (3~deb12u1)\nTarget: x86_64-pc-linux-gnu", Some(Version(19, 1))),
            ("Apple clang version 15.0.0 (clang-1500.3.9.4)", Some(Version(15, 0))),
            ("cargo-deny 0.20.2", Some(Version(0, 20))),
            ("(none)", None),
        ] {
            assert_eq!(Version::read(text), version, "{text}");
        }
        assert!(Version(1, 100) > Version(1, 95) && Version(2, 0) > Version(1, 95));
    }
}
