//! Where letters begin and end in a stack. Pure: pages and their codes in, letters out; every page lands in one letter, but
//! separator sheets and their empty backs.

use case::batch::{PagePart, Parting};
use case::number::RegistrationNumber;

use super::code::Code;

/// A page of a stack as it was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SeenPage {
    /// The office's own codes on it.
    pub codes: Vec<Code>,
    /// Whether nothing is on it.
    pub blank: bool,
}

/// A letter found in a stack.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FoundLetter {
    /// Its pages, as pages of the stack from 0, in order, with what each is to the letter.
    pub pages: Vec<(usize, PagePart)>,
    /// The number on its sticker.
    pub number: Option<RegistrationNumber>,
}

/// Parts a stack.
#[must_use]
pub fn part(pages: &[SeenPage], parting: Parting) -> Vec<FoundLetter> {
    let mut found = Stack { parting, ..Stack::default() };
    for (place, page) in pages.iter().enumerate() {
        found.page(place, page);
    }
    found.end_letter();
    found.letters
}

#[derive(Default)]
struct Stack {
    parting: Parting,
    letters: Vec<FoundLetter>,
    letter: FoundLetter,
    part: PagePart,
    /// Whether the page before was a separator sheet, whose back may follow.
    after_separator: bool,
}

impl Stack {
    fn page(&mut self, place: usize, page: &SeenPage) {
        let separator = page.codes.iter().find_map(|code| match code {
            Code::Separator(part) => Some(*part),
            Code::Registered(_) | Code::Sealed(_) => None,
        });
        if let Some(part) = separator {
            if part == PagePart::Letter {
                self.end_letter();
            }
            self.part = part;
            self.after_separator = true;
            return;
        }
        if std::mem::take(&mut self.after_separator) && page.blank {
            return;
        }
        let number = page.codes.iter().find_map(|code| match code {
            Code::Registered(number) => Some(number),
            Code::Separator(_) | Code::Sealed(_) => None,
        });
        if let Some(number) = number {
            self.sticker(number);
        }
        let first = self.letter.pages.is_empty() && self.part == PagePart::Letter;
        let part = if first && self.parting.envelope_first { PagePart::Envelope } else { self.part };
        self.letter.pages.push((place, part));
    }

    /// A sticker begins a letter, unless the letter has just begun or carries this number already.
    fn sticker(&mut self, number: &RegistrationNumber) {
        if self.letter.number.as_ref() == Some(number) {
            return;
        }
        let begun = self.letter.pages.iter().any(|(_, part)| *part == PagePart::Letter);
        if self.letter.number.is_some() || begun {
            self.end_letter();
        }
        self.letter.number = Some(number.clone());
    }

    fn end_letter(&mut self) {
        self.part = PagePart::Letter;
        if self.parting.whole {
            return self.end_whole();
        }
        let letter = std::mem::take(&mut self.letter);
        if !letter.pages.is_empty() {
            self.letters.push(letter);
        }
    }

    /// Of a file that is one letter whatever lies in it.
    fn end_whole(&mut self) {
        let letter = std::mem::take(&mut self.letter);
        match self.letters.first_mut() {
            Some(whole) => {
                whole.pages.extend(letter.pages);
                whole.number = whole.number.take().or(letter.number);
            }
            None if letter.pages.is_empty() => self.letter = letter,
            None => self.letters.push(letter),
        }
    }
}

/// The pages of a stack that was fed twice through a scanner of one side: the fronts of all sheets, then their backs beginning
/// with the last sheet. Gives file and page in reading order; none when the numbers of pages do not fit.
#[must_use]
pub fn collate(fronts: u16, backs: u16) -> Option<Vec<(usize, u16)>> {
    (fronts == backs).then(|| (0..fronts).flat_map(|sheet| [(0, sheet), (1, backs - 1 - sheet)]).collect())
}

#[cfg(test)]
mod tests {
    use case::number::OfficePrefix;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn number(sequence: u32) -> RegistrationNumber {
        RegistrationNumber::new(OfficePrefix::parse("DZ").unwrap(), date(2026, 11, 24), sequence).unwrap()
    }

