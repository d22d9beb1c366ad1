//! Mails that a mail server hands over by LMTP.

use std::net::TcpStream;

use serde_json::json;

use super::written::{petition, the_case};
use crate::harness::Office;
use crate::harness::client::Program;
use crate::harness::post_office::Talk;
use crate::harness::server::Server;

/// An office that takes mails for two addresses.
fn office(port: u16) -> Office {
    Office::configured(&format!(
        "[mail.lmtp]\nlisten = \"127.0.0.1:{port}\"\nrecipients = [\"office@example.invalid\", \"mayor@example.invalid\"]\n"
    ))
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn hand_over(port: u16, mail: &str) -> Talk {
    let mut talk = Talk::new(TcpStream::connect(("127.0.0.1", port)).unwrap());
    talk.say("LHLO mx.example.invalid", "250");
    talk.say("MAIL FROM:<liu@example.invalid>", "250");
    talk.say("RCPT TO:<office+p1@example.invalid>", "250");
    talk.say("RCPT TO:<mayor@example.invalid>", "250");
    talk.say("RCPT TO:<nobody@example.invalid>", "550");
    talk.say("DATA", "354");
    talk.say(&format!("{}\r\n.", mail.replace('\n', "\r\n")), "250");
    talk
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_is_handed_over_is_durable_before_it_is_answered() {
    let port = free_port();
    let office = office(port);
    office.add_user("officer", "officer");
    let server = Server::start(&office);
    let mut talk = hand_over(port, &petition("liu@example.invalid", "one", ""));
    assert!(talk.hear().starts_with("250"), "one answer for each recipient");
    server.kill();
    let server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await;
    let case = officer.get(&the_case(&officer).await).await.body;
    assert_eq!(case["correspondence"][0]["mailboxes"], json!(["office@example.invalid", "mayor@example.invalid"]));
    // Handed over again after a lost answer: the same mail.
    let mut talk = hand_over(port, &petition("liu@example.invalid", "one", ""));
    assert!(talk.hear().starts_with("250"));
    assert_eq!(officer.get("/api/v1/cases").await.body["total"], 1);
}

#[test]
fn a_crash_before_the_answer_loses_nothing() {
    let port = free_port();
    let mut office = office(port);
    office.set("XINQIAO_STOP_AT", "receive.before_commit");
    let _server = Server::start(&office);
    let mut talk = Talk::new(TcpStream::connect(("127.0.0.1", port)).unwrap());
    talk.say("LHLO mx.example.invalid", "250");
    talk.say("MAIL FROM:<liu@example.invalid>", "250");
    talk.say("RCPT TO:<office@example.invalid>", "250");
    talk.say("DATA", "354");
    let heard = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        talk.say("From: a@example.invalid\r\n\r\na\r\n.", "")
    }));
    assert!(heard.is_err(), "no answer was given for what is not durable");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_is_not_ours_hands_mails_over() {
    const HAND_OVER: &str = "import smtplib, sys\n\
        with smtplib.LMTP('127.0.0.1', int(sys.argv[1])) as lmtp:\n    \
            print(lmtp.sendmail('liu@example.invalid', ['office+x@example.invalid', 'nobody@example.invalid'], sys.stdin.buffer.read()))";
    let port = free_port();
    let office = office(port);
    office.add_user("officer", "officer");
    let server = Server::start(&office);
    let mut client = std::process::Command::new("/usr/bin/python3")
        .args(["-c", HAND_OVER, &port.to_string()])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    // A line that begins with a dot is doubled on the way, by the client.
    let mail = petition("liu@example.invalid", "one", "") + ".一行以点开头\n";
    std::io::Write::write_all(&mut client.stdin.take().unwrap(), mail.replace('\n', "\r\n").as_bytes()).unwrap();
    let answered = client.wait_with_output().unwrap();
    let refused = String::from_utf8(answered.stdout).unwrap();
    assert!(
        answered.status.success() && refused.contains("nobody@example.invalid") && !refused.contains("office@"),
        "{refused}"
    );
    let officer = Program::sign_in(&server, "officer").await;
    let case = officer.get(&the_case(&officer).await).await.body;
    assert_eq!(case["correspondence"][0]["mailboxes"], json!(["office@example.invalid"]), "{case}");
    assert!(case.to_string().contains("\\n.一行以点开头"), "{case}");
}
