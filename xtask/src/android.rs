//! Type-checks the app for Android, without SDK and NDK: clang for the C parts, the standard library
//! from its source. That it links and runs is seen only on a machine that has them (docs/mobile.md).

use std::path::{Path, PathBuf};

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
    let headers = headers().map_err(|error| format!("the stand-in headers: {error}"))?;
    say("Checking the app for Android");
    sh::run(
        web::debian(&["std", "panic_unwind"])
            .args(["check", "--target", "aarch64-linux-android", "-p", "fieldproof"])
            .args(["--no-default-features", "--features", "mobile"])
            .env("CARGO_TARGET_DIR", sh::target().join("android-toolchain"))
            .env("CC_aarch64_linux_android", "clang-19")
            .env(
                "CFLAGS_aarch64_linux_android",
                format!(
                    "--target=aarch64-linux-android24 -isystem /usr/aarch64-linux-gnu/include -isystem {}",
                    headers.display()
                ),
            )
            .env("AR_aarch64_linux_android", "llvm-ar-19"),
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
