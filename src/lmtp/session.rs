//! The conversation of LMTP without a network: bytes in, replies and finished mails out. Total: any bytes are answered.

use smtp_proto::request::receiver::{DataReceiver, DummyDataReceiver, RequestReceiver};
use smtp_proto::{Error, Request};

/// The most bytes of one mail: what the gateway keeps as an original, less what is put before it.
pub const SIZE_LIMIT: usize = crate::intake::receive::ORIGINAL_LIMIT - 1024;
/// The most recipients of one mail (RFC 5321 section 4.5.3.1.8 asks for at least 100).
const RECIPIENT_LIMIT: usize = 100;
/// The most commands that are not understood before the conversation is ended.
const MISTAKE_LIMIT: u32 = 20;
/// Longest address, RFC 5321 section 4.5.3.1.3.
const ADDRESS_LIMIT: usize = 256;

/// One conversation.
pub struct Session<'settings> {
    /// The addresses that are taken, lower case; empty: every one.
    recipients: &'settings [String],
    requests: RequestReceiver,
    greeted: bool,
    sender: Option<String>,
    to: Vec<String>,
    receiving: Receiving,
    mistakes: u32,
}

/// What the next bytes are.
enum Receiving {
    Commands,
    Data {
        receiver: DataReceiver,
        bytes: Vec<u8>,
    },
    /// The mail is over the limit; its rest is passed over.
    TooMuch(DummyDataReceiver),
}

/// What the conversation asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Say this, lines with their ends.
    Reply(String),
    /// Make this mail durable, then say for each recipient how that went ([`each`]).
    Take(Mail),
    /// Say this, then close.
    Close(String),
}

/// A mail that was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Who sent it, as the server says; empty for reports of servers.
    pub sender: String,
    /// To whom, in the order in which they were named.
    pub recipients: Vec<String>,
    /// Its bytes, without `Return-Path`.
    pub bytes: Vec<u8>,
}

impl<'settings> Session<'settings> {
    /// A conversation that takes mails for `recipients` (lower case, without what stands behind a plus; empty: every one).
    #[must_use]
    pub fn new(recipients: &'settings [String]) -> Self {
        Self {
            recipients,
            requests: RequestReceiver::default(),
            greeted: false,
            sender: None,
            to: Vec::new(),
            receiving: Receiving::Commands,
            mistakes: 0,
        }
    }

    /// Goes on with `bytes`, leaving in it what belongs to the next step; none when more bytes are needed.
    pub fn next(&mut self, bytes: &mut std::slice::Iter<'_, u8>) -> Option<Step> {
        match &mut self.receiving {
            Receiving::Commands => self.command(bytes),
            Receiving::Data { receiver, bytes: mail } => {
                // Never more than the limit and what was just read is held.
                if receiver.ingest(bytes, mail) {
                    let mail = Mail {
                        sender: self.sender.take().unwrap_or_default(),
                        recipients: std::mem::take(&mut self.to),
                        bytes: std::mem::take(mail),
                    };
                    self.receiving = Receiving::Commands;
                    if mail.bytes.len() > SIZE_LIMIT {
                        return Some(Step::Reply(each(mail.recipients.len(), TOO_LARGE)));
                    }
                    return Some(Step::Take(mail));
                }
                if mail.len() > SIZE_LIMIT {
                    self.receiving = Receiving::TooMuch(DummyDataReceiver::new_data(receiver));
                }
                None
            }
            Receiving::TooMuch(receiver) => receiver.ingest(bytes).then(|| {
                let recipients = std::mem::take(&mut self.to).len();
                self.sender = None;
                self.receiving = Receiving::Commands;
                Step::Reply(each(recipients, TOO_LARGE))
            }),
        }
    }

