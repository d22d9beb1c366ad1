//! A page child that a hostile file has got hold of: it speaks the protocol until it comes to the page named on its command
//! line (counted from 0, or `all`), and then hangs, crashes, eats memory or talks nonsense.

use std::io::{stdin, stdout};

use case::field::Area;
use channels::letter::child::resources;
use channels::letter::codes::PageSurvey;
use channels::letter::protocol::{Answer, Request, Setup, read_frame, write_frame};
use channels::letter::record::{LineRecord, PageRecord, WordRecord};

/// `misbehave HOW PAGE`.
pub(crate) fn main(arguments: &[String]) {
    let (how, page) = (arguments[0].as_str(), arguments[1].as_str());
    let (mut input, mut output) = (stdin().lock(), stdout().lock());
    let mut say = |answer: &Answer| {
        write_frame(&mut output, &serde_json::to_vec(answer).expect("an answer")).expect("the pipe holds");
        if matches!(answer, Answer::Page(_)) {
            write_frame(&mut output, b"\xff\xd8\xff").expect("the pipe holds");
        }
    };
    let setup = read_frame(&mut input).expect("a frame").expect("a frame");
    let setup: Setup = serde_json::from_slice(&setup).expect("the protocol");
    resources::limit(&setup.limits).expect("limits");
    say(&Answer::Ready);
    while let Some(frame) = read_frame(&mut input).expect("a frame") {
        match serde_json::from_slice(&frame).expect("the protocol") {
            Request::Count { .. } => say(&Answer::Pages { pages: 3 }),
            Request::Survey(_) => say(&Answer::Survey(PageSurvey::default())),
            Request::TakeOut { .. } => panic!("nothing is taken out here"),
            Request::Page(task) => {
                resources::allow_one_more_page(&setup.limits).expect("limits");
                if task.recognise && (page == "all" || page == task.index.to_string()) {
                    misbehave(how);
                }
                say(&Answer::Page(record(task.recognise)));
            }
        }
    }
}

pub(crate) fn misbehave(how: &str) {
    match how {
        "hang" => loop {
            std::thread::park();
        },
        "spin" => loop {
            std::hint::spin_loop();
        },
        "crash" => std::process::abort(),
        "eat" => {
            let mut eaten: Vec<Vec<u8>> = Vec::new();
            loop {
                eaten.push(vec![1; 16 * 1024 * 1024]);
            }
        }
        "well" => {}
        other => panic!("no such way to misbehave: {other}"),
    }
}

/// A page that names the process that read it.
fn record(recognised: bool) -> PageRecord {
    let area = Area { left: 1, top: 1, width: 100, height: 10 };
    let text = format!("由进程{}读出", std::process::id());
    let words = vec![WordRecord { text, confidence: 90.0, area }];
    let lines = if recognised { LineRecord::of(words).into_iter().collect() } else { Vec::new() };
    PageRecord { engine: "tesseract".to_owned(), width: 200, height: 300, lines, ..PageRecord::default() }
}
