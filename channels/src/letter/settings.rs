//! What an office may set about reading letters, and the limits that a stranger's file meets.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::recognition::EngineChoice;

/// The largest file, in bytes. A 200-page colour scan at 300 dpi is below it.
pub const MAX_FILE_BYTES: u64 = 100 * 1024 * 1024;
/// The most pages of one letter. A longer file is a bundle that a person must part first.
pub const MAX_PAGES: u16 = 200;
/// The most pixels of one page: an A3 page at 400 dpi has 31 million, A4 at 600 dpi 35 million.
pub const MAX_PIXELS: u64 = 50_000_000;
/// The memory of one page child, in bytes: about 12 bytes for each of [`MAX_PIXELS`], the language model and Tesseract's
/// own copies of the page.
pub const CHILD_MEMORY_BYTES: u64 = 1536 * 1024 * 1024;
/// How long one page may take. A dense A4 page takes 2 to 4 s of one core; the rest is for a busy machine.
pub const PAGE_TIMEOUT: Duration = Duration::from_secs(120);
/// The CPU seconds of one page after which the system stops the child, even when nobody is left to kill it.
pub const PAGE_CPU_SECONDS: u64 = 100;
/// How far page children and PDF tools stand behind the gateway itself (nice value, 0 to 19). At 10 they get about a tenth of a core that
/// somebody else wants, so a page of 3 s is still read within [`PAGE_TIMEOUT`] on a machine that is busy all the time.
pub const NICENESS: u8 = 10;
/// The pixels of an A4 page at 300 dots per inch, what every scanner of an office delivers.
pub const A4_PIXELS: u64 = 2_480 * 3_508;
/// What a page child needs besides the page, in bytes: program, libraries and Tesseract's language model.
const CHILD_BASE_BYTES: u64 = 200 << 20;
/// What it needs besides with PP-OCR, in bytes: both networks, and what they hold while they look at a page, whose size does not depend
/// on that of the page.
const PPOCR_BYTES: u64 = 480 << 20;
/// What a page child needs for each pixel of a page in colour, in bytes: as it was decoded, in grey, cleaned, and the engines' copies.
const BYTES_PER_PIXEL: u64 = 14;

/// The address space that a page of so many pixels needs, in bytes, with or without PP-OCR beside Tesseract.
#[must_use]
pub const fn memory_for(pixels: u64, ppocr: bool) -> u64 {
    let engine = if ppocr { PPOCR_BYTES } else { 0 };
    CHILD_BASE_BYTES.saturating_add(engine).saturating_add(pixels.saturating_mul(BYTES_PER_PIXEL))
}

/// After how many pages a child is replaced, so memory that the C++ library lost is given back.
pub const RECYCLE_AFTER: u32 = 200;

/// How letters are read.
#[derive(Debug, Clone)]
pub struct LetterSettings {
    /// The program that runs [`crate::letter::child::main`]; the gateway names itself here.
    pub program: PathBuf,
    /// Its arguments, such as `["read-pages"]`.
    pub arguments: Vec<OsString>,
    /// How many children work at the same time, at least 1.
    pub workers: usize,
    /// What pages are read with.
    pub engine: EngineChoice,
    /// Where the networks of PP-OCR are, when they are installed.
    pub models: Option<PathBuf>,
    /// Where `chi_sim.traineddata` is, when not where Tesseract looks itself.
    pub tessdata: Option<PathBuf>,
    /// Where private folders for the files under work are made; the system's folder for temporary files when not set.
    pub scratch: Option<PathBuf>,
    /// How long one page may take, from the child's start or the last page to the answer.
    pub page_timeout: Duration,
    /// After how many pages a child is replaced.
    pub recycle_after: u32,
    /// What one file and one page may cost.
    pub limits: Limits,
}

/// What one file and one page may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// The largest file, in bytes.
    pub file_bytes: u64,
    /// The most pages.
    pub pages: u16,
    /// The most pixels of a page.
    pub pixels: u64,
    /// The address space of a child, in bytes.
    pub child_memory_bytes: u64,
    /// The CPU seconds of one page.
    pub page_cpu_seconds: u64,
    /// The nice value of children and tools.
    pub niceness: u8,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: MAX_FILE_BYTES,
            pages: MAX_PAGES,
            pixels: MAX_PIXELS,
            child_memory_bytes: CHILD_MEMORY_BYTES,
            page_cpu_seconds: PAGE_CPU_SECONDS,
            niceness: NICENESS,
        }
    }
}

impl LetterSettings {
    /// Settings with the defaults for a child that is started as `program arguments…`.
    #[must_use]
    pub fn new(program: PathBuf, arguments: Vec<OsString>) -> Self {
        Self {
            program,
            arguments,
            workers: default_workers(),
            engine: EngineChoice::Auto,
            models: None,
            tessdata: None,
            scratch: None,
            page_timeout: PAGE_TIMEOUT,
            recycle_after: RECYCLE_AFTER,
            limits: Limits::default(),
        }
    }
}

/// One core is left to the web pages; at least one works.
#[must_use]
pub fn default_workers() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| cores.get().saturating_sub(1).max(1))
}
