//! Recordings of calls: which files are one, and which transcript belongs to which.

/// Endings of the names of recordings, in small letters.
const ENDINGS: [&str; 12] = ["wav", "mp3", "m4a", "ogg", "opus", "oga", "amr", "flac", "aac", "wma", "webm", "3gp"];

/// Whether a file of this name is a recording.
#[must_use]
pub fn is_named_like_one(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty() && ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// Whether the bytes are a recording: sound, or a container of sound without pictures as telephone systems write it.
#[must_use]
pub fn is_one(bytes: &[u8]) -> bool {
    let kind = crate::media_type(bytes);
    // A recording in MP4, 3GP or WebM is told as a film by its first bytes.
    kind.starts_with("audio/") || matches!(kind, "application/ogg" | "video/mp4" | "video/webm" | "video/3gpp")
}

/// What a transcript and its recording have in common: the name without its last ending, `call-7.json` and `call-7.wav`; a
/// second ending is dropped too, where it is a recording's: `call-7.wav.json`.
#[must_use]
pub fn stem(name: &str) -> &str {
    let stem = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or(name, |(stem, _)| stem);
    if is_named_like_one(stem) { stem.rsplit_once('.').map_or(stem, |(stem, _)| stem) } else { stem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transcript_and_its_recording_have_one_stem() {
        for name in ["call-7.json", "call-7.wav", "call-7.wav.json", "call-7.WAV", "call-7.srt", "call-7"] {
            assert_eq!(stem(name), "call-7", "{name}");
        }
        assert_eq!(stem(".wav"), ".wav");
        assert!(is_named_like_one("a.MP3") && !is_named_like_one("a.json") && !is_named_like_one("wav"));
    }

    #[test]
    fn recordings_are_told_by_their_bytes() {
        assert!(is_one(b"RIFF\x24\0\0\0WAVEfmt "));
        assert!(is_one(b"#!AMR\n\x3c\0\0\0\0\0\0\0"));
        assert!(!is_one(b"{\"segments\":[]}") && !is_one(b"WEBVTT") && !is_one(b"%PDF-1.4"));
    }
}
