//! `winmail.dat`: what Outlook packs a mail into when it takes the other side for another Outlook (MS-OXTNEF).
//!
//! Only what a reader needs is read: the attachments with their names, and the words when the mail has none of its own. Checksums are
//! not believed and not needed: what does not fit ends the reading, and what was read so far stands.

use crate::charset;

/// The first four bytes, little-endian.
const SIGNATURE: u32 = 0x223e_9f78;
/// The most attributes of one file.
const ATTRIBUTE_LIMIT: usize = 10_000;
/// The most properties of one list.
const PROPERTY_LIMIT: usize = 10_000;

// Attributes (MS-OXTNEF section 2.1.3.2), and properties (MS-OXPROPS).
const ATTACH_REND_DATA: u32 = 0x0006_9002;
const ATTACH_TITLE: u32 = 0x0001_8010;
const ATTACH_DATA: u32 = 0x0006_800f;
const ATTACHMENT: u32 = 0x0006_9005;
const MESSAGE_PROPERTIES: u32 = 0x0006_9003;
const BODY: u32 = 0x0002_800c;
const CODE_PAGE: u32 = 0x0006_9007;
const PROPERTY_BODY: u16 = 0x1000;
const PROPERTY_HTML: u16 = 0x1013;
const PROPERTY_LONG_NAME: u16 = 0x3707;
const PROPERTY_SHORT_NAME: u16 = 0x3704;
const PROPERTY_DATA: u16 = 0x3701;

/// What a `winmail.dat` holds.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Tnef {
    /// The words; empty when there are none.
    pub(super) text: String,
    /// Whether they are HTML.
    pub(super) is_html: bool,
    /// The attachments: name and bytes.
    pub(super) files: Vec<(String, Vec<u8>)>,
}

/// Reads a `winmail.dat`; none when `bytes` are none.
pub(super) fn read(bytes: &[u8]) -> Option<Tnef> {
    let mut input = Input(bytes);
    if input.u32()? != SIGNATURE {
        return None;
    }
    let _key = input.u16()?;
    let mut tnef = Tnef::default();
    let mut code_page = None;
    let mut file: Option<(String, Vec<u8>)> = None;
    for _ in 0..ATTRIBUTE_LIMIT {
        let Some((id, value)) = input.attribute() else { break };
        match id {
            ATTACH_REND_DATA => {
                tnef.files.extend(file.take().filter(|(_, bytes)| !bytes.is_empty()));
                file = Some((String::new(), Vec::new()));
            }
            ATTACH_TITLE => {
                if let Some((name, _)) = &mut file {
                    *name = string(value, code_page);
                }
            }
            ATTACH_DATA => {
                if let Some((_, bytes)) = &mut file {
                    *bytes = value.to_vec();
                }
            }
            ATTACHMENT => {
                if let Some((name, bytes)) = &mut file {
                    attachment(value, code_page, name, bytes);
                }
            }
            CODE_PAGE => code_page = Input(value).u32(),
            BODY if tnef.text.is_empty() => tnef.text = string(value, code_page),
            MESSAGE_PROPERTIES => message(value, code_page, &mut tnef),
            _ => {}
        }
    }
    tnef.files.extend(file.filter(|(_, bytes)| !bytes.is_empty()));
    Some(tnef)
}

fn message(list: &[u8], code_page: Option<u32>, tnef: &mut Tnef) {
    properties(list, &mut |id, kind, value| match id {
        PROPERTY_BODY if tnef.text.is_empty() => tnef.text = typed(kind, value, code_page),
        PROPERTY_HTML if tnef.text.is_empty() => {
            tnef.text = charset::decode(value, label(code_page)).text;
            tnef.is_html = true;
        }
        _ => {}
    });
}

fn attachment(list: &[u8], code_page: Option<u32>, name: &mut String, bytes: &mut Vec<u8>) {
    let mut long = false;
    properties(list, &mut |id, kind, value| match id {
        PROPERTY_LONG_NAME => {
            *name = typed(kind, value, code_page);
            long = true;
        }
        PROPERTY_SHORT_NAME if !long && name.is_empty() => *name = typed(kind, value, code_page),
        PROPERTY_DATA if bytes.is_empty() => *bytes = value.to_vec(),
        _ => {}
    });
}

/// Text of a property: type 0x1f is UTF-16, type 0x1e the code page.
fn typed(kind: u16, value: &[u8], code_page: Option<u32>) -> String {
    if kind & 0xfff == 0x1f {
        let units: Vec<u16> =
            value.chunks_exact(2).filter_map(|pair| Some(u16::from_le_bytes(pair.try_into().ok()?))).collect();
        return String::from_utf16_lossy(&units).trim_end_matches('\0').to_owned();
    }
    string(value, code_page)
}

fn string(value: &[u8], code_page: Option<u32>) -> String {
    let end = value.iter().position(|byte| *byte == 0).unwrap_or(value.len());
    charset::decode(value.get(..end).unwrap_or_default(), label(code_page)).text
}

const fn label(code_page: Option<u32>) -> Option<&'static str> {
    match code_page {
        Some(936 | 54_936) => Some("gb18030"),
        Some(950) => Some("big5"),
        Some(65_001) => Some("utf-8"),
        Some(_) | None => None,
    }
}

/// Gives each property of a list: identifier, type, value (of lists of values, the first one).
fn properties(list: &[u8], give: &mut dyn FnMut(u16, u16, &[u8])) {
    let mut input = Input(list);
    let Some(count) = input.u32() else { return };
    for _ in 0..usize::try_from(count).unwrap_or(usize::MAX).min(PROPERTY_LIMIT) {
        let Some((id, kind, value)) = input.property() else { return };
        give(id, kind, value);
    }
}

