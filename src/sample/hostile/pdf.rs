//! PDF files that cannot or should not be read whole.

use crate::sample::page::pdf::Pdf;

/// A PDF that wants a password, which nobody has: the check values of its standard security handler (ISO 32000-1, 7.6.3)
/// are arbitrary, so no password fits.
#[must_use]
pub fn password_protected() -> Vec<u8> {
    let mut pdf = Pdf::new();
    let tree = pdf.add("null");
    let content = pdf.add_stream("", &[0x5a; 64]);
    let page = page(&mut pdf, tree, content);
    let root = pdf.add_catalogue(tree, &[page]);
    let (owner, user, identifier) = ("A7".repeat(32), "5C".repeat(32), "31".repeat(16));
    let encrypt = pdf.add(format!("<< /Filter /Standard /V 2 /R 3 /Length 128 /P -3904 /O <{owner}> /U <{user}> >>"));
    pdf.finish(root, &format!("/Encrypt {encrypt} 0 R /ID [ <{identifier}> <{identifier}> ]"))
}

/// A PDF of `count` empty pages.
#[must_use]
pub fn pages(count: usize) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let tree = pdf.add("null");
    let content = pdf.add_stream("", b"");
    let pages: Vec<usize> = (0..count).map(|_| page(&mut pdf, tree, content)).collect();
    let root = pdf.add_catalogue(tree, &pages);
    pdf.finish(root, "")
}

/// A PDF of one page image that stops in the middle of the image.
#[must_use]
pub fn cut_off(jpeg: &[u8]) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let tree = pdf.add("null");
    let image = "/Type /XObject /Subtype /Image /Width 400 /Height 400 /ColorSpace /DeviceGray /BitsPerComponent 8 \
                 /Filter /DCTDecode";
    pdf.add_stream(image, jpeg);
    let content = pdf.add_stream("", b"");
    let page = page(&mut pdf, tree, content);
    let root = pdf.add_catalogue(tree, &[page]);
    let whole = pdf.finish(root, "");
    super::image::cut_off(&whole)
}

/// A PDF whose tree of pages contains itself.
#[must_use]
pub fn in_circles() -> Vec<u8> {
    let mut pdf = Pdf::new();
    let tree = pdf.add("null");
    pdf.replace(tree, format!("<< /Type /Pages /Count 100000000 /Kids [ {tree} 0 R {tree} 0 R ] >>"));
    let root = pdf.add(format!("<< /Type /Catalog /Pages {tree} 0 R >>"));
    pdf.finish(root, "")
}

fn page(pdf: &mut Pdf, tree: usize, content: usize) -> usize {
    pdf.add(format!("<< /Type /Page /Parent {tree} 0 R /MediaBox [ 0 0 595 842 ] /Contents {content} 0 R >>"))
}
