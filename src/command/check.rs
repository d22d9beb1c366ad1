//! `xinqiao check`: what is missing or damaged, in one screen. `mail` has what is about mail servers.

use std::borrow::Cow;
use std::path::Path;
use std::process::Stdio;

use case::problem::Problem;

use crate::command::{Outcome, output};
use crate::configuration::{CallSettings, Configuration};
use crate::gateway::Gateway;
use crate::startup;

mod answers;
mod index;
mod mail;

/// Originals looked at in one step.
const BATCH: u32 = 200;

/// One thing that was checked.
struct Finding {
    what: Cow<'static, str>,
    state: Result<String, String>,
}

/// Checks programs, language data, settings, database, chain of events, originals and index.
///
/// # Errors
/// Standard output is closed.
pub async fn run(configuration: Configuration) -> Result<Outcome, Problem> {
    let mut findings = vec![
        program("文字识别程序（tesseract）", "tesseract", &["--version"]).await,
        language().await,
        engine(&configuration),
        program("PDF处理程序（poppler-utils）", "pdftoppm", &["-v"]).await,
        recogniser(&configuration.calls),
        calls_folder(&configuration.calls),
        writable(&configuration.data),
    ];
    match startup::open(configuration).await {
        Ok(gateway) => {
            findings.extend(mail::findings(&gateway).await);
            findings.extend(data(&gateway).await);
        }
        Err(problem) => findings.push(Finding { what: Cow::Borrowed("数据目录"), state: Err(problem.to_string()) }),
    }
    let mut outcome = Outcome::Done;
    for finding in findings {
        let (mark, text) = match finding.state {
            Ok(text) => ("正常", text),
            Err(text) => {
                outcome = Outcome::SomeRefused;
                ("缺失或损坏", text)
            }
        };
        output::text(&format!("[{mark}] {}：{text}", finding.what))?;
    }
    Ok(outcome)
}

async fn program(what: &'static str, name: &str, arguments: &[&str]) -> Finding {
    let output = tokio::process::Command::new(name).args(arguments).stdin(Stdio::null()).output().await;
    let state = match output {
        Ok(output) => {
            let text = if output.stdout.is_empty() { output.stderr } else { output.stdout };
            Ok(String::from_utf8_lossy(&text).lines().next().unwrap_or_default().to_owned())
        }
        Err(_missing) => Err(format!("未安装，请运行 apt-get install tesseract-ocr poppler-utils（缺{name}）")),
    };
    Finding { what: Cow::Borrowed(what), state }
}

async fn language() -> Finding {
    let output = tokio::process::Command::new("tesseract").arg("--list-langs").stdin(Stdio::null()).output().await;
    let found =
        output.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).lines().any(|line| line.trim() == "chi_sim"));
    let state = if found {
        Ok("chi_sim".to_owned())
    } else {
        Err("未安装，请运行 apt-get install tesseract-ocr-chi-sim".to_owned())
    };
    Finding { what: Cow::Borrowed("文字识别语言数据"), state }
}

/// Which engines read letters; the models are read and checked against their hashes.
fn engine(configuration: &Configuration) -> Finding {
    let models = configuration.ocr.models_folder(&configuration.data);
    let state = configuration.ocr.engine.checked(models.as_deref());
    let state = state.map(|engines| match &models {
        Some(folder) => format!("{engines}（模型目录{}）", folder.display()),
        None => format!("{engines}（未安装PP-OCR模型）"),
    });
    Finding { what: Cow::Borrowed("来信识别引擎"), state: state.map_err(|problem| problem.to_string()) }
}

/// The office's own program that writes recordings down, when one is set.
fn recogniser(settings: &CallSettings) -> Finding {
    let state = match settings.recogniser.first() {
        None => Ok("未配置，录音须附通话记录".to_owned()),
        Some(program) if is_there(program) => Ok(program.clone()),
        Some(program) => Err(format!("calls.recogniser所指的{program}不存在")),
    };
    Finding { what: Cow::Borrowed("录音转写程序"), state }
}

/// Whether a program is there: by its path, or in the folders where the gateway looks for it.
fn is_there(program: &str) -> bool {
    let folders = crate::calls::recogniser::SEARCHED.split(':');
    if program.contains('/') {
        Path::new(program).is_file()
    } else {
        folders.map(Path::new).any(|folder| folder.join(program).is_file())
    }
}

