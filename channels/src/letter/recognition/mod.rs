//! From a clean page to lines of words. Two engines stand behind [`Recogniser`]: PP-OCR, which reads handwriting and rare
//! names, and Tesseract, which reads print, is in every Debian, and gives the second opinion on lines that carry a number,
//! an amount or a name.

pub mod guard;
mod letterhead;
pub mod ppocr;
mod second;
pub mod tesseract;
pub mod tsv;

use std::path::{Path, PathBuf};

use case::problem::{Problem, ProblemCode};
use serde::{Deserialize, Serialize};

use self::ppocr::PpOcr;
use self::tesseract::Tesseract;
use super::cleaning::colour::Colour;
use super::cleaning::grey::Grey;
use super::cleaning::{CleanPage, RESOLUTION};
use super::record::{ENGINE_PPOCR, ENGINE_TESSERACT, LineRecord};

/// With more red or green pixels than this share of the page, in thousandths, there is a seal or a coloured grid over the
/// writing, and the page is read without its colours.
const COLOURED_PER_THOUSAND: usize = 4;

/// A green pixel is greener than red and blue by more than this; the print of a grid is pale, and paper in cold light paler.
const GREENER_BY: u8 = 24;

/// What the office wants to read with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EngineChoice {
    /// PP-OCR where its networks are installed, with Tesseract for the second opinion; Tesseract alone otherwise.
    #[default]
    Auto,
    /// PP-OCR alone.
    Ppocr,
    /// Tesseract alone.
    Tesseract,
}

impl EngineChoice {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Ppocr, Self::Tesseract, Self::Auto];

    /// The name in the configuration.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Ppocr => ENGINE_PPOCR,
            Self::Tesseract => ENGINE_TESSERACT,
        }
    }

    /// The choice of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.as_str() == name)
    }

    /// What will read the pages and, after a plus, what gives the second opinion. The networks are not looked into.
    ///
    /// # Errors
    /// [`ProblemCode::OcrModelMissing`]: PP-OCR is wanted and its networks are not there.
    pub fn engines(self, models: Option<&Path>) -> Result<&'static str, Problem> {
        let there = models.is_some_and(ppocr::models::are_in);
        match (self, there) {
            (Self::Tesseract, _) | (Self::Auto, false) => Ok(ENGINE_TESSERACT),
            (Self::Auto, true) => Ok("ppocr+tesseract"),
            (Self::Ppocr, true) => Ok(ENGINE_PPOCR),
            (Self::Ppocr, false) => Err(no_models()),
        }
    }

    /// [`Self::engines`], with the networks read and checked against their hashes.
    ///
    /// # Errors
    /// The networks are missing, or [`ProblemCode::OcrModelForeign`].
    pub fn checked(self, models: Option<&Path>) -> Result<&'static str, Problem> {
        let engines = self.engines(models)?;
        if engines != ENGINE_TESSERACT {
            models.map_or_else(|| Err(no_models()), ppocr::models::check)?;
        }
        Ok(engines)
    }
}

fn no_models() -> Problem {
    ProblemCode::OcrModelMissing.because("没有设置PP-OCR模型目录；请运行scripts/install-ocr-models.sh；来件会等待")
}

/// The engines of one child, loaded.
pub enum Recogniser {
    /// Tesseract alone.
    Tesseract(Tesseract),
    /// PP-OCR alone.
    Ppocr(PpOcr),
    /// PP-OCR, with Tesseract for the second opinion.
    Both(PpOcr, Tesseract),
}

impl Recogniser {
    /// Loads what `choice` asks for.
    ///
    /// # Errors
    /// A language, a network or its folder is missing, or a network is not the one we know.
    pub fn load(choice: EngineChoice, models: Option<&Path>, tessdata: Option<&Path>) -> Result<Self, Problem> {
        let folder: Option<PathBuf> = models.map(Path::to_path_buf);
        match choice {
            EngineChoice::Tesseract => Tesseract::load(tessdata).map(Self::Tesseract),
            EngineChoice::Ppocr => PpOcr::load(&folder.ok_or_else(no_models)?).map(Self::Ppocr),
            EngineChoice::Auto => match folder.filter(|folder| ppocr::models::are_in(folder)) {
                Some(folder) => Ok(Self::Both(PpOcr::load(&folder)?, Tesseract::load(tessdata)?)),
                None => Tesseract::load(tessdata).map(Self::Tesseract),
            },
        }
    }

