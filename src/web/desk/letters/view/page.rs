//! A page of the letter: its image, and where its lines and doubtful words stand.
//!
//! Only the first images come with the page; those of a long letter are fetched when they are looked at.

use case::field::Area;

use super::line::{doubtful, line_label};
use crate::verification::sheet::{Sheet, SheetLine, SheetPage};

/// How many images are fetched with the page; of a longer letter the others come when they are looked at.
const IMAGES_AT_ONCE: usize = 8;

/// A page.
pub struct PageView {
    /// Its number.
    pub page: u16,
    /// The place of its image.
    pub index: usize,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Whether there is an image.
    pub has_image: bool,
    /// Whether the image is fetched only when it comes into sight.
    pub later: bool,
    /// Why it was not read.
    pub unread: Option<String>,
    /// The boxes of its lines.
    pub boxes: Vec<BoxView>,
    /// Where a doubtful word stands.
    pub doubtful: Vec<Area>,
}

/// The box of a line.
pub struct BoxView {
    /// The line's name in the form.
    pub part: String,
    /// What it is called.
    pub label: String,
    /// Where it stands.
    pub area: Area,
}

pub(super) fn pages(sheet: &Sheet) -> Vec<PageView> {
    let view = |(index, page): (usize, &SheetPage)| PageView {
        page: page.page,
        index,
        width: page.width,
        height: page.height,
        has_image: page.has_image,
        later: page.has_image && index >= IMAGES_AT_ONCE,
        unread: page.unread.clone(),
        boxes: sheet.lines.iter().filter(|line| line.page == page.page).map(BoxView::of).collect(),
        doubtful: doubtful_words(sheet, page.page),
    };
    sheet.pages.iter().enumerate().map(view).collect()
}

fn doubtful_words(sheet: &Sheet, page: u16) -> Vec<Area> {
    let lines = sheet.lines.iter().filter(|line| line.page == page && !doubtful(line).is_empty());
    lines.flat_map(|line| line.words.iter().filter(|word| word.doubtful)).map(|word| word.area).collect()
}

impl BoxView {
    pub(super) fn of(line: &SheetLine) -> Self {
        Self { part: line.part().to_string(), label: line_label(line.page, line.line), area: line.area }
    }
}
