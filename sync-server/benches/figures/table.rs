//! The one table: name, value, budget, baseline, ratio.

use std::fmt::Write;

use serde::Serialize;

#[derive(Default)]
pub struct Table(Vec<Row>);

#[derive(Serialize)]
struct Row {
    name: String,
    value: f64,
    unit: &'static str,
    budget: Option<String>,
    /// Whether the budget is kept; null where there is none.
    kept: Option<bool>,
    baseline: Option<f64>,
    ratio: Option<f64>,
}

/// What a figure should be.
#[derive(Clone, Copy)]
pub enum Budget {
    None,
    AtLeast(f64),
    AtMost(f64),
}

impl Table {
    pub fn add(&mut self, name: &str, value: f64, unit: &'static str, budget: Budget, baseline: Option<f64>) {
        let (budget, kept) = match budget {
            Budget::None => (None, None),
            Budget::AtLeast(least) => (Some(format!("≥ {least}")), Some(value >= least)),
            Budget::AtMost(most) => (Some(format!("≤ {most}")), Some(value <= most)),
        };
        let ratio = baseline.map(|baseline| value / baseline);
        let row = Row { name: name.to_owned(), value, unit, budget, kept, baseline, ratio };
        let _ = std::io::Write::write_fmt(
            &mut std::io::stderr(),
            format_args!("{}: {} {}\n", row.name, short(row.value), row.unit),
        );
        self.0.push(row);
    }

    pub fn json(&self) -> String {
        let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        serde_json::json!({"figures": self.0, "cores": cores, "load_at_end": load.trim()}).to_string()
    }

    pub fn text(&self) -> String {
        let mut text =
            String::from("| what | value | budget | kept | baseline | ratio |\n|---|---|---|---|---|---|\n");
        for row in &self.0 {
            let kept = row.kept.map_or("", |kept| if kept { "yes" } else { "NO" });
            let number = |value: Option<f64>| value.map(short).unwrap_or_default();
            let _ = writeln!(
                text,
                "| {} | {} {} | {} | {kept} | {} | {} |",
                row.name,
                short(row.value),
                row.unit,
                row.budget.clone().unwrap_or_default(),
                number(row.baseline),
                row.ratio.map(|ratio| format!("{ratio:.2}")).unwrap_or_default(),
            );
        }
        let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
        let _ = write!(text, "\nload average at the end: {}", load.trim());
        text
    }
}

fn short(value: f64) -> String {
    if value >= 1000.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}

/// The value below which that share of them lies.
pub fn percentile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index")]
    let index = ((values.len() - 1) as f64 * share).round() as usize;
    values[index]
}