    fn command(&mut self, bytes: &mut std::slice::Iter<'_, u8>) -> Option<Step> {
        let request = match self.requests.ingest(bytes) {
            Ok(request) => request.into_owned(),
            Err(Error::NeedsMoreData { .. }) => return None,
            Err(error) => return Some(self.mistake(&error)),
        };
        Some(match request {
            Request::Lhlo { .. } => {
                self.greeted = true;
                self.reset();
                Step::Reply(format!(
                    "250-xinqiao\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE {SIZE_LIMIT}\r\n"
                ))
            }
            Request::Mail { from } if self.greeted && self.sender.is_none() => {
                if from.size > SIZE_LIMIT {
                    Step::Reply(TOO_LARGE.to_owned())
                } else {
                    self.sender = Some(from.address);
                    reply("250 2.1.0 OK")
                }
            }
            Request::Rcpt { to } if self.sender.is_some() => self.recipient(&to.address),
            Request::Data if self.sender.is_some() && !self.to.is_empty() => {
                self.receiving = Receiving::Data { receiver: DataReceiver::new(), bytes: Vec::new() };
                reply("354 Go on")
            }
            Request::Mail { .. } | Request::Rcpt { .. } | Request::Data => reply("503 5.5.1 Not in this order"),
            Request::Rset => {
                self.reset();
                reply("250 2.0.0 OK")
            }
            Request::Noop { .. } => reply("250 2.0.0 OK"),
            Request::Vrfy { .. } => reply("252 2.5.2 Send it and see"),
            Request::Quit => Step::Close("221 2.0.0 Bye\r\n".to_owned()),
            Request::Ehlo { .. } | Request::Helo { .. } => reply("500 5.5.1 This is LMTP: LHLO"),
            Request::Bdat { .. }
            | Request::Auth { .. }
            | Request::Expn { .. }
            | Request::Help { .. }
            | Request::Etrn { .. }
            | Request::Atrn { .. }
            | Request::Burl { .. }
            | Request::StartTls => reply("502 5.5.1 Not offered"),
        })
    }

    fn recipient(&mut self, address: &str) -> Step {
        let address = address.to_lowercase();
        let plain = match address.split_once('@') {
            Some((local, domain)) => format!("{}@{domain}", local.split('+').next().unwrap_or_default()),
            None => address.clone(),
        };
        if address.len() > ADDRESS_LIMIT || address.chars().any(char::is_control) {
            reply("501 5.1.3 No address")
        } else if !self.recipients.is_empty() && !self.recipients.iter().any(|taken| taken.eq_ignore_ascii_case(&plain))
        {
            reply("550 5.1.1 Not an address of this office")
        } else if self.to.len() == RECIPIENT_LIMIT {
            reply("452 4.5.3 Too many recipients")
        } else {
            self.to.push(plain);
            reply("250 2.1.5 OK")
        }
    }

    fn mistake(&mut self, error: &Error) -> Step {
        self.mistakes += 1;
        if self.mistakes > MISTAKE_LIMIT {
            return Step::Close("421 4.7.0 Too many mistakes\r\n".to_owned());
        }
        match error {
            Error::InvalidSenderAddress | Error::InvalidRecipientAddress => reply("501 5.1.3 No address"),
            Error::InvalidParameter { .. } | Error::UnsupportedParameter { .. } => {
                reply("555 5.5.4 Parameter not understood")
            }
            Error::ResponseTooLong => reply("500 5.5.6 Line too long"),
            Error::UnknownCommand
            | Error::SyntaxError { .. }
            | Error::NeedsMoreData { .. }
            | Error::InvalidResponse { .. } => reply("500 5.5.2 Not understood"),
        }
    }

    fn reset(&mut self) {
        self.sender = None;
        self.to.clear();
    }
}

const TOO_LARGE: &str = "552 5.3.4 Too large\r\n";

/// The same reply for each recipient, as LMTP wants it.
pub fn each(recipients: usize, line: &str) -> String {
    line.repeat(recipients)
}

