//! The words of office documents among attachments, from whoever reads them outside of this process.

use case::problem::{Problem, ProblemCode};
use case::statement::Mark;

use super::part::Attachment;
use crate::document::{Answer, DocumentError, DocumentReader};

/// After so many documents of one mail that cost their reader's life the others are not opened: each of them takes its whole time.
const LOST_LIMIT: usize = 3;

/// Gives the documents among `attachments` their words, and `marks` what could not be read.
///
/// # Errors
/// Nobody can be asked now: the mail is to be read later.
pub(super) async fn read(
    attachments: &mut [Attachment],
    marks: &mut Vec<Mark>,
    reader: &dyn DocumentReader,
) -> Result<(), Problem> {
    let mut lost = 0;
    for attachment in attachments.iter_mut().filter(|attachment| attachment.is_document) {
        let answer = if lost < LOST_LIMIT {
            reader.read(&attachment.bytes).await
        } else {
            Err(DocumentError::Lost(
                ProblemCode::DocumentTimeout.because("此邮件已有多个文档无法读取，其余未读，请人工查看"),
            ))
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
        marks.extend(problem.map(|problem| Mark::AttachmentUnread { name: attachment.name.clone(), problem }));
    }
    Ok(())
}
