//! Outlines filled on a sheet through one projection: text, rules, seals and the paper itself.

use ab_glyph::{Font, FontVec, GlyphId, OutlineCurve, Point, point};
use ab_glyph_rasterizer::Rasterizer;

use super::layout::PlacedGlyph;
use super::measure::{pixel, real};
use super::sheet::Sheet;
use super::style::{Capture, Style};

/// A4 in points, width.
pub const PAGE_WIDTH: f32 = 595.3;
/// A4 in points, height.
pub const PAGE_HEIGHT: f32 = 841.9;
/// Red of letter paper.
const RULE_RED: [u8; 3] = [214, 74, 66];

/// Green of 方格 paper.
const SQUARE_GREEN: [u8; 3] = [96, 170, 120];

/// How an outline covers what is below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cover {
    /// Hides it, as printing ink does.
    Opaque,
    /// Lets it show through, as seal ink does.
    Glaze,
}

/// A sheet that takes outlines in points of the upright page, origin at its upper left corner.
#[derive(Debug)]
pub struct Canvas {
    sheet: Sheet,
    projection: Projection,
}

/// From points on the page to pixels of the image: a turn about the page's centre, then the perspective of the taker.
#[derive(Debug, Clone, Copy)]
struct Projection {
    scale: f32,
    sine: f32,
    cosine: f32,
    /// How much smaller the page is than the image.
    shrink: f32,
    /// How fast things shrink to the right and downwards, per point.
    recede: (f32, f32),
}

impl Projection {
    fn new(style: &Style) -> Self {
        let (sine, cosine) = style.skew.to_radians().sin_cos();
        let (shrink, recede) = match style.capture {
            Capture::Scanner => (1.0, (0.0, 0.0)),
            Capture::Phone => (0.90, (0.000_05, -0.000_09)),
        };
        Self { scale: style.pixels(1.0), sine, cosine, shrink, recede }
    }

    fn apply(self, at: Point) -> Point {
        let (x, y) = (at.x - PAGE_WIDTH / 2.0, at.y - PAGE_HEIGHT / 2.0);
        let (x, y) = (self.cosine * x - self.sine * y, self.sine * x + self.cosine * y);
        let far = self.shrink / (1.0 + self.recede.0 * x + self.recede.1 * y);
        point((x * far + PAGE_WIDTH / 2.0) * self.scale, (y * far + PAGE_HEIGHT / 2.0) * self.scale)
    }
}

impl Canvas {
    /// A page of white paper, on a dark table where a telephone took it.
    #[must_use]
    pub fn new(style: &Style) -> Self {
        let (width, height) = (pixel(style.pixels(PAGE_WIDTH)), pixel(style.pixels(PAGE_HEIGHT)));
        let paper = [251, 251, 249];
        let ground = match style.capture {
            Capture::Scanner => paper,
            Capture::Phone => [92, 74, 60],
        };
        let sheet = Sheet::filled(width, height, ground, style.dpi);
        let mut canvas = Self { sheet, projection: Projection::new(style) };
        if style.capture == Capture::Phone {
            canvas.fill(&rectangle(0.0, 0.0, PAGE_WIDTH, PAGE_HEIGHT), paper, Cover::Opaque);
        }
        canvas
    }

    /// The finished sheet.
    #[must_use]
    pub fn into_sheet(self) -> Sheet {
        self.sheet
    }

    /// Draws one glyph upright.
    pub fn glyph(&mut self, font: &FontVec, placed: &PlacedGlyph, ink: [u8; 3]) {
        let curves = glyph_curves(font, placed.glyph, placed.points, |x, y| point(placed.x + x, placed.y - y));
        self.fill(&curves, ink, Cover::Opaque);
    }

    /// Red lines under the lines of text, with a double line above the first.
    pub fn rules(&mut self, baselines: &[f32], style: &Style) {
        let (left, right) = (style_left(), PAGE_WIDTH - style_left() * 0.9);
        for baseline in baselines {
            let y = baseline + style.points * 0.42;
            self.fill(&rectangle(left, y, right, y + 0.8), RULE_RED, Cover::Glaze);
        }
        if let Some(first) = baselines.first() {
            for y in [first - style.points * 1.45, first - style.points * 1.3] {
                self.fill(&rectangle(left, y, right, y + 1.0), RULE_RED, Cover::Glaze);
            }
        }
    }

    /// Rows of green squares, one for each line, a character wide.
    pub fn squares(&mut self, baselines: &[f32], style: &Style) {
        let side = style.points;
        let mut count = 0_u16;
        while style_left() + 6.0 + f32::from(count + 1) * side < PAGE_WIDTH - 70.0 {
            count += 1;
        }
        let (left, right) = (style_left() + 6.0, style_left() + 6.0 + f32::from(count) * side);
        for baseline in baselines {
            let (top, foot) = (baseline - side * 1.02, baseline + side * 0.26);
            for y in [top, foot] {
                self.fill(&rectangle(left, y, right, y + 0.6), SQUARE_GREEN, Cover::Glaze);
            }
            for column in 0..=count {
                let x = left + f32::from(column) * side;
                self.fill(&rectangle(x, top, x + 0.6, foot), SQUARE_GREEN, Cover::Glaze);
            }
        }
    }

