//! The page child: a process of our own program that opens strangers' images and reads them, so that a hostile file can
//! crash, hang or fill the memory of nobody else.
//!
//! Started by `super::worker`; speaks [`super::protocol`] on its standard input and output and ends when its input ends.

mod orientation;
mod page;
pub mod resources;

use std::io::{self, Read, Write};

use case::problem::{Problem, ProblemCode};

use super::codes;
use super::decode;
use super::kind::FileKind;
use super::protocol::{Answer, Request, Setup, read_frame, write_frame};
use super::recognition::Recogniser;
use super::settings::Limits;
use super::tiff_pages;

/// Why a child ended before its input did.
#[derive(Debug, thiserror::Error)]
pub enum ChildError {
    /// The pipe to the gateway broke or carried a frame over the limit.
    #[error("the pipe to the gateway failed")]
    Pipe(#[from] io::Error),
    /// A frame held something else than the protocol says.
    #[error("a frame is no message of the protocol")]
    Message(#[from] serde_json::Error),
}

/// Works until `input` ends: the whole main function of the hidden command `read-pages`.
///
/// `OMP_THREAD_LIMIT=1` must be in the environment before the process starts (the OpenMP library reads it when it is
/// loaded); whoever spawns the child sees to it.
///
/// # Errors
/// The pipe broke or the other side does not speak the protocol. Whatever is wrong with a page is an answer, not an error.
pub fn main(mut input: impl Read, mut output: impl Write) -> Result<(), ChildError> {
    let Some(frame) = read_frame(&mut input)? else { return Ok(()) };
    let setup: Setup = serde_json::from_slice(&frame)?;
    let loaded = resources::limit(&setup.limits)
        .and_then(|()| Recogniser::load(setup.engine, setup.models.as_deref(), setup.tessdata.as_deref()));
    let mut recogniser = match loaded {
        Ok(recogniser) => recogniser,
        Err(problem) => return say(&mut output, &Answer::Failed(problem)),
    };
    say(&mut output, &Answer::Ready)?;
    while let Some(frame) = read_frame(&mut input)? {
        let request: Request = serde_json::from_slice(&frame)?;
        match work(&request, &mut recogniser, &setup.limits) {
            Ok((answer, image)) => {
                say(&mut output, &answer)?;
                if let Some(image) = image {
                    write_frame(&mut output, &image)?;
                }
            }
            Err(problem) => say(&mut output, &Answer::Failed(problem))?,
        }
    }
    Ok(())
}

fn say(output: &mut impl Write, answer: &Answer) -> Result<(), ChildError> {
    Ok(write_frame(output, &serde_json::to_vec(answer)?)?)
}

/// Does one task; the image goes with [`Answer::Page`].
fn work(request: &Request, recogniser: &mut Recogniser, limits: &Limits) -> Result<(Answer, Option<Vec<u8>>), Problem> {
    resources::allow_one_more_page(limits)?;
    match request {
        Request::Count { file, kind } => {
            let pages = decode::count(&bytes_of(file, *kind, limits)?, *kind, limits)?;
            Ok((Answer::Pages { pages }, None))
        }
        Request::Survey(task) => {
            let bytes = bytes_of(&task.file, task.kind, limits)?;
            let picture = decode::decode(&bytes, task.kind, task.index, limits)?;
            Ok((Answer::Survey(codes::survey(&picture)), None))
        }
        Request::TakeOut { files, pages } => {
            let files =
                files.iter().map(|file| bytes_of(file, FileKind::Tiff, limits)).collect::<Result<Vec<_>, _>>()?;
            let files: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
            Ok((Answer::TakenOut, Some(tiff_pages::take_out(&files, pages)?)))
        }
        Request::Page(task) => {
            let bytes = bytes_of(&task.file, task.kind, limits)?;
            let (record, image) = page::read(&bytes, task, recogniser, limits)?;
            Ok((Answer::Page(record), Some(image)))
        }
    }
}

/// The file, never more than the limit (a page that `pdftoppm` wrote has three bytes a pixel).
fn bytes_of(file: &std::path::Path, kind: FileKind, limits: &Limits) -> Result<Vec<u8>, Problem> {
    let most = match kind {
        FileKind::PixelMap => limits.pixels.saturating_mul(3).saturating_add(64),
        FileKind::Pdf | FileKind::Tiff | FileKind::Jpeg | FileKind::Png => limits.file_bytes,
    };
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::OutOfMemory => ProblemCode::PageMemory.because("该页所需内存超出上限"),
        _ => ProblemCode::Internal.because("页面文件无法打开"),
    };
    let mut bytes = Vec::new();
    std::fs::File::open(file).map_err(unreadable)?.take(most).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}