    /// `.` writing, `_` blank, `L` `E` `A` separators of letter, envelope and enclosures, a digit a sticker.
    fn pages(stack: &str) -> Vec<SeenPage> {
        let with = |code| SeenPage { codes: vec![code], blank: false };
        let page = |sign| match sign {
            'L' => with(Code::Separator(PagePart::Letter)),
            'E' => with(Code::Separator(PagePart::Envelope)),
            'A' => with(Code::Separator(PagePart::Enclosure)),
            '_' => SeenPage { codes: Vec::new(), blank: true },
            '.' => SeenPage::default(),
            digit => with(Code::Registered(number(digit.to_digit(10).unwrap()))),
        };
        stack.chars().map(page).collect()
    }

    /// Letters as their pages, with `e` and `a` for envelope and enclosure, and their number.
    fn parted(stack: &str, parting: Parting) -> Vec<String> {
        let told = |(place, part): &(usize, PagePart)| match part {
            PagePart::Letter => format!("{place}"),
            PagePart::Envelope => format!("{place}e"),
            PagePart::Enclosure => format!("{place}a"),
        };
        let letter = |letter: &FoundLetter| {
            let pages: Vec<String> = letter.pages.iter().map(told).collect();
            let sequence = (0..10).find(|sequence| letter.number == Some(number(*sequence)));
            format!("{}{}", pages.join(" "), sequence.map(|sequence| format!(" #{sequence}")).unwrap_or_default())
        };
        part(&pages(stack), parting).iter().map(letter).collect()
    }

    #[test]
    fn separators_part_a_stack() {
        let plain = Parting::default();
        assert_eq!(parted("...", plain), ["0 1 2"], "one file, one letter");
        assert_eq!(parted("L..L.", plain), ["1 2", "4"]);
        assert_eq!(parted(".L.", plain), ["0", "2"], "what lies before the first sheet is a letter");
        assert_eq!(parted("LL.L", plain), ["2"], "an empty letter is none");
        assert_eq!(parted("LLL", plain), Vec::<String>::new());
    }

    #[test]
    fn envelope_and_enclosures_stay_with_their_letter() {
        assert_eq!(parted("LE.L..A..", Parting::default()), ["2e", "4 5 7a 8a"]);
        assert_eq!(parted("LE.A.", Parting::default()), ["2e 4a"]);
        let by_position = Parting { envelope_first: true, whole: false };
        assert_eq!(parted("L..L..", by_position), ["1e 2", "4e 5"]);
    }

    #[test]
    fn the_blank_back_of_a_separator_goes_and_other_blanks_stay() {
        assert_eq!(parted("L_._L_._", Parting::default()), ["2 3", "6 7"]);
    }

    #[test]
    fn stickers_begin_letters_and_carry_their_number() {
        assert_eq!(parted("1..2.", Parting::default()), ["0 1 2 #1", "3 4 #2"]);
        assert_eq!(parted("L1.1.", Parting::default()), ["1 2 3 4 #1"], "the same sticker on two sheets");
        assert_eq!(parted(".1", Parting::default()), ["0", "1 #1"]);
        let by_position = Parting { envelope_first: true, whole: false };
        assert_eq!(parted("L.1.", by_position), ["1e 2 3 #1"], "the sticker is on the letter, not on its envelope");
    }

    #[test]
    fn a_whole_file_is_one_letter_without_its_separators() {
        let whole = Parting { whole: true, envelope_first: false };
        assert_eq!(parted("L.L1.", whole), ["1 3 4 #1"]);
        assert_eq!(parted("L", whole), Vec::<String>::new());
    }

    #[test]
    fn fronts_and_backs_come_together() {
        assert_eq!(collate(2, 2), Some(vec![(0, 0), (1, 1), (0, 1), (1, 0)]));
        assert_eq!(collate(2, 1), None);
        assert_eq!(collate(0, 0), Some(Vec::new()));
    }

    proptest! {
        #[test]
        fn no_page_is_lost_or_doubled(stack in "[LEA._0-3]{0,40}", whole in any::<bool>(), envelope_first in any::<bool>()) {
            let letters = part(&pages(&stack), Parting { whole, envelope_first });
            let taken: Vec<usize> = letters.iter().flat_map(|letter| letter.pages.iter().map(|(place, _)| *place)).collect();
            let mut sorted = taken.clone();
            sorted.sort_unstable();
            sorted.dedup();
            prop_assert_eq!(&sorted, &taken, "in order, each once");
            let signs: Vec<char> = stack.chars().collect();
            for (place, sign) in signs.iter().copied().enumerate() {
                let back = sign == '_' && place > 0 && "LEA".contains(signs[place - 1]);
                prop_assert_eq!(taken.contains(&place), !"LEA".contains(sign) && !back, "page {} of {}", place, stack);
            }
        }
    }
}
