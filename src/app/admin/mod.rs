//! What the administrator keeps: people, sites, devices and their pairing codes.

mod devices;
mod pairing;
mod person;
mod qr;
mod site;

pub use devices::{DevicesPage, paired};
pub use pairing::{NoPairing, PairingCard};
pub use person::AdminPerson;
pub use site::AdminSite;
