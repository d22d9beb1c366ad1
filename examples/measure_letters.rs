//! throwaway
#[path = "../src/evaluate/letters.rs"]
mod letters;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    if args[1] == "read-pages" {
        channels::letter::child::main(std::io::stdin().lock(), std::io::stdout().lock()).unwrap();
        return;
    }
    let mut settings = channels::letter::LetterSettings::new(std::env::current_exe().unwrap(), vec!["read-pages".into()]);
    settings.workers = 2;
    let reader = std::sync::Arc::new(channels::letter::LetterReader::new(settings));
    let rt = tokio::runtime::Runtime::new().unwrap();
    if args[1] == "dump" {
        let bytes = std::fs::read(&args[2]).unwrap();
        let r = rt.block_on(reader.read(&bytes, "x"));
        match r { Ok(r) => {
            println!("{}", r.statement.body);
            let mut s = r.statement.clone(); s.body.clear();
            println!("{s:#?}");
            for f in &r.files { std::fs::write(format!("/tmp/letter/out-{}", f.name), &f.bytes).unwrap(); }
        } Err(p) => println!("{p}") }
        return;
    }
    let t = std::time::Instant::now();
    let f = rt.block_on(letters::measure(std::path::Path::new(&args[1]), reader, |_, _| {})).unwrap();
    for (n, c) in f.classes.iter().chain([(&"all".to_string(), &f.all)]) {
        print!("{n:4} pages {:2} refused {} cer {:6.2} cpu {:5.2} ", c.pages, c.refused, c.cer * 100.0, c.cpu_seconds_per_page);
        for (k, v) in &c.fields { print!(" {k} {}/{}/{}", v.exact, v.flagged, v.silent_wrong); }
        println!();
    }
    println!("wall {:?}", t.elapsed());
}
