//! The measures themselves.

use serde::Serialize;

/// Bins of the calibration error.
const BINS: u32 = 10;

/// What was said and what is true.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Said {
    /// The likelihood that was given, 0 to 1.
    pub(super) likely: f64,
    /// Whether it is so.
    pub(super) truth: bool,
}

/// Right, wrong and missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub(super) struct Counts {
    pub(super) right: u64,
    pub(super) wrong: u64,
    pub(super) missed: u64,
}

impl Counts {
    /// Counts what was said about one row.
    pub(super) const fn add(&mut self, yes: bool, truth: bool) {
        match (yes, truth) {
            (true, true) => self.right = self.right.saturating_add(1),
            (true, false) => self.wrong = self.wrong.saturating_add(1),
            (false, true) => self.missed = self.missed.saturating_add(1),
            (false, false) => {}
        }
    }

    /// The harmonic mean of precision and recall; 0 when nothing is right.
    pub(super) fn f1(self) -> f64 {
        let all = 2.0 * real(self.right) + real(self.wrong) + real(self.missed);
        if all > 0.0 { 2.0 * real(self.right) / all } else { 0.0 }
    }
}

pub(super) use crate::real;

/// The area under the curve: how likely a true row is rated above a false one; ties count half. 0 without both kinds.
pub(super) fn auc(said: &[Said]) -> f64 {
    let part = |truth: bool| said.iter().filter(move |row| row.truth == truth);
    let mut above = 0.0;
    let mut all = 0.0;
    for yes in part(true) {
        for no in part(false) {
            all += 1.0;
            above += match yes.likely.total_cmp(&no.likely) {
                std::cmp::Ordering::Greater => 1.0,
                std::cmp::Ordering::Equal => 0.5,
                std::cmp::Ordering::Less => 0.0,
            };
        }
    }
    if all > 0.0 { above / all } else { 0.0 }
}

/// How far the likelihoods are from what was found, on average over ten bins of equal width.
pub(super) fn calibration_error(said: &[Said]) -> f64 {
    let mut error = 0.0;
    for bin in 0..BINS {
        let (from, to) = (f64::from(bin) / f64::from(BINS), f64::from(bin.saturating_add(1)) / f64::from(BINS));
        let last = bin.saturating_add(1) == BINS;
        let rows: Vec<&Said> = said.iter().filter(|row| row.likely >= from && (row.likely < to || last)).collect();
        let given: f64 = rows.iter().map(|row| row.likely).sum();
        let found: f64 = rows.iter().map(|row| if row.truth { 1.0 } else { 0.0 }).sum();
        error += (given - found).abs();
    }
    mean(error, said.len())
}

/// `sum` over `count`, 0 for none.
pub(super) fn mean(sum: f64, count: usize) -> f64 {
    if count == 0 { 0.0 } else { sum / real(u64::try_from(count).unwrap_or(u64::MAX)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_of_a_small_case_are_as_computed_by_hand() {
        let said = [(0.9, true), (0.8, false), (0.7, true), (0.1, false)].map(|(likely, truth)| Said { likely, truth });
        assert!((auc(&said) - 0.75).abs() < 1e-9);
        let mut counts = Counts::default();
        said.iter().for_each(|row| counts.add(row.likely >= 0.5, row.truth));
        assert!((counts.f1() - 0.8).abs() < 1e-9);
        assert!((calibration_error(&said) - (0.1 + 0.8 + 0.3 + 0.1) / 4.0).abs() < 1e-9);
        assert!(auc(&[]).abs() < 1e-9 && Counts::default().f1().abs() < 1e-9);
    }
}
