//! A PDF as a word processor exports it: text, not an image, with a text layer that can be copied.
//!
//! The glyphs go in as a Type 3 font (ISO 32000-1, 9.6.5): each one is its own outline, so no font file is embedded and
//! the page looks the same in every viewer. `ToUnicode` tells readers which character each glyph is.

use std::collections::BTreeMap;
use std::fmt::Write;

use ab_glyph::{Font, FontVec, OutlineCurve, point};
use case::problem::Problem;

use super::canvas::{PAGE_HEIGHT, PAGE_WIDTH, glyph_curves};
use super::font::Typefaces;
use super::layout::{LaidPage, lay_out};
use super::letter::Letter;
use super::pdf::Pdf;
use super::style::Style;

/// Codes of one byte, so this many glyphs in one Type 3 font.
const FONT_SIZE: usize = 256;

/// The letter as a born-digital PDF.
///
/// # Errors
/// [`case::problem::ProblemCode::FontMissing`] when the typeface cannot be read.
pub fn born_digital(letter: &Letter, style: &Style, typefaces: &Typefaces) -> Result<Vec<u8>, Problem> {
    let font = typefaces.get(style.typeface)?;
    let laid = lay_out(letter, style, font);
    let characters: BTreeMap<char, usize> = laid
        .iter()
        .flat_map(|page| &page.glyphs)
        .map(|glyph| (glyph.character, 0))
        .collect::<BTreeMap<_, _>>()
        .into_keys()
        .zip(0..)
        .collect();

    let mut pdf = Pdf::new();
    let tree = pdf.add("null");
    let ordered: Vec<char> = characters.keys().copied().collect();
    let fonts: Vec<usize> = ordered.chunks(FONT_SIZE).map(|part| add_font(&mut pdf, font, part)).collect();
    let named: Vec<String> =
        fonts.iter().enumerate().map(|(number, object)| format!("/F{number} {object} 0 R")).collect();
    let resources = format!("<< /Font << {} >> >>", named.join(" "));
    let pages: Vec<usize> = laid
        .iter()
        .map(|page| {
            let content = pdf.add_stream("", content(page, &characters).as_bytes());
            pdf.add(format!(
                "<< /Type /Page /Parent {tree} 0 R /MediaBox [ 0 0 {PAGE_WIDTH} {PAGE_HEIGHT} ] \
                 /Resources {resources} /Contents {content} 0 R >>"
            ))
        })
        .collect();
    let root = pdf.add_catalogue(tree, &pages);
    Ok(pdf.finish(root, ""))
}

/// The text of a page: every glyph at its place.
fn content(page: &LaidPage, characters: &BTreeMap<char, usize>) -> String {
    let mut content = String::from("BT\n");
    for glyph in &page.glyphs {
        let number = characters.get(&glyph.character).copied().unwrap_or_default();
        let (font, code) = (number / FONT_SIZE, number % FONT_SIZE);
        let (size, x, y) = (glyph.points, glyph.x, PAGE_HEIGHT - glyph.y);
        // Writing to a String cannot fail.
        let _ = writeln!(content, "/F{font} {size} Tf 1 0 0 1 {x:.2} {y:.2} Tm <{code:02X}> Tj");
    }
    content.push_str("ET\n");
    content
}

/// Adds a Type 3 font of `characters`, at most [`FONT_SIZE`] of them, coded in their order.
fn add_font(pdf: &mut Pdf, font: &FontVec, characters: &[char]) -> usize {
    let units = font.units_per_em().unwrap_or(1000.0);
    let mut procedures = String::new();
    let mut names = String::new();
    let mut widths = String::new();
    let mut unicode = String::new();
    for (code, character) in characters.iter().enumerate() {
        let glyph = font.glyph_id(*character);
        let width = font.h_advance_unscaled(glyph) * 1000.0 / units;
        let outline = glyph_curves(font, glyph, 1000.0, point);
        let object = pdf.add_stream("", format!("{width:.0} 0 d0\n{}", path(&outline)).as_bytes());
        let mut buffer = [0; 2];
        let coded: String = character.encode_utf16(&mut buffer).iter().map(|unit| format!("{unit:04X}")).collect();
        let _ = write!(procedures, "/g{code} {object} 0 R ");
        let _ = write!(names, "/g{code} ");
        let _ = write!(widths, "{width:.0} ");
        let _ = writeln!(unicode, "<{code:02X}> <{coded}>");
    }
    let count = characters.len();
    // A CMap lists at most 100 mappings in one block.
    let blocks: Vec<String> = unicode
        .lines()
        .collect::<Vec<_>>()
        .chunks(100)
        .map(|lines| format!("{} beginbfchar\n{}\nendbfchar\n", lines.len(), lines.join("\n")))
        .collect();
    let map = format!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Letter def\n/CMapType 2 def\n\
         1 begincodespacerange\n<00> <FF>\nendcodespacerange\n{}endcmap\nCMapName currentdict /CMap defineresource pop\n\
         end\nend\n",
        blocks.concat()
    );
    let map = pdf.add_stream("", map.as_bytes());
    pdf.add(format!(
        "<< /Type /Font /Subtype /Type3 /FontBBox [ 0 -300 1000 1000 ] /FontMatrix [ 0.001 0 0 0.001 0 0 ] \
         /FirstChar 0 /LastChar {} /Widths [ {widths}] /CharProcs << {procedures}>> \
         /Encoding << /Type /Encoding /Differences [ 0 {names}] >> /Resources << >> /ToUnicode {map} 0 R >>",
        count.saturating_sub(1)
    ))
}

/// The outline in PDF's path operators, filled. A quadratic curve is raised to a cubic one.
fn path(curves: &[OutlineCurve]) -> String {
    let mut path = String::new();
    let mut at = None;
    for curve in curves {
        let (from, by, and, to) = match *curve {
            OutlineCurve::Line(from, to) => (from, from, to, to),
            OutlineCurve::Quad(from, by, to) => {
                let third = |end: f32, middle: f32| end + (middle - end) * 2.0 / 3.0;
                (from, point(third(from.x, by.x), third(from.y, by.y)), point(third(to.x, by.x), third(to.y, by.y)), to)
            }
            OutlineCurve::Cubic(from, by, and, to) => (from, by, and, to),
        };
        if at != Some(from) {
            let _ = writeln!(path, "{:.1} {:.1} m", from.x, from.y);
        }
        let _ = match *curve {
            OutlineCurve::Line(..) => writeln!(path, "{:.1} {:.1} l", to.x, to.y),
            OutlineCurve::Quad(..) | OutlineCurve::Cubic(..) => {
                writeln!(path, "{:.1} {:.1} {:.1} {:.1} {:.1} {:.1} c", by.x, by.y, and.x, and.y, to.x, to.y)
            }
        };
        at = Some(to);
    }
    path.push_str("f\n");
    path
}
