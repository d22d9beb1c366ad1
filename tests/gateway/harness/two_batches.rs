//! An office whose petitions take more than one batch of a rebuild of the index. It is filled once for all tests and copied.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::{Value, json};

use super::Office;

/// More than one batch, so that there is something to go on with.
pub(crate) const PETITIONS: usize = 205;

/// One petition, as any of the office: the lamps at `place` are out.
pub(crate) fn petition(place: &str) -> Value {
    json!({
        "title": format!("{place}路灯不亮"), "body": format!("北城区街道{place}门口的路灯坏了三个月，请求尽快修复。"),
        "petitioners": [{ "name": "王五", "phone": "13800000005", "address": "定州市北城区街道" }],
        "anonymous": false, "confidential": false, "publishable": false
    })
}

/// The office, with an administrator and an officer.
pub(crate) fn filled() -> Office {
    static TAKEN_IN: LazyLock<PathBuf> = LazyLock::new(take_in);
    let office = Office::new();
    copy_folder(&TAKEN_IN, &office.data());
    office
}

/// Fills it, in Cargo's folder for the files of tests: nobody drops a static.
fn take_in() -> PathBuf {
    let office = Office::new();
    for (name, role) in [("admin", "administrator"), ("officer", "officer")] {
        office.add_user(name, role);
    }
    let file = |number: usize| {
        let form = petition(&format!("赵村{number}组")).to_string();
        office.file(&format!("{number}.json"), form).to_str().unwrap().to_owned()
    };
    let files: Vec<String> = (0..PETITIONS).map(file).collect();
    let arguments: Vec<&str> = ["intake", "web"].into_iter().chain(files.iter().map(String::as_str)).collect();
    assert_eq!(office.run(&arguments).code, Some(0));
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join("office-of-two-batches");
    if kept.exists() {
        std::fs::remove_dir_all(&kept).unwrap();
    }
    copy_folder(&office.data(), &kept);
    kept
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (path, copy) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy_folder(&path, &copy);
        } else {
            std::fs::copy(&path, &copy).unwrap();
        }
    }
}
