//! A session bus of its own with a real Secret Service (GNOME Keyring) on it, which can go away and
//! come back. Nothing of whoever runs the test is asked or written.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::Process;
use super::inspector::pause;

/// No service is started by itself on it: what is stopped stays away.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

pub struct Session {
    pub address: String,
    folder: TempDir,
    _bus: Process,
}

impl Session {
    pub fn start() -> Session {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("bus.conf");
        std::fs::write(&config, BUS).unwrap();
        let mut bus = Command::new("dbus-daemon")
            .args(["--nofork", "--print-address=1", "--config-file"])
            .arg(&config)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon is missing: apt-get install dbus-daemon gnome-keyring");
        let mut address = String::new();
        BufReader::new(bus.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Session { address: address.trim().to_owned(), folder, _bus: Process(bus) }
    }

    /// The key store, unlocked as a login does it; gone when dropped.
    pub fn key_store(&self) -> Process {
        let run = self.folder.path().join("run");
        std::fs::create_dir_all(&run).unwrap();
        only_mine(&run);
        let mut daemon = Command::new("gnome-keyring-daemon")
            .args(["--unlock", "--foreground", "--components=secrets"])
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .env("HOME", self.folder.path())
            .env("XDG_DATA_HOME", self.folder.path().join("data"))
            .env("XDG_RUNTIME_DIR", &run)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("gnome-keyring-daemon is missing: apt-get install gnome-keyring");
        daemon.stdin.take().unwrap().write_all(b"the login's password").unwrap();
        let daemon = Process(daemon);
        self.wait_until(true);
        daemon
    }

    /// Waits until the key store is on the bus, or is not any more.
    pub fn wait_until(&self, there: bool) {
        for _ in 0..100 {
            let asked = Command::new("dbus-send")
                .arg(format!("--bus={}", self.address))
                .args(["--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"])
                .args(["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"])
                .output()
                .expect("dbus-send is missing: apt-get install dbus-bin");
            if String::from_utf8_lossy(&asked.stdout).contains(&format!("boolean {there}")) {
                return;
            }
            pause();
        }
        panic!("the key store never was there: {there}");
    }
}

fn only_mine(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)).unwrap();
}
