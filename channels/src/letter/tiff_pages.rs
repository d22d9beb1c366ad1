//! Pages taken out of TIFF files without decoding them: each page's directory and the bytes that it names are copied as they are
//! (TIFF 6.0, section 2). Works on strangers' files, so only in the page child, and never reads beyond what is there.

use case::problem::{Problem, ProblemCode};

/// The most entries of one page's directory; scanners write about twenty.
const MOST_ENTRIES: usize = 512;
/// Tags that name where data lies, with the tag that names its lengths: strips and tiles.
const DATA: [(u16, u16); 2] = [(273, 279), (324, 325)];
/// Tags that name further directories, which a page that stands alone does not need.
const LEFT_OUT: [u16; 3] = [330, 34665, 34853];

/// One field of a page.
struct Entry {
    tag: u16,
    kind: u16,
    count: u32,
    value: Vec<u8>,
}

/// A TIFF file as bytes with the order of its numbers.
struct File<'bytes> {
    bytes: &'bytes [u8],
    big_end: bool,
}

/// The file that holds `pages`, each as file and page from 0, in this order.
///
/// # Errors
/// A file is damaged, of another kind, or has another order of bytes than the first one.
pub fn take_out(files: &[&[u8]], pages: &[(usize, u16)]) -> Result<Vec<u8>, Problem> {
    let opened = files.iter().map(|bytes| File::open(bytes)).collect::<Result<Vec<_>, _>>()?;
    let big_end = opened.first().is_some_and(|file| file.big_end);
    let mut out = Out { bytes: Vec::new(), big_end };
    out.bytes.extend(if big_end { b"MM\0*" } else { b"II*\0" });
    let mut link = out.bytes.len();
    out.long(0);
    for (file, page) in pages {
        let file = opened.get(*file).ok_or_else(damaged)?;
        if file.big_end != big_end {
            return Err(ProblemCode::UnsupportedType.because("正反面TIFF的字节顺序不同，请用同一台扫描仪重新扫描"));
        }
        link = out.page(file, file.directory(*page)?, link)?;
    }
    Ok(out.bytes)
}

impl<'bytes> File<'bytes> {
    fn open(bytes: &'bytes [u8]) -> Result<Self, Problem> {
        match bytes.get(..4) {
            Some(b"II*\0") => Ok(Self { bytes, big_end: false }),
            Some(b"MM\0*") => Ok(Self { bytes, big_end: true }),
            _ => Err(ProblemCode::UnsupportedType.because("无法拆分这种TIFF（BigTIFF），请改用普通TIFF或PDF")),
        }
    }