fn reply(line: &str) -> Step {
    Step::Reply(format!("{line}\r\n"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a conversation answers to `bytes` that come in pieces of `piece`, and the mails in it.
    fn talk(recipients: &[String], bytes: &[u8], piece: usize) -> (String, Vec<Mail>) {
        let (mut said, mut mails) = (String::new(), Vec::new());
        let mut session = Session::new(recipients);
        for piece in bytes.chunks(piece) {
            let mut rest = piece.iter();
            while let Some(step) = session.next(&mut rest) {
                match step {
                    Step::Reply(text) => said.push_str(&text),
                    Step::Take(mail) => {
                        said.push_str(&each(mail.recipients.len(), "250\r\n"));
                        mails.push(mail);
                    }
                    Step::Close(text) => {
                        said.push_str(&text);
                        return (said, mails);
                    }
                }
            }
        }
        (said, mails)
    }

    const WHOLE: &[u8] = b"LHLO mx.example.invalid\r\nMAIL FROM:<> BODY=8BITMIME\r\nRCPT TO:<Xinqiao+p123@Example.invalid>\r\nRCPT TO:<b@example.invalid>\r\nDATA\r\nSubject: a\r\n\r\n..dot\r\nend\r\n.\r\nMAIL FROM:<a@example.invalid> SIZE=5\r\nRCPT TO:<b@example.invalid>\r\nDATA\r\n\r\n.\r\nQUIT\r\n";

    #[test]
    fn mails_come_out_as_they_were_sent_in_any_pieces() {
        let (said, mails) = talk(&[], WHOLE, WHOLE.len());
        assert_eq!(mails.len(), 2);
        assert_eq!(mails[0].recipients, ["xinqiao@example.invalid", "b@example.invalid"]);
        assert_eq!((mails[0].sender.as_str(), mails[1].sender.as_str()), ("", "a@example.invalid"));
        assert_eq!(mails[0].bytes, b"Subject: a\r\n\r\n.dot\r\nend\r\n");
        assert!(said.ends_with("250\r\n221 2.0.0 Bye\r\n"), "{said}");
        for piece in 1..80 {
            assert_eq!(talk(&[], WHOLE, piece), (said.clone(), mails.clone()), "{piece}");
        }
    }

    #[test]
    fn only_addresses_of_the_office_are_taken() {
        let ours = ["xinqiao@example.invalid".to_owned()];
        let (said, mails) = talk(&ours, WHOLE, 7);
        assert!(said.contains("550 5.1.1"), "{said}");
        assert_eq!(mails.len(), 1, "the second mail has nobody to go to");
        assert_eq!(mails[0].recipients, ours);
    }

    #[test]
    fn order_and_limits_hold() {
        let (said, _) = talk(&[], b"MAIL FROM:<a@b.invalid>\r\nDATA\r\nEHLO a\r\nLHLO a\r\nDATA\r\nMAIL FROM:<a@b.invalid> SIZE=999999999\r\nBDAT 3\r\n", 5);
        let codes: Vec<&str> = said.lines().filter_map(|line| line.get(..3)).collect();
        assert_eq!(
            codes,
            ["503", "503", "500", "250", "250", "250", "250", "250", "250", "503", "552", "502"],
            "{said}"
        );
        let many =
            [b"LHLO a\r\nMAIL FROM:<a@b.invalid>\r\n".as_slice(), &b"RCPT TO:<c@d.invalid>\r\n".repeat(101)].concat();
        assert!(talk(&[], &many, 64).0.ends_with("452 4.5.3 Too many recipients\r\n"));
        let nonsense = b"WHAT\r\n".repeat(40);
        assert!(talk(&[], &nonsense, 64).0.ends_with("421 4.7.0 Too many mistakes\r\n"));
    }

    #[test]
    fn a_mail_over_the_limit_is_passed_over_without_being_held() {
        let mut session = Session::new(&[]);
        let mut said = String::new();
        let mut feed = |bytes: &[u8]| {
            let mut rest = bytes.iter();
            while let Some(step) = session.next(&mut rest) {
                match step {
                    Step::Reply(text) => said.push_str(&text),
                    Step::Take(_) | Step::Close(_) => panic!("it is too large"),
                }
            }
            if let Receiving::Data { bytes, .. } = &session.receiving {
                assert!(bytes.len() <= SIZE_LIMIT + (1 << 20));
            }
        };
        feed(b"LHLO a\r\nMAIL FROM:<a@b.invalid>\r\nRCPT TO:<c@d.invalid>\r\nRCPT TO:<e@d.invalid>\r\nDATA\r\n");
        let line = [vec![b'x'; (1 << 20) - 2], b"\r\n".to_vec()].concat();
        for _ in 0..110 {
            feed(&line);
        }
        feed(b".\r\nNOOP\r\n");
        assert!(
            said.ends_with("354 Go on\r\n552 5.3.4 Too large\r\n552 5.3.4 Too large\r\n250 2.0.0 OK\r\n"),
            "{said}"
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..400), piece in 1_usize..50) {
            let _answered = talk(&[], &bytes, piece);
        }

        #[test]
        fn anything_like_commands_is_answered(lines in proptest::collection::vec("(LHLO a|MAIL FROM:<.{0,8}>|RCPT TO:<.{0,8}>|DATA|RSET|\\.|BDAT [0-9]{1,20}|.{0,12})", 0..20), piece in 1_usize..50) {
            let _answered = talk(&[], lines.join("\r\n").as_bytes(), piece);
        }
    }
}
