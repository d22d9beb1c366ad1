//! `POST /desk/batches`: scans are uploaded as one batch.

use actix_web::{HttpResponse, web};
use case::batch::{Batch, BatchSource, Parting};
use case::id::BatchFileId;
use case::ports::office_date;
use case::problem::Problem;

use super::PATH;
use crate::gateway::Gateway;
use crate::mailroom::take_in::Brought;
use crate::web::desk::done::Done;
use crate::web::desk::entry::entered::nothing;
use crate::web::page::see_other;
use crate::web::problem::WebError;
use crate::web::session::Enter;
use crate::web::upload::{Part, Upload};

/// What was filled in before the files.
#[derive(Default)]
struct Filled {
    name: String,
    collate: bool,
    parting: Parting,
}

/// A file that waits for its backs.
struct Fronts {
    name: String,
    bytes: Vec<u8>,
}

/// Takes every file in. When the answer comes, they are safe.
///
/// # Errors
/// The form is damaged or holds no file, or nothing can be made durable.
pub async fn take_in(mut upload: Upload<Enter>, gateway: web::Data<Gateway>) -> Result<HttpResponse, WebError> {
    let batch = take_all(&mut upload, &gateway).await?.ok_or_else(|| WebError::from(nothing()).back_to(PATH))?;
    Ok(see_other(&Done::BatchTaken.on(&format!("{PATH}/{}", batch.id))))
}

/// Takes every file of a form into one batch; none when the form holds no file.
///
/// # Errors
/// The form is damaged, or nothing can be made durable.
pub(crate) async fn take_all(upload: &mut Upload<Enter>, gateway: &Gateway) -> Result<Option<Batch>, WebError> {
    let mut filled = Filled::default();
    let mut batch = None;
    let mut fronts: Option<Fronts> = None;
    while let Some(part) = upload.next().await? {
        match part {
            Part::Text { name, value } => filled.take(&name, &value),
            Part::File { name, content } => {
                let open = match &batch {
                    Some(open) => open,
                    None => batch.insert(open_batch(gateway, upload, &filled).await?),
                };
                match content {
                    Ok(bytes) if filled.collate => match fronts.take() {
                        None => fronts = Some(Fronts { name, bytes }),
                        Some(first) => {
                            take(gateway, open, &first.name, &first.bytes, Some(&bytes), filled.parting).await?;
                        }
                    },
                    Ok(bytes) => take(gateway, open, &name, &bytes, None, filled.parting).await?,
                    Err(problem) => refuse(gateway, open, &name, 0, problem).await?,
                }
            }
        }
    }
    let Some(batch) = batch else { return Ok(None) };
    if let Some(Fronts { name, bytes }) = fronts {
        let detail = "正面和背面应各为一个文件，缺少背面文件，请重新上传这一对";
        let problem = case::problem::ProblemCode::MalformedInput.because(detail);
        refuse(gateway, &batch, &name, u64::try_from(bytes.len()).unwrap_or(u64::MAX), problem).await?;
    }
    Ok(Some(batch))
}

impl Filled {
    fn take(&mut self, name: &str, value: &str) {
        match name {
            "name" => value.trim().clone_into(&mut self.name),
            "collate" => self.collate = value == "yes",
            "whole" => self.parting.whole = value == "yes",
            "envelope_first" => self.parting.envelope_first = value == "yes",
            _ => {}
        }
    }
}

async fn open_batch(gateway: &Gateway, upload: &Upload<Enter>, filled: &Filled) -> Result<Batch, WebError> {
    let unnamed = || format!("上传 {}", office_date(gateway.clock.now()));
    let name = if filled.name.is_empty() { unnamed() } else { filled.name.clone() };
    Ok(gateway.open_batch(&name, BatchSource::Upload, None, upload.allowed.viewer().actor()).await?)
}

async fn take(
    gateway: &Gateway,
    batch: &Batch,
    name: &str,
    bytes: &[u8],
    backs: Option<&[u8]>,
    parting: Parting,
) -> Result<(), WebError> {
    if bytes.is_empty() {
        return refuse(gateway, batch, name, 0, case::problem::ProblemCode::EmptyInput.because("文件没有内容")).await;
    }
    let id = BatchFileId::fresh(&*gateway.clock, &*gateway.randomness);
    Ok(gateway.take_into_batch(batch.id, Brought { id, name, bytes, backs, parting }).await?)
}

async fn refuse(gateway: &Gateway, batch: &Batch, name: &str, bytes: u64, problem: Problem) -> Result<(), WebError> {
    let id = BatchFileId::fresh(&*gateway.clock, &*gateway.randomness);
    Ok(gateway.refuse_for_batch(batch.id, id, name, bytes, problem).await?)
}
