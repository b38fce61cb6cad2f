//! The month for governance: seven figures on one page.

use fastrand::Rng;
use fieldproof::insight::facts::Point;
use fieldproof::insight::measure::Measure;

use crate::charts::{Came, comes_to_signal, point};
use crate::{Line, binomial, exponential, poisson};

pub fn page(runs: u32) -> Line {
    let mut random = Rng::with_seed(0x30);
    let mut calls = 0_u32;
    for _ in 0..runs {
        let from = 60 + random.i32(0..12);
        for measure in Measure::LEADING.into_iter().chain(Measure::LAGGING) {
            let month = |random: &mut Rng| match measure {
                Measure::PassRate => (binomial(random, 30, 0.93), 30.0, 0.0),
                Measure::DaysToClose => (0.0, 1.0, exponential(random, 14.0)),
                Measure::MedicationDeviations => (poisson(random, 5.0), 20.0, 0.0),
                Measure::AvoidableEscalations => (poisson(random, 2.0), 0.0, 0.0),
                Measure::NearMisses => (poisson(random, 4.0), 0.0, 0.0),
                _ => (binomial(random, 20, 0.8), 20.0, 0.8),
            };
            let points: Vec<Point> = (0..=from + 12).map(|at| point(at, month(&mut random))).collect();
            let came = comes_to_signal(measure, &points, from, from + 12);
            calls += u32::from(matches!(came, Came::In(_)));
        }
    }
    Line {
        what: "seven figures, nothing changed".to_owned(),
        false_a_year: Some(f64::from(calls) / f64::from(runs)),
        found: Vec::new(),
        most: Some(1.0),
    }
}
