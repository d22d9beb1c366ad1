//! A mail as it stands at the door.
#![no_main]

use async_trait::async_trait;
use case::problem::{Problem, ProblemCode};
use channels::document::{Answer, DocumentError, DocumentReader, child};
use channels::scan::ScanReader;
use channels::{Reading, mail};
use libfuzzer_sys::fuzz_target;

/// Attached pages are the `image` and `pdf` targets' work.
struct NobodyReads;

#[async_trait]
impl ScanReader for NobodyReads {
    async fn read(&self, _bytes: &[u8], _name: &str) -> Result<Reading, Problem> {
        Err(ProblemCode::UnsupportedType.because("not here"))
    }
}

/// Reads documents in this process, so that the fuzzer sees them.
struct HereAndNow;

#[async_trait]
impl DocumentReader for HereAndNow {
    async fn read(&self, bytes: &[u8]) -> Result<Answer, DocumentError> {
        Ok(child::answer(bytes))
    }
}

fuzz_target!(|data: &[u8]| {
    let _ = mail::source_key(data);
    for message in mail::split_mbox(data).iter().take(4) {
        let _ = mail::sort(message);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    if let Ok(reading) = runtime.block_on(mail::read(data, &mail::Readers::new(&NobodyReads, &HereAndNow), None)) {
        assert!(reading.statement.body.chars().count() <= case::statement::BODY_LIMIT);
    }
});