/// Bytes that are read from their beginning.
struct Input<'bytes>(&'bytes [u8]);

impl<'bytes> Input<'bytes> {
    fn take(&mut self, count: usize) -> Option<&'bytes [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn u16(&mut self) -> Option<u16> {
        self.take(2)?.try_into().ok().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    fn length(&mut self) -> Option<usize> {
        usize::try_from(self.u32()?).ok()
    }

    /// Level, identifier and type, length, value, checksum.
    fn attribute(&mut self) -> Option<(u32, &'bytes [u8])> {
        let _level = self.take(1)?;
        let id = self.u32()?;
        let length = self.length()?;
        let value = self.take(length)?;
        let _checksum = self.take(2);
        Some((id, value))
    }

    /// A property of MAPI; values of changing length are padded to four bytes.
    fn property(&mut self) -> Option<(u16, u16, &'bytes [u8])> {
        let kind = self.u16()?;
        let id = self.u16()?;
        if id >= 0x8000 {
            // Named: a GUID, then a number or a name.
            let _guid = self.take(16)?;
            if self.u32()? == 0 {
                let _number = self.u32()?;
            } else {
                let length = self.length()?;
                let _name = self.padded(length)?;
            }
        }
        let is_list = kind & 0x1000 != 0;
        let fixed = match kind & 0xfff {
            0x02..=0x04 | 0x0a | 0x0b => Some(4),
            0x05..=0x07 | 0x14 | 0x40 => Some(8),
            0x48 => Some(16),
            _ => None,
        };
        match (fixed, is_list) {
            (Some(length), false) => Some((id, kind, self.take(length)?)),
            (Some(length), true) => {
                let count = self.length()?;
                Some((id, kind, self.take(length.checked_mul(count)?)?))
            }
            (None, _) => {
                let count = self.length()?;
                let mut first = None;
                for _ in 0..count.min(PROPERTY_LIMIT) {
                    let length = self.length()?;
                    let mut value = self.padded(length)?;
                    // An object begins with the identifier of its interface.
                    if kind & 0xfff == 0x0d {
                        value = value.get(16..)?;
                    }
                    first = first.or(Some(value));
                }
                Some((id, kind, first.unwrap_or_default()))
            }
        }
    }

    fn padded(&mut self, length: usize) -> Option<&'bytes [u8]> {
        let value = self.take(length)?;
        let _padding = self.take(length.next_multiple_of(4) - length);
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::GB18030;
    use proptest::prelude::*;

    use super::*;

    fn attribute(level: u8, id: u32, value: &[u8]) -> Vec<u8> {
        let sum = value.iter().fold(0_u16, |sum, byte| sum.wrapping_add(u16::from(*byte)));
        let length = u32::try_from(value.len()).unwrap();
        [&[level][..], &id.to_le_bytes(), &length.to_le_bytes(), value, &sum.to_le_bytes()].concat()
    }

    fn property(kind: u16, id: u16, value: &[u8]) -> Vec<u8> {
        let length = u32::try_from(value.len()).unwrap();
        let padding = vec![0; value.len().next_multiple_of(4) - value.len()];
        [&kind.to_le_bytes()[..], &id.to_le_bytes(), &1_u32.to_le_bytes(), &length.to_le_bytes(), value, &padding]
            .concat()
    }

    /// A file as Outlook writes it: two attachments, one with a long name in UTF-16, and a body in GBK.
    fn winmail() -> Vec<u8> {
        let gbk = |text: &str| GB18030.encode(text).0.into_owned();
        let wide: Vec<u8> = "缴费收据（完整文件名）.txt\0".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let long = [
            2_u32.to_le_bytes().to_vec(),
            property(0x0003, 0x0e20, &[])[..4].to_vec(),
            7_u32.to_le_bytes().to_vec(),
            property(0x1f, PROPERTY_LONG_NAME, &wide),
        ]
        .concat();
        [
            SIGNATURE.to_le_bytes().to_vec(),
            vec![1, 0],
            attribute(1, CODE_PAGE, &[936_u32.to_le_bytes(), [0; 4]].concat()),
            attribute(1, BODY, &[gbk("见附件。"), vec![0]].concat()),
            attribute(2, ATTACH_REND_DATA, &[1, 0]),
            attribute(2, ATTACH_TITLE, &[gbk("缴费~1.TXT"), vec![0]].concat()),
            attribute(2, ATTACH_DATA, b"one"),
            attribute(2, ATTACHMENT, &long),
            attribute(2, ATTACH_REND_DATA, &[1, 0]),
            attribute(2, ATTACH_TITLE, &[gbk("合同.txt"), vec![0]].concat()),
            attribute(2, ATTACH_DATA, b"two"),
        ]
        .concat()
    }

    #[test]
    fn attachments_and_words_are_read() {
        let read = read(&winmail()).unwrap();
        assert_eq!(read.text, "见附件。");
        assert_eq!(
            read.files,
            [("缴费收据（完整文件名）.txt".to_owned(), b"one".to_vec()), ("合同.txt".to_owned(), b"two".to_vec())]
        );
        assert_eq!(super::read(b"PK\x03\x04"), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_not(bytes in proptest::collection::vec(any::<u8>(), 0..300), cut in 0_usize..400, at in 0_usize..400, byte: u8) {
            let _any = read(&bytes);
            let mut damaged = winmail();
            damaged.truncate(cut.max(6));
            if let Some(place) = damaged.get_mut(at) {
                *place = byte;
            }
            let _any = read(&damaged);
        }
    }
}
