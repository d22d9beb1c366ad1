//! Signed marks that tell whether a mail answers one of ours.
//!
//! A registration number stands in subjects, on paper and in other people's mails, so quoting one proves nothing (a stranger who
//! quotes a number must not get into a case). A token is in our Message-IDs and reply addresses only, carries a keyed seal, and cannot
//! be guessed or made from a number. It still does not say who writes: whoever uses it compares the sender too.

use uuid::Uuid;

use crate::id::{DispatchId, SubmissionId};
use crate::identity::key::IdentitySecret;

/// Bytes of the seal that are written: 80 bits, which cannot be tried out through a mailbox.
const SEAL_BYTES: usize = 10;
/// Bytes of the identifier.
const ID_BYTES: usize = 16;
/// Letters of a written token: one for what it is about, then 26 bytes of five bits a letter.
pub const TOKEN_LENGTH: usize = 1 + (ID_BYTES + SEAL_BYTES) * 8 / 5 + 1;
/// The most words of one text that are tried.
const WORD_LIMIT: usize = 10_000;
/// Crockford's base 32 in lower case, which mail servers may change to upper case without harm.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The mail of ours that a token stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MailThread {
    /// What we wrote to the petitioner of a submission.
    Petitioner(SubmissionId),
    /// What we wrote to the units of a dispatch.
    Units(DispatchId),
}

impl MailThread {
    const fn letter(self) -> char {
        match self {
            Self::Petitioner(_) => 'p',
            Self::Units(_) => 'u',
        }
    }

    const fn id(self) -> Uuid {
        match self {
            Self::Petitioner(id) => id.as_uuid(),
            Self::Units(id) => id.as_uuid(),
        }
    }

    fn seal(self, secret: &IdentitySecret) -> [u8; 32] {
        secret.seal(&format!("mail-thread-{}", self.letter()), self.id().as_bytes())
    }

    /// The token: [`TOKEN_LENGTH`] letters and digits, fit for a Message-ID and for the local part of an address.
    #[must_use]
    pub fn token(self, secret: &IdentitySecret) -> String {
        let seal = self.seal(secret);
        let bytes: Vec<u8> = self.id().as_bytes().iter().chain(seal.iter().take(SEAL_BYTES)).copied().collect();
        std::iter::once(self.letter()).chain(encoded(&bytes)).collect()
    }

    /// The thread that `word` is the token of; none when it is not ours.
    #[must_use]
    pub fn of_token(word: &str, secret: &IdentitySecret) -> Option<Self> {
        if word.len() != TOKEN_LENGTH || !word.is_ascii() {
            return None;
        }
        let (letter, rest) = word.split_at_checked(1)?;
        let bytes = decoded(rest)?;
        let (id, seal) = bytes.split_at_checked(ID_BYTES)?;
        let id = Uuid::from_slice(id).ok()?;
        let thread = match letter {
            "p" | "P" => Self::Petitioner(SubmissionId::from_uuid(id)),
            "u" | "U" => Self::Units(DispatchId::from_uuid(id)),
            _ => return None,
        };
        // Compared without stopping at the first difference, so that time tells nothing.
        let right = thread.seal(secret);
        let difference = seal.iter().zip(right.iter()).fold(0, |sum, (given, right)| sum | (given ^ right));
        (seal.len() == SEAL_BYTES && difference == 0).then_some(thread)
    }

    /// Every thread whose token stands in `text`, each once, in the order of the text.
    #[must_use]
    pub fn find(text: &str, secret: &IdentitySecret) -> Vec<Self> {
        let mut found = Vec::new();
        for word in text.split(|c: char| !c.is_ascii_alphanumeric()).take(WORD_LIMIT) {
            if let Some(thread) = Self::of_token(word, secret)
                && !found.contains(&thread)
            {
                found.push(thread);
            }
        }
        found
    }
}

/// Five bits a letter; the last letter is filled with zero bits.
fn encoded(bytes: &[u8]) -> impl Iterator<Item = char> + '_ {
    let bit = |place: usize| bytes.get(place / 8).map_or(0, |byte| byte >> (7 - place % 8) & 1);
    let letters = (bytes.len() * 8).div_ceil(5);
    (0..letters).map(move |letter| {
        let value = (0..5).fold(0_u8, |value, place| value << 1 | bit(letter * 5 + place));
        DIGITS.get(usize::from(value)).map_or('0', |digit| char::from(*digit))
    })
}

/// The bytes that letters stand for; none when one is no digit.
fn decoded(letters: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(letters.len() * 5 / 8);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for letter in letters.bytes() {
        let value = DIGITS.iter().position(|digit| *digit == letter.to_ascii_lowercase())?;
        held = held << 5 | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).ok()?);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn thread(id: u128, units: bool) -> MailThread {
        let id = Uuid::from_u128(id);
        if units {
            MailThread::Units(DispatchId::from_uuid(id))
        } else {
            MailThread::Petitioner(SubmissionId::from_uuid(id))
        }
    }

    proptest! {
        #[test]
        fn a_token_is_found_again_however_a_server_writes_it(id: u128, units: bool, key: [u8; 32]) {
            let secret = IdentitySecret::new(key);
            let thread = thread(id, units);
            let token = thread.token(&secret);
            prop_assert_eq!(token.len(), TOKEN_LENGTH);
            prop_assert!(token.len() + "xinqiao+".len() <= 64, "it fits into a local part");
            let text = format!("Re: <{token}@example.invalid>, xinqiao+{}@example.invalid", token.to_uppercase());
            prop_assert_eq!(MailThread::find(&text, &secret), [thread]);
        }

        #[test]
        fn a_changed_token_is_none(id: u128, units: bool, place in 0..TOKEN_LENGTH, letter in "[0-9a-z]") {
            let secret = IdentitySecret::new([7; 32]);
            let token = thread(id, units).token(&secret);
            let changed: String = token.char_indices().map(|(at, old)| if at == place { letter.chars().next().unwrap() } else { old }).collect();
            // The last letter has two bits that stand for nothing.
            prop_assume!(changed != token && place + 1 < TOKEN_LENGTH);
            prop_assert_eq!(MailThread::of_token(&changed, &secret), None);
        }

        #[test]
        fn another_office_knows_none_of_ours(id: u128, text in ".{0,60}") {
            let token = thread(id, false).token(&IdentitySecret::new([1; 32]));
            prop_assert_eq!(MailThread::of_token(&token, &IdentitySecret::new([2; 32])), None);
            prop_assert_eq!(MailThread::find(&text, &IdentitySecret::new([1; 32])), []);
        }
    }
}
