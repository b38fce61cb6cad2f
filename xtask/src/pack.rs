//! The heavy half of the web build: wasm-bindgen, hashed names, the service worker's list, and the
//! compressed files that the server hands out.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::sh::{self, Done, at};

/// What the download may weigh (DESIGN, budgets).
const BUDGET: u64 = 1_500_000;
/// Smaller files are not worth a second one.
const WORTH: usize = 1024;

pub fn run(args: &[String]) -> Done {
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["bindgen", wasm, out] => bindgen(Path::new(wasm), Path::new(out)),
        ["dist", bindings, assets, out, kind] => {
            dist(Path::new(bindings), Path::new(assets), Path::new(out), *kind == "dev")
        }
        _ => Err("pack is for xtask itself".into()),
    }
}

fn bindgen(wasm: &Path, out: &Path) -> Done {
    same_version()?;
    if out.exists() {
        fs::remove_dir_all(out).map_err(at(out))?;
    }
    wasm_bindgen_cli_support::Bindgen::new()
        .input_path(wasm)
        .out_name("fieldproof")
        .web(true)
        .and_then(|bindgen| {
            bindgen.typescript(false).remove_name_section(true).remove_producers_section(true).generate(out)
        })
        .map_err(|error| format!("wasm-bindgen: {error:#}"))
}

/// The two halves of wasm-bindgen must be of one version; cargo update moves only one of them.
fn same_version() -> Done {
    let path = sh::root().join("Cargo.lock");
    let lock = fs::read_to_string(&path).map_err(at(&path))?;
    let version = |name: &str| {
        let at = lock.find(&format!("name = \"{name}\"\nversion = \""))?;
        lock.get(at..)?.split('"').nth(3).map(str::to_owned)
    };
    let (app, tool) = (version("wasm-bindgen"), version("wasm-bindgen-cli-support"));
    if app == tool {
        return Ok(());
    }
    Err(format!(
        "Cargo.lock has wasm-bindgen {} but wasm-bindgen-cli-support {}; make xtask/Cargo.toml equal",
        app.unwrap_or_default(),
        tool.unwrap_or_default()
    ))
}

/// The files of the app by their path from the server's root.
#[derive(Default)]
struct Files(BTreeMap<String, Vec<u8>>);

impl Files {
    /// Adds a file that is named by its content and may be kept for ever; gives the name.
    fn hashed(&mut self, stem: &str, extension: &str, bytes: Vec<u8>) -> String {
        let hash = hash(&bytes);
        let name = format!("{stem}-{}.{extension}", hash.get(..16).unwrap_or(&hash));
        self.0.insert(name.clone(), bytes);
        name
    }
}

fn dist(bindings: &Path, assets: &Path, out: &Path, dev: bool) -> Done {
    let mut files = Files::default();

    let wasm = files.hashed("fieldproof", "wasm", read(&bindings.join("fieldproof_bg.wasm"))?);
    let mut script = read_text(&bindings.join("fieldproof.js"))?;
    for path in walk(&bindings.join("snippets"))? {
        let below = path.strip_prefix(bindings).map_err(|error| error.to_string())?;
        let name = files.hashed("snippet", "js", read(&path)?);
        script = script.replace(&format!("./{}", below.display()), &format!("./{name}"));
    }
    if script.contains("./snippets/") {
        return Err("a snippet of the bindings was not found".into());
    }
    let script = files.hashed("fieldproof", "js", script.into_bytes());

    let mut styles: Vec<PathBuf> = walk(&assets.join("styles"))?;
    styles.retain(|path| path.extension().is_some_and(|extension| extension == "css"));
    let styles: Vec<String> = styles.iter().map(|path| read_text(path)).collect::<Done<_>>()?;
    let style = files.hashed("style", "css", styles.join("\n").into_bytes());

    let template = |name: &str, values: &[(&str, &str)]| -> Done<String> {
        let mut text = read_text(&assets.join(name))?;
        for (key, value) in values {
            text = text.replace(&format!("{{{{{key}}}}}"), value);
        }
        // A name that nobody filled in would fail on a phone, not here.
        if text.contains("{{") {
            return Err(format!("assets/{name} has a place that was not filled in"));
        }
        Ok(text)
    };
    let worker = template("worker.js", &[("app.js", &script)])?;
    let worker = files.hashed("worker", "js", worker.into_bytes());
    let boot = template("boot.js", &[("app.js", &script), ("app.wasm", &wasm), ("worker.js", &worker)])?;
    let boot = files.hashed("boot", "js", boot.into_bytes());
    let index = template("index.html", &[("style.css", &style), ("boot.js", &boot)])?;
    files.0.insert("index.html".into(), index.into_bytes());
    files.0.insert("manifest.webmanifest".into(), read(&assets.join("manifest.webmanifest"))?);
    for path in walk(&assets.join("icons"))? {
        let below = path.strip_prefix(assets).map_err(|error| error.to_string())?;
        files.0.insert(below.to_string_lossy().replace('\\', "/"), read(&path)?);
    }

    let list: Vec<String> =
        files.0.iter().map(|(name, bytes)| format!("  \"/{name}\": \"{}\"", hash(bytes))).collect();
    let list = format!("{{\n{}\n}}", list.join(",\n"));
    let build = hash(list.as_bytes());
    let build = build.get(..16).unwrap_or(&build);
    let worker = template("sw.js", &[("build", build), ("files", &list)])?;
    files.0.insert("sw.js".into(), worker.into_bytes());

    write(&files, out, dev)
}

