//! What a mail is before anybody reads its words: who sent it, what it answers, and whether a person wrote it at all.

use case::problem::{Problem, ProblemCode};

use super::bounce::{self, Bounce};
use super::header::{Headers, unfold};
use super::{automatic, sender, spam, structure};

/// The most bytes of one header value in which a thread is looked for: `References` of long exchanges have some thousand.
const THREAD_LIMIT: usize = 32 * 1024;
/// Headers that name the mails that this one answers, or the address to which it was sent.
const THREADS: [&str; 8] =
    ["in-reply-to", "references", "to", "cc", "delivered-to", "x-original-to", "envelope-to", "subject"];

/// The outside of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// Its Message-ID with its brackets; none when it has none.
    pub message_id: Option<String>,
    /// The address in `From`, as written; none when there is none that can be one, or several.
    pub sender: Option<String>,
    /// Whether `From` names several addresses, so that none can be relied on.
    pub several_senders: bool,
    /// The name beside that address; empty when there is none.
    pub sender_name: String,
    /// The subject in one line.
    pub subject: String,
    /// The headers in which a mark of an earlier mail may stand, one after the other.
    pub threads: String,
    /// Who wrote it.
    pub nature: Nature,
    /// The header by which the delivering mail server calls it spam; none when it does not.
    pub spam: Option<&'static str>,
}

/// Who wrote a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nature {
    /// A person, as far as can be told.
    Person,
    /// A program: an automatic answer, a list, ourselves. What exactly, for people.
    Automatic(&'static str),
    /// A mail server, about a mail of somebody's.
    Bounce(Bounce),
}

impl Nature {
    /// That a person wrote it.
    ///
    /// # Errors
    /// [`ProblemCode::NotAPetition`], with what it is instead.
    pub fn require_person(&self) -> Result<(), Problem> {
        let what = match self {
            Self::Person => return Ok(()),
            Self::Automatic(what) => what,
            Self::Bounce(_) => "退信或回执",
        };
        Err(ProblemCode::NotAPetition.because(format!("{what}，未登记；如确为信访内容，请人工登记")))
    }
}

impl Envelope {
    /// The outside of the mail `raw`. Total: any bytes have one.
    #[must_use]
    pub fn of(raw: &[u8]) -> Self {
        let raw = &*structure::with_line_feeds(raw);
        let headers = Headers::of(raw);
        let text = |name: &str| headers.text(name).map(|value| value.text).unwrap_or_default();
        let from = sender::of(&headers);
        let mut threads = String::new();
        for name in THREADS {
            for value in headers.all(name) {
                let value = unfold(value);
                let value = value.get(..THREAD_LIMIT).unwrap_or(&value);
                threads.push_str(&String::from_utf8_lossy(value));
                threads.push('\n');
            }
        }
        // A subject in an encoded word.
        threads.push_str(&text("subject"));
        Self {
            message_id: Some(text("message-id")).filter(|id| !id.is_empty()),
            sender: from.reliable().map(str::to_owned),
            several_senders: !from.several.is_empty(),
            sender_name: from.name,
            subject: text("subject"),
            threads,
            nature: nature(&headers, raw),
            spam: spam::mark(&headers),
        }
    }
}

/// Who wrote it, by its headers; of answers from programs that do not say so, by their first words.
fn nature(headers: &Headers<'_>, raw: &[u8]) -> Nature {
    if let Some(bounce) = bounce::read(headers, raw) {
        return Nature::Bounce(bounce);
    }
    automatic::what(headers, headers.body(raw)).map_or(Nature::Person, Nature::Automatic)
}
