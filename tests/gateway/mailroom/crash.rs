//! The process is stopped dead on the way from the scanner to the record: nothing is lost, nothing is registered twice, and reading
//! goes on at the page where it was.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::harness::Office;
use crate::harness::client::Program;
use crate::harness::desk::Desk;
use crate::harness::scanner::{
    SMALL, blank, drop_file, enlarged, filled, letter, letters_on, mailroom, scan, separators, settled_batch,
};
use crate::harness::server::Server;

/// Stops a server while a stack of two letters is taken in at `step`, and starts it again: two letters, each once.
async fn a_stack_is_there_once_stopped_at(step: &str) {
    let (mut office, folder) = mailroom("");
    let server = Server::start(&office);
    let [new, ..] = separators(&Desk::sign_in(&server, "clerk").await).await;
    drop(server);
    office.set("XINQIAO_STOP_AT", step);
    let mut server = Server::start(&office);
    drop_file(&folder, "stack.pdf", &scan(&[letter("路灯不亮", "张三丰"), new, letter("水管漏水", "李四光")]));
    assert_eq!(server.ended().await, None, "{step} was not reached");
    office.unset_all();
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "clerk").await;
    assert_eq!(filled(&folder.join("done"), 1).await, ["stack.pdf"], "{step}");
    let page = settled_batch(&desk).await;
    let letters = letters_on(&page);
    assert_eq!(page.matches("<h2>stack.pdf</h2>").count(), 1, "{step}: {page}");
    assert_eq!(letters.len(), 2, "{step}: {page}");
    assert!(letters.iter().all(|letter| letter.1 == "已登记") && letters[0].2 != letters[1].2, "{step}: {page}");
    drop(server);
    for (words, count) in [("路灯", 1), ("水管", 1)] {
        assert_eq!(office.run(&["search", words]).lines().len(), count, "{step}: {words}");
    }
    assert_eq!(office.run(&["check"]).code, Some(0), "{step}: {}", office.run(&["check"]).out);
}

macro_rules! stack_stopped_at {
    ($($name:ident: $step:literal;)*) => {
        $(#[tokio::test]
        async fn $name() {
            a_stack_is_there_once_stopped_at($step).await;
        })*
    };
}

stack_stopped_at! {
    stopped_after_the_claim: "folder.after_claim";
    stopped_after_the_original_of_a_batch: "batch.after_original";
    stopped_before_the_file_of_a_batch_is_committed: "batch.before_commit";
    stopped_after_the_file_of_a_batch_is_committed: "batch.after_commit";
    stopped_after_the_look: "part.after_look";
    stopped_after_the_letters_are_taken_out: "part.after_files";
    stopped_before_the_parting_is_committed: "part.before_commit";
    stopped_after_the_parting_is_committed: "part.after_commit";
    stopped_after_a_page: "page.after_keep";
    stopped_before_the_file_is_moved: "folder.before_move";
}

/// The engines that read the pages of a letter, as its record has them.
async fn engines(server: &Server, office: &Office, number: &str) -> Vec<String> {
    let desk = Desk::sign_in(server, "clerk").await;
    let case = desk.get(&format!("/desk/cases/{number}")).await;
    let links: Vec<&str> = case.text.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    for link in links.iter().filter(|link| link.contains("/files/")) {
        let file = desk.get_bytes(link).await;
        if let Ok(record) = serde_json::from_slice::<Value>(&file.bytes) {
            let pages = record["pages"].as_array().unwrap().iter();
            return pages.map(|page| page["engine"].as_str().unwrap().to_owned()).collect();
        }
    }
    panic!("no record among {links:?} in {}", office.data().display());
}

#[tokio::test]
async fn reading_goes_on_at_the_page_where_it_was_killed() {
    let (mut office, folder) = mailroom("");
    let settings = std::fs::read_to_string(office.data().parent().unwrap().join("xinqiao.toml")).unwrap();
    let sheets = [letter("第一页", "张三丰"), letter("第二页", "张三丰"), letter("第三页", "张三丰")];
    drop_file(&folder, "letter.pdf", &scan(&sheets));
    office.set("XINQIAO_STOP_AT", "page.after_keep");
    let mut server = Server::start(&office);
    assert_eq!(server.ended().await, None, "no page was kept");
    office.unset_all();
    // Whatever is read from now on is read by the other engine.
    office.configure(&settings.replace("engine = \"tesseract\"", "engine = \"ppocr\""));
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "clerk").await;
    let page = settled_batch(&desk).await;
    let [(_, _, number)] = &letters_on(&page)[..] else { panic!("one letter: {page}") };
    let mut engines = engines(&server, &office, number).await;
    engines.sort();
    assert_eq!(engines, ["ppocr", "ppocr", "tesseract"], "the page that was kept is not read again");
}

