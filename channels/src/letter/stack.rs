//! Stacks: a quick look at every page of one or two files, and letters taken out of them.

use std::path::PathBuf;
use std::sync::Arc;

use case::problem::{Problem, ProblemCode};
use tokio::task::JoinSet;

use super::codes::PageSurvey;
use super::kind::FileKind;
use super::pdf::taking::{self, Bundle};
use super::pool::Pool;
use super::protocol::{PageTask, Request};
use super::reader::LetterReader;
use super::scratch::Scratch;

/// A page of a stack: which file, and which page of it, both from 0.
pub type Place = (usize, u16);

/// A file that was opened for a look.
enum Opened {
    Pdf(Bundle),
    Image { file: PathBuf, kind: FileKind, pages: u16 },
}

impl Opened {
    fn pages(&self) -> u16 {
        match self {
            Self::Pdf(bundle) => bundle.pages(),
            Self::Image { pages, .. } => *pages,
        }
    }
}

impl LetterReader {
    /// Looks at every page of `files`; gives the pages of each file in order. A page that cannot be looked at has no codes: the reading
    /// of its letter will tell what is wrong with it.
    ///
    /// # Errors
    /// A file is no letter, damaged, locked or over a limit; or, with [`super::is_temporary`], a program is missing.
    pub async fn survey(&self, files: &[Vec<u8>]) -> Result<Vec<Vec<PageSurvey>>, Problem> {
        let mut surveys = Vec::with_capacity(files.len());
        for bytes in files {
            surveys.push(self.survey_file(bytes).await?);
        }
        Ok(surveys)
    }

    async fn survey_file(&self, bytes: &[u8]) -> Result<Vec<PageSurvey>, Problem> {
        let kind = self.kind_of(bytes)?;
        let scratch = Arc::new(self.scratch(bytes).await?);
        let opened = Arc::new(self.open_stack(bytes, kind, scratch.file("letter")).await?);
        let mut tasks = JoinSet::new();
        for index in 0..opened.pages() {
            let (pool, opened, scratch) = (Arc::clone(self.pool()), Arc::clone(&opened), Arc::clone(&scratch));
            tasks.spawn(async move { (index, look(&pool, &opened, &scratch, index).await) });
        }
        let mut pages = vec![PageSurvey::default(); usize::from(opened.pages())];
        while let Some(joined) = tasks.join_next().await {
            let (index, looked) = joined.map_err(|_panicked| ProblemCode::Internal.because("页面查看任务异常终止"))?;
            match looked {
                Ok(survey) => {
                    if let Some(page) = pages.get_mut(usize::from(index)) {
                        *page = survey;
                    }
                }
                Err(problem) if super::is_temporary(&problem) => return Err(problem),
                // The only page there is: the file is refused for what is wrong with it.
                Err(problem) if opened.pages() == 1 && !super::fails_the_page(&problem) => return Err(problem),
                Err(_unseen) => {}
            }
        }
        Ok(pages)
    }

    async fn open_stack(&self, bytes: &[u8], kind: FileKind, file: PathBuf) -> Result<Opened, Problem> {
        let limits = &self.pool().settings().limits;
        match kind {
            FileKind::Pdf => Ok(Opened::Pdf(Bundle::open(&file, bytes, limits).await?)),
            FileKind::Tiff => {
                let pages = self.pool().count(&Request::Count { file: file.clone(), kind }).await?;
                if pages > limits.pages {
                    return Err(ProblemCode::TooManyPages.because(format!("超过{}页；请分成几批扫描", limits.pages)));
                }
                Ok(Opened::Image { file, kind, pages })
            }
            FileKind::Jpeg | FileKind::Png | FileKind::PixelMap => Ok(Opened::Image { file, kind, pages: 1 }),
        }
    }

    /// A file of `pages` of `files`, in this order: a PDF of PDF pages, a TIFF of TIFF pages, both as they are in the stack.
    ///
    /// # Errors
    /// The files are of different kinds or of one that has no pages, damaged, or a program is missing.
    pub async fn take_out(&self, files: &[Vec<u8>], pages: &[Place]) -> Result<Vec<u8>, Problem> {
        let kinds = files.iter().map(|bytes| self.kind_of(bytes)).collect::<Result<Vec<_>, _>>()?;
        let kind = kinds.first().copied().ok_or_else(|| ProblemCode::Internal.because("没有可拆分的文件"))?;
        if kinds.iter().any(|other| *other != kind) {
            return Err(ProblemCode::UnsupportedType.because("正面和背面的文件类型不同，请用同一格式重新扫描"));
        }
        let scratch = self.scratch(&[]).await?;
        let mut paths = Vec::with_capacity(files.len());
        for (number, bytes) in files.iter().enumerate() {
            let path = scratch.file(&format!("stack-{number}"));
            tokio::fs::write(&path, bytes).await.map_err(super::reader::scratch_failed)?;
            paths.push(path);
        }
        match kind {
            FileKind::Pdf => taking::take_out(&paths, pages, scratch.folder(), &self.pool().settings().limits).await,
            FileKind::Tiff => {
                let request = Request::TakeOut { files: paths, pages: pages.to_vec() };
                self.pool().take_out(&request).await
            }
            FileKind::Jpeg | FileKind::Png | FileKind::PixelMap => {
                Err(ProblemCode::UnsupportedType.because("单页图像不能拆分或合并，请扫描为PDF或多页TIFF"))
            }
        }
    }
}

async fn look(pool: &Pool, opened: &Opened, scratch: &Scratch, index: u16) -> Result<PageSurvey, Problem> {
    let _place = pool.place().await?;
    let task = match opened {
        Opened::Pdf(bundle) => bundle.look(index, scratch.folder(), &pool.settings().limits).await?,
        Opened::Image { file, kind, .. } => {
            PageTask { file: file.clone(), kind: *kind, index, resolution: None, turned: 0, recognise: false }
        }
    };
    let looked = pool.survey(task.clone()).await;
    if matches!(opened, Opened::Pdf(_)) {
        // The folder goes as a whole later; a file that stays until then does no harm.
        let _gone = tokio::fs::remove_file(&task.file).await;
    }
    looked
}
