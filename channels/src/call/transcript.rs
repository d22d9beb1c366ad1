//! Who said what and when: the one form of all transcripts.

use std::ops::Range;

use super::TURN_LIMIT;
use super::rich;

/// A call as it was written down.
#[derive(Debug, Clone, PartialEq, Default)]
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
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Turn {
    /// What the transcript calls the speaker.
    pub(super) speaker: Option<String>,
    /// When the words began, in milliseconds from the start of the recording.
    pub(super) milliseconds: Option<u64>,
    /// When they ended.
    pub(super) until: Option<u64>,
    /// The words as they were heard; never empty.
    pub(super) text: String,
    /// When the characters of `text` were said, where the recogniser tells: number of the character and milliseconds, in order.
    pub(super) times: Vec<(usize, u64)>,
    /// How well the recogniser heard them, 0 to 1, where it tells.
    pub(super) heard: Option<f32>,
}

/// A word with the moment at which it began.
pub(super) type TimedWord = (String, u64);

/// What a transcript says of one stretch of talk, before it is made a turn.
#[derive(Debug, Clone, Default)]
pub(super) struct Said<'a> {
    /// Who.
    pub(super) speaker: Option<&'a str>,
    /// From when.
    pub(super) milliseconds: Option<u64>,
    /// Until when.
    pub(super) until: Option<u64>,
    /// What, with whatever marks the recogniser puts in.
    pub(super) text: &'a str,
    /// Its words one by one, where they have times of their own.
    pub(super) words: Vec<TimedWord>,
    /// How well it was heard.
    pub(super) heard: Option<f32>,
}

impl Transcript {
    /// Adds words, unless there are none.
    pub(super) fn say(&mut self, speaker: Option<&str>, milliseconds: Option<u64>, text: &str) {
        self.hear(&Said { speaker, milliseconds, text, ..Said::default() });
    }

    /// Adds what was said, unless it is nothing. Where the recogniser's marks part it, each part is a turn.
    pub(super) fn hear(&mut self, said: &Said<'_>) {
        let speaker = said.speaker.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
        let mut words = said.words.iter().peekable();
        let mut first = true;
        for part in rich::parts(said.text) {
            let text = crate::words::clean(&part).split_whitespace().collect::<Vec<_>>().join(" ");
            // One more than the limit is enough to know that it is broken.
            if text.is_empty() || self.turns.len() > TURN_LIMIT {
                continue;
            }
            let times = times(&text, &mut words);
            let begun = times.first().map(|(_, moment)| *moment);
            self.turns.push(Turn {
                speaker: speaker.clone(),
                milliseconds: if first { said.milliseconds.or(begun) } else { begun.or(said.milliseconds) },
                until: said.until,
                times,
                heard: said.heard,
                text,
            });
            first = false;
        }
    }
}

/// When the characters of `text` were said: each of `words` that follows in it is found there and used up.
fn times<'words>(
    text: &str,
    words: &mut std::iter::Peekable<impl Iterator<Item = &'words TimedWord>>,
) -> Vec<(usize, u64)> {
    let mut times = Vec::new();
    let mut rest = text;
    let mut place = 0;
    while let Some((word, moment)) = words.peek() {
        let word = word.trim();
        let Some((before, behind)) = near(rest, word) else {
            // A word without characters says nothing; one that is not here belongs to the next part.
            if !word.is_empty() && !times.is_empty() {
                break;
            }
            words.next();
            continue;
        };
        place += before.chars().count();
        times.push((place, *moment));
        place += word.chars().count();
        rest = behind;
        words.next();
    }
    times
}

/// `text` before and behind the first `word` in it, when that stands near its beginning.
fn near<'text>(text: &'text str, word: &str) -> Option<(&'text str, &'text str)> {
    /// Between two words that follow one another stand a blank and punctuation, and what the recogniser did not time. A bound
    /// keeps long texts with foreign words linear.
    const REACH: usize = 64;
    let end = text.char_indices().nth(REACH + word.chars().count()).map_or(text.len(), |(end, _)| end);
    let start = text.get(..end)?.find(word).filter(|_| !word.is_empty())?;
    Some((text.get(..start)?, text.get(start + word.len()..)?))
}

impl Turn {
    /// When the character `place` was said, as near as it is known.
    pub(super) fn moment(&self, place: usize) -> Option<u64> {
        let known = self.times.partition_point(|(from, _)| *from <= place);
        let exact = known.checked_sub(1).and_then(|index| self.times.get(index)).map(|(_, moment)| *moment);
        exact.or(self.milliseconds)
    }

    /// The characters of `range` as a turn of their own.
    pub(super) fn part(&self, range: Range<usize>) -> Self {
        let text: String = self.text.chars().skip(range.start).take(range.len()).collect();
        let inside = self.times.iter().filter(|(place, _)| range.contains(place));
        Self {
            speaker: self.speaker.clone(),
            milliseconds: self.moment(range.start),
            until: self.until,
            times: inside.map(|(place, moment)| (place - range.start, *moment)).collect(),
            heard: self.heard,
            text,
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
