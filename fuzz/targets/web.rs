//! The JSON of the form and of the API.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = channels::web::source_key(data);
    if let Ok(reading) = channels::web::read(data, None) {
        assert!(reading.statement.body.chars().count() <= case::statement::BODY_LIMIT);
    }
});
