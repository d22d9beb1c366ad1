//! Puts a gateway together from its settings: data folder, secret, database, files, index, office data, readers and mailer.

use std::path::Path;
use std::sync::Arc;

use case::identity::key::IdentitySecret;
use case::ports::Randomness;
use case::problem::{Problem, ProblemCode};
use channels::document::{DocumentProcess, DocumentSettings};
use channels::letter::recognition::EngineChoice;
use channels::letter::{LetterReader, LetterSettings};
use search::embedded::EmbeddedEngine;
use search::engine::SearchEngine;
use search::meilisearch::MeilisearchEngine;
use store::files::folder::FolderFiles;
use store_sqlite::SqliteStore;

use crate::configuration::Configuration;
use crate::dispatch::mailer::{Mailer, OutboxMailer, SigningMailer, SmtpMailer};
use crate::entry::incoming::IncomingCalls;
use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::jobs::trouble::Trouble;
use crate::jobs::wake::Wake;
use crate::judging::rebuilding::Rebuilding;
use crate::judging::waiting::Waiting;
use crate::office::{self, Office};
use crate::system::{SystemClock, SystemRandomness};
use crate::trust;

/// The right to run the workers of a data folder; one process at a time has it. Given back when dropped, or when the process
/// ends however it ends.
#[derive(Debug)]
pub struct WorkerLock(#[expect(dead_code, reason = "the lock lasts as long as the file is open")] std::fs::File);

impl WorkerLock {
    /// Takes the lock; none when another process has it.
    ///
    /// # Errors
    /// The data folder cannot be written.
    pub fn take(data: &Path) -> Result<Option<Self>, Problem> {
        make_folder(data)?;
        let path = data.join("worker.lock");
        let file = std::fs::File::create(&path).map_err(|error| unwritable(&path, &error))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self(file))),
            Err(std::fs::TryLockError::WouldBlock) => Ok(None),
            Err(std::fs::TryLockError::Error(error)) => Err(unwritable(&path, &error)),
        }
    }

    /// Takes the lock for what no other process may work beside.
    ///
    /// # Errors
    /// Another process has it, or the data folder cannot be written.
    pub fn require(data: &Path) -> Result<Self, Problem> {
        let in_use = || ProblemCode::DataInUse.because("另一个xinqiao进程正在处理此数据目录，请先停止它");
        Self::take(data)?.ok_or_else(in_use)
    }
}

/// What the names of the indices of published answers have behind the prefix of all, and where they are in the folder of the index.
const ANSWERS: &str = "answers";

/// The engines of petitions and of published answers.
type Engines = (Arc<dyn SearchEngine>, Arc<dyn SearchEngine>);

/// The engines that the configuration names. Nothing is asked of a server yet: petitions are taken in while it is down. Nor must an index
/// in the data folder be whole: the database is the truth, and an index that is damaged or of another version is rebuilt.
fn engines(configuration: &Configuration) -> Result<Engines, Problem> {
    let settings = &configuration.search;
    if settings.is_server() {
        let tls = trust::client(&configuration.mail.tls_ca)?;
        let server = |prefix: &str| {
            let engine = MeilisearchEngine::new(&settings.url, &settings.key, prefix, Some((*tls).clone()));
            engine.map_err(|error| engine_problem(&error))
        };
        let answers = server(&format!("{}_{ANSWERS}", settings.prefix))?;
        return Ok((Arc::new(server(&settings.prefix)?), Arc::new(answers)));
    }
    let folder = configuration.data.join("index");
    let embedded = |folder: &Path| EmbeddedEngine::open_for_rebuild(folder).map_err(|error| engine_problem(&error));
    Ok((Arc::new(embedded(&folder)?), Arc::new(embedded(&folder.join(ANSWERS))?)))
}

/// Opens the gateway of `configuration`, making what is not there yet.
///
/// # Errors
/// Names what cannot be opened and what to do.
pub async fn open(configuration: Configuration) -> Result<Gateway, Problem> {
    let (engine, answers) = engines(&configuration)?;
    let data = configuration.data.clone();
    make_folder(&data)?;
    let secret = secret(&data.join("secret.key"), &SystemRandomness)?;
    let store = SqliteStore::open(&data.join("xinqiao.sqlite"), store_sqlite::Settings::default())
        .await
        .map_err(|error| failed(&error))?;
    let files = FolderFiles::open(&data.join("files")).await.map_err(|error| failed(&error))?;
    let office = Office::open(&data.join("office"))?;
    let letters = letter_reader(&configuration)?;
    let documents = document_reader(&configuration)?;
    let mailer = mailer(&configuration)?;
    let gateway = Gateway {
        configuration: Arc::new(configuration),
        clock: Arc::new(SystemClock),
        randomness: Arc::new(SystemRandomness),
        store: Arc::new(store),
        files: Arc::new(files),
        engine,
        answers,
        letters: Arc::new(letters),
        documents: Arc::new(documents),
        mailer,
        office: Arc::new(office),
        secret,
        wake: Arc::new(Wake::default()),
        incoming: Arc::new(IncomingCalls::default()),
        trouble: Arc::new(Trouble::default()),
        waiting: Arc::new(Waiting::default()),
        rebuilding: Arc::new(Rebuilding::default()),
    };
    first_units(&gateway).await?;
    check_rules(&gateway).await?;
    Ok(gateway)
}

/// What reads scans, with the page reader of this very program.
///
/// # Errors
/// The program's own path cannot be told.
pub fn letter_reader(configuration: &Configuration) -> Result<LetterReader, Problem> {
    letter_reader_with(configuration, configuration.ocr.engine)
}