    fn part(&self, from: u32, length: u64) -> Result<&'bytes [u8], Problem> {
        let from = usize::try_from(from).ok();
        let to = from.and_then(|from| usize::try_from(length).ok().and_then(|length| from.checked_add(length)));
        from.zip(to).and_then(|(from, to)| self.bytes.get(from..to)).ok_or_else(damaged)
    }

    fn short(&self, at: u32) -> Result<u16, Problem> {
        let bytes = self.part(at, 2)?;
        let bytes = <[u8; 2]>::try_from(bytes).map_err(|_short| damaged())?;
        Ok(if self.big_end { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    }

    fn long(&self, at: u32) -> Result<u32, Problem> {
        long_of(self.part(at, 4)?, self.big_end)
    }

    /// The fields of page `page` from 0.
    fn directory(&self, page: u16) -> Result<Vec<Entry>, Problem> {
        let mut at = self.long(4)?;
        for _ in 0..page {
            let entries = u32::from(self.short(at)?);
            at = self.long(at.checked_add(2 + entries * 12).ok_or_else(damaged)?)?;
            if at == 0 {
                return Err(damaged());
            }
        }
        let count = self.short(at)?;
        if usize::from(count) > MOST_ENTRIES {
            return Err(damaged());
        }
        let entry = |number: u16| {
            let at = at.checked_add(2 + u32::from(number) * 12).ok_or_else(damaged)?;
            let after = |bytes| at.checked_add(bytes).ok_or_else(damaged);
            let (tag, kind, count) = (self.short(at)?, self.short(after(2)?)?, self.long(after(4)?)?);
            let length = u64::from(count) * width_of(kind);
            let place = after(8)?;
            let value = if length <= 4 { self.part(place, length)? } else { self.part(self.long(place)?, length)? };
            Ok(Entry { tag, kind, count, value: value.to_vec() })
        };
        (0..count).map(entry).collect()
    }
}

impl Entry {
    /// Its values as numbers; fields of offsets and lengths are SHORT or LONG.
    fn numbers(&self, big_end: bool) -> Result<Vec<u32>, Problem> {
        match self.kind {
            3 => Ok(self
                .value
                .chunks_exact(2)
                .filter_map(|pair| <[u8; 2]>::try_from(pair).ok())
                .map(|pair| u32::from(if big_end { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }))
                .collect()),
            4 => self.value.chunks_exact(4).map(|four| long_of(four, big_end)).collect(),
            _ => Err(damaged()),
        }
    }
}

/// The file that is written.
struct Out {
    bytes: Vec<u8>,
    big_end: bool,
}

impl Out {
    fn short(&mut self, value: u16) {
        self.bytes.extend(if self.big_end { value.to_be_bytes() } else { value.to_le_bytes() });
    }

    fn long(&mut self, value: u32) {
        self.bytes.extend(self.long_bytes(value));
    }

    const fn long_bytes(&self, value: u32) -> [u8; 4] {
        if self.big_end { value.to_be_bytes() } else { value.to_le_bytes() }
    }

    /// Where the next byte goes; everything starts at an even place.
    fn here(&mut self) -> Result<u32, Problem> {
        if self.bytes.len() % 2 == 1 {
            self.bytes.push(0);
        }
        u32::try_from(self.bytes.len()).map_err(|_long| ProblemCode::InputTooLarge.because("TIFF过大，请分批扫描"))
    }

    /// Writes a page and puts its place at `link`; gives the place of the next link.
    fn page(&mut self, file: &File<'_>, mut entries: Vec<Entry>, link: usize) -> Result<usize, Problem> {
        entries.retain(|entry| !LEFT_OUT.contains(&entry.tag));
        for (offsets, lengths) in DATA {
            let lengths = entries.iter().find(|entry| entry.tag == lengths).map(|entry| entry.numbers(self.big_end));
            let Some(place) = entries.iter().position(|entry| entry.tag == offsets) else { continue };
            let from = entries.get(place).map(|entry| entry.numbers(self.big_end)).transpose()?.unwrap_or_default();
            let lengths = lengths.transpose()?.ok_or_else(damaged)?;
            if from.len() != lengths.len() {
                return Err(damaged());
            }
            let mut value = Vec::new();
            for (from, length) in from.iter().zip(lengths) {
                let data = file.part(*from, u64::from(length))?;
                value.extend(self.here().map(|here| self.long_bytes(here))?);
                self.bytes.extend_from_slice(data);
            }
            let count = u32::try_from(from.len()).map_err(|_many| damaged())?;
            if let Some(entry) = entries.get_mut(place) {
                *entry = Entry { tag: offsets, kind: 4, count, value };
            }
        }
        self.directory(&entries, link)
    }

    fn directory(&mut self, entries: &[Entry], link: usize) -> Result<usize, Problem> {
        let mut fields = Vec::new();
        for entry in entries {
            let value = if entry.value.len() <= 4 {
                let mut value = [0; 4];
                value.iter_mut().zip(&entry.value).for_each(|(to, from)| *to = *from);
                value
            } else {
                let here = self.here()?;
                self.bytes.extend_from_slice(&entry.value);
                self.long_bytes(here)
            };
            fields.push((entry.tag, entry.kind, entry.count, value));
        }
        let here = self.here()?;
        let place = self.long_bytes(here);
        if let Some(linked) = self.bytes.get_mut(link..link + 4) {
            linked.copy_from_slice(&place);
        }
        self.short(u16::try_from(fields.len()).map_err(|_many| damaged())?);
        for (tag, kind, count, value) in fields {
            self.short(tag);
            self.short(kind);
            self.long(count);
            self.bytes.extend(value);
        }
        let next = self.bytes.len();
        self.long(0);
        Ok(next)
    }
}

fn long_of(bytes: &[u8], big_end: bool) -> Result<u32, Problem> {
    let bytes = <[u8; 4]>::try_from(bytes).map_err(|_short| damaged())?;
    Ok(if big_end { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
}

/// Bytes of one value of a type (TIFF 6.0, section 2).
const fn width_of(kind: u16) -> u64 {
    match kind {
        3 | 8 => 2,
        4 | 9 | 11 | 13 => 4,
        5 | 10 | 12 => 8,
        _ => 1,
    }
}

fn damaged() -> Problem {
    ProblemCode::DamagedFile.because("TIFF文件损坏或不完整，请重新扫描或重新上传")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tiff::encoder::{TiffEncoder, colortype};

    use super::super::decode::{self, Samples};
    use super::super::kind::FileKind;
    use super::super::settings::Limits;
    use super::*;

    fn file(greys: &[u8]) -> Vec<u8> {
        let mut bytes = std::io::Cursor::new(Vec::new());
        let mut encoder = TiffEncoder::new(&mut bytes).expect("a file");
        for grey in greys {
            encoder.write_image::<colortype::Gray8>(30, 20, &[*grey; 600]).expect("a page");
        }
        bytes.into_inner()
    }

    #[test]
    fn pages_come_out_in_the_order_asked_for_with_their_pixels() {
        let (fronts, backs) = (file(&[10, 20, 30]), file(&[33, 22, 11]));
        let taken = take_out(&[&fronts, &backs], &[(0, 0), (1, 2), (0, 1), (1, 1)]).expect("taken");
        let limits = Limits::default();
        assert_eq!(decode::count(&taken, FileKind::Tiff, &limits), Ok(4));
        for (index, grey) in [10, 11, 20, 22].into_iter().enumerate() {
            let index = u16::try_from(index).expect("small");
            let picture = decode::decode(&taken, FileKind::Tiff, index, &limits).expect("decoded");
            assert_eq!(picture.samples, Samples::Grey(vec![grey; 600]), "page {index}");
        }
    }

    #[test]
    fn a_page_that_is_not_there_is_damage() {
        let problem = take_out(&[&file(&[1])], &[(0, 1)]).expect_err("there is one page");
        assert_eq!(problem.code, ProblemCode::DamagedFile);
    }

    proptest! {
        #[test]
        fn any_bytes_are_taken_apart_or_refused(place in 0_usize..1500, byte in any::<u8>(), length in 0_usize..1500) {
            let mut bytes = file(&[1, 2]);
            if let Some(changed) = bytes.get_mut(place) {
                *changed = byte;
            }
            bytes.truncate(bytes.len().saturating_sub(length));
            let _total = take_out(&[&bytes], &[(0, 0), (0, 1)]);
        }
    }
}
