#![allow(
    clippy::all,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::allow_attributes_without_reason,
    clippy::allow_attributes
)]
use std::io::Read;
fn main() {
    let mut args = std::env::args().skip(1);
    let paths: Vec<String> = args.by_ref().collect();
    for p in paths {
        let mut text = String::new();
        std::fs::File::open(&p).unwrap().read_to_string(&mut text).unwrap();
        let t = std::time::Instant::now();
        let f = channels::fields::read(
            &text,
            &channels::fields::Context { received_on: Some(jiff::civil::date(2026, 11, 24)) },
        );
        println!("== {p} {:?}", t.elapsed());
        let v = |n: &str, x: Option<(String, f32)>| println!("  {n}: {:?}", x);
        println!("  names: {:?}", f.names.iter().map(|x| (x.value.clone(), x.confidence.value())).collect::<Vec<_>>());
        v("id", f.id_number.map(|x| (x.value.as_str().to_owned(), x.confidence.value())));
        println!(
            "  phones: {:?}",
            f.phones.iter().map(|x| (x.value.as_str().to_owned(), x.confidence.value())).collect::<Vec<_>>()
        );
        v("mail", f.mail_address.map(|x| (x.value, x.confidence.value())));
        v("address", f.address.map(|x| (x.value, x.confidence.value())));
        v("place", f.place.map(|x| (x.value, x.confidence.value())));
        println!(
            "  resp: {:?}",
            f.respondents
                .iter()
                .map(|x| (x.name.value.clone(), x.post.clone(), x.name.confidence.value()))
                .collect::<Vec<_>>()
        );
        v("date", f.written_on.map(|x| (x.value.to_string(), x.confidence.value())));
        v("title", f.title.map(|x| (x.value, x.confidence.value())));
        v("demand", f.demand.map(|x| (x.value, x.confidence.value())));
        v("purpose", f.purpose.map(|x| (x.value.as_str().to_owned(), x.confidence.value())));
        println!("  impossible: {:?} wishes {:?}", f.impossible, f.wishes);
    }
}
