//! Pages that were fed in on their side or their head, and backs on which the front shows through. Telling them apart beforehand would cost every page; so a page is
//! read as it lies, and only when that goes badly a part of it is tried the other ways round.

use case::field::Area;
use case::problem::Problem;
use case::statement::ReadingOrder;

use super::super::cleaning::{CleanPage, grey::Grey, number::to_fraction};
use super::super::reading_order;
use super::super::recognition::{Recogniser, guard};
use super::super::record::{LineRecord, WordRecord};

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
    let (lines, order, as_it_lies) = read_in_order(&page, recogniser)?;
    // Upright lines are vertical writing or a page on its side; only trying tells.
    let upright_lines = order == Some(ReadingOrder::Vertical);
    let unsure = order == Some(ReadingOrder::Unsure);
    let doubtful = upright_lines || unsure || as_it_lies < Bounds::of(recogniser).upright_from;
    let better = if doubtful { better_way_round(&page.grey, as_it_lies, upright_lines, recogniser)? } else { None };
    let reading = match better {
        None => Reading { page, lines, quarter_turns: 0, order },
        Some(Way::Mirrored) => return Ok(Reading::unread(page.without_writing())),
        Some(Way::Turned(quarter_turns)) => read_turned(page, quarter_turns, recogniser)?,
    };
    match columns_on_their_side(&reading, recogniser)? {
        None => Ok(reading),
        Some(more) => {
            let read = read_turned(reading.page, more, recogniser)?;
            Ok(Reading { quarter_turns: (reading.quarter_turns + more) % 4, ..read })
        }
    }
}

/// Reads a page after so many quarter turns clockwise.
fn read_turned(page: CleanPage, quarter_turns: u8, recogniser: &mut Recogniser) -> Result<Reading, Problem> {
    let page = page.turned(quarter_turns);
    let (lines, order, _) = read_in_order(&page, recogniser)?;
    Ok(Reading { page, lines, quarter_turns, order })
}

/// How many quarter turns clockwise put vertical writing upright that was fed in on its side: its columns are level lines then, and the
/// sheet is wider than high.
///
/// PP-OCR reads characters on their left side as surely as upright ones. After a quarter turn the former are upright and read well
/// in columns, and the latter lie on their right side and read badly. Tesseract reads neither side.
fn columns_on_their_side(reading: &Reading, recogniser: &mut Recogniser) -> Result<Option<u8>, Problem> {
    let grey = &reading.page.grey;
    if reading.order.is_some_and(|order| order != ReadingOrder::Unsure)
        || reading.lines.is_empty()
        || grey.width() <= grey.height()
    {
        return Ok(None);
    }
    let bounds = Bounds::of(recogniser);
    let ways: &[u8] = match recogniser {
        Recogniser::Tesseract(_) if level_confidence(&reading.lines) < bounds.convincing_from => &[1, 3],
        Recogniser::Tesseract(_) => &[],
        Recogniser::Ppocr(_) | Recogniser::Both(..) => &[1],
    };
    for quarter_turns in ways {
        if !reading_order::runs_in_columns(&grey.turned(*quarter_turns)) {
            continue;
        }
        let arranged = reading_order::arranged(&reading.page.clone().turned(*quarter_turns));
        let Some(arranged) = arranged.filter(|arranged| arranged.order == ReadingOrder::Vertical) else { continue };
        let part = fullest_part(&arranged.page.grey);
        let (lines, _) = guard::without_inventions(recogniser.read_part(&part)?, &[]);
        if level_confidence(&lines) >= bounds.upright_from.max(bounds.convincing_from) {
            return Ok(Some(*quarter_turns));
        }
    }
    Ok(None)
}

/// The lines of a page, boxes in its pixels, how it reads, and how sure the reading of its level lines is.
fn read_in_order(
    page: &CleanPage,
    recogniser: &mut Recogniser,
) -> Result<(Vec<LineRecord>, Option<ReadingOrder>, f32), Problem> {
    let Some(arranged) = reading_order::arranged(page) else {
        let lines = recogniser.read(page)?;
        let sure = level_confidence(&lines);
        let order = reading_order::is_unsure(&page.grey).then_some(ReadingOrder::Unsure);
        return Ok((lines, order, sure));
    };
    let mut lines = recogniser.read(&arranged.page)?;
    // Before they are put back: on the page vertical lines are upright again.
    let sure = level_confidence(&lines);
    if sure < Bounds::of(recogniser).convincing_from {
        let as_it_lies = recogniser.read(page)?;
        let other = level_confidence(&as_it_lies);
        if other >= sure {
            return Ok((as_it_lies, Some(arranged.order), other));
        }
    }
    // The second engine needs the arranged page as well.
    recogniser.read_again(&arranged.page, &mut lines)?;
    arranged.put_back(&mut lines);
    Ok((lines, Some(arranged.order), sure))
}

/// Another way to look at a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// After so many quarter turns clockwise.
    Turned(u8),
    /// From behind: what is seen shows through from the other side, and this one is blank.
    Mirrored,
}

/// The way in which a part of the page reads clearly better than `as_it_lies`.
///
/// PP-OCR was trained on vertical writing laid on its left side, so it reads such characters as surely as upright ones (97 and
/// 98), but those on their right side badly (48). When lines are upright, a page that lies on its left side therefore reads well
/// as it lies; it is told from vertical writing by one quarter turn clockwise, after which only the former reads well.
fn better_way_round(
    page: &Grey,
    as_it_lies: f32,
    upright_lines: bool,
    recogniser: &mut Recogniser,
) -> Result<Option<Way>, Problem> {
    let bounds = Bounds::of(recogniser);
    let part = fullest_part(page);
    let turned = (1..4).map(|quarter_turns| (Way::Turned(quarter_turns), part.turned(quarter_turns)));
    // Backs are fed in like fronts, or turned over their head.
    let mirrored = [0, 2].map(|quarter_turns| (Way::Mirrored, part.mirrored().turned(quarter_turns)));
    let mut best = (None, as_it_lies);
    for (way, part) in turned.chain(mirrored) {
        let (lines, _) = guard::without_inventions(recogniser.read_part(&part)?, &[]);
        let sure = level_confidence(&lines);
        if upright_lines && way == Way::Turned(1) && sure >= bounds.upright_from.max(bounds.convincing_from) {
            return Ok(Some(way));
        }
        if sure > best.1 {
            best = (Some(way), sure);
        }
    }
    let convincing = best.1 >= bounds.convincing_from && best.1 > as_it_lies + bounds.better_by;
    Ok(if convincing { best.0 } else { None })
}

/// The mean confidence of what stands in level lines; what stands in upright ones counts as not read at all. PP-OCR turns
/// upright lines before it reads them, so it reads a page on its side as surely as any other, in the wrong order.
fn level_confidence(lines: &[LineRecord]) -> f32 {
    let middle = |word: &WordRecord| {
        let Area { left, top, width, height } = word.area;
        (left.saturating_add(width / 2), top.saturating_add(height / 2))
    };
    let (mut sum, mut count) = (0.0, 0.0);
    for line in lines {
        let mut last: Option<(u32, u32)> = None;
        for word in &line.words {
            let (x, y) = middle(word);
            let is_level = last.is_none_or(|(last_x, last_y)| x.abs_diff(last_x) >= y.abs_diff(last_y));
            let weight = to_fraction(word.text.chars().count());
            sum += if is_level { word.confidence * weight } else { 0.0 };
            count += weight;
            last = Some((x, y));
        }
    }
    if count > 0.0 { sum / count } else { 0.0 }
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
