//! The public pages over HTTP, as a petitioner uses them: the real program, forms without scripts.

use reqwest::StatusCode;

use crate::harness::Office;
use crate::harness::desk::Desk;
use crate::harness::server::Server;
use crate::harness::visitor::Visitor;

const BODY: &str = "东亭镇翟城村村口的道路每逢下雨就严重积水，路面坑洼，车辆和行人都无法通行，已经两年多没有人修。";
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR a picture of the road";

#[tokio::test]
async fn a_form_with_a_picture_gets_a_receipt_and_the_receipt_shows_where_it_stands() {
    let office = Office::new();
    office.add_user("officer", "officer");
    let server = Server::start(&office);
    let visitor = Visitor::of(&server);
    let key = visitor.open_form().await;
    let fields = [
        ("key", key.as_str()),
        ("title", "<script>alert(1)</script>翟城村道路积水"),
        ("body", BODY),
        ("petitioners-0-name", "张三丰"),
        ("petitioners-0-phone", "13800000001"),
        ("place_code", "130682106"),
        ("purpose", "appeal_or_demand"),
        ("action", "submit"),
    ];
    let answer = visitor.submit(&fields, &[("积水.png", PICTURE)]).await;
    let (number, code) = answer.receipt();
    assert_eq!(answer.cache, "no-store");
    assert!(answer.text.contains("<dt>附件</dt><dd>1个</dd>"), "{}", answer.text);

    let status = visitor.status(&number, &code).await;
    assert_eq!((status.status, status.cache.as_str()), (StatusCode::OK, "no-store"), "{}", status.text);
    assert!(status.text.contains("<strong>登记</strong>") && status.text.contains(&number), "{}", status.text);
    assert!(!status.text.contains("张三丰"), "the status names nobody");

    let desk = Desk::sign_in(&server, "officer").await;
    let page = desk.get(&format!("/desk/cases/{number}")).await;
    assert!(page.text.contains("&#60;script&#62;alert(1)"), "the title is shown as words: {}", page.text);
    assert!(!page.text.contains("<script>alert"), "{}", page.text);
    assert!(page.text.contains("积水.png"), "the attachment belongs to it: {}", page.text);
}

#[tokio::test]
async fn a_wrong_number_and_a_wrong_code_cannot_be_told_apart() {
    let office = Office::new();
    let server = Server::start(&office);
    let visitor = Visitor::of(&server);
    let (number, code) = visitor.submit(&[("body", BODY)], &[]).await.receipt();
    let changed: String = code.chars().map(|letter| if letter == '7' { '8' } else { '7' }).collect();
    let last = if number.ends_with('1') { "2" } else { "1" };
    let unknown = format!("{}{last}", &number[..number.len() - 1]);
    let wrong_code = visitor.status(&number, &changed).await;
    assert_eq!(wrong_code.status, StatusCode::NOT_FOUND);
    for (number, code) in [(unknown.as_str(), code.as_str()), ("", ""), ("x", "y"), (number.as_str(), "")] {
        let answer = visitor.status(number, code).await;
        assert_eq!((answer.status, &answer.text), (wrong_code.status, &wrong_code.text), "{number} {code}");
    }
}

