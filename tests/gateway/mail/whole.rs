//! Every mail that the gateway sends, as a whole: what a petitioner or a clerk of a unit finds in the mailbox. The clock stands still, and
//! what is drawn at random is shown by its name, so that each mail is the same at every run.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use case::dispatch::DispatchKind;
use case::number::RegistrationNumber;
use case::ports::ManualClock;
use case::state::CaseState;
use case::unit::UnitCode;
use mail_parser::{MessageParser, MimeHeaders as _, PartType};
use store::mails::MailPlace;
use tempfile::TempDir;
use xinqiao::configuration::Configuration;
use xinqiao::desk::send::Sending;
use xinqiao::desk::viewer::Viewer;
use xinqiao::gateway::Gateway;

use super::written::{header, mail};

/// An office that stands still.
struct Still {
    folder: TempDir,
    gateway: Gateway,
    mails: u32,
}

impl Still {
    async fn open() -> Self {
        let folder = TempDir::new().unwrap();
        let data = folder.path().join("data");
        let settings = folder.path().join("xinqiao.toml");
        let toml = "[office]\nname = \"定州市群众工作中心\"\nphone = \"0312-2300000\"\n[web]\npublic_url = \"https://xinqiao.example.invalid\"\n\
            [mail]\nfrom = \"群众工作中心 <office@example.invalid>\"\nplus_addressing = true\npersonal_domains = [\"example.invalid\"]\nnotices_per_day = 50\n";
        std::fs::write(&settings, toml).unwrap();
        let configuration = Configuration::load(Some(&settings), data).unwrap();
        let mut gateway = xinqiao::startup::open(configuration).await.unwrap();
        // Tuesday, nine in the morning.
        gateway.clock = Arc::new(ManualClock::at("2026-11-24T01:00:00Z".parse().unwrap()));
        let mut unit = gateway.store.begin().await.unwrap();
        let units = unit.units().await.unwrap();
        for (code, address) in [("130682106", "town@example.invalid"), ("zjj", "zjj@example.invalid")] {
            let unit_of = units.iter().find(|unit| unit.code.as_str() == code).unwrap_or(&units[0]).clone();
            let with_mail = case::unit::Unit {
                code: UnitCode::parse(code).unwrap(),
                mail_address: Some(address.to_owned()),
                ..unit_of
            };
            unit.put_unit(&with_mail).await.unwrap();
        }
        unit.commit().await.unwrap();
        Self { folder, gateway, mails: 0 }
    }

    fn outbox(&self) -> std::path::PathBuf {
        self.folder.path().join("data/outbox")
    }

