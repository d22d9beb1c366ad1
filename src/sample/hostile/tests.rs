//! Every hostile input is what it says, by the real programs.

use std::process::Command;

use super::{image, inputs, mail, pdf, tiff};

fn pdfinfo(bytes: &[u8]) -> (bool, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("input.pdf");
    std::fs::write(&path, bytes).unwrap();
    let output = Command::new("pdfinfo").arg(&path).output().expect("poppler-utils is installed by `make test`");
    let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    (output.status.success(), text)
}

#[test]
fn poppler_asks_for_the_password() {
    let (opened, text) = pdfinfo(&pdf::password_protected());
    assert!(!opened && text.contains("Incorrect password"), "{text}");
}

#[test]
fn poppler_counts_500_pages_and_refuses_the_cut_one() {
    let (opened, text) = pdfinfo(&pdf::pages(500));
    assert!(opened && text.lines().any(|line| line.starts_with("Pages:") && line.ends_with("500")), "{text}");
    let (opened, text) = pdfinfo(&pdf::cut_off(&image::small_jpeg().unwrap()));
    assert!(!opened, "{text}");
}

#[test]
fn tiff_counts_500_pages() {
    let mut decoder = ::tiff::decoder::Decoder::new(std::io::Cursor::new(tiff::pages(500).unwrap())).unwrap();
    let mut count = 1;
    while decoder.more_images() {
        decoder.next_image().unwrap();
        count += 1;
    }
    assert_eq!(count, 500);
}

#[test]
fn the_circular_tiff_differs_from_the_straight_one_in_its_end() {
    let circle = tiff::in_circles().unwrap();
    let straight = tiff::pages(1).unwrap();
    assert_eq!(circle.len(), straight.len());
    assert_ne!(circle, straight);
}

#[test]
fn the_60_megapixels_take_few_bytes() {
    let bytes = image::megapixels_60().unwrap();
    assert!(bytes.len() < 1 << 20, "{} bytes", bytes.len());
    let reader = ::image::ImageReader::new(std::io::Cursor::new(&bytes)).with_guessed_format().unwrap();
    let (width, height) = reader.into_dimensions().unwrap();
    assert_eq!(u64::from(width) * u64::from(height), 60_000_516);
}

#[test]
fn the_lying_png_has_a_readable_header() {
    let bytes = image::claims_gigapixels();
    let reader = ::image::ImageReader::new(std::io::Cursor::new(&bytes)).with_guessed_format().unwrap();
    assert_eq!(reader.into_dimensions().unwrap(), (60_000, 60_000));
}

#[test]
fn the_cut_jpeg_does_not_decode() {
    let whole = image::small_jpeg().unwrap();
    assert!(::image::load_from_memory(&whole).is_ok());
    // A header that is cut off cannot be decoded; a body that is cut off may be, in grey.
    assert!(image::cut_off(&whole).len() * 2 <= whole.len() + 1);
}

#[test]
fn the_gbk_mail_is_no_utf_8() {
    assert!(std::str::from_utf8(&mail::wrong_charset()).is_err());
}

#[test]
fn names_are_unique_at_a_door() {
    let inputs = inputs().unwrap();
    for (place, input) in inputs.iter().enumerate() {
        assert!(inputs[..place].iter().all(|other| (other.door, other.name) != (input.door, input.name)));
    }
}
