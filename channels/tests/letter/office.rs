//! An office that lacks a program: the letter is not at fault and waits.

use case::problem::ProblemCode;
use channels::letter::{LetterReader, is_temporary};

use super::made::{page, settings};

pub(crate) async fn a_missing_language_lets_the_letter_wait() {
    let folder = tempfile::tempdir().expect("an empty folder");
    let mut settings = settings(&["read-pages"]);
    settings.tessdata = Some(folder.path().to_path_buf());
    let problem = LetterReader::new(settings).read(&page("clean.png"), "来信").await.expect_err("no language");
    assert_eq!(problem.code, ProblemCode::OcrLanguageMissing);
    assert!(is_temporary(&problem));
}

pub(crate) async fn a_missing_program_lets_the_letter_wait() {
    let mut settings = settings(&[]);
    settings.program = "/nonexistent/xinqiao".into();
    let problem = LetterReader::new(settings).read(&page("clean.png"), "来信").await.expect_err("no program");
    assert_eq!(problem.code, ProblemCode::OcrMissing);
    assert!(is_temporary(&problem));
}
