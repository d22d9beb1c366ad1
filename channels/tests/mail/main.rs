//! A corpus of invented mails. Each `corpus/NAME.eml` has its expected reading beside it as `NAME.json`; run with `UPDATE_GOLDEN=1` to
//! write them anew, and look at the differences. What would be too large for a file is made here.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is not as it should be"
)]

mod hostile;
mod mutated;

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use case::petitioner::Petitioner;
use case::problem::{Problem, ProblemCode};
use channels::Reading;
use channels::document::{Answer, DocumentError, DocumentReader, child};
use channels::mail::{Envelope, Nature, Readers};
use channels::scan::ScanReader;
use jiff::civil::date;
use serde_json::{Value, json};

/// Reads no scan: the letter door has its own corpus.
struct NoScans;

#[async_trait]
impl ScanReader for NoScans {
    async fn read(&self, _bytes: &[u8], _name: &str) -> Result<Reading, Problem> {
        Err(ProblemCode::UnsupportedType.because("此处不识别扫描件"))
    }
}

/// Reads documents in this process, as nothing but tests may; `tests/letter/documents.rs` does it in another.
struct HereAndNow;

#[async_trait]
impl DocumentReader for HereAndNow {
    async fn read(&self, bytes: &[u8]) -> Result<Answer, DocumentError> {
        Ok(child::answer(bytes))
    }
}

/// Reads a mail as the gateway does.
fn read(raw: &[u8]) -> Result<Reading, Problem> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(channels::mail::read(raw, &Readers::new(&NoScans, &HereAndNow), Some(date(2026, 11, 24))))
}

/// What is expected of a mail: who wrote it, and what it says or why it is held.
fn shown(raw: &[u8]) -> Value {
    let envelope = Envelope::of(raw);
    let nature = match &envelope.nature {
        Nature::Person => json!("person"),
        Nature::Automatic(what) => json!({ "automatic": what }),
        Nature::Bounce(bounce) => {
            json!({ "bounce": format!("{:?}", bounce.action), "status": bounce.status, "diagnosis": bounce.diagnosis() })
        }
    };
    let mut shown = json!({
        "sender": envelope.sender,
        "nature": nature,
        "threads": envelope.threads.lines().filter(|line| line.contains("p123@") || line.contains("+p123")).collect::<Vec<_>>(),
    });
    if let Some(header) = envelope.spam {
        shown["spam"] = json!(header);
    }
    match read(raw) {
        Err(problem) => shown["held"] = json!({ "code": problem.code, "detail": problem.detail }),
        Ok(reading) => {
            let statement = reading.statement;
            let first = statement.petitioners.first();
            shown["submission"] = json!({
                "title": statement.title.value,
                "body": statement.body,
                "name": first.and_then(|first| first.name.as_ref()).map(|name| &name.value),
                "phones": first.map(|first| first.phones.iter().map(|phone| phone.value.as_str()).collect::<Vec<_>>()),
                "mail_address": first.and_then(|first| first.mail_address.as_ref()).map(|address| &address.value),
                "written_on": statement.written_on.map(|day| day.value.to_string()),
                "beside": statement.beside.iter().map(|passage| json!({ "kind": passage.kind, "text": passage.text })).collect::<Vec<_>>(),
                "marks": statement.marks,
            });
            let name = |one: &Petitioner| json!(one.name.as_ref().map(|name| &name.value));
            let others = statement.petitioners.iter().skip(1).map(name).collect::<Vec<_>>();
            let respondents = statement.respondents.iter().map(|one| json!(one.name.value)).collect::<Vec<_>>();
            let proxy = statement.proxy.as_ref().map(|proxy| {
                let phones = proxy.phones.iter().map(|phone| phone.value.as_str()).collect::<Vec<_>>();
                json!([name(proxy), phones, proxy.mail_address.as_ref().map(|address| &address.value)])
            });
            // What few mails have stands only where they have it.
            let more = [
                ("other_petitioners", Some(json!(others)).filter(|_| !others.is_empty())),
                ("id_number", first.and_then(|first| first.id_number.as_ref()).map(|id| json!(id.value.as_str()))),
                ("address", first.and_then(|first| first.address.as_ref()).map(|home| json!(home.value))),
                ("place", statement.place.as_ref().map(|place| json!(place.value.text))),
                ("demand", statement.demand.as_ref().map(|demand| json!(demand.value))),
                ("respondents", Some(json!(respondents)).filter(|_| !respondents.is_empty())),
                ("proxy", proxy),
                ("confidential", statement.wishes.confidential.then_some(json!(true))),
                ("anonymous", statement.wishes.anonymous.then_some(json!(true))),
            ];
            for (key, value) in more {
                if let Some(value) = value {
                    shown["submission"][key] = value;
                }
            }
            let files = reading.files.iter();
            let files = files
                .map(|file| json!({ "name": file.name, "media_type": file.media_type, "bytes": file.bytes.len() }));
            shown["files"] = files.collect();
        }
    }
    shown.sort_all_objects();
    shown
}

fn corpus() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail/corpus");
    let mut mails: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    mails.retain(|path| path.extension().is_some_and(|extension| extension == "eml"));
    mails.sort();
    mails
}

#[test]
fn every_mail_is_read_as_expected() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mails = corpus();
    assert!(mails.len() >= 80, "{} mails", mails.len());
    let mut wrong = Vec::new();
    for path in mails {
        let shown = shown(&std::fs::read(&path).unwrap());
        let golden = path.with_extension("json");
        if update {
            std::fs::write(&golden, serde_json::to_string_pretty(&shown).unwrap() + "\n").unwrap();
            continue;
        }
        // As values: whether keys keep their order depends on what else is built.
        let expected: serde_json::Value = serde_json::from_slice(&std::fs::read(&golden).unwrap()).unwrap();
        if expected != shown {
            wrong.push(format!("{}\n{shown:#}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A mail store may change ends of lines, cut the end, or damage a byte: there is always an answer.
#[test]
fn every_mail_is_answered_however_it_is_damaged() {
    for path in corpus() {
        let raw = std::fs::read(&path).unwrap();
        for cut in [raw.len() / 4, raw.len() / 2, raw.len() * 3 / 4] {
            let _answered = read(raw.get(..cut).unwrap());
        }
        for (step, byte) in [(97, 0), (61, b'-'), (211, 0xff)] {
            let mut damaged = raw.clone();
            damaged.iter_mut().step_by(step).for_each(|place| *place = byte);
            let _answered = read(&damaged);
        }
    }
}
