//! The file: pages as their images, words over them, and what PDF/A-2u asks for beside that: an output intent with its profile, an
//! embedded font whose characters are known, metadata, an identifier.

use case::content_hash::ContentHash;
use case::problem::{Problem, ProblemCode};
use pdf_writer::types::{CidFontType, FontFlags, OutputIntentSubtype, SystemInfo, UnicodeCmap};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

use super::jpeg::{self, Frame};
use super::metadata::Metadata;
use super::text_layer::{self, Characters, FONT, Run};
use super::{glyphless, srgb};

/// A4 upright, in points.
const PAPER: (f32, f32) = (595.276, 841.89);
/// The name of the image on every page.
const IMAGE: Name<'static> = Name(b"I");
/// The name of the font in the file.
const FONT_NAME: Name<'static> = Name(b"Glyphless");
/// Whose numbering of characters the font has.
const NUMBERING: SystemInfo<'static> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// A page of the archive file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchivePage {
    /// Its image as JPEG; goes into the file as it is.
    pub image: Vec<u8>,
    /// The words on it.
    pub runs: Vec<Run>,
}

/// How the pixels of an image lie on a page: as large as fits A4, upright or lying, whatever it was scanned with. The resolution of a
/// page image is not kept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    /// Points of a pixel.
    pixel: f32,
    /// Width of the page in points.
    pub(super) width: f32,
    /// Height of the page in points.
    pub(super) height: f32,
}

impl Scale {
    fn of(frame: Frame) -> Self {
        let (width, height) = (f32::from(frame.width), f32::from(frame.height));
        let (across, down) = if frame.width > frame.height { (PAPER.1, PAPER.0) } else { PAPER };
        let pixel = (across / width).min(down / height);
        Self { pixel, width: width * pixel, height: height * pixel }
    }

    /// Points of a length in pixels; an image has at most 65,535 a side.
    pub(super) fn points(self, pixels: u32) -> f32 {
        f32::from(u16::try_from(pixels).unwrap_or(u16::MAX)) * self.pixel
    }
}

/// The objects that all pages share.
struct Shared {
    tree: Ref,
    font: Ref,
    cid_font: Ref,
    descriptor: Ref,
    font_file: Ref,
    glyphs: Ref,
    unicode: Ref,
}

/// Writes the file.
///
/// # Errors
/// [`ProblemCode::IntegrityBroken`] when an image is no JPEG of ours.
pub fn write(pages: &[ArchivePage], metadata: &Metadata) -> Result<Vec<u8>, Problem> {
    let mut numbers = (1..).map(Ref::new);
    let mut next = || numbers.next().unwrap_or_else(|| Ref::new(i32::MAX));
    let (catalogue, profile, xmp) = (next(), next(), next());
    let shared = Shared {
        tree: next(),
        font: next(),
        cid_font: next(),
        descriptor: next(),
        font_file: next(),
        glyphs: next(),
        unicode: next(),
    };
    let mut pdf = Pdf::new();
    pdf.set_version(1, 7);
    let mut characters = Characters::default();
    let mut kids = Vec::with_capacity(pages.len());
    for page in pages {
        let own = [next(), next(), next()];
        write_page(&mut pdf, page, own, &shared, &mut characters)?;
        kids.extend(own.first().copied());
    }
    let count = i32::try_from(kids.len()).unwrap_or(i32::MAX);
    pdf.pages(shared.tree).kids(kids).count(count);
    write_font(&mut pdf, &shared, &characters);
    pdf.icc_profile(profile, &srgb::profile()).n(3).range([0.0, 1.0, 0.0, 1.0, 0.0, 1.0]);
    pdf.metadata(xmp, metadata.packet().as_bytes());
    write_catalogue(&mut pdf, catalogue, shared.tree, profile, xmp);
    let identifier = ContentHash::of(metadata.packet().as_bytes());
    let identifier = identifier.as_bytes().iter().take(16).copied().collect::<Vec<u8>>();
    pdf.set_file_id((identifier.clone(), identifier));
    Ok(pdf.finish())
}