    /// The name of the engine that reads pages.
    #[must_use]
    pub const fn engine(&self) -> &'static str {
        match self {
            Self::Tesseract(_) => ENGINE_TESSERACT,
            Self::Ppocr(_) | Self::Both(..) => ENGINE_PPOCR,
        }
    }

    /// The lines of a page, boxes in its pixels.
    ///
    /// # Errors
    /// [`ProblemCode::PageCrashed`] when the engine gives up.
    pub fn read(&mut self, page: &CleanPage) -> Result<Vec<LineRecord>, Problem> {
        match self {
            Self::Tesseract(engine) => engine.read(&page.grey, RESOLUTION),
            Self::Ppocr(engine) | Self::Both(engine, _) => {
                let colour = page.colour();
                if !has_coloured_print(&colour) {
                    return engine.read(&colour);
                }
                let mut lines = engine.read(&Colour::of_grey(&page.grey))?;
                letterhead::mark(&mut lines, &colour);
                Ok(lines)
            }
        }
    }

    /// The lines of a part of a page that was turned for trial.
    ///
    /// # Errors
    /// [`ProblemCode::PageCrashed`] when the engine gives up.
    pub fn read_part(&mut self, part: &Grey) -> Result<Vec<LineRecord>, Problem> {
        match self {
            Self::Tesseract(engine) => engine.read(part, RESOLUTION),
            Self::Ppocr(engine) | Self::Both(engine, _) => engine.read(&Colour::of_grey(part)),
        }
    }

    /// Has the lines that carry a number, an amount or a name read by the second engine, where there is one.
    ///
    /// # Errors
    /// [`ProblemCode::PageCrashed`] when the engine gives up.
    pub fn read_again(&mut self, page: &CleanPage, lines: &mut [LineRecord]) -> Result<(), Problem> {
        match self {
            Self::Tesseract(_) | Self::Ppocr(_) => Ok(()),
            Self::Both(_, engine) => second::read(engine, &page.grey, lines),
        }
    }
}

/// Whether there is much red or green on a page: a seal, a letterhead, a grid. Left in, the lines of squared paper become strokes
/// of the characters in them.
fn has_coloured_print(page: &Colour) -> bool {
    let (mut red, mut green) = (0_usize, 0_usize);
    for pixel in page.samples().chunks_exact(3) {
        red += usize::from(letterhead::is_red_pixel(pixel));
        green += usize::from(is_green_pixel(pixel));
    }
    let pixels = page.width().saturating_mul(page.height());
    red.max(green).saturating_mul(1000) > pixels.saturating_mul(COLOURED_PER_THOUSAND)
}

/// Whether a pixel, red, green and blue, is green.
fn is_green_pixel(pixel: &[u8]) -> bool {
    matches!(pixel, [red, green, blue]
        if *green > red.saturating_add(GREENER_BY) && *green > blue.saturating_add(GREENER_BY))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of 100 rows of 100 pixels with a rule of `colour` over every tenth row.
    fn ruled(colour: [u8; 3]) -> Colour {
        let rows = (0..100).flat_map(|row| if row % 10 == 0 { [colour; 100] } else { [[250, 250, 248]; 100] });
        Colour::new(100, 100, rows.flatten().collect())
    }

    #[test]
    fn coloured_rules_are_told_from_writing() {
        assert!(has_coloured_print(&ruled([214, 74, 66])), "red");
        assert!(has_coloured_print(&ruled([106, 175, 136])), "green");
        for writing in [[24, 24, 28], [30, 50, 140], [120, 120, 120], [235, 240, 232]] {
            assert!(!has_coloured_print(&ruled(writing)), "{writing:?}");
        }
    }
}
