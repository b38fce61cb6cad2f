//! Beginning and filling an observation: the screens that are used standing, with one thumb.
//!
//! `begin` chooses, `fill` lays the page out, `desk` holds the open draft and has it saved, `item`,
//! `marks`, `choice`, `tasks` and `coach` are what is tapped. What they decide is in `edit`,
//! `progress`, `people`, `saving`, `timing` and `when`: pure, and tested without a screen.
//!
//! Invariants: every change goes through [`desk::Desk::edit`]; the screen says "saved" only after the
//! engine did; what is open is the practice layer's rule.

mod about;
pub mod area;
mod begin;
mod choice;
mod coach;
mod consent;
mod desk;
mod done;
mod edit;
mod fill;
mod finish;
mod item;
pub mod marks;
pub mod number;
pub mod owner;
pub mod people;
mod progress;
mod saving;
mod tasks;
mod timing;
mod trial;
mod unsaved;
pub mod when;

pub use begin::Begin;
pub use desk::focus_later;
pub use edit::{Notes, choose};
pub use fill::{Fill, Held};
