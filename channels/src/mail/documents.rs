//! The words of office documents among attachments, from whoever reads them outside of this process.

use case::problem::{Problem, ProblemCode};
use case::statement::Mark;

use super::part::Attachment;
use super::readers::Time;
use crate::document::{Answer, DocumentError, DocumentReader};

/// After so many documents of one mail that cost their reader's life the others are not opened: each of them takes its whole time.
const LOST_LIMIT: usize = 3;
/// The most documents that are opened in one reading of a mail; the others are read later.
const DOCUMENT_LIMIT: usize = 20;

/// Gives the documents among `attachments` their words, and `marks` what could not be read.
///
/// # Errors
/// Nobody can be asked now: the mail is to be read later.
pub(super) async fn read(
    attachments: &mut [Attachment],
    marks: &mut Vec<Mark>,
    reader: &dyn DocumentReader,
    time: &Time,
) -> Result<(), Problem> {
    let mut lost = 0;
    let documents = attachments.iter_mut().filter(|attachment| attachment.is_document);
    for (place, attachment) in documents.enumerate() {
        let answer = if lost >= LOST_LIMIT {
            Err(DocumentError::Lost(
                ProblemCode::DocumentTimeout.because("此邮件已有多个文档无法读取，其余未读，请人工查看"),
            ))
        } else if place >= DOCUMENT_LIMIT {
            let why = format!("一次最多识读{DOCUMENT_LIMIT}个文档，此件尚未识读");
            Ok(Answer::Unread { kind: None, problem: ProblemCode::NotReadYet.because(why) })
        } else {
            let slow = ProblemCode::DocumentTimeout;
            let given = time.give(slow, reader.read(&attachment.bytes)).await;
            given.unwrap_or_else(|problem| Ok(Answer::Unread { kind: None, problem }))
        };
        let (kind, problem) = match answer {
            Ok(Answer::NoDocument) => continue,
            Ok(Answer::Read { kind, text }) => {
                attachment.words = Some(text);
                (Some(kind), None)
            }
            Ok(Answer::Unread { kind, problem }) => (kind, Some(problem)),
            Err(DocumentError::Lost(problem)) => {
                lost += 1;
                (None, Some(problem))
            }
            Err(DocumentError::Waits(problem)) => return Err(problem),
        };
        // Told once, here; not a second time as a file of an unknown type.
        attachment.opened = true;
        attachment.media_type = kind.map(|kind| kind.media_type());
        marks.extend(problem.map(|problem| attachment.unread(problem)));
    }
    Ok(())
}
