//! Stacks of letters in one PDF: a quick look at each page, and pages taken out as they are.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use case::problem::{Problem, ProblemCode};

use super::information::{self, PageSize};
use super::tools::{Tool, run};
use super::{END_WITHIN, read_and_remove};
use crate::letter::kind::FileKind;
use crate::letter::protocol::PageTask;
use crate::letter::settings::Limits;

/// Pages are drawn so coarse for a look at their codes.
const LOOK_RESOLUTION: f32 = 150.0;

/// A PDF of which only the sizes of its pages are known.
#[derive(Debug)]
pub(in crate::letter) struct Bundle {
    file: PathBuf,
    sizes: Vec<PageSize>,
}

impl Bundle {
    /// Counts the pages.
    ///
    /// # Errors
    /// Locked, damaged, too many pages, or the tools are missing.
    pub(in crate::letter) async fn open(file: &Path, bytes: &[u8], limits: &Limits) -> Result<Self, Problem> {
        let end = bytes.get(bytes.len().saturating_sub(END_WITHIN)..).unwrap_or(bytes);
        if !end.windows(5).any(|window| window == b"%%EOF") {
            return Err(ProblemCode::DamagedFile.because("PDF文件不完整（没有结尾），请重新扫描或重新上传"));
        }
        let found = information::read(file, limits).await?;
        if found.pages > u32::from(limits.pages) {
            let detail = format!("共{}页，上限为{}页；请分成几批扫描", found.pages, limits.pages);
            return Err(ProblemCode::TooManyPages.because(detail));
        }
        Ok(Self { file: file.to_path_buf(), sizes: found.sizes })
    }

    /// How many pages it has.
    pub(in crate::letter) fn pages(&self) -> u16 {
        u16::try_from(self.sizes.len()).unwrap_or(u16::MAX)
    }

    /// Draws page `index` from 0 below `folder`, coarse and grey.
    ///
    /// # Errors
    /// The page is damaged, or the tools are missing or took too long.
    pub(in crate::letter) async fn look(
        &self,
        index: u16,
        folder: &Path,
        limits: &Limits,
    ) -> Result<PageTask, Problem> {
        let size = self.sizes.get(usize::from(index));
        let size = size.ok_or_else(|| ProblemCode::DamagedFile.because("PDF缺少该页"))?;
        let number = index.saturating_add(1).to_string();
        let root = folder.join(format!("look-{}-{number}", name_of(&self.file)));
        let dots = size.resolution_within(LOOK_RESOLUTION, limits.pixels).to_string();
        let mut arguments: Vec<OsString> =
            ["-gray", "-jpeg", "-singlefile", "-r", &dots, "-f", &number, "-l", &number].map(OsString::from).to_vec();
        arguments.extend([self.file.clone().into_os_string(), root.as_os_str().to_owned()]);
        run(Tool::Draw, &arguments, limits).await?;
        let file = root.with_extension("jpg");
        Ok(PageTask { file, kind: FileKind::Jpeg, index: 0, resolution: None, turned: 0, recognise: false })
    }
}

/// The PDF that holds `pages`, each as file and page from 0, in this order; their content is copied as it is.
///
/// # Errors
/// A file is damaged, or the tools are missing or took too long.
pub(in crate::letter) async fn take_out(
    files: &[PathBuf],
    pages: &[(usize, u16)],
    folder: &Path,
    limits: &Limits,
) -> Result<Vec<u8>, Problem> {
    let mut parts: Vec<OsString> = Vec::with_capacity(pages.len().saturating_add(1));
    for (place, (file, page)) in pages.iter().enumerate() {
        let file = files.get(*file).ok_or_else(|| ProblemCode::Internal.because("拆分所指的文件不存在"))?;
        let number = page.saturating_add(1).to_string();
        let part = folder.join(format!("part-{place:05}.pdf"));
        let mut arguments: Vec<OsString> = ["-f", &number, "-l", &number].map(OsString::from).to_vec();
        // A percent sign would be taken for the place of the page's number.
        arguments.extend([file.clone().into_os_string(), part.clone().into_os_string()]);
        run(Tool::Separate, &arguments, limits).await?;
        parts.push(part.into_os_string());
    }
    let whole = folder.join("taken-out.pdf");
    if let [only] = parts.as_slice() {
        return read_and_remove(Path::new(only)).await;
    }
    parts.push(whole.clone().into_os_string());
    run(Tool::Unite, &parts, limits).await?;
    read_and_remove(&whole).await
}

fn name_of(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
