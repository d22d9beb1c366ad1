//! A transcript of a call: JSON of any recogniser, WebVTT, SRT or text. The reading copy never says more than was heard.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = channels::call::source_key(data);
    if let Ok(reading) = channels::call::read(data, None) {
        assert!(reading.statement.body.chars().count() <= case::statement::BODY_LIMIT);
        // What an operator typed has no turns.
        let Some(file) = reading.files.first() else { return };
        let record: channels::call::record::CallRecord = serde_json::from_slice(&file.bytes).unwrap();
        assert!(!record.turns.is_empty());
        for turn in &record.turns {
            assert!(turn.read.as_ref().is_none_or(|read| read.chars().count() <= turn.heard.chars().count()));
        }
    }
});
