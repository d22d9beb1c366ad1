use std::io::BufReader;
use std::fs::File;
fn main() {
    let messages = search::evaluate::read_messages(BufReader::new(File::open(std::env::args().nth(1).unwrap()).unwrap()), "m").unwrap();
    let judge = search::judge::Judge::default();
    for row in messages.values() {
        println!("{}\t{:?}", row.id, judge.prepare(&search::evaluate::petition(row)).entities());
    }
}
