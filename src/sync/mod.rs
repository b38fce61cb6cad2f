//! The wire between a device and the server: its types (shared with the server), the pure planner
//! and, on a device, the client.

pub mod wire;
