//! Petitions for the look-ups: invented ones, or those of a file, repeated as often as are needed, each time about other places.

use anyhow::{Context, Result};
use case::channel::Channel;
use case::id::{CaseId, SubmissionId};
use case::identity::key::{IdentityKey, IdentityKind, IdentitySecret};
use jiff::{SignedDuration, Timestamp};
use search::document::{Document, Space};
use search::judge::{Judge, Petition};
use uuid::Uuid;
use xinqiao::sample::generator::Generator;

/// Characters that names are made of when a text of the file is told of another place.
const NAMES: &str = "锦绣幸福和谐金阳凤凰翠竹碧蓝康乐永安临瑞祥龙泉玉兰桃源紫薇银杏海棠清明月春晓秋实宏泰嘉禾景云松柏梅溪柳岸枫丹霞飞鹤鸣湖光丽都华盛兴隆富贵恒达德润";

/// Where texts come from.
pub(crate) enum Texts {
    /// The project's own generator.
    Invented(Box<Generator>),
    /// Messages of a file.
    Given(Vec<Message>),
}

/// One message of the file.
pub(crate) struct Message {
    title: String,
    body: String,
    /// The names of estates, roads, villages and firms in it, longest first.
    names: Vec<String>,
}

impl Texts {
    /// Those of the file that `MESSAGES` names, invented ones without.
    #[expect(clippy::disallowed_methods, reason = "a measurement takes its settings from the environment")]
    pub(crate) fn open() -> Result<Self> {
        let Some(file) = std::env::var("MESSAGES").ok().filter(|file| !file.is_empty()) else {
            return Ok(Self::Invented(Box::new(Generator::new(1))));
        };
        let judge = Judge::default();
        let mut messages = Vec::new();
        for line in std::fs::read_to_string(&file).with_context(|| file.clone())?.lines() {
            let row: serde_json::Value = serde_json::from_str(line)?;
            let text = |key: &str| row.get(key).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
            messages.push(Message::new(&judge, text("title"), text("body")));
        }
        anyhow::ensure!(!messages.is_empty(), "{file} holds no messages");
        Ok(Self::Given(messages))
    }

    /// The `number`-th petition.
    pub(crate) fn petition(&self, number: u64) -> Result<Petition> {
        let (title, body, who) = match self {
            Self::Invented(generator) => {
                let petition = generator.petition(number);
                (petition.title, petition.body, petition.petitioner.phone)
            }
            Self::Given(messages) => {
                let count = u64::try_from(messages.len())?;
                let message = messages.get(usize::try_from(number % count)?).context("no such text")?;
                let (title, body) = message.elsewhere(number / count);
                (title, body, format!("person {number}"))
            }
        };
        Ok(petition(title, body, number, &who))
    }

    /// The same as a document of the index.
    pub(crate) fn document(&self, number: u64) -> Result<Document> {
        let petition = self.petition(number)?;
        Ok(Document {
            submission: SubmissionId::from_uuid(Uuid::from_u128(u128::from(number))),
            case: CaseId::from_uuid(Uuid::from_u128(u128::from(number))),
            sequence: number,
            space: Space::Ordinary,
            channel: Channel::Web,
            registered_at: petition.registered_at,
            title: petition.title,
            body: petition.body,
            respondents: Vec::new(),
            place: None,
            place_code: None,
            class: None,
            identity: petition.identity,
        })
    }
}

impl Message {
    fn new(judge: &Judge, title: String, body: String) -> Self {
        let told = judge.prepare(&petition(title.clone(), body.clone(), 0, "")).entities();
        let mut names: Vec<String> =
            [told.estates, told.roads, told.villages, told.respondents].into_iter().flatten().collect();
        names.retain(|name| name.chars().count() > 2 && (title.contains(name) || body.contains(name)));
        names.sort_by_key(|name| std::cmp::Reverse(name.chars().count()));
        Self { title, body, names }
    }

    /// The message of another round: each name in it but for its last two characters is another one, the same in title and body.
    fn elsewhere(&self, round: u64) -> (String, String) {
        let (mut title, mut body) = (self.title.clone(), self.body.clone());
        if round == 0 {
            return (title, body);
        }
        for (place, name) in self.names.iter().enumerate() {
            let kept = name.chars().skip(name.chars().count().saturating_sub(2));
            let other: String = invented(round, place).into_iter().chain(kept).collect();
            title = title.replace(name, &other);
            body = body.replace(name, &other);
        }
        (title, body)
    }
}

/// Two characters for the name at `place` of a text in `round`.
fn invented(round: u64, place: usize) -> [char; 2] {
    let list: Vec<char> = NAMES.chars().collect();
    let mixed = (round * 1_009 + u64::try_from(place).unwrap_or(0)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    [mixed >> 40, mixed >> 20].map(|part| {
        let index = usize::try_from(part).unwrap_or(0) % list.len();
        list.get(index).copied().unwrap_or('新')
    })
}

fn petition(title: String, body: String, number: u64, who: &str) -> Petition {
    let start = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * 365 * 56);
    Petition {
        title,
        body,
        registered_at: start + SignedDuration::from_secs(i64::try_from(number).unwrap_or(0)),
        channel: Channel::Web,
        identity: vec![IdentityKey::new(&IdentitySecret::new([7; 32]), IdentityKind::Phone, who)],
        respondents: Vec::new(),
        place: None,
    }
}
