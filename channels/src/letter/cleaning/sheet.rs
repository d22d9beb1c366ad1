//! The sheet in a photograph: a bright sheet of paper on a darker table is found and laid flat.
//!
//! Wrongly cutting off writing is worse than leaving a table in the picture, so a sheet is taken only when at least three
//! of its sides are sharp steps from paper down to table inside the picture and its shape is one that sheets have.
//! Scans, whose paper reaches to the edges, stay as they are.

use super::super::decode::Picture;
use super::super::settings::Limits;
use super::colour;
use super::grey::Grey;
use super::number::{to_count, to_fraction, to_u32};
use super::warp::Map;

/// The long side to which the picture is reduced for the search.
const SEARCH_LONG_SIDE: usize = 480;
/// A sheet takes at least this share of the picture.
const LEAST_SHARE: f32 = 0.25;
/// A picture in which the sheet takes more than this needs no cutting.
const MOST_SHARE: f32 = 0.97;
/// The table beside an edge is at most so bright against the paper on the other side of it ...
const TABLE_TO_PAPER: f32 = 0.8;
/// ... at this share of the places along the edge.
const STEP_SHARE: f32 = 0.7;
/// How far from the edge both sides are looked at, as a share of the picture's long side.
const STEP_REACH: f32 = 0.018;
/// Sides of the sheet that must be sharp steps; the fourth may be cut off by the picture.
const LEAST_STEPS: usize = 3;
/// Edge points further than this from the line through the others do not belong to the side, in searched pixels.
const BESIDE_LINE: f32 = 2.5;
/// At least this share of the edge points must lie on the line.
const ON_LINE: f32 = 0.6;
/// The short side of a sheet against its long one: from a tall slip to a square card.
const SHAPES: std::ops::RangeInclusive<f32> = 0.5..=1.0;
/// So much of a sheet's half diagonal is cut off at its corners: about 1 mm of an A4 sheet, where paper blurs into table.
const TRIMMED: f32 = 0.006;
/// Opposite sides differ by more than this factor in no usable photograph.
const MOST_PERSPECTIVE: f32 = 1.6;

/// A place in the picture.
type Place = (f32, f32);

/// The picture with its sheet laid flat; as it is when no sheet on a table is sure.
#[must_use]
pub fn laid_flat(picture: Picture, limits: &Limits) -> Picture {
    let factor = picture.width.max(picture.height).div_ceil(SEARCH_LONG_SIDE).max(1);
    let small = colour::lightness(&picture).reduced(factor);
    let Some(corners) = corners(&small) else { return picture };
    // A pixel of the small picture stands for a block.
    let centre = middle(&corners);
    let enlarged = |(x, y): Place| {
        let (x, y) = (x + (centre.0 - x) * TRIMMED, y + (centre.1 - y) * TRIMMED);
        let large = |value: f32| (value + 0.5) * to_fraction(factor) - 0.5;
        (large(x), large(y))
    };
    let corners = corners.map(enlarged);
    let (width, height) = size(&corners);
    let long = width.max(height).max(1.0);
    // Scaled up here, so the page is resampled once: see `super::scale`, which then finds nothing to do.
    let dots = long * 10.0 / to_fraction(length(super::A4_TENTHS));
    let wanted = to_fraction(length(super::RESOLUTION));
    let scale = if dots < to_fraction(length(super::SCALE_UP_BELOW)) { wanted / dots } else { 1.0 };
    let most = (to_fraction(usize::try_from(limits.pixels).unwrap_or(usize::MAX)) / (width * height).max(1.0)).sqrt();
    let scale = scale.min(most * 0.99);
    let (width, height) = (to_count(width * scale).max(1), to_count(height * scale).max(1));
    let Some(map) = Map::onto(width, height, &corners) else { return picture };
    let long = width.max(height);
    let resolution = Some(to_u32(long).saturating_mul(10) / super::A4_TENTHS);
    Picture { samples: colour::resampled_samples(&picture, &map, width, height), width, height, resolution }
}

const fn length(value: u32) -> usize {
    super::number::to_usize(value)
}