/// Writes into a new folder and puts it in the old one's place, so that no half app is served.
fn write(files: &Files, out: &Path, dev: bool) -> Done {
    let new = out.with_extension("new");
    if new.exists() {
        fs::remove_dir_all(&new).map_err(at(&new))?;
    }
    let (mut raw, mut zipped, mut brotli) = (0, 0, 0);
    for (name, bytes) in &files.0 {
        let path = new.join(name);
        let folder = path.parent().unwrap_or(&new);
        fs::create_dir_all(folder).map_err(at(folder))?;
        fs::write(&path, bytes).map_err(at(&path))?;
        let gz = gzip(bytes).map_err(at(&path))?;
        let br = brotlied(bytes, if dev { 4 } else { 11 }).map_err(at(&path))?;
        for (end, packed) in [("gz", &gz), ("br", &br)] {
            // Pictures do not shrink.
            if bytes.len() > WORTH && packed.len() < bytes.len() {
                let path = new.join(format!("{name}.{end}"));
                fs::write(&path, packed).map_err(at(&path))?;
            }
        }
        raw += bytes.len() as u64;
        zipped += gz.len().min(bytes.len()) as u64;
        brotli += br.len().min(bytes.len()) as u64;
    }
    if out.exists() {
        fs::remove_dir_all(out).map_err(at(out))?;
    }
    fs::rename(&new, out).map_err(at(out))?;

    let mb = |bytes: u64| bytes as f64 / 1e6;
    println!(
        "             {} files, {:.2} MB; to download {:.2} MB (brotli) or {:.2} MB (gzip); budget {:.2} MB",
        files.0.len(),
        mb(raw),
        mb(brotli),
        mb(zipped),
        mb(BUDGET)
    );
    if !dev && brotli > BUDGET {
        println!("             WARNING: over the budget");
    }
    Ok(())
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes)?;
    packer.finish()
}

fn brotlied(mut bytes: &[u8], quality: i32) -> std::io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality, lgwin: 24, ..Default::default() };
    brotli::BrotliCompress(&mut bytes, &mut packed, &params)?;
    Ok(packed)
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read(path: &Path) -> Done<Vec<u8>> {
    fs::read(path).map_err(at(path))
}

fn read_text(path: &Path) -> Done<String> {
    fs::read_to_string(path).map_err(at(path))
}

/// All files below `folder` in the order of their names; none where it is not there.
fn walk(folder: &Path) -> Done<Vec<PathBuf>> {
    let (mut folders, mut found) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        if !folder.exists() {
            continue;
        }
        for entry in fs::read_dir(&folder).map_err(at(&folder))? {
            let path = entry.map_err(at(&folder))?.path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}
