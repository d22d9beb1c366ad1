//! Calls as telephone systems and recognisers bring them: over the API, on the command line, through the watched folder.

use std::path::{Path, PathBuf};
use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::harness::Office;
use crate::harness::client::Program;
use crate::harness::server::Server;

/// Sixteen bytes of silence as a telephone system writes them.
const RECORDING: &[u8] = b"RIFF\x34\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data\x10\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

fn transcript(id: &str) -> String {
    format!(
        r#"{{"call_id":"{id}","caller_number":"13800000201","started_at":"2026-11-23T09:12:00+08:00","segments":[
{{"speaker":"operator","start":0.4,"end":3.1,"text":"您好，这里是定州市群众工作中心，请讲。"}},
{{"speaker":"caller","start":3.6,"end":9.8,"text":"嗯，我我叫陆青禾，家住清河花园小区三栋二单元五零幺，从二零二零年四月开始停水，物业公司不管。"}},
{{"speaker":"operator","start":20.0,"end":22.0,"text":"请问您的联系电话是多少？"}},
{{"speaker":"caller","start":22.4,"end":26.5,"text":"幺三八零零零零零二零幺"}},
{{"speaker":"caller","start":27.0,"end":31.0,"text":"希望督促物业公司尽快恢复供水。"}}]}}"#
    )
}

fn said<'a>(document: &'a Value, field: &str) -> &'a Value {
    let said = document["said"].as_array().unwrap_or_else(|| panic!("nothing said: {document}"));
    said.iter().find(|one| one["field"] == field).unwrap_or_else(|| panic!("no {field}: {document}"))
}

#[tokio::test]
async fn a_recording_is_kept_beside_its_transcript_with_its_hash() {
    let office = Office::new();
    office.add_user("operator", "operator");
    office.add_user("officer", "officer");
    let server = Server::start(&office);
    let operator = Program::sign_in(&server, "operator").await;
    let text = transcript("api-1");
    let files = [("call.wav", RECORDING), ("call.json", text.as_bytes())];
    let first = operator.upload_files("/api/v1/calls", &files).await;
    assert_eq!(first.status, StatusCode::CREATED, "{first:?}");
    let again = operator.upload_files("/api/v1/calls", &files).await;
    assert_eq!((again.status, &again.body["number"]), (StatusCode::OK, &first.body["number"]));

    let officer = Program::sign_in(&server, "officer").await;
    let path = format!("/api/v1/cases/{}", first.body["case"].as_str().unwrap());
    let case = officer.get(&path).await.body;
    let submission = &case["submissions"][0];
    let recording = submission["files"].as_array().unwrap().iter().find(|file| file["role"] == "attachment").unwrap();
    assert_eq!(recording["hash"], blake3::hash(RECORDING).to_hex().to_string(), "{submission}");
    assert_eq!(recording["name"], "call.wav");
    // Masked as fields are, in the words too.
    let shown = submission.to_string();
    for hidden in ["13800000201", "幺三八零零零零零二零幺", "三栋二单元五零幺", "陆青禾", "3栋2单元501"]
    {
        assert!(!shown.contains(hidden), "{hidden} in {shown}");
    }
    let phone = said(submission, "phone");
    assert_eq!((&phone["second"], &phone["verdict"]), (&json!(22.4), &json!("confirmed")), "{phone}");
    let date = said(submission, "date");
    assert_eq!(
        (&date["value"], &date["said"], &date["second"]),
        (&json!("2020-04"), &json!("二零二零年四月"), &json!(3.6))
    );
    let plain = officer.post(&format!("{path}/unmasked"), &json!({ "reason": "核对" })).await.body;
    assert_eq!(said(&plain["submissions"][0], "address")["value"], "清河花园小区3栋2单元501", "{plain}");
}

#[tokio::test]
async fn what_is_no_call_is_refused_by_name() {
    let office = Office::new();
    office.add_user("operator", "operator");
    office.add_user("clerk", "clerk");
    let server = Server::start(&office);
    let operator = Program::sign_in(&server, "operator").await;
    let text = transcript("refused");
    for (files, problem) in [
        (vec![("empty.json", b"".as_slice())], "empty_input"),
        (vec![("a.json", text.as_bytes()), ("b.srt", b"1\n".as_slice())], "invalid_field"),
        (vec![("a.wav", RECORDING), ("b.wav", RECORDING)], "invalid_field"),
        (vec![("a.wav", RECORDING), ("b.json", b"{}".as_slice())], "malformed_input"),
    ] {
        assert_eq!(operator.upload_files("/api/v1/calls", &files).await.problem(), problem);
    }
    // A recording alone is safe, and says what is missing.
    let alone = operator.upload_files("/api/v1/calls", &[("a.wav", RECORDING)]).await;
    assert_eq!(alone.status, StatusCode::ACCEPTED, "{alone:?}");
    let arrival = format!("/api/v1/arrivals/{}", alone.body["arrival"].as_str().unwrap());
    let told = operator.get_until(&arrival, |body| body["progress"] == "refused").await;
    assert_eq!(told["problem"]["code"], "recogniser_missing");
    assert_eq!(Program::sign_in(&server, "clerk").await.get("/api/v1/quarantine").await.body["total"], 3);
}

