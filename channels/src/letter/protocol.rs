//! What the gateway and its page child say to each other over the child's standard input and output.
//!
//! Frames: four bytes of length, little-endian, then that many bytes; never more than [`MAX_FRAME`]. The gateway sends one
//! JSON [`Setup`], then JSON [`Request`]s, one at a time. The child answers each with a JSON [`Answer`]; an
//! [`Answer::Page`] is followed by one frame with the page's image as JPEG.

use std::io::{self, Read, Write};
use std::path::PathBuf;

use case::problem::Problem;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use super::codes::PageSurvey;
use super::kind::FileKind;
use super::recognition::EngineChoice;
use super::record::PageRecord;
use super::settings::Limits;

/// The most bytes of one frame. A page's image has up to a few megabytes, its words a few hundred kilobytes.
pub const MAX_FRAME: u32 = 64 * 1024 * 1024;

/// The first frame: what the child needs before it opens anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// What it may use; it limits itself before it answers.
    pub limits: Limits,
    /// What it reads with.
    #[serde(default)]
    pub engine: EngineChoice,
    /// Where the networks of PP-OCR are.
    #[serde(default)]
    pub models: Option<PathBuf>,
    /// Where the language data is, when not in Tesseract's own place.
    pub tessdata: Option<PathBuf>,
}

/// One task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "request", rename_all = "snake_case")]
pub enum Request {
    /// How many pages does this file have? For TIFF; other images have one.
    Count {
        /// The file.
        file: PathBuf,
        /// Its kind.
        kind: FileKind,
    },
    /// Read one page.
    Page(PageTask),
    /// Look at one page: codes, and whether it is blank.
    Survey(PageTask),
    /// Take pages out of TIFF files, undecoded.
    TakeOut {
        /// The files.
        files: Vec<PathBuf>,
        /// The pages: file, and page from 0.
        pages: Vec<(usize, u16)>,
    },
}

/// One page to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageTask {
    /// The file that holds the page.
    pub file: PathBuf,
    /// Its kind.
    pub kind: FileKind,
    /// Which image of the file, from 0.
    pub index: u16,
    /// The resolution when the gateway knows it (pages of a PDF), in dots per inch.
    pub resolution: Option<u32>,
    /// How many quarter turns clockwise its reader makes (the `Rotate` of a PDF page).
    #[serde(default)]
    pub turned: u8,
    /// Whether to recognise the text; otherwise only the image of the page is made.
    pub recognise: bool,
}

/// What the child answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// To [`Setup`]: ready to work.
    Ready,
    /// To [`Request::Count`].
    Pages {
        /// How many; counting stops one past the limit.
        pages: u16,
    },
    /// To [`Request::Page`]; the image follows in a frame of its own.
    Page(PageRecord),
    /// To [`Request::Survey`].
    Survey(PageSurvey),
    /// To [`Request::TakeOut`]; the file follows in a frame of its own.
    TakenOut,
    /// The task failed for this reason; the child goes on with the next.
    Failed(Problem),
}

/// Reads one frame; `None` at the end of the stream.
///
/// # Errors
/// The stream fails, ends inside a frame, or a frame is larger than [`MAX_FRAME`].
pub fn read_frame(input: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut head = [0; 4];
    match input.read_exact(&mut head) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let mut bytes = vec![0; checked_length(head, MAX_FRAME)?];
    input.read_exact(&mut bytes)?;
    Ok(Some(bytes))
}

/// Writes one frame and flushes.
///
/// # Errors
/// The stream fails or `bytes` is larger than [`MAX_FRAME`].
pub fn write_frame(output: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    output.write_all(&head_of(bytes)?)?;
    output.write_all(bytes)?;
    output.flush()
}

/// [`read_frame`] for the gateway's side; the end of the stream is an error there.
///
/// # Errors
/// The stream fails or ends, or a frame is larger than [`MAX_FRAME`].
pub async fn receive_frame(input: &mut (impl AsyncRead + Unpin)) -> io::Result<Vec<u8>> {
    receive_frame_up_to(input, MAX_FRAME).await
}

/// [`receive_frame`] of at most `most` bytes.
///
/// # Errors
/// The stream fails or ends, or a frame is larger.
pub async fn receive_frame_up_to(input: &mut (impl AsyncRead + Unpin), most: u32) -> io::Result<Vec<u8>> {
    let mut head = [0; 4];
    input.read_exact(&mut head).await?;
    let mut bytes = vec![0; checked_length(head, most)?];
    input.read_exact(&mut bytes).await?;
    Ok(bytes)
}

/// [`write_frame`] for the gateway's side.
///
/// # Errors
/// The stream fails or `bytes` is larger than [`MAX_FRAME`].
pub async fn send_frame(output: &mut (impl AsyncWrite + Unpin), bytes: &[u8]) -> io::Result<()> {
    output.write_all(&head_of(bytes)?).await?;
    output.write_all(bytes).await?;
    output.flush().await
}

fn checked_length(head: [u8; 4], most: u32) -> io::Result<usize> {
    let length = u32::from_le_bytes(head);
    usize::try_from(length)
        .ok()
        .filter(|_| length <= most)
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "a frame is larger than the limit"))
}

fn head_of(bytes: &[u8]) -> io::Result<[u8; 4]> {
    u32::try_from(bytes.len())
        .ok()
        .filter(|length| *length <= MAX_FRAME)
        .map(u32::to_le_bytes)
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "a frame would be larger than the limit"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_in_order() {
        let mut stream = Vec::new();
        write_frame(&mut stream, b"one").expect("written");
        write_frame(&mut stream, b"").expect("written");
        let mut input = stream.as_slice();
        assert_eq!(read_frame(&mut input).expect("read"), Some(b"one".to_vec()));
        assert_eq!(read_frame(&mut input).expect("read"), Some(Vec::new()));
        assert_eq!(read_frame(&mut input).expect("read"), None);
    }

    #[test]
    fn a_frame_that_claims_too_much_is_refused_before_memory_is_taken() {
        let error = read_frame(&mut [0xff, 0xff, 0xff, 0xff, 1].as_slice()).expect_err("4 GiB are claimed");
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        assert!(read_frame(&mut [5, 0, 0, 0, 1].as_slice()).is_err(), "the stream ends inside the frame");
    }
}
