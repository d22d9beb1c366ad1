//! Finding the lines of a page: the network gives a map of where writing is likely; each connected part of it becomes a
//! rectangle on the page.

use rten::{Model, RunOptions};

use super::super::super::cleaning::colour::Colour;
use super::super::super::cleaning::number::{to_count, to_fraction};
use super::blobs::{Likelihood, blobs};
use super::picture;
use super::quad::{Point, Quad};

/// The long side of the page that the network sees, in pixels: lines of writing on A4 are then 15 to 25 pixels high, which
/// is what it was trained on, and time grows with the square of it.
const LONG_SIDE: usize = 960;
/// Above this, writing is likely.
const THRESHOLD: f32 = 0.3;
/// A rectangle with a lower mean is no writing.
const LEAST_MEAN: f32 = 0.5;
/// How far a part grows to become its line, see [`Quad::grown`].
const GROWTH: f32 = 1.6;
/// The most lines of a page.
const MOST_LINES: usize = 1_000;
/// Parts less high than this on the small page are specks.
const LEAST_SIDE: f32 = 3.0;

/// The places of the lines of `page`, in no order; `None` when the network fails.
pub(super) fn lines(model: &Model, options: &RunOptions, page: &Colour) -> Option<Vec<Quad>> {
    let input = picture::small(page, LONG_SIDE).tensor;
    let output = model.run_one(input.into(), Some(options.clone())).ok()?;
    let ([_, _, height, width], values) = output.into_shape_vec::<f32, 4>().ok()?;
    let map = Likelihood::new(width, values);
    let (x, y) = (to_fraction(page.width()) / to_fraction(width), to_fraction(page.height()) / to_fraction(height));
    let found = blobs(&map, THRESHOLD, MOST_LINES);
    Some(found.iter().filter_map(|outline| line(&map, outline)).map(|line| line.scaled(x, y)).collect())
}

/// The line around the core `outline`, when there is writing in it.
fn line(map: &Likelihood, outline: &[Point]) -> Option<Quad> {
    let core = Quad::around(outline)?;
    if core.width().min(core.height()) < LEAST_SIDE || mean_within(map, &core) < LEAST_MEAN {
        return None;
    }
    let line = core.grown(GROWTH);
    (line.width().min(line.height()) >= LEAST_SIDE + 2.0).then_some(line)
}

/// The mean of the map's values in a rectangle.
fn mean_within(map: &Likelihood, quad: &Quad) -> f32 {
    let corners = quad.corners();
    let least = |side: fn(&Point) -> f32| corners.iter().map(side).fold(f32::INFINITY, f32::min).max(0.0);
    let most = |side: fn(&Point) -> f32| corners.iter().map(side).fold(0.0, f32::max);
    let (left, right) = (to_count(least(|corner| corner.x)), to_count(most(|corner| corner.x).ceil()));
    let (top, bottom) = (to_count(least(|corner| corner.y)), to_count(most(|corner| corner.y).ceil()));
    let (mut sum, mut count) = (0.0, 0.0_f32);
    for y in top..=bottom.min(map.height()) {
        for x in left..=right {
            if quad.holds(Point { x: to_fraction(x), y: to_fraction(y) }) {
                sum += map.at(x, y);
                count += 1.0;
            }
        }
    }
    sum / count.max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_is_taken_inside_the_rectangle_only() {
        let width = 40;
        let values = (0..width * 20).map(|place| if place / width < 10 { 0.8 } else { 0.0 }).collect();
        let map = Likelihood::new(width, values);
        let quad = |top: f32| Quad {
            origin: Point { x: 2.0, y: top },
            across: Point { x: 30.0, y: 0.0 },
            down: Point { x: 0.0, y: 4.0 },
        };
        assert!((mean_within(&map, &quad(2.0)) - 0.8).abs() < 0.01);
        assert!(mean_within(&map, &quad(14.0)) < 0.01);
        assert!(mean_within(&map, &quad(190.0)) < 0.01, "outside the map");
    }
}
