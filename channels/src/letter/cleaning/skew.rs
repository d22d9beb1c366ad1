//! Deskew by projection profile: when the lines of writing lie level, the sums of ink along rows differ most from row to
//! row. Coarse steps first, then fine ones around the best.

use super::grey::Grey;
use super::number::{to_count, to_fraction};

/// The most skew that is looked for, in degrees either way. More comes from a hand-held photo, not from a scanner.
const MOST_DEGREES: f32 = 5.0;
/// Coarse step in degrees.
const COARSE: f32 = 0.5;
/// Fine step in degrees.
const FINE: f32 = 0.1;
/// Less than this share of the mean ink is a gap.
const GAP_BELOW: f32 = 0.06;
/// A page is made level by its columns only when at least this share of them are gaps (vertical writing has 40 %, the dark
/// edges of a sheet that lay askew make 15 %) ...
const LEAST_GAPS: f32 = 0.25;
/// ... and so many times more than of its rows; as in `super::super::reading_order`.
const MORE_GAPS: f32 = 2.5;
/// The width to which the page is reduced for the search.
const SEARCH_WIDTH: usize = 800;
/// Darker than this is ink (after shade removal).
const INK_BELOW: u8 = 140;
/// Fewer points of ink than this say nothing about lines.
const FEWEST_POINTS: usize = 200;

/// By how many degrees the lines fall to the right (negative: rise); 0 when it cannot be told. Lines may be level or
/// upright: vertical writing, and pages fed in on their side, are made level by their columns.
#[must_use]
pub fn skew_degrees(page: &Grey) -> f32 {
    let small = page.reduced(page.width() / SEARCH_WIDTH);
    let level = ink_points(&small);
    if level.len() < FEWEST_POINTS {
        return 0.0;
    }
    let bottom = to_fraction(small.height() - 1);
    let upright: Vec<(f32, f32)> = level.iter().map(|(x, y)| (bottom - y, *x)).collect();
    let [by_rows, by_columns] = [(&level, small.width(), small.height()), (&upright, small.height(), small.width())]
        .map(|(points, width, height)| {
            let coarse = best(points, (width, height), 0.0, MOST_DEGREES, COARSE);
            let degrees = best(points, (width, height), coarse, COARSE, FINE);
            (degrees, gap_share(&profile(points, (width, height), degrees)))
        });
    let upright = by_columns.1 >= LEAST_GAPS && by_columns.1 >= MORE_GAPS * by_rows.1 + 0.05;
    if upright { by_columns.0 } else { by_rows.0 }
}

/// The share of a profile that is as good as free of ink, margins left out: the gaps between lines.
fn gap_share(profile: &[f32]) -> f32 {
    let total: f32 = profile.iter().sum();
    let mut sum = 0.0;
    let inner: Vec<f32> = profile
        .iter()
        .copied()
        .filter(|count| {
            sum += count;
            (total * 0.02..total * 0.98).contains(&sum)
        })
        .collect();
    let count = to_fraction(inner.len().max(1));
    let limit = GAP_BELOW * inner.iter().sum::<f32>() / count;
    to_fraction(inner.iter().filter(|value| **value < limit).count()) / count
}

fn ink_points(page: &Grey) -> Vec<(f32, f32)> {
    let points = page.rows().enumerate().flat_map(|(y, row)| {
        row.iter()
            .enumerate()
            .filter(|(_, pixel)| **pixel < INK_BELOW)
            .map(move |(x, _)| (to_fraction(x), to_fraction(y)))
    });
    points.collect()
}

/// The angle with the sharpest profile among `middle - reach ..= middle + reach`.
fn best(points: &[(f32, f32)], size: (usize, usize), middle: f32, reach: f32, step: f32) -> f32 {
    let steps = to_count(2.0 * reach / step + 0.5);
    let angles = (0..=steps).map(|index| middle - reach + to_fraction(index) * step);
    let sharpest =
        angles.map(|angle| (angle, sharpness(points, size, angle))).max_by(|one, other| one.1.total_cmp(&other.1));
    sharpest.map_or(0.0, |(angle, _)| angle)
}

/// The sum of squared differences between neighbouring rows of the profile at `degrees`.
fn sharpness(points: &[(f32, f32)], size: (usize, usize), degrees: f32) -> f32 {
    let profile = profile(points, size, degrees);
    profile.windows(2).map(|pair| pair.iter().copied().reduce(|one, other| one - other).map_or(0.0, |d| d * d)).sum()
}

/// How much ink lies on each line that falls by `degrees`.
fn profile(points: &[(f32, f32)], (width, height): (usize, usize), degrees: f32) -> Vec<f32> {
    let slope = degrees.to_radians().tan();
    let shift = to_fraction(width) * slope.abs();
    let mut profile = vec![0.0_f32; height + 2 * to_count(shift) + 3];
    for (x, y) in points {
        if let Some(sum) = profile.get_mut(to_count(y - x * slope + shift)) {
            *sum += 1.0;
        }
    }
    profile
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of dashes that fall to the right by `degrees`.
    fn page(degrees: f32) -> Grey {
        dashed(degrees, 12)
    }

    /// The same with dashes of `length`, 20 apart.
    fn dashed(degrees: f32, length: usize) -> Grey {
        let (width, height) = (800, 1000);
        let slope = degrees.to_radians().tan();
        let pixels = (0..height).flat_map(|y| {
            (0..width).map(move |x| {
                let level = to_fraction(y) - to_fraction(x) * slope + 200.0;
                let in_line = level.rem_euclid(40.0) < 16.0 && (50..950).contains(&y);
                if in_line && x % 20 < length { 0 } else { 255 }
            })
        });
        Grey::new(width, height, pixels.collect())
    }

    #[test]
    fn skew_is_found_to_a_quarter_degree() {
        for degrees in [-4.0, -1.3, 0.0, 2.4] {
            let found = skew_degrees(&page(degrees));
            assert!((found - degrees).abs() <= 0.25, "{degrees} was taken for {found}");
        }
    }

    #[test]
    fn upright_lines_are_made_level_too() {
        for degrees in [-2.0, 1.5] {
            let found = skew_degrees(&dashed(degrees, 19).turned(1));
            assert!((found - degrees).abs() <= 0.3, "{degrees} was taken for {found}");
        }
    }

    #[test]
    fn an_empty_page_is_level() {
        assert!(skew_degrees(&Grey::new(300, 300, Vec::new())).abs() < f32::EPSILON);
    }
}
