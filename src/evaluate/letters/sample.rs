//! The pages of a folder and what is known about them.
//!
//! Only images with a text beside them are measured; a folder without any is an error, never a measurement of nothing.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde::Deserialize;

use super::ALL;

/// The endings of the images that are measured.
const ENDINGS: [&str; 6] = ["jpg", "jpeg", "png", "tif", "tiff", "pdf"];

/// The fields of a page's truth.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub(super) struct Truth {
    pub(super) name: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) phones: Option<Vec<String>>,
    pub(super) idno: Option<String>,
    pub(super) place: Option<String>,
    pub(super) amount: Option<String>,
    pub(super) date: Option<String>,
    pub(super) title: Option<String>,
}

/// A page of the folder.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    pub(super) name: String,
    pub(super) class: String,
    pub(super) image: PathBuf,
    pub(super) text: String,
    pub(super) fields: Truth,
}

/// The images of the folder that have a text beside them, by name.
pub(super) fn samples(folder: &Path) -> anyhow::Result<Vec<Sample>> {
    let mut samples = Vec::new();
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    for entry in entries {
        let image = entry?.path();
        let ending = image.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
        let text_file = image.with_extension("txt");
        if !ENDINGS.contains(&ending.as_str()) || !text_file.is_file() {
            continue;
        }
        let text =
            std::fs::read_to_string(&text_file).with_context(|| format!("cannot read {}", text_file.display()))?;
        let fields_file = image.with_extension("json");
        let fields = if fields_file.is_file() {
            let bytes =
                std::fs::read(&fields_file).with_context(|| format!("cannot read {}", fields_file.display()))?;
            serde_json::from_slice(&bytes).with_context(|| format!("{} is not as expected", fields_file.display()))?
        } else {
            Truth::default()
        };
        let name = image.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        let class = name.split('_').next().unwrap_or(ALL).to_owned();
        samples.push(Sample { name, class, image, text, fields });
    }
    if samples.is_empty() {
        bail!("{} holds no image with its text in NAME.txt beside it", folder.display());
    }
    samples.sort_by(|one, other| one.image.cmp(&other.image));
    Ok(samples)
}
