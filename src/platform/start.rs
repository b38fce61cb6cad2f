//! What the app is opened with. A pairing link is `https://server/#pair=CODE&server=URL&until=SECONDS`: it stands
//! in the fragment because browsers never send that part, so that the code is in no server's log.

/// What the address or the command line said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Start {
    pub pair: Option<Pairing>,
    /// A shortcut's name (`begin=check`), for the app to make sense of.
    pub begin: Option<String>,
}

/// A pairing link's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pairing {
    pub code: String,
    /// None: the server that the page came from.
    pub server: Option<String>,
    /// When the code ends, in seconds since 1970; none where the link does not say.
    pub until: Option<i64>,
}

impl Start {
    /// Reads `pair=…&server=…&until=…&begin=…`, percent-encoded, in any order; what it does not know it
    /// leaves alone.
    pub(crate) fn parse(fragment: &str) -> Start {
        let mut start = Start::default();
        let (mut code, mut server, mut until) = (None, None, None);
        for part in fragment.trim_start_matches(['#', '?']).split('&') {
            let Some((name, value)) = part.split_once('=') else { continue };
            let value = decode(value);
            if value.is_empty() {
                continue;
            }
            match name {
                "pair" => code = Some(value),
                "server" => server = Some(value),
                "until" => until = value.parse().ok(),
                "begin" => start.begin = Some(value),
                _ => {}
            }
        }
        start.pair = code.map(|code| Pairing { code, server, until });
        start
    }
}

/// Percent-decoding; a malformed escape stays as it is written, bytes that are no UTF-8 are replaced.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = (first == b'%')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (escaped, first) {
            (Some(byte), _) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            (None, b'+') => {
                bytes.push(b' ');
                rest = tail;
            }
            (None, other) => {
                bytes.push(other);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
