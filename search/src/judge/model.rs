//! From numbers to a likelihood.

/// A logistic model over the numbers of [`super::Evidence`].
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The log-odds when every number is zero.
    pub bias: f64,
    /// One weight for each number, in its order.
    pub weights: Vec<f64>,
}

impl Model {
    /// How likely it is, 0 to 1.
    #[must_use]
    pub fn likely(&self, values: &[f64]) -> f64 {
        let sum: f64 = self.weights.iter().zip(values).map(|(weight, value)| weight * value).sum();
        1.0 / (1.0 + (-(self.bias + sum)).exp())
    }
}

impl Model {
    /// The model of a table of weights by name; a number without a row counts nothing.
    pub(super) fn named(table: &[(&str, f64)]) -> Self {
        let weight =
            |name: &str| table.iter().find(|(row, _weight)| *row == name).map_or(0.0, |(_row, weight)| *weight);
        Self { bias: weight("bias"), weights: super::Evidence::NAMES.iter().map(|name| weight(name)).collect() }
    }
}
