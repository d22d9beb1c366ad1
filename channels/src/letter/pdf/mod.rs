//! PDF letters, taken apart by poppler-utils in limited child processes: our own process never parses a stranger's PDF.
//!
//! For each page the cheapest faithful way is chosen: the text that a born-digital page carries, the one image that a
//! scanned page is (a JPEG byte for byte, others pixel for pixel), or the page drawn at 300 dpi in colour (colour is needed
//! to tell seals and rules from ink).

mod images;
mod information;
pub(super) mod taking;
mod text_layer;
mod tools;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use case::problem::{Problem, ProblemCode};

use self::images::{OnlyImage, PageImage};
use self::information::{Information, PageSize};
use self::tools::{Tool, run};
use super::kind::FileKind;
use super::protocol::PageTask;
use super::record::PageRecord;
use super::settings::Limits;

/// Pages are drawn at this resolution, unless their boxes are so large that the pixel limit asks for less.
const RESOLUTION: f32 = 300.0;
/// The picture of a page with text of its own, for the desk only.
const DESK_RESOLUTION: f32 = 110.0;
/// The bytes of the end in which the mark of the end of a PDF must stand; mailers add a little behind it.
const END_WITHIN: usize = 16 * 1024;

/// A PDF that was looked through.
#[derive(Debug)]
pub(super) struct Document {
    file: PathBuf,
    /// Its pages in order.
    pub(super) pages: Vec<Page>,
}

/// A page of a PDF and how it is best read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Page {
    number: u16,
    size: PageSize,
    way: Way,
}

#[derive(Debug, Clone, PartialEq)]
enum Way {
    /// Its own text; areas are in pixels of the desk's image.
    Text(PageRecord),
    /// It is one image.
    Image(OnlyImage),
    /// It must be drawn.
    Draw,
}

/// What a page became.
pub(super) enum Prepared {
    /// Text of its own and its image as JPEG.
    Text(PageRecord, Vec<u8>),
    /// An image to be read by a page child.
    Image(PageTask),
}

/// Looks a PDF through: its pages, and how each is read.
///
/// # Errors
/// [`ProblemCode::PasswordProtected`], [`ProblemCode::DamagedFile`], [`ProblemCode::TooManyPages`], or the tools are
/// missing or took too long.
pub(super) async fn look_through(file: &Path, bytes: &[u8], limits: &Limits) -> Result<Document, Problem> {
    let end = bytes.get(bytes.len().saturating_sub(END_WITHIN)..).unwrap_or(bytes);
    if !end.windows(5).any(|window| window == b"%%EOF") {
        return Err(ProblemCode::DamagedFile.because("PDF文件不完整（没有结尾），请重新扫描或重新上传"));
    }
    let information = information::read(file, limits).await?;
    let pages = information.pages;
    if pages > u32::from(limits.pages) {
        return Err(
            ProblemCode::TooManyPages.because(format!("共{pages}页，上限为{}页；请拆分后分别登记", limits.pages))
        );
    }
    let images = images::list(file, limits).await?;
    let texts = text_layer::read(file, limits).await?;
    Ok(Document { file: file.to_path_buf(), pages: pages_of(&information, &images, &texts) })
}

/// How each page is best read.
fn pages_of(information: &Information, images: &[PageImage], texts: &BTreeMap<u16, String>) -> Vec<Page> {
    let sizes = (1..).zip(&information.sizes);
    let pages = sizes.map(|(number, size)| {
        let way = if let Some(image) = images::only_image(images, number, size) {
            Way::Image(image)
        } else if images::cover(images, number, size) {
            // A text behind full-page pictures is another program's reading of the scan; we make our own.
            Way::Draw
        } else {
            text_layer::record_of(texts, number, size, DESK_RESOLUTION).map_or(Way::Draw, Way::Text)
        };
        Page { number, size: *size, way }
    });
    pages.collect()
}

