//! Reading a clean page, or one line of it, with Tesseract: one engine per child, kept over pages, single-threaded.

use std::ffi::{CStr, CString};
use std::path::Path;

use case::problem::{Problem, ProblemCode};
use tesseract::PageSegMode;
use tesseract::plumbing::TessBaseApi;

use super::super::cleaning::grey::Grey;
use super::super::record::{ENGINE_TESSERACT, LineRecord, OtherReading, mean_confidence};
use super::tsv;

/// The language data: simplified Chinese alone reads better and quicker than together with English.
const LANGUAGE: &CStr = c"chi_sim";

/// Tesseract with its language loaded.
pub struct Tesseract {
    engine: TessBaseApi,
}

impl Tesseract {
    /// Loads the language, from `tessdata` when given.
    ///
    /// # Errors
    /// [`ProblemCode::OcrLanguageMissing`].
    pub fn load(tessdata: Option<&Path>) -> Result<Self, Problem> {
        let missing = || {
            ProblemCode::OcrLanguageMissing
                .because("请安装tesseract-ocr-chi-sim，或在配置中写明chi_sim.traineddata所在目录；来件会等待")
        };
        let folder = tessdata
            .map(|folder| CString::new(folder.as_os_str().as_encoded_bytes()))
            .transpose()
            .map_err(|_nul| missing())?;
        let mut engine = TessBaseApi::create();
        engine.init_2(folder.as_deref(), Some(LANGUAGE)).map_err(|_failed| missing())?;
        // Cleaned pages are dark on light. Trying each doubtful line the other way round, as light on dark, only costs time;
        // a Tesseract that no longer knows this setting is merely slower.
        let _ = engine.set_variable(c"tessedit_do_invert", c"0");
        Ok(Self { engine })
    }

    /// The lines of a page; boxes are in its pixels.
    ///
    /// # Errors
    /// [`ProblemCode::PageCrashed`] when the engine gives up.
    pub fn read(&mut self, page: &Grey, resolution: u32) -> Result<Vec<LineRecord>, Problem> {
        // Letters have one column; after the clean-up "one block of lines" was never worse than a layout analysis.
        self.recognise(page, resolution, PageSegMode::PsmSingleBlock)
    }

    /// Reads a picture of one line, as a second opinion.
    ///
    /// # Errors
    /// [`ProblemCode::PageCrashed`] when the engine gives up.
    pub fn read_line(&mut self, line: &Grey, resolution: u32) -> Result<OtherReading, Problem> {
        let lines = self.recognise(line, resolution, PageSegMode::PsmSingleLine)?;
        let text = lines.iter().flat_map(|line| &line.words).map(|word| word.text.as_str()).collect();
        Ok(OtherReading { engine: ENGINE_TESSERACT.to_owned(), text, confidence: mean_confidence(&lines) })
    }

    fn recognise(&mut self, page: &Grey, resolution: u32, mode: PageSegMode) -> Result<Vec<LineRecord>, Problem> {
        self.engine.set_page_seg_mode(mode.as_tess_page_seg_mode());
        let failed = || ProblemCode::PageCrashed.because("识别程序未能处理该页");
        let side = |length: usize| i32::try_from(length).map_err(|_long| failed());
        let (width, height) = (side(page.width())?, side(page.height())?);
        self.engine.set_image(page.pixels(), width, height, 1, width).map_err(|_refused| failed())?;
        self.engine.set_source_resolution(i32::try_from(resolution).unwrap_or(300));
        self.engine.recognize().map_err(|_failed| failed())?;
        let table = self.engine.get_tsv_text(0).map_err(|_failed| failed())?;
        Ok(tsv::lines(&table.as_ref().to_string_lossy()))
    }
}
