//! A stranger's image as the page child opens it: kind, pages, pixels within limits, and the clean-up of small pages.
#![no_main]

use channels::letter::cleaning;
use channels::letter::decode::{self, Samples};
use channels::letter::kind::FileKind;
use channels::letter::Limits;
use libfuzzer_sys::fuzz_target;

/// Larger pages are decoded but not cleaned: a fuzzer wants many small ones.
const CLEANED_PIXELS: usize = 60_000;

fuzz_target!(|data: &[u8]| {
    let limits = Limits { pixels: 1_000_000, pages: 8, ..Limits::default() };
    let kind = match FileKind::sniff(data) {
        Ok(kind) => kind,
        // Pixel maps come from our own tools, made from strangers' pages.
        Err(_) if data.starts_with(b"P") => FileKind::PixelMap,
        Err(_) => return,
    };
    let pages = decode::count(data, kind, &limits).unwrap_or(1);
    for page in 0..pages.min(limits.pages) {
        let Ok(picture) = decode::decode(data, kind, page, &limits) else { continue };
        let pixels = picture.width * picture.height;
        assert!(pixels > 0 && pixels as u64 <= limits.pixels, "within the limit");
        let samples = match &picture.samples {
            Samples::Grey(grey) => grey.len(),
            Samples::Colour(colour) => colour.len() / 3,
        };
        assert!(samples >= pixels, "every pixel is there");
        if pixels <= CLEANED_PIXELS {
            // A small limit also keeps tiny pages from being scaled up to ten million pixels.
            let clean = cleaning::clean(picture, &Limits { pixels: 100_000, ..limits });
            let colour = clean.colour();
            assert_eq!((colour.width(), colour.height()), (clean.grey.width(), clean.grey.height()));
            let _ = clean.turned(data.len() as u8);
        }
    }
});
