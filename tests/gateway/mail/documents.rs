//! The words of office documents reach the case through the real program and its document reader.

use crate::harness::Office;

#[test]
fn a_petition_in_a_word_file_is_the_body_of_its_case() {
    let office = Office::new();
    let mail = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("channels/tests/mail/corpus/doc-alone-wps.eml");
    let line = office.intake("mail", &mail);
    let shown = office.run(&["case", "show", line["case"].as_str().unwrap()]);
    assert!(shown.out.contains("生前是伤残军人") && !shown.out.contains("attachment_unread"), "{shown:?}");
}
