//! A pairing link as a QR code: one SVG path, so that it needs no image and no style.

use dioxus::prelude::*;
use qrcode::{Color, QrCode};

/// White around the code, in modules, as readers want it.
const QUIET: usize = 4;

/// The path's data and the side of the square, in modules. None where the text is too long.
#[must_use]
pub fn path(text: &str) -> Option<(String, usize)> {
    let code = QrCode::new(text).ok()?;
    let width = code.width();
    let mut data = String::new();
    for (n, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            data.push_str(&format!("M{} {}h1v1h-1z", n % width + QUIET, n / width + QUIET));
        }
    }
    Some((data, width + 2 * QUIET))
}

/// Always dark on white, in the dark theme, too: many readers know nothing else.
#[component]
pub fn Qr(text: String, label: String) -> Element {
    let Some((data, side)) = path(&text) else { return rsx! {} };
    rsx! {
        svg { class: "qr", view_box: "0 0 {side} {side}", role: "img", "aria-label": label, "data-test": "pairing-qr",
            rect { width: "{side}", height: "{side}", fill: "#ffffff" }
            path { d: data, fill: "#000000", shape_rendering: "crispEdges" }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn a_link_becomes_a_path_within_its_square() {
        let (data, side) = path("https://care.example/#pair=7KQ4-9XZR").unwrap();
        assert!(side >= 29 && data.starts_with("M4 4h1v1h-1z"), "{side} {data:.40}");
        assert!(path(&"x".repeat(5000)).is_none());
    }
}
