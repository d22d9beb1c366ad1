//! Pages that were fed in on their side or their head. Telling them apart beforehand would cost every page; so a page is
//! read as it lies, and only when that goes badly a part of it is tried the other ways round.

use case::problem::Problem;
use case::statement::ReadingOrder;

use super::super::cleaning::{CleanPage, grey::Grey, number::to_fraction};
use super::super::reading_order;
use super::super::recognition::{Recogniser, guard};
use super::super::record::{LineRecord, mean_confidence};

/// What the mean confidence of a reading says about the way a page lies; each engine has its own measure of confidence.
struct Bounds {
    /// A page read with at least this lies upright.
    upright_from: f32,
    /// Another way round is taken only when it reads at least this well ...
    convincing_from: f32,
    /// ... and better than the page as it lies by so much.
    better_by: f32,
}

impl Bounds {
    /// Tesseract reads print at 85 and more, neat handwriting at 70, running hand at 45, and anything on its side or its
    /// head below 28.
    const TESSERACT: Self = Self { upright_from: 36.0, convincing_from: 48.0, better_by: 18.0 };
    /// PP-OCR reads print and neat handwriting at 95 and more, and a cursive hand at 83.
    const PPOCR: Self = Self { upright_from: 90.0, convincing_from: 70.0, better_by: 6.0 };

    const fn of(recogniser: &Recogniser) -> &'static Self {
        match recogniser {
            Recogniser::Tesseract(_) => &Self::TESSERACT,
            Recogniser::Ppocr(_) | Recogniser::Both(..) => &Self::PPOCR,
        }
    }
}

/// The side of the part that is tried, in pixels: about seven lines of twelve characters.
const PART: usize = 800;

/// A page and the lines that were read on it.
pub(super) struct Reading {
    /// The page, upright.
    pub(super) page: CleanPage,
    /// Its lines.
    pub(super) lines: Vec<LineRecord>,
    /// How many quarter turns clockwise made it upright.
    pub(super) quarter_turns: u8,
    /// How it reads, when not in one column of level lines.
    pub(super) order: Option<ReadingOrder>,
}

impl Reading {
    /// A page that is not to be read.
    pub(super) const fn unread(page: CleanPage) -> Self {
        Self { page, lines: Vec::new(), quarter_turns: 0, order: None }
    }
}

/// Reads a page, upright whichever way it was fed in.
///
/// # Errors
/// The engine gave up.
pub(super) fn read_upright(page: CleanPage, recogniser: &mut Recogniser) -> Result<Reading, Problem> {
    if page.blank {
        return Ok(Reading::unread(page));
    }
    let (lines, order) = read_in_order(&page, recogniser)?;
    let as_it_lies = mean_confidence(&lines);
    // Upright lines are vertical writing or a page on its side; only trying tells.
    let doubtful = order == Some(ReadingOrder::Vertical) || as_it_lies < Bounds::of(recogniser).upright_from;
    let quarter_turns = if doubtful { better_way_round(&page.grey, as_it_lies, recogniser)? } else { 0 };
    if quarter_turns == 0 {
        return Ok(Reading { page, lines, quarter_turns, order });
    }
    let page = page.turned(quarter_turns);
    let (lines, order) = read_in_order(&page, recogniser)?;
    Ok(Reading { page, lines, quarter_turns, order })
}

/// The lines of a page, boxes in its pixels, and how it reads.
fn read_in_order(
    page: &CleanPage,
    recogniser: &mut Recogniser,
) -> Result<(Vec<LineRecord>, Option<ReadingOrder>), Problem> {
    let Some(arranged) = reading_order::arranged(page) else { return Ok((recogniser.read(page)?, None)) };
    let mut lines = recogniser.read(&arranged.page)?;
    if mean_confidence(&lines) < Bounds::of(recogniser).convincing_from {
        let as_it_lies = recogniser.read(page)?;
        if mean_confidence(&as_it_lies) >= mean_confidence(&lines) {
            return Ok((as_it_lies, Some(arranged.order)));
        }
    }
    // The second engine needs the arranged page as well.
    recogniser.read_again(&arranged.page, &mut lines)?;
    arranged.put_back(&mut lines);
    Ok((lines, Some(arranged.order)))
}

/// How many quarter turns make a part of the page read best; 0 unless another way is clearly better than `as_it_lies`.
fn better_way_round(page: &Grey, as_it_lies: f32, recogniser: &mut Recogniser) -> Result<u8, Problem> {
    let part = fullest_part(page);
    let mut trials = Vec::new();
    for quarter_turns in 1..4 {
        let (lines, _) = guard::without_inventions(recogniser.read_part(&part.turned(quarter_turns))?);
        let characters: usize = lines.iter().map(|line| line.text().chars().count()).sum();
        trials.push((quarter_turns, mean_confidence(&lines), characters));
    }
    // Of lines on their side an engine may be sure of a few stray characters; what counts is how much it is sure of.
    let surely_read = |(_, sure, characters): &(u8, f32, usize)| (sure - 50.0) * to_fraction(*characters);
    let best = trials.into_iter().max_by(|one, other| surely_read(one).total_cmp(&surely_read(other)));
    let best = best.map(|(quarter_turns, sure, _)| (quarter_turns, sure));
    let best = best.unwrap_or((0, as_it_lies));
    let bounds = Bounds::of(recogniser);
    let convincing = best.1 >= bounds.convincing_from && best.1 > as_it_lies + bounds.better_by;
    Ok(if convincing { best.0 } else { 0 })
}

/// The part of the page with the most ink.
fn fullest_part(page: &Grey) -> Grey {
    let step = PART / 2;
    let corners =
        (0..page.height()).step_by(step).flat_map(|top| (0..page.width()).step_by(step).map(move |left| (left, top)));
    let small = page.reduced(8);
    let ink = |(left, top): &(usize, usize)| {
        let part = small.part(left / 8, top / 8, PART / 8, PART / 8);
        part.pixels().iter().map(|pixel| u64::from(u8::MAX - *pixel)).sum::<u64>()
    };
    let (left, top) = corners.max_by_key(ink).unwrap_or((0, 0));
    page.part(left, top, PART, PART)
}
