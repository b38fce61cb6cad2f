//! The one actor that owns store and sync. Screens ask ([`api::Request`]), the engine answers
//! ([`api::Reply`]) and says what changed ([`api::Change`]).
//!
//! Invariant: one request is carried out at a time, and whatever it wrote is durable before its
//! reply leaves.

pub mod actor;
mod ahead;
pub mod api;
mod capture;
mod core;
mod devices;
mod failure;
mod follow;
mod form;
pub mod host;
mod insight;
mod key;
pub mod link;
mod lock;
mod owing;
mod pack;
mod pairing;
mod parting;
pub mod patterns;
mod profiles;
mod read;
mod refused;
mod settings;
mod settle;
mod standards;
mod syncing;
mod today;
mod today_follow;
mod today_loop;
mod write;

pub use core::Engine;
