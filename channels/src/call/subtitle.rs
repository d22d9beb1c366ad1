//! WebVTT and SRT. Both are blocks of a line with two times and lines of words; WebVTT names the speaker in a `<v>` tag.

use super::plain;
use super::transcript::{Transcript, milliseconds};

/// Reads `text`. Blocks without times (`NOTE`, `STYLE`, numbers) are passed over.
pub(super) fn read(text: &str) -> Transcript {
    let mut transcript = Transcript::default();
    let mut moment: Option<u64> = None;
    let mut in_cue = false;
    let mut voice: Option<String> = None;
    // Who speaks by a label in the cue.
    let mut label: Option<String> = None;
    for line in text.lines() {
        if let Some((start, _)) = line.split_once("-->") {
            // A line may hold a cue's settings behind the times.
            moment = start.split_whitespace().next_back().and_then(milliseconds);
            in_cue = true;
            voice = None;
            label = None;
        } else if line.trim().is_empty() {
            in_cue = false;
        } else if in_cue {
            words(line, moment, &mut voice, &mut label, &mut transcript);
        }
    }
    transcript
}

/// The words of one line, each piece with its speaker. A line without a label goes on with the one of the line before it in its cue.
fn words(
    line: &str,
    moment: Option<u64>,
    voice: &mut Option<String>,
    label: &mut Option<String>,
    transcript: &mut Transcript,
) {
    let mut spoken = String::new();
    let mut rest = line;
    let mut say = |spoken: &mut String, voice: &Option<String>, transcript: &mut Transcript| {
        let text = std::mem::take(spoken);
        match (voice, plain::label(&text)) {
            (None, Some((speaker, words))) => {
                *label = Some(speaker.to_owned());
                transcript.say(Some(speaker), moment, words);
            }
            _ => transcript.say(voice.as_deref().or(label.as_deref()), moment, &text),
        }
    };
    while let Some((before, tag)) = rest.split_once('<') {
        spoken.push_str(before);
        let Some((inside, behind)) = tag.split_once('>') else {
            spoken.push('<');
            rest = tag;
            continue;
        };
        let begins_voice = inside.strip_prefix('v').filter(|name| name.starts_with([' ', '.', '\t']));
        if let Some(name) = begins_voice {
            say(&mut spoken, voice, transcript);
            // `<v.loud 来电人>`: classes stand before the name.
            *voice = name.split_once([' ', '\t']).map(|(_, name)| name.trim().to_owned());
        } else if inside == "/v" {
            say(&mut spoken, voice, transcript);
            *voice = None;
        }
        rest = behind;
    }
    spoken.push_str(rest);
    say(
        &mut spoken.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"),
        voice,
        transcript,
    );
}
