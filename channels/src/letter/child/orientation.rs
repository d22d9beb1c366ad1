//! Pages that were fed in on their side or their head. Telling them apart beforehand would cost every page; so a page is
//! read as it lies, and only when that goes badly a part of it is tried the other ways round.

use case::problem::Problem;

use super::super::cleaning::{CleanPage, grey::Grey};
use super::super::recognition::{Recogniser, guard};
use super::super::record::{LineRecord, mean_confidence};

/// A page read with at least this mean confidence lies upright: print reads at 85 and more, neat handwriting at 70, running
/// hand at 45, and anything on its side or its head below 28.
const UPRIGHT_FROM: f32 = 36.0;
/// Another way round is taken only when it reads at least this well ...
const CONVINCING_FROM: f32 = 48.0;
/// ... and better than the page as it lies by so much.
const BETTER_BY: f32 = 18.0;
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
}

impl Reading {
    /// A page that is not to be read.
    pub(super) const fn unread(page: CleanPage) -> Self {
        Self { page, lines: Vec::new(), quarter_turns: 0 }
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
    let lines = recogniser.read(&page)?;
    let as_it_lies = mean_confidence(&lines);
    if as_it_lies >= UPRIGHT_FROM {
        return Ok(Reading { page, lines, quarter_turns: 0 });
    }
    match better_way_round(&page.grey, as_it_lies, recogniser)? {
        0 => Ok(Reading { page, lines, quarter_turns: 0 }),
        quarter_turns => {
            let page = page.turned(quarter_turns);
            let lines = recogniser.read(&page)?;
            Ok(Reading { page, lines, quarter_turns })
        }
    }
}

/// How many quarter turns make a part of the page read best; 0 unless another way is clearly better than `as_it_lies`.
fn better_way_round(page: &Grey, as_it_lies: f32, recogniser: &mut Recogniser) -> Result<u8, Problem> {
    let part = fullest_part(page);
    let mut best = (0, as_it_lies);
    for quarter_turns in 1..4 {
        let (lines, _) = guard::without_inventions(recogniser.read_part(&part.turned(quarter_turns))?);
        let sure = mean_confidence(&lines);
        if sure > best.1 {
            best = (quarter_turns, sure);
        }
    }
    let convincing = best.1 >= CONVINCING_FROM && best.1 > as_it_lies + BETTER_BY;
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
