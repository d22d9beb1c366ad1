//! Input that is broken or meant to do harm: every door must name what is wrong with it and go on.
//!
//! | kind | module |
//! |---|---|
//! | cut off, huge or lying images | [`image`] |
//! | PDF with a password, too many pages, cut off, in circles | [`pdf`] |
//! | TIFF with too many pages, cut off, in circles | [`tiff`] |
//! | mail with wrong charsets, deep nesting, endless headers | [`mail`] |
//! | text with null bytes, huge or deep | [`text`] |
//! | other files under a false name | [`disguise`] |

pub mod disguise;
pub mod image;
pub mod mail;
pub mod pdf;
#[cfg(test)]
mod tests;
pub mod text;
pub mod tiff;

use case::channel::Channel;
use case::problem::{Problem, ProblemCode};

/// One such input as it stands at a door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostileInput {
    /// The door.
    pub door: Channel,
    /// The name of the file.
    pub name: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What the door should make of it.
    pub answer: Answer,
}

/// What a door should make of bad input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Refused with one of these problems.
    Refused(&'static [ProblemCode]),
    /// Registered all the same: a person's words are in it.
    Registered,
}

/// All of them.
///
/// # Errors
/// An image could not be encoded, which would be a fault of ours.
pub fn inputs() -> Result<Vec<HostileInput>, Problem> {
    let mut inputs = letters()?;
    inputs.extend(mails());
    inputs.extend(texts());
    Ok(inputs)
}

fn letters() -> Result<Vec<HostileInput>, Problem> {
    let refused =
        |name, bytes, codes| HostileInput { door: Channel::Letter, name, bytes, answer: Answer::Refused(codes) };
    let jpeg = image::small_jpeg()?;
    let pages = tiff::pages(2)?;
    Ok(vec![
        refused("empty.pdf", Vec::new(), &[ProblemCode::EmptyInput]),
        refused("cut-off.jpg", image::cut_off(&jpeg), &[ProblemCode::DamagedFile]),
        refused("60-megapixels.png", image::megapixels_60()?, &[ProblemCode::TooManyPixels]),
        refused(
            "claims-3600-megapixels.png",
            image::claims_gigapixels(),
            &[ProblemCode::TooManyPixels, ProblemCode::DamagedFile],
        ),
        refused("cut-off.pdf", pdf::cut_off(&jpeg), &[ProblemCode::DamagedFile]),
        refused("with-password.pdf", pdf::password_protected(), &[ProblemCode::PasswordProtected]),
        refused("500-pages.pdf", pdf::pages(500), &[ProblemCode::TooManyPages]),
        refused("in-circles.pdf", pdf::in_circles(), &[ProblemCode::DamagedFile, ProblemCode::TooManyPages]),
        refused("cut-off.tiff", image::cut_off(&pages), &[ProblemCode::DamagedFile]),
        refused("500-pages.tiff", tiff::pages(500)?, &[ProblemCode::TooManyPages]),
        refused("in-circles.tiff", tiff::in_circles()?, &[ProblemCode::DamagedFile, ProblemCode::TooManyPages]),
        refused("archive.pdf", disguise::zip(), &[ProblemCode::UnsupportedType]),
        refused("program.pdf", disguise::program(), &[ProblemCode::UnsupportedType]),
    ])
}

fn mails() -> Vec<HostileInput> {
    let mail = |name, bytes, answer| HostileInput { door: Channel::Mail, name, bytes, answer };
    vec![
        mail("empty.eml", Vec::new(), Answer::Refused(&[ProblemCode::EmptyInput])),
        mail("claims-utf-8-is-gbk.eml", mail::wrong_charset(), Answer::Registered),
        mail("claims-no-such-charset.eml", mail::unknown_charset(), Answer::Registered),
        mail("10000-deep.eml", mail::nested(10_000), Answer::Refused(&[ProblemCode::TooDeep])),
        mail("100000-headers.eml", mail::many_headers(100_000), Answer::Registered),
        mail("one-long-header.eml", mail::long_header(4 << 20), Answer::Registered),
        mail("null-bytes.eml", mail::null_bytes(), Answer::Registered),
        mail("bounce.eml", mail::bounce(), Answer::Refused(&[ProblemCode::NotAPetition])),
    ]
}

fn texts() -> Vec<HostileInput> {
    let web = |name, bytes, answer| HostileInput { door: Channel::Web, name, bytes, answer };
    let call = |name, bytes, answer| HostileInput { door: Channel::Call, name, bytes, answer };
    const MALFORMED: &[ProblemCode] = &[ProblemCode::MalformedInput];
    vec![
        web("empty.json", Vec::new(), Answer::Refused(&[ProblemCode::EmptyInput])),
        web("cut-off.json", text::cut_off_json(), Answer::Refused(MALFORMED)),
        web("100000-deep.json", text::deep_json(100_000), Answer::Refused(MALFORMED)),
        web("null-characters.json", text::null_characters_json(), Answer::Registered),
        web("huge-body.json", text::huge_json(2_000_000), Answer::Refused(&[ProblemCode::InputTooLarge])),
        web("impossible-values.json", text::impossible_json(), Answer::Registered),
        call("empty.vtt", Vec::new(), Answer::Refused(&[ProblemCode::EmptyInput])),
        call("backwards.vtt", text::backwards_vtt(), Answer::Registered),
        call(
            "null-bytes.txt",
            vec![0; 4096],
            Answer::Refused(&[
                ProblemCode::MalformedInput,
                ProblemCode::UnsupportedType,
                ProblemCode::UnknownCharset,
                ProblemCode::EmptyInput,
            ]),
        ),
    ]
}
