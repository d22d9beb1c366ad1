//! The form as it comes in, part by part: never more than one file is in memory, and none is stored before all of the form is known
//! to be right.

use actix_multipart::{Field, Multipart, MultipartError};
use case::problem::{Problem, ProblemCode};
use futures_util::StreamExt;

use crate::gateway::Gateway;
use crate::web::form::Fields;
use crate::web::problem::WebError;
use crate::web::public::attachment::{ALL_BYTES, FILE_BYTES, FILE_LIMIT, media_type};
use crate::web::public::waiting::WaitingFile;

/// The most bytes of a field that is no file, 1 MiB: as much as a petition of a program.
const TEXT_BYTES: usize = channels::web::JSON_LIMIT;
/// The part in which a program sends the petition itself. Programs tend to send JSON with a file name; it is text all the same.
pub(crate) const PETITION_PART: &str = "petition";
/// The most parts of a form, files included.
const PART_LIMIT: usize = 200;
/// The most bytes of a whole form, 128 MiB: of what is over the limit of the files nothing is kept, but it is read, so that
/// the form can come back with what was typed.
const FORM_BYTES: usize = 128 << 20;

/// A form that was read to its end.
pub(crate) struct Incoming {
    /// What was typed.
    pub(crate) fields: Fields,
    /// Files that may be taken.
    pub(crate) files: Vec<WaitingFile>,
    /// Why files were not taken, for the petitioner.
    pub(crate) problems: Vec<String>,
    /// How many files were chosen and not read because the form goes back.
    pub(crate) left: usize,
}

struct Reader<'a> {
    gateway: &'a Gateway,
    typed: Vec<(String, String)>,
    incoming: Incoming,
    /// Whether files are kept; known at the first one, which stands behind all fields.
    wanted: Option<bool>,
    chosen: usize,
    file_bytes: usize,
    bytes: usize,
}

/// Reads a form. `wanted` says of what was typed whether the files behind it are to be kept.
///
/// # Errors
/// The form is damaged or over a limit of the whole, or the store of files failed.
pub(crate) async fn read(
    gateway: &Gateway,
    mut parts: Multipart,
    wanted: impl Fn(&Fields) -> bool,
) -> Result<Incoming, WebError> {
    let incoming = Incoming { fields: Fields::default(), files: Vec::new(), problems: Vec::new(), left: 0 };
    let mut reader = Reader { gateway, typed: Vec::new(), incoming, wanted: None, chosen: 0, file_bytes: 0, bytes: 0 };
    let mut count = 0_usize;
    while let Some(field) = parts.next().await {
        let field = field.map_err(|error| damaged(&error))?;
        count += 1;
        if count > PART_LIMIT {
            return Err(too_large("表单的内容过多"));
        }
        reader.part(field, &wanted).await?;
    }
    reader.incoming.fields = reader.typed.into_iter().collect();
    Ok(reader.incoming)
}

impl Reader<'_> {
    async fn part(&mut self, mut field: Field, wanted: &impl Fn(&Fields) -> bool) -> Result<(), WebError> {
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.content_disposition().and_then(|given| given.get_filename()).map(ToOwned::to_owned);
        match file_name.filter(|_| name != PETITION_PART) {
            None => {
                let Some(bytes) = self.bytes(&mut field, TEXT_BYTES).await? else {
                    return Err(too_large("填写的文字过长"));
                };
                self.typed.push((name, String::from_utf8_lossy(&bytes).into_owned()));
                Ok(())
            }
            // A file field that was left empty.
            Some(file_name) if file_name.is_empty() => self.bytes(&mut field, 0).await.map(|_nothing| ()),
            Some(file_name) => {
                let typed = &self.typed;
                let wanted = *self.wanted.get_or_insert_with(|| wanted(&typed.iter().cloned().collect::<Fields>()));
                self.file(&mut field, &file_name, wanted).await
            }
        }
    }

    async fn file(&mut self, field: &mut Field, name: &str, wanted: bool) -> Result<(), WebError> {
        self.chosen += 1;
        let limit = if wanted && self.chosen <= FILE_LIMIT { FILE_BYTES } else { 0 };
        let bytes = self.bytes(field, limit).await?;
        if !wanted {
            self.incoming.left += 1;
            return Ok(());
        }
        let name = case::text::truncate(name, 200);
        let mut refuse = |why: String| {
            if !self.incoming.problems.contains(&why) {
                self.incoming.problems.push(why);
            }
        };
        if self.chosen > FILE_LIMIT {
            refuse(format!("一次最多{FILE_LIMIT}个文件"));
            return Ok(());
        }
        let Some(bytes) = bytes else {
            refuse(format!("“{name}”超过{}MB", FILE_BYTES >> 20));
            return Ok(());
        };
        self.file_bytes += bytes.len();
        if self.file_bytes > ALL_BYTES {
            refuse(format!("所有文件合计不得超过{}MB", ALL_BYTES >> 20));
            return Ok(());
        }
        let Some(media_type) = media_type(&bytes) else {
            refuse(format!("“{name}”不是可以接收的文件，请转换为图片、PDF、Word（docx）、Excel（xlsx）或纯文本"));
            return Ok(());
        };
        self.incoming.files.push(WaitingFile::of(self.gateway, name, media_type, bytes).await?);
        Ok(())
    }

    /// Reads a part to its end; nothing of one over its `limit`.
    async fn bytes(&mut self, field: &mut Field, limit: usize) -> Result<Option<Vec<u8>>, WebError> {
        let mut bytes = Vec::new();
        let mut fits = true;
        while let Some(chunk) = field.next().await {
            let chunk = chunk.map_err(|error| damaged(&error))?;
            self.bytes = self.bytes.saturating_add(chunk.len());
            if self.bytes > FORM_BYTES {
                return Err(too_large("上传的文件总量过大，请减少文件"));
            }
            fits = fits && bytes.len() + chunk.len() <= limit;
            if fits {
                bytes.extend_from_slice(&chunk);
            } else {
                bytes = Vec::new();
            }
        }
        Ok(fits.then_some(bytes))
    }
}

fn too_large(why: &str) -> WebError {
    let problem: Problem = ProblemCode::InputTooLarge.because(format!("{why}。请用浏览器的“后退”回到表单修改。"));
    WebError::from(problem).back_to("/petitions/new")
}

fn damaged(error: &MultipartError) -> WebError {
    tracing::info!(error = %error, "a petition's form could not be read");
    let problem = ProblemCode::MalformedInput.because("上传中断或表单不完整。请用浏览器的“后退”回到表单重新提交。");
    WebError::from(problem).back_to("/petitions/new")
}
