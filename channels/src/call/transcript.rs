//! Who said what and when: the one form of all transcripts.

/// A call as it was written down.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Transcript {
    /// The telephone system's name of the call.
    pub(super) call_id: Option<String>,
    /// The number that called, as the telephone system showed it.
    pub(super) caller_number: Option<String>,
    /// When the call began, as written.
    pub(super) started_at: Option<String>,
    /// What was said, in order.
    pub(super) turns: Vec<Turn>,
}

/// Words of one speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Turn {
    /// What the transcript calls the speaker.
    pub(super) speaker: Option<String>,
    /// When the words began, in milliseconds from the start of the recording.
    pub(super) milliseconds: Option<u64>,
    /// The words; never empty.
    pub(super) text: String,
}

impl Transcript {
    /// Adds words, unless there are none.
    pub(super) fn say(&mut self, speaker: Option<&str>, milliseconds: Option<u64>, text: &str) {
        let text = crate::words::clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            let speaker = speaker.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
            self.turns.push(Turn { speaker, milliseconds, text });
        }
    }
}

/// The milliseconds of `1:02:03.456`, `02:03,456`, `02:03` or `123.4` (seconds).
pub(super) fn milliseconds(written: &str) -> Option<u64> {
    let written = written.trim().replace(',', ".");
    let mut seconds = 0.0;
    let parts: Vec<&str> = written.split(':').collect();
    if parts.len() > 3 || written.is_empty() {
        return None;
    }
    for part in &parts {
        let plain = !part.is_empty() && part.chars().all(|c| c.is_ascii_digit() || c == '.');
        seconds = seconds * 60.0 + part.parse::<f64>().ok().filter(|_| plain)?;
    }
    from_seconds(seconds)
}

/// `seconds` in milliseconds; nothing for what is no time.
pub(super) fn from_seconds(seconds: f64) -> Option<u64> {
    let duration = std::time::Duration::try_from_secs_f64(seconds).ok()?;
    // Half a millisecond is added so that 1.2 s are 1200 ms in spite of binary fractions.
    u64::try_from(duration.saturating_add(std::time::Duration::from_micros(500)).as_millis()).ok()
}
