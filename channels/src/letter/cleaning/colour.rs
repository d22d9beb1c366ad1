//! The page in colour with the geometry of the clean grey one: for an engine that was trained on colour, and for telling
//! red and blue ink apart.

use super::super::decode::{Picture, Samples};
use super::grey::Grey;
use super::warp::{Map, warp};

/// A colour picture: red, green and blue per pixel, rows from the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colour {
    width: usize,
    height: usize,
    samples: Vec<u8>,
}

impl Colour {
    /// A picture of these samples, three for each pixel; missing ones become white, sides are at least 1.
    #[must_use]
    pub fn new(width: usize, height: usize, mut samples: Vec<u8>) -> Self {
        let (width, height) = (width.max(1), height.max(1));
        samples.resize(width.saturating_mul(height).saturating_mul(3), u8::MAX);
        Self { width, height, samples }
    }

    /// A grey picture in colour.
    #[must_use]
    pub fn of_grey(grey: &Grey) -> Self {
        let samples = grey.pixels().iter().flat_map(|value| [*value; 3]).collect();
        Self::new(grey.width(), grey.height(), samples)
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

    /// Red, green, blue of every pixel, row by row: `3 * width * height` bytes.
    #[must_use]
    pub fn samples(&self) -> &[u8] {
        &self.samples
    }
}

/// The picture in which `map` finds every pixel of a new one of `width` and `height`, in colour.
#[must_use]
pub fn resampled(picture: &Picture, map: &Map, width: usize, height: usize) -> Colour {
    let (width, height) = (width.max(1), height.max(1));
    let plain = *map == Map::IDENTITY && (width, height) == (picture.width, picture.height);
    let samples = if plain { picture.samples.clone() } else { resampled_samples(picture, map, width, height) };
    let samples = match samples {
        Samples::Grey(grey) => grey.iter().flat_map(|value| [*value; 3]).collect(),
        Samples::Colour(colour) => colour,
    };
    Colour { width, height, samples }
}

/// [`resampled`], grey where the picture is grey.
pub(super) fn resampled_samples(picture: &Picture, map: &Map, width: usize, height: usize) -> Samples {
    let (old_width, old_height) = (picture.width, picture.height);
    match &picture.samples {
        Samples::Grey(grey) => {
            let page = Grey::new(old_width, old_height, grey.clone());
            Samples::Grey(warp(&page, width, height, map).into_pixels())
        }
        Samples::Colour(colour) => {
            let mut samples = vec![u8::MAX; width.saturating_mul(height).saturating_mul(3)];
            // One channel at a time: a page in three planes at once would take twice the memory.
            for channel in 0..3 {
                let plane = colour.iter().skip(channel).step_by(3).copied().collect();
                let new = warp(&Grey::new(old_width, old_height, plane), width, height, map);
                for (sample, value) in samples.iter_mut().skip(channel).step_by(3).zip(new.pixels()) {
                    *sample = *value;
                }
            }
            Samples::Colour(samples)
        }
    }
}

/// The picture in grey as bright as its brightest channel: paper against table, whatever the light.
pub(super) fn lightness(picture: &Picture) -> Grey {
    let pixels = match &picture.samples {
        Samples::Grey(grey) => grey.clone(),
        Samples::Colour(colour) => {
            colour.chunks_exact(3).map(|pixel| pixel.iter().copied().max().unwrap_or(u8::MAX)).collect()
        }
    };
    Grey::new(picture.width, picture.height, pixels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_is_turned_with_the_page() {
        // Red, green, blue in a row.
        let samples = Samples::Colour(vec![255, 0, 0, 0, 255, 0, 0, 0, 255]);
        let picture = Picture { width: 3, height: 1, samples, resolution: None };
        let map = Map::quarter_turn((3, 1), 1);
        let turned = resampled(&picture, &map, 1, 3);
        assert_eq!(turned.samples(), [255, 0, 0, 0, 255, 0, 0, 0, 255], "clockwise: the left end is on top");
        let turned = resampled(&picture, &Map::quarter_turn((3, 1), 2), 3, 1);
        assert_eq!(turned.samples(), [0, 0, 255, 0, 255, 0, 255, 0, 0]);
    }
}
