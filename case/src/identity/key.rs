//! Keyed hashes of identities: the same person gives the same key, and nobody without the office's secret can
//! find the number behind it. Only these go into a search index or a comparison.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::petitioner::Petitioner;
use crate::statement::Statement;

/// The office's secret, 32 bytes made at installation and kept beside the database, never inside it.
#[derive(Clone)]
pub struct IdentitySecret([u8; 32]);

impl IdentitySecret {
    /// The secret with exactly these bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The mark by which the office knows a code on paper for one that it printed itself: 12 hexadecimal digits. Nobody without the
    /// secret can make a code that ties a page to somebody else's record.
    #[must_use]
    pub fn mark_of(&self, text: &str) -> String {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        hasher.update(b"xinqiao 2026-11 code on paper");
        hasher.update(text.as_bytes());
        hasher.finalize().to_hex().chars().take(12).collect()
    }

    /// A keyed BLAKE3 of `value` for one `purpose`: proof that the value is ours. The purposes are lower-case names, so that no seal
    /// is ever an [`IdentityKey`].
    #[must_use]
    pub fn seal(&self, purpose: &str, value: &[u8]) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        hasher.update(purpose.as_bytes()).update(&[0]).update(value);
        *hasher.finalize().as_bytes()
    }
}

impl fmt::Debug for IdentitySecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("IdentitySecret(…)")
    }
}

/// What a key was made of, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityKind {
    /// 公民身份号码: certain.
    IdNumber,
    /// 统一社会信用代码: certain.
    CreditCode,
    /// A telephone number: strong, though a household may share one.
    Phone,
    /// A mail address: strong.
    MailAddress,
    /// Name and address together: fair.
    NameAndAddress,
    /// Name alone: weak.
    Name,
}

/// One keyed hash and what it was made of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct IdentityKey {
    /// What was hashed.
    pub kind: IdentityKind,
    /// 32 hexadecimal digits: the first 16 bytes of keyed BLAKE3.
    pub digest: String,
}

impl IdentityKey {
    /// The key of `value`, which must be in its one written form.
    #[must_use]
    pub fn new(secret: &IdentitySecret, kind: IdentityKind, value: &str) -> Self {
        let mut hasher = blake3::Hasher::new_keyed(&secret.0);
        hasher.update(format!("{kind:?}\u{0}{value}").as_bytes());
        let digest = hasher.finalize().to_hex().chars().take(32).collect();
        Self { kind, digest }
    }
}

/// Every key of every petitioner of `statement` (joint signers and the proxy's principal included: 同人 is met when
/// one of them is the same), sorted and without repeats.
#[must_use]
pub fn identity_keys(statement: &Statement, secret: &IdentitySecret) -> Vec<IdentityKey> {
    let mut keys: Vec<IdentityKey> =
        statement.petitioners.iter().flat_map(|petitioner| keys_of(petitioner, secret)).collect();
    keys.sort();
    keys.dedup();
    keys
}

fn keys_of(petitioner: &Petitioner, secret: &IdentitySecret) -> Vec<IdentityKey> {
    let key = |kind, value: &str| IdentityKey::new(secret, kind, value);
    let plain = |text: &str| -> String {
        crate::text::normalise(text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let name = petitioner.name.as_ref().map(|field| plain(&field.value)).filter(|name| !name.is_empty());
    let address =
        petitioner.address.as_ref().map(|field| plain(&field.value)).filter(|address| address.chars().count() >= 4);
    let mut keys = Vec::new();
    keys.extend(petitioner.id_number.as_ref().map(|field| key(IdentityKind::IdNumber, field.value.as_str())));
    keys.extend(petitioner.credit_code.as_ref().map(|field| key(IdentityKind::CreditCode, field.value.as_str())));
    keys.extend(petitioner.phones.iter().map(|field| key(IdentityKind::Phone, field.value.as_str())));
    keys.extend(
        petitioner.mail_address.as_ref().map(|field| key(IdentityKind::MailAddress, &field.value.to_lowercase())),
    );
    if let (Some(name), Some(address)) = (&name, &address) {
        keys.push(key(IdentityKind::NameAndAddress, &format!("{name}\u{0}{address}")));
    }
    keys.extend(name.map(|name| key(IdentityKind::Name, &name)));
    keys
}
