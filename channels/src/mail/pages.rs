//! Several scans that speak for one mail: `见附件` with five photographs is one letter of five pages, in the order of the attachments.
//!
//! What is asked for, of whom and where may begin on one page and end on the next, so it is read anew in the words of all pages; what a
//! page alone tells keeps its place on that page. No page's words are lost.

use std::ops::Range;

use case::field::Confidence;
use case::statement::Statement;

use super::people;
use crate::fields::{self, Context, Located};

/// How sure a field is that was read in the words of all pages together, at most: which page it stands on is not told.
const TOGETHER: f32 = 0.8;

/// `scans` as one letter, when more than one of them says something; else as they are. `own` are the words of the mail, behind which the
/// letter stands in its body.
pub(super) fn as_one_letter(scans: Vec<Statement>, own: &str) -> Vec<Statement> {
    let start = begins_behind(own);
    let (mut speaking, silent): (Vec<_>, Vec<_>) = scans.into_iter().partition(|scan| !scan.body.trim().is_empty());
    if speaking.len() > 1 {
        speaking = vec![joined(speaking, start)];
    }
    speaking.into_iter().chain(silent).collect()
}

/// Where what speaks for a mail begins in its body, behind a blank line.
pub(super) fn begins_behind(own: &str) -> usize {
    let own = own.chars().count();
    if own == 0 { 0 } else { own + 2 }
}

/// One statement of all `pages`, of which each says something.
fn joined(pages: Vec<Statement>, start: usize) -> Statement {
    let body = pages.iter().map(|page| page.body.trim()).collect::<Vec<_>>().join("\n");
    let placed = |range: &Range<usize>| Located {
        confidence: Confidence::new(TOGETHER),
        ..Located::body(&(range.start + start..range.end + start))
    };
    let together = fields::read(&body, &Context::default()).into_statement(&body, placed);
    let mut pages = pages.into_iter();
    let Some(mut letter) = pages.next() else { return together };
    for page in pages {
        add(&mut letter, page);
    }
    letter.body = body;
    letter.demand = together.demand.or(letter.demand);
    letter.place = letter.place.or(together.place);
    letter.written_on = letter.written_on.or(together.written_on);
    letter.purpose = together.purpose.or(letter.purpose);
    if letter.petitioners.is_empty() {
        letter.petitioners = together.petitioners;
    }
    if letter.respondents.is_empty() {
        letter.respondents = together.respondents;
    }
    letter
}

/// Adds a page to those before it: an earlier page is not contradicted, the last date is that of the signature.
fn add(letter: &mut Statement, page: Statement) {
    let name = |statement: &Statement| {
        let first = statement.petitioners.first();
        first.and_then(|first| first.name.as_ref()).map(|name| name.value.clone())
    };
    let (known, named) = (name(letter), name(&page));
    if known.is_none() || named.is_none() || known == named {
        letter.petitioners = people::merged(page.petitioners, std::mem::take(&mut letter.petitioners));
    }
    if letter.title.value.is_empty() {
        letter.title = page.title;
    }
    for respondent in page.respondents {
        let is_known = letter.respondents.iter().any(|one| one.name.value == respondent.name.value);
        if !is_known {
            letter.respondents.push(respondent);
        }
    }
    letter.proxy = letter.proxy.take().or(page.proxy);
    letter.demand = letter.demand.take().or(page.demand);
    letter.place = letter.place.take().or(page.place);
    letter.written_on = page.written_on.or(letter.written_on.take());
    letter.purpose = letter.purpose.take().or(page.purpose);
    letter.beside.extend(page.beside);
    for mark in page.marks {
        if !letter.marks.contains(&mark) {
            letter.marks.push(mark);
        }
    }
}
