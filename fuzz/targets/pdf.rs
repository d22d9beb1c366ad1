//! What poppler-utils say about a stranger's PDF: page sizes, lists of images, tables of words.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let told = String::from_utf8_lossy(data);
    // As in the gateway: three programs' outputs, here behind one another.
    let mut parts = told.splitn(3, '\u{c}');
    let mut part = || parts.next().unwrap_or_default();
    channels::letter::fuzzing::pdf(part(), part(), part());
});