    /// Fills closed outlines given in points of the page. Overlapping outlines of opposite direction leave a hole.
    pub fn fill(&mut self, curves: &[OutlineCurve], colour: [u8; 3], cover: Cover) {
        let curves: Vec<OutlineCurve> = curves.iter().map(|curve| project(curve, self.projection)).collect();
        let Some((low, high)) = bounds(&curves) else { return };
        let (left, top) = (low.x.floor().max(0.0), low.y.floor().max(0.0));
        let right = high.x.ceil().min(real(self.sheet.width));
        let bottom = high.y.ceil().min(real(self.sheet.height));
        if right <= left || bottom <= top {
            return;
        }
        let (width, height) = (pixel(right - left), pixel(bottom - top));
        let mut raster = Rasterizer::new(width, height);
        let shift = |at: Point| point(at.x - left, at.y - top);
        for curve in &curves {
            match *curve {
                OutlineCurve::Line(from, to) => raster.draw_line(shift(from), shift(to)),
                OutlineCurve::Quad(from, by, to) => raster.draw_quad(shift(from), shift(by), shift(to)),
                OutlineCurve::Cubic(from, by, and, to) => {
                    raster.draw_cubic(shift(from), shift(by), shift(and), shift(to));
                }
            }
        }
        let (x0, y0, row) = (pixel(left), pixel(top), self.sheet.width);
        let pixels = &mut self.sheet.pixels;
        raster.for_each_pixel(|index, coverage| {
            if coverage > 0.0 {
                let place = (y0 + index / width) * row + x0 + index % width;
                if let Some(below) = pixels.get_mut(place) {
                    blend(below, colour, coverage.min(1.0), cover);
                }
            }
        });
    }
}

/// The left edge of rules, a little left of the text.
const fn style_left() -> f32 {
    super::layout::MARGIN_LEFT - 6.0
}

fn blend(below: &mut [u8; 3], colour: [u8; 3], coverage: f32, cover: Cover) {
    for (sample, ink) in below.iter_mut().zip(colour) {
        let old = f32::from(*sample);
        let new = match cover {
            Cover::Opaque => f32::from(ink),
            Cover::Glaze => old * f32::from(ink) / 255.0,
        };
        *sample = super::measure::brightness(old + (new - old) * coverage);
    }
}

/// The outline of a glyph at `points`, each of its places (right, up) put where `place` says.
pub fn glyph_curves(
    font: &FontVec,
    glyph: GlyphId,
    points: f32,
    place: impl Fn(f32, f32) -> Point,
) -> Vec<OutlineCurve> {
    let Some(outline) = font.outline(glyph) else { return Vec::new() };
    let scale = points / font.units_per_em().unwrap_or(1000.0);
    let place = |at: Point| place(at.x * scale, at.y * scale);
    outline
        .curves
        .iter()
        .map(|curve| match *curve {
            OutlineCurve::Line(from, to) => OutlineCurve::Line(place(from), place(to)),
            OutlineCurve::Quad(from, by, to) => OutlineCurve::Quad(place(from), place(by), place(to)),
            OutlineCurve::Cubic(from, by, and, to) => {
                OutlineCurve::Cubic(place(from), place(by), place(and), place(to))
            }
        })
        .collect()
}

/// A closed polygon through `corners`.
#[must_use]
pub fn polygon(corners: &[Point]) -> Vec<OutlineCurve> {
    let after = corners.iter().cycle().skip(1);
    corners.iter().zip(after).map(|(from, to)| OutlineCurve::Line(*from, *to)).collect()
}

fn rectangle(left: f32, top: f32, right: f32, bottom: f32) -> Vec<OutlineCurve> {
    polygon(&[point(left, top), point(right, top), point(right, bottom), point(left, bottom)])
}

fn project(curve: &OutlineCurve, projection: Projection) -> OutlineCurve {
    let at = |place: Point| projection.apply(place);
    match *curve {
        OutlineCurve::Line(from, to) => OutlineCurve::Line(at(from), at(to)),
        OutlineCurve::Quad(from, by, to) => OutlineCurve::Quad(at(from), at(by), at(to)),
        OutlineCurve::Cubic(from, by, and, to) => OutlineCurve::Cubic(at(from), at(by), at(and), at(to)),
    }
}

/// The corners of the box around the control points, which holds the curves.
fn bounds(curves: &[OutlineCurve]) -> Option<(Point, Point)> {
    curves
        .iter()
        .flat_map(|curve| match *curve {
            OutlineCurve::Line(from, to) => vec![from, to],
            OutlineCurve::Quad(from, by, to) => vec![from, by, to],
            OutlineCurve::Cubic(from, by, and, to) => vec![from, by, and, to],
        })
        .fold(None, |found: Option<(Point, Point)>, at| {
            let (low, high) = found.unwrap_or((at, at));
            Some((point(low.x.min(at.x), low.y.min(at.y)), point(high.x.max(at.x), high.y.max(at.y))))
        })
}
