//! Where to say yes.

/// What was said about a pair that the model had not seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Said {
    pub(super) likely: f64,
    pub(super) truth: bool,
    pub(super) weight: f64,
}

/// Steps that are tried.
const STEPS: u32 = 100;
/// Thresholds whose F1 is this near to the best are as good as it.
const AS_GOOD: f64 = 0.005;
/// The threshold when there is nothing to choose by.
const NEUTRAL: f64 = 0.5;

/// The threshold with the best F1; in the middle of those that are as good, so that a few rows more change little.
pub(super) fn best(said: &[Said]) -> f64 {
    let tried: Vec<(f64, f64)> = (1..STEPS)
        .map(|step| f64::from(step) / f64::from(STEPS))
        .map(|threshold| (threshold, f1(said, threshold)))
        .collect();
    let most = tried.iter().map(|(_threshold, f1)| *f1).fold(0.0, f64::max);
    let good: Vec<f64> =
        tried.iter().filter(|(_threshold, f1)| *f1 >= most - AS_GOOD).map(|(threshold, _f1)| *threshold).collect();
    if most <= 0.0 || good.is_empty() {
        return NEUTRAL;
    }
    good.iter().sum::<f64>() / crate::real(u64::try_from(good.len()).unwrap_or(1))
}

fn f1(said: &[Said], threshold: f64) -> f64 {
    let sum = |yes: bool, truth: bool| -> f64 {
        said.iter().filter(|one| (one.likely >= threshold) == yes && one.truth == truth).map(|one| one.weight).sum()
    };
    let all = 2.0f64.mul_add(sum(true, true), sum(true, false) + sum(false, true));
    if all > 0.0 { 2.0 * sum(true, true) / all } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_threshold_lies_between_yes_and_no() {
        let said = |likely, truth| Said { likely, truth, weight: 1.0 };
        let threshold = best(&[said(0.9, true), said(0.6, true), said(0.2, false), said(0.1, false)]);
        assert!((0.21..0.6).contains(&threshold), "{threshold}");
        assert!((best(&[]) - NEUTRAL).abs() < 1e-9);
    }
}
