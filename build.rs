//! Joins the stylesheets, in the order of their names, into one text for the native window. (The web
//! build joins the same files the same way: xtask.)

use std::path::{Path, PathBuf};
use std::{env, fs, io};

#[allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]
fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=assets/styles");
    println!("cargo::rerun-if-changed=build.rs");
    let mut files: Vec<PathBuf> = match fs::read_dir("assets/styles") {
        Ok(folder) => folder.filter_map(|file| Some(file.ok()?.path())).collect(),
        Err(_) => Vec::new(),
    };
    files.retain(|file| file.extension().is_some_and(|extension| extension == "css"));
    files.sort();
    let styles: Vec<String> = files.iter().map(fs::read_to_string).collect::<io::Result<_>>()?;
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    fs::write(Path::new(&out).join("styles.css"), styles.join("\n"))
}