/// The corners of the sheet: upper left, upper right, lower right, lower left.
fn corners(page: &Grey) -> Option<[Place; 4]> {
    let threshold = between_table_and_paper(page);
    let sheet = largest_bright_part(page, threshold);
    let sides = sides(&sheet)?;
    let [left, right, top, bottom] = sides.map(|side| side.line);
    let corners = [meet(left, top)?, meet(right, top)?, meet(right, bottom)?, meet(left, bottom)?];
    let steps = [(0, 3), (1, 2), (0, 1), (3, 2)].into_iter().filter(|(from, to)| {
        let ends = corners.get(*from).copied().zip(corners.get(*to).copied());
        ends.is_some_and(|(from, to)| is_step(page, from, to, middle(&corners)))
    });
    (is_plausible(&corners, page) && steps.count() >= LEAST_STEPS).then_some(corners)
}

/// The value that parts dark from bright best (Otsu 1979).
fn between_table_and_paper(page: &Grey) -> u8 {
    let counts = page.histogram().map(|count| to_fraction(super::number::to_usize(count)));
    let values = || (0_u8..=255).map(f32::from).zip(counts);
    let total: f32 = counts.iter().sum();
    let sum: f32 = values().map(|(value, count)| value * count).sum();
    let (mut below, mut sum_below, mut best) = (0.0, 0.0, (0.0, 128_u8));
    for (threshold, (value, count)) in (0_u8..=255).zip(values()) {
        below += count;
        sum_below += value * count;
        let above = total - below;
        if below > 0.0 && above > 0.0 {
            let apart = sum_below / below - (sum - sum_below) / above;
            let spread = below * above * apart * apart;
            if spread > best.0 {
                best = (spread, threshold);
            }
        }
    }
    best.1
}

/// The largest connected part brighter than `threshold`: 255 inside, 0 elsewhere.
fn largest_bright_part(page: &Grey, threshold: u8) -> Grey {
    let (width, height) = (page.width(), page.height());
    let mut part_of = vec![0_u32; width * height];
    let bright = |place: usize| page.pixels().get(place).is_some_and(|value| *value > threshold);
    let (mut parts, mut largest) = (0, (0, 0));
    let mut open = Vec::new();
    for start in 0..width * height {
        if !bright(start) || part_of.get(start) != Some(&0) {
            continue;
        }
        parts += 1;
        let mut count = 0_usize;
        open.push(start);
        while let Some(place) = open.pop() {
            let Some(part) = part_of.get_mut(place).filter(|part| **part == 0) else { continue };
            *part = parts;
            count += 1;
            let (x, y) = (place % width, place / width);
            let beside = [
                (x > 0).then(|| place - 1),
                (x + 1 < width).then_some(place + 1),
                (y > 0).then(|| place - width),
                (y + 1 < height).then_some(place + width),
            ];
            open.extend(beside.into_iter().flatten().filter(|place| bright(*place)));
        }
        if count > largest.0 {
            largest = (count, parts);
        }
    }
    let pixels = part_of.iter().map(|part| if *part == largest.1 && *part != 0 { u8::MAX } else { 0 });
    Grey::new(width, height, pixels.collect())
}

/// A line `x = slope * y + start` (upright sides) or `y = slope * x + start` (level sides).
#[derive(Debug, Clone, Copy)]
struct Side {
    line: (f32, f32),
}

/// The left, right, upper and lower side.
fn sides(sheet: &Grey) -> Option<[Side; 4]> {
    let across = |row: &[u8]| {
        let first = row.iter().position(|value| *value != 0)?;
        let last = row.iter().rposition(|value| *value != 0)?;
        Some((first, last))
    };
    let turned = sheet.turned(1);
    // A column of the sheet, from the bottom up, is a row of the turned one.
    let height = sheet.height();
    let rows: Vec<(usize, (usize, usize))> =
        sheet.rows().enumerate().filter_map(|(y, row)| Some((y, across(row)?))).collect();
    let columns: Vec<(usize, (usize, usize))> =
        turned.rows().enumerate().filter_map(|(x, row)| Some((x, across(row)?))).collect();
    let places = |ends: &[(usize, (usize, usize))], second: bool| -> Vec<Place> {
        ends.iter()
            .map(|(at, (first, last))| (to_fraction(*at), to_fraction(if second { *last } else { *first })))
            .collect()
    };
    let up = |places: Vec<Place>| places.into_iter().map(|(x, from_bottom)| (x, to_fraction(height - 1) - from_bottom));
    let side = |places: Vec<Place>| line_through(&places).map(|line| Side { line });
    Some([
        side(places(&rows, false))?,
        side(places(&rows, true))?,
        side(up(places(&columns, true)).collect())?,
        side(up(places(&columns, false)).collect())?,
    ])
}

