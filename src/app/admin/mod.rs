//! What the administrator keeps: the organisation's name, people, sites, devices and their pairing codes.

use uuid::Uuid;

mod devices;
mod org;
mod pairing;
mod person;
mod qr;
mod site;

pub use devices::{DevicesPage, paired};
pub use org::AdminOrg;
pub use pairing::{NoPairing, PairingCard};
pub use person::AdminPerson;
pub use site::AdminSite;

use crate::app::i18n::t;
use crate::practice::shown;

/// What a form of the registry is about: one that is there, or one that is added.
fn id_or_new(id: Option<Uuid>) -> String {
    id.map_or_else(|| "new".to_owned(), |id| id.to_string())
}

/// What is wrong with a name as it was typed: `missing` where nothing of it would be seen.
fn name_error(name: &str, missing: String) -> Option<String> {
    if shown::is_blank(name) {
        return Some(missing);
    }
    shown::has_hidden(name.trim()).then(|| t("admin-name-hidden"))
}
