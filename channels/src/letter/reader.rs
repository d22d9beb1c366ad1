//! The letter door: a file in, a reading out.
//!
//! Each page stands for itself: one that crashes, hangs or fills the memory of its child costs itself only and is marked
//! [`Mark::PageUnread`]. A file of which no page can even be opened is refused.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use case::batch::PagePart;
use case::problem::{Problem, ProblemCode};
use case::statement::{Mark, Passage, PassageKind};
use case::submission::FileRole;
use tokio::task::JoinSet;

use super::kind::FileKind;
use super::layout::LetterText;
use super::ledger::{KeptPage, MOST_LOSSES, NoLedger, PageLedger};
use super::pdf::{self, Document, Prepared};
use super::pool::Pool;
use super::protocol::{PageTask, Request};
use super::record::{LetterRecord, NumberedPage, PageRecord};
use super::scratch::Scratch;
use super::settings::LetterSettings;
use super::{fails_the_page, is_temporary, verdict};
use crate::scan::ScanReader;
use crate::{ReadFile, Reading, fields};

/// The letter door. Cheap to share; its children end when it is dropped.
pub struct LetterReader {
    pool: Arc<Pool>,
}

/// A page and its image, or why it has none.
type PageOutcome = Result<(PageRecord, Vec<u8>), Lost>;

/// A page that was not read.
struct Lost {
    problem: Problem,
    /// Its image, when at least that could be made.
    image: Option<(PageRecord, Vec<u8>)>,
}

/// What the pages of a letter are taken from.
enum Letter {
    Image { file: PathBuf, kind: FileKind, pages: u16 },
    Pdf(Document),
}

impl LetterReader {
    /// A door that works by `settings`. No child is started before the first page.
    #[must_use]
    pub fn new(settings: LetterSettings) -> Self {
        Self { pool: Arc::new(Pool::new(settings)) }
    }

    /// Reads a letter in one go. `name` is only used to name its page images.
    ///
    /// # Errors
    /// Not a letter, over a limit, locked, or no page of it could be opened; or, with [`is_temporary`], the office lacks
    /// a program and the letter can wait.
    pub async fn read(&self, bytes: &[u8], _name: &str) -> Result<Reading, Problem> {
        self.read_kept(bytes, &[], Arc::new(NoLedger)).await
    }

    /// Reads a letter whose pages are kept in `ledger` one by one: what was kept before is not read again. `parts` tells what each
    /// page is to the letter; pages beyond it are the letter itself.
    ///
    /// # Errors
    /// As [`Self::read`], and what keeps the ledger from being written.
    pub async fn read_kept(
        &self,
        bytes: &[u8],
        parts: &[PagePart],
        ledger: Arc<dyn PageLedger>,
    ) -> Result<Reading, Problem> {
        let kind = self.kind_of(bytes)?;
        let scratch = Arc::new(self.scratch(bytes).await?);
        let letter = Arc::new(self.open(bytes, kind, scratch.file("letter")).await?);
        let outcomes = self.read_pages(&letter, &scratch, &ledger).await?;
        let parts = parts.to_vec();
        // Finding the fields takes a while on a long letter: not on a thread that others wait for.
        tokio::task::spawn_blocking(move || reading_of(outcomes, &parts))
            .await
            .unwrap_or_else(|_panic| Err(ProblemCode::Internal.because("要素识别异常终止")))
    }

    /// The kind of a file that is not too large.
    ///
    /// # Errors
    /// It is no letter, or too large.
    pub(super) fn kind_of(&self, bytes: &[u8]) -> Result<FileKind, Problem> {
        let limits = &self.pool.settings().limits;
        let kind = FileKind::sniff(bytes)?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limits.file_bytes {
            let megabytes = limits.file_bytes / (1024 * 1024);
            return Err(ProblemCode::InputTooLarge.because(format!("文件超过{megabytes} MB；请降低分辨率或拆分")));
        }
        Ok(kind)
    }

    /// The page children.
    pub(super) const fn pool(&self) -> &Arc<Pool> {
        &self.pool
    }

    /// A private folder with the file in it.
    pub(super) async fn scratch(&self, bytes: &[u8]) -> Result<Scratch, Problem> {
        let parent = self.pool.settings().scratch.clone().unwrap_or_else(std::env::temp_dir);
        let scratch = Scratch::new(&parent).map_err(scratch_failed)?;
        tokio::fs::write(scratch.file("letter"), bytes).await.map_err(scratch_failed)?;
        Ok(scratch)
    }

