//! A grey picture, and the small operations that several clean-up steps share.

use super::number::to_pixel;

/// A grey picture: one byte per pixel, 0 is black, rows from the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grey {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Grey {
    /// A picture of these pixels; missing ones become white, sides are at least 1.
    #[must_use]
    pub fn new(width: usize, height: usize, mut pixels: Vec<u8>) -> Self {
        let (width, height) = (width.max(1), height.max(1));
        pixels.resize(width.saturating_mul(height), u8::MAX);
        Self { width, height, pixels }
    }

    /// Width in pixels.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels.
    #[must_use]
    pub const fn height(&self) -> usize {
        self.height
    }

    /// The pixels, row by row.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The pixels alone.
    #[must_use]
    pub fn into_pixels(self) -> Vec<u8> {
        self.pixels
    }

    /// The rows from the top.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = &[u8]> + ExactSizeIterator {
        self.pixels.chunks_exact(self.width)
    }

    /// The rows from the top, to be changed.
    pub fn rows_mut(&mut self) -> impl Iterator<Item = &mut [u8]> {
        self.pixels.chunks_exact_mut(self.width)
    }

    /// The pixel at a place; places outside are white.
    #[must_use]
    pub fn at(&self, x: usize, y: usize) -> u8 {
        if x < self.width { self.pixels.get(y * self.width + x).copied().unwrap_or(u8::MAX) } else { u8::MAX }
    }

    /// How often each value occurs.
    #[must_use]
    pub fn histogram(&self) -> [u32; 256] {
        histogram_of(&self.pixels)
    }

    /// A picture smaller by `factor` in each direction, each pixel the mean of a block; at most to a single row or column.
    #[must_use]
    pub fn reduced(&self, factor: usize) -> Self {
        let factor = factor.min(self.width).min(self.height);
        if factor <= 1 {
            return self.clone();
        }
        let (width, height) = (self.width / factor, self.height / factor);
        let area = u32::try_from(factor * factor).unwrap_or(u32::MAX);
        let mut pixels = Vec::with_capacity(width * height);
        let mut sums = vec![0_u32; width];
        for band in self.pixels.chunks_exact(self.width * factor) {
            sums.fill(0);
            for row in band.chunks_exact(self.width) {
                // Nearly every page is reduced by 2: as a constant it does several blocks in one step.
                if factor == 2 { add_blocks(&mut sums, row, 2) } else { add_blocks(&mut sums, row, factor) }
            }
            pixels.extend(sums.iter().map(|sum| u8::try_from(sum / area).unwrap_or(u8::MAX)));
        }
        Self::new(width, height, pixels)
    }

    /// The part of `width` and `height` from `(left, top)` on, as far as there is one.
    #[must_use]
    pub fn part(&self, left: usize, top: usize, width: usize, height: usize) -> Self {
        let rows = self.rows().skip(top).take(height);
        let across = width.min(self.width.saturating_sub(left));
        let mut pixels = Vec::with_capacity(across.saturating_mul(height));
        let mut down = 0;
        for row in rows {
            pixels.extend(row.iter().skip(left).take(across));
            down += 1;
        }
        Self::new(across, down, pixels)
    }

    /// The picture with `margin` white pixels around it.
    #[must_use]
    pub fn framed(&self, margin: usize) -> Self {
        let width = self.width + 2 * margin;
        let mut pixels = vec![u8::MAX; width * (self.height + 2 * margin)];
        for (new, old) in pixels.chunks_exact_mut(width).skip(margin).zip(self.rows()) {
            for (new, old) in new.iter_mut().skip(margin).zip(old) {
                *new = *old;
            }
        }
        Self::new(width, self.height + 2 * margin, pixels)
    }

    /// The picture after `quarters` quarter turns clockwise.
    #[must_use]
    pub fn turned(&self, quarters: u8) -> Self {
        match quarters % 4 {
            0 => self.clone(),
            2 => Self::new(self.width, self.height, self.pixels.iter().rev().copied().collect()),
            one_or_three => {
                let mut pixels = Vec::with_capacity(self.pixels.len());
                for column in 0..self.width {
                    pixels.extend(self.pixels.iter().skip(column).step_by(self.width).rev());
                }
                let clockwise = Self::new(self.height, self.width, pixels);
                if one_or_three == 1 { clockwise } else { clockwise.turned(2) }
            }
        }
    }

    /// The picture as a mirror shows it, and as paper shows what is written on its other side.
    #[must_use]
    pub fn mirrored(&self) -> Self {
        Self::new(self.width, self.height, self.rows().flat_map(|row| row.iter().rev().copied()).collect())
    }

    /// The same picture with every value replaced through a table of `value`.
    #[must_use]
    pub fn mapped(mut self, value: impl Fn(f32) -> f32) -> Self {
        let mut table = [0_u8; 256];
        for (old, new) in (0_u8..=255).zip(&mut table) {
            *new = to_pixel(value(f32::from(old)));
        }
        for pixel in &mut self.pixels {
            *pixel = table.get(usize::from(*pixel)).copied().unwrap_or(u8::MAX);
        }
        self
    }
}

/// Adds to each sum what its block of `factor` pixels in `row` sums up to.
#[inline(always)]
fn add_blocks(sums: &mut [u32], row: &[u8], factor: usize) {
    for (sum, block) in sums.iter_mut().zip(row.chunks_exact(factor)) {
        *sum += block.iter().copied().map(u32::from).sum::<u32>();
    }
}

/// How often each value occurs among `pixels`.
pub fn histogram_of<'pixels>(pixels: impl IntoIterator<Item = &'pixels u8>) -> [u32; 256] {
    let mut counts = [0; 256];
    for pixel in pixels {
        if let Some(count) = counts.get_mut(usize::from(*pixel)) {
            *count += 1;
        }
    }
    counts
}

/// The value below which `per_mille` thousandths of the counted pixels lie.
pub fn quantile(histogram: &[u32; 256], per_mille: u32) -> u8 {
    let total: u64 = histogram.iter().copied().map(u64::from).sum();
    let wanted = total * u64::from(per_mille) / 1000;
    let mut seen = 0;
    for (value, count) in (0_u8..=255).zip(histogram) {
        seen += u64::from(*count);
        if seen > wanted {
            return value;
        }
    }
    u8::MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reduction_takes_the_mean_of_blocks() {
        let picture = Grey::new(4, 2, vec![0, 100, 200, 200, 100, 200, 0, 0]);
        assert_eq!(picture.reduced(2).pixels(), [100, 100]);
    }

    #[test]
    fn turns_and_parts_keep_pixels_in_place() {
        let picture = Grey::new(3, 2, vec![1, 2, 3, 4, 5, 6]);
        assert_eq!(picture.turned(1), Grey::new(2, 3, vec![4, 1, 5, 2, 6, 3]));
        assert_eq!(picture.turned(2).pixels(), [6, 5, 4, 3, 2, 1]);
        assert_eq!(picture.turned(3).turned(1), picture);
        assert_eq!(picture.part(1, 1, 9, 9), Grey::new(2, 1, vec![5, 6]));
    }

    #[test]
    fn quantiles_follow_the_counts() {
        let counts = histogram_of(&[10, 10, 10, 200]);
        assert_eq!(quantile(&counts, 500), 10);
        assert_eq!(quantile(&counts, 900), 200);
    }
}
