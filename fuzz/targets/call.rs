//! A transcript of a call: JSON, WebVTT, SRT or text.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = channels::call::source_key(data);
    if let Ok(reading) = channels::call::read(data, None) {
        assert!(reading.statement.body.chars().count() <= case::statement::BODY_LIMIT);
    }
});