    /// The one mail that was not sent before.
    fn sent(&self, known: &mut Vec<String>) -> String {
        let entries =
            std::fs::read_dir(self.outbox()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let new: Vec<String> = entries.filter(|name| !known.contains(name)).collect();
        assert_eq!(new.len(), 1, "{new:?}");
        known.extend(new.clone());
        std::fs::read_to_string(self.outbox().join(&new[0])).unwrap()
    }

    /// Takes a mail in and does what is due.
    async fn take(&mut self, headers: &str, subject: &str, body: &str) {
        self.mails += 1;
        let headers = format!("Message-ID: <{}@example.invalid>\n{headers}", self.mails);
        let raw = mail("柳青禾 <liu@example.invalid>", &headers, subject, body);
        let place = MailPlace { mailbox: "信访信箱".to_owned(), uid: None, noted_at: self.gateway.clock.now() };
        self.gateway.receive_mail(&place, raw.as_bytes()).await.unwrap();
        self.gateway.run_until_idle().await.unwrap();
    }

    async fn send(&self, number: &str, kind: DispatchKind, assisting: &[&str], note: Option<&str>) {
        let sending = Sending {
            lead: UnitCode::parse("130682106").unwrap(),
            assisting: assisting.iter().map(|code| UnitCode::parse(code).unwrap()).collect(),
            kind,
            note: note.map(str::to_owned),
        };
        let number = RegistrationNumber::parse(number).unwrap();
        self.gateway.send(&Viewer::at_the_server(), &number, sending).await.unwrap();
        self.gateway.run_until_idle().await.unwrap();
    }

    async fn close(&self, number: &str) {
        let mut unit = self.gateway.store.begin().await.unwrap();
        let case = unit.case_by_number(&RegistrationNumber::parse(number).unwrap()).await.unwrap().unwrap();
        let state = CaseState::Closed { at: self.gateway.clock.now() };
        unit.update_case(&case::matter::Case { state, ..case }).await.unwrap();
        unit.commit().await.unwrap();
    }
}

/// A mail as people and their programs see it: each header decoded, then each part.
fn readable(raw: &str) -> String {
    let message = MessageParser::default().parse(raw.as_bytes()).unwrap();
    let mut shown = String::new();
    let head = raw.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ").replace("\r\n\t", " ");
    for line in head.split("\r\n") {
        let name = line.split(':').next().unwrap();
        let alone = format!("X-Shown: x\r\nSubject:{}\r\n\r\n", &line[name.len() + 1..]);
        let decoded = MessageParser::default().parse(alone.as_bytes());
        let value = decoded.and_then(|message| message.subject().map(str::to_owned)).unwrap_or_default();
        writeln!(shown, "{name}: {value}").unwrap();
    }
    for part in message.parts.iter().filter(|part| matches!(part.body, PartType::Text(_) | PartType::Html(_))) {
        let kind = part.content_type().unwrap();
        let text = part.text_contents().unwrap().replace("\r\n", "\n");
        writeln!(shown, "\n==== {}/{}\n{text}", kind.ctype(), kind.subtype().unwrap()).unwrap();
    }
    shown
}

/// A mail without what is drawn at random: how often that happens before depends on what the office finds.
fn plain(shown: &str) -> String {
    let behind = |mark: &str, end: &[char]| {
        let found = shown.split_once(mark).map(|(_, behind)| behind.split(end).next().unwrap_or_default());
        found.unwrap_or_default().to_owned()
    };
    let token = behind("Message-ID: <", &['@']);
    let id = behind("X-Xinqiao-Dispatch: ", &['\n']);
    let code = behind("查 询 码：", &['\n']) + behind("Query code: ", &['\n']).as_str();
    let mut shown = shown.replace(&token, "TOKEN").replace(&id, "ID");
    if !code.trim().is_empty() {
        shown = shown.replace(code.trim(), "CODE1-CODE2");
    }
    shown
}

fn number(raw: &str) -> String {
    let text = MessageParser::default().parse(raw.as_bytes()).unwrap().body_text(0).unwrap().into_owned();
    let place = text.find("DZ2026").unwrap();
    text[place..place + 16].to_owned()
}

fn answer_to(raw: &str) -> String {
    format!("In-Reply-To: {}\n", header(raw, "Message-ID"))
}

const LAMPS: &str = "领导您好：\n我是清河花园小区业主柳青禾，住3号楼2单元501室，电话13800000011。小区路灯坏了两个月没人修，清泉物业公司互相推诿。希望尽快修好。\n";
const PUMP: &str =
    "Hello,\nthe water pump in our building has been broken since October and nobody repairs it. Please help.\n";
const FEES: &str = "您好：\n我叫柳青禾，住清河花园3号楼2单元501室，电话13800000011。幼儿园多收了三个月的伙食费，一共900元，请要求幼儿园退还。请为我保密，不要把我的姓名告诉幼儿园。\n";

#[tokio::test(flavor = "multi_thread")]
async fn every_mail_as_it_is_sent() {
    let mut still = Still::open().await;
    let mut known = Vec::new();
    let mut seen = Vec::new();
    let mut show = |name: &str, raw: &str| {
        assert!(raw.lines().all(|line| line.len() <= 998), "{name}: RFC 5322 section 2.1.1");
        insta::assert_snapshot!(format!("mail-{name}"), plain(&readable(raw)));
        seen.push(header(&raw.replace("\r\n", "\n"), "Message-ID"));
    };

    still.take("", "小区路灯坏了没人修", LAMPS).await;
    let acknowledged = still.sent(&mut known);
    show("acknowledgement-zh", &acknowledged);
    still.take("", "Broken water pump", PUMP).await;
    let acknowledged_en = still.sent(&mut known);
    show("acknowledgement-en", &acknowledged_en);
    let subject = format!("回复: 已收到您的来信，登记编号 {}", number(&acknowledged));
    still.take(&answer_to(&acknowledged), &subject, "昨晚又有老人摔倒，请尽快处理。\n").await;
    show("supplement-zh", &still.sent(&mut known));
    still
        .take(
            &answer_to(&acknowledged_en),
            "Re: number",
            "It is the pump of house 3, in the cellar, beside the door.\n",
        )
        .await;
    show("supplement-en", &still.sent(&mut known));

    still.send(&number(&acknowledged), DispatchKind::Assign, &["zjj"], Some("请于周五前到现场查看。")).await;
    show("assign", &still.sent(&mut known));
    still.take("", "幼儿园多收费", FEES).await;
    let confidential = still.sent(&mut known);
    show("acknowledgement-confidential", &confidential);
    still.send(&number(&confidential), DispatchKind::Forward, &[], None).await;
    show("forward-confidential", &still.sent(&mut known));

    for (name, earlier, words) in [
        ("after-closing-zh", &acknowledged, "路灯修好三天又坏了，请再派人来看看。\n"),
        ("after-closing-en", &acknowledged_en, "The pump stopped again three days after it had been repaired.\n"),
    ] {
        still.close(&number(earlier)).await;
        still.take(&answer_to(earlier), "Re: 登记", words).await;
        show(name, &still.sent(&mut known));
    }
    assert!(Path::new(&still.outbox()).is_dir());
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 9, "every mail has a Message-ID of its own");
}
