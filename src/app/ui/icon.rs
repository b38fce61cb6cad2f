//! Icons: one stroke path each, drawn in the text's colour.
//!
//! Invariant: an icon is never the only name of something; it is hidden from screen readers.

use dioxus::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ico {
    Again,
    Back,
    Book,
    Chart,
    Clock,
    Copy,
    Download,
    Eye,
    Flag,
    Globe,
    Home,
    Info,
    Key,
    List,
    Lock,
    Look,
    More,
    Next,
    No,
    NotSeen,
    Ok,
    Pen,
    People,
    Phone,
    Pill,
    Plus,
    Print,
    Search,
    Share,
    Site,
    Speech,
    Sun,
    Swap,
    Task,
    Trash,
    Up,
    User,
    Warn,
}

impl Ico {
    fn path(self) -> &'static str {
        match self {
            Ico::Again => "M20 11a8 8 0 10-2.3 6.3M20 5v6h-6",
            Ico::Back => "M15 5l-7 7 7 7",
            Ico::Book => "M5 4h10a4 4 0 014 4v12H8a3 3 0 01-3-3zM5 17a3 3 0 013-3h11M9 8h5",
            Ico::Chart => "M4 4v16h16M7.5 15l4-5 3.5 3L20 7",
            Ico::Clock => "M3.5 12a8.5 8.5 0 1017 0a8.5 8.5 0 10-17 0M12 7.5V12l3 2",
            Ico::Copy => "M9 9h11v11H9zM5 15H4V4h11v1",
            Ico::Download => "M12 4v11m-4-4l4 4 4-4M5 20h14",
            Ico::Eye | Ico::Look => {
                "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM9.2 12a2.8 2.8 0 105.6 0a2.8 2.8 0 10-5.6 0"
            }
            Ico::Flag => "M6 21V4h11l-2 4 2 4H6",
            Ico::Globe => {
                "M3.5 12a8.5 8.5 0 1017 0a8.5 8.5 0 10-17 0M3.5 12h17M12 3.5c5 5.5 5 11.5 0 17c-5-5.500-5-11.500 0-17"
            }
            Ico::Home => "M4 11l8-7 8 7v9h-5v-6H9v6H4z",
            Ico::Info => "M3.5 12a8.5 8.5 0 1017 0a8.5 8.5 0 10-17 0M12 11v5M12 8h.01",
            Ico::Key => "M4 15a4 4 0 108 0a4 4 0 10-8 0M11 12.500L20 4M16.500 7.500l3 3",
            Ico::List => "M9 6h11M9 12h11M9 18h11M4.500 6h.01M4.500 12h.01M4.500 18h.01",
            Ico::Lock => "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 017 0v3",
            Ico::More => "M5 12h.01M12 12h.01M19 12h.01",
            Ico::Next => "M9 5l7 7-7 7",
            Ico::No => "M6 6l12 12M18 6L6 18",
            Ico::NotSeen => {
                "M3 3l18 18M10 6.3A9 9 0 0121 12a12 12 0 01-2 2.6M6.5 7.600A13 13 0 003 12s3.5 6 9 6a8 8 0 003.5-.8"
            }
            Ico::Ok => "M5 12.5l4.5 4.5L19 7.5",
            Ico::Pen => "M4 20l1-4L16.5 4.5l3 3L8 19z",
            Ico::People => {
                "M5.5 8a3.5 3.5 0 107 0a3.5 3.5 0 10-7 0M2.5 20a6.5 6.5 0 0113 0M16 5a3.5 3.5 0 010 7M18 14.5a6.5 6.5 0 013.5 5.5"
            }
            Ico::Phone => {
                "M9.500 2.500h5a2.500 2.500 0 012.500 2.500v14a2.500 2.500 0 01-2.500 2.500h-5A2.500 2.500 0 017 19V5a2.500 2.500 0 012.500-2.500zM11 18.5h2"
            }
            Ico::Pill => {
                "M4.700 13.700l9-9a4 4 0 015.600 5.600l-9 9a4 4 0 01-5.600-5.600zM9 9.500l5.500 5.500"
            }
            Ico::Plus => "M12 5v14M5 12h14",
            Ico::Print => "M7 9V4h10v5M7 17H4v-8h16v8h-3M7 14h10v6H7z",
            Ico::Search => "M4 10.500a6.500 6.500 0 1013 0a6.500 6.500 0 10-13 0M15.500 15.500L20.500 20.500",
            Ico::Share => "M12 15V3m-4 4l4-4 4 4M7 11H5v9h14v-9h-2",
            Ico::Site => "M5 21V4h9v17M14 9h5v12M3 21h18M8 8h3M8 12h3M8 16h3",
            Ico::Speech => "M4 5h16v11H11l-5 4v-4H4z",
            Ico::Sun => {
                "M8 12a4 4 0 108 0a4 4 0 10-8 0M12 3v1.500M12 19.500V21M3 12h1.500M19.500 12H21M5.600 5.600l1 1M17.400 17.400l1 1M18.400 5.600l-1 1M6.600 17.400l-1 1"
            }
            Ico::Swap => "M4 8h13l-3-3M20 16H7l3 3",
            Ico::Task => "M4 4h16v16H4zM8 12l3 3 5-6",
            Ico::Trash => "M4 7h16M9 7V4h6v3M6.500 7l1 13h9l1-13",
            Ico::Up => "M7 18a4.5 4.5 0 01-.6-9A6 6 0 0118 10a4 4 0 010 8M12 20v-8m-3 3l3-3 3 3",
            Ico::User => "M8.500 8a3.500 3.500 0 107 0a3.500 3.500 0 10-7 0M5 20.500a7 7 0 0114 0",
            Ico::Warn => "M12 4L2.500 20h19zM12 10v4.500M12 17.500h.01",
        }
    }
}

/// An icon beside words.
#[component]
pub fn Icon(icon: Ico, #[props(default)] class: String) -> Element {
    rsx! {
        svg { class: "ico {class}", view_box: "0 0 24 24", "aria-hidden": "true", "focusable": "false",
            path { d: icon.path() }
        }
    }
}
