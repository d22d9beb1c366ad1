//! Pages a minute through the letter door, by engine, against the plain `tesseract` program on the same pages, one worker each.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result};
use channels::letter::recognition::EngineChoice;
use channels::letter::{LetterReader, LetterSettings};
use serde_json::json;
use xinqiao::configuration::Configuration;
use xinqiao::sample::generator::Generator;
use xinqiao::sample::page;
use xinqiao::sample::page::encode;
use xinqiao::sample::page::font::Typefaces;
use xinqiao::sample::page::letter::Letter;
use xinqiao::sample::page::style::{Style, Typeface};

use crate::print;

const PAGES: u64 = 12;
const ROUNDS: usize = 3;

/// Measures and prints: the door and the program take turns, so that both see the same machine.
pub(crate) async fn measure() -> Result<()> {
    let folder = tempfile::tempdir_in(".")?;
    let pages = pages(folder.path())?;
    for engine in [EngineChoice::Tesseract, EngineChoice::Auto] {
        against_the_program(engine, &pages).await?;
    }
    Ok(())
}

async fn against_the_program(engine: EngineChoice, pages: &[std::path::PathBuf]) -> Result<()> {
    let mut settings = LetterSettings::new(env!("CARGO_BIN_EXE_xinqiao").into(), vec!["read-pages".into()]);
    settings.workers = 1;
    settings.engine = engine;
    let configuration = Configuration::load(None, std::path::PathBuf::from("data"))?;
    settings.models = configuration.ocr.models_folder(&configuration.data);
    let engines = engine.engines(settings.models.as_deref()).map_err(|problem| anyhow::anyhow!("{problem}"))?;
    let reader = LetterReader::new(settings);
    let (mut door, mut program) = (0.0, 0.0);
    for _ in 0..ROUNDS {
        let begin = Instant::now();
        for page in pages {
            let bytes = std::fs::read(page)?;
            reader.read(&bytes, "page").await.map_err(|problem| anyhow::anyhow!("{problem}"))?;
        }
        door += begin.elapsed().as_secs_f64();
        let begin = Instant::now();
        for page in pages {
            plain(page)?;
        }
        program += begin.elapsed().as_secs_f64();
    }
    let count = f64::from(u32::try_from(pages.len() * ROUNDS)?);
    print(&json!({
        "measurement": "letters", "engines": engines, "pages": pages.len() * ROUNDS,
        "door_pages_per_minute": count / door * 60.0, "tesseract_pages_per_minute": count / program * 60.0,
        "ratio": program / door,
    }));
    Ok(())
}

/// The program as one would call it on one core.
fn plain(page: &Path) -> Result<()> {
    let status = Command::new("tesseract")
        .arg(page)
        .args(["-", "-l", "chi_sim", "--psm", "6"])
        .env("OMP_THREAD_LIMIT", "1")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    anyhow::ensure!(status.success(), "tesseract failed");
    Ok(())
}

/// Letters of the generator, drawn as clean and as worn pages.
fn pages(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let typefaces = Typefaces::of_system().map_err(|problem| anyhow::anyhow!("{problem}"))?;
    let generator = Generator::new(3);
    let mut files = Vec::new();
    for number in 0..PAGES {
        let petition = generator.petition(number);
        let text = format!("{}\n信访局领导：\n{}\n{}", petition.title, petition.body, petition.demand);
        let mut style = Style::clean(if number % 2 == 0 { Typeface::Song } else { Typeface::Hei });
        if number % 3 == 2 {
            style.skew = 1.5;
            style.noise = 12;
            style.seed = number;
        }
        let sheets = page::render(&Letter::from_plain(&text), &style, &typefaces)
            .map_err(|problem| anyhow::anyhow!("{problem}"))?;
        let sheet = sheets.first().context("a letter has a page")?;
        let bytes = encode::jpeg(sheet, 85).map_err(|problem| anyhow::anyhow!("{problem}"))?;
        let file = folder.join(format!("{number}.jpg"));
        std::fs::write(&file, bytes)?;
        files.push(file);
    }
    Ok(files)
}
