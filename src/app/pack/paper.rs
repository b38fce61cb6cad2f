//! How much paper the first pages take: laid out on the narrower and the lower of A4 and US Letter, by the
//! sizes of `pack.css`, before they are written.
//!
//! Invariant: it is never less than what a browser needs. Letters are as wide as in the font that the style
//! asks for first, anything else wider; what could break inside is kept whole.

/// Points: the width of A4 and the height of US Letter without the margins of 12 mm, and some to spare.
const WIDTH: f64 = 520.0;
const HEIGHT: f64 = 700.0;
/// A line of text, and the size of its letters.
const LINE: f64 = 12.9;
const TEXT: f64 = 9.5;
/// What a dated line has beside its date.
const BESIDE: f64 = 355.0;
const DRAWING: f64 = 126.0;

/// What is not broken over two pages.
#[derive(Default)]
struct Block {
    height: f64,
    /// It stays with what follows it.
    leads: bool,
}

/// So many pages are filled by this much of a pack.
#[must_use]
pub fn pages(html: &str) -> usize {
    let mut pages = 1_usize;
    let mut left = HEIGHT;
    let mut held = 0.0;
    for block in blocks(html) {
        held += block.height;
        if block.leads {
            continue;
        }
        if held > left {
            pages = pages.saturating_add(1);
            left = HEIGHT;
        }
        left -= held;
        held = 0.0;
    }
    if held > left { pages.saturating_add(1) } else { pages }
}

/// Reads what `html` writes, and nothing else.
fn blocks(html: &str) -> Vec<Block> {
    let mut found = Vec::new();
    // A list item or a drawing: what stands in it is one block.
    let mut whole: Option<f64> = None;
    let mut is_drawn = false;
    let mut is_dated = false;
    for part in html.split('<').skip(1) {
        let Some((tag, text)) = part.split_once('>') else { continue };
        let name = tag.split(' ').next().unwrap_or_default();
        let height = match name {
            "svg" => {
                is_drawn = true;
                DRAWING
            }
            "/svg" => {
                is_drawn = false;
                0.0
            }
            _ if is_drawn => 0.0,
            "h1" => lines(text, 17.0, WIDTH) * 19.2 + 12.0,
            "h2" => lines(text, 12.8, WIDTH) * 16.2 + 12.4,
            "h3" => lines(text, 11.2, WIDTH) * 14.2 + 6.0,
            "p" | "figcaption" => lines(text, TEXT, WIDTH) * LINE + 2.4,
            "ol" => {
                is_dated = true;
                0.0
            }
            "ul" => {
                is_dated = false;
                4.8
            }
            "li" if is_dated => 4.4,
            "li" => lines(text, TEXT, WIDTH - 14.0) * LINE + 3.6,
            "span" if tag.contains("title") => lines(text, TEXT * 1.08, BESIDE) * LINE,
            "span" => lines(text, TEXT, BESIDE) * LINE,
            "figure" => 18.0,
            _ => 0.0,
        };
        match (name, &mut whole) {
            ("li" | "figure", _) => whole = Some(height),
            ("/li" | "/figure", Some(whole_height)) => {
                found.push(Block { height: *whole_height, leads: false });
                whole = None;
            }
            (_, Some(whole)) => *whole += height,
            ("h1" | "h2" | "h3" | "ul", None) => found.push(Block { height, leads: true }),
            (_, None) if height > 0.0 => found.push(Block { height, leads: false }),
            _ => {}
        }
    }
    found
}

/// So many lines, broken between words.
fn lines(text: &str, size: f64, width: f64) -> f64 {
    if text.is_empty() {
        return 0.0;
    }
    let (mut lines, mut at) = (1.0, 0.0);
    for word in text.split(' ') {
        let long = word.chars().map(letter).sum::<f64>() * size;
        if at > 0.0 && at + long > width {
            lines += 1.0;
            at = 0.0;
        }
        // What fits into no line is broken anywhere.
        lines += (long / width).floor();
        at += long % width + letter(' ') * size;
    }
    // Another script stands in another font, whose lines can be higher.
    let other = text.chars().any(|c| !c.is_ascii() && letter(c) > 1.0);
    if other { lines * 1.3 } else { lines }
}

/// The width of a letter, of the height of the text.
fn letter(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' => 0.23,
        ' ' | '!' | '|' | '.' | ',' | ':' | ';' | '/' | '\\' | 'f' | 't' | 'I' | '[' | ']' => 0.28,
        'r' | '(' | ')' | '-' | '·' | '“' | '”' | '‘' | '’' | '`' => 0.34,
        '"' | '*' | '{' | '}' => 0.39,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' => 0.5,
        'm' | 'M' | '%' => 0.89,
        'w' | 'C' | 'D' | 'H' | 'N' | 'R' | 'U' => 0.73,
        'G' | 'O' | 'Q' => 0.78,
        'A'..='Z' if c != 'W' => 0.67,
        'a'..='z' | '0'..='9' | '#' | '$' | '?' | '_' | '–' | '«' | '»' | '¿' | '¡' => 0.56,
        '+' | '<' | '=' | '>' | '~' | '^' | '&' => 0.67,
        'W' | '—' | '…' | '→' | '@' => 1.0,
        c if c <= '\u{24f}' && c.is_lowercase() => 0.6,
        c if c <= '\u{24f}' => 0.8,
        _ => 1.4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_takes_the_lines_that_its_letters_fill() {
        let line = "Signs before the dose was given ".repeat(3);
        assert!((lines(line.trim(), TEXT, WIDTH) - 1.0).abs() < 0.01);
        assert!((lines(&line.repeat(4), TEXT, WIDTH) - 4.0).abs() < 0.01);
        assert!((lines(&"x".repeat(250), TEXT, WIDTH) - 3.0).abs() < 0.01, "a word that fits into no line");
        assert!(lines(&"李".repeat(40), TEXT, WIDTH) >= 2.0);
    }

    #[test]
    fn what_is_kept_whole_goes_to_the_next_page_with_its_heading() {
        let lines = |n: usize| "<p>a</p>".repeat(n);
        let page = 45;
        assert_eq!(pages(&lines(page)), 1);
        assert_eq!(pages(&lines(page + 1)), 2);
        let drawing = "<h3>b</h3><figure><svg><text>c</text></svg><p>d</p></figure>";
        assert_eq!(pages(&(lines(32) + drawing)), 1);
        assert_eq!(pages(&(lines(40) + drawing)), 2);
        assert_eq!(pages(&(lines(40) + drawing + &lines(32))), 2);
        assert_eq!(pages(&(lines(40) + drawing + &lines(40))), 3);
        assert_eq!(pages("<ol class=\"lines\"><li><b>a</b><span class=\"words\"></span></li></ol>"), 1);
    }
}
