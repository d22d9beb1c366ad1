//! Portable pixel maps as `pdftoppm` writes them: `P6` or `P5`, width, height, 255, one white space, samples.

use case::problem::Problem;

use super::super::settings::Limits;
use super::{Picture, Samples, check_size, damaged, length};

/// Decodes a pixel map.
///
/// # Errors
/// Too many pixels by the header, or not a pixel map, or cut off.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Picture, Problem> {
    let broken = || damaged("页面图像不完整");
    let (channels, mut rest) = match bytes.split_at_checked(2) {
        Some((b"P6", rest)) => (3, rest),
        Some((b"P5", rest)) => (1, rest),
        Some(_) | None => return Err(broken()),
    };
    let mut header = [0_u32; 3];
    for value in &mut header {
        (*value, rest) = number(rest).ok_or_else(broken)?;
    }
    let [width, height, maximum] = header;
    check_size(width, height, limits)?;
    let (width, height) = (length(width), length(height));
    let samples = rest.get(1..1 + width * height * channels).filter(|_| maximum == 255).ok_or_else(broken)?.to_vec();
    let samples = if channels == 3 { Samples::Colour(samples) } else { Samples::Grey(samples) };
    Ok(Picture { width, height, samples, resolution: None })
}

/// White space and a decimal number.
fn number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace())?;
    let rest = bytes.get(start..)?;
    let (digits, rest) = rest.split_at(rest.iter().position(|byte| !byte.is_ascii_digit())?);
    Some((std::str::from_utf8(digits).ok()?.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_map_is_read_and_a_cut_one_is_not() {
        let picture = decode(b"P5\n2 1\n255\n\x00\xff", &Limits::default()).expect("whole");
        assert_eq!(picture.samples, Samples::Grey(vec![0, 255]));
        assert!(decode(b"P6\n2 1\n255\n\x00\xff", &Limits::default()).is_err());
        assert!(decode(b"P6\n99999 99999\n255\n", &Limits::default()).is_err());
    }
}
