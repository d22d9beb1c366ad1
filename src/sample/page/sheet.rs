//! The pixels of one page.

/// The brightness of paper.
const PAPER: f32 = 250.0;

/// An image of red, green and blue, row by row from the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// `width * height` pixels.
    pub pixels: Vec<[u8; 3]>,
    /// Dots per inch, written into the files.
    pub dpi: u16,
    /// Whether it is written in colour; else grey.
    pub coloured: bool,
}

impl Sheet {
    /// A sheet of one colour.
    #[must_use]
    pub fn filled(width: usize, height: usize, colour: [u8; 3], dpi: u16) -> Self {
        Self { width, height, pixels: vec![colour; width.saturating_mul(height)], dpi, coloured: false }
    }

    /// The sheet fed in turned: `quarters` quarter turns clockwise.
    #[must_use]
    pub fn turned(&self, quarters: u8) -> Self {
        (0..quarters % 4).fold(self.clone(), |sheet, _| {
            let columns = (0..sheet.width).flat_map(|column| {
                (0..sheet.height)
                    .rev()
                    .map(move |row| (row, column))
                    .filter_map(|(row, column)| sheet.pixels.get(row * sheet.width + column).copied())
            });
            Self { width: sheet.height, height: sheet.width, pixels: columns.collect(), ..sheet.clone() }
        })
    }

    /// The blank back of this sheet as a scanner sees it: what is written on the front shows through, mirrored and pale.
    /// `strength` is the share of its darkness that comes through, in per cent.
    #[must_use]
    pub fn back(&self, strength: u8) -> Self {
        let strength = f32::from(strength.min(100)) / 100.0;
        // Light spreads in paper: each pixel is the mean of nine.
        let spread = |row: usize, column: usize, channel: usize| {
            let (mut sum, mut count) = (0.0, 0.0);
            for y in row.saturating_sub(1)..(row + 2).min(self.height) {
                for x in column.saturating_sub(1)..(column + 2).min(self.width) {
                    let sample = self.pixels.get(y * self.width + x).and_then(|pixel| pixel.get(channel));
                    sum += f32::from(sample.copied().unwrap_or(u8::MAX));
                    count += 1.0;
                }
            }
            super::measure::brightness(PAPER - (PAPER - sum / count) * strength)
        };
        let pixels = (0..self.height)
            .flat_map(|row| (0..self.width).rev().map(move |column| (row, column)))
            .map(|(row, column)| [0, 1, 2].map(|channel| spread(row, column, channel)))
            .collect();
        Self { pixels, ..self.clone() }
    }

    /// The bytes as the encoders want them: three for a pixel in colour, one in grey.
    #[must_use]
    pub fn samples(&self) -> Vec<u8> {
        if self.coloured {
            return self.pixels.as_flattened().to_vec();
        }
        self.pixels.iter().map(|[red, green, blue]| grey(*red, *green, *blue)).collect()
    }
}

/// The brightness of a colour by the weights of ITU-R BT.601, in 256ths.
fn grey(red: u8, green: u8, blue: u8) -> u8 {
    let sum = 77 * u16::from(red) + 150 * u16::from(green) + 29 * u16::from(blue);
    u8::try_from(sum >> 8).unwrap_or(u8::MAX)
}
