//! A chart as a drawing in the file: the same figure that the screens draw, written out.
//!
//! Invariant: no point means something by colour alone, and the method stands under the drawing.

use std::fmt::Write;

use super::cut::shortened;
use super::html::{close, leaf, open, text};
use crate::app::i18n::{t, t_args};
use crate::app::insight;
use crate::insight::facts::Point;
use crate::insight::figure::{Dot, Shape, lay_out};
use crate::insight::judge::judge;
use crate::insight::measure::{Measure, Unit};
use crate::insight::period::Grain;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 200.0;
const DOT: f64 = 3.5;
/// Fewer periods than this are a table, not a chart.
const LEAST: usize = 3;

/// A month: so many met of so many; none where nobody looked.
#[derive(Clone, Debug)]
pub struct Share {
    pub period: i32,
    pub name: String,
    pub met: usize,
    pub of: usize,
}

/// So many letters of a list of months stand under the drawing; all of them stand in the table.
const LIST: usize = 300;

/// Shares by month, judged by the rules of Insight up to the month `over`. Nothing where there are too
/// few.
pub fn shares(out: &mut String, months: &[Share], over: i32) {
    let real = |n: usize| u32::try_from(n).map_or(0.0, f64::from);
    let point = |month: &Share| {
        let (x, n) = (real(month.met), real(month.of));
        Point { period: month.period, x, n, value: x / n, records: n }
    };
    let points: Vec<Point> = months.iter().filter(|month| month.of > 0).map(point).collect();
    let Some(first) = months.first().map(|month| month.period).filter(|_| points.len() >= LEAST) else {
        return;
    };
    let Some(judged) = judge(Measure::PassRate, Grain::Month, &points, first, first, over) else { return };
    let chart = judged.chart;
    let figure = lay_out(&chart, WIDTH, HEIGHT, Some(1.0));
    let (left, right) = (figure.left, figure.right);
    open(out, "figure", "");
    // Writing to a String cannot fail.
    let _ = write!(out, "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\">");
    leaf(out, "title", "", &t("pack-chart"));
    for tick in &figure.ticks {
        let _ = write!(
            out,
            "<line class=\"grid\" x1=\"{left}\" x2=\"{right}\" y1=\"{0:.1}\" y2=\"{0:.1}\"></line>",
            tick.y
        );
        label(out, "tick", left - 6.0, tick.y + 4.0, &insight::tick(tick.value, Unit::Share));
    }
    for index in &figure.labelled {
        let period = chart.periods.get(*index);
        let month = period.and_then(|period| months.iter().find(|month| month.period == *period));
        if let (Some(dot), Some(month)) = (figure.dots.get(*index), month) {
            label(out, "period", figure.label_x(*dot), HEIGHT - 8.0, &month.name);
        }
    }
    let _ = write!(
        out,
        "<line class=\"centre\" x1=\"{left}\" x2=\"{right}\" y1=\"{0:.1}\" y2=\"{0:.1}\"></line><path class=\"line\" d=\"{1}\"></path>",
        figure.centre, figure.line
    );
    for dot in &figure.dots {
        mark(out, *dot);
    }
    close(out, "svg");
    open(out, "figcaption", "none");
    text(out, &insight::summary(&chart, Unit::Share));
    close(out, "figcaption");
    for month in months.iter().filter(|month| month.period > over && month.of > 0) {
        let (x, n) = (month.met.to_string().into(), month.of.to_string().into());
        let words = t_args("pack-not-whole", &[("month", month.name.clone().into()), ("x", x), ("n", n)]);
        leaf(out, "p", "none", &words);
    }
    // How it was read and why; where no rule may be applied, that there is no verdict.
    leaf(out, "p", "none", &insight::why(judged.why));
    let empty: Vec<&str> =
        months.iter().filter(|month| month.of == 0).map(|month| month.name.as_str()).collect();
    if !empty.is_empty() {
        let which = empty.join(", ");
        let which = shortened(&which, LIST).unwrap_or(which);
        leaf(out, "p", "none", &t_args("pack-gaps", &[("which", which.into())]));
    }
    close(out, "figure");
}

fn label(out: &mut String, class: &str, x: f64, y: f64, words: &str) {
    let _ = write!(out, "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">");
    text(out, words);
    close(out, "text");
}

fn mark(out: &mut String, dot: Dot) {
    let Dot { x, y, shape } = dot;
    let _ = match shape {
        Shape::Circle => {
            write!(out, "<circle class=\"dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{DOT}\"></circle>")
        }
        Shape::Diamond | Shape::Triangle => {
            write!(out, "<polygon class=\"dot sign\" points=\"{}\"></polygon>", dot.polygon(DOT + 1.0))
        }
    };
}

/// A share as whole hundredths.
pub fn percent(share: f64) -> String {
    t_args("insight-percent", &[("n", format!("{:.0}", share * 100.0).into())])
}
