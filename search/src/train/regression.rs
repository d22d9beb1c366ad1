//! Logistic regression with a penalty, by Newton's method from zero: the same rows give the same weights.

use crate::judge::Model;

/// One row to learn from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    /// The numbers of [`crate::judge::Evidence`].
    pub(super) values: Vec<f64>,
    /// Whether it is what the model should say.
    pub(super) label: bool,
    /// How much it counts.
    pub(super) weight: f64,
}

/// The strength of the penalty that keeps weights small: with a few hundred rows, large weights only learn the rows.
pub(super) const PENALTY: f64 = 0.5;
/// Newton's method settles within a dozen steps.
const STEPS: usize = 25;

/// The weights that fit `rows` best under the penalty.
pub(super) fn fit(rows: &[Row], strength: f64) -> Model {
    let width = rows.first().map_or(0, |row| row.values.len()).saturating_add(1);
    let mut weights = vec![0.0; width];
    for _step in 0..STEPS {
        let (gradient, curvature) = slopes(rows, &weights, strength);
        let Some(change) = solve(curvature, gradient) else { break };
        let largest = change.iter().fold(0.0_f64, |largest, step| largest.max(step.abs()));
        for (weight, step) in weights.iter_mut().zip(change) {
            *weight += step;
        }
        if largest < 1e-9 {
            break;
        }
    }
    let bias = weights.first().copied().unwrap_or(0.0);
    Model { bias, weights: weights.into_iter().skip(1).collect() }
}

fn slopes(rows: &[Row], weights: &[f64], strength: f64) -> (Vec<f64>, Vec<Vec<f64>>) {
    let width = weights.len();
    // The bias is not held down.
    let penalty = |index: usize| if index == 0 { 0.0 } else { strength };
    let mut gradient: Vec<f64> = weights.iter().enumerate().map(|(index, weight)| -penalty(index) * weight).collect();
    let mut curvature = vec![vec![0.0; width]; width];
    for (index, line) in curvature.iter_mut().enumerate() {
        if let Some(cell) = line.get_mut(index) {
            *cell += penalty(index) + 1e-9;
        }
    }
    for row in rows {
        let values: Vec<f64> = std::iter::once(1.0).chain(row.values.iter().copied()).collect();
        let sum: f64 = values.iter().zip(weights).map(|(value, weight)| value * weight).sum();
        let likely = 1.0 / (1.0 + (-sum).exp());
        let missed = (if row.label { 1.0 } else { 0.0 } - likely) * row.weight;
        let bend = likely * (1.0 - likely) * row.weight;
        for ((slope, line), value) in gradient.iter_mut().zip(&mut curvature).zip(&values) {
            *slope += missed * value;
            for (cell, other) in line.iter_mut().zip(&values) {
                *cell += bend * value * other;
            }
        }
    }
    (gradient, curvature)
}

/// Solves `matrix * x = right` by elimination with the largest pivot.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let size = right.len();
    for column in 0..size {
        let pivot = (column..size).max_by(|a, b| {
            let at = |row: &usize| matrix.get(*row).and_then(|line| line.get(column)).copied().unwrap_or(0.0).abs();
            at(a).total_cmp(&at(b))
        })?;
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        let line = matrix.get(column)?.clone();
        let value = *right.get(column)?;
        let scale = *line.get(column)?;
        if scale.abs() < 1e-12 {
            return None;
        }
        for row in (0..size).filter(|row| *row != column) {
            let factor = matrix.get(row)?.get(column)? / scale;
            for (cell, above) in matrix.get_mut(row)?.iter_mut().zip(&line) {
                *cell -= factor * above;
            }
            *right.get_mut(row)? -= factor * value;
        }
    }
    (0..size).map(|index| Some(right.get(index)? / matrix.get(index)?.get(index)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_decides_gets_the_weight() {
        let row = |value: f64, noise: f64, label| Row { values: vec![value, noise], label, weight: 1.0 };
        let rows: Vec<Row> = (0..40_u32)
            .map(|index| {
                let label = index % 2 == 0;
                row(if label { 0.8 } else { 0.2 }, f64::from(index % 3), label)
            })
            .collect();
        let model = fit(&rows, 1.0);
        assert!(model.likely(&[0.9, 1.0]) > 0.75 && model.likely(&[0.1, 1.0]) < 0.25);
        assert_eq!(fit(&rows, 1.0), model);
    }
}
