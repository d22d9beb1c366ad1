//! How copies of petitions come about.

use crate::sample::random::Sequence;

/// How a petition was made from an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CopyKind {
    /// It was not.
    Original,
    /// The same words with slips: characters that sound alike, one left out, one doubled.
    Typo,
    /// The same words as speech recognition hears them: characters that sound alike, no marks.
    Homophones,
    /// The same words misread by a scanner: characters that look alike, marks lost.
    OcrConfusion,
    /// The same sentences in another order.
    Reordered,
    /// The same words without one or two sentences.
    Trimmed,
    /// The same facts in other words.
    OtherWords,
    /// The same words about another place: another matter that must not be joined.
    Elsewhere,
}

impl CopyKind {
    /// Every way to copy.
    pub const COPIES: [Self; 7] = [
        Self::Typo,
        Self::Homophones,
        Self::OcrConfusion,
        Self::Reordered,
        Self::Trimmed,
        Self::OtherWords,
        Self::Elsewhere,
    ];

    /// Its name in figures.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Typo => "typo",
            Self::Homophones => "homophones",
            Self::OcrConfusion => "ocr_confusion",
            Self::Reordered => "reordered",
            Self::Trimmed => "trimmed",
            Self::OtherWords => "other_words",
            Self::Elsewhere => "elsewhere",
        }
    }
}

/// How often which copies come, in thousandths of all petitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copying {
    /// For each of [`CopyKind::COPIES`] in order; the sum is at most 900.
    pub per_mille: [u16; 7],
    /// How often a copy is by the writer of the original, in thousandths of copies.
    pub same_person_per_mille: u16,
}

impl Copying {
    /// No copies at all.
    #[must_use]
    pub const fn none() -> Self {
        Self { per_mille: [0; 7], same_person_per_mille: 0 }
    }

    /// A fifth of all petitions, as an office sees it.
    #[must_use]
    pub const fn usual() -> Self {
        Self { per_mille: [10, 10, 20, 20, 30, 60, 50], same_person_per_mille: 500 }
    }

    /// All copies together, in thousandths.
    #[must_use]
    pub fn per_mille(&self) -> u16 {
        self.per_mille.iter().sum::<u16>().min(900)
    }

    /// One of the ways to copy, by their shares.
    pub(super) fn draw(&self, sequence: &mut Sequence) -> CopyKind {
        let mut left = sequence.below(usize::from(self.per_mille()));
        for (kind, share) in CopyKind::COPIES.into_iter().zip(self.per_mille) {
            match left.checked_sub(usize::from(share)) {
                Some(rest) => left = rest,
                None => return kind,
            }
        }
        CopyKind::Original
    }
}

/// Characters that are mistaken for each other by ear or by the keyboard.
const SOUND: [(char, char); 16] = [
    ('的', '地'),
    ('在', '再'),
    ('做', '作'),
    ('已', '以'),
    ('坏', '环'),
    ('反', '返'),
    ('映', '应'),
    ('候', '后'),
    ('连', '联'),
    ('们', '门'),
    ('像', '象'),
    ('到', '道'),
    ('是', '事'),
    ('有', '又'),
    ('请', '情'),
    ('查', '察'),
];

/// Characters that are mistaken for each other by a scanner.
const SHAPE: [(char, char); 18] = [
    ('未', '末'),
    ('己', '已'),
    ('人', '入'),
    ('日', '曰'),
    ('大', '太'),
    ('土', '士'),
    ('干', '千'),
    ('候', '侯'),
    ('没', '设'),
    ('们', '门'),
    ('住', '往'),
    ('管', '营'),
    ('问', '间'),
    ('治', '冶'),
    ('天', '夭'),
    ('乐', '东'),
    ('拔', '拨'),
    ('今', '令'),
];

/// Changes `body` as a copy of `kind` would be; never leaves it as it is where the kind is one of slips and cuts.
pub(super) fn alter(body: &mut String, kind: CopyKind, sequence: &mut Sequence) {
    let before = body.clone();
    match kind {
        CopyKind::Typo => *body = slip(body, sequence),
        CopyKind::Homophones => *body = misheard(body, sequence),
        CopyKind::OcrConfusion => *body = misread(body, sequence),
        CopyKind::Reordered => {
            // The opening stays first; two neighbours behind it change places.
            let mut sentences = sentences(body);
            let place = 1 + sequence.below(sentences.len().saturating_sub(2));
            if place + 1 < sentences.len() {
                sentences.swap(place, place + 1);
            }
            *body = sentences.concat();
        }
        CopyKind::Trimmed => {
            // What the matter is, the second sentence, always stays.
            let mut sentences = sentences(body);
            for _ in 0..=sequence.below(2) {
                if sentences.len() > 4 {
                    sentences.remove(2 + sequence.below(sentences.len() - 2));
                }
            }
            *body = sentences.concat();
        }
        CopyKind::Original | CopyKind::OtherWords | CopyKind::Elsewhere => return,
    }
    if *body == before {
        // Chance left it alone: the full stop at the end is what goes first.
        body.pop();
    }
}

fn sentences(body: &str) -> Vec<String> {
    body.split_inclusive('。').map(str::to_owned).collect()
}

/// Swaps every third character that sounds like another one, and leaves out or doubles a few others.
fn slip(body: &str, sequence: &mut Sequence) -> String {
    let mut text = String::with_capacity(body.len());
    for character in body.chars() {
        let sounds = SOUND.iter().find(|(right, _)| *right == character);
        match sounds {
            Some((_, wrong)) if sequence.happens(330) => text.push(*wrong),
            // Digits are copied with care.
            _ if character.is_ascii_digit() => text.push(character),
            _ if sequence.happens(6) => {}
            _ if sequence.happens(4) => text.extend([character, character]),
            _ => text.push(character),
        }
    }
    text
}

/// Swaps most characters that sound like another one, and writes no marks but a space where a sentence ends.
pub(super) fn misheard(body: &str, sequence: &mut Sequence) -> String {
    let mut text = String::with_capacity(body.len());
    for character in body.chars() {
        let sounds = SOUND.iter().find_map(|(right, wrong)| (*right == character).then_some(*wrong));
        match sounds {
            Some(wrong) if sequence.happens(600) => text.push(wrong),
            _ if "，、；：".contains(character) => {}
            _ if "。？！".contains(character) => text.push(' '),
            _ => text.push(character),
        }
    }
    text
}

/// Swaps half of the characters that look like another one, and loses a tenth of the marks.
pub(super) fn misread(body: &str, sequence: &mut Sequence) -> String {
    let mut text = String::with_capacity(body.len());
    for character in body.chars() {
        let looks = SHAPE.iter().find_map(|(one, other)| match character {
            c if c == *one => Some(*other),
            c if c == *other => Some(*one),
            _ => None,
        });
        match looks {
            Some(other) if sequence.happens(500) => text.push(other),
            _ if "，。、；".contains(character) && sequence.happens(100) => {}
            _ => text.push(character),
        }
    }
    text
}
