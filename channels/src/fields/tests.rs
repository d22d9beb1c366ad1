//! What people would expect to be found in petitions of every kind. All persons and numbers are invented.

use jiff::civil::date;

use super::*;

fn fields(text: &str) -> Fields {
    read(text, &Context { received_on: Some(date(2026, 11, 24)) })
}

#[test]
fn tmp() {
    for name in std::fs::read_dir(std::env::args().nth(2).unwrap_or_default()).into_iter().flatten().flatten() {
        let text = std::fs::read_to_string(name.path()).unwrap();
        println!("{:#?}", fields(&text));
    }
}
