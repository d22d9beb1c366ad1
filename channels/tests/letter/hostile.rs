//! Files that are no letters, are cut off, locked, or want more than one may have.

use case::problem::ProblemCode;
use channels::letter::LetterReader;

use super::made::{page, pdf, png_that_claims, read, reader, refused, settings, tiff};

pub(crate) async fn files_that_are_no_letters_are_refused_by_name() {
    assert_eq!(refused(b"").await, ProblemCode::EmptyInput);
    assert_eq!(refused("尊敬的领导：".as_bytes()).await, ProblemCode::UnsupportedType);
    assert_eq!(refused(b"PK\x03\x04rest of a zip").await, ProblemCode::UnsupportedType);
    let mut small = settings(&["read-pages"]);
    small.limits.file_bytes = 1000;
    let problem = LetterReader::new(small).read(&page("clean.png"), "来信").await.expect_err("too large");
    assert_eq!(problem.code, ProblemCode::InputTooLarge);
}

pub(crate) async fn cut_files_are_refused_and_not_half_read() {
    for name in ["skewed.jpg", "clean.png", "fax.tif", "scan.pdf", "born-digital.pdf"] {
        let whole = page(name);
        for share in [3, 60, 90] {
            let cut = &whole[..whole.len() * share / 100];
            let problem = read(cut).await.expect_err("it ends too early");
            assert_eq!(problem.code, ProblemCode::DamagedFile, "{name} cut to {share} %: {problem}");
        }
    }
}

pub(crate) async fn a_locked_pdf_is_named() {
    assert_eq!(refused(&page("locked.pdf")).await, ProblemCode::PasswordProtected);
}

pub(crate) async fn sixty_megapixels_are_refused_by_the_header() {
    assert_eq!(refused(&png_that_claims(10_000, 6_000)).await, ProblemCode::TooManyPixels);
    assert_eq!(refused(&png_that_claims(100_000, 100_000)).await, ProblemCode::TooManyPixels);
}

pub(crate) async fn five_hundred_pages_are_refused() {
    assert_eq!(refused(&tiff(500)).await, ProblemCode::TooManyPages);
    assert_eq!(refused(&pdf(500, 595, 842)).await, ProblemCode::TooManyPages);
}

pub(crate) async fn a_page_as_large_as_a_house_is_read_small() {
    let reading = read(&pdf(1, 14_400, 14_400)).await.expect("read, and blank");
    assert!(reading.statement.marks.contains(&case::statement::Mark::NoText));
}

pub(crate) async fn any_damage_gives_a_reading_or_a_problem() {
    let reader = reader();
    for name in ["clean.png", "fax.tif", "scan.pdf"] {
        let whole = page(name);
        // Every 97th part of the file overwritten in turn, ends and headers included.
        for hit in (0..97).step_by(16) {
            let mut damaged = whole.clone();
            let start = whole.len() * hit / 97;
            let end = (start + 40).min(whole.len());
            damaged[start..end].fill(0xa5);
            if let Err(problem) = reader.read(&damaged, "来信").await {
                assert!(!channels::letter::is_temporary(&problem), "{name} hit at {hit}: {problem}");
            }
        }
    }
}