#[tokio::test]
async fn a_page_that_is_lost_twice_is_set_aside_and_the_others_are_read() {
    let (office, folder) = mailroom(SMALL);
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "clerk").await;
    drop_file(
        &folder,
        "letter.pdf",
        &scan(&[letter("路灯不亮", "张三丰"), enlarged(&letter("水管漏水", "李四光")), blank()]),
    );
    let page = settled_batch(&desk).await;
    let [(_, result, number)] = &letters_on(&page)[..] else { panic!("one letter: {page}") };
    assert!(result.starts_with("已登记"), "{page}");
    let checked = desk.get(&format!("/desk/letters/{number}")).await.text;
    let told =
        checked.split("id=\"page-2\"").nth(1).and_then(|rest| rest.split("</figure>").next()).unwrap_or_default();
    assert!(told.contains("未能识别（页面识别"), "{checked}");
    assert!(checked.contains("张三丰"), "{checked}");
}

#[tokio::test]
async fn a_page_that_was_set_aside_is_read_again_and_what_people_put_right_stays() {
    let (office, folder) = mailroom(SMALL);
    let settings = std::fs::read_to_string(office.data().parent().unwrap().join("xinqiao.toml")).unwrap();
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "clerk").await;
    let first = enlarged(&letter("路灯不亮", "张三丰"));
    drop_file(&folder, "letter.pdf", &scan(&[first, letter("水管漏水", "李四光")]));
    let page = settled_batch(&desk).await;
    let [(_, _, number)] = &letters_on(&page)[..] else { panic!("one letter: {page}") };
    let path = format!("/desk/letters/{number}");
    let shown = desk.get(&path).await.text;
    assert!(shown.contains("第1页未能识别"), "{shown}");
    let version = |page: &str| crate::harness::desk::between(page, "data-version=\"", "\"").to_owned();
    let line = shown.split("name=\"line.2.").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let (line, name) = (format!("line.2.{line}"), "李时光");
    let typed = [("version", version(&shown)), (line.as_str(), "反映水管漏了".to_owned()), ("name.0", name.to_owned())];
    let typed = typed.each_ref().map(|(name, text)| (*name, text.as_str()));
    assert_eq!(desk.post(&format!("{path}/confirm"), &typed).await.status, StatusCode::SEE_OTHER);
    let wordless = desk.post(&format!("{path}/read-again"), &[("reason", " ")]).await;
    assert_eq!(wordless.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wordless.text);
    // It fails for the same reason, and says so.
    assert_eq!(desk.post(&format!("{path}/read-again"), &[("reason", "再试")]).await.status, StatusCode::SEE_OTHER);
    let case = format!("/desk/cases/{number}");
    desk.get_until(&case, "第1页仍未能识别：").await;
    assert!(desk.get(&path).await.text.contains("readonly"), "it is still confirmed");
    drop(server);

    // The office gives the reader more memory.
    office.configure(&settings.replace(SMALL, "memory_mebibytes = 1536\n"));
    let server = Server::start(&office);
    let program = Program::sign_in(&server, "clerk").await;
    let reading = format!("/api/v1/letters/{number}/reading");
    let asked = program.post(&reading, &json!({ "reason": "增加内存后重新识别" })).await;
    assert_eq!((asked.status, &asked.body["pages"]), (StatusCode::ACCEPTED, &json!([1])), "{asked:?}");
    let desk = Desk::sign_in(&server, "clerk").await;
    let events = desk.get_until(&case, "已识别第1页，请核对").await.text;
    assert!(events.contains("增加内存后重新识别"), "{events}");
    let shown = desk.get(&path).await.text;
    assert!(!shown.contains("未能识别") && shown.contains("name=\"line.1.0\""), "{shown}");
    assert!(shown.contains("data-state=\"unchecked\""), "what is new is to be checked: {shown}");
    assert!(shown.contains("value=\"反映水管漏了\"") && shown.contains(&format!("value=\"{name}\"")), "{shown}");
    assert!(shown.contains("value=\"张三丰\"") || shown.contains("我叫张三丰"), "{shown}");
    let again = program.post(&reading, &json!({ "reason": "再试" })).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{again:?}");
    drop(server);
    let everything = office.run(&["read-again"]);
    assert_eq!(everything.lines(), [json!({ "letters": 0, "mails": 0, "read_now": true })], "{}", everything.out);
    assert_eq!(office.run(&["check"]).code, Some(0), "{}", office.run(&["check"]).out);
}
