//! Figures as rows of a table, and where the middle and the slow end of many lie.

use std::path::Path;

#[derive(Default)]
pub struct Figures(Vec<Row>);

struct Row {
    what: String,
    value: String,
    /// As DESIGN sets it, and whether it is kept.
    budget: Option<(String, bool)>,
    /// The bare work in the same browser and run.
    baseline: String,
}

/// The middle and the slow end of many.
pub struct Times {
    pub p50: f64,
    pub p95: f64,
    pub count: usize,
}

impl Times {
    pub fn of(mut times: Vec<f64>) -> Times {
        assert!(!times.is_empty(), "nothing was measured");
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
        Times { p50: at(0.5), p95: at(0.95), count: times.len() }
    }

    fn told(&self) -> String {
        format!("{:.0} / {:.0} ms", self.p50, self.p95)
    }
}

impl Figures {
    pub fn say(&mut self, what: &str, value: &str) {
        self.add(what, value.to_owned(), None, "");
    }

    /// A value that must not pass its budget, beside the bare work.
    pub fn at_most(&mut self, what: &str, (value, most): (f64, f64), unit: &str, baseline: &str) {
        let budget = (format!("≤ {most} {unit}"), value <= most);
        self.add(what, format!("{value:.2} {unit}"), Some(budget), baseline);
    }

    /// Milliseconds of many tries; the budget is for the slow end.
    pub fn times(&mut self, what: &str, times: &Times, most: Option<f64>, baseline: Option<&Times>) {
        let budget = most.map(|most| (format!("≤ {most} ms p95"), times.p95 <= most));
        let what = format!("{what}, p50 / p95 of {}", times.count);
        self.add(&what, times.told(), budget, &baseline.map(Times::told).unwrap_or_default());
    }

    fn add(&mut self, what: &str, value: String, budget: Option<(String, bool)>, baseline: &str) {
        println!("    {what}: {value}");
        self.0.push(Row { what: what.to_owned(), value, budget, baseline: baseline.to_owned() });
    }

    /// All of them once more, as they go into docs/benchmarks.md.
    pub fn tell(&self) {
        println!(
            "\n| what, in Chromium on this machine | figure | budget | kept | bare, in the same run |\n|---|---|---|---|---|"
        );
        for Row { what, value, budget, baseline } in &self.0 {
            let (budget, kept) = match budget {
                Some((budget, kept)) => (budget.as_str(), if *kept { "yes" } else { "NO" }),
                None => ("", ""),
            };
            println!("| {what} | {value} | {budget} | {kept} | {baseline} |");
        }
    }
}

/// What a phone downloads of a build, in megabytes, packed as the ending says: `br` or `gz`.
pub fn weight(dist: &Path, packing: &str) -> f64 {
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
            let packed = std::path::PathBuf::from(format!("{name}.{packing}"));
            let path = if packed.exists() { packed } else { path };
            sum += path.metadata().unwrap().len();
        }
    }
    sum as f64 / 1e6
}
