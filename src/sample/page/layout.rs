//! Lines and pages: where each glyph of a letter stands, in points from the upper left corner of the page.
//!
//! Measures follow GB/T 9704-2012 where people follow it in letters: 37 mm above, 28 mm at the binding edge.

use ab_glyph::{Font, FontVec, GlyphId, Point, point};

use super::canvas::{PAGE_HEIGHT, PAGE_WIDTH};
use super::letter::{Block, Letter};
use super::measure::{pixel, real};
use super::style::{Direction, Paper, Style};

/// 28 mm.
pub const MARGIN_LEFT: f32 = 79.4;
const MARGIN_RIGHT: f32 = 73.7;
const MARGIN_TOP: f32 = 105.0;
const MARGIN_BOTTOM: f32 = 90.0;
/// Between two columns: 10 mm.
const BETWEEN_COLUMNS: f32 = 28.3;
/// Line pitch in sizes of the text.
const PITCH: f32 = 1.75;
/// Size of the title in sizes of the text: 小二 over 三号.
const TITLE: f32 = 1.125;
/// Marks that may not begin a line.
const NOT_FIRST: &str = "，。、；：？！）》”’】〕%";

/// A glyph with its place.
#[derive(Debug, Clone, Copy)]
pub struct PlacedGlyph {
    /// Which one.
    pub glyph: GlyphId,
    /// The character that it shows.
    pub character: char,
    /// Left edge.
    pub x: f32,
    /// Baseline.
    pub y: f32,
    /// Size.
    pub points: f32,
}

/// One page.
#[derive(Debug, Clone, Default)]
pub struct LaidPage {
    /// What stands on it.
    pub glyphs: Vec<PlacedGlyph>,
    /// The first line of the signature, where it is on this page.
    pub signature: Option<SignatureLine>,
}

/// Where someone signed.
#[derive(Debug, Clone, Copy)]
pub struct SignatureLine {
    /// The middle of the line of text.
    pub middle: Point,
    /// Its right end.
    pub right: f32,
}

/// The baselines of all lines of a page, as ruled paper shows them.
#[must_use]
pub fn ruled_baselines(style: &Style) -> Vec<f32> {
    let pitch = style.points * PITCH;
    let lines = (0..usize::from(u8::MAX)).map(|number| MARGIN_TOP + real(number) * pitch);
    lines.take_while(|baseline| *baseline <= PAGE_HEIGHT - MARGIN_BOTTOM).collect()
}

/// Lays out the whole letter; at least one page.
#[must_use]
pub fn lay_out(letter: &Letter, style: &Style, font: &FontVec) -> Vec<LaidPage> {
    match style.direction {
        Direction::Lines => set(letter, Setter::new(style, font, 1, PAGE_HEIGHT - MARGIN_BOTTOM)).finish(),
        Direction::TwoColumns => {
            // As long as one column is, half of it fills each of two.
            let one = set(letter, Setter { columns: 2, ..Setter::new(style, font, 1, f32::INFINITY) });
            let half = MARGIN_TOP + (one.y - MARGIN_TOP) / 2.0 + one.pitch();
            set(letter, Setter::new(style, font, 2, half.min(PAGE_HEIGHT - MARGIN_BOTTOM))).finish()
        }
        Direction::Vertical => vertical(letter, style, font),
    }
}

/// Sets every block.
fn set<'a>(letter: &Letter, mut setter: Setter<'a>) -> Setter<'a> {
    let mut before: Option<&Block> = None;
    for block in &letter.blocks {
        match block {
            Block::Title(text) => setter.title(text),
            Block::Salutation(text) => setter.flush_left(text, 0.0),
            Block::Paragraph(text) => setter.flush_left(text, 2.0),
            Block::Signature(text) => {
                if !matches!(before, Some(Block::Signature(_))) {
                    setter.gap(0.6);
                }
                setter.signature(text);
            }
        }
        before = Some(block);
    }
    setter
}

/// Upright columns from right to left: titles lower than paragraphs, signatures at the foot.
fn vertical(letter: &Letter, style: &Style, font: &FontVec) -> Vec<LaidPage> {
    let points = style.points;
    let room = pixel((PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM) / points);
    let mut pages = vec![LaidPage::default()];
    let mut x = PAGE_WIDTH - MARGIN_RIGHT - points;
    for block in &letter.blocks {
        let (text, indent) = match block {
            Block::Title(text) => (text, 4),
            Block::Salutation(text) => (text, 0),
            Block::Paragraph(text) => (text, 2),
            Block::Signature(text) => (text, room.saturating_sub(text.chars().count() + 2)),
        };
        let mut row = indent;
        for character in text.chars() {
            // Closing marks hang below the last row rather than begin a column.
            if row >= room && !NOT_FIRST.contains(character) {
                x -= points * PITCH;
                row = 0;
            }
            if x < MARGIN_LEFT - points {
                pages.push(LaidPage::default());
                x = PAGE_WIDTH - MARGIN_RIGHT - points;
            }
            // Marks stand in the upper right of their square.
            let (right, up) = if "，。、".contains(character) { (0.55, 0.55) } else { (0.0, 0.0) };
            let y = MARGIN_TOP + points * (real(row) + 0.88 - up);
            let glyph = font.glyph_id(character);
            if let Some(page) = pages.last_mut() {
                page.glyphs.push(PlacedGlyph { glyph, character, x: x + points * right, y, points });
            }
            row += 1;
        }
        x -= points * PITCH;
    }
    pages
}

