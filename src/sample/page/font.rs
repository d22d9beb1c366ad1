//! The system's Chinese typefaces. None is shipped with the gateway: they are read where Debian's `fonts-noto-cjk` and the
//! packages of other distributions put them.

use std::path::Path;

use ab_glyph::FontVec;
use case::problem::{Problem, ProblemCode};

use super::style::Typeface;

/// Where distributions put the Noto CJK collections.
const FOLDERS: [&str; 4] = [
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/google-noto-cjk",
    "/usr/share/fonts/noto",
];

/// The place of the simplified Chinese face in the Noto collections (JP, KR, SC, TC, HK).
const SIMPLIFIED: u32 = 2;

/// A typeface drawn after handwriting; Debian's `fonts-lxgw-wenkai`.
const HAND: &str = "/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Light.ttf";

/// The typefaces that were found.
#[derive(Debug)]
pub struct Typefaces {
    song: Option<FontVec>,
    hei: Option<FontVec>,
    hand: Option<FontVec>,
}

impl Typefaces {
    /// Reads both typefaces from the system.
    ///
    /// # Errors
    /// [`ProblemCode::FontMissing`] when neither is there.
    pub fn of_system() -> Result<Self, Problem> {
        let read = |file: &str| FOLDERS.iter().find_map(|folder| read_collection(&Path::new(folder).join(file)));
        let typefaces = Self {
            song: read("NotoSerifCJK-Regular.ttc"),
            hei: read("NotoSansCJK-Regular.ttc"),
            hand: read_font(Path::new(HAND)),
        };
        if typefaces.song.is_none() && typefaces.hei.is_none() { Err(missing()) } else { Ok(typefaces) }
    }

    /// The font of `typeface`, or the other one where only that is installed.
    ///
    /// # Errors
    /// [`ProblemCode::FontMissing`] when neither is there.
    pub fn get(&self, typeface: Typeface) -> Result<&FontVec, Problem> {
        let (wanted, other) = match typeface {
            Typeface::Song => (&self.song, &self.hei),
            Typeface::Hei => (&self.hei, &self.song),
            Typeface::Hand => (&self.hand, &self.song),
        };
        wanted.as_ref().or(other.as_ref()).ok_or_else(missing)
    }
}

/// The simplified Chinese face of the collection at `path`; `None` when there is no such file or it holds none.
fn read_collection(path: &Path) -> Option<FontVec> {
    let bytes = std::fs::read(path).ok()?;
    FontVec::try_from_vec_and_index(bytes, SIMPLIFIED).ok()
}

/// The font at `path`; `None` when there is no such file.
fn read_font(path: &Path) -> Option<FontVec> {
    FontVec::try_from_vec(std::fs::read(path).ok()?).ok()
}

fn missing() -> Problem {
    ProblemCode::FontMissing.because("绘制示例信件需要Noto中文字体，请安装：apt-get install fonts-noto-cjk")
}
