//! What the administrator keeps: people, sites, pairing codes.

mod pairing;
mod person;
mod qr;
mod site;

pub use pairing::PairingCard;
pub use person::AdminPerson;
pub use site::AdminSite;
