//! Lines and pages: where each glyph of a letter stands, in points from the upper left corner of the page.
//!
//! Measures follow GB/T 9704-2012 where people follow it in letters: 37 mm above, 28 mm at the binding edge.

use ab_glyph::{Font, FontVec, GlyphId, Point, point};

use super::canvas::{PAGE_HEIGHT, PAGE_WIDTH};
use super::letter::{Block, Letter};
use super::measure::real;
use super::style::{Paper, Style};

/// 28 mm.
pub const MARGIN_LEFT: f32 = 79.4;
const MARGIN_RIGHT: f32 = 73.7;
const MARGIN_TOP: f32 = 105.0;
const MARGIN_BOTTOM: f32 = 90.0;
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
    let mut setter = Setter { style, font, pages: Vec::new(), page: LaidPage::default(), y: MARGIN_TOP };
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
    setter.finish()
}

struct Setter<'a> {
    style: &'a Style,
    font: &'a FontVec,
    pages: Vec<LaidPage>,
    page: LaidPage,
    /// The baseline of the next line.
    y: f32,
}

impl Setter<'_> {
    fn pitch(&self) -> f32 {
        self.style.points * PITCH
    }

    /// Leaves `lines` free; on ruled paper a whole line or none, for people write on the lines.
    fn gap(&mut self, lines: f32) {
        let lines = match self.style.paper {
            Paper::Plain => lines,
            Paper::RedRules => lines.round_ties_even(),
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
            let x = MARGIN_LEFT + (room - self.width(&line, points)) / 2.0;
            self.line(&line, x, points);
        }
        self.gap(0.5);
    }

    fn flush_left(&mut self, text: &str, indent: f32) {
        let points = self.style.points;
        let room = PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT;
        let indent = indent * points;
        for (line, number) in self.lines(text, points, room, indent).iter().zip(0..) {
            let x = if number == 0 { MARGIN_LEFT + indent } else { MARGIN_LEFT };
            self.line(line, x, points);
        }
    }

    fn signature(&mut self, text: &str) {
        let points = self.style.points;
        let x = PAGE_WIDTH - MARGIN_RIGHT - points * 1.5 - self.width(text, points);
        let width = self.width(text, points);
        self.line(text, x.max(MARGIN_LEFT), points);
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

    fn line(&mut self, text: &str, x: f32, points: f32) {
        if self.y > PAGE_HEIGHT - MARGIN_BOTTOM {
            self.pages.push(std::mem::take(&mut self.page));
            self.y = MARGIN_TOP;
        }
        let mut x = x;
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