/// The folder of calls, when one is watched.
fn calls_folder(settings: &CallSettings) -> Finding {
    let state = match settings.folder.as_str() {
        "" => Ok("未配置".to_owned()),
        folder => written(Path::new(folder)),
    };
    Finding { what: Cow::Borrowed("来电目录"), state }
}

fn writable(data: &Path) -> Finding {
    Finding { what: Cow::Borrowed("数据目录"), state: written(data) }
}

/// That files can be written into `data`.
fn written(data: &Path) -> Result<String, String> {
    let probe = data.join(".check");
    let written = std::fs::create_dir_all(data).and_then(|()| std::fs::write(&probe, b"check"));
    let _gone = std::fs::remove_file(&probe);
    written
        .map(|()| data.display().to_string())
        .map_err(|error| format!("{}不可写（{}）", data.display(), error.kind()))
}

async fn data(gateway: &Gateway) -> Vec<Finding> {
    let mut findings = vec![
        Finding {
            what: Cow::Borrowed("数据库"),
            state: gateway.store.check().await.map(|()| "完整".to_owned()).map_err(|error| error.to_string()),
        },
        Finding { what: Cow::Borrowed("流转记录链"), state: chain(gateway).await },
        Finding { what: Cow::Borrowed("原件"), state: originals(gateway).await },
    ];
    let state = index::compared(gateway).await.map_err(|problem| problem.to_string());
    findings.push(Finding { what: Cow::Borrowed("检索索引"), state });
    let state = answers::compared(gateway).await.map_err(|problem| problem.to_string());
    findings.push(Finding { what: Cow::Borrowed("公开答复索引"), state });
    findings.push(Finding { what: Cow::Borrowed("任务"), state: jobs(gateway).await });
    findings
}

async fn chain(gateway: &Gateway) -> Result<String, String> {
    let mut lookups = gateway.store.read().await.map_err(|error| error.to_string())?;
    let verified = store::verify::events(&mut *lookups).await.map_err(|error| error.to_string())?;
    Ok(format!("{}条，链条完整", verified.count))
}

/// Reads every stored file of every submission: a damaged or missing original must be noticed before it is needed.
async fn originals(gateway: &Gateway) -> Result<String, String> {
    let mut lookups = gateway.store.read().await.map_err(|error| error.to_string())?;
    let total = lookups.submission_count().await.map_err(|error| error.to_string())?;
    let bar = output::progress(total, "检查原件");
    let (mut last, mut files, mut bad) = (0, 0_u64, Vec::new());
    loop {
        let submissions = lookups.submissions_after(last, BATCH).await.map_err(|error| error.to_string())?;
        let Some(newest) = submissions.last() else { break };
        last = newest.sequence;
        for submission in &submissions {
            let later = lookups.later_scans(submission.id).await.map_err(|error| error.to_string())?;
            let archive = lookups.archive_file(submission.id).await.map_err(|error| error.to_string())?;
            let scanned = later.iter().flat_map(|scan| &scan.files).map(|file| file.hash);
            let own = submission.files.iter().map(|file| file.hash);
            for hash in own.chain(scanned).chain(archive.map(|file| file.hash)) {
                files += 1;
                if !matches!(gateway.files.get(hash).await, Ok(Some(_))) {
                    bad.push(format!("{}的{hash}", submission.number));
                }
            }
        }
        bar.inc(u64::try_from(submissions.len()).unwrap_or(0));
    }
    bar.finish_and_clear();
    match bad.first() {
        None => Ok(format!("{total}件信访件的{files}个文件完整")),
        Some(first) => Err(format!("{}个文件缺失或损坏，例如{first}；请从备份恢复", bad.len())),
    }
}

async fn jobs(gateway: &Gateway) -> Result<String, String> {
    let mut lookups = gateway.store.read().await.map_err(|error| error.to_string())?;
    let counts = lookups.queue_counts().await.map_err(|error| error.to_string())?;
    let open: u64 = counts.iter().map(|count| count.open).sum();
    let dead: u64 = counts.iter().map(|count| count.dead).sum();
    if dead == 0 {
        Ok(format!("{open}项待办"))
    } else {
        Err(format!("{open}项待办，{dead}项失败，请在“失败任务”中处理"))
    }
}
