//! What JPEG and PNG share: decoding through the `image` crate within limits, upright as the camera noted, on white paper.

use case::problem::{Problem, ProblemCode};
use image::{DynamicImage, ImageDecoder};

use super::super::settings::Limits;
use super::{Picture, Samples, check_size, damaged, length};

/// Decodes what `decoder` stands on; `resolution` is what the file claims.
///
/// # Errors
/// The header claims too many pixels, or the image is damaged.
pub fn read(mut decoder: impl ImageDecoder, resolution: Option<u32>, limits: &Limits) -> Result<Picture, Problem> {
    let (width, height) = decoder.dimensions();
    check_size(width, height, limits)?;
    let mut allowed = image::Limits::default();
    allowed.max_alloc = Some(limits.pixels.saturating_mul(8));
    decoder.set_limits(allowed).map_err(|error| problem_of(&error))?;
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(|error| problem_of(&error))?;
    image.apply_orientation(orientation);
    let image = on_white(image);
    let (width, height) = (length(image.width()), length(image.height()));
    let samples = if image.color().has_color() {
        Samples::Colour(image.into_rgb8().into_raw())
    } else {
        Samples::Grey(image.into_luma8().into_raw())
    };
    Ok(Picture { width, height, samples, resolution })
}

/// An image with transparency laid on white paper; a screen shot's transparent ground would else become black.
fn on_white(image: DynamicImage) -> DynamicImage {
    if !image.color().has_alpha() {
        return image;
    }
    let mut samples = image.into_rgba8();
    for pixel in samples.pixels_mut() {
        let [red, green, blue, alpha] = pixel.0;
        let laid = |sample: u8| {
            let sum = u32::from(sample) * u32::from(alpha) + 255 * (255 - u32::from(alpha));
            u8::try_from(sum / 255).unwrap_or(u8::MAX)
        };
        pixel.0 = [laid(red), laid(green), laid(blue), 255];
    }
    DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(samples).into_rgb8())
}

/// The problem behind an error of the `image` crate; its text may quote the file and is not passed on.
pub fn problem_of(error: &image::ImageError) -> Problem {
    match error {
        image::ImageError::Limits(_) => ProblemCode::TooManyPixels.because("解码所需内存超出上限"),
        image::ImageError::Unsupported(_) => ProblemCode::UnsupportedType.because("不支持这种图像编码"),
        image::ImageError::Decoding(_)
        | image::ImageError::Encoding(_)
        | image::ImageError::Parameter(_)
        | image::ImageError::IoError(_) => damaged("图像数据损坏或不完整"),
    }
}
