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
    /// The log-odds.
    #[must_use]
    pub fn odds(&self, values: &[f64]) -> f64 {
        let sum: f64 = self.weights.iter().zip(values).map(|(weight, value)| weight * value).sum();
        self.bias + sum
    }

    /// How likely it is, 0 to 1.
    #[must_use]
    pub fn likely(&self, values: &[f64]) -> f64 {
        1.0 / (1.0 + (-self.odds(values)).exp())
    }
}