#[tokio::test]
async fn everything_wrong_is_named_at_once_and_nothing_typed_is_lost() {
    let office = Office::new();
    let server = Server::start(&office);
    let visitor = Visitor::of(&server);
    let fields = [
        ("title", "翟城村道路积水"),
        ("body", "第一行\n\"第二行\" & </textarea>"),
        ("demand", "请修好"),
        ("petitioners-0-name", "张三丰"),
        ("petitioners-0-phone", "1380000001"),
        ("petitioners-0-id_number", "130682199902301234"),
        ("joint", "1"),
        ("petitioners-1-name", "李四喜"),
        ("petitioners-1-phone", "12"),
        ("place_code", "130682106"),
        ("purpose", "suggestion"),
        ("confidential", "yes"),
        ("respondents-0-name", "翟城村委会"),
    ];
    let answer = visitor.submit(&fields, &[("road.zip", b"PK\x03\x04 no office file")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text);
    assert!(answer.text.contains("有3处需要修改"), "{}", answer.text);
    for id in ["petitioners-0-phone", "petitioners-0-id_number", "petitioners-1-phone"] {
        assert!(answer.text.contains(&format!("<a href=\"#{id}\">")), "the summary leads to {id}: {}", answer.text);
        assert!(answer.text.contains(&format!("id=\"{id}-problem\"")), "{id} says what is wrong");
        assert!(answer.text.contains(&format!("for=\"{id}\"")), "{id} has a label");
    }
    for kept in [
        "value=\"翟城村道路积水\"",
        "第一行\n&#34;第二行&#34; &#38; &#60;/textarea&#62;</textarea>",
        "请修好</textarea>",
        "value=\"张三丰\"",
        "value=\"1380000001\"",
        "value=\"130682199902301234\"",
        "value=\"李四喜\"",
        "value=\"130682106\" selected",
        "value=\"suggestion\" checked",
        "name=\"confidential\" value=\"yes\" checked",
        "value=\"翟城村委会\"",
    ] {
        assert!(answer.text.contains(kept), "{kept} is kept: {}", answer.text);
    }
    assert!(answer.text.contains("请在“附件”处重新选择"), "files must be chosen again, and the page says so");

    let zip = visitor.submit(&[("body", BODY)], &[("road.zip", b"PK\x03\x04 no office file")]).await;
    assert_eq!(zip.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(zip.text.contains("“road.zip”不是可以接收的文件") && zip.text.contains("<a href=\"#attachments\">"));
    let empty = visitor.submit(&[("title", " ")], &[]).await;
    assert!(empty.text.contains("<a href=\"#body\">内容：请写明要反映的事情</a>"), "{}", empty.text);
}

#[tokio::test]
async fn a_number_that_cannot_be_right_goes_through_once_it_is_confirmed_and_is_marked() {
    let office = Office::new();
    office.add_user("officer", "officer");
    let server = Server::start(&office);
    let visitor = Visitor::of(&server);
    let mut fields =
        vec![("body", BODY), ("petitioners-0-name", "张三丰"), ("petitioners-0-id_number", "130682199902301234")];
    let asked = visitor.submit(&fields, &[]).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(asked.text.contains("name=\"numbers_confirmed\"") && asked.text.contains("号码确实如此，仍要提交"));
    fields.push(("numbers_confirmed", "yes"));
    let (number, _) = visitor.submit(&fields, &[]).await.receipt();
    let desk = Desk::sign_in(&server, "officer").await;
    let page = desk.get(&format!("/desk/cases/{number}")).await;
    assert!(page.text.contains("class=\"marks\"") && page.text.contains("身份证号"), "{}", page.text);
}

#[tokio::test]
async fn the_same_page_sent_again_gets_the_same_receipt_and_a_corrected_one_a_new_one() {
    let office = Office::new();
    let server = Server::start(&office);
    let visitor = Visitor::of(&server);
    let key = visitor.open_form().await;
    let first = visitor.submit(&[("key", &key), ("body", BODY)], &[]).await.receipt();
    let again = visitor.submit(&[("key", &key), ("body", BODY)], &[]).await;
    assert_eq!(again.receipt(), first);
    assert!(again.text.contains("没有重复登记"), "{}", again.text);
    let corrected = format!("{BODY}请尽快修好。");
    assert_ne!(visitor.submit(&[("key", &key), ("body", &corrected)], &[]).await.receipt().0, first.0);
    // Somebody else with the very same words is somebody else.
    let other = visitor.open_form().await;
    assert_ne!(visitor.submit(&[("key", &other), ("body", BODY)], &[]).await.receipt(), first);
}

#[tokio::test]
async fn one_person_more_keeps_what_was_typed() {
    let office = Office::new();
    let server = Server::start(&office);
    let visitor = Visitor::of(&server);
    let fields = [("body", BODY), ("petitioners-0-phone", "1"), ("joint", "0"), ("action", "add_petitioner")];
    let page = visitor.submit(&fields, &[("积水.png", PICTURE)]).await;
    assert_eq!(page.status, StatusCode::OK, "nothing is wrong yet: {}", page.text);
    assert!(page.text.contains("name=\"petitioners-1-name\"") && page.text.contains("name=\"joint\" value=\"1\""));
    assert!(page.text.contains(BODY) && page.text.contains("请在“附件”处重新选择"), "{}", page.text);
    let full = visitor.submit(&[("joint", "5"), ("action", "add_petitioner")], &[]).await;
    assert!(full.text.contains("petitioners-5-name") && !full.text.contains("petitioners-6-name"));
    assert!(!full.text.contains("再加一人"), "five more are enough");
}

#[tokio::test]
async fn who_asks_too_often_is_told_how_long_to_wait() {
    let office = Office::configured("[web]\nstatus_lookups_per_minute = 2\nsubmissions_per_minute = 1\n");
    let server = Server::start(&office);
    let visitor = Visitor::of(&server);
    visitor.submit(&[("body", BODY)], &[]).await.receipt();
    for answer in [visitor.submit(&[("body", BODY)], &[]).await, {
        visitor.status("x", "y").await;
        visitor.status("x", "y").await;
        visitor.status("x", "y").await
    }] {
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{}", answer.text);
        let seconds = answer.retry_after.unwrap();
        assert!((1..=61).contains(&seconds), "{seconds}");
        assert!(answer.text.contains("too_many_requests"), "{}", answer.text);
    }
}

#[tokio::test]
async fn monitoring_sees_counts_and_no_petition() {
    let office = Office::new();
    let server = Server::start(&office);
    let visitor = Visitor::of(&server);
    visitor.submit(&[("body", BODY), ("petitioners-0-name", "张三丰")], &[]).await.receipt();
    assert_eq!(visitor.get("/healthz").await.status, StatusCode::OK);
    let ready = visitor.get("/readyz").await;
    assert_eq!(ready.status, StatusCode::OK, "{}", ready.text);
    let report: serde_json::Value = serde_json::from_str(&ready.text).unwrap();
    assert_eq!((report["ready"].as_bool(), report["store"].as_str()), (Some(true), Some("ok")));
    let metrics = visitor.get("/metrics").await;
    assert!(metrics.text.contains("xinqiao_submissions_total 1\n"), "{}", metrics.text);
    assert!(metrics.text.contains("xinqiao_jobs{queue=\"quick\",state=\"dead\"} 0\n"), "{}", metrics.text);
    assert!(!metrics.text.contains("张三丰") && !metrics.text.contains("翟城"));
}

#[tokio::test]
async fn of_a_form_that_goes_back_no_file_is_kept() {
    let office = Office::new();
    let server = Server::start(&office);
    let visitor = Visitor::of(&server);
    let files = [("积水.png", PICTURE), ("run.exe", b"MZ\x90\x00".as_slice())];
    let back = visitor.submit(&[("body", BODY)], &files).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.text.contains("run.exe") && back.text.contains(BODY), "what was typed is still there: {}", back.text);
    assert_eq!(office.kept_files(), 0);
    let answer = visitor.submit(&[("body", BODY)], &files[..1]).await;
    answer.receipt();
    assert_eq!(office.kept_files(), 2, "the form and its picture");
}

#[tokio::test]
async fn style_sheets_are_kept_by_their_content() {
    let office = Office::new();
    let server = Server::start(&office);
    let visitor = Visitor::of(&server);
    let page = visitor.get("/petitions/new").await;
    for (beginning, ending) in [("/assets/style.", ".css"), ("/assets/petition.", ".js")] {
        let name = crate::harness::desk::between(&page.text, beginning, "\"");
        assert_eq!(name.len(), 16 + ending.len(), "the address has a hash: {name}");
        let kept = visitor.get(&format!("{beginning}{name}")).await;
        assert_eq!((kept.status, kept.cache.as_str()), (StatusCode::OK, "public, max-age=31536000, immutable"));
        let plain = visitor.get(&format!("{}{ending}", beginning.trim_end_matches('.'))).await;
        assert_eq!((plain.cache.as_str(), &plain.text), ("public, no-cache", &kept.text));
        let old = visitor.get(&format!("{beginning}0123456789abcdef{ending}")).await;
        assert_eq!((old.cache.as_str(), &old.text), ("public, no-cache", &kept.text), "a page of before an upgrade");
    }
}
