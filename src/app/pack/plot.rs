//! A chart as a drawing in the file: the same figure that the screens draw, written out.
//!
//! Invariant: no point means something by colour alone, and the method stands under the drawing.

use std::fmt::Write;

use super::html::{close, leaf, open, text};
use crate::app::i18n::{t, t_args};
use crate::insight::chart::{Method, of_counts};
use crate::insight::control::{Count, Counted};
use crate::insight::figure::{Dot, Shape, lay_out};
use crate::insight::run::LEAST as LEAST_USEFUL;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 240.0;
const DOT: f64 = 3.5;
/// Fewer periods than this are a table, not a chart.
const LEAST: usize = 3;

/// Shares by period: its name, how many, of how many. Nothing where there are too few.
pub fn shares(out: &mut String, periods: &[(String, usize, usize)]) {
    let real = |n: usize| u32::try_from(n).map_or(0.0, f64::from);
    let counts: Vec<Count> = periods.iter().map(|(_, x, n)| Count { x: real(*x), n: real(*n) }).collect();
    let chart = of_counts(Method::Anhoej, &counts, Counted::Share);
    let Some(chart) = chart.filter(|_| periods.len() >= LEAST) else { return };
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
        label(out, "tick", left - 6.0, tick.y + 4.0, &percent(tick.value));
    }
    for index in &figure.labelled {
        if let (Some(dot), Some((name, ..))) = (figure.dots.get(*index), periods.get(*index)) {
            label(out, "period", figure.label_x(*dot), HEIGHT - 8.0, name);
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
    // Where the rules may not be applied, that nothing is seen would be a verdict that nobody came to.
    let said = if !chart.has_verdict() {
        t_args("pack-chart-mute", &[("need", LEAST_USEFUL.into())])
    } else if chart.signals() {
        t("pack-chart-signal")
    } else {
        t("pack-chart-quiet")
    };
    text(
        out,
        &t_args(
            "pack-chart-how",
            &[("median", percent(chart.centre).into()), ("n", periods.len().into()), ("said", said.into())],
        ),
    );
    close(out, "figcaption");
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