/// The line `(slope, start)` through most of the places: fitted, and fitted again to those near it. Places of the two
/// neighbouring sides, where the sheet lies at an angle, are few and lie far off.
fn line_through(places: &[Place]) -> Option<(f32, f32)> {
    // The middle part surely belongs to the side.
    let margin = places.len() / 4;
    let mut line = fitted(places.get(margin..places.len() - margin)?)?;
    let near = |line: (f32, f32), within: f32| -> Vec<Place> {
        places.iter().copied().filter(|(along, across)| (line.0 * along + line.1 - across).abs() <= within).collect()
    };
    for within in [BESIDE_LINE * 4.0, BESIDE_LINE * 2.0, BESIDE_LINE] {
        line = fitted(&near(line, within))?;
    }
    let on_line = to_fraction(near(line, BESIDE_LINE).len()) / to_fraction(places.len());
    (on_line >= ON_LINE).then_some(line)
}

/// Least squares.
fn fitted(places: &[Place]) -> Option<(f32, f32)> {
    if places.len() < 8 {
        return None;
    }
    let count = to_fraction(places.len());
    let mean = |of: fn(&Place) -> f32| places.iter().map(of).sum::<f32>() / count;
    let (along, across) = (mean(|place| place.0), mean(|place| place.1));
    let spread: f32 = places.iter().map(|place| (place.0 - along).powi(2)).sum();
    let together: f32 = places.iter().map(|place| (place.0 - along) * (place.1 - across)).sum();
    let slope = together / spread.max(f32::EPSILON);
    Some((slope, across - slope * along))
}

/// Where an upright side and a level one meet.
fn meet(upright: (f32, f32), level: (f32, f32)) -> Option<Place> {
    let under = 1.0 - upright.0 * level.0;
    let x = (upright.0 * level.1 + upright.1) / under;
    (under.abs() > 0.2).then_some((x, level.0 * x + level.1))
}

fn middle(corners: &[Place; 4]) -> Place {
    let sum = corners.iter().fold((0.0, 0.0), |sum, corner| (sum.0 + corner.0, sum.1 + corner.1));
    (sum.0 / 4.0, sum.1 / 4.0)
}

fn distance(one: Place, other: Place) -> f32 {
    (one.0 - other.0).hypot(one.1 - other.1)
}

/// Width and height of the sheet, as long as its longer sides.
fn size(corners: &[Place; 4]) -> (f32, f32) {
    let [upper_left, upper_right, lower_right, lower_left] = *corners;
    (
        distance(upper_left, upper_right).max(distance(lower_left, lower_right)),
        distance(upper_left, lower_left).max(distance(upper_right, lower_right)),
    )
}

fn is_plausible(corners: &[Place; 4], page: &Grey) -> bool {
    let [upper_left, upper_right, lower_right, lower_left] = *corners;
    let (width, height) = size(corners);
    let whole = to_fraction(page.width()) * to_fraction(page.height());
    let twice_area: f32 =
        corners.iter().zip(corners.iter().cycle().skip(1)).map(|(one, other)| one.0 * other.1 - other.0 * one.1).sum();
    let share = twice_area / 2.0 / whole;
    let even = |one: f32, other: f32| one.max(other) <= MOST_PERSPECTIVE * one.min(other);
    let (beside, below) = (to_fraction(page.width()) * 0.05, to_fraction(page.height()) * 0.05);
    let inside = corners.iter().all(|(x, y)| {
        (-beside..=to_fraction(page.width()) + beside).contains(x)
            && (-below..=to_fraction(page.height()) + below).contains(y)
    });
    inside
        && (LEAST_SHARE..=MOST_SHARE).contains(&share)
        && SHAPES.contains(&(width.min(height) / width.max(height).max(1.0)))
        && even(distance(upper_left, upper_right), distance(lower_left, lower_right))
        && even(distance(upper_left, lower_left), distance(upper_right, lower_right))
}

