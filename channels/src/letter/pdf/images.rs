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
/// A picture of less than so many dots per inch is drawn with the page: it was scaled up and is no plain scan.
const LEAST_RESOLUTION: u32 = 100;

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
    Ok(run(Tool::Images, &arguments, limits).await?.lines().filter_map(parse).collect())
}

/// The resolution of the page's only image, when that is a JPEG that covers an upright page.
pub(super) fn only_jpeg(images: &[PageImage], page: u16, size: &PageSize) -> Option<u32> {
    let mut on_page = images.iter().filter(|image| image.page == page);
    let (Some(image), None) = (on_page.next(), on_page.next()) else { return None };
    let plain =
        image.kind == "image" && image.encoding == "jpeg" && matches!(image.colour.as_str(), "gray" | "rgb" | "icc");
    let sharp = image.dots_across >= LEAST_RESOLUTION && image.dots_across.abs_diff(image.dots_down) <= 2;
    (plain && sharp && size.turned == 0 && image.covers(size)).then_some(image.dots_across)
}

/// Whether any one image covers the page.
pub(super) fn covers(images: &[PageImage], page: u16, size: &PageSize) -> bool {
    images.iter().any(|image| image.page == page && image.covers(size))
}

impl PageImage {
    fn covers(&self, size: &PageSize) -> bool {
        let points = |pixels: u32, dots: u32| number(pixels) * POINTS_PER_INCH / number(dots.max(1));
        points(self.width, self.dots_across) >= COVERS * size.width
            && points(self.height, self.dots_down) >= COVERS * size.height
    }
}

/// Columns: page, number, type, width, height, colour, components, bits, encoding, interpolation, object (one word or
/// two), dots per inch across and down, size, ratio.
fn parse(row: &str) -> Option<PageImage> {
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
   4     4 smask    2480  3508  gray    1   8  image  no        11  0   300   300   12K 0.1%
";

    #[test]
    fn a_scanned_page_is_told_from_a_page_with_a_picture() {
        let images: Vec<PageImage> = LIST.lines().filter_map(parse).collect();
        assert_eq!(images.len(), 5);
        assert_eq!(only_jpeg(&images, 1, &A4), Some(300));
        assert_eq!(only_jpeg(&images, 1, &PageSize { turned: 90, ..A4 }), None, "drawn upright instead");
        assert_eq!((only_jpeg(&images, 2, &A4), covers(&images, 2, &A4)), (None, false));
        assert_eq!((only_jpeg(&images, 3, &A4), covers(&images, 3, &A4)), (None, true));
        assert_eq!(only_jpeg(&images, 4, &A4), None, "with a mask it is not the page as seen");
        assert!(!covers(&images, 5, &A4));
    }
}
