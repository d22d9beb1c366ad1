//! What mail servers cannot do: each mail is taken in all the same, once. Debian's Dovecot says that it can do less, or keeps less; what it cannot
//! be made to do, a scripted server does.

use serde_json::{Value, json};

use super::fetching::{petitions, submissions};
use super::written::settings;
use crate::harness::Office;
use crate::harness::client::Program;
use crate::harness::post_office::PostOffice;
use crate::harness::scripted_imap::{Habits, ScriptedImap};
use crate::harness::server::Server;

/// What Dovecot says that it can do, without what RFC 3501 does not have but `also`.
fn capability(also: &str) -> String {
    format!("imap_capability = IMAP4rev1 {also}\n")
}

fn counts(line: &Value) -> [u64; 3] {
    ["new", "replays", "marked"].map(|count| line[count].as_u64().unwrap_or_else(|| panic!("{count}: {line}")))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_idle_is_looked_at_again_and_again() {
    let post = PostOffice::set_up(&["office"], &capability("UIDPLUS MOVE"));
    let office = Office::configured(&format!("{}idle = true\n", settings(&post, "acknowledge = false")));
    office.add_user("clerk", "clerk");
    office.add_user("officer", "officer");
    let server = Server::start(&office);
    let clerk = Program::sign_in(&server, "clerk").await;
    for (count, mail) in (1..).zip(petitions(2)) {
        post.send("p@example.invalid", &["office@example.invalid"], std::str::from_utf8(&mail).unwrap());
        let told = clerk.get_until("/api/v1/mailboxes", |told| told["mailboxes"][0]["mails"] == count).await;
        assert_eq!(told["mailboxes"][0]["watched"], "polling", "IDLE is set and the server has none: {told}");
    }
    let officer = Program::sign_in(&server, "officer").await;
    officer.get_until("/api/v1/cases", |cases| cases["total"] == 2).await;
}

#[test]
fn a_server_that_cannot_move_gets_a_copy_before_the_mail_goes_away() {
    let post = PostOffice::set_up(&["office"], &capability("UIDPLUS"));
    let toml = settings(&post, "acknowledge = false") + "processed = \"move\"\nmove_to = \"done\"\n";
    let mut office = Office::configured(&toml);
    post.put("office", &petitions(3));
    let done = post.maildir("office").join(".done");
    let moved = || {
        ["cur", "new"].iter().map(|part| std::fs::read_dir(done.join(part)).map_or(0, Iterator::count)).sum::<usize>()
    };
    office.set("XINQIAO_STOP_AT", "fetch.before_mark");
    assert_eq!(office.run(&["fetch"]).code, None, "it stops before the first mail goes away");
    assert_eq!((post.mails("office").len(), moved()), (3, 0));
    office.unset_all();
    assert_eq!(counts(&office.run(&["fetch"]).only_line()), [2, 0, 1]);
    assert_eq!((post.mails("office").len(), moved()), (0, 3));
    assert_eq!(counts(&office.run(&["fetch"]).only_line()), [0, 0, 0]);
    assert_eq!(submissions(&office), 3);

    // Without UIDPLUS, others' mails would go away with ours.
    let post = PostOffice::set_up(&["office"], &capability(""));
    let office = Office::configured(&(settings(&post, "") + "processed = \"move\"\nmove_to = \"done\"\n"));
    post.put("office", &petitions(1));
    let line = office.run(&["fetch"]).only_line();
    assert!(line["problem"]["detail"].as_str().unwrap().contains("不能移动邮件"), "{line}");
    assert_eq!(post.mails("office").len(), 1, "nothing is taken that could not be put away");
}

#[test]
fn a_folder_that_keeps_no_keywords_gives_each_mail_once() {
    let acl = "mail_plugins = acl\nplugin {\n  acl = vfile\n}\n";
    let post = PostOffice::set_up(&["office"], acl);
    // Reading and seeing, but no flags of one's own (RFC 4314: w).
    std::fs::write(post.maildir("office").join("dovecot-acl"), "owner lrsti\n").unwrap();
    let office = Office::configured(&settings(&post, "acknowledge = false"));
    let mails = petitions(4);
    post.put("office", &mails[..3]);
    assert_eq!(counts(&office.run(&["fetch"]).only_line()), [3, 0, 0]);
    assert_eq!(counts(&office.run(&["fetch"]).only_line()), [0, 0, 0], "they are known by their names");
    assert!(!post.maildir("office").join("dovecot-keywords").exists(), "no keyword was set");
    post.send("p@example.invalid", &["office@example.invalid"], std::str::from_utf8(&mails[3]).unwrap());
    post.mails_once("office", 4);
    assert_eq!(counts(&office.run(&["fetch"]).only_line()), [1, 0, 0]);
    // Other names, and no marks: everything comes again and is known by its content.
    post.forget_names("office");
    let [new, replays, _] = counts(&office.run(&["fetch"]).only_line());
    assert_eq!((new, replays), (0, 4));
    assert_eq!(submissions(&office), 4);
}

/// An office that fetches from a scripted server.
fn scripted(habits: Habits, more: &str) -> (ScriptedImap, Office) {
    let server = ScriptedImap::start(habits);
    let mailbox = format!("[[mail.mailboxes]]\nname = \"信访信箱\"\nurl = \"{}\"\n{more}", server.mailbox());
    let office =
        Office::configured(&format!("[web]\nsign_ins_per_minute = 100\n[mail]\nacknowledge = false\n{mailbox}"));
    (server, office)
}

fn named(first: u32, mails: &[Vec<u8>]) -> Vec<(u32, Vec<u8>)> {
    (first..).zip(mails.iter().cloned()).collect()
}

#[test]
fn names_that_mean_other_mails_lose_none() {
    let mails = petitions(30);
    let habits = Habits { validity: 7, mails: named(1, &mails[8..11]), ..Habits::default() };
    let (server, office) = scripted(habits, "");
    assert_eq!(counts(&office.run(&["fetch"]).only_line()), [3, 0, 0]);
    // As RFC 3501 has it: the names are others, and the server says so.
    server.change(|habits| (habits.validity, habits.mails) = (8, named(1, &mails[9..12])));
    assert_eq!(counts(&office.run(&["fetch"]).only_line()), [1, 2, 0]);
    // As it must not be: the same names for other mails, of another length.
    let longer: Vec<Vec<u8>> =
        mails[20..23].iter().map(|mail| [mail.as_slice(), "请回电话。\n".as_bytes()].concat()).collect();
    server.change(|habits| habits.mails = named(1, &longer));
    assert_eq!(counts(&office.run(&["fetch"]).only_line()), [3, 0, 0]);
    assert_eq!(submissions(&office), 7);
}

#[test]
fn a_server_that_wants_a_name_and_refuses_keywords_gives_each_mail_once() {
    let habits = Habits {
        validity: 7,
        permanent_flags: Some("\\Seen \\*"),
        wants_name: true,
        refuses_keywords: true,
        mails: named(1, &petitions(3)),
        ..Habits::default()
    };
    let (_server, office) = scripted(habits, "");
    assert_eq!(counts(&office.run(&["fetch"]).only_line()), [3, 0, 0]);
    assert_eq!(counts(&office.run(&["fetch"]).only_line()), [0, 0, 0]);
    assert_eq!(submissions(&office), 3);
}

#[test]
fn mails_that_may_not_be_moved_are_registered_and_the_mailbox_says_so() {
    let habits = Habits { validity: 7, refuses_moves: true, mails: named(1, &petitions(3)), ..Habits::default() };
    let (_server, office) = scripted(habits, "processed = \"move\"\nmove_to = \"done\"\n");
    for _round in 0..2 {
        let line = office.run(&["fetch"]).only_line();
        assert_eq!(line["problem"]["code"], json!("mailbox_failed"), "{line}");
        assert!(line["problem"]["detail"].as_str().unwrap().contains("3封邮件已登记"), "{line}");
    }
    assert_eq!(submissions(&office), 3, "the first that is refused holds up none behind it");
}
