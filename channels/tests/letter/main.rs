//! The letter door with real page children, real Tesseract and real poppler-utils.
//!
//! This program is its own page child: started with `read-pages` it is what the gateway starts, started with
//! `misbehave …` it is a child that a hostile file has got hold of; `read-document` and `misread …` are the same for office documents of
//! mails. Started otherwise it runs the tests, each named on the
//! command line or all; `--list` names them, as test runners ask.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is a test program; without the usual harness the lints cannot tell"
)]

mod documents;
mod hostile;
mod isolation;
mod made;
mod misbehave;
mod odd_pages;
mod office;
mod pages;
mod ppocr;

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A test: its name and what it does.
type Test = (&'static str, fn() -> Pin<Box<dyn Future<Output = ()>>>);

macro_rules! tests {
    ($($module:ident :: $name:ident),* $(,)?) => {
        const TESTS: &[Test] = &[$((concat!(stringify!($module), "::", stringify!($name)), || Box::pin($module::$name()))),*];
    };
}

tests![
    pages::a_clean_page_gives_name_phone_and_date_with_their_places,
    pages::a_skewed_dark_and_noisy_page_is_read,
    pages::blue_ink_on_red_rules_is_read,
    pages::a_fax_of_three_pages_with_a_blank_back_is_one_letter,
    pages::a_scan_in_a_pdf_is_read,
    pages::a_scan_lying_on_its_side_in_a_pdf_is_turned_as_its_reader_would,
    pages::a_fax_in_a_pdf_keeps_its_dots_and_foreign_text_below_it_is_not_believed,
    pages::a_pdf_with_text_is_not_recognised_again,
    pages::a_sideways_photograph_is_turned_as_the_camera_noted,
    pages::pages_fed_in_on_their_side_or_head_are_turned_upright,
    pages::what_shows_through_from_the_front_leaves_a_back_blank_and_pencil_does_not,
    pages::vertical_writing_and_two_columns_are_read_in_order_and_marked,
    pages::the_reading_and_the_page_images_are_kept,
    odd_pages::vertical_writing_on_its_side_is_put_upright_and_marked,
    odd_pages::figures_on_their_side_in_vertical_writing_at_150_dots_are_read,
    odd_pages::a_title_that_stands_upright_is_the_title,
    odd_pages::a_letter_across_a_lying_sheet_is_read_like_any_other,
    odd_pages::a_sheet_on_its_side_with_two_pages_is_read_one_after_the_other,
    odd_pages::pages_of_one_pdf_lie_each_its_own_way,
    odd_pages::a_stamp_over_number_and_name_makes_no_other_number_and_name,
    ppocr::a_number_that_both_engines_read_is_sure_and_its_characters_have_places,
    ppocr::each_engine_reads_alone_when_the_office_wants_it,
    ppocr::missing_networks_let_the_letter_wait,
    ppocr::an_exchanged_network_is_not_used,
    hostile::files_that_are_no_letters_are_refused_by_name,
    hostile::cut_files_are_refused_and_not_half_read,
    hostile::a_locked_pdf_is_named,
    hostile::sixty_megapixels_are_refused_by_the_header,
    hostile::five_hundred_pages_are_refused,
    hostile::a_page_as_large_as_a_house_is_read_small,
    hostile::any_damage_gives_a_reading_or_a_problem,
    isolation::a_page_that_hangs_costs_itself_only,
    isolation::a_page_that_never_ends_is_stopped_by_its_cpu_time_even_when_nobody_waits,
    isolation::a_page_that_eats_memory_costs_itself_only,
    isolation::a_page_that_crashes_costs_itself_only,
    isolation::a_page_that_crashed_its_child_twice_is_set_aside_for_good,
    isolation::losses_are_counted_over_restarts,
    isolation::pages_that_are_kept_are_not_read_again,
    isolation::a_letter_whose_pages_all_hang_is_still_registered,
    isolation::children_are_kept_over_pages_and_replaced_in_time,
    isolation::a_reading_that_is_given_up_ends_its_children,
    office::a_missing_language_lets_the_letter_wait,
    office::a_missing_program_lets_the_letter_wait,
    documents::a_document_is_read_by_another_process,
    documents::a_document_that_hangs_costs_itself_only,
    documents::a_document_that_never_ends_is_stopped_by_its_cpu_time,
    documents::a_document_that_eats_memory_costs_itself_only,
    documents::a_document_that_crashes_its_reader_costs_itself_only,
    documents::an_answer_longer_than_any_document_is_not_taken,
    documents::a_mail_full_of_documents_that_hang_is_not_held_by_them,
    documents::of_more_documents_than_one_mail_may_have_the_rest_is_marked,
    documents::a_reader_that_cannot_be_started_lets_the_mail_wait,
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some("read-pages") => {
            channels::letter::child::main(std::io::stdin().lock(), std::io::stdout().lock()).expect("the pipe holds");
            ExitCode::SUCCESS
        }
        Some("read-document") => {
            channels::document::child::main(std::io::stdin().lock(), std::io::stdout().lock()).expect("the pipe holds");
            ExitCode::SUCCESS
        }
        Some("misread") => {
            documents::main(&arguments[1]);
            ExitCode::SUCCESS
        }
        Some("misbehave") => {
            misbehave::main(&arguments[1..]);
            ExitCode::SUCCESS
        }
        Some(_) | None => run(&arguments),
    }
}

fn run(arguments: &[String]) -> ExitCode {
    let says = |option: &str| arguments.iter().any(|argument| argument == option);
    let wanted: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with('-')).collect();
    // `--format terse` of a runner leaves its value among the names.
    let named = |name: &str| {
        let names = wanted.iter().filter(|wanted| wanted.as_str() != "terse");
        let mut matching = names
            .clone()
            .filter(|wanted| if says("--exact") { wanted.as_str() == name } else { name.contains(wanted.as_str()) });
        names.count() == 0 || matching.next().is_some()
    };
    let tests = TESTS.iter().filter(|(name, _)| named(name));
    if says("--list") {
        let listed = if says("--ignored") { 0 } else { usize::MAX };
        tests.take(listed).for_each(|(name, _)| println!("{name}: test"));
        return ExitCode::SUCCESS;
    }
    let tests: Vec<&Test> = tests.collect();
    let next = AtomicUsize::new(0);
    let failed: Mutex<Vec<&str>> = Mutex::default();
    // One test for each core: a page is read on one, and a child that hangs is waited for on none.
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(tests.len());
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some((name, test)) = tests.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if !passes(name, *test) {
                        failed.lock().expect("no test holds it").push(*name);
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().expect("no test holds it");
    if failed.is_empty() {
        ExitCode::SUCCESS
    } else {
        eprintln!("failed: {}", failed.join(", "));
        ExitCode::FAILURE
    }
}

/// Runs a test in a runtime of its own and says how it went.
fn passes(name: &str, test: fn() -> Pin<Box<dyn Future<Output = ()>>>) -> bool {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let outcome = std::panic::catch_unwind(AssertUnwindSafe(|| runtime.block_on(test())));
    println!("test {name} ... {}", if outcome.is_ok() { "ok" } else { "FAILED" });
    outcome.is_ok()
}