/// [`letter_reader`] with these engines instead of the configured ones.
///
/// # Errors
/// The program's own path cannot be told.
pub fn letter_reader_with(configuration: &Configuration, engine: EngineChoice) -> Result<LetterReader, Problem> {
    let mut settings = LetterSettings::new(own_program()?, vec!["read-pages".into()]);
    settings.engine = engine;
    settings.models = configuration.ocr.models_folder(&configuration.data);
    settings.workers = letter_workers(configuration);
    // The page's own time is counted by the system; behind everything else it may have to wait for it on a busy machine.
    settings.page_timeout = std::time::Duration::from_secs(configuration.letters.page_seconds.saturating_mul(4));
    settings.limits.page_cpu_seconds = configuration.letters.page_seconds;
    settings.limits.niceness = configuration.letters.niceness;
    settings.limits.child_memory_bytes = configuration.letters.memory_mebibytes << 20;
    settings.limits.pages = configuration.letters.page_limit;
    settings.limits.pixels = configuration.letters.pixel_limit;
    Ok(LetterReader::new(settings))
}

/// What reads office documents, with the document reader of this very program.
fn document_reader(configuration: &Configuration) -> Result<DocumentProcess, Problem> {
    let mut settings = DocumentSettings::new(own_program()?, vec!["read-document".into()]);
    settings.limits.niceness = configuration.letters.niceness;
    Ok(DocumentProcess::new(settings))
}

fn own_program() -> Result<std::path::PathBuf, Problem> {
    std::env::current_exe()
        .map_err(|error| ProblemCode::Internal.because(format!("程序路径无法确定（{}）", error.kind())))
}

/// How many pages are read at the same time: what is configured, or one less than there are cores, at least one.
#[must_use]
pub fn letter_workers(configuration: &Configuration) -> usize {
    match configuration.letters.workers {
        0 => channels::letter::default_workers(),
        workers => workers,
    }
}

fn mailer(configuration: &Configuration) -> Result<Arc<dyn Mailer>, Problem> {
    let mail = &configuration.mail;
    let mailer: Arc<dyn Mailer> = if mail.smtp_url.is_empty() {
        Arc::new(OutboxMailer::open(&configuration.data.join("outbox"))?)
    } else {
        Arc::new(SmtpMailer::connect(&mail.smtp_url, &mail.tls_ca)?)
    };
    if mail.dkim.domain.is_empty() { Ok(mailer) } else { Ok(Arc::new(SigningMailer::new(mailer, &mail.dkim)?)) }
}

/// Frees what workers held that are gone: whoever has the worker lock is the only worker of this data folder.
///
/// # Errors
/// The store failed.
pub async fn take_over(gateway: &Gateway, _lock: &WorkerLock) -> Result<(), Problem> {
    let mut unit = gateway.store.begin().await.map_err(|error| failed(&error))?;
    let freed = unit.release_all_leases().await.map_err(|error| failed(&error))?;
    if freed > 0 {
        unit.commit().await.map_err(|error| failed(&error))?;
        tracing::warn!(freed, "{freed} jobs that were interrupted start again");
    } else {
        // Undone before another unit of work begins: there is one writer.
        drop(unit);
    }
    gateway.forget_earlier_drafts().await.map_err(|error| failed(&error))
}

/// The units that the office ships with, when it has none yet.
async fn first_units(gateway: &Gateway) -> Result<(), Problem> {
    let mut unit = gateway.store.begin().await.map_err(|error| failed(&error))?;
    if !unit.units().await.map_err(|error| failed(&error))?.is_empty() {
        return Ok(());
    }
    for shipped in gateway.office.shipped_units() {
        unit.put_unit(shipped).await.map_err(|error| failed(&error))?;
    }
    unit.commit().await.map_err(|error| failed(&error))
}

/// That the routing rules name only units that there are.
async fn check_rules(gateway: &Gateway) -> Result<(), Problem> {
    let units = gateway.store.read().await.map_err(|error| failed(&error))?.units().await;
    let unknown = gateway.office.rules().unknown_units(&units.map_err(|error| failed(&error))?);
    if unknown.is_empty() { Ok(()) } else { Err(office::together(unknown)) }
}

/// The office's secret: read, or made at the first start. Readable by the owner only, never in the database.
fn secret(path: &Path, randomness: &dyn Randomness) -> Result<IdentitySecret, Problem> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    if let Ok(bytes) = std::fs::read(path) {
        let bytes: [u8; 32] = bytes.try_into().map_err(|_length| {
            ProblemCode::IntegrityBroken.because(format!("{}应为32字节，请从备份恢复", path.display()))
        })?;
        return Ok(IdentitySecret::new(bytes));
    }
    let mut bytes = [0; 32];
    randomness.fill(&mut bytes);
    let write = || -> std::io::Result<()> {
        let partial = path.with_extension("part");
        let mut file =
            std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&partial)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        std::fs::rename(&partial, path)
    };
    write().map_err(|error| unwritable(path, &error))?;
    Ok(IdentitySecret::new(bytes))
}

fn make_folder(path: &Path) -> Result<(), Problem> {
    std::fs::create_dir_all(path).map_err(|error| unwritable(path, &error))
}

fn unwritable(path: &Path, error: &std::io::Error) -> Problem {
    if error.kind() == std::io::ErrorKind::StorageFull {
        return ProblemCode::DiskFull.because(format!("{}所在磁盘已满", path.display()));
    }
    let detail = format!("{}无法写入（{}），请检查权限或用--data指定其他目录", path.display(), error.kind());
    ProblemCode::InvalidConfiguration.because(detail)
}

fn engine_problem(error: &search::SearchError) -> Problem {
    tracing::error!(error = %error, "the search engine cannot be opened");
    error.into()
}
