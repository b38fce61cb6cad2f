//! Type-checks the app for Android, without SDK and NDK: clang for the C parts, the standard library
//! from its source. That it links and runs is seen only on a machine that has them (docs/mobile.md).

use std::path::Path;

use crate::sh::{self, Done, say};
use crate::{need, web};

pub fn check() -> Done {
    if !Path::new("/etc/debian_version").exists() {
        return Err(
            "this check knows Debian's toolchain only; with the NDK, use dx build --platform android".into(),
        );
    }
    need::apt(need::ANDROID)?;
    need::apt(&["perl", "make"])?;
    say("Checking the app for Android");
    sh::run(
        web::debian(&["std", "panic_unwind"])
            .args(["check", "--target", "aarch64-linux-android", "-p", "fieldproof"])
            .args(["--no-default-features", "--features", "mobile"])
            .env("CARGO_TARGET_DIR", sh::target().join("android-toolchain"))
            .env("CC_aarch64_linux_android", "clang-19")
            .env(
                "CFLAGS_aarch64_linux_android",
                "--target=aarch64-linux-android24 -isystem /usr/aarch64-linux-gnu/include",
            )
            .env("AR_aarch64_linux_android", "llvm-ar-19"),
    )
}
