//! What people would expect to be found in petitions of every kind. All persons and numbers are invented.

use jiff::civil::date;

use super::*;

fn fields(text: &str) -> Fields {
    read(text, &Context { received_on: Some(date(2026, 11, 24)) })
}
