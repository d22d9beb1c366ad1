//! Two hundred mixed pages as a mailroom scans them: print and a hand that writes, plain, ruled and squared paper, seals and thumbprints,
//! skew, noise, fading, blank backs, separator sheets, registration stickers; a fax; and three files that must be refused. The same seed
//! gives the same bytes.

use case::problem::Problem;

use super::hostile;
use super::letters;
use super::page::font::Typefaces;
use super::page::letter::Letter;
use super::page::sheet::Sheet;
use super::page::style::{Capture, Mark, Paper, Style, Typeface};
use super::page::{coded, encode, pdf, render};
use super::random::Sequence;

/// How many stacks there are.
pub const STACKS: usize = 10;
/// How many letters each has.
pub const LETTERS_OF_A_STACK: usize = 5;
/// Separator sheet, first page, its blank back, second page.
pub const PAGES_OF_A_LETTER: usize = 4;
/// How many pages that are written on are drawn; they come in other company in every stack.
const DRAWN: usize = 30;
/// JPEG quality of the scans.
const QUALITY: u8 = 80;

/// A file that a scanner writes.
#[derive(Debug, Clone)]
pub struct BatchFile {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many letters are in it; none when it must be refused.
    pub letters: usize,
}

/// The codes that the office has printed.
#[derive(Debug, Clone, Default)]
pub struct Codes {
    /// What stands on the separator sheet before a letter.
    pub separator: String,
    /// What stands on stickers; every fourth letter carries one while there are any.
    pub stickers: Vec<String>,
}

/// The batch of `seed`.
///
/// # Errors
/// A typeface is missing, or a code is too long to be printed.
pub fn two_hundred(seed: u64, codes: &Codes) -> Result<Vec<BatchFile>, Problem> {
    batch(seed, codes, Size { stacks: STACKS, letters: LETTERS_OF_A_STACK, drawn: DRAWN })
}

/// How large a batch is.
#[derive(Clone, Copy)]
struct Size {
    stacks: usize,
    letters: usize,
    drawn: usize,
}

fn batch(seed: u64, codes: &Codes, size: Size) -> Result<Vec<BatchFile>, Problem> {
    let drawn = drawn_pages(seed, size.drawn)?;
    let separator = coded::separator(&codes.separator)?;
    let mut stickers = codes.stickers.iter();
    let mut sequence = Sequence::new(seed);
    let mut files = Vec::new();
    for stack in 0..size.stacks {
        let mut sheets = Vec::with_capacity(size.letters * PAGES_OF_A_LETTER);
        for letter in 0..size.letters {
            let page = |sequence: &mut Sequence| {
                sequence.pick(&drawn).cloned().unwrap_or_else(|| (coded::blank(), look(0, 0)))
            };
            let ((mut first, style), (second, _)) = (page(&mut sequence), page(&mut sequence));
            if letter == 3
                && let Some(code) = stickers.next()
            {
                coded::sticker(&mut first, code, &style)?;
            }
            let back = if sequence.happens(500) { first.back(12) } else { coded::blank() };
            sheets.extend([separator.clone(), first, back, second]);
        }
        let (name, bytes) = match stack {
            0 => ("fax-0.tif".to_owned(), encode::fax(&sheets)?),
            _ => (format!("stack-{stack}.pdf"), pdf::scanned(&sheets, QUALITY)?),
        };
        files.push(BatchFile { name, bytes, letters: size.letters });
    }
    let refused = |name: &str, bytes| BatchFile { name: name.to_owned(), bytes, letters: 0 };
    files.push(refused("corrupt.pdf", hostile::pdf::cut_off(&hostile::image::small_jpeg()?)));
    files.push(refused("bomb.png", hostile::image::claims_gigapixels()));
    files.push(refused("locked.pdf", hostile::pdf::password_protected()));
    Ok(files)
}

/// `count` pages of the sample letters, in one look after the other.
fn drawn_pages(seed: u64, count: usize) -> Result<Vec<(Sheet, Style)>, Problem> {
    let typefaces = Typefaces::of_system()?;
    let mut drawn = Vec::with_capacity(count);
    for (number, letter) in (0..count).zip(letters::ALL.iter().cycle()) {
        let style = look(number, seed);
        let sheets = render(&Letter::from_plain(letter.plain), &style, &typefaces)?;
        drawn.extend(sheets.into_iter().next().map(|sheet| (sheet, style)));
    }
    Ok(drawn)
}

/// The `number`-th look.
fn look(number: usize, seed: u64) -> Style {
    let typeface = match number % 3 {
        0 => Typeface::Hand,
        1 => Typeface::Song,
        _ => Typeface::Hei,
    };
    let seed = seed.wrapping_add(u64::try_from(number).unwrap_or(0));
    let clean = Style { seed, ..Style::clean(typeface) };
    match number % 10 {
        0 | 1 => clean,
        2 => Style { paper: Paper::RedRules, ..clean },
        3 | 9 => Style { paper: Paper::Squares, points: 18.0, ..clean },
        4 => Style {
            marks: vec![Mark::Seal { around: "定州市东亭镇翟城村村民委员会".to_owned() }], ..clean
        },
        5 => Style { marks: vec![Mark::Thumbprint], skew: -1.2, ..clean },
        6 => Style { skew: 1.8, noise: 12, ..clean },
        7 => Style { fading: 35, noise: 8, ..clean },
        _ => Style { capture: Capture::Phone, ..clean },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_batch() {
        let codes = Codes { separator: "XQ1-S-LETTER-0123456789AB".to_owned(), stickers: Vec::new() };
        // Few pages: unoptimised, each takes seconds.
        let size = Size { stacks: 2, letters: 1, drawn: 3 };
        let small = || batch(7, &codes, size).unwrap().into_iter().map(|file| (file.name, file.bytes, file.letters));
        let (once, again) = (small().collect::<Vec<_>>(), small().collect::<Vec<_>>());
        assert!(once == again);
        assert_eq!(once.iter().map(|(_, _, letters)| letters).sum::<usize>(), 2);
        assert_eq!(once.iter().filter(|(_, _, letters)| *letters == 0).count(), 3);
        let other: Vec<Vec<u8>> = batch(8, &codes, size).unwrap().into_iter().map(|file| file.bytes).collect();
        assert!(once.iter().zip(&other).any(|((_, bytes, _), other)| bytes != other));
    }
}
