//! What a door does to words on their way in: mail is wrapped and greeted, a scan breaks lines and misreads, a caller says
//! more than is written and numbers come out in words.

use case::channel::Channel;

use super::copying::{misheard, misread};
use crate::sample::random::Sequence;

/// Characters of a line of a mail, and of a letter.
const MAIL_LINE: usize = 36;
const LETTER_LINE: usize = 22;
/// What callers say between what they say.
const FILLERS: [&str; 6] = ["嗯", "那个", "就是说", "你听我讲", "然后呢", "对吧"];
/// Digits as they are spoken.
const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// `text` as it comes out behind `door`.
#[must_use]
pub fn through(door: Channel, text: &str, sequence: &mut Sequence) -> String {
    match door {
        Channel::Web => text.to_owned(),
        Channel::Mail => {
            let greeted = format!("您好！\n打扰了，有件事向您反映。\n\n{text}\n\n此致\n敬礼\n发自我的手机");
            wrapped(&greeted, MAIL_LINE)
        }
        Channel::Letter => wrapped(&misread(&format!("尊敬的领导：\n　　{text}\n　　盼复！"), sequence), LETTER_LINE),
        Channel::Call => spoken(&misheard(text, sequence), sequence),
    }
}

/// Lines of at most `width` characters.
fn wrapped(text: &str, width: usize) -> String {
    let lines = text.lines().flat_map(|line| {
        let characters: Vec<char> = line.chars().collect();
        characters.chunks(width).map(|chunk| chunk.iter().collect::<String>()).collect::<Vec<_>>()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Single digits in words, and something between the sentences.
fn spoken(text: &str, sequence: &mut Sequence) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut said = String::from("喂你好我想反映一下");
    for (place, character) in characters.iter().enumerate() {
        let neighbour = |at: Option<usize>| at.and_then(|at| characters.get(at)).is_some_and(char::is_ascii_digit);
        let alone = !neighbour(place.checked_sub(1)) && !neighbour(place.checked_add(1));
        match character.to_digit(10).and_then(|digit| usize::try_from(digit).ok()).and_then(|digit| DIGITS.get(digit)) {
            Some(word) if alone => said.push(*word),
            _ if *character == ' ' => said.push_str(sequence.word(&FILLERS)),
            _ => said.push(*character),
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_door_leaves_the_facts_and_changes_the_rest() {
        let text = "锦绣华庭3栋的电梯停了20天。请派人查。";
        let through = |door| through(door, text, &mut Sequence::new(1));
        assert_eq!(through(Channel::Web), text);
        assert!(through(Channel::Mail).contains("锦绣华庭3栋") && through(Channel::Mail).starts_with("您好"));
        assert!(through(Channel::Letter).lines().all(|line| line.chars().count() <= LETTER_LINE));
        let call = through(Channel::Call);
        assert!(call.contains("三栋") && call.contains("20天") && !call.contains('。'), "{call}");
    }
}
