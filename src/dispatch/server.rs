//! Where mails are handed over: `smtps://user:password@host:465`, `smtp://user:password@host:587`.
//!
//! Petitions and passwords do not cross a network in the open: `smtp://` means STARTTLS, and a server without it is not talked to. Plain
//! text is for a server on this machine, or for one that the office names so (`?tls=none`, `?tls=opportunistic`), never with a password.

use crate::mailbox::server::is_loopback;

/// A mail server that takes mails.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpServer {
    /// How the connection is made safe.
    pub protection: SmtpProtection,
    /// The host, also the name in its certificate.
    pub host: String,
    /// The address as the mail library reads it; holds a password.
    url: String,
}

/// How a connection is made safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmtpProtection {
    /// TLS from the first byte (RFC 8314).
    Tls,
    /// TLS after STARTTLS; a server without it gets nothing.
    StartTls,
    /// TLS where the server offers it.
    Opportunistic,
    /// None.
    Plain,
}

/// What is no mail server. Says nothing of what was written: it holds a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSmtpServer {
    /// It is no such address.
    #[error("mail.smtp_url应为smtp://或smtps://地址，可加?tls=required、?tls=opportunistic或?tls=none")]
    Address,
    /// A password would go over the network in the open.
    #[error("mail.smtp_url含有密码，须加密发送：请用smtps://，或去掉?tls=none、?tls=opportunistic")]
    OpenPassword,
}

impl std::fmt::Debug for SmtpServer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { protection, host, url: _ } = self;
        formatter.debug_struct("SmtpServer").field("protection", protection).field("host", host).finish_non_exhaustive()
    }
}

impl SmtpServer {
    /// Reads an address.
    ///
    /// # Errors
    /// It is none, or would send a password in the open.
    pub fn parse(url: &str) -> Result<Self, InvalidSmtpServer> {
        let (scheme, rest) = url.split_once("://").ok_or(InvalidSmtpServer::Address)?;
        let (rest, wish) = rest.split_once('?').map_or((rest, None), |(rest, wish)| (rest, Some(wish)));
        let place = rest.split('/').next().unwrap_or_default();
        let (credentials, host) =
            place.rsplit_once('@').map_or((None, place), |(credentials, host)| (Some(credentials), host));
        let host = match host.strip_prefix('[') {
            Some(address) => address.split(']').next().unwrap_or_default(),
            None => host.split(':').next().unwrap_or_default(),
        };
        let protection = match (scheme, wish) {
            ("smtps", None) => SmtpProtection::Tls,
            ("smtp", Some("tls=required")) => SmtpProtection::StartTls,
            ("smtp", Some("tls=opportunistic")) => SmtpProtection::Opportunistic,
            ("smtp", Some("tls=none")) => SmtpProtection::Plain,
            ("smtp", None) if is_loopback(host) => SmtpProtection::Plain,
            ("smtp", None) => SmtpProtection::StartTls,
            _ => return Err(InvalidSmtpServer::Address),
        };
        if host.is_empty() || host.chars().any(char::is_whitespace) {
            return Err(InvalidSmtpServer::Address);
        }
        let has_password = credentials.is_some_and(|credentials| credentials.contains(':'));
        let is_open = matches!(protection, SmtpProtection::Opportunistic | SmtpProtection::Plain);
        if has_password && is_open && !is_loopback(host) {
            return Err(InvalidSmtpServer::OpenPassword);
        }
        let wish = match protection {
            SmtpProtection::Tls | SmtpProtection::Plain => "",
            SmtpProtection::StartTls => "?tls=required",
            SmtpProtection::Opportunistic => "?tls=opportunistic",
        };
        Ok(Self { protection, host: host.to_owned(), url: format!("{scheme}://{rest}{wish}") })
    }

    /// The address as the mail library reads it.
    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_crosses_a_network_in_the_open_unless_the_office_says_so() {
        for (url, protection, host) in [
            ("smtps://a:b@mail.example.invalid", SmtpProtection::Tls, "mail.example.invalid"),
            ("smtp://a:b@mail.example.invalid:587/", SmtpProtection::StartTls, "mail.example.invalid"),
            ("smtp://mail.example.invalid", SmtpProtection::StartTls, "mail.example.invalid"),
            ("smtp://10.0.0.5:25?tls=none", SmtpProtection::Plain, "10.0.0.5"),
            ("smtp://10.0.0.5?tls=opportunistic", SmtpProtection::Opportunistic, "10.0.0.5"),
            ("smtp://a:b@127.0.0.1:2525", SmtpProtection::Plain, "127.0.0.1"),
            ("smtp://a:b@[::1]:2525", SmtpProtection::Plain, "::1"),
            ("smtp://localhost?tls=required", SmtpProtection::StartTls, "localhost"),
        ] {
            let server = SmtpServer::parse(url).unwrap();
            assert_eq!((server.protection, server.host.as_str()), (protection, host), "{url}");
        }
        for (url, wrong) in [
            ("smtp://a:b@mail.example.invalid?tls=none", InvalidSmtpServer::OpenPassword),
            ("smtp://a:b@10.0.0.5?tls=opportunistic", InvalidSmtpServer::OpenPassword),
            ("smtps://mail.example.invalid?tls=none", InvalidSmtpServer::Address),
            ("smtp://mail.example.invalid?tls=maybe", InvalidSmtpServer::Address),
            ("http://mail.example.invalid", InvalidSmtpServer::Address),
            ("smtp://", InvalidSmtpServer::Address),
            ("mail.example.invalid", InvalidSmtpServer::Address),
        ] {
            assert_eq!(SmtpServer::parse(url), Err(wrong), "{url}");
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        let server = SmtpServer::parse("smtps://user:hidden@mail.example.invalid").unwrap();
        assert!(!format!("{server:?}").contains("hidden"));
    }
}
