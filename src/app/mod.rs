//! The screens. One folder a feature; `ui` has what they share.
//!
//! Data flows one way: a tap asks the engine ([`state::Ctx::run`]), the engine says what changed,
//! and every screen that shows it asks again ([`ask::use_ask`]). Invariants: no screen keeps a copy
//! of the engine's data to edit; no signal borrow is held across an `.await`; every text on screen
//! comes from a locale file ([`i18n`]).

pub mod admin;
pub mod ask;
mod away;
pub mod capture;
pub mod codes;
pub mod device;
pub mod follow;
pub mod form;
pub mod handoff;
pub mod history;
pub mod i18n;
pub mod improve;
pub mod insight;
pub mod lock;
pub mod more;
pub mod names;
pub mod pack;
pub mod pair;
mod patterns;
pub mod people;
pub mod record;
mod refused;
pub mod review;
pub mod root;
pub mod route;
mod sent;
pub mod settings;
pub mod shell;
pub mod sites;
pub mod standards;
pub mod state;
pub mod sync;
pub mod today;
pub mod ui;
pub mod visits;
pub mod when;

#[cfg(test)]
mod i18n_tests;

pub use root::App;
