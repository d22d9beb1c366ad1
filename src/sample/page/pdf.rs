//! PDF files written by hand: small, whole, and with exactly the objects that a test needs (ISO 32000-1).

use case::problem::Problem;

use super::canvas::{PAGE_HEIGHT, PAGE_WIDTH};
use super::encode::jpeg;
use super::sheet::Sheet;

/// A PDF in the making: numbered objects, then the table of their places.
#[derive(Debug, Default)]
pub struct Pdf {
    objects: Vec<Vec<u8>>,
}

impl Pdf {
    /// Nothing yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { objects: Vec::new() }
    }

    /// Adds an object and returns its number.
    pub fn add(&mut self, object: impl Into<Vec<u8>>) -> usize {
        self.objects.push(object.into());
        self.objects.len()
    }

    /// Adds a stream with the entries `dictionary` beside its length.
    pub fn add_stream(&mut self, dictionary: &str, data: &[u8]) -> usize {
        let mut object = format!("<< {dictionary} /Length {} >>\nstream\n", data.len()).into_bytes();
        object.extend(data);
        object.extend(b"\nendstream");
        self.add(object)
    }

    /// Gives the object `number` another content: for objects that name each other.
    pub fn replace(&mut self, number: usize, object: impl Into<Vec<u8>>) {
        if let Some(place) = number.checked_sub(1).and_then(|index| self.objects.get_mut(index)) {
            *place = object.into();
        }
    }

    /// Adds the tree of `pages` below the object `tree` and returns the catalogue.
    pub fn add_catalogue(&mut self, tree: usize, pages: &[usize]) -> usize {
        let kids: Vec<String> = pages.iter().map(|page| format!("{page} 0 R")).collect();
        self.replace(tree, format!("<< /Type /Pages /Count {} /Kids [ {} ] >>", pages.len(), kids.join(" ")));
        self.add(format!("<< /Type /Catalog /Pages {tree} 0 R >>"))
    }

    /// The file, with `trailer` entries beside root and size.
    #[must_use]
    pub fn finish(self, root: usize, trailer: &str) -> Vec<u8> {
        let mut file = b"%PDF-1.5\n%\xE2\xE3\xCF\xD3\n".to_vec();
        let mut table = String::from("0000000000 65535 f \n");
        let size = self.objects.len() + 1;
        for (object, number) in self.objects.into_iter().zip(1..) {
            table.push_str(&format!("{:010} 00000 n \n", file.len()));
            file.extend(format!("{number} 0 obj\n").bytes());
            file.extend(object);
            file.extend(b"\nendobj\n");
        }
        let start = file.len();
        file.extend(format!("xref\n0 {size}\n{table}").bytes());
        file.extend(
            format!("trailer\n<< /Size {size} /Root {root} 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n").bytes(),
        );
        file
    }
}

/// A PDF as a scanner makes it: every page is one JPEG.
///
/// # Errors
/// A sheet is larger than JPEG allows.
pub fn scanned(sheets: &[Sheet], quality: u8) -> Result<Vec<u8>, Problem> {
    let mut pdf = Pdf::new();
    let tree = pdf.add("null");
    let mut pages = Vec::new();
    for sheet in sheets {
        let colours = if sheet.coloured { "/DeviceRGB" } else { "/DeviceGray" };
        let (width, height) = (sheet.width, sheet.height);
        let image = pdf.add_stream(
            &format!(
                "/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace {colours} \
                 /BitsPerComponent 8 /Filter /DCTDecode"
            ),
            &jpeg(sheet, quality)?,
        );
        let content = pdf.add_stream("", format!("q {PAGE_WIDTH} 0 0 {PAGE_HEIGHT} 0 0 cm /Page Do Q").as_bytes());
        pages.push(pdf.add(format!(
            "<< /Type /Page /Parent {tree} 0 R /MediaBox [ 0 0 {PAGE_WIDTH} {PAGE_HEIGHT} ] \
             /Resources << /XObject << /Page {image} 0 R >> >> /Contents {content} 0 R >>"
        )));
    }
    let root = pdf.add_catalogue(tree, &pages);
    Ok(pdf.finish(root, ""))
}
