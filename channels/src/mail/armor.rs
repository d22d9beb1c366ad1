//! What OpenPGP and S/MIME put around words: signatures are kept as files and say nothing to a reader; what is encrypted nobody here can
//! read, and a person must ask the sender.

use case::problem::{Problem, ProblemCode};

use super::signed;

const SIGNED: &str = "-----BEGIN PGP SIGNED MESSAGE-----";
const SIGNATURE: &str = "-----BEGIN PGP SIGNATURE-----";
const SIGNATURE_END: &str = "-----END PGP SIGNATURE-----";
const ENCRYPTED: &str = "-----BEGIN PGP MESSAGE-----";
const ENCRYPTED_END: &str = "-----END PGP MESSAGE-----";
/// `id-envelopedData` of CMS (RFC 5652) as it stands in its bytes.
const ENVELOPED: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x03];
/// `id-signedData`.
const SIGNED_DATA: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
/// The same two of GM/T 0010, which Chinese programs write around SM2.
const ENVELOPED_SM2: &[u8] = &[0x06, 0x0a, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x06, 0x01, 0x04, 0x02, 0x03];
const SIGNED_DATA_SM2: &[u8] = &[0x06, 0x0a, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x06, 0x01, 0x04, 0x02, 0x02];
/// What the first part of an encrypted mail says.
const VERSION: &[u8] = b"Version: 1";
/// How far into a file its kind stands.
const HEAD: usize = 64;

/// Words without what stands around them, and whether some of them are encrypted.
pub(super) fn opened(text: &str) -> (String, bool) {
    if !text.contains("-----BEGIN PGP ") {
        return (text.to_owned(), false);
    }
    let mut words: Vec<&str> = Vec::new();
    let (mut is_signed, mut is_encrypted) = (false, false);
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        match line.trim() {
            SIGNED => {
                is_signed = true;
                // `Hash: SHA256`, up to an empty line.
                let _hash = lines.by_ref().take_while(|line| !line.trim().is_empty()).count();
            }
            SIGNATURE => {
                is_signed = false;
                let _signature = lines.by_ref().take_while(|line| line.trim() != SIGNATURE_END).count();
            }
            ENCRYPTED => {
                is_encrypted = true;
                let _message = lines.by_ref().take_while(|line| line.trim() != ENCRYPTED_END).count();
            }
            // RFC 9580 section 7.2: lines that begin with a dash are escaped.
            _ => words.push(line.strip_prefix("- ").filter(|_| is_signed).unwrap_or(line)),
        }
    }
    (words.join("\n"), is_encrypted)
}

/// Why what is encrypted is not read.
pub(super) fn unreadable() -> Problem {
    ProblemCode::PasswordProtected.because("内容已加密，本中心无法读取，请联系来信人以不加密的方式重发")
}

/// Why words inside of a signature are not read.
pub(super) fn opaque() -> Problem {
    ProblemCode::UnsupportedType
        .because("正文封装在S/MIME签名之内，不能读取，请联系来信人以普通邮件（不签名，或明文签名）重发")
}

/// What a file is that belongs to a signature or an encryption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Armor {
    /// A signature: nothing to read.
    Signature,
    /// It is encrypted.
    Encrypted,
    /// S/MIME with the words inside of the signature.
    Opaque,
}

impl Armor {
    /// The media type of a file that begins with these bytes.
    pub(super) fn media_type(&self, bytes: &[u8]) -> &'static str {
        let is_text = bytes.is_ascii();
        match self {
            Self::Signature if bytes.trim_ascii() == VERSION => "application/pgp-encrypted",
            Self::Signature if is_text => "application/pgp-signature",
            Self::Encrypted if is_text => "application/pgp-encrypted",
            Self::Signature => "application/pkcs7-signature",
            Self::Encrypted | Self::Opaque => "application/pkcs7-mime",
        }
    }
}

/// Whether a file is one of those, by its name and its bytes.
pub(super) fn of_file(name: &str, bytes: &[u8]) -> Option<Armor> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let has = |mark: &[u8]| head.windows(mark.len()).any(|window| window == mark);
    let name = name.to_lowercase();
    // The first part of `multipart/encrypted` (RFC 3156 section 4) says only this.
    if bytes.trim_ascii() == VERSION || bytes.trim_ascii_start().starts_with(SIGNATURE.as_bytes()) {
        Some(Armor::Signature)
    } else if bytes.trim_ascii_start().starts_with(ENCRYPTED.as_bytes()) || has(ENVELOPED) || has(ENVELOPED_SM2) {
        Some(Armor::Encrypted)
    } else if has(SIGNED_DATA) || has(SIGNED_DATA_SM2) {
        // Names are left out or chosen freely; what is inside tells.
        let is_opaque = name.ends_with(".p7m") || (!name.ends_with(".p7s") && signed::content(bytes).is_some());
        Some(if is_opaque { Armor::Opaque } else { Armor::Signature })
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signed_text_is_read_without_its_signature() {
        let text = format!("{SIGNED}\nHash: SHA256\n\n您好\n- -- 完 --\n{SIGNATURE}\n\nabc\n{SIGNATURE_END}\n后面的话");
        assert_eq!(opened(&text), ("您好\n-- 完 --\n后面的话".to_owned(), false));
        let text = format!("见下：\n{ENCRYPTED}\n\nabc\n{ENCRYPTED_END}\n");
        assert_eq!(opened(&text), ("见下：".to_owned(), true));
        assert_eq!(opened(&format!("{SIGNED}\n{SIGNATURE}")).0, "", "one that was cut off");
        assert_eq!(opened("- 一\n- 二").0, "- 一\n- 二");
    }
}
