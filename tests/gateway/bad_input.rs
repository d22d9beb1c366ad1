//! Bad input at every door: a named problem, the input kept where a person can find it, and nothing else disturbed.

use std::path::Path;
use std::time::{Duration, Instant};

use case::channel::Channel;
use serde_json::Value;
use xinqiao::sample;
use xinqiao::sample::hostile::{self, Answer};

use crate::harness::Office;

const GOOD: &str = r#"{"title":"路灯不亮","body":"村口的路灯坏了三个月，请求修复。","petitioners":[{"name":"王五","phone":"13800000005","address":"定州市北城区"}],"anonymous":false,"confidential":false,"publishable":false}"#;

#[test]
fn every_hostile_input_gets_its_answer_and_the_office_goes_on() {
    let office = Office::new();
    let mut wrong = Vec::new();
    for door in Channel::ALL {
        let inputs: Vec<_> = hostile::inputs().unwrap().into_iter().filter(|input| input.door == door).collect();
        let files: Vec<_> =
            inputs.iter().map(|input| office.file(&format!("{door}/{}", input.name), &input.bytes)).collect();
        let mut arguments = vec!["intake", door.as_str()];
        arguments.extend(files.iter().map(|file| file.to_str().unwrap()));
        let printed = office.run(&arguments);
        assert!(matches!(printed.code, Some(0 | 1)), "{door}: {printed:?}");
        let lines = printed.lines();
        for (input, file) in inputs.iter().zip(&files) {
            // A file that holds several mails has a line for each.
            let name = file.to_str().unwrap();
            let own: Vec<&Value> =
                lines.iter().filter(|line| line["source"].as_str().unwrap().split('#').next() == Some(name)).collect();
            if own.is_empty() || !own.iter().all(|line| fits(line, input.answer)) {
                wrong.push(format!("{name}: {own:?} is not {:?}", input.answer));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let line = office.intake("web", &office.file("good.json", GOOD));
    assert_eq!(line["outcome"], "registered", "the office goes on: {line}");
    let checked = office.run(&["check"]);
    assert_eq!(checked.code, Some(0), "{}", checked.out);
}

fn fits(line: &Value, answer: Answer) -> bool {
    let outcome = line["outcome"].as_str().unwrap();
    match answer {
        Answer::Refused(problems) => {
            outcome == "refused" && problems.iter().any(|problem| line["problem"]["code"] == problem.code())
        }
        // Two of the mails say the same under other headers: the second one is a replay of the first.
        Answer::Registered => ["registered", "replay"].contains(&outcome),
    }
}

#[test]
fn missing_language_data_holds_letters_until_it_is_there() {
    let mut office = Office::new();
    let letters = sample::office().unwrap();
    let letter = letters.iter().find(|sample| sample.door == Channel::Letter && sample.name.ends_with(".png"));
    let letter = letter.or_else(|| letters.iter().find(|sample| sample.door == Channel::Letter)).unwrap();
    let file = office.file(letter.name, &letter.bytes);
    let empty = office.file("tessdata/readme.txt", "nothing here");
    office.set("TESSDATA_PREFIX", empty.parent().unwrap().to_str().unwrap());
    let printed = office.run(&["intake", "letter", file.to_str().unwrap()]);
    let line = printed.only_line();
    assert_eq!((printed.code, &line["outcome"]), (Some(1), &Value::from("waiting")), "{line}");
    assert_eq!(line["problem"]["code"], "ocr_language_missing");
    office.unset_all();
    assert!(is_read_at_last(&office, &file));
}

/// Runs `intake` again until the job that was put off is due: the first attempt waits five seconds.
fn is_read_at_last(office: &Office, file: &Path) -> bool {
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_secs(60) {
        let line = office.run(&["intake", "letter", file.to_str().unwrap()]).only_line();
        if line["outcome"] == "replay" && line["submission"].is_string() {
            return true;
        }
    }
    false
}

#[test]
fn a_full_disk_is_named_and_nothing_is_half_registered() {
    let office = Office::new();
    let Some(disk) = SmallDisk::mount(&office.data()) else {
        eprintln!("skipped: a small file system can only be mounted by root");
        return;
    };
    let filler = "我们村口的道路坑洼不平，请求维修。".repeat(2400);
    let mut refused = None;
    for number in 0..200 {
        let form = GOOD.replace("路灯坏了三个月", &format!("路灯坏了{number}个月{filler}"));
        let printed = office.run(&["intake", "web", office.file(&format!("{number}.json"), form).to_str().unwrap()]);
        if printed.code != Some(0) {
            refused = Some(printed);
            break;
        }
    }
    let refused = refused.expect("the disk fills up");
    assert!(format!("{}{}", refused.out, refused.err).contains("disk_full"), "{refused:?}");
    disk.grow();
    let line = office.intake("web", &office.file("good.json", GOOD));
    assert_eq!(line["outcome"], "registered", "with space again, the office goes on: {line}");
    let checked = office.run(&["check"]);
    assert_eq!(checked.code, Some(0), "{}", checked.out);
}

/// A file system of a few megabytes in memory.
struct SmallDisk(std::path::PathBuf);

impl SmallDisk {
    fn mount(folder: &Path) -> Option<Self> {
        std::fs::create_dir_all(folder).unwrap();
        let mounted = std::process::Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=12m", "tmpfs"])
            .arg(folder)
            .stderr(std::process::Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        mounted.then(|| Self(folder.to_owned()))
    }

    fn grow(&self) {
        let grown =
            std::process::Command::new("mount").args(["-o", "remount,size=200m"]).arg(&self.0).status().unwrap();
        assert!(grown.success());
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: a process may still be closing its files.
        let _unmounted = std::process::Command::new("umount").arg("-l").arg(&self.0).status();
    }
}
