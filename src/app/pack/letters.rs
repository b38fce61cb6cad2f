//! Letters as they are compared: small, and without their accents.

/// One letter of an alphabet. A sign of a script that writes a word with one is a name.
pub fn is_initial(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| !is_mark(*c));
    letters.next().is_some_and(|letter| letter.is_lowercase() || letter.is_uppercase())
        && letters.next().is_none()
}

/// A letter as it is compared: small, and without its accents.
pub fn folded(c: char) -> impl Iterator<Item = char> {
    c.to_lowercase().filter(|c| !is_mark(*c)).flat_map(|c| {
        let (base, second) = without_accent(c);
        [Some(base), second].into_iter().flatten()
    })
}

/// An accent that stands by itself behind its letter.
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}

/// A small Latin letter without what is written around it; a few become two.
fn without_accent(c: char) -> (char, Option<char>) {
    const LETTERS: [(char, &str); 24] = [
        ('a', "àáâãäåāăąǎǟǡǻȁȃȧạảấầẩẫậắằẳẵặ"),
        ('b', "ƀɓ"),
        ('c', "çćĉċč"),
        ('d', "ďđðɖɗ"),
        ('e', "èéêëēĕėęěȅȇȩẹẻẽếềểễệ"),
        ('g', "ĝğġģǧǵ"),
        ('h', "ĥħȟ"),
        ('i', "ìíîïĩīĭįıǐȉȋỉị"),
        ('j', "ĵǰ"),
        ('k', "ķǩ"),
        ('l', "ĺļľŀł"),
        ('m', "ḿ"),
        ('n', "ñńņňŉǹ"),
        ('o', "òóôõöøōŏőơǒǫȍȏȫȭȯọỏốồổỗộớờởỡợ"),
        ('p', "ṕ"),
        ('r', "ŕŗřȑȓ"),
        ('s', "śŝşšș"),
        ('t', "ţťŧț"),
        ('u', "ùúûüũūŭůűųưǔǖǘǚǜȕȗụủứừửữự"),
        ('v', "ṽ"),
        ('w', "ŵẁẃẅ"),
        ('x', "ẋẍ"),
        ('y', "ýÿŷȳẏỳỵỷỹ"),
        ('z', "źżžƶ"),
    ];
    match c {
        'ß' => ('s', Some('s')),
        'æ' => ('a', Some('e')),
        'œ' => ('o', Some('e')),
        'þ' => ('t', Some('h')),
        c if c.is_ascii() => (c, None),
        c => (LETTERS.iter().find(|(_, with)| with.contains(c)).map_or(c, |(base, _)| *base), None),
    }
}
