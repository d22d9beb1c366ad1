//! The words inside of a signature: S/MIME that was signed "opaque" (RFC 8551 section 3.5.2) is a mail inside of CMS `SignedData` (RFC 5652).
//!
//! Only the way to the content is walked, so that no certificate is parsed; the signature is not checked, as none of a mail is. Mail
//! programs write BER with lengths left open and contents in pieces, which readers of DER refuse. Total: any bytes have content or none.

/// `[0]`, explicit.
const EXPLICIT: u8 = 0xa0;
const SEQUENCE: u8 = 0x30;
const OCTETS: u8 = 0x04;
const OCTETS_IN_PIECES: u8 = 0x24;
/// How deep values and pieces may nest on the way: they have two or three levels.
const DEPTH_LIMIT: usize = 16;

/// What was signed, when it is in the bytes; none for a signature beside its words, or for anything else.
pub(super) fn content(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut walk = Walk { bytes, place: 0 };
    walk.enter(SEQUENCE)?;
    walk.skip(DEPTH_LIMIT)?; // what it is
    walk.enter(EXPLICIT)?;
    walk.enter(SEQUENCE)?;
    walk.skip(DEPTH_LIMIT)?; // version
    walk.skip(DEPTH_LIMIT)?; // digests
    let end = walk.enter(SEQUENCE)?;
    walk.skip(DEPTH_LIMIT)?; // what the content is
    if end.is_some_and(|end| walk.place >= end) {
        return None;
    }
    walk.enter(EXPLICIT)?;
    let mut content = Vec::new();
    walk.octets(&mut content, DEPTH_LIMIT)?;
    Some(content)
}

struct Walk<'a> {
    bytes: &'a [u8],
    place: usize,
}

impl Walk<'_> {
    /// Tag and end of the value that begins here; no end when it is left open.
    fn head(&mut self) -> Option<(u8, Option<usize>)> {
        let tag = *self.bytes.get(self.place)?;
        let length = *self.bytes.get(self.place + 1)?;
        self.place += 2;
        let length = match length {
            0x80 => return Some((tag, None)),
            short @ 0..0x80 => usize::from(short),
            long => {
                let count = usize::from(long & 0x7f);
                let digits = self.bytes.get(self.place..self.place + count).filter(|_| count <= 4)?;
                self.place += count;
                digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit))
            }
        };
        let end = self.place.checked_add(length).filter(|end| *end <= self.bytes.len())?;
        Some((tag, Some(end)))
    }

    /// Goes into a value of this tag, and says where it ends.
    fn enter(&mut self, tag: u8) -> Option<Option<usize>> {
        let (found, end) = self.head()?;
        (found == tag).then_some(end)
    }

    /// Goes behind the value that begins here.
    fn skip(&mut self, depth: usize) -> Option<()> {
        let (_, end) = self.head()?;
        if let Some(end) = end {
            self.place = end;
            return Some(());
        }
        while !self.is_closed() {
            self.skip(depth.checked_sub(1)?)?;
        }
        self.place += 2;
        Some(())
    }

    /// Whether a value that was left open ends here.
    fn is_closed(&self) -> bool {
        self.bytes.get(self.place..).is_some_and(|rest| rest.starts_with(&[0, 0]))
    }

    /// Takes the octets that begin here, whole or in pieces.
    fn octets(&mut self, content: &mut Vec<u8>, depth: usize) -> Option<()> {
        match self.head()? {
            (OCTETS, Some(end)) => {
                content.extend_from_slice(self.bytes.get(self.place..end)?);
                self.place = end;
            }
            (OCTETS_IN_PIECES, Some(end)) => {
                while self.place < end {
                    self.octets(content, depth.checked_sub(1)?)?;
                }
            }
            (OCTETS_IN_PIECES, None) => {
                while !self.is_closed() {
                    self.octets(content, depth.checked_sub(1)?)?;
                }
                self.place += 2;
            }
            _ => return None,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `SignedData` with its lengths left open around this value of the content.
    fn open(content: &[u8]) -> Vec<u8> {
        let mut bytes = vec![SEQUENCE, 0x80, 6, 1, 42, EXPLICIT, 0x80, SEQUENCE, 0x80, 2, 1, 1, 0x31, 0];
        bytes.extend([SEQUENCE, 0x80, 6, 1, 42]);
        bytes.extend(content);
        bytes.extend([0; 8]);
        bytes
    }

    #[test]
    fn content_is_found_whole_in_pieces_and_not_at_all() {
        let whole = [
            SEQUENCE, 20, 6, 1, 42, EXPLICIT, 15, SEQUENCE, 13, 2, 1, 1, 0x31, 0, SEQUENCE, 6, 6, 0, EXPLICIT, 2,
            OCTETS, 0,
        ];
        assert_eq!(content(&whole), Some(Vec::new()));
        let pieces = [EXPLICIT, 0x80, OCTETS_IN_PIECES, 0x80, OCTETS, 2, b'a', b'b', OCTETS, 1, b'c', 0, 0, 0, 0];
        assert_eq!(content(&open(&pieces)), Some(b"abc".to_vec()));
        assert_eq!(content(&open(&[])), None, "its words are beside it");
        let beside =
            [SEQUENCE, 18, 6, 1, 42, EXPLICIT, 13, SEQUENCE, 11, 2, 1, 1, 0x31, 0, SEQUENCE, 2, 6, 0, EXPLICIT, 0];
        assert_eq!(content(&beside), None, "certificates are no content");
    }

    proptest! {
        #[test]
        fn any_bytes_are_walked(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _any = content(&bytes);
            let _any = content(&open(&bytes));
            let mut deep = open(&[EXPLICIT, 0x80]);
            deep.truncate(deep.len() - 8);
            deep.extend([OCTETS_IN_PIECES, 0x80].repeat(1000));
            prop_assert_eq!(content(&deep), None);
        }
    }
}