struct Setter<'a> {
    style: &'a Style,
    font: &'a FontVec,
    pages: Vec<LaidPage>,
    page: LaidPage,
    /// The baseline of the next line.
    y: f32,
    /// How many columns a page has.
    columns: u8,
    /// How many of them are full.
    full: u8,
    /// Where the first line of a column stands: below the title on the first page.
    top: f32,
    /// Where the last one stands.
    bottom: f32,
}

impl<'a> Setter<'a> {
    fn new(style: &'a Style, font: &'a FontVec, columns: u8, bottom: f32) -> Self {
        let (pages, page) = (Vec::new(), LaidPage::default());
        Self { style, font, pages, page, y: MARGIN_TOP, columns, full: 0, top: MARGIN_TOP, bottom }
    }

    /// The width of a column.
    fn room(&self) -> f32 {
        let whole = PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT;
        if self.columns == 1 { whole } else { (whole - BETWEEN_COLUMNS) / 2.0 }
    }

    /// Where the column starts.
    fn left(&self) -> f32 {
        MARGIN_LEFT + f32::from(self.full) * (self.room() + BETWEEN_COLUMNS)
    }

    fn pitch(&self) -> f32 {
        self.style.points * PITCH
    }

    /// Leaves `lines` free; on ruled paper a whole line or none, for people write on the lines.
    fn gap(&mut self, lines: f32) {
        let lines = match self.style.paper {
            Paper::Plain => lines,
            Paper::RedRules | Paper::Squares => lines.round_ties_even(),
        };
        self.y += self.pitch() * lines;
    }

    fn advance(&self, character: char, points: f32) -> f32 {
        let units = self.font.h_advance_unscaled(self.font.glyph_id(character));
        units * points / self.font.units_per_em().unwrap_or(1000.0)
    }

    fn width(&self, text: &str, points: f32) -> f32 {
        text.chars().map(|character| self.advance(character, points)).sum()
    }

    fn title(&mut self, text: &str) {
        let points = self.style.points * TITLE;
        let room = PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT;
        for line in self.lines(text, points, room, 0.0) {
            let x = (room - self.width(&line, points)) / 2.0 + MARGIN_LEFT - self.left();
            self.line(&line, x, points);
        }
        self.gap(0.5);
        self.top = self.y;
    }

    fn flush_left(&mut self, text: &str, indent: f32) {
        let points = self.style.points;
        let room = self.room();
        let indent = indent * points;
        for (line, number) in self.lines(text, points, room, indent).iter().zip(0..) {
            let x = if number == 0 { indent } else { 0.0 };
            self.line(line, x, points);
        }
    }

    fn signature(&mut self, text: &str) {
        let points = self.style.points;
        let width = self.width(text, points);
        let x = (self.room() - points * 1.5 - width).max(0.0);
        self.line(text, x, points);
        let x = self.left() + x;
        let middle = point(x + width / 2.0, self.y - self.pitch() - points * 0.35);
        self.page.signature.get_or_insert(SignatureLine { middle, right: x + width });
    }

    /// Breaks `text` into lines of `room`, the first one shorter by `indent`. Runs of digits and Latin letters stay whole,
    /// closing marks hang at the end of a line rather than begin one.
    fn lines(&self, text: &str, points: f32, room: f32, indent: f32) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        let mut used = indent;
        for piece in pieces(text) {
            let width = self.width(&piece, points);
            let hangs = piece.chars().all(|character| NOT_FIRST.contains(character));
            if used + width > room && !line.is_empty() && !hangs {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            line.push_str(&piece);
            used += width;
        }
        lines.push(line);
        lines
    }

    /// A line that starts at `x` from the left of its column.
    fn line(&mut self, text: &str, x: f32, points: f32) {
        if self.y > self.bottom {
            self.full += 1;
            if self.full == self.columns {
                self.full = 0;
                self.pages.push(std::mem::take(&mut self.page));
                self.top = MARGIN_TOP;
            }
            self.y = self.top;
        }
        let mut x = self.left() + x;
        for character in text.chars() {
            let glyph = self.font.glyph_id(character);
            self.page.glyphs.push(PlacedGlyph { glyph, character, x, y: self.y, points });
            x += self.advance(character, points);
        }
        self.y += self.pitch();
    }

    fn finish(mut self) -> Vec<LaidPage> {
        self.pages.push(self.page);
        self.pages
    }
}

/// What may not be parted: a run of digits and Latin letters, or one character.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut in_run = false;
    for character in text.chars() {
        let runs = character.is_ascii_alphanumeric() || "@.-_:/".contains(character);
        match pieces.last_mut() {
            Some(last) if runs && in_run => last.push(character),
            _ => pieces.push(character.to_string()),
        }
        in_run = runs;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn keeps_numbers_whole() {
        assert_eq!(pieces("电话13800000001，"), ["电", "话", "13800000001", "，"]);
    }
}
