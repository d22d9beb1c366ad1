//! Letters as the scanner of the mailroom delivers them.

use case::channel::Channel;
use case::problem::{Problem, ProblemCode};

use super::Sample;
use crate::sample::expectation::{Expectation, Outcome};
use crate::sample::hostile;
use crate::sample::page::born_digital::born_digital;
use crate::sample::page::encode::{jpeg, png, tiff};
use crate::sample::page::font::Typefaces;
use crate::sample::page::letter::Letter;
use crate::sample::page::pdf::scanned;
use crate::sample::page::render;
use crate::sample::page::sheet::Sheet;
use crate::sample::page::style::{Capture, Mark, Paper, Style, Typeface};

/// The letters.
pub(super) fn letters(typefaces: &Typefaces) -> Result<Vec<Sample>, Problem> {
    let mut samples = private(typefaces)?;
    samples.extend(of_offices_and_firms(typefaces)?);
    samples.extend(unreadable(typefaces)?);
    Ok(samples)
}

/// Letters that people wrote about their own matters.
fn private(typefaces: &Typefaces) -> Result<Vec<Sample>, Problem> {
    let song = Style { dpi: 250, ..Style::clean(Typeface::Song) };
    let hei = Style::clean(Typeface::Hei);
    let ruled = Style {
        paper: Paper::RedRules,
        marks: vec![Mark::Thumbprint],
        skew: 0.9,
        fading: 6,
        ..Style::clean(Typeface::Song)
    };
    let worn = Style { skew: 1.4, noise: 16, fading: 12, seed: 5, ..song.clone() };
    let turned = Style { skew: -1.3, noise: 12, fading: 10, seed: 7, ..song.clone() };
    let photographed = Style { capture: Capture::Phone, noise: 10, seed: 14, ..hei };
    let draw = |text, style| render(&Letter::from_plain(text), style, typefaces);
    let land_compensation = jpeg(&first(draw(include_str!("letters/land-compensation.txt"), &turned)?)?, 82)?;
    Ok(vec![
        sample(
            "letter-plastic-works.png",
            png(&first(draw(include_str!("letters/plastic-works.txt"), &ruled)?)?)?,
            Expectation::new("马文庆").and(Outcome::Repeat("call-plastic-works.vtt")).routed(
                &["环境保护"],
                Some("130682104"),
                &["sthjj", "130682104"],
            ),
        ),
        sample(
            "letter-estate-delay-owner.jpg",
            jpeg(&first(draw(include_str!("letters/estate-delay-owner.txt"), &worn)?)?, 82)?,
            Expectation::new("冯秀兰").and(Outcome::SameMatter("web-estate-delay.json")).routed(
                &["城乡建设"],
                Some("130682001"),
                &["zjj"],
            ),
        ),
        sample("letter-land-compensation.jpg", land_compensation.clone(), land_expectation()),
        sample(
            "letter-land-compensation-scanned-again.jpg",
            land_compensation,
            land_expectation().and(Outcome::Replay("letter-land-compensation.jpg")),
        ),
        sample(
            "letter-substitute-teachers.jpg",
            jpeg(&first(draw(include_str!("letters/substitute-teachers.txt"), &photographed)?)?, 80)?,
            Expectation::new("高玉梅").routed(&["教育文体", "劳动和社会保障"], Some("130682101"), &["jyj", "rsj"]),
        ),
        sample(
            "letter-accusation-head.png",
            png(&first(draw(include_str!("letters/accusation-head.txt"), &song)?)?)?,
            Expectation::new("白秀珍").sealed(&["cgj"]).routed(&["纪检监察"], Some("130682002"), &["jiwei"]),
        ),
    ])
}

const fn land_expectation() -> Expectation {
    Expectation::new("甄国强").routed(&["国土资源", "城乡建设", "农村农业"], Some("130682100"), &["130682100", "zrzyj"])
}

/// Printed letters of several pages, with seals or text layers.
fn of_offices_and_firms(typefaces: &Typefaces) -> Result<Vec<Sample>, Problem> {
    let song = Style { dpi: 250, ..Style::clean(Typeface::Song) };
    let signed = Style { marks: vec![Mark::Thumbprint], ..song };
    let sealed =
        Style {
            marks: vec![Mark::Seal { around: "定州市德顺门窗有限公司".to_owned() }], noise: 6, seed: 21, ..song
        };
    let draw = |text, style| render(&Letter::from_plain(text), style, typefaces);
    Ok(vec![
        sample(
            "letter-wages.tiff",
            tiff(&draw(include_str!("letters/wages.txt"), &signed)?)?,
            Expectation::new("张铁柱").petitioners(3).routed(
                &["劳动和社会保障"],
                Some("130682115"),
                &["rsj", "130682115"],
            ),
        ),
        sample(
            "letter-contract-debt.pdf",
            scanned(&draw(include_str!("letters/contract-debt.txt"), &sealed)?, 80)?,
            Expectation::new("定州市德顺门窗有限公司").routed(
                &["城乡建设", "教育文体", "经济管理"],
                Some("130682107"),
                &["zjj", "jyj", "130682107"],
            ),
        ),
        sample(
            "letter-lift-broken.pdf",
            born_digital(&Letter::from_plain(include_str!("letters/lift-broken.txt")), &song, typefaces)?,
            Expectation::new("赵卫东").routed(
                &["城乡建设", "商贸旅游"],
                Some("130682002"),
                &["zjj", "scjgj", "130682002"],
            ),
        ),
    ])
}

/// Files that no one can read.
fn unreadable(typefaces: &Typefaces) -> Result<Vec<Sample>, Problem> {
    let style = Style { noise: 8, ..Style::clean(Typeface::Song) };
    let page = first(render(&Letter::from_plain(include_str!("letters/land-compensation.txt")), &style, typefaces)?)?;
    Ok(vec![
        sample(
            "letter-half-transferred.jpg",
            hostile::image::cut_off(&jpeg(&page, 80)?),
            Expectation::refused(ProblemCode::DamagedFile),
        ),
        sample(
            "letter-with-password.pdf",
            hostile::pdf::password_protected(),
            Expectation::refused(ProblemCode::PasswordProtected),
        ),
    ])
}

fn sample(name: &'static str, bytes: Vec<u8>, expect: Expectation) -> Sample {
    Sample { door: Channel::Letter, name, bytes, expect }
}

/// The first page of a letter that has one.
fn first(sheets: Vec<Sheet>) -> Result<Sheet, Problem> {
    let missing = || ProblemCode::Internal.because("示例信件没有页面");
    sheets.into_iter().next().ok_or_else(missing)
}
