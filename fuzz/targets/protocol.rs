//! What a page child says and is told: frames from a stream, and the messages in them.
#![no_main]

use channels::letter::protocol::{Answer, Request, Setup, read_frame, receive_frame, write_frame};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut input = data;
    let mut frames = Vec::new();
    while let Ok(Some(frame)) = read_frame(&mut input) {
        let _ = serde_json::from_slice::<Setup>(&frame);
        let _ = serde_json::from_slice::<Request>(&frame);
        if let Ok(answer) = serde_json::from_slice::<Answer>(&frame) {
            let bytes = serde_json::to_vec(&answer).expect("what was read can be written");
            let _ = serde_json::from_slice::<Answer>(&bytes).expect("and read again");
        }
        frames.push(frame);
    }
    let mut written = Vec::new();
    for frame in &frames {
        write_frame(&mut written, frame).expect("a frame that was read is within the limit");
    }
    assert!(data.starts_with(&written), "frames are written as they were read");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let mut input = data;
        for frame in &frames {
            assert_eq!(&receive_frame(&mut input).await.expect("both sides read alike"), frame);
        }
    });
});
