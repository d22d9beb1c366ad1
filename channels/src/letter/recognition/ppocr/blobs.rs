//! Connected parts of the map of writing that the detection network gives.

use super::quad::Point;

/// A map with one value per pixel, 0 to 1: how likely writing is there.
#[derive(Debug, Clone)]
pub(super) struct Likelihood {
    width: usize,
    values: Vec<f32>,
}

impl Likelihood {
    /// A map of `width` and these values, row by row.
    #[must_use]
    pub(super) const fn new(width: usize, values: Vec<f32>) -> Self {
        Self { width, values }
    }

    /// The value at a place; 0 outside.
    #[must_use]
    pub(super) fn at(&self, x: usize, y: usize) -> f32 {
        if x < self.width { self.values.get(y * self.width + x).copied().unwrap_or(0.0) } else { 0.0 }
    }

    /// Height in pixels.
    #[must_use]
    pub(super) fn height(&self) -> usize {
        self.values.len().checked_div(self.width).unwrap_or(0)
    }
}

/// The parts of `map` above `threshold`, each by the ends of its runs in every row; pixels that touch at a corner belong
/// together, and each pixel is widened by one to the right and downwards first, so that hair-thin gaps do not part a line.
#[must_use]
pub(super) fn blobs(map: &Likelihood, threshold: f32, most: usize) -> Vec<Vec<Point>> {
    let (width, height) = (map.width, map.height());
    let mut marked = vec![false; width.saturating_mul(height)];
    for (place, value) in map.values.iter().enumerate() {
        if *value > threshold {
            let last_column = (place + 1) % width == 0;
            for next in [Some(place), (!last_column).then_some(place + 1)].into_iter().flatten() {
                for cell in [next, next + width] {
                    if let Some(mark) = marked.get_mut(cell) {
                        *mark = true;
                    }
                }
            }
        }
    }
    let mut blobs = Vec::new();
    for start in 0..marked.len() {
        if marked.get(start) == Some(&true) {
            let blob = take(&mut marked, start, width);
            if blobs.len() < most {
                blobs.push(blob);
            }
        }
    }
    blobs
}

/// Takes the part that `start` belongs to out of `marked`; gives the pixels that have a free neighbour.
fn take(marked: &mut [bool], start: usize, width: usize) -> Vec<Point> {
    let mut waiting = vec![start];
    let mut pixels = Vec::new();
    if let Some(mark) = marked.get_mut(start) {
        *mark = false;
    }
    while let Some(place) = waiting.pop() {
        pixels.push(place);
        let column = place % width;
        for row in [place.checked_sub(width), Some(place), Some(place + width)].into_iter().flatten() {
            let neighbours =
                [(column > 0).then(|| row.wrapping_sub(1)), Some(row), (column + 1 < width).then_some(row + 1)];
            for neighbour in neighbours.into_iter().flatten() {
                if let Some(mark) = marked.get_mut(neighbour).filter(|mark| **mark) {
                    *mark = false;
                    waiting.push(neighbour);
                }
            }
        }
    }
    outline(pixels, width)
}

/// The first and last pixel of every row: all that a convex hull can rest on.
fn outline(mut pixels: Vec<usize>, width: usize) -> Vec<Point> {
    use super::super::super::cleaning::number::to_fraction;
    pixels.sort_unstable();
    let mut ends = Vec::new();
    for row in pixels.chunk_by(|one, other| one / width == other / width) {
        for end in [row.first(), row.last()].into_iter().flatten() {
            ends.push(Point { x: to_fraction(end % width), y: to_fraction(end / width) });
        }
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(rows: &[&str]) -> Likelihood {
        let width = rows[0].len();
        Likelihood::new(
            width,
            rows.iter().flat_map(|row| row.chars()).map(|c| if c == '#' { 0.9 } else { 0.1 }).collect(),
        )
    }

    #[test]
    fn two_lines_are_two_parts_and_a_gap_of_a_pixel_does_not_part_one() {
        let map =
            map(&["............", ".####.####..", ".####.####..", "............", "............", ".#####......"]);
        let found = blobs(&map, 0.3, 100);
        assert_eq!(found.len(), 2);
        let right = found[0].iter().map(|point| point.x).fold(0.0, f32::max);
        let bottom = found[0].iter().map(|point| point.y).fold(0.0, f32::max);
        assert!((right - 10.0).abs() < 0.1 && (bottom - 3.0).abs() < 0.1, "widened by one: {right} {bottom}");
        assert_eq!(blobs(&map, 0.3, 1).len(), 1, "never more than asked for");
        assert!(blobs(&map, 0.95, 100).is_empty());
    }

    #[test]
    fn the_right_edge_does_not_run_on_in_the_next_row() {
        let found = blobs(&map(&["...#", "....", "....", "#..."]), 0.3, 9);
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn an_empty_map_has_no_parts() {
        assert!(blobs(&Likelihood::new(0, Vec::new()), 0.3, 9).is_empty());
    }
}
