//! How letters are read: limits of a page reader, the watched folder with its scanners, the engines.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use channels::letter::recognition::EngineChoice;
use channels::letter::recognition::ppocr::models;
use channels::letter::{A4_PIXELS, memory_for};
use serde::Deserialize;

/// Settings of reading letters.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterSettings {
    /// Pages read at the same time; 0: one less than there are cores, at least one.
    pub workers: usize,
    /// Seconds that one page may take.
    pub page_seconds: u64,
    /// Mebibytes that one page reader may use.
    pub memory_mebibytes: u64,
    /// The most pages of one letter.
    pub page_limit: u16,
    /// The most pixels of one page.
    pub pixel_limit: u64,
    /// How far page readers stand behind everything else (nice value, 0 to 19).
    pub niceness: u8,
    /// The folder that scanners put files into; empty: none is watched.
    pub folder: String,
    /// Where files go that became letters; empty: `done` in the watched folder.
    pub done_folder: String,
    /// Where files go of which nothing was registered; empty: `refused` in the watched folder.
    pub refused_folder: String,
    /// Seconds that a file must not change before it is taken.
    pub settle_seconds: u64,
    /// Settings of scanners, by the name of their subfolder.
    pub scanners: BTreeMap<String, ScannerSettings>,
}

impl LetterSettings {
    pub(super) fn check(&self, ppocr: bool) -> Result<(), String> {
        if self.page_seconds == 0 || self.page_limit == 0 {
            return Err("letters：page_seconds、page_limit不能为0".to_owned());
        }
        if self.niceness > 19 {
            return Err("letters：niceness应为0至19".to_owned());
        }
        if self.pixel_limit < A4_PIXELS {
            return Err(format!("letters：pixel_limit不能小于{A4_PIXELS}，一页300dpi的A4扫描件就有这么多像素"));
        }
        let least = memory_for(A4_PIXELS, ppocr) >> 20;
        let engine = if ppocr { "PP-OCR" } else { "Tesseract" };
        if self.memory_mebibytes < least {
            return Err(format!(
                "letters：memory_mebibytes不能小于{least}，用{engine}识别一页300dpi的A4彩色扫描件需要这么多；识别{}万像素（pixel_limit）的页面约需{}",
                self.pixel_limit / 10_000,
                memory_for(self.pixel_limit, ppocr) >> 20
            ));
        }
        Ok(())
    }
}

/// How the files of one scanner are parted.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ScannerSettings {
    /// Two files make one stack: the fronts, then the backs beginning with the last sheet.
    pub collate: bool,
    /// Each file is one letter, whatever separator sheets lie in it.
    pub whole: bool,
    /// The first sheet of each letter is its envelope.
    pub envelope_first: bool,
}

/// Settings of the engines that read letters.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OcrSettings {
    /// The engine, or both.
    pub engine: EngineChoice,
    /// The folder of the PP-OCR models; empty: looked for, see [`OcrSettings::models_folder`].
    pub models: String,
}

impl OcrSettings {
    /// Where the models are: the folder that is set, else `models` in the data folder, else `ocr-models` in the folder of
    /// the program or one of the two above it (`target/` of a program that was built here). Only the folder that is set
    /// need not have them.
    #[must_use]
    pub fn models_folder(&self, data: &Path) -> Option<PathBuf> {
        if !self.models.is_empty() {
            return Some(PathBuf::from(&self.models));
        }
        let program = std::env::current_exe().ok();
        let above = program.iter().flat_map(|program| program.ancestors().skip(1).take(3));
        let beside = above.map(|folder| folder.join("ocr-models"));
        std::iter::once(data.join("models")).chain(beside).find(|folder| models::are_in(folder))
    }
}