    async fn open(&self, bytes: &[u8], kind: FileKind, file: PathBuf) -> Result<Letter, Problem> {
        let limits = &self.pool.settings().limits;
        match kind {
            FileKind::Pdf => Ok(Letter::Pdf(pdf::look_through(&file, bytes, limits).await?)),
            FileKind::Tiff => {
                let pages = self.pool.count(&Request::Count { file: file.clone(), kind }).await?;
                if pages > limits.pages {
                    let detail = format!("超过{}页；请拆分后分别登记", limits.pages);
                    return Err(ProblemCode::TooManyPages.because(detail));
                }
                Ok(Letter::Image { file, kind, pages })
            }
            FileKind::Jpeg | FileKind::Png | FileKind::PixelMap => Ok(Letter::Image { file, kind, pages: 1 }),
        }
    }

    /// Reads all pages, as many at a time as there are children. When the reading is given up, so are its pages.
    async fn read_pages(
        &self,
        letter: &Arc<Letter>,
        scratch: &Arc<Scratch>,
        ledger: &Arc<dyn PageLedger>,
    ) -> Result<Vec<(u16, PageOutcome)>, Problem> {
        let mut tasks = JoinSet::new();
        for index in 0..letter.pages() {
            let (pool, letter, scratch) = (Arc::clone(&self.pool), Arc::clone(letter), Arc::clone(scratch));
            let ledger = Arc::clone(ledger);
            tasks.spawn(async move { (index, kept_page(&pool, &letter, &scratch, &*ledger, index).await) });
        }
        let mut outcomes = Vec::new();
        while let Some(joined) = tasks.join_next().await {
            let (index, outcome) = joined.map_err(|_panicked| ProblemCode::Internal.because("页面识别任务异常终止"))?;
            if let Err(lost) = &outcome
                && is_temporary(&lost.problem)
            {
                return Err(lost.problem.clone());
            }
            outcomes.push((index.saturating_add(1), outcome));
        }
        outcomes.sort_by_key(|(page, _)| *page);
        Ok(outcomes)
    }
}

#[async_trait]
impl ScanReader for LetterReader {
    async fn read(&self, bytes: &[u8], name: &str) -> Result<Reading, Problem> {
        Self::read(self, bytes, name).await
    }
}

impl Letter {
    fn pages(&self) -> u16 {
        match self {
            Self::Image { pages, .. } => *pages,
            Self::Pdf(document) => u16::try_from(document.pages.len()).unwrap_or(u16::MAX),
        }
    }

    async fn prepare(&self, index: u16, folder: &Path, pool: &Pool) -> Result<Prepared, Problem> {
        match self {
            Self::Image { file, kind, .. } => {
                let (file, kind) = (file.clone(), *kind);
                Ok(Prepared::Image(PageTask { file, kind, index, resolution: None, turned: 0, recognise: true }))
            }
            Self::Pdf(document) => {
                let page = document.pages.get(usize::from(index));
                let page = page.ok_or_else(|| ProblemCode::DamagedFile.because("PDF缺少该页"))?;
                document.prepare(page, folder, &pool.settings().limits).await
            }
        }
    }
}

/// Gives what the ledger has of a page, or reads it and keeps it there.
async fn kept_page(
    pool: &Pool,
    letter: &Letter,
    scratch: &Scratch,
    ledger: &dyn PageLedger,
    index: u16,
) -> PageOutcome {
    let page = index.saturating_add(1);
    let unkept = |problem| Lost { problem, image: None };
    if let Some(KeptPage { read, problem }) = ledger.kept(page).await.map_err(unkept)? {
        return match (read, problem) {
            (read, Some(problem)) => Err(Lost { problem, image: read }),
            (Some(read), None) => Ok(read),
            (None, None) => Err(unkept(ProblemCode::Internal.because("页面记录为空"))),
        };
    }
    let outcome = read_page(pool, letter, scratch, ledger, index).await;
    let kept = match &outcome {
        Ok(read) => KeptPage { read: Some(read.clone()), problem: None },
        Err(lost) if fails_the_page(&lost.problem) => {
            KeptPage { read: lost.image.clone(), problem: Some(lost.problem.clone()) }
        }
        // A page that cannot be opened says so again at once.
        Err(_unopened) => return outcome,
    };
    ledger.keep(page, &kept).await.map_err(unkept)?;
    outcome
}

