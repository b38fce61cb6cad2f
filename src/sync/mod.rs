//! The wire between a device and the server: its types (shared with the server), how an exchange
//! is written and read, and the pure planner that decides what comes next. The engine does the
//! doing.

pub mod wire;

#[cfg(feature = "client")]
pub mod exchange;
#[cfg(feature = "client")]
pub mod plan;

#[cfg(all(test, feature = "client"))]
mod tests;
