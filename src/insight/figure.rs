//! Where everything on a chart stands: points, lines, ticks, in the units of an SVG's view box.
//! Screens and the evidence pack draw the same figure; what to write beside a tick is theirs to say.
//!
//! Invariant: every coordinate lies within the figure, for any values and limits.

use serde::{Deserialize, Serialize};

use super::chart::{Chart, Sign};

/// How a point is drawn: shape first, so that no meaning rests on colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Nothing but chance.
    Circle,
    /// Part of a run, a trend, or near a limit with others.
    Diamond,
    /// Outside the limits, or the sum reached its limit.
    Triangle,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dot {
    pub x: f64,
    pub y: f64,
    pub shape: Shape,
}

impl Dot {
    /// The points of its polygon, as the attribute wants them; empty for a circle.
    #[must_use]
    pub fn polygon(&self, size: f64) -> String {
        let Dot { x, y, .. } = *self;
        let corners: &[(f64, f64)] = match self.shape {
            Shape::Circle => &[],
            Shape::Diamond => &[(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)],
            Shape::Triangle => &[(0.0, -1.4), (1.4, 1.1), (-1.4, 1.1)],
        };
        let text: Vec<String> =
            corners.iter().map(|(right, down)| at(x + right * size, y + down * size, ',')).collect();
        text.join(" ")
    }
}

/// A value on the upright axis.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tick {
    pub y: f64,
    pub value: f64,
}

impl Figure {
    /// Where the middle of a point's label stands: at the point, unless it would be cut off there.
    #[must_use]
    pub fn label_x(&self, dot: Dot) -> f64 {
        dot.x.min(self.width - LABEL / 2.0).max(LABEL / 2.0)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    pub width: f64,
    pub height: f64,
    /// The plot's edges; ticks stand left of `left`, periods below `bottom`.
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    pub dots: Vec<Dot>,
    /// A path through all points that follow each other; it breaks where a period has none.
    pub line: String,
    pub centre: f64,
    /// Paths of the limits, in steps; empty where the method has none.
    pub upper: String,
    pub lower: String,
    pub ticks: Vec<Tick>,
    /// The points that have a label below: as many as there is room for, the newest among them.
    pub labelled: Vec<usize>,
}

/// What stays free around the plot.
const LEFT: f64 = 44.0;
const EDGE: f64 = 12.0;
const BELOW: f64 = 24.0;
/// A label below needs so much room.
const LABEL: f64 = 62.0;

fn at(x: f64, y: f64, between: char) -> String {
    format!("{x:.1}{between}{y:.1}")
}

/// A round step so that about four of them make `span`; of what is no share never one that a single
/// decimal could not say.
fn step(span: f64, share: bool) -> f64 {
    let rough = (span / 4.0).max(if share { f64::MIN_POSITIVE } else { 0.1 });
    let power = 10_f64.powf(rough.log10().floor());
    let rounds: &[f64] = if share { &[1.0, 2.0, 2.5, 5.0, 10.0] } else { &[1.0, 2.0, 5.0, 10.0] };
    let round = rounds.iter().copied().find(|round| round * power >= rough * 0.999);
    round.unwrap_or(10.0) * power
}

/// The values between which the upright axis runs, and its step. `most` is the greatest value that
/// can be (1 for shares); the axis begins at 0 unless a value lies below. Limits that lie where no
/// value can be do not stretch it.
fn axis(chart: &Chart, most: Option<f64>) -> (f64, f64, f64) {
    let finite = |value: &f64| value.is_finite();
    let values = || chart.values.iter().copied().chain([chart.centre]).filter(finite);
    let low = values().fold(0.0, f64::min);
    let ends = chart.limits.iter().flat_map(|limits| [limits.low, limits.high]).filter(finite);
    let ends = ends.map(|end| if low < 0.0 { end } else { end.max(0.0) });
    let (low, mut high) =
        values().chain(ends).fold((low, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
    if let Some(most) = most {
        high = if values().all(|value| value <= most) { most } else { high.max(most) };
    }
    if high - low <= 0.0 {
        high = low + 1.0;
    }
    let step = step(high - low, most.is_some());
    ((low / step).floor() * step, (high / step - 1e-9).ceil() * step, step)
}

/// Lays a chart out on a figure of `width` by `height`. `most` is the greatest value that can be
/// (1 for shares), which the axis then always shows.
#[must_use]
pub fn lay_out(chart: &Chart, width: f64, height: f64, most: Option<f64>) -> Figure {
    let (left, right, top, bottom) = (LEFT, width - EDGE, EDGE, height - BELOW);
    let (low, high, step) = axis(chart, most);
    let y = |value: f64| (bottom - (value - low) / (high - low) * (bottom - top)).clamp(top, bottom);
    let first = chart.periods.first().copied().unwrap_or(0);
    let place = |index: usize| {
        let period = chart.periods.get(index).copied().unwrap_or(first);
        f64::from(period.saturating_sub(first))
    };
    let places = place(chart.values.len().saturating_sub(1));
    let apart = (right - left - 2.0 * EDGE) / places.max(1.0);
    let x = |index: usize| left + EDGE + apart * place(index);
    let dots: Vec<Dot> = chart
        .values
        .iter()
        .zip(&chart.signs)
        .enumerate()
        .map(|(index, (value, signs))| Dot { x: x(index), y: y(*value), shape: shape(signs) })
        .collect();
    let line = dots
        .iter()
        .enumerate()
        .map(|(index, dot)| {
            let follows = index > 0 && place(index) - place(index.saturating_sub(1)) < 1.5;
            format!("{}{}", if follows { 'L' } else { 'M' }, at(dot.x, dot.y, ' '))
        })
        .collect();
    let steps = |end: &dyn Fn(usize) -> Option<f64>| {
        let mut path = String::new();
        for index in 0..chart.limits.len() {
            let Some(value) = end(index) else { continue };
            let half = apart / 2.0;
            let (from, to) = ((x(index) - half).max(left), (x(index) + half).min(right));
            let follows = index > 0 && place(index) - place(index.saturating_sub(1)) < 1.5;
            path.push(if follows { 'L' } else { 'M' });
            path.push_str(&at(from, y(value), ' '));
            path.push('H');
            path.push_str(&format!("{to:.1}"));
        }
        path
    };
    let upper = steps(&|index| chart.limits.get(index).map(|limits| limits.high));
    let lower = steps(&|index| chart.limits.get(index).map(|limits| limits.low));
    let mut ticks = Vec::new();
    let mut value = low;
    while value <= high + step / 2.0 && ticks.len() < 12 {
        // What is nearly nought is nought: sums of steps are not exact.
        ticks.push(Tick { y: y(value), value: if value.abs() < step / 1e6 { 0.0 } else { value } });
        value += step;
    }
    Figure {
        width,
        height,
        left,
        right,
        top,
        bottom,
        centre: y(chart.centre),
        labelled: labelled(&dots),
        dots,
        line,
        upper,
        lower,
        ticks,
    }
}

fn shape(signs: &[Sign]) -> Shape {
    if signs.contains(&Sign::Outside) || signs.contains(&Sign::Risen) {
        Shape::Triangle
    } else if signs.is_empty() {
        Shape::Circle
    } else {
        Shape::Diamond
    }
}

/// From the newest point back, each that has room for its label.
fn labelled(dots: &[Dot]) -> Vec<usize> {
    let mut which: Vec<usize> = Vec::new();
    let mut free = f64::INFINITY;
    for (index, dot) in dots.iter().enumerate().rev() {
        if dot.x <= free {
            which.push(index);
            free = dot.x - LABEL;
        }
    }
    which.reverse();
    which
}
