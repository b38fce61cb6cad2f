//! What the administrator keeps: the organisation's name, people, sites, devices and their pairing codes.

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
