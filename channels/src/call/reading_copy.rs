//! The reading copy: what was said, without the sounds and stumbles that nobody wants to read.
//!
//! Only what carries no meaning is left out: sounds (`嗯`, `呃`), empty clauses (`那个，`, `就是说，`), and words that were said twice in
//! one breath (`我我我想`, `就是就是`). Figures are never touched: `八八` may be part of a number. What was heard stays in the
//! record of the call, character for character, and each character of the copy knows where it stood there.

/// What was said and which of its characters are read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct ReadingCopy {
    /// The words to read.
    pub(super) text: String,
    /// For each character of `text` the number of the character that was heard.
    origins: Vec<usize>,
}

/// Sounds at the beginning of a clause, or alone in one.
const SOUNDS: [char; 11] = ['嗯', '呃', '唉', '哎', '哦', '噢', '喔', '唔', '呣', '嘶', '诶'];
/// Clauses that say nothing.
const EMPTY: [&str; 20] = [
    "啊",
    "额",
    "喂",
    "那个",
    "这个",
    "就是",
    "就是说",
    "就是那个",
    "那个那个",
    "怎么说呢",
    "怎么说",
    "你知道吧",
    "你知道吗",
    "这个这个",
    "那什么",
    "然后呢",
    "反正就是",
    "对吧",
    "是吧",
    "那个啥",
];
/// Words of one character that nobody says twice on purpose, nor at the meeting of two words as in `派出所所长` or `就就业`.
const STUMBLED: &str = "我你您他她它俺咱的那这";
/// The longest word that is looked for twice, in characters.
const LONGEST: usize = 6;
/// Verbs that are doubled to soften a request: `了解了解`, `反映反映`.
const SOFTENED: [&str; 16] = [
    "研究", "考虑", "讨论", "商量", "了解", "反映", "处理", "解决", "帮忙", "调查", "协调", "咨询", "打听", "关心",
    "督促", "检查",
];

impl ReadingCopy {
    /// The reading copy of what was heard.
    pub(super) fn of(heard: &str) -> Self {
        let characters: Vec<char> = heard.chars().collect();
        let mut copy = Self::default();
        let mut start = 0;
        while start < characters.len() {
            let end = characters
                .iter()
                .skip(start)
                .position(|c| ends_clause(*c))
                .map_or(characters.len(), |length| start + length);
            copy.clause(&characters, start, end);
            start = end + 1;
        }
        copy.end_well(&characters);
        copy
    }

    /// The number of the character that was heard as character `place` of the copy.
    pub(super) fn heard(&self, place: usize) -> usize {
        self.origins.get(place).or(self.origins.last()).copied().unwrap_or_default()
    }

    /// Adds the clause `start..end` with the mark behind it, unless it says nothing.
    fn clause(&mut self, characters: &[char], start: usize, end: usize) {
        let clause = characters.get(start..end).unwrap_or_default();
        let sounds = clause.iter().take_while(|c| SOUNDS.contains(c) || c.is_whitespace()).count();
        let words = clause.get(sounds..).unwrap_or_default();
        let plain: String = words.iter().filter(|c| !c.is_whitespace()).collect();
        if plain.is_empty() || EMPTY.contains(&plain.as_str()) {
            self.mark_of_empty(characters, end);
            return;
        }
        let mut place = 0;
        while let Some(character) = words.get(place) {
            match repeated(words, place) {
                // The last one stays: what follows belongs to it.
                Some(length) => place += length,
                None => {
                    self.push(*character, start + sounds + place);
                    place += 1;
                }
            }
        }
        if let Some(mark) = characters.get(end) {
            self.push(*mark, end);
        }
    }

    /// The end of an empty clause still ends the sentence before it; `对吧？` makes no question of it.
    fn mark_of_empty(&mut self, characters: &[char], end: usize) {
        let ends = characters.get(end).is_some_and(|mark| matches!(mark, '。' | '！' | '？' | '!' | '?'));
        if ends && self.text.ends_with(['，', ',', '、']) {
            self.text.pop();
            self.text.push('。');
        }
    }

    fn push(&mut self, character: char, origin: usize) {
        self.text.push(character);
        self.origins.push(origin);
    }

    /// A copy whose last clause was left out does not end in the comma before it, unless the talk was broken off there.
    fn end_well(&mut self, heard: &[char]) {
        let broken_off = heard.last().is_some_and(|last| matches!(last, '，' | ',' | '、'));
        if !broken_off && self.text.ends_with(['，', ',', '、']) {
            self.text.pop();
            self.origins.pop();
        }
    }
}

