//! Mails of invented people, and what is read from the mails that come back.

use crate::harness::Office;
use crate::harness::client::Program;
use crate::harness::post_office::PostOffice;

/// The settings of an office that fetches the mailbox `office` and sends through `post`.
pub(crate) fn settings(post: &PostOffice, more: &str) -> String {
    settings_with(&post.mailbox("office"), &post.smtp(), more)
}

/// The settings of an office that fetches the mailbox at this URL and sends through the server at that one.
pub(crate) fn settings_with(mailbox: &str, smtp: &str, more: &str) -> String {
    format!(
        "[mail]\nsmtp_url = \"{smtp}\"\nfrom = \"群众工作中心 <office@example.invalid>\"\nplus_addressing = true\n\
         personal_domains = [\"example.invalid\"]\n{more}\n\
         [[mail.mailboxes]]\nname = \"信访信箱\"\nurl = \"{mailbox}\"\npoll_seconds = 1\n"
    )
}

/// An office that fetches the mailbox `office` and sends through `post`.
pub(crate) fn office(post: &PostOffice, more: &str) -> Office {
    Office::configured(&settings(post, more))
}

/// Has the office know these units: code, name and mailbox.
pub(crate) fn import_units(office: &Office, units: &[(&str, &str, &str)]) {
    let mut file = "code,name,aliases,parent,kind,classes,places,head,mail_address,phone,active\n".to_owned();
    for (code, name, mailbox) in units {
        file.push_str(&format!("{code},{name},,,department,,130682,,{mailbox}@example.invalid,,yes\n"));
    }
    let import = office.file("units.csv", file);
    assert_eq!(office.run(&["unit", "import", import.to_str().unwrap()]).code, Some(0));
}

/// The path of the one case that the office has, as soon as it has one.
pub(crate) async fn the_case(officer: &Program) -> String {
    let cases = officer.get_until("/api/v1/cases", |cases| cases["total"] == 1).await;
    format!("/api/v1/cases/{}", cases["cases"][0]["number"].as_str().unwrap())
}

/// A petition of `from` with this Message-ID.
pub(crate) fn petition(from: &str, id: &str, more_headers: &str) -> String {
    mail(
        from,
        &format!("Message-ID: <{id}@example.invalid>\n{more_headers}"),
        "小区路灯坏了没人修",
        "领导您好：\n我是清河花园小区业主柳青禾，住3号楼2单元501室，电话13800000011。小区路灯坏了两个月没人修，清泉物业公司互相推诿。希望尽快修好。\n",
    )
}

/// Any mail; header lines end with a line feed.
pub(crate) fn mail(from: &str, headers: &str, subject: &str, body: &str) -> String {
    format!(
        "From: {from}\nTo: office@example.invalid\nDate: Tue, 24 Nov 2026 09:00:00 +0800\nSubject: {subject}\nMIME-Version: 1.0\n\
         Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n{headers}\n{body}"
    )
}

/// The value of a header of a mail, unfolded; empty when it is not there.
pub(crate) fn header(mail: &str, name: &str) -> String {
    let head = mail.split("\n\n").next().unwrap().replace("\r\n", "\n");
    let head = head.split("\n\n").next().unwrap().replace("\n ", " ").replace("\n\t", " ");
    let found = head.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    });
    found.unwrap_or_default()
}

/// The text of a mail.
pub(crate) fn text(mail: &str) -> String {
    let message = mail_parser::MessageParser::default().parse(mail.as_bytes()).unwrap();
    message.body_text(0).unwrap().into_owned()
}