/// [`pages_of`] for the fuzzer: nothing that the tools print may cost more than its own length.
#[cfg(fuzzing)]
pub(super) fn ways(information: &str, images: &str, text: &str) {
    let pages = pages_of(&information::parse(information), &images::parse(images), &text_layer::pages(text));
    for page in pages {
        let resolution = page.size.resolution_within(RESOLUTION, Limits::default().pixels);
        let (width, height) = page.size.pixels(resolution);
        assert!(u64::from(width) * u64::from(height) <= Limits::default().pixels, "{width} x {height}");
    }
}

impl Document {
    /// Makes `page` ready below `folder`.
    ///
    /// # Errors
    /// The page is damaged, or the tools are missing or took too long.
    pub(super) async fn prepare(&self, page: &Page, folder: &Path, limits: &Limits) -> Result<Prepared, Problem> {
        match &page.way {
            Way::Text(record) => {
                let mut record = record.clone();
                let image = self.desk_image(page, folder, limits).await?;
                (record.width, record.height) = page.size.pixels(DESK_RESOLUTION);
                Ok(Prepared::Text(record, image))
            }
            Way::Image(image) => self.image(page, *image, folder, limits).await.map(Prepared::Image),
            Way::Draw => self.draw(page, folder, limits).await.map(Prepared::Image),
        }
    }

    /// The page in grey as JPEG, for the desk.
    async fn desk_image(&self, page: &Page, folder: &Path, limits: &Limits) -> Result<Vec<u8>, Problem> {
        let root = folder.join(format!("desk-{}", page.number));
        let resolution = page.size.resolution_within(DESK_RESOLUTION, limits.pixels).to_string();
        let arguments = ["-gray", "-jpeg", "-singlefile", "-r", &resolution];
        run(Tool::Draw, &self.page_arguments(page, &arguments, &root), limits).await?;
        read_and_remove(&root.with_extension("jpg")).await
    }

    /// The one image of the page: a JPEG as it was put in, others with their own pixels as PNG.
    async fn image(&self, page: &Page, image: OnlyImage, folder: &Path, limits: &Limits) -> Result<PageTask, Problem> {
        let root = folder.join(format!("image-{}", page.number));
        let (option, ending, kind) =
            if image.is_jpeg { ("-j", "jpg", FileKind::Jpeg) } else { ("-png", "png", FileKind::Png) };
        run(Tool::Images, &self.page_arguments(page, &[option], &root), limits).await?;
        let file = folder.join(format!("image-{}-000.{ending}", page.number));
        Ok(PageTask {
            file,
            kind,
            index: 0,
            resolution: Some(image.resolution),
            turned: page.size.quarter_turns(),
            recognise: true,
        })
    }

    /// The page drawn in colour.
    async fn draw(&self, page: &Page, folder: &Path, limits: &Limits) -> Result<PageTask, Problem> {
        let root = folder.join(format!("drawn-{}", page.number));
        let dots = page.size.resolution_within(RESOLUTION, limits.pixels);
        let resolution = dots.to_string();
        let arguments = self.page_arguments(page, &["-singlefile", "-r", &resolution], &root);
        run(Tool::Draw, &arguments, limits).await?;
        let resolution = u32::try_from(super::cleaning::number::to_count(dots)).ok();
        Ok(PageTask {
            file: root.with_extension("ppm"),
            kind: FileKind::PixelMap,
            index: 0,
            resolution,
            turned: 0,
            recognise: true,
        })
    }

    fn page_arguments(&self, page: &Page, arguments: &[&str], root: &Path) -> Vec<std::ffi::OsString> {
        let number = page.number.to_string();
        let mut all: Vec<std::ffi::OsString> = arguments.iter().map(std::ffi::OsString::from).collect();
        all.extend(["-f", &number, "-l", &number].map(std::ffi::OsString::from));
        all.extend([self.file.clone().into_os_string(), root.as_os_str().to_owned()]);
        all
    }
}

async fn read_and_remove(file: &Path) -> Result<Vec<u8>, Problem> {
    let bytes = tokio::fs::read(file)
        .await
        .map_err(|_missing| ProblemCode::DamagedFile.because("PDF页面无法绘制，请重新扫描或重新上传"))?;
    // The folder goes as a whole later; a file that stays until then does no harm.
    let _ = tokio::fs::remove_file(file).await;
    Ok(bytes)
}
