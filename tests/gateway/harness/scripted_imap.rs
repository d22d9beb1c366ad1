//! A mail server that behaves as Debian's cannot be made to: one that gives a name twice, keeps no marks, or wants to know who asks. It
//! understands what the gateway says and nothing else.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// How the server behaves.
#[derive(Debug, Clone, Default)]
pub(crate) struct Habits {
    /// UIDVALIDITY.
    pub(crate) validity: u32,
    /// The flags that it says that it keeps; none: it does not say.
    pub(crate) permanent_flags: Option<&'static str>,
    /// Whether it opens no folder before it was told who asks (163.com).
    pub(crate) wants_name: bool,
    /// Whether it refuses to search for keywords and to set them.
    pub(crate) refuses_keywords: bool,
    /// Whether it refuses to move mails.
    pub(crate) refuses_moves: bool,
    /// Names and bytes of its mails.
    pub(crate) mails: Vec<(u32, Vec<u8>)>,
}

/// The server, as long as the test runs.
pub(crate) struct ScriptedImap {
    port: u16,
    habits: Arc<Mutex<Habits>>,
}

impl ScriptedImap {
    /// Starts it on loopback.
    pub(crate) fn start(habits: Habits) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let habits = Arc::new(Mutex::new(habits));
        let served = Arc::clone(&habits);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let served = Arc::clone(&served);
                // A connection that breaks ends with its thread.
                std::thread::spawn(move || drop(serve(&stream, &served)));
            }
        });
        Self { port, habits }
    }

    /// The URL of its one mailbox.
    pub(crate) fn mailbox(&self) -> String {
        format!("imap://office:secret@127.0.0.1:{}", self.port)
    }

    /// Changes how it behaves from the next command on.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Habits)) {
        change(&mut self.habits.lock().unwrap());
    }
}

fn serve(stream: &TcpStream, habits: &Mutex<Habits>) -> std::io::Result<()> {
    let mut answer = stream.try_clone()?;
    answer.write_all(b"* OK ready\r\n")?;
    let mut named = false;
    for line in BufReader::new(stream).lines() {
        let line = line?;
        let (tag, command) = line.split_once(' ').unwrap_or((&line, ""));
        let habits = habits.lock().unwrap().clone();
        let upper = command.to_uppercase();
        named |= upper.starts_with("ID ");
        let refused = (upper.starts_with("SELECT") && habits.wants_name && !named)
            || (upper.contains("KEYWORD") && habits.refuses_keywords)
            || (upper.starts_with("UID STORE") && habits.refuses_keywords)
            || (upper.starts_with("UID MOVE") && habits.refuses_moves);
        if refused {
            answer.write_all(format!("{tag} NO refused\r\n").as_bytes())?;
            continue;
        }
        // In one piece: the end of what is sent in two waits for the client's delayed acknowledgement.
        let whole = [told(&upper, &habits), format!("{tag} OK done\r\n").into_bytes()].concat();
        answer.write_all(&whole)?;
        if upper.starts_with("LOGOUT") {
            break;
        }
    }
    Ok(())
}

/// What stands before the last line of an answer.
fn told(command: &str, habits: &Habits) -> Vec<u8> {
    let mut told = Vec::new();
    if command.starts_with("CAPABILITY") {
        told.extend(b"* CAPABILITY IMAP4rev1 ID MOVE UIDPLUS\r\n");
    } else if command.starts_with("ID ") {
        told.extend(b"* ID NIL\r\n");
    } else if command.starts_with("SELECT") {
        told.extend(format!("* {} EXISTS\r\n* FLAGS (\\Seen \\Deleted)\r\n", habits.mails.len()).as_bytes());
        told.extend(format!("* OK [UIDVALIDITY {}] valid\r\n", habits.validity).as_bytes());
        if let Some(flags) = habits.permanent_flags {
            told.extend(format!("* OK [PERMANENTFLAGS ({flags})] kept\r\n").as_bytes());
        }
    } else if command.starts_with("UID SEARCH") {
        let names: Vec<String> = habits.mails.iter().map(|(uid, _)| uid.to_string()).collect();
        told.extend(format!("* SEARCH {}\r\n", names.join(" ")).as_bytes());
    } else if let Some(asked) = command.strip_prefix("UID FETCH ") {
        let names: Vec<&str> = asked.split(' ').next().unwrap().split(',').collect();
        for (place, (uid, mail)) in habits.mails.iter().enumerate() {
            if !names.contains(&uid.to_string().as_str()) {
                continue;
            }
            let (place, size) = (place + 1, mail.len());
            if asked.contains("RFC822.SIZE") {
                told.extend(format!("* {place} FETCH (UID {uid} RFC822.SIZE {size})\r\n").as_bytes());
            } else {
                told.extend(format!("* {place} FETCH (UID {uid} BODY[] {{{size}}}\r\n").as_bytes());
                told.extend(mail);
                told.extend(b")\r\n");
            }
        }
    }
    told
}
