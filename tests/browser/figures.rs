//! Figures as rows of a table, and where the middle and the slow end of many lie.

use std::path::Path;

#[derive(Default)]
pub struct Figures(Vec<(String, String)>);

impl Figures {
    pub fn say(&mut self, what: &str, value: &str) {
        println!("    {what}: {value}");
        self.0.push((what.to_owned(), value.to_owned()));
    }

    /// Milliseconds of many tries.
    pub fn times(&mut self, what: &str, mut times: Vec<f64>) {
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
        assert!(!times.is_empty(), "{what}: nothing was measured");
        self.say(what, &format!("p50 {:.0} ms, p95 {:.0} ms (of {})", at(0.5), at(0.95), times.len()));
    }

    /// All of them once more, as they go into docs/benchmarks.md.
    pub fn tell(&self) {
        println!("\n| what, in Chromium on this machine | figure |\n|---|---|");
        for (what, value) in &self.0 {
            println!("| {what} | {value} |");
        }
    }
}

/// What a phone downloads of a build, in megabytes.
pub fn weight(dist: &Path) -> f64 {
    let (mut folders, mut sum) = (vec![dist.to_owned()], 0);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.to_string_lossy().into_owned();
            if name.ends_with(".gz") || name.ends_with(".br") {
                continue;
            }
            let packed = std::path::PathBuf::from(format!("{name}.br"));
            let path = if packed.exists() { packed } else { path };
            sum += path.metadata().unwrap().len();
        }
    }
    sum as f64 / 1e6
}
