//! How a page looks: typeface, paper, and what scanner, telephone and time did to it.

/// Which of the system's typefaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typeface {
    /// 宋体: strokes of two widths, as a printer makes them.
    Song,
    /// 黑体: even strokes, as a notice or a telephone shows them.
    Hei,
    /// A hand: 楷体 of Debian's `fonts-lxgw-wenkai` where it is installed, every glyph written a little differently.
    Hand,
}

/// What the letter is written on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// White.
    Plain,
    /// 红线信笺: a red line under every line of text.
    RedRules,
    /// 方格稿纸: a row of green squares for every line of text.
    Squares,
}

/// How the words run over the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Level lines in one column.
    Lines,
    /// Level lines in two columns below the title.
    TwoColumns,
    /// 竖排: upright columns from right to left.
    Vertical,
}

/// What stands on the page beside the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// A round red seal over the signature.
    Seal {
        /// The words around its edge.
        around: String,
    },
    /// 手印: a red print of a thumb on the signature.
    Thumbprint,
}

/// How the page became an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capture {
    /// A flat-bed scanner: the page fills the image.
    Scanner,
    /// A telephone held over a table: perspective, a dark edge and the shadow of a hand.
    Phone,
}

/// The look of a page. Start from [`Style::clean`] and change what differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Style {
    /// The typeface.
    pub typeface: Typeface,
    /// Dots per inch, 72 to 400.
    pub dpi: u16,
    /// Size of the text in points; 16 is 三号.
    pub points: f32,
    /// Colour of the ink, red, green, blue.
    pub ink: [u8; 3],
    /// The paper.
    pub paper: Paper,
    /// How the words run.
    pub direction: Direction,
    /// Marks on the page that carries the signature.
    pub marks: Vec<Mark>,
    /// Turn of the page against the scanner in degrees, clockwise positive.
    pub skew: f32,
    /// How it was taken.
    pub capture: Capture,
    /// Strength of the noise: the largest change of one pixel, at most 127; 0 is none.
    pub noise: u8,
    /// How far black and white have moved towards each other, 0 (not at all) to 100 (grey).
    pub fading: u8,
    /// Decides the noise.
    pub seed: u64,
}

impl Style {
    /// A clean print at 200 dpi.
    #[must_use]
    pub const fn clean(typeface: Typeface) -> Self {
        Self {
            typeface,
            dpi: 200,
            points: 16.0,
            ink: [24, 24, 28],
            paper: Paper::Plain,
            direction: Direction::Lines,
            marks: Vec::new(),
            skew: 0.0,
            capture: Capture::Scanner,
            noise: 0,
            fading: 0,
            seed: 1,
        }
    }

    /// Pixels of a length in points at this resolution.
    #[must_use]
    pub fn pixels(&self, points: f32) -> f32 {
        points * f32::from(self.dpi.clamp(72, 400)) / 72.0
    }

    /// Whether anything on the page is coloured, so that grey would lose it.
    #[must_use]
    pub const fn is_coloured(&self) -> bool {
        matches!(self.paper, Paper::RedRules | Paper::Squares)
            || !self.marks.is_empty()
            || matches!(self.capture, Capture::Phone)
    }
}
