//! The sample letters as pages with their truth beside them, as `xinqiao evaluate letters` reads them: every letter in every look, so that
//! an office sees what its machine makes of print, of skewed and faded scans, of telephone photographs, of ruled and squared paper and of
//! a hand, before it trusts it with its own letters.
//!
//! An office's own letters, as texts with their truth, are set as pages in the same way ([`own`]).
//!
//! The class of a page is the part of its name before the first `_`. The same seed gives the same bytes.

use std::path::Path;

use case::problem::{Problem, ProblemCode};
use serde::Serialize;

use super::letters::{self, SampleLetter};
use super::page::font::Typefaces;
use super::page::letter::Letter;
use super::page::style::{Capture, Mark, Paper, Style, Typeface};
use super::page::{encode, pdf, render};

/// JPEG quality of the pages.
const QUALITY: u8 = 82;

/// A file and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasuredFile {
    /// Its name: `CLASS_LETTER.jpg` (or `.pdf`, for a letter of several pages), `.txt` or `.json`.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The classes of pages, by name.
pub const CLASSES: [&str; 7] = ["print", "skew", "photo", "ruled", "squares", "seal", "hand"];

/// A letter that is set as pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasuredLetter {
    name: String,
    letter: Letter,
    /// Its fields as JSON, in the words of `evaluate letters`.
    truth: Vec<u8>,
}

/// What the page of one letter says, in the words of `evaluate letters`.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
struct Truth {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phones: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    idno: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
}

/// The invented letters of this project.
///
/// # Errors
/// The truth of one is not as expected.
pub fn ours() -> Result<Vec<MeasuredLetter>, Problem> {
    letters::ALL.iter().map(one_of_ours).collect()
}

fn one_of_ours(sample: &SampleLetter) -> Result<MeasuredLetter, Problem> {
    let truth = serde_json::to_vec_pretty(&truth(sample)?)
        .map_err(|error| ProblemCode::Internal.because(format!("示例信件的答案写不出来：{error}")))?;
    Ok(MeasuredLetter { name: sample.name.to_owned(), letter: Letter::from_plain(sample.plain), truth })
}

/// An office's own letters: every `NAME.txt` of `folder` in the plain form of [`Letter::from_plain`], with its fields in `NAME.json`
/// where that is known, by name.
///
/// # Errors
/// The folder or a file of it cannot be read, or it holds no text.
pub fn own(folder: &Path) -> Result<Vec<MeasuredLetter>, Problem> {
    let unread = |path: &Path, error: std::io::Error| {
        ProblemCode::UnreadableFile.because(format!("{} 读不了：{error}", path.display()))
    };
    let mut own = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| unread(folder, error))? {
        let path = entry.map_err(|error| unread(folder, error))?.path();
        let Some(name) = path.file_stem().and_then(|stem| stem.to_str()) else { continue };
        if path.extension().is_none_or(|ending| ending != "txt") {
            continue;
        }
        let plain = std::fs::read_to_string(&path).map_err(|error| unread(&path, error))?;
        let fields = path.with_extension("json");
        let truth = if fields.is_file() {
            std::fs::read(&fields).map_err(|error| unread(&fields, error))?
        } else {
            b"{}".to_vec()
        };
        own.push(MeasuredLetter { name: name.to_owned(), letter: Letter::from_plain(&plain), truth });
    }
    if own.is_empty() {
        return Err(ProblemCode::UnreadableFile.because(format!("{} 中没有 .txt 信件", folder.display())));
    }
    own.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(own)
}

/// The files of `letters` in the look of `class`: image, text and fields.
///
/// # Errors
/// A typeface is missing, or `class` is none of [`CLASSES`].
pub fn of_class(
    letters: &[MeasuredLetter],
    class: &str,
    seed: u64,
    typefaces: &Typefaces,
) -> Result<Vec<MeasuredFile>, Problem> {
    let mut files = Vec::new();
    for (number, letter) in (0_u64..).zip(letters) {
        files.extend(of_letter(letter, class, &look(class, seed.wrapping_add(number))?, typefaces)?);
    }
    Ok(files)
}