fn ends_clause(character: char) -> bool {
    matches!(character, '，' | ',' | '。' | '！' | '!' | '？' | '?' | '；' | ';' | '、' | '：' | ':' | '…')
}

/// How many characters at `place` are said again right behind.
fn repeated(words: &[char], place: usize) -> Option<usize> {
    let first = *words.get(place)?;
    (1..=LONGEST).rev().find(|length| {
        let (Some(once), Some(again)) =
            (words.get(place..place + length), words.get(place + length..place + 2 * length))
        else {
            return false;
        };
        once == again && (if *length == 1 { is_stumble(first, words, place) } else { is_word_twice(once) })
    })
}

/// `我我`, but not where two words meet: `是的的确`, `其他他不管`.
fn is_stumble(character: char, words: &[char], place: usize) -> bool {
    let before = place.checked_sub(1).and_then(|before| words.get(before));
    let meets =
        (character == '的' && words.get(place + 2) == Some(&'确')) || (character == '他' && before == Some(&'其'));
    STUMBLED.contains(character) && !meets
}

fn is_word_twice(once: &[char]) -> bool {
    let word: String = once.iter().collect();
    let figures = once.iter().any(|c| crate::fields::is_figure(*c));
    // `好好好好`, `天天天天` are one thing said loudly, not a word said twice.
    let one_character = once.iter().all(|c| Some(c) == once.first());
    let han = once.iter().all(|c| case::text::is_han(*c));
    han && !figures && !one_character && !SOFTENED.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sounds_and_stumbles_are_left_out() {
        for (heard, read) in [
            ("嗯，那个，我我我想反映一下，我们我们小区停水了。", "我想反映一下，我们小区停水了。"),
            ("呃我姓王，就是说，那个那个路灯坏了", "我姓王，那个路灯坏了"),
            ("路坏了，怎么说呢。", "路坏了。"),
            ("嗯。", ""),
            ("喂，你好，", "你好，"),
            ("他他就是就是不来修，对吧？", "他就是不来修。"),
        ] {
            assert_eq!(ReadingCopy::of(heard).text, read, "{heard}");
        }
    }

    #[test]
    fn what_is_meant_stays() {
        for heard in [
            "天天停水，人人都知道。",
            "幺三八零零零零零零幺幺",
            "三号楼，三号楼的电梯",
            "您给研究研究，反映反映。",
            "谢谢谢谢",
            "一一零",
            "我爸爸妈妈，常常去看看",
            "这个路灯坏了，那个人不管",
            "额外收费",
            "派出所所长就就业问题找过成都都市报",
            "是的的确如此，其他他不管",
            "2020年2020年",
        ] {
            assert_eq!(ReadingCopy::of(heard).text, heard);
        }
    }

    proptest! {
        #[test]
        fn the_copy_is_the_heard_words_in_their_order_and_keeps_every_figure(pieces in proptest::collection::vec(prop_oneof![
            Just("嗯"), Just("我"), Just("我们"), Just("，"), Just("。"), Just("那个"), Just("一三八"), Just("0"), Just("三栋"), Just("就是"),
            Just("？"), Just(" "), Just("a"), Just("停水"), Just("怎么说呢"), Just("𠀀"),
        ], 0..60)) {
            let heard = pieces.concat();
            let characters: Vec<char> = heard.chars().collect();
            let copy = ReadingCopy::of(&heard);
            prop_assert_eq!(copy.text.chars().count(), copy.origins.len());
            prop_assert!(copy.origins.windows(2).all(|pair| pair[0] < pair[1]));
            for (place, character) in copy.text.chars().enumerate() {
                // A mark may stand for the one that ended an empty clause behind it.
                prop_assert!(characters[copy.heard(place)] == character || "。？！".contains(character));
            }
            let figures = |text: &str| text.chars().filter(|c| crate::fields::is_figure(*c)).collect::<String>();
            prop_assert_eq!(figures(&copy.text), figures(&heard));
        }

        #[test]
        fn cleaning_twice_changes_nothing_more(heard in "[我你就是那个，。嗯停水路坏三]{0,40}") {
            let once = ReadingCopy::of(&heard).text;
            let twice = ReadingCopy::of(&once).text;
            prop_assert!(twice.chars().count() <= once.chars().count());
        }
    }
}
