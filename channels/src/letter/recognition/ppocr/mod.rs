//! Reading a page with PP-OCRv6 (Baidu, Apache-2.0) on the `rten` runtime: one network finds the lines, a second one reads
//! each. Both are loaded once per child and run on one thread.

mod blobs;
mod ctc;
mod detection;
pub mod models;
mod order;
mod picture;
mod quad;

use std::path::Path;
use std::sync::Arc;

use case::field::Area;
use case::problem::{Problem, ProblemCode};
use rten::{Model, RunOptions, ThreadPool};

use self::ctc::Character;
use self::quad::{Point, Quad};
use super::super::cleaning::colour::Colour;
use super::super::cleaning::number::{to_count, to_fraction, to_u32};
use super::super::record::{LineRecord, WordRecord, union};

/// The name under which the recognition network holds its characters, one a line.
const DICTIONARY: &str = "character";
/// A piece whose characters have a lower mean likelihood is no writing: rules and stains read as characters.
const LEAST_MEAN: f32 = 0.5;

/// The two networks, loaded.
pub struct PpOcr {
    detection: Model,
    recognition: Model,
    dictionary: Vec<char>,
    options: RunOptions,
}

impl PpOcr {
    /// Loads the networks from `folder`.
    ///
    /// # Errors
    /// [`ProblemCode::OcrModelMissing`], or [`ProblemCode::OcrModelForeign`] when a file is not the one we know.
    pub fn load(folder: &Path) -> Result<Self, Problem> {
        let unusable = || ProblemCode::OcrModelForeign.because("识别模型无法载入；来件会等待");
        let load = |file: models::ModelFile| Model::load(file.read(folder)?).map_err(|_foreign| unusable());
        let (detection, recognition) = (load(models::DETECTION)?, load(models::RECOGNITION)?);
        let listed = recognition.metadata().get(DICTIONARY).ok_or_else(unusable)?;
        // The blank is the last class and has no line of its own.
        let dictionary = listed.lines().filter_map(|line| line.chars().next()).chain([' ']).collect();
        let pool = Arc::new(ThreadPool::with_num_threads(1));
        let mut options = RunOptions::default();
        options.thread_pool = Some(pool);
        Ok(Self { detection, recognition, dictionary, options })
    }

    /// The lines of a page in reading order; boxes are in its pixels.
    ///
    /// # Errors
    /// [`ProblemCode::PageCrashed`] when a network fails.
    pub fn read(&self, page: &Colour) -> Result<Vec<LineRecord>, Problem> {
        let failed = || ProblemCode::PageCrashed.because("识别程序未能处理该页");
        let found = detection::lines(&self.detection, &self.options, page).ok_or_else(failed)?;
        let mut pieces = Vec::with_capacity(found.len());
        for line in found {
            pieces.push(self.words(page, &line).ok_or_else(failed)?);
        }
        Ok(order::lines(pieces))
    }

    /// The words of one line.
    fn words(&self, page: &Colour, line: &Quad) -> Option<Vec<WordRecord>> {
        let picture::Input { tensor, used } = picture::strip(page, line);
        let output = self.recognition.run_one(tensor.into(), Some(self.options.clone())).ok()?;
        let ([_, _, classes], steps) = output.into_shape_vec::<f32, 3>().ok()?;
        let mut characters = ctc::characters(&steps, classes, &self.dictionary);
        let count = to_fraction(characters.len().max(1));
        let mean = characters.iter().map(|character| character.likelihood).sum::<f32>() / count;
        if mean < LEAST_MEAN {
            return Some(Vec::new());
        }
        for character in &mut characters {
            character.place = (character.place / used).min(1.0);
        }
        Some(words(&with_chinese_signs(characters), line, page))
    }
}

fn with_chinese_signs(mut characters: Vec<Character>) -> Vec<Character> {
    let texts: Vec<char> = characters.iter().map(|character| character.character).collect();
    let mut before = None;
    for (place, character) in characters.iter_mut().enumerate() {
        character.character = order::chinese_sign(character.character, before, texts.get(place + 1).copied());
        before = Some(character.character);
    }
    characters
}

/// Characters to words: runs of figures and letters are one, every other character is one by itself, blanks part words.
fn words(characters: &[Character], line: &Quad, page: &Colour) -> Vec<WordRecord> {
    let mut words: Vec<WordRecord> = Vec::new();
    let mut goes_on = false;
    for (place, character) in characters.iter().enumerate() {
        let text = character.character;
        if text.is_whitespace() {
            goes_on = false;
            continue;
        }
        let neighbour = |place: Option<usize>| place.and_then(|place| characters.get(place)).map(|found| found.place);
        let (from, to) = stretch(
            neighbour(place.checked_sub(1)),
            character.place,
            neighbour(place.checked_add(1)),
            line.height() / line.width().max(1.0),
        );
        let area = area_of(&line.part(from, to), page);
        let confidence = 100.0 * character.likelihood;
        let runs = text.is_ascii_alphanumeric();
        match words.last_mut() {
            Some(word) if goes_on && runs => {
                word.text.push(text);
                word.confidence = word.confidence.min(confidence);
                word.area = union([word.area, area]).unwrap_or(area);
            }
            Some(_) | None => words.push(WordRecord { text: text.to_string(), confidence, area }),
        }
        goes_on = runs;
    }
    words
}

/// From where to where a character reaches along its line, as fractions: half-way to its neighbours, and not further than
/// it is likely to be wide, which is three fifths of the line's height to either side.
fn stretch(before: Option<f32>, place: f32, after: Option<f32>, height: f32) -> (f32, f32) {
    let most = 0.6 * height;
    let left = before.map_or(most, |before| ((place - before) / 2.0).min(most));
    let right = after.map_or(most, |after| ((after - place) / 2.0).min(most));
    ((place - left).max(0.0), (place + right).min(1.0))
}

/// The rectangle on the page around `quad`, at least one pixel.
fn area_of(quad: &Quad, page: &Colour) -> Area {
    let corners = quad.corners();
    let side = |value: fn(&Point) -> f32, length: usize| {
        let (least, most) = corners
            .iter()
            .map(value)
            .fold((f32::INFINITY, f32::NEG_INFINITY), |(least, most), value| (least.min(value), most.max(value)));
        let from = to_count(least.max(0.0)).min(length - 1);
        let to = to_count(most.max(0.0).ceil()).min(length).max(from + 1);
        (to_u32(from), to_u32(to - from))
    };
    let (left, width) = side(|corner| corner.x, page.width());
    let (top, height) = side(|corner| corner.y, page.height());
    Area { left, top, width, height }
}
