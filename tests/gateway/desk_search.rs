//! The desk's search over HTTP: filters, a petitioner by the exact number, what was found marked, reasons in both texts.

use reqwest::StatusCode;
use serde_json::json;

use crate::desk::{office_with_a_repeat, petition, take_in};
use crate::harness::Office;
use crate::harness::desk::{Desk, between};
use crate::harness::server::Server;

#[tokio::test]
async fn a_search_is_narrowed_to_a_place() {
    let office = Office::new();
    office.add_user("officer", "officer");
    let mut of_a_village = petition("翟城村道路积水", "张三丰", "13800000001");
    of_a_village["place_code"] = json!("130682106");
    let here = take_in(&office, "a.json", &of_a_village);
    let elsewhere = take_in(
        &office,
        "b.json",
        &json!({ "title": "道路积水", "body": "清风店镇的道路积水，请派人修理。", "place_code": "130682101" }),
    );
    let only_told =
        take_in(&office, "c.json", &json!({ "title": "门前积水", "body": "东亭镇翟城村村口积水三天，请派人抽水。" }));
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    let words = "/desk/search?words=%E7%A7%AF%E6%B0%B4";
    let all = desk.get(words).await;
    assert!(all.text.contains(&here) && all.text.contains(&elsewhere), "{}", all.text);
    let narrowed = desk.get(&format!("{words}&place=130682106")).await;
    assert!(narrowed.text.contains(&here) && !narrowed.text.contains(&elsewhere), "{}", narrowed.text);
    assert!(narrowed.text.contains(&only_told), "a place that only the body names is found too: {}", narrowed.text);
    assert!(narrowed.text.contains("<option value=\"130682106\" selected>"), "{}", narrowed.text);
    assert_eq!(desk.get("/desk/search?place=x").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_search_is_narrowed_to_unit_and_state() {
    let (office, first, second) = office_with_a_repeat();
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    let words = "/desk/search?words=%E7%A7%AF%E6%B0%B4";
    let sent = [("lead", "zjj"), ("kind", "assign")];
    let answer = desk.post(&format!("/desk/cases/{first}/send"), &sent).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    for (filter, there, gone) in [
        ("&unit=zjj", Some(&first), &second),
        ("&state=dispatched", Some(&first), &second),
        ("&state=registered", Some(&second), &first),
        ("&state=dispatched&unit=jyj", None, &first),
    ] {
        let page = desk.get(&format!("{words}{filter}")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        assert!(there.is_none_or(|there| page.text.contains(there)), "{filter}: {}", page.text);
        assert!(!page.text.contains(gone), "{filter}: {}", page.text);
    }
    assert_eq!(desk.get("/desk/search?state=x").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_petitioner_is_found_by_the_exact_number_and_that_is_written_down() {
    let (office, first, second) = office_with_a_repeat();
    office.add_user("operator", "operator");
    take_in(&office, "other.json", &petition("翟城村道路积水", "李四海", "13800000002"));
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    let found = desk.post("/desk/search", &[("petitioner", "138 0000 0001")]).await;
    assert_eq!(found.status, StatusCode::OK, "answered at once, so that no address holds the number");
    assert!(
        found.text.contains(&first) && found.text.contains(&second) && found.text.contains("共有2件"),
        "{}",
        found.text
    );
    assert!(!found.text.contains("138 0000 0001") && !found.text.contains("13800000001"), "it is not repeated");
    let part = desk.post("/desk/search", &[("petitioner", "1380000000")]).await;
    assert_eq!(part.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!part.text.contains("1380000000"), "{}", part.text);

    // Without a number the form is a link, and a number in a link finds nobody.
    let linked = desk.post("/desk/search", &[("words", "积水"), ("petitioner", "")]).await;
    assert_eq!(linked.location.as_deref(), Some("/desk/search?words=%E7%A7%AF%E6%B0%B4"));
    let link = desk.get("/desk/search?petitioner=13800000001").await;
    assert!(!link.text.contains(&first), "{}", link.text);

    let operator = Desk::sign_in(&server, "operator").await;
    let refused = operator.post("/desk/search", &[("petitioner", "13800000001")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(!operator.get("/desk/search").await.text.contains("name=\"petitioner\""));
    server.stop();
    // That somebody searched is in the chain, without the number.
    let files = ["xinqiao.sqlite", "xinqiao.sqlite-wal"]
        .map(|name| std::fs::read(office.data().join(name)).unwrap_or_default());
    let text: String = files.iter().map(|bytes| String::from_utf8_lossy(bytes)).collect();
    let event = between(&text, "petitioner_searched", "}");
    assert!(event.contains("按联系电话") && event.contains(&first), "{event}");
    assert!(!event.contains("13800000001"), "{event}");
}

#[tokio::test]
async fn what_was_found_is_marked_as_it_was_written() {
    let office = Office::new();
    office.add_user("officer", "officer");
    let mut written = petition("<b>和平路</b>路燈不亮", "张三丰", "13800000001");
    written["body"] = json!("和平路三號路燈壞了，Ｋ９路車站很黑，請派人修。");
    take_in(&office, "a.json", &written);
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    // 路灯 3号 k9路
    let page = desk.get("/desk/search?words=%E8%B7%AF%E7%81%AF+3%E5%8F%B7+k9%E8%B7%AF").await;
    for marked in ["<mark>路燈</mark>不亮", "<mark>三號路燈</mark>", "<mark>Ｋ９路</mark>"] {
        assert!(page.text.contains(marked), "{marked}: {}", page.text);
    }
    assert!(!page.text.contains("<b>和平路"), "{}", page.text);
}

#[tokio::test]
async fn reasons_are_numbered_in_both_texts_and_differences_marked() {
    let (office, _first, second) = office_with_a_repeat();
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    let page = desk.get(&format!("/desk/cases/{second}")).await;
    let both = desk.get(&page.link("/desk/findings/")).await;
    for side in ["later", "earlier"] {
        let link = both.link(&format!("#{side}-"));
        assert!(both.text.contains(&format!("id=\"{}\"", link.trim_start_matches('#'))), "{link} leads somewhere");
    }
    let reason = both.link("#reason-");
    assert!(both.text.contains(&format!("<li id=\"{}\"", reason.trim_start_matches('#'))), "{reason} leads back");
    assert!(both.text.contains("<ins>再次反映</ins>"), "{}", both.text);
    assert_eq!(both.text.matches("<dt>村</dt><dd>翟城村</dd>").count(), 2, "each is taken apart: {}", both.text);
    assert!(both.text.contains("只在本件出现") && both.text.contains("只在前件出现"), "{}", both.text);
}

#[tokio::test]
async fn a_search_is_narrowed_to_door_class_and_days() {
    let office = Office::new();
    office.add_user("officer", "officer");
    let mut classed = petition("翟城村道路积水", "张三丰", "13800000001");
    classed["class"] = json!("090101");
    let by_form = take_in(&office, "a.json", &classed);
    let letter = "来信人：李四海\n联系电话：13800000002\n清风店镇东街道路积水，请派人修。\n";
    let line = office.intake("mail", &office.file("b.eml", format!("From: li@example.com\nSubject: =?utf-8?B?6YGT6Lev56ev5rC0?=\nMessage-ID: <a@b>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{letter}")));
    let by_mail = line["submission"].as_str().unwrap_or_else(|| panic!("not registered: {line}")).to_owned();
    // The number of a case says its day: two letters, then YYYYMMDD.
    let day = format!("{}-{}-{}", &by_form[2..6], &by_form[6..8], &by_form[8..10]);
    let day: jiff::civil::Date = day.parse().unwrap();
    let (before, after) = (day.yesterday().unwrap(), day.tomorrow().unwrap());
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    for (filter, form, mail) in [
        (String::new(), true, true),
        ("&channel=web".to_owned(), true, false),
        ("&channel=mail".to_owned(), false, true),
        ("&class=090000".to_owned(), true, false),
        ("&class=090101&channel=mail".to_owned(), false, false),
        // An office that opens at midnight sees both days.
        (format!("&from={day}&until={after}"), true, true),
        (format!("&until={before}"), false, false),
        (format!("&from={}", after.tomorrow().unwrap()), false, false),
    ] {
        let page = desk.get(&format!("/desk/search?words=%E7%A7%AF%E6%B0%B4{filter}")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        assert_eq!(
            (page.text.contains(&by_form), page.text.contains(&by_mail)),
            (form, mail),
            "{filter}: {}",
            page.text
        );
    }
    for wrong in ["channel=fax", "class=x", "from=yesterday", "until=2026-02-30"] {
        let page = desk.get(&format!("/desk/search?{wrong}")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
}
