//! Which pages are one scanned image: what `pdfimages -list` says.

use std::ffi::OsString;
use std::path::Path;

use case::problem::Problem;

use super::super::cleaning::number::to_fraction;
use super::super::settings::Limits;
use super::information::{POINTS_PER_INCH, PageSize};
use super::tools::{Tool, run};

/// An image covers a page when it has at least this share of each side.
const COVERS: f32 = 0.9;
/// Pictures that do not cover a page alone do so together when their areas add up to this share of it: scanners cut pages
/// into strips, and into paper and ink.
const COVER_TOGETHER: f32 = 0.85;
/// A picture of less than so many dots per inch is drawn with the page: it was scaled up and is no plain scan.
const LEAST_RESOLUTION: u32 = 100;
/// A picture of more is drawn at less: its own pixels would only cost time.
const MOST_RESOLUTION: u32 = 650;
/// More pictures on one page than this are not looked at: it is drawn.
const MOST_IMAGES: usize = 10_000;

/// The image that a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OnlyImage {
    /// Dots per inch.
    pub(super) resolution: u32,
    /// Whether it can be taken out byte for byte; others (fax, JBIG2, JPEG 2000, plain) are decoded by poppler-utils.
    pub(super) is_jpeg: bool,
}

/// An image on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageImage {
    page: u16,
    kind: String,
    colour: String,
    encoding: String,
    width: u32,
    height: u32,
    dots_across: u32,
    dots_down: u32,
}

/// Asks `pdfimages -list`.
///
/// # Errors
/// Damaged, or the tool is missing.
pub(super) async fn list(file: &Path, limits: &Limits) -> Result<Vec<PageImage>, Problem> {
    let last = limits.pages.to_string();
    let mut arguments: Vec<OsString> = ["-list", "-f", "1", "-l", &last].map(OsString::from).to_vec();
    arguments.push(file.as_os_str().to_owned());
    Ok(parse(&run(Tool::Images, &arguments, limits).await?))
}

/// The rows of the list; what is not understood, such as its head, is left out.
pub(super) fn parse(list: &str) -> Vec<PageImage> {
    list.lines().filter_map(row).take(MOST_IMAGES).collect()
}

/// The page's only image, when it is a plain one that covers the page.
pub(super) fn only_image(images: &[PageImage], page: u16, size: &PageSize) -> Option<OnlyImage> {
    let mut on_page = images.iter().filter(|image| image.page == page);
    let (Some(image), None) = (on_page.next(), on_page.next()) else { return None };
    let is_jpeg = image.encoding == "jpeg";
    let known = is_jpeg || matches!(image.encoding.as_str(), "ccitt" | "jbig2" | "jpx" | "image");
    let colours: &[&str] = if is_jpeg { &["gray", "rgb", "icc"] } else { &["gray", "rgb", "icc", "index"] };
    let plain = image.kind == "image" && known && colours.contains(&image.colour.as_str());
    let sharp = (LEAST_RESOLUTION..=MOST_RESOLUTION).contains(&image.dots_across)
        && image.dots_across.abs_diff(image.dots_down) <= 2;
    let resolution = image.dots_across;
    (plain && sharp && image.covers(size)).then_some(OnlyImage { resolution, is_jpeg })
}

/// Whether images cover the page, one alone or several together.
pub(super) fn cover(images: &[PageImage], page: u16, size: &PageSize) -> bool {
    let on_page = || images.iter().filter(|image| image.page == page && image.kind != "smask");
    let together: f32 = on_page().map(|image| image.area()).sum();
    on_page().any(|image| image.covers(size)) || together >= COVER_TOGETHER * size.width * size.height
}

impl PageImage {
    /// Width and height on the page, in points.
    fn size(&self) -> (f32, f32) {
        let points = |pixels: u32, dots: u32| number(pixels) * POINTS_PER_INCH / number(dots.max(1));
        (points(self.width, self.dots_across), points(self.height, self.dots_down))
    }

    fn area(&self) -> f32 {
        let (width, height) = self.size();
        width * height
    }

    fn covers(&self, size: &PageSize) -> bool {
        let (width, height) = self.size();
        width >= COVERS * size.width && height >= COVERS * size.height
    }
}

/// Columns: page, number, type, width, height, colour, components, bits, encoding, interpolation, object (one word or
/// two), dots per inch across and down, size, ratio.
fn row(row: &str) -> Option<PageImage> {
    let columns: Vec<&str> = row.split_whitespace().collect();
    let from_end = |place: usize| columns.len().checked_sub(place).and_then(|index| columns.get(index));
    Some(PageImage {
        page: columns.first()?.parse().ok()?,
        kind: (*columns.get(2)?).to_owned(),
        width: columns.get(3)?.parse().ok()?,
        height: columns.get(4)?.parse().ok()?,
        colour: (*columns.get(5)?).to_owned(),
        encoding: (*columns.get(8)?).to_owned(),
        dots_across: from_end(4)?.parse().ok()?,
        dots_down: from_end(3)?.parse().ok()?,
    })
}

fn number(value: u32) -> f32 {
    to_fraction(usize::try_from(value).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    const A4: PageSize = PageSize { width: 595.0, height: 842.0, turned: 0 };
    const LIST: &str = "\
page   num  type   width height color comp bpc  enc interp  object ID x-ppi y-ppi size ratio
--------------------------------------------------------------------------------------------
   1     0 image    2480  3508  gray    1   8  jpeg   no         8  0   300   300  312K 3.7%
   2     1 image     300   200  rgb     3   8  jpeg   no         9  0   300   300   12K 7.1%
   3     2 image    2480  3508  gray    1   1  ccitt  no  [inline]      300   300   12K 1.1%
   4     3 image    2480  3508  rgb     3   8  jpeg   no        11  0   300   300  312K 3.7%
   6     5 image    2480  1754  rgb     3   8  jpeg   no        12  0   300   300  312K 3.7%
   6     6 image    2480  1754  rgb     3   8  jpeg   no        13  0   300   300  312K 3.7%
   4     4 smask    2480  3508  gray    1   8  image  no        11  0   300   300   12K 0.1%
";

    #[test]
    fn a_scanned_page_is_told_from_a_page_with_a_picture() {
        let images = parse(LIST);
        assert_eq!(images.len(), 7);
        let jpeg = OnlyImage { resolution: 300, is_jpeg: true };
        assert_eq!(only_image(&images, 1, &A4), Some(jpeg));
        assert_eq!(only_image(&images, 1, &PageSize { turned: 90, ..A4 }), Some(jpeg), "it is turned later");
        assert_eq!((only_image(&images, 2, &A4), cover(&images, 2, &A4)), (None, false));
        assert_eq!(only_image(&images, 3, &A4), Some(OnlyImage { is_jpeg: false, ..jpeg }), "a fax keeps its pixels");
        assert_eq!(only_image(&images, 4, &A4), None, "with a mask it is not the page as seen");
        assert!(!cover(&images, 5, &A4));
        assert_eq!((only_image(&images, 6, &A4), cover(&images, 6, &A4)), (None, true), "two halves are a scan");
    }
}
