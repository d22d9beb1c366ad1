//! Pages a minute through the letter door, by engine and number of workers, against the programs `tesseract` and `ocrmypdf` on
//! the same pages with as many at a time; and the memory of a page child.

mod programs;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result};
use channels::letter::recognition::EngineChoice;
use channels::letter::{LetterReader, LetterSettings};
use serde_json::json;
use tokio::task::JoinSet;
use xinqiao::configuration::Configuration;
use xinqiao::sample::generator::Generator;
use xinqiao::sample::page;
use xinqiao::sample::page::encode;
use xinqiao::sample::page::font::Typefaces;
use xinqiao::sample::page::letter::Letter;
use xinqiao::sample::page::style::{Style, Typeface};

use crate::memory::largest_child_mebibytes;
use crate::print;

const PAGES: u64 = 12;
const ROUNDS: usize = 3;

/// Measures and prints: the door and the programs take turns, so that all see the same machine.
pub(crate) async fn measure() -> Result<()> {
    let folder = tempfile::tempdir_in(".")?;
    let pages = pages(folder.path())?;
    for engine in [EngineChoice::Tesseract, EngineChoice::Auto] {
        for workers in [1, 2] {
            against_the_programs(engine, workers, &pages).await?;
        }
    }
    Ok(())
}

async fn against_the_programs(engine: EngineChoice, workers: usize, pages: &[PathBuf]) -> Result<()> {
    let mut settings = LetterSettings::new(env!("CARGO_BIN_EXE_xinqiao").into(), vec!["read-pages".into()]);
    settings.workers = workers;
    settings.engine = engine;
    let configuration = Configuration::load(None, PathBuf::from("data"))?;
    settings.models = configuration.ocr.models_folder(&configuration.data);
    let engines = engine.engines(settings.models.as_deref()).map_err(|problem| anyhow::anyhow!("{problem}"))?;
    let reader = Arc::new(LetterReader::new(settings));
    let (mut door, mut tesseract, mut ocrmypdf) = (0.0, 0.0, Some(0.0));
    let mut memory = 0;
    for _ in 0..ROUNDS {
        let begin = Instant::now();
        through_the_door(&reader, pages).await?;
        door += begin.elapsed().as_secs_f64();
        memory = memory.max(largest_child_mebibytes());
        let begin = Instant::now();
        programs::tesseract(pages, workers)?;
        tesseract += begin.elapsed().as_secs_f64();
        let begin = Instant::now();
        let ran = programs::ocrmypdf(pages, workers)?;
        ocrmypdf = ocrmypdf.filter(|_| ran).map(|seconds| seconds + begin.elapsed().as_secs_f64());
    }
    let minutes = f64::from(u32::try_from(pages.len() * ROUNDS)?) * 60.0;
    print(&json!({
        "measurement": "letters", "engines": engines, "workers": workers, "pages": pages.len() * ROUNDS,
        "door_pages_per_minute": minutes / door,
        "tesseract_pages_per_minute": minutes / tesseract,
        "ocrmypdf_pages_per_minute": ocrmypdf.map(|seconds| minutes / seconds),
        "times_tesseract": tesseract / door,
        "times_ocrmypdf": ocrmypdf.map(|seconds| seconds / door),
        "largest_child_mebibytes": memory,
    }));
    Ok(())
}

/// All pages at once: the door itself bounds how many are read at a time.
async fn through_the_door(reader: &Arc<LetterReader>, pages: &[PathBuf]) -> Result<()> {
    let mut tasks = JoinSet::new();
    for page in pages {
        let (reader, bytes) = (Arc::clone(reader), std::fs::read(page)?);
        tasks.spawn(async move { reader.read(&bytes, "page").await });
    }
    while let Some(read) = tasks.join_next().await {
        read?.map_err(|problem| anyhow::anyhow!("{problem}"))?;
    }
    Ok(())
}

/// Letters of the generator, drawn as clean and as worn pages.
fn pages(folder: &Path) -> Result<Vec<PathBuf>> {
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
