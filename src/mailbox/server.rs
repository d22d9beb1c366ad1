//! Where a mailbox is: `imaps://user:password@host:993`, `imap://user:password@host:143`; `?tls=required` behind it asks for STARTTLS
//! also on this machine.

use std::fmt;

/// How a connection is made safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// TLS from the first byte (RFC 8314).
    Tls,
    /// TLS after STARTTLS; a server without it is not signed in to.
    StartTls,
    /// None: only for a server on this machine.
    Loopback,
}

/// A mailbox on a server.
#[derive(Clone, PartialEq, Eq)]
pub struct MailServer {
    /// How the connection is made safe.
    pub protection: Protection,
    /// The host, also the name in its certificate.
    pub host: String,
    /// The port.
    pub port: u16,
    /// The name to sign in with.
    pub user: String,
    /// The password.
    pub password: String,
}

/// What is no mailbox. Says nothing of what was written: it holds a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("url应为imaps://用户:密码@主机或imap://用户:密码@主机（用户和密码中的特殊字符写作%加两位十六进制）")]
pub struct InvalidMailServer;

impl fmt::Debug for MailServer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("MailServer").field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
}

impl MailServer {
    /// Reads a URL.
    ///
    /// # Errors
    /// It is no URL of a mailbox.
    pub fn parse(url: &str) -> Result<Self, InvalidMailServer> {
        let (scheme, rest) = url.split_once("://").ok_or(InvalidMailServer)?;
        let (rest, required) = match rest.split_once('?') {
            Some((rest, "tls=required")) => (rest, true),
            Some(_) => return Err(InvalidMailServer),
            None => (rest, false),
        };
        let (credentials, host) = rest.trim_end_matches('/').rsplit_once('@').ok_or(InvalidMailServer)?;
        let (user, password) = credentials.split_once(':').ok_or(InvalidMailServer)?;
        let (host, port) = match host.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => {
                (host, Some(port.parse().map_err(|_wrong| InvalidMailServer)?))
            }
            Some(_) | None => (host, None),
        };
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let (protection, usual) = match scheme {
            "imaps" => (Protection::Tls, 993),
            "imap" if is_loopback(&host) && !required => (Protection::Loopback, 143),
            "imap" => (Protection::StartTls, 143),
            _ => return Err(InvalidMailServer),
        };
        let (user, password) = (unescaped(user)?, unescaped(password)?);
        if host.is_empty() || host.contains(['/', '?', '#', ' ']) || user.is_empty() {
            return Err(InvalidMailServer);
        }
        Ok(Self { protection, host, port: port.unwrap_or(usual), user, password })
    }
}

/// Whether a host is this machine.
pub(crate) fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// `%40` is `@`.
fn unescaped(text: &str) -> Result<String, InvalidMailServer> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        if *first == b'%' {
            let (digits, behind) = behind.split_at_checked(2).ok_or(InvalidMailServer)?;
            let digits = std::str::from_utf8(digits).map_err(|_wrong| InvalidMailServer)?;
            bytes.push(u8::from_str_radix(digits, 16).map_err(|_wrong| InvalidMailServer)?);
            rest = behind;
        } else {
            bytes.push(*first);
            rest = behind;
        }
    }
    let text = String::from_utf8(bytes).map_err(|_wrong| InvalidMailServer)?;
    if text.chars().any(char::is_control) { Err(InvalidMailServer) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parsed(url: &str) -> (Protection, String, u16, String, String) {
        let server = MailServer::parse(url).unwrap();
        (server.protection, server.host, server.port, server.user, server.password)
    }

    #[test]
    fn a_mailbox_is_read_from_its_url() {
        let owned = |protection, host: &str, port, user: &str, password: &str| {
            (protection, host.to_owned(), port, user.to_owned(), password.to_owned())
        };
        assert_eq!(
            parsed("imaps://a%40example.invalid:p%25:@mail.example.invalid"),
            owned(Protection::Tls, "mail.example.invalid", 993, "a@example.invalid", "p%:")
        );
        assert_eq!(
            parsed("imap://a:@mail.example.invalid:1143/"),
            owned(Protection::StartTls, "mail.example.invalid", 1143, "a", "")
        );
        assert_eq!(parsed("imap://a:b@[::1]:1143"), owned(Protection::Loopback, "::1", 1143, "a", "b"));
        assert_eq!(parsed("imap://a:b@127.0.0.1").0, Protection::Loopback);
        assert_eq!(parsed("imap://a:b@localhost:1143?tls=required").0, Protection::StartTls);
        assert_eq!(parsed("imaps://a:b@localhost?tls=required").0, Protection::Tls);
        for url in [
            "",
            "imap://host",
            "imap://a@host",
            "pop3://a:b@host",
            "imap://a:b@",
            "imap://a:b@host:x",
            "imap://:b@host",
            "imap://a%0a:b@host",
            "imap://a%4:b@host",
            "imap://a:b@host?tls=none",
            "imap://a:b@host?b=@host",
        ] {
            assert_eq!(MailServer::parse(url), Err(InvalidMailServer), "{url}");
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        let server = MailServer::parse("imaps://user:hidden@host").unwrap();
        assert!(!format!("{server:?}").contains("hidden"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "(imaps?://)?.{0,40}") {
            let _either = MailServer::parse(&text);
        }
    }
}