fn write_catalogue(pdf: &mut Pdf, catalogue: Ref, tree: Ref, profile: Ref, xmp: Ref) {
    let mut catalogue = pdf.catalog(catalogue);
    catalogue.pages(tree).metadata(xmp).lang(TextStr("zh-CN"));
    catalogue.viewer_preferences().display_doc_title(true);
    let mut intents = catalogue.output_intents();
    let mut intent = intents.push();
    intent.subtype(OutputIntentSubtype::PDFA);
    intent.output_condition_identifier(TextStr("sRGB")).info(TextStr("sRGB IEC61966-2.1"));
    intent.dest_output_profile(profile);
}

/// `own` are the objects of page, image and content.
fn write_page(
    pdf: &mut Pdf,
    page: &ArchivePage,
    own: [Ref; 3],
    shared: &Shared,
    characters: &mut Characters,
) -> Result<(), Problem> {
    let [number, image, words] = own;
    let frame = jpeg::frame(&page.image);
    let frame = frame.ok_or_else(|| ProblemCode::IntegrityBroken.because("页面图像不是可存档的JPEG"))?;
    let scale = Scale::of(frame);
    let mut picture = pdf.image_xobject(image, &page.image);
    picture.filter(Filter::DctDecode);
    picture.width(i32::from(frame.width)).height(i32::from(frame.height)).bits_per_component(8);
    if frame.coloured {
        picture.color_space().device_rgb();
    } else {
        picture.color_space().device_gray();
    }
    picture.finish();
    let mut content = Content::new();
    content.save_state().transform([scale.width, 0.0, 0.0, scale.height, 0.0, 0.0]).x_object(IMAGE).restore_state();
    text_layer::write(&mut content, &page.runs, &scale, characters);
    pdf.stream(words, &content.finish());
    let mut entry = pdf.page(number);
    entry.parent(shared.tree).media_box(Rect::new(0.0, 0.0, scale.width, scale.height)).contents(words);
    let mut resources = entry.resources();
    resources.x_objects().pair(IMAGE, image);
    resources.fonts().pair(FONT, shared.font);
    Ok(())
}

fn write_font(pdf: &mut Pdf, shared: &Shared, characters: &Characters) {
    pdf.type0_font(shared.font)
        .base_font(FONT_NAME)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(shared.cid_font)
        .to_unicode(shared.unicode);
    pdf.cid_font(shared.cid_font)
        .subtype(CidFontType::Type2)
        .base_font(FONT_NAME)
        .system_info(NUMBERING)
        .font_descriptor(shared.descriptor)
        .default_width(f32::from(glyphless::ADVANCE))
        .cid_to_gid_map_stream(shared.glyphs);
    pdf.font_descriptor(shared.descriptor)
        .name(FONT_NAME)
        .flags(FontFlags::FIXED_PITCH | FontFlags::SYMBOLIC)
        .bbox(Rect::new(
            0.0,
            f32::from(glyphless::DESCENT),
            f32::from(glyphless::ADVANCE),
            f32::from(glyphless::ASCENT),
        ))
        .italic_angle(0.0)
        .ascent(f32::from(glyphless::ASCENT))
        .descent(f32::from(glyphless::DESCENT))
        .cap_height(f32::from(glyphless::ASCENT))
        .stem_v(0.0)
        .font_file2(shared.font_file);
    let font = glyphless::font();
    pdf.stream(shared.font_file, &font).pair(Name(b"Length1"), i32::try_from(font.len()).unwrap_or(i32::MAX));
    let mut unicode = UnicodeCmap::<u16>::new(Name(b"Glyphless-UCS"), NUMBERING);
    let mut pairs: Vec<(char, u16)> = characters.all().collect();
    pairs.sort_by_key(|(_, number)| *number);
    // Number 0 is no character; every other one is shown with the same empty glyph.
    let mut glyphs = vec![0, 0];
    for (sign, number) in pairs {
        unicode.pair(number, sign);
        glyphs.extend(glyphless::GLYPH.to_be_bytes());
    }
    pdf.stream(shared.glyphs, &glyphs);
    pdf.cmap(shared.unicode, &unicode.finish()).name(Name(b"Glyphless-UCS")).system_info(NUMBERING);
}
