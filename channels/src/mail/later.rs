//! Attachments that were not read when their mail came, read now that the mail is registered: what they say is added to what the mail says.
//! Nothing that stands is changed, but where the mail itself says nothing at all, the attachment speaks for it as it would have done.
//! Values that only an attachment gives are proposals: a person is asked about each ([`Verdict::Asked`]).

use case::content_hash::ContentHash;
use case::field::{Doubt, Field, Verdict};
use case::problem::Problem;
use case::statement::{Mark, PassageKind, Statement};
use case::submission::FileRole;
use case::text::truncate;

use super::attachment;
use super::header::Headers;
use super::pages;
use super::part::Attachment;
use super::readers::Readers;
use super::statement::fill_from_scan;
use super::title::{self, Subject};
use crate::ReadFile;
use crate::fields::{self, Context, Located};
use crate::words::clean;

/// An attachment that is to be read.
#[derive(Debug, Clone)]
pub struct UnreadFile {
    /// Its name, as sent.
    pub name: String,
    /// Its hash, as its mark has it.
    pub hash: ContentHash,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What came of reading attachments later.
#[derive(Debug, Clone)]
pub struct LaterRead {
    /// What the mail says with them.
    pub statement: Statement,
    /// What was made of them: page images and records.
    pub files: Vec<ReadFile>,
    /// Those that are read now.
    pub read: Vec<ContentHash>,
}

/// Reads `files` of the registered mail `raw`, which says `statement` as it was read until now.
///
/// # Errors
/// What reads scans or documents is missing for now, and nothing could be read: it is to be tried later.
pub async fn read_later(
    raw: &[u8],
    statement: &Statement,
    files: Vec<UnreadFile>,
    readers: &Readers<'_>,
) -> Result<LaterRead, Problem> {
    let tried: Vec<ContentHash> = files.iter().map(|file| file.hash).collect();
    let attachments = files.into_iter().map(|file| Attachment::new(file.name, file.bytes)).collect();
    let found = attachment::read(attachments, readers).await?;
    let failed = |hash: &ContentHash| found.marks.iter().any(|mark| is_of(mark, *hash));
    let read: Vec<ContentHash> = tried.iter().copied().filter(|hash| !failed(hash)).collect();
    if let Some(problem) = found.waits.filter(|_| read.is_empty() && found.scans.is_empty()) {
        return Err(problem);
    }
    let mut now = statement.clone();
    now.marks.retain(|mark| !tried.iter().any(|hash| is_of(mark, *hash)));
    now.marks.extend(found.marks);
    let subject = Headers::of(raw).text("subject").map(|value| value.text).unwrap_or_default();
    let silent = now.marks.contains(&Mark::NoText);
    let scans = if silent { pages::as_one_letter(found.scans, now.body.trim()) } else { found.scans };
    for scan in scans {
        add(&mut now, scan, &subject);
    }
    for said in found.texts {
        let text = clean(&said.text);
        let read = fields::read(&text, &Context::default()).into_statement(&text, Located::body);
        add(&mut now, read, &subject);
    }
    // The attachments themselves are kept since the mail came.
    let files = found.files.into_iter().filter(|file| file.role != FileRole::Attachment).collect();
    Ok(LaterRead { statement: with_missing_renewed(now), files, read })
}

fn is_of(mark: &Mark, hash: ContentHash) -> bool {
    mark.to_be_read().is_some_and(|(file, _)| file == hash)
}

/// Adds what an attachment says.
fn add(now: &mut Statement, said: Statement, subject: &str) {
    if said.body.trim().is_empty() {
        return fill_from_scan(now, said, false);
    }
    if now.marks.contains(&Mark::NoText) {
        return speak(now, said, subject);
    }
    // What was read of some of its pages before is in what is read of all of them now.
    let lines: Vec<&str> = said.body.lines().map(str::trim).collect();
    now.beside.retain(|passage| {
        passage.kind != PassageKind::Attachment || !passage.text.lines().all(|line| lines.contains(&line.trim()))
    });
    propose(now, said);
}

/// The mail itself says nothing: the attachment is the petition.
fn speak(now: &mut Statement, said: Statement, subject: &str) {
    now.marks.retain(|mark| *mark != Mark::NoText);
    let body = format!("{}\n\n{}", now.body.trim_end(), said.body.trim());
    now.body = truncate(body.trim_start(), case::statement::BODY_LIMIT).to_owned();
    if body.trim_start().len() > now.body.len() && !now.marks.contains(&Mark::BodyTruncated) {
        now.marks.push(Mark::BodyTruncated);
    }
    fill_from_scan(now, said, true);
    title::give(now, &Subject::of(subject));
}

/// The mail speaks for itself: what the attachment says stands beside it, and what only the attachment gives is asked.
fn propose(now: &mut Statement, said: Statement) {
    let asked = Verdict::Asked { why: Doubt::Unclear };
    let before = now.petitioners.first().cloned().unwrap_or_default();
    let (demand, place, respondents) = (said.demand.clone(), said.place.clone(), said.respondents.clone());
    let stranger = before.name.is_none().then(|| said.petitioners.first().cloned()).flatten();
    fill_from_scan(now, said, false);
    if let Some(first) = now.petitioners.first_mut() {
        if before.id_number.is_none() {
            first.id_number = first.id_number.take().map(|field| field.judged(asked));
        }
        if before.address.is_none() {
            first.address = first.address.take().map(|field| field.judged(asked));
        }
        // Those of the mail come first, so that no value of it moves.
        let (own, new): (Vec<_>, Vec<_>) = std::mem::take(&mut first.phones)
            .into_iter()
            .partition(|phone| before.phones.iter().any(|known| known.value == phone.value));
        first.phones = own.into_iter().chain(new.into_iter().map(|phone| phone.judged(asked))).collect();
    }
    // Whether somebody whom evidence names is who wrote the mail, only a person can say.
    if let Some(stranger) = stranger {
        ask(now, "name", stranger.name.map(|name| name.value).into_iter());
        ask(now, "phone", stranger.phones.into_iter().map(|phone| phone.value.as_str().to_owned()));
    }
    let proposed = |field: Field<String>| field.judged(asked);
    now.demand = now.demand.take().or_else(|| demand.map(proposed));
    now.place = now.place.take().or_else(|| place.map(|place| place.judged(asked)));
    if now.respondents.is_empty() {
        now.respondents = respondents;
        now.respondents.iter_mut().for_each(|one| one.name = one.name.clone().judged(asked));
    }
}

fn ask(now: &mut Statement, field: &str, readings: impl Iterator<Item = String>) {
    let readings: Vec<String> = readings.collect();
    if !readings.is_empty() {
        now.marks.push(Mark::Asked { field: field.to_owned(), why: Doubt::Unclear, readings });
    }
}

/// What is missing may be there now.
fn with_missing_renewed(mut statement: Statement) -> Statement {
    statement.marks.retain(|mark| !matches!(mark, Mark::MissingName | Mark::MissingAddress | Mark::MissingPhone));
    statement.with_missing_marked()
}