/// Reads one page; when its child is lost on it too often, another one at least makes its image for the desk.
async fn read_page(
    pool: &Pool,
    letter: &Letter,
    scratch: &Scratch,
    ledger: &dyn PageLedger,
    index: u16,
) -> PageOutcome {
    let unreadable = |problem| Lost { problem, image: None };
    let _place = pool.place().await.map_err(unreadable)?;
    let task = match letter.prepare(index, scratch.folder(), pool).await.map_err(unreadable)? {
        Prepared::Text(record, image) => return Ok((record, image)),
        Prepared::Image(task) => task,
    };
    let outcome = match read_or_give_up(pool, ledger, &task, index.saturating_add(1)).await {
        Ok(read) => Ok(read),
        Err(problem) if fails_the_page(&problem) => {
            let image = pool.page(PageTask { recognise: false, ..task.clone() }).await.ok();
            Err(Lost { problem, image })
        }
        Err(problem) => Err(unreadable(problem)),
    };
    if matches!(letter, Letter::Pdf(_)) {
        // A drawn page has up to 150 MB; the folder goes as a whole later, so a failure here does no harm.
        let _ = tokio::fs::remove_file(&task.file).await;
    }
    outcome
}

/// Reads a page, again in a fresh child when its child was lost on it. Losses are counted over restarts of the gateway, so a page
/// that takes everything down with it is set aside in the end. A page that ran out of time would only do so again.
async fn read_or_give_up(
    pool: &Pool,
    ledger: &dyn PageLedger,
    task: &PageTask,
    page: u16,
) -> Result<(PageRecord, Vec<u8>), Problem> {
    let mut seen = 0;
    loop {
        let problem = match pool.page(task.clone()).await {
            Ok(read) => return Ok(read),
            Err(problem) => problem,
        };
        if !matches!(problem.code, ProblemCode::PageCrashed | ProblemCode::PageMemory) {
            return Err(problem);
        }
        seen += 1;
        if ledger.lost(page, &problem).await?.max(seen) >= MOST_LOSSES {
            return Err(problem);
        }
    }
}

/// Why the private folder cannot be used; the letter waits.
#[expect(clippy::needless_pass_by_value, reason = "used as the argument of map_err")]
pub(super) fn scratch_failed(error: std::io::Error) -> Problem {
    match error.kind() {
        std::io::ErrorKind::StorageFull => ProblemCode::DiskFull.because("临时目录空间不足；来件会等待"),
        _ => ProblemCode::Internal.because("临时目录不可写；来件会等待"),
    }
}

/// Puts the pages together; a letter of which no page could be opened is refused with the problem of its first page.
fn reading_of(outcomes: Vec<(u16, PageOutcome)>, parts: &[PagePart]) -> Result<Reading, Problem> {
    let mut record = LetterRecord { parts: parts.to_vec(), ..LetterRecord::default() };
    let mut marks = Vec::new();
    let mut files = Vec::new();
    let mut first_problem = None;
    for (page, outcome) in outcomes {
        let (read, problem) = match outcome {
            Ok(read) => (Some(read), None),
            Err(lost) => (lost.image, Some(lost.problem)),
        };
        if let Some((page_record, image)) = read {
            let name = format!("page-{page:03}.jpg");
            files.push(ReadFile { role: FileRole::Page, name, media_type: "image/jpeg".to_owned(), bytes: image });
            if let Some(order) = page_record.reading_order {
                marks.push(Mark::ReadingOrder { page, order });
            }
            record.pages.push(NumberedPage { page, record: page_record });
        }
        if let Some(problem) = problem {
            first_problem.get_or_insert_with(|| problem.clone());
            marks.push(Mark::PageUnread { page, problem });
        }
    }
    if let Some(problem) = first_problem.filter(|problem| files.is_empty() && !fails_the_page(problem)) {
        return Err(problem);
    }
    let text = LetterText::of(&record.spoken());
    let found = fields::read(&text.text, &fields::Context::default());
    let ranges = verdict::Ranges::of(&found);
    let mut statement = found.into_statement(&text.text, |range| text.locate(range));
    verdict::judge(&mut statement, &ranges, &text, &record.pages);
    statement.marks.extend(marks);
    statement.beside.extend(letterheads(&record));
    let bytes = serde_json::to_vec(&record).map_err(|_bug| ProblemCode::Internal.because("识别结果无法保存"))?;
    let name = "reading.json".to_owned();
    files.push(ReadFile { role: FileRole::Reading, name, media_type: "application/json".to_owned(), bytes });
    Ok(Reading { statement, files })
}

/// What is printed on the paper, beside the words of the petitioner.
fn letterheads(record: &LetterRecord) -> impl Iterator<Item = Passage> {
    let lines = record.pages.iter().flat_map(|page| &page.record.lines).filter(|line| line.letterhead);
    lines.map(|line| Passage { kind: PassageKind::Letterhead, text: line.text(), milliseconds: None })
}
