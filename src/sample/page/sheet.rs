//! The pixels of one page.

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