/// Whether the picture falls from paper to table all along the side between two corners.
fn is_step(page: &Grey, from: Place, to: Place, middle: Place) -> bool {
    const PLACES: usize = 40;
    let reach = to_fraction(page.width().max(page.height())) * STEP_REACH;
    let steps = (2..PLACES - 1).filter(|place| {
        let part = to_fraction(*place) / to_fraction(PLACES);
        let at = (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part);
        let away = distance(at, middle).max(1.0);
        let moved = |by: f32| (at.0 + (at.0 - middle.0) / away * by, at.1 + (at.1 - middle.1) / away * by);
        // The brightest of three on the paper's side: writing may lie there.
        let paper = [1.0, 1.6, 2.2].iter().filter_map(|times| value(page, moved(-reach * times))).max();
        let table = value(page, moved(reach));
        paper.zip(table).is_some_and(|(paper, table)| f32::from(table) <= TABLE_TO_PAPER * f32::from(paper))
    });
    to_fraction(steps.count()) >= STEP_SHARE * to_fraction(PLACES - 3)
}

fn value(page: &Grey, (x, y): Place) -> Option<u8> {
    let inside = x >= 0.0 && y >= 0.0 && x < to_fraction(page.width()) && y < to_fraction(page.height());
    inside.then(|| page.at(to_count(x), to_count(y)))
}

#[cfg(test)]
mod tests {
    use super::super::super::decode::Samples;
    use super::*;

    /// A sheet of 420 x 594 units with dashes on it, seen through `map` (picture to sheet) in 600 x 800 pixels.
    fn photograph(map: &Map, light: impl Fn(f32, f32) -> f32) -> Picture {
        let mut samples = Vec::new();
        for y in 0..800 {
            for x in 0..600 {
                let (x, y) = (to_fraction(x), to_fraction(y));
                let (u, v) = map.apply(x, y);
                let on_sheet = (0.0..420.0).contains(&u) && (0.0..594.0).contains(&v);
                let dash = v.rem_euclid(30.0) < 8.0 && u.rem_euclid(20.0) < 12.0 && (40.0..380.0).contains(&u);
                let value = if !on_sheet {
                    70.0
                } else if dash {
                    40.0
                } else {
                    240.0
                };
                samples.push(super::super::number::to_pixel(value * light(x, y)));
            }
        }
        Picture { width: 600, height: 800, samples: Samples::Grey(samples), resolution: Some(72) }
    }

    /// The map from the picture to the sheet when the sheet's corners lie there.
    fn lying_at(corners: [Place; 4]) -> Map {
        Map::onto(420, 594, &corners).expect("a map").inverse().expect("a map back")
    }

    #[test]
    fn a_sheet_on_a_dark_table_is_cut_out_and_its_lines_are_level() {
        let corners = [(80.0, 60.0), (500.0, 90.0), (560.0, 740.0), (50.0, 700.0)];
        let picture = photograph(&lying_at(corners), |x, y| 1.0 - 0.3 * (x / 600.0) * (y / 800.0));
        let flat = laid_flat(picture, &Limits::default());
        assert!(flat.height > 3_400, "scaled up for reading: {} x {}", flat.width, flat.height);
        let page = Grey::new(flat.width, flat.height, colour::lightness(&flat).pixels().to_vec());
        let (width, height) = (flat.width, flat.height);
        for (x, y) in [(1, 1), (9, 1), (1, 9), (9, 9)] {
            // Between the dashes near each corner of the sheet, at 1/10 of its sides.
            let place = (width * x / 10, height * y / 10);
            let brightest = (0..60).map(|down| page.at(place.0, place.1 + down)).max();
            assert!(brightest > Some(160), "paper near the corner {x} {y}");
        }
        assert!(super::super::skew::skew_degrees(&page).abs() < 0.6);
    }

    #[test]
    fn a_scan_and_a_shadow_over_half_a_page_are_left_alone() {
        let fills = lying_at([(-9.0, -9.0), (609.0, -9.0), (609.0, 809.0), (-9.0, 809.0)]);
        for light in [|_x: f32, _y: f32| 1.0, |_x, y| if y > 420.0 { 0.45 } else { 1.0 }, |x, _y| 1.2 - x / 700.0] {
            let picture = photograph(&fills, light);
            assert_eq!(laid_flat(picture.clone(), &Limits::default()), picture);
        }
    }
}