#[test]
fn the_command_takes_a_transcript_with_the_recording_beside_it() {
    let office = Office::new();
    let text = transcript("command");
    let json = office.file("calls/call-7.json", &text);
    office.file("calls/call-7.wav", RECORDING);
    let line = office.intake("call", json.parent().unwrap());
    assert_eq!(line["outcome"], "registered", "{line}");
    assert!(line["source"].as_str().unwrap().ends_with("call-7.json"), "{line}");
    assert!(line["files"].to_string().contains("call-7.wav"), "{line}");
    assert_eq!(line["written_on"], "2026-11-23");
    assert!(!line["body"].as_str().unwrap().contains("我我"), "{line}");
    assert_eq!(
        (&said(&line, "phone")["value"], &said(&line, "address")["second"]),
        (&json!("13800000201"), &json!(3.6))
    );
}

/// How it is kept off the network and the data is shown where it is run (`calls::recogniser`); not every system that tests allows it.
#[test]
fn a_recogniser_of_the_office_writes_recordings_down() {
    let office = Office::new();
    let text = office.file("heard.json", transcript("recognised"));
    office.configure(&format!(
        "[calls]\nrecogniser = [\"sh\", \"-c\", \"test -s $1 && cat {}\", \"sh\", \"{{recording}}\"]\n\
         recogniser_isolated = false\n",
        text.display()
    ));
    let line = office.intake("call", &office.file("call-8.wav", RECORDING));
    assert_eq!(line["outcome"], "registered", "{line}");
    assert_eq!(line["petitioner"]["name"], "陆青禾");
    let files = line["files"].as_array().unwrap();
    assert_eq!((&files[0]["role"], &files[0]["name"]), (&json!("original"), &json!("call-8.wav")), "{line}");
    assert_eq!(files[0]["hash"], blake3::hash(RECORDING).to_hex().to_string());

    let failing = Office::configured(
        "[calls]\nrecogniser = [\"sh\", \"-c\", \"exit 3\", \"{recording}\"]\nrecogniser_isolated = false\n",
    );
    let line = failing.intake("call", &failing.file("call-8.wav", RECORDING));
    assert_eq!(
        (&line["outcome"], &line["problem"]["code"]),
        (&json!("refused"), &json!("recogniser_failed")),
        "{line}"
    );
    let wrong = Office::configured("[calls]\nrecogniser = [\"recognise\"]\n").run(&["check"]);
    assert_eq!(wrong.code, Some(2), "a command that is never given the recording");
}

/// An office whose calls come into a folder, and that folder.
fn watched() -> (Office, PathBuf) {
    let office = Office::new();
    let folder = office.file("incoming/.keep", b"").parent().unwrap().to_owned();
    office.configure(&format!("[calls]\nfolder = \"{}\"\nsettle_seconds = 1\n", folder.display()));
    (office, folder)
}

/// Waits until a file is there: the folder tells what became of it, nothing else does.
async fn there(path: &Path) {
    let seen = async {
        while !path.exists() {
            tokio::time::sleep(crate::harness::LOOK).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(120), seen).await.unwrap_or_else(|_| panic!("no {}", path.display()));
}

#[tokio::test]
async fn the_folder_takes_calls_once_they_are_whole() {
    let (office, folder) = watched();
    office.add_user("officer", "officer");
    let server = Server::start(&office);
    std::fs::write(folder.join("alone.wav"), RECORDING).unwrap();
    std::fs::write(folder.join("call-9.wav"), RECORDING).unwrap();
    std::fs::write(folder.join("call-9.json.part"), b"{").unwrap();
    std::fs::write(folder.join("bad.json"), b"{}").unwrap();
    there(&folder.join("refused/bad.json")).await;
    assert!(folder.join("call-9.wav").exists(), "it waits for its transcript");
    std::fs::write(folder.join("call-9.json.part"), transcript("folder")).unwrap();
    std::fs::rename(folder.join("call-9.json.part"), folder.join("call-9.json")).unwrap();
    std::fs::write(folder.join("call-9.txt"), "停水").unwrap();
    for name in ["call-9.json", "call-9.wav", "call-9.txt"] {
        there(&folder.join("done").join(name)).await;
    }
    assert!(folder.join("alone.wav").exists(), "without a recogniser it waits for its transcript");
    let officer = Program::sign_in(&server, "officer").await;
    let cases = officer.get_until("/api/v1/cases", |body| body["total"] == 1).await;
    let number = cases["cases"][0]["number"].as_str().unwrap();
    let case = officer.get(&format!("/api/v1/cases/{number}")).await.body;
    assert!(case["submissions"][0]["files"].to_string().contains("call-9.wav"), "{case}");
}

#[tokio::test]
async fn a_call_in_the_folder_is_registered_once_wherever_the_process_stops() {
    for step in ["calls.gathering", "calls.claimed", "submit.before_commit", "submit.after_commit", "calls.before_move"]
    {
        let (mut office, folder) = watched();
        office.add_user("officer", "officer");
        std::fs::write(folder.join("call-9.json"), transcript("crash")).unwrap();
        std::fs::write(folder.join("call-9.wav"), RECORDING).unwrap();
        office.set("XINQIAO_STOP_AT", step);
        let mut server = Server::start(&office);
        assert_eq!(server.ended().await, None, "{step} was not reached");
        office.unset_all();
        let server = Server::start(&office);
        there(&folder.join("done/call-9.wav")).await;
        let officer = Program::sign_in(&server, "officer").await;
        let cases = officer.get("/api/v1/cases").await.body;
        assert_eq!(cases["total"], 1, "{step}: {cases}");
        let number = cases["cases"][0]["number"].as_str().unwrap();
        let case = officer.get(&format!("/api/v1/cases/{number}")).await.body;
        assert!(case["submissions"][0]["files"].to_string().contains("call-9.wav"), "{step}: {case}");
    }
}
