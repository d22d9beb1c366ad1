//! Where to say yes. Rests on likelihoods that are calibrated.

/// What was said about a pair that the model had not seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Said {
    pub(super) likely: f64,
    pub(super) truth: bool,
    pub(super) weight: f64,
}

/// Steps that are tried.
const STEPS: u32 = 100;
/// The threshold when there is nothing to choose by.
const NEUTRAL: f64 = 0.5;

/// The threshold for the best F1: half of that F1, which is where it lies when likelihoods are calibrated (Lipton, Elkan and
/// Narayanaswamy, *Thresholding classifiers to maximize F1 score*, 2014). The threshold at which these few hundred rows happen
/// to reach it jumps by .2 when a dozen rows are added; the F1 itself barely moves.
pub(super) fn best(said: &[Said]) -> f64 {
    let most = (1..STEPS)
        .map(|step| f64::from(step) / f64::from(STEPS))
        .map(|threshold| f1(said, threshold))
        .fold(0.0, f64::max);
    if most > 0.0 { most / 2.0 } else { NEUTRAL }
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
