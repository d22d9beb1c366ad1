//! Which search engine, and how it is reached.

use serde::Deserialize;

/// Settings of the search engine.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SearchSettings {
    /// The address of a Meilisearch server; empty: the embedded engine.
    pub url: String,
    /// The server's key.
    pub key: String,
    /// What the names of our indices begin with.
    pub prefix: String,
}

impl std::fmt::Debug for SearchSettings {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let key = if self.key.is_empty() { "none" } else { "set" };
        formatter
            .debug_struct("SearchSettings")
            .field("url", &self.url)
            .field("key", &key)
            .field("prefix", &self.prefix)
            .finish()
    }
}

impl SearchSettings {
    /// The longest prefix: the server takes names of 400 bytes.
    const LONGEST_PREFIX: usize = 64;

    /// Whether petitions are indexed on a server.
    #[must_use]
    pub const fn is_server(&self) -> bool {
        !self.url.is_empty()
    }

    pub(super) fn check(&self) -> Result<(), String> {
        let host = self.url.strip_prefix("http://").or_else(|| self.url.strip_prefix("https://"));
        let plain = host.is_some_and(|host| {
            !host.trim_end_matches('/').is_empty()
                && !host.contains(['@', '?', '#'])
                && !host.contains(char::is_whitespace)
        });
        if !self.url.is_empty() && !plain {
            return Err("search.url应为http://主机:端口或https://主机:端口，密钥写在search.key中".to_owned());
        }
        let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if self.prefix.is_empty() || self.prefix.len() > Self::LONGEST_PREFIX || !self.prefix.chars().all(letters) {
            return Err(format!("search.prefix应为1至{}个小写字母、数字或_", Self::LONGEST_PREFIX));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(url: &str, prefix: &str) -> SearchSettings {
        SearchSettings { url: url.to_owned(), key: "secret".to_owned(), prefix: prefix.to_owned() }
    }

    #[test]
    fn an_address_is_one_and_holds_no_key() {
        for url in ["", "http://127.0.0.1:7700", "https://search.example/"] {
            assert!(settings(url, "xinqiao").check().is_ok(), "{url}");
        }
        for url in ["127.0.0.1:7700", "http://", "http://key@host", "ftp://host", "http://a b"] {
            assert!(settings(url, "xinqiao").check().is_err(), "{url}");
        }
        assert!(settings("", "信桥").check().is_err());
        assert!(!format!("{:?}", settings("", "a")).contains("secret"));
    }
}
