//! Type-checks the app for Android, without SDK and NDK: clang for the C parts, and Debian's headers
//! for those of the C library. That it links and runs is seen only on a machine that has them
//! (docs/mobile.md).

use std::path::PathBuf;

use crate::clang::Clang;
use crate::need;
use crate::sh::{self, Done, say};
use crate::toolchain::{ANDROID, Toolchain};

/// What the check is done with.
pub struct Ready {
    toolchain: Toolchain,
    clang: Clang,
}

/// Makes sure that all of it is there.
pub fn ready() -> Done<Ready> {
    if !need::has_apt() {
        return Err("only Debian's headers are known here; with the NDK: dx build --platform android".into());
    }
    need::apt(need::ANDROID)?;
    Ok(Ready { toolchain: Toolchain::find(&ANDROID)?, clang: Clang::find(ANDROID.triple)? })
}

pub fn check(ready: &Ready) -> Done {
    let headers = headers().map_err(|error| format!("the stand-in headers: {error}"))?;
    say(&format!("Checking the app for Android with {}", ready.toolchain.name()));
    let flags = format!(
        "--target=aarch64-linux-android24 -isystem /usr/aarch64-linux-gnu/include -isystem {}",
        headers.display()
    );
    sh::run(
        ready
            .toolchain
            .cargo(&ANDROID, &ready.clang)?
            .args(["check", "--target", ANDROID.triple, "-p", "fieldproof"])
            .args(["--no-default-features", "--features", "mobile"])
            .env("CARGO_TARGET_DIR", sh::target().join("android-toolchain"))
            .env("CFLAGS_aarch64_linux_android", flags),
    )
}

/// What SQLCipher includes of Android's own headers. The C library's are Debian's, which have no log;
/// since nothing is linked here, its declarations are enough.
const LOG_H: &str = "\
#pragma once
#include <stdarg.h>
enum { ANDROID_LOG_VERBOSE = 2, ANDROID_LOG_DEBUG, ANDROID_LOG_INFO, ANDROID_LOG_WARN, ANDROID_LOG_ERROR };
int __android_log_print(int priority, const char *tag, const char *format, ...);
int __android_log_vprint(int priority, const char *tag, const char *format, va_list values);
int __android_log_write(int priority, const char *tag, const char *text);
";

fn headers() -> std::io::Result<PathBuf> {
    let folder = sh::target().join("android-headers");
    std::fs::create_dir_all(folder.join("android"))?;
    std::fs::write(folder.join("android/log.h"), LOG_H)?;
    Ok(folder)
}
