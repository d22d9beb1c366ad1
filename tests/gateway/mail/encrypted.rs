//! TLS to real servers: encrypted where it should be, and a server that does not prove who it is gets no password and no mail.

use serde_json::json;

use super::written::{petition, settings_with, the_case};
use crate::harness::Office;
use crate::harness::client::Program;
use crate::harness::post_office::{Certificate, PostOffice};
use crate::harness::server::Server;

/// The setting that names the authority of the test's servers.
fn believed(post: &PostOffice) -> String {
    format!("tls_ca = \"{}\"", post.authority().display())
}

/// One mail goes round over these servers, and neither connection is in the open.
fn a_mail_goes_round(post: &PostOffice, (mailbox, smtp): &(String, String)) {
    let office = Office::configured(&settings_with(mailbox, smtp, &believed(post)));
    post.put("office", &[petition("liu@example.invalid", "one", "").into_bytes()]);
    let fetched = office.run(&["fetch"]).only_line();
    assert_eq!((&fetched["outcome"], &fetched["new"]), (&json!("fetched"), &json!(1)), "{fetched}");
    post.mails_once("liu", 1);
    let dovecot = post.log("dovecot.log");
    let signed_in: Vec<&str> = dovecot.lines().filter(|line| line.contains("Login: user=<office>")).collect();
    assert!(!signed_in.is_empty() && signed_in.iter().all(|line| line.contains("TLS")), "{dovecot}");
    let exim = post.log("exim-main");
    let taken: Vec<&str> = exim.lines().filter(|line| line.contains("<= ")).collect();
    let is_safe = |line: &&str| line.contains("X=TLS") && line.contains("A=plain:office");
    assert!(!taken.is_empty() && taken.iter().all(is_safe), "{exim}");
    let checked = office.run(&["check"]);
    assert!(checked.code == Some(0) && checked.out.contains("smtp"), "{}", checked.out);
}

#[test]
fn a_mail_goes_round_over_tls() {
    let post = PostOffice::with(&["office", "liu"], Certificate::Good);
    a_mail_goes_round(&post, &post.with_tls("office", "localhost"));
}

#[test]
fn a_mail_goes_round_over_starttls() {
    let post = PostOffice::with(&["office", "liu"], Certificate::Good);
    a_mail_goes_round(&post, &post.with_starttls("office", "localhost"));
}

/// What is told when the servers are these and `settings` are believed: of the mailbox, and of sending.
fn told(post: &PostOffice, (mailbox, smtp): &(String, String), settings: &str) -> [String; 2] {
    let office = Office::configured(&settings_with(mailbox, smtp, settings));
    let fetched = office.run(&["fetch"]);
    assert_eq!(fetched.code, Some(1), "{fetched:?}");
    let line = fetched.only_line();
    assert_eq!(line["problem"]["code"], "mailbox_failed", "{line}");
    // A petition through another door, so that there is something to send.
    let mail = office.file("petition.eml", petition("liu@example.invalid", "one", ""));
    assert_eq!(office.run(&["intake", "mail", mail.to_str().unwrap()]).code, Some(0));
    let checked = office.run(&["check"]);
    assert_eq!(checked.code, Some(1), "{}", checked.out);
    let sending = checked.out.lines().find(|line| line.contains("邮件发送")).unwrap().to_owned();
    for secret in [&fetched.out, &fetched.err, &checked.out, &checked.err] {
        assert!(!secret.contains("secret"), "{secret}");
    }
    assert_eq!(post.mails("liu"), Vec::<String>::new(), "nothing was handed to a stranger");
    assert!(!post.log("dovecot.log").contains("Login: user="), "no password was told to a stranger");
    [line["problem"]["detail"].as_str().unwrap().to_owned(), sending]
}

#[test]
fn a_server_that_does_not_prove_who_it_is_gets_nothing() {
    let post = PostOffice::with(&["office", "liu"], Certificate::Good);
    for servers in [post.with_tls("office", "localhost"), post.with_starttls("office", "localhost")] {
        for said in told(&post, &servers, "") {
            assert!(said.contains("不是受信任的机构签发") && said.contains("mail.tls_ca"), "{said}");
        }
    }
    for servers in [post.with_tls("office", "127.0.0.1"), post.with_starttls("office", "127.0.0.1")] {
        for said in told(&post, &servers, &believed(&post)) {
            assert!(said.contains("与地址中的主机名不符"), "{said}");
        }
    }
}

#[test]
fn a_certificate_that_has_ended_is_told() {
    let post = PostOffice::with(&["office", "liu"], Certificate::Expired);
    for said in told(&post, &post.with_tls("office", "localhost"), &believed(&post)) {
        assert!(said.contains("已过期"), "{said}");
    }
}

#[test]
fn a_server_without_starttls_gets_no_password() {
    let post = PostOffice::open(&["office", "liu"]);
    let [fetching, sending] = told(&post, &post.with_starttls("office", "localhost"), "");
    assert!(fetching.contains("不支持STARTTLS"), "{fetching}");
    assert!(sending.contains("不支持") && sending.contains("STARTTLS"), "{sending}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_acknowledgement_waits_until_the_authority_is_known() {
    let post = PostOffice::with(&["office", "liu"], Certificate::Good);
    let mailbox = post.mailbox("office");
    let (_, smtp) = post.with_starttls("office", "localhost");
    let office = Office::configured(&settings_with(&mailbox, &smtp, ""));
    office.add_user("officer", "officer");
    post.put("office", &[petition("liu@example.invalid", "one", "").into_bytes()]);
    let server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await;
    let path = the_case(&officer).await;
    let waiting = officer
        .get_until(&path, |case| case["correspondence"][0]["notices"][0]["delivery"]["delivery"] == "retrying")
        .await;
    let problem = &waiting["correspondence"][0]["notices"][0]["delivery"]["problem"];
    assert!(problem["detail"].as_str().unwrap().contains("mail.tls_ca"), "{problem}");
    drop(server);
    office.configure(&settings_with(&mailbox, &smtp, &believed(&post)));
    let _server = Server::start(&office);
    post.mails_once("liu", 1);
}

#[test]
fn settings_that_would_send_a_password_in_the_open_are_refused() {
    for (url, said) in [
        ("smtp://office:secret@mail.example.invalid?tls=none", "须加密发送"),
        ("smtp://office:secret@mail.example.invalid?tls=opportunistic", "须加密发送"),
        ("smtp://mail.example.invalid?tls=perhaps", "mail.smtp_url应为"),
    ] {
        let refused = Office::configured(&format!("[mail]\nsmtp_url = \"{url}\"\n")).run(&["check"]);
        assert_eq!(refused.code, Some(2), "{refused:?}");
        assert!(refused.err.contains(said) && !refused.err.contains("secret"), "{refused:?}");
    }
}
