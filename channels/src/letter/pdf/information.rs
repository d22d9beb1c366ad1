//! How many pages a PDF has and how large they are: what `pdfinfo` says.

use std::ffi::OsString;
use std::path::Path;

use case::problem::{Problem, ProblemCode};

use super::super::cleaning::number::{to_count, to_fraction, to_u32};
use super::super::settings::Limits;
use super::tools::{Tool, run};

/// Points to an inch.
pub(super) const POINTS_PER_INCH: f32 = 72.0;

/// The longest side of a page in points: ten times what ISO 32000 allows. A page beyond is no page; drawn at one dot to an
/// inch it could still be too large.
const MOST_POINTS: f32 = 144_000.0;

/// What `pdfinfo` says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Information {
    /// The number of pages.
    pub(super) pages: u32,
    /// Their sizes, up to the limit of pages.
    pub(super) sizes: Vec<PageSize>,
}

/// The size of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct PageSize {
    /// Width in points.
    pub(super) width: f32,
    /// Height in points.
    pub(super) height: f32,
    /// By how many degrees a reader turns it.
    pub(super) turned: u16,
}

impl PageSize {
    /// Width and height in pixels at `resolution`.
    pub(super) fn pixels(&self, resolution: f32) -> (u32, u32) {
        let side = |points: f32| to_u32(to_count((points * resolution / POINTS_PER_INCH).ceil()));
        let upright = !matches!(self.turned, 90 | 270);
        let (width, height) = if upright { (self.width, self.height) } else { (self.height, self.width) };
        (side(width), side(height))
    }

    /// How many quarter turns clockwise a reader makes.
    pub(super) const fn quarter_turns(&self) -> u8 {
        match self.turned {
            90 => 1,
            180 => 2,
            270 => 3,
            _ => 0,
        }
    }

    /// `wanted` dots per inch, or as many whole ones as the pixel limit allows for a page with huge boxes.
    pub(super) fn resolution_within(&self, wanted: f32, pixels: u64) -> f32 {
        let square_inches = (self.width / POINTS_PER_INCH) * (self.height / POINTS_PER_INCH);
        let most = to_fraction(usize::try_from(pixels).unwrap_or(usize::MAX));
        wanted.min((most * 0.98 / square_inches.max(0.01)).sqrt().floor()).max(1.0)
    }
}

/// Asks `pdfinfo`.
///
/// # Errors
/// Locked, damaged, or the tool is missing.
pub(super) async fn read(file: &Path, limits: &Limits) -> Result<Information, Problem> {
    let last = limits.pages.to_string();
    let mut arguments: Vec<OsString> = ["-f", "1", "-l", &last].map(OsString::from).to_vec();
    arguments.push(file.as_os_str().to_owned());
    let told = run(Tool::Information, &arguments, limits).await?;
    let information = parse(&told);
    let damaged = || ProblemCode::DamagedFile.because("PDF中没有可读的页面，请重新扫描或重新上传");
    let complete = information.pages > u32::from(limits.pages)
        || usize::try_from(information.pages).is_ok_and(|pages| pages == information.sizes.len() && pages > 0);
    if complete { Ok(information) } else { Err(damaged()) }
}

/// Lines such as `Pages:  3`, `Page    1 size:  595.2 x 841.8 pts (A4)` and `Page    1 rot:   0`.
pub(super) fn parse(told: &str) -> Information {
    let mut information = Information { pages: 0, sizes: Vec::new() };
    for line in told.lines() {
        let Some((name, value)) = line.split_once(':') else { continue };
        let mut words = name.split_whitespace();
        match (words.next(), words.next(), words.next()) {
            (Some("Pages"), None, None) => information.pages = value.trim().parse().unwrap_or(0),
            (Some("Page"), Some(_), Some("size")) => information.sizes.extend(size(value)),
            (Some("Page"), Some(_), Some("rot")) => {
                if let (Some(last), Ok(turned)) = (information.sizes.last_mut(), value.trim().parse()) {
                    last.turned = turned;
                }
            }
            _ => {}
        }
    }
    information
}

fn size(value: &str) -> Option<PageSize> {
    let mut words = value.split_whitespace();
    let width: f32 = words.next()?.parse().ok()?;
    let height: f32 = words.nth(1)?.parse().ok()?;
    let real = [width, height].iter().all(|side| *side > 0.0 && *side <= MOST_POINTS);
    real.then_some(PageSize { width, height, turned: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_sizes_are_read() {
        let information = parse(
            "Title:  Page 1 size: 3\nPages:           2\nEncrypted:       no\n\
             Page    1 size:  595.276 x 841.89 pts (A4)\nPage    1 rot:   0\n\
             Page    2 size:  841.89 x 595.276 pts\nPage    2 rot:   90\n",
        );
        assert_eq!(information.pages, 2);
        assert_eq!(information.sizes.len(), 2);
        assert_eq!(information.sizes[1].turned, 90);
        assert_eq!(information.sizes[0].pixels(300.0), (2481, 3508));
        assert_eq!(information.sizes[1].pixels(300.0), (2481, 3508), "it is turned upright");
    }

    #[test]
    fn a_page_beyond_all_bounds_is_no_page() {
        let told = "Pages: 1\nPage    1 size:  612 x 7444444444444444444444444444444444.0 pts\n";
        assert!(parse(told).sizes.is_empty(), "found by the fuzzer: no resolution is small enough for it");
        let largest = PageSize { width: MOST_POINTS, height: MOST_POINTS, turned: 0 };
        let (width, height) = largest.pixels(largest.resolution_within(300.0, 50_000_000));
        assert!(u64::from(width) * u64::from(height) <= 50_000_000);
    }

    #[test]
    fn a_page_as_large_as_a_house_is_drawn_small() {
        let size = PageSize { width: 14_400.0, height: 14_400.0, turned: 0 };
        let resolution = size.resolution_within(300.0, 50_000_000);
        let (width, height) = size.pixels(resolution);
        assert!(u64::from(width) * u64::from(height) <= 50_000_000, "{width} x {height}");
    }
}
