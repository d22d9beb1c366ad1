//! Fits the weights of the judge on judged pairs and prints them with five-fold figures, split by topic:
//!
//! ```text
//! cargo run -p search --example fit_judge -- MESSAGES.jsonl RETRIEVAL.jsonl PAIRS.jsonl
//! ```

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::PathBuf;
use std::sync::Arc;

use search::embedded::EmbeddedEngine;
use search::engine::Reach;
use search::evaluate::{Input, PairLabel, PairRow, measure, petition, read_messages, read_pairs, read_retrieval};
use search::judge::fit::{Row, fit};
use search::judge::{Evidence, Judge, Model};

/// The numbers that decide about one matter, chosen by cross-validation; more of them only learn the rows.
const SAME_MATTER: &[&str] = &[
    "text",
    "title_in_text",
    "rare_phrase",
    "rare_count",
    "name_and_trouble",
    "title_name_conflict",
    "road_conflict",
    "district_conflict",
    "number_agrees",
    "number_conflict",
    "same_petitioner",
    "gap",
];
/// The numbers that decide whether there is any connection.
const RELATED: &[&str] = &[
    "text",
    "title_in_text",
    "rare_phrase",
    "proper",
    "trouble_both",
    "name_agrees",
    "title_name_agrees",
    "title_name_conflict",
    "road_conflict",
    "district_conflict",
    "number_agrees",
];
/// Folds of the cross-validation.
const FOLDS: usize = 5;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut files = std::env::args().skip(1);
    let mut open = || -> Result<BufReader<File>, Box<dyn Error>> {
        Ok(BufReader::new(File::open(files.next().ok_or("MESSAGES RETRIEVAL PAIRS")?)?))
    };
    let messages = read_messages(open()?, "messages")?;
    let retrieval = read_retrieval(open()?, "retrieval", &messages)?;
    let pairs = read_pairs(open()?, "pairs", &messages)?;
    let input = Input { messages, retrieval, pairs };
    let folder = tempfile::tempdir()?;
    let engine = EmbeddedEngine::open(folder.path())?;
    let judge = || Ok(Judge::new(Arc::new(engine.frequencies(Reach::Ordinary)?)));
    let report = measure(&input, &engine, &judge, &|_progress| {}).await?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", serde_json::to_string(&report)?)?;

    let judge = judge()?;
    let topics = topics(&input.pairs);
    let mut rows = Vec::new();
    for row in &input.pairs {
        let (Some(a), Some(b)) = (input.messages.get(&row.a), input.messages.get(&row.b)) else { continue };
        let evidence = judge.evidence(&judge.prepare(&petition(a)), &judge.prepare(&petition(b)));
        rows.push((row, evidence, topics.get(&row.a).copied().unwrap_or(0)));
    }
    for (name, positive, chosen) in [("SAME_MATTER", false, SAME_MATTER), ("RELATED", true, RELATED)] {
        let labelled: Vec<(Row, usize, bool)> = rows
            .iter()
            .map(|(row, evidence, topic)| {
                let label = row.label == PairLabel::SameMatter || (positive && row.label == PairLabel::Related);
                // A hot matter gives many rows that say the same.
                let weight = if row.hot() { 0.3 } else { 1.0 };
                let only = |(name, value): (&&str, f64)| if chosen.contains(name) { value } else { 0.0 };
                let values = Evidence::NAMES.iter().zip(evidence.values()).map(only).collect();
                (Row { values, label, weight }, *topic, row.hot())
            })
            .collect();
        let scored = cross_validate(&labelled);
        for (which, hot) in [("all", true), ("without hot", false)] {
            let kept: Vec<(f64, bool)> = scored
                .iter()
                .zip(&labelled)
                .filter(|(_score, (_row, _topic, is_hot))| hot || !is_hot)
                .map(|(score, (row, _topic, _hot))| (*score, row.label))
                .collect();
            writeln!(
                out,
                "{name} {which}: F1@.5 {:.3} best {:.3}@{:.2} AUC {:.3}",
                f1(&kept, 0.5),
                best(&kept).0,
                best(&kept).1,
                auc(&kept)
            )?;
        }
        let all: Vec<Row> = labelled.iter().map(|(row, _topic, _hot)| row.clone()).collect();
        print_table(&mut out, name, &fit(&all))?;
        if std::env::args().nth(4).is_some() {
            let path = PathBuf::from(std::env::args().nth(4).unwrap_or_default()).join(format!("{name}.tsv"));
            let mut file = File::create(path)?;
            for ((row, evidence, _topic), score) in rows.iter().zip(&scored) {
                writeln!(file, "{}\t{}\t{:?}\t{:.3}\t{evidence:?}\t{}", row.a, row.b, row.label, score, row.note)?;
            }
        }
    }
    Ok(())
}

fn print_table(out: &mut impl Write, name: &str, model: &Model) -> std::io::Result<()> {
    writeln!(out, "const {name}: &[(&str, f64)] = &[\n    (\"bias\", {:.2}),", model.bias)?;
    for (number, weight) in Evidence::NAMES.iter().zip(&model.weights).filter(|(_number, weight)| weight.abs() > 1e-6) {
        writeln!(out, "    (\"{number}\", {weight:.2}),")?;
    }
    writeln!(out, "];")
}

/// The topic of each petition: whatever is joined by pairs of one matter or of related ones.
fn topics(pairs: &[PairRow]) -> BTreeMap<u64, usize> {
    let mut topics: BTreeMap<u64, usize> = BTreeMap::new();
    for row in pairs {
        for number in [row.a, row.b] {
            let next = topics.len();
            topics.entry(number).or_insert(next);
        }
        let (a, b) = (topics.get(&row.a).copied().unwrap_or(0), topics.get(&row.b).copied().unwrap_or(0));
        if row.label != PairLabel::Distinct {
            topics.values_mut().filter(|topic| **topic == a.max(b)).for_each(|topic| *topic = a.min(b));
        }
    }
    topics
}

fn cross_validate(rows: &[(Row, usize, bool)]) -> Vec<f64> {
    let fold = |topic: usize| topic.wrapping_mul(2_654_435_761) / 7 % FOLDS;
    let models: Vec<Model> = (0..FOLDS)
        .map(|held| fit(&rows.iter().filter(|row| fold(row.1) != held).map(|row| row.0.clone()).collect::<Vec<_>>()))
        .collect();
    rows.iter()
        .map(|(row, topic, _hot)| models.get(fold(*topic)).map_or(0.0, |model| model.likely(&row.values)))
        .collect()
}

fn f1(rows: &[(f64, bool)], threshold: f64) -> f64 {
    let count = |said: bool, truth: bool| {
        f64::from(
            u32::try_from(
                rows.iter().filter(|(score, label)| (*score >= threshold) == said && *label == truth).count(),
            )
            .unwrap_or(0),
        )
    };
    2.0 * count(true, true) / (2.0 * count(true, true) + count(true, false) + count(false, true)).max(1.0)
}

fn best(rows: &[(f64, bool)]) -> (f64, f64) {
    (1..20_u8)
        .map(|step| f64::from(step) / 20.0)
        .map(|threshold| (f1(rows, threshold), threshold))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .unwrap_or_default()
}

fn auc(rows: &[(f64, bool)]) -> f64 {
    let (mut above, mut all) = (0.0, 0.0);
    for (yes, _) in rows.iter().filter(|row| row.1) {
        for (no, _) in rows.iter().filter(|row| !row.1) {
            all += 1.0;
            above += if yes > no { 1.0 } else { 0.0 };
        }
    }
    above / f64::max(all, 1.0)
}
