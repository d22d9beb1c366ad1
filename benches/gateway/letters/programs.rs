//! The programs that the letter door is compared with, run as one would run them on so many cores.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Mutex;

use anyhow::{Context, Result, ensure};

/// Reads every page with `tesseract`, `at_a_time` processes of one thread each.
pub(super) fn tesseract(pages: &[PathBuf], at_a_time: usize) -> Result<()> {
    let waiting = Mutex::new(pages.iter());
    let next = || waiting.lock().ok().and_then(|mut pages| pages.next());
    let work = || -> Result<()> {
        while let Some(page) = next() {
            let mut program = Command::new("tesseract");
            program.arg(page).args(["-", "-l", "chi_sim", "--psm", "6"]);
            ensure!(quiet(&mut program).status()?.success(), "tesseract failed");
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..at_a_time).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().map_err(|_panicked| anyhow::anyhow!("tesseract was not run"))?)
    })
}

/// Makes a searchable PDF of all pages with `ocrmypdf`, `jobs` at a time; `false` when it is not installed.
pub(super) fn ocrmypdf(pages: &[PathBuf], jobs: usize) -> Result<bool> {
    let folder = pages.first().and_then(|page| page.parent()).context("there are pages")?;
    let (before, after) = (folder.join("pages.pdf"), folder.join("read.pdf"));
    if !before.exists() {
        // Debian's own Python: ocrmypdf brings this module with it.
        let mut program = Command::new("/usr/bin/python3");
        program.args(["-m", "img2pdf"]).args(pages).arg("-o").arg(&before);
        if !quiet(&mut program).status().is_ok_and(|status| status.success()) {
            return Ok(false);
        }
    }
    let mut program = Command::new("ocrmypdf");
    program.args(["-l", "chi_sim", "--output-type", "pdf", "--optimize", "0", "--jobs", &jobs.to_string()]);
    let Ok(status) = quiet(program.arg(&before).arg(&after)).status() else { return Ok(false) };
    ensure!(status.success(), "ocrmypdf failed");
    Ok(true)
}

/// One thread a process, nothing printed.
fn quiet(program: &mut Command) -> &mut Command {
    program.env("OMP_THREAD_LIMIT", "1").stdout(Stdio::null()).stderr(Stdio::null())
}
