//! A letter and its sheet, as the page shows them.

mod correction;
mod field;
mod line;
mod page;

use case::batch::LaterScan;
use case::verification::Verification;

pub use self::correction::CorrectionView;
pub use self::field::FieldView;
use self::field::rows;
pub use self::line::LineView;
use self::line::lines;
use self::page::pages;
pub use self::page::{BoxView, PageView};
use crate::desk::names::Names;
use crate::desk::viewer::Viewer;
use crate::presentation::time;
use crate::verification::letter::CheckedLetter;
use crate::verification::read_again::{listed, unread};
use crate::verification::sheet::Sheet;
use crate::web::desk::queue::secrecy_mark;
use crate::web::desk::view::text::page_unread;

/// The letter.
pub struct CheckView {
    /// Its number.
    pub number: String,
    /// The version of the check.
    pub version: u64,
    /// The name of the check's state.
    pub state_name: &'static str,
    /// The state for people.
    pub state: &'static str,
    /// Who has it open or has checked it, and since when.
    pub person: String,
    /// Whether the viewer can type.
    pub can_edit: bool,
    /// Whether a colleague has it open.
    pub held_by_other: bool,
    /// Whether it is confirmed.
    pub confirmed: bool,
    /// What must be seen at once of a letter that is not ordinary.
    pub secrecy: Option<&'static str>,
    /// What the scanner called it.
    pub source: String,
    /// The case it belongs to.
    pub case_number: String,
    /// When the draft was saved.
    pub saved_at: Option<String>,
    /// How many places ask for a person.
    pub doubts: usize,
    /// How many corrections stand.
    pub standing: usize,
    /// The pages that could not be read, for people; empty when all were.
    pub unread: String,
    /// Later scans with pages that could not be read.
    pub later: Vec<LaterView>,
    /// The pages.
    pub pages: Vec<PageView>,
    /// The fields.
    pub fields: Vec<FieldView>,
    /// Empty places for values that no engine has found.
    pub spare: Vec<FieldView>,
    /// The lines.
    pub lines: Vec<LineView>,
    /// What was put right, newest first.
    pub corrections: Vec<CorrectionView>,
}

/// A later scan with pages that could not be read.
pub struct LaterView {
    /// When it was added.
    pub added_at: String,
    /// The pages with the reasons.
    pub unread: Vec<String>,
}

impl LaterView {
    fn of(scan: &LaterScan) -> Self {
        let unread = scan.unread.iter().map(|unread| page_unread(unread.page, &unread.problem));
        Self { added_at: time::moment(scan.added_at), unread: unread.collect() }
    }
}

impl CheckView {
    /// Whether a page of the letter or of a later scan could not be read.
    #[must_use]
    pub fn any_unread(&self) -> bool {
        !self.unread.is_empty() || !self.later.is_empty()
    }

    /// The letter for this viewer.
    #[must_use]
    pub fn of(
        letter: &CheckedLetter,
        sheet: &Sheet,
        viewer: &Viewer,
        names: &Names,
        source: String,
        case: String,
    ) -> Self {
        let state = &letter.check.state;
        let held_by_other = state.checker().is_some_and(|by| by != viewer.staff().id);
        let confirmed = matches!(state, Verification::Confirmed { .. });
        let settled = confirmed.then(|| settled(sheet));
        let sheet = settled.as_ref().unwrap_or(sheet);
        let draft = &letter.check.draft;
        Self {
            number: letter.submission.number.to_string(),
            version: letter.check.version,
            state_name: state.as_str(),
            state: state.label(),
            person: super::list::person(state, names),
            can_edit: !held_by_other && !confirmed,
            held_by_other,
            confirmed,
            secrecy: secrecy_mark(letter.submission.secrecy),
            source,
            case_number: case,
            saved_at: draft.saved_at.map(time::clock),
            doubts: sheet.doubts(),
            standing: letter.standing().len(),
            unread: listed(&unread(&letter.read)),
            later: letter.later.iter().filter(|scan| !scan.unread.is_empty()).map(LaterView::of).collect(),
            pages: pages(sheet),
            fields: rows(sheet, false),
            spare: rows(sheet, true),
            lines: lines(sheet),
            corrections: letter.corrections.iter().rev().map(|one| CorrectionView::of(one, names)).collect(),
        }
    }
}

/// The sheet of a letter that a person has confirmed: nothing in it asks for anybody any more.
fn settled(sheet: &Sheet) -> Sheet {
    let mut sheet = sheet.clone();
    sheet.fields.iter_mut().for_each(|field| field.doubts.clear());
    sheet.lines.iter_mut().for_each(|line| line.questions.clear());
    sheet.lines.iter_mut().flat_map(|line| &mut line.words).for_each(|word| word.doubtful = false);
    sheet
}
