//! PP-OCR beside Tesseract, with the real networks.

use case::field::Verdict;
use case::problem::ProblemCode;
use channels::letter::recognition::EngineChoice;
use channels::letter::recognition::ppocr::models::{DETECTION, RECOGNITION};
use channels::letter::{LetterReader, is_temporary};

use crate::made::{models, page, reader, record, settings};

pub(crate) async fn a_number_that_both_engines_read_is_sure_and_its_characters_have_places() {
    let reading = reader().read(&page("clean.png"), "来信").await.expect("read");
    let first = reading.statement.petitioners.first().expect("a petitioner");
    let phone = first.phones.first().expect("a number");
    assert_eq!(phone.verdict, Verdict::Confirmed);
    assert!(phone.confidence.value() >= 0.6);
    let record = record(&reading);
    let page = &record.pages[0].record;
    assert_eq!(page.engine, "ppocr");
    let line = page.lines.iter().find(|line| line.text().contains(phone.value.as_str())).expect("its line");
    let other = line.other.as_ref().expect("was read again");
    assert_eq!(other.engine, "tesseract");
    let number = line.words.iter().find(|word| word.text.contains(phone.value.as_str())).expect("one word");
    assert!(number.area.width > 3 * number.area.height, "its box holds eleven figures: {:?}", number.area);
    for pair in line.words.windows(2) {
        let middle = |place: usize| pair[place].area.left + pair[place].area.width / 2;
        assert!(middle(0) < middle(1), "characters follow from left to right: {pair:?}");
    }
    assert!(page.lines.iter().any(|line| line.other.is_none()), "only lines that need it are read again");
}

pub(crate) async fn each_engine_reads_alone_when_the_office_wants_it() {
    for (choice, name) in [(EngineChoice::Ppocr, "ppocr"), (EngineChoice::Tesseract, "tesseract")] {
        let mut settings = settings(&["read-pages"]);
        settings.engine = choice;
        let reading = LetterReader::new(settings).read(&page("clean.png"), "来信").await.expect("read");
        let record = record(&reading);
        assert_eq!(record.pages[0].record.engine, name);
        let phone = reading.statement.petitioners[0].phones[0].clone();
        assert!(phone.verdict.is_asked(), "what one engine read alone is asked");
        assert!(phone.confidence.value() < 0.6);
    }
}

pub(crate) async fn missing_networks_let_the_letter_wait() {
    let empty = tempfile::tempdir().expect("a folder");
    let mut settings = settings(&["read-pages"]);
    settings.models = Some(empty.path().to_path_buf());
    let reading = LetterReader::new(settings.clone()).read(&page("clean.png"), "来信").await.expect("read");
    assert_eq!(record(&reading).pages[0].record.engine, "tesseract", "auto makes do with Tesseract");
    settings.engine = EngineChoice::Ppocr;
    let problem = LetterReader::new(settings).read(&page("clean.png"), "来信").await.expect_err("they are wanted");
    assert_eq!(problem.code, ProblemCode::OcrModelMissing);
    assert!(is_temporary(&problem));
}

pub(crate) async fn an_exchanged_network_is_not_used() {
    let folder = tempfile::tempdir().expect("a folder");
    for file in [DETECTION, RECOGNITION] {
        let mut bytes = std::fs::read(models().join(file.name)).expect("installed");
        if file == RECOGNITION {
            let last = bytes.len() - 1;
            bytes[last] ^= 1;
        }
        std::fs::write(folder.path().join(file.name), bytes).expect("written");
    }
    let mut settings = settings(&["read-pages"]);
    settings.models = Some(folder.path().to_path_buf());
    let problem = LetterReader::new(settings).read(&page("clean.png"), "来信").await.expect_err("it is foreign");
    assert_eq!(problem.code, ProblemCode::OcrModelForeign);
    assert!(is_temporary(&problem), "the letter waits until the network is put right");
}
