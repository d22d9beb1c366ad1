//! Characters that a speaker spells out: `文化的文，庆祝的庆`, `弓长张`. They say which of several characters that sound alike is
//! meant, so they confirm a name, and they say nothing about the matter.

use std::ops::Range;

use case::text::is_han;

use super::Text;

/// Longest spelling of one character in words: `有没有的有` has five characters.
const LENGTH_LIMIT: usize = 8;
/// Characters told by their parts.
const PARTS: &[(&str, char)] = &[
    ("弓长张", '张'),
    ("立早章", '章'),
    ("木子李", '李'),
    ("耳东陈", '陈'),
    ("双木林", '林'),
    ("口天吴", '吴'),
    ("古月胡", '胡'),
    ("言午许", '许'),
    ("草头黄", '黄'),
    ("三横一竖王", '王'),
    ("三横王", '王'),
    ("人可何", '何'),
    ("走肖赵", '赵'),
    ("文刀刘", '刘'),
    ("卯金刀刘", '刘'),
    ("人则侯", '侯'),
    ("禾呈程", '程'),
    ("余字徐", '徐'),
    ("双人徐", '徐'),
    ("言身寸谢", '谢'),
    ("西早覃", '覃'),
    ("木易杨", '杨'),
    ("日月明", '明'),
    ("双口吕", '吕'),
    ("关耳郑", '郑'),
    ("丘山岳", '岳'),
    ("土里埋", '埋'),
];

/// The character that is spelled out in `range` (a clause without its punctuation), if it is a spelling and nothing else.
pub(super) fn spelled(text: &Text, range: Range<usize>) -> Option<char> {
    let clause = text.string(text.trim(range));
    let clause =
        ["就是", "是", "啊", "嗯"].iter().fold(clause.as_str(), |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    let clause = ["啊", "吧", "嘛", "呀", "那个字", "字"]
        .iter()
        .fold(clause, |rest, word| rest.strip_suffix(word).unwrap_or(rest));
    if let Some((_, character)) = PARTS.iter().find(|(parts, _)| *parts == clause) {
        return Some(*character);
    }
    let mut characters = clause.chars().rev();
    let character = characters.next().filter(|character| is_han(*character))?;
    if characters.next() != Some('的') || clause.chars().count() > LENGTH_LIMIT {
        return None;
    }
    characters.any(|other| other == character).then_some(character)
}

/// The characters spelled out in the clauses that follow `position` one after the other, and where the last of them ends.
pub(super) fn run(text: &Text, position: usize) -> (Vec<char>, usize) {
    let mut characters = Vec::new();
    let mut end = position;
    loop {
        let start = text.skip(end, |c| matches!(c, ',' | '、' | ' ' | '。'));
        let stop = text.skip(start, |c| !matches!(c, ',' | '、' | '。' | '!' | '?' | ';' | '\n' | ' '));
        match spelled(text, start..stop).filter(|_| start > end && stop > start) {
            Some(character) => characters.push(character),
            None => return (characters, end),
        }
        end = stop;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(clause: &str) -> Option<char> {
        let text = Text::new(clause);
        spelled(&text, 0..text.len())
    }

    #[test]
    fn characters_are_spelled_by_words_and_by_parts() {
        for (clause, character) in
            [("文化的文", '文'), ("有没有的有", '有'), ("田地的田", '田'), ("弓长张", '张'), ("是庆祝的庆啊", '庆')]
        {
            assert_eq!(of(clause), Some(character), "{clause}");
        }
        for clause in ["路上的水", "我们村的路", "邻居家的", "的", "", "占我家地的地方的人说了很多的地"]
        {
            assert_eq!(of(clause), None, "{clause}");
        }
    }

    #[test]
    fn a_run_of_spellings_ends_where_the_matter_begins() {
        let text = Text::new("马文庆，文化的文，庆祝的庆。我们村的路坏了");
        assert_eq!(run(&text, 3), (vec!['文', '庆'], 13));
    }
}
