//! An address that is asked for and told piece by piece: `您是哪个乡镇的？` – `庞村镇。` – `哪个村？` – `西坂村。` – `门牌号呢？`

use std::ops::Range;

use case::field::Confidence;

use crate::fields::{Fields, Found};

/// How sure an address is that was put together.
const PUT_TOGETHER: f32 = 0.8;
/// What is asked for, from the large to the small.
const ASKED: [&str; 12] = [
    "哪个县",
    "哪个乡",
    "哪个镇",
    "哪个街道",
    "哪个村",
    "哪个社区",
    "哪个小区",
    "门牌",
    "几号楼",
    "几单元",
    "几排",
    "房号",
];
/// What a piece has one of.
const PARTS: &str = "县市区镇乡村庄营屯寨街道路巷园苑城院里号楼栋幢元排组室户坊";
/// What says that the question is about the caller's own place.
const OWN: [&str; 3] = ["您", "你", "家"];
/// A longer piece is a story.
const LENGTH_LIMIT: usize = 20;

/// The pieces of one address.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    told: Vec<(String, Range<usize>)>,
    /// The operator's turn in which a piece was asked for last, counted in questions.
    asked: Option<usize>,
}

impl Pieces {
    /// Hears the operator's question number `place` and the caller's answer, which stands at `range` of the caller's words.
    pub(super) fn hear(&mut self, place: usize, question: &str, reply: &str, range: Range<usize>) {
        let asks = ASKED.iter().any(|word| question.contains(word));
        let own = OWN.iter().any(|word| question.contains(word)) || self.asked.is_some_and(|asked| asked + 1 == place);
        if !asks || !own {
            return;
        }
        self.asked = Some(place);
        if let Some(piece) = piece(reply).filter(|piece| !self.told.iter().any(|(told, _)| told == piece)) {
            self.told.push((piece, range));
        }
    }

    /// Makes one address and one place of the pieces, where there are several and nothing more was found.
    pub(super) fn put_together(&self, found: &mut Fields) {
        let Some((_, range)) = self.told.last().filter(|_| self.told.len() > 1) else { return };
        let joined =
            |pieces: &[(String, Range<usize>)]| pieces.iter().map(|(piece, _)| piece.as_str()).collect::<String>();
        let whole = joined(&self.told);
        let (confidence, range) = (Confidence::new(PUT_TOGETHER), range.clone());
        let first = self.told.first().map(|(piece, _)| piece.as_str()).unwrap_or_default();
        if found.address.as_ref().is_none_or(|known| !known.value.contains(first) || whole.contains(&known.value)) {
            found.address = Some(Found { value: whole, confidence, range: range.clone() });
        }
        let is_house = |piece: &str| piece.contains(crate::fields::is_figure);
        let of_place = self.told.iter().take_while(|(piece, _)| !is_house(piece)).count();
        let place = joined(self.told.get(..of_place).unwrap_or_default());
        if of_place > 1 && found.place.as_ref().is_none_or(|known| place.contains(&known.value)) {
            found.place = Some(Found { value: place, confidence, range });
        }
    }
}

/// The piece that a reply gives: what the operator is told to write, or the first clause that names a place or a number.
fn piece(reply: &str) -> Option<String> {
    let clauses = || reply.split(['，', ',', '。', ' ', '！', '？']).map(str::trim).filter(|clause| !clause.is_empty());
    let to_write = clauses().find_map(|clause| {
        let words = ["你就写", "您就写", "你写", "您写", "就写"].iter().find_map(|word| clause.strip_prefix(word))?;
        Some(words.trim_end_matches(['吧', '就', '行']))
    });
    let named = clauses().find_map(|clause| {
        let words = ["就是", "我们是", "我是", "是", "嗯", "就在", "在", "我们", "那个"]
            .iter()
            .fold(clause, |rest, word| rest.strip_prefix(word).unwrap_or(rest))
            .trim_end_matches(['的', '啊', '吧']);
        let denied = ["没", "不"].iter().any(|word| words.starts_with(word));
        (!denied && words.chars().any(|c| PARTS.contains(c))).then_some(words)
    });
    let piece = to_write.or(named)?;
    (2..=LENGTH_LIMIT).contains(&piece.chars().count()).then(|| piece.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(turns: &[(&str, &str)]) -> (Option<String>, Option<String>) {
        let mut pieces = Pieces::default();
        for (place, (question, reply)) in turns.iter().enumerate() {
            pieces.hear(place, question, reply, 0..1);
        }
        let mut found = Fields::default();
        pieces.put_together(&mut found);
        (found.address.map(|address| address.value), found.place.map(|place| place.value))
    }

    #[test]
    fn pieces_make_one_address_and_its_place() {
        let (address, place) = told(&[
            ("您是哪个乡镇的？", "庞村镇的。"),
            ("哪个村？", "西坂村。"),
            ("门牌号呢？", "没有门牌，最东边那家，你写三排一号吧。"),
        ]);
        assert_eq!(address.as_deref(), Some("庞村镇西坂村三排一号"));
        assert_eq!(place.as_deref(), Some("庞村镇西坂村"));
    }

    #[test]
    fn where_something_happened_is_not_where_the_caller_lives() {
        assert_eq!(
            told(&[("是哪个小区？", "学府佳苑。"), ("您贵姓？", "姓褚。"), ("几号楼？", "三号楼。")]),
            (None, None)
        );
        assert_eq!(told(&[("您是哪个村的？", "不想说。"), ("哪个镇？", "庞村镇。")]), (None, None));
    }
}