fn of_letter(
    sample: &MeasuredLetter,
    class: &str,
    style: &Style,
    typefaces: &Typefaces,
) -> Result<[MeasuredFile; 3], Problem> {
    let sheets = render(&sample.letter, style, typefaces)?;
    let (ending, image) = match sheets.as_slice() {
        [only] => ("jpg", encode::jpeg(only, QUALITY)?),
        several => ("pdf", pdf::scanned(several, QUALITY)?),
    };
    let file = |ending: &str, bytes| MeasuredFile { name: format!("{class}_{}.{ending}", sample.name), bytes };
    Ok([file(ending, image), file("txt", sample.letter.text().into_bytes()), file("json", sample.truth.clone())])
}

/// The truth of a letter: of several petitioners the first one, which is what `evaluate letters` compares, and all numbers.
fn truth(sample: &SampleLetter) -> Result<Truth, Problem> {
    let told: serde_json::Value = serde_json::from_str(sample.truth)
        .map_err(|error| ProblemCode::Internal.because(format!("示例信件的答案读不出来：{error}")))?;
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let first = |field: &str| told.get(field).and_then(|list| list.get(0)).and_then(text);
    let one = |field: &str| told.get(field).and_then(text);
    Ok(Truth {
        name: first("name"),
        phones: told.get("phone").and_then(|list| list.as_array()).map(|list| list.iter().filter_map(text).collect()),
        idno: one("idno"),
        place: one("address").or_else(|| one("place")),
        date: one("date").and_then(|date| in_words(&date)),
        title: one("title"),
    })
}

/// `2026-05-09` as `2026年5月9日`.
fn in_words(date: &str) -> Option<String> {
    let mut parts = date.split('-').map(|part| part.parse::<u16>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    Some(format!("{year}年{month}月{day}日"))
}

fn look(class: &str, seed: u64) -> Result<Style, Problem> {
    let print = if seed.is_multiple_of(2) { Typeface::Song } else { Typeface::Hei };
    let clean = |typeface| Style { seed, ..Style::clean(typeface) };
    let lean = if seed.is_multiple_of(2) { 1.6 } else { -1.3 };
    Ok(match class {
        "print" => clean(print),
        "skew" => Style { skew: lean, noise: 14, fading: 20, ..clean(print) },
        "photo" => Style { capture: Capture::Phone, noise: 10, ..clean(print) },
        "ruled" => Style { paper: Paper::RedRules, marks: vec![Mark::Thumbprint], ..clean(Typeface::Hand) },
        "squares" => Style { paper: Paper::Squares, points: 18.0, ..clean(Typeface::Hand) },
        "seal" => Style {
            marks: vec![Mark::Seal { around: "定州市东亭镇翟城村村民委员会".to_owned() }],
            skew: lean / 2.0,
            ..clean(print)
        },
        "hand" => Style { skew: lean / 2.0, noise: 8, ..clean(Typeface::Hand) },
        other => return Err(ProblemCode::Internal.because(format!("没有名为{other}的页面类别"))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_letters_are_set_as_pages_with_their_own_truth() {
        let folder = tempfile::tempdir().unwrap();
        assert!(own(folder.path()).is_err(), "a folder without a text measures nothing");
        std::fs::write(folder.path().join("b.txt"), "关于路灯的信\n路灯不亮。\n> 张三\n").unwrap();
        std::fs::write(folder.path().join("b.json"), r#"{"name":"张三"}"#).unwrap();
        std::fs::write(folder.path().join("a.txt"), "关于水的信\n没有水。\n").unwrap();
        let letters = own(folder.path()).unwrap();
        let files = of_class(&letters, "hand", 1, &Typefaces::of_system().unwrap()).unwrap();
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["hand_a.jpg", "hand_a.txt", "hand_a.json", "hand_b.jpg", "hand_b.txt", "hand_b.json"]);
        assert_eq!(files[4].bytes, "关于路灯的信\n路灯不亮。\n张三".as_bytes());
        assert_eq!(
            (files[2].bytes.as_slice(), files[5].bytes.as_slice()),
            ("{}".as_bytes(), r#"{"name":"张三"}"#.as_bytes())
        );
    }

    #[test]
    fn every_class_has_its_look_and_every_letter_its_truth() {
        for class in CLASSES {
            assert!(look(class, 3).is_ok(), "{class}");
        }
        assert!(look("unknown", 3).is_err());
        let dates: Vec<Option<String>> =
            letters::ALL.iter().map(|sample| truth(sample).map(|truth| truth.date)).collect::<Result<_, _>>().unwrap();
        assert_eq!(dates.first().cloned().flatten().as_deref(), Some("2026年10月18日"));
        assert!(dates.contains(&None), "a letter that names only the month has no day");
    }
}
