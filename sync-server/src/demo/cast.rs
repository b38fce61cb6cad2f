//! Who works where in the demo: "Harbor Community Care", which does not exist.
//!
//! Invariant: sizes and names follow from the shape alone, so that a seed gives the same people.

/// How large the organisation is and how long it has been writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    pub sites: usize,
    pub days: i64,
}

pub const ORG: &str = "Harbor Community Care";
pub const STAFF_PER_SITE: usize = 4;
/// About how many events a site writes in a day.
const PER_SITE_DAY: f64 = 3.4;

const SITES: [(&str, &str); 8] = [
    ("Alder House", "Supported living"),
    ("Birch Court", "Supported living"),
    ("Maple Row", "Supported living"),
    ("North Shore team", "Home care"),
    ("Riverside team", "Home care"),
    ("Old Mill team", "Home care"),
    ("Harbor Light", "Crisis residential"),
    ("Quay Street", "Crisis residential"),
];

const LEADS: [&str; 8] = [
    "Renée Okafor",
    "Samir Haddad",
    "Joan Castellanos",
    "Dmitri Volkov",
    "Aisha Rahman",
    "Patrick Nolan",
    "Mei-Ling Zhou",
    "Hannah Lindqvist",
];

/// Two of them have the same name, as happens: the app tells them apart by role and site.
const STAFF: [&str; 32] = [
    "Luis Ortega",
    "Chioma Eze",
    "Bethany Cole",
    "Tuan Pham",
    "Maria Santos",
    "Kwame Boateng",
    "Ivy Larsen",
    "Rashid Karimi",
    "Nadia Petrova",
    "Jerome Baptiste",
    "Siobhan Kelly",
    "Arjun Mehta",
    "Grace Tan",
    "Malik Johnson",
    "Elena Popescu",
    "Diego Fuentes",
    "Maria Santos",
    "Yusuf Demir",
    "Carla Mancini",
    "Noah Whitehorse",
    "Fatou Diallo",
    "Peter Novak",
    "Leilani Kahale",
    "Omar Farouk",
    "Judith Steiner",
    "Andre Williams",
    "Sunita Rao",
    "Callum Reid",
    "Thandiwe Moyo",
    "Rosa Jimenez",
    "Henrik Dahl",
    "Farah Siddiqui",
];

const GIVEN: [&str; 12] =
    ["Ana", "Ben", "Chen", "Dara", "Eli", "Femi", "Gita", "Hugo", "Ines", "Jun", "Kofi", "Lena"];
const FAMILY: [&str; 13] = [
    "Abbott", "Bauer", "Cruz", "Dogan", "Eriksen", "Foster", "Gomes", "Hale", "Ito", "Jansen", "Keller",
    "Lopes", "Mbeki",
];

impl Shape {
    /// Six months of eight sites.
    pub const DEMO: Shape = Shape { sites: 8, days: 182 };

    /// About that many events: more sites, and longer.
    #[must_use]
    pub fn of_events(events: u64) -> Shape {
        // Precise enough: it is a size, not a count.
        #[allow(clippy::cast_precision_loss, reason = "a size, not a count")]
        let events = events as f64;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small and positive")]
        let sites = (8.0 * (events / 4_000.0).sqrt()).round().clamp(1.0, 400.0) as usize;
        let many = f64::from(u32::try_from(sites).unwrap_or(1));
        #[allow(clippy::cast_possible_truncation, reason = "small and positive")]
        let days = (events / (PER_SITE_DAY * many)).round().clamp(4.0, 1_500.0) as i64;
        Shape { sites, days }
    }

    /// One supervisor for one or two sites: six for the demo's eight.
    #[must_use]
    pub fn lead_of(site: usize) -> usize {
        let (block, within) = (site / 8, site % 8);
        block * 6 + [0, 0, 1, 2, 2, 3, 4, 5].get(within).copied().unwrap_or(0)
    }

    #[must_use]
    pub fn leads(self) -> usize {
        (0..self.sites).map(Shape::lead_of).max().map_or(0, |last| last + 1)
    }
}

/// Name and programme.
#[must_use]
pub fn site(index: usize) -> (String, &'static str) {
    let (name, programme) = SITES.get(index % SITES.len()).copied().unwrap_or(("Site", "Home care"));
    (numbered(name, index / SITES.len()), programme)
}

#[must_use]
pub fn lead(index: usize) -> String {
    numbered(LEADS.get(index % LEADS.len()).copied().unwrap_or("Lead"), index / LEADS.len())
}

#[must_use]
pub fn staff(index: usize) -> String {
    if let Some(name) = STAFF.get(index) {
        return (*name).to_owned();
    }
    let given = GIVEN.get(index % GIVEN.len()).copied().unwrap_or_default();
    let family = FAMILY.get(index % FAMILY.len()).copied().unwrap_or_default();
    numbered(&format!("{given} {family}"), index / (GIVEN.len() * FAMILY.len()))
}

fn numbered(name: &str, round: usize) -> String {
    if round == 0 { name.to_owned() } else { format!("{name} {}", round + 1) }
}
