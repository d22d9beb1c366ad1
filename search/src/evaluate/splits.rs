//! Cross-validation with several splits. Of some dozens of look-ups one is a point or two of F1, and which of them a model gets right depends on
//! which matters it learned from: the mean over several splits compares two judges where one split cannot.

use serde::Serialize;

use super::figures::Figures;
use super::measures::mean;

/// Figures over several splits of the matters. One is missing when its file was not given.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Splits {
    /// How many splits.
    pub splits: usize,
    /// F1 over the judged pairs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pair_f1: Option<Spread>,
    /// The area under the curve over the judged pairs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pair_auc: Option<Spread>,
    /// F1 over the look-ups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alarm_f1: Option<Spread>,
}

/// A figure over several splits, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spread {
    /// The mean.
    pub mean: f64,
    /// The standard deviation.
    pub deviation: f64,
    /// The worst.
    pub least: f64,
}

impl Splits {
    pub(super) fn of(figures: &[Figures]) -> Self {
        let spread = |figure: &dyn Fn(&Figures) -> Option<f64>| {
            Spread::of(&figures.iter().filter_map(figure).collect::<Vec<_>>())
        };
        Self {
            splits: figures.len(),
            pair_f1: spread(&|one| one.pairs.map(|pairs| pairs.f1)),
            pair_auc: spread(&|one| one.pairs.map(|pairs| pairs.auc)),
            alarm_f1: spread(&|one| one.alarm.map(|alarm| alarm.f1)),
        }
    }
}

impl Spread {
    fn of(values: &[f64]) -> Option<Self> {
        let least = values.iter().copied().reduce(f64::min)?;
        let average = mean(values.iter().sum(), values.len());
        let squares = values.iter().map(|value| (value - average).powi(2)).sum();
        Some(Self { mean: average, deviation: mean(squares, values.len()).sqrt(), least })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_tells_the_middle_how_far_and_the_worst() {
        let spread = Spread::of(&[0.9, 0.7, 0.8, 0.8]).unwrap();
        assert!((spread.mean - 0.8).abs() < 1e-9 && (spread.deviation - 0.005_f64.sqrt()).abs() < 1e-9, "{spread:?}");
        assert!((spread.least - 0.7).abs() < 1e-9);
        assert_eq!(Spread::of(&[]), None);
    }
}
