//! One page from bytes to words and to the image that the desk shows.

use case::field::Area;
use case::problem::{Problem, ProblemCode};
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder};

use super::super::cleaning::{self, CleanPage, grey::Grey, number::to_u32};
use super::super::codes;
use super::super::decode;
use super::super::protocol::PageTask;
use super::super::recognition::{Recogniser, guard};
use super::super::record::{LineRecord, PageRecord};
use super::super::settings::Limits;
use super::orientation::{self, Reading};
use super::resources::cpu_milliseconds;

/// The desk's image is reduced until its long side has at most so many pixels; 1,800 is an A4 page at about 150 dpi,
/// readable on a screen.
const DESK_LONG_SIDE: usize = 1_800;
/// JPEG quality of the desk's image: about 200 kB a page.
const DESK_QUALITY: u8 = 60;

/// Reads one page; gives what was read and its image as JPEG, in whose pixels the areas are.
pub(super) fn read(
    bytes: &[u8],
    task: &PageTask,
    recogniser: &mut Recogniser,
    limits: &Limits,
) -> Result<(PageRecord, Vec<u8>), Problem> {
    let started = cpu_milliseconds();
    let mut picture = decode::decode(bytes, task.kind, task.index, limits)?.turned(task.turned);
    picture.resolution = task.resolution.or(picture.resolution);
    let page = cleaning::clean(picture, limits);
    let reading = if task.recognise { orientation::read_upright(page, recogniser)? } else { Reading::unread(page) };
    let Reading { page, lines, quarter_turns, order } = reading;
    let codes = if lines.is_empty() { Vec::new() } else { codes::areas(&page.grey) };
    let (mut lines, dropped) = guard::without_inventions(lines, &codes);
    if order.is_none() {
        recogniser.read_again(&page, &mut lines)?;
    }
    let blank = page.blank || (task.recognise && lines.is_empty() && page.has_little_ink());
    let CleanPage { grey, skew_degrees, .. } = page;
    let factor = grey.width().max(grey.height()).div_ceil(DESK_LONG_SIDE).max(1);
    let desk = grey.reduced(factor);
    let image = encode(&desk)?;
    let record = PageRecord {
        engine: recogniser.engine().to_owned(),
        width: to_u32(desk.width()),
        height: to_u32(desk.height()),
        skew_degrees,
        quarter_turns,
        reading_order: order,
        blank,
        dropped,
        cpu_milliseconds: cpu_milliseconds().saturating_sub(started),
        lines: reduced(lines, to_u32(factor)),
    };
    Ok((record, image))
}

/// Areas on a page reduced by `factor`.
fn reduced(mut lines: Vec<LineRecord>, factor: u32) -> Vec<LineRecord> {
    let smaller = |area: &mut Area| {
        let least = |value: u32| (value / factor).max(1);
        *area = Area {
            left: area.left / factor,
            top: area.top / factor,
            width: least(area.width),
            height: least(area.height),
        };
    };
    for line in &mut lines {
        smaller(&mut line.area);
        line.words.iter_mut().for_each(|word| smaller(&mut word.area));
    }
    lines
}

fn encode(page: &Grey) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, DESK_QUALITY)
        .write_image(page.pixels(), to_u32(page.width()), to_u32(page.height()), ExtendedColorType::L8)
        .map_err(|_failed| ProblemCode::Internal.because("页面图像无法保存"))?;
    Ok(bytes)
}
