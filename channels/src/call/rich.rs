//! The marks that SenseVoice puts between the words: `<|zh|><|NEUTRAL|><|Speech|><|withitn|>` before each stretch of talk, or
//! pictures for moods and sounds once they were made readable. They say nothing about the matter, and a guess at somebody's mood
//! must not stand in a record.

/// Pictures that FunASR's `rich_transcription_postprocess` writes for moods and sounds.
const PICTURES: [char; 13] = ['😊', '😔', '😡', '😰', '🤢', '😮', '🎼', '👏', '😀', '😭', '🤧', '😷', '❓'];
/// Longest mark, in bytes between its bars.
const MARK_LIMIT: usize = 40;

/// The stretches of talk in `text` without any marks. Marks between words begin a new stretch; each stretch begins with marks of its own.
pub(super) fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("<|") {
        push(&mut parts, before);
        match behind.split_once("|>").filter(|(mark, _)| is_mark(mark)) {
            Some((_, after)) => {
                if parts.last().is_some_and(|last| !last.trim().is_empty()) {
                    parts.push(String::new());
                }
                rest = after;
            }
            None => {
                push(&mut parts, "<|");
                rest = behind;
            }
        }
    }
    push(&mut parts, rest);
    parts
}

fn push(parts: &mut [String], words: &str) {
    if let Some(last) = parts.last_mut() {
        last.extend(words.chars().filter(|character| !PICTURES.contains(character)));
    }
}

fn is_mark(text: &str) -> bool {
    text.len() <= MARK_LIMIT && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '/' | '-' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_part_the_talk_and_are_left_out() {
        let text =
            "<|zh|><|NEUTRAL|><|Speech|><|withitn|>您好，请讲。 <|zh|><|ANGRY|><|Speech|><|withitn|>停水三天了。😡";
        assert_eq!(parts(text), ["您好，请讲。 ", "停水三天了。"]);
        assert_eq!(parts("没有标记"), ["没有标记"]);
        assert_eq!(parts("a<|b c|>d <| 开"), ["a<|b c|>d <| 开"], "not a mark");
    }
}
