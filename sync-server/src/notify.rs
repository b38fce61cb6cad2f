//! Tells systemd how far the service is (`Type=notify`), so that what is started after it finds it
//! ready. Where no systemd asked, nothing is said.

/// The service answers now.
pub fn ready() {
    tell("READY=1");
}

/// The service ends, and may take a moment.
pub fn stopping() {
    tell("STOPPING=1");
}

#[cfg(target_os = "linux")]
fn tell(state: &str) {
    use std::os::linux::net::SocketAddrExt;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::net::{SocketAddr, UnixDatagram};
    let Some(name) = std::env::var_os("NOTIFY_SOCKET") else { return };
    let address = match name.as_bytes().strip_prefix(b"@") {
        Some(name) => SocketAddr::from_abstract_name(name),
        None => SocketAddr::from_pathname(&name),
    };
    let told = address.and_then(|address| UnixDatagram::unbound()?.send_to_addr(state.as_bytes(), &address));
    if let Err(error) = told {
        tracing::warn!(%error, "systemd could not be told: {state}");
    }
}

#[cfg(not(target_os = "linux"))]
fn tell(_: &str) {}
