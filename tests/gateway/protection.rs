//! What protects the site whatever is asked of it: headers on every answer, patience with nobody who is too slow, limits by whom
//! a request really comes from.

use reqwest::header::HeaderMap;
use reqwest::{Client, Method, Response, StatusCode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::harness::Office;
use crate::harness::desk::Desk;
use crate::harness::server::Server;
use crate::harness::visitor::Visitor;

/// Longer than anything here may take.
const LIMIT: std::time::Duration = std::time::Duration::from_secs(60);

async fn send(server: &Server, method: Method, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Response {
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let request = client.request(method, format!("{}{path}", server.url)).body(body);
    headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).send().await.unwrap()
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn every_answer_is_protected_also_a_refusal() {
    let office = Office::new();
    let server = Server::start(&office);
    let form = ("content-type", "application/x-www-form-urlencoded");
    let foreign = ("sec-fetch-site", "cross-site");
    let post = || Method::POST;
    let long = vec![b'x'; 300 << 10];
    let answers = [
        ("a page", StatusCode::OK, send(&server, Method::GET, "/", &[], Vec::new()).await),
        ("no page", StatusCode::NOT_FOUND, send(&server, Method::GET, "/nothing", &[], Vec::new()).await),
        ("no method", StatusCode::METHOD_NOT_ALLOWED, send(&server, post(), "/api/v1/cases", &[], Vec::new()).await),
        (
            "no method of a page",
            StatusCode::METHOD_NOT_ALLOWED,
            send(&server, Method::PUT, "/sign-in", &[], Vec::new()).await,
        ),
        ("another site", StatusCode::FORBIDDEN, send(&server, post(), "/sign-in", &[form, foreign], Vec::new()).await),
        (
            "another site, program",
            StatusCode::FORBIDDEN,
            send(&server, post(), "/api/v1/petitions", &[foreign], Vec::new()).await,
        ),
        ("too long", StatusCode::PAYLOAD_TOO_LARGE, send(&server, post(), "/sign-in", &[form], long).await),
        ("no form", StatusCode::UNPROCESSABLE_ENTITY, send(&server, post(), "/petitions/new", &[], Vec::new()).await),
        ("sign in first", StatusCode::SEE_OTHER, send(&server, Method::GET, "/desk", &[], Vec::new()).await),
    ];
    let mut numbers = std::collections::BTreeSet::new();
    for (what, status, answer) in answers {
        assert_eq!(answer.status(), status, "{what}");
        let headers = answer.headers();
        assert!(header(headers, "content-security-policy").contains("frame-ancestors 'none'"), "{what}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("cache-control", "no-store"),
            ("strict-transport-security", ""),
        ] {
            assert_eq!(header(headers, name), value, "{what}: {name}");
        }
        let number = header(headers, "x-request-id").to_owned();
        assert_eq!(number.len(), 16, "{what}");
        assert!(numbers.insert(number), "{what}");
        if status.is_client_error() {
            let text = answer.text().await.unwrap();
            let told = text.contains("错误代码") || text.contains("\"code\":");
            assert!(told, "{what} is told as a problem: {text}");
        }
    }
}

#[tokio::test]
async fn a_site_with_tls_is_never_left_for_one_without() {
    let office = Office::configured("[web]\npublic_url = \"https://office.example.invalid\"\n");
    office.add_user("officer", "officer");
    let server = Server::start(&office);
    let page = send(&server, Method::GET, "/", &[], Vec::new()).await;
    assert_eq!(header(page.headers(), "strict-transport-security"), "max-age=31536000");
    let form = ("content-type", "application/x-www-form-urlencoded");
    let credentials = b"user_name=officer&password=a-long-password".to_vec();
    let signed_in = send(&server, Method::POST, "/sign-in", &[form], credentials).await;
    let cookie = header(signed_in.headers(), "set-cookie");
    for part in ["Secure", "HttpOnly", "SameSite=Strict"] {
        assert!(cookie.contains(part), "{cookie}");
    }
}

#[tokio::test]
async fn the_number_on_the_page_of_a_fault_finds_its_line_in_the_log() {
    let mut office = Office::new();
    office.add_user("officer", "officer");
    let (server, log) = Server::start_with_log(&mut office);
    let visitor = Visitor::of(&server);
    let (number, _) =
        visitor.submit(&[("body", "翟城村村口的路灯坏了半年没人修"), ("place_code", "130682106")], &[]).await.receipt();
    let desk = Desk::sign_in(&server, "officer").await;
    let file = desk.get(&format!("/desk/cases/{number}?note=secret-words")).await.link("/desk/submissions/");
    std::fs::remove_dir_all(office.data().join("files")).unwrap();
    let fault = desk.get(&file).await;
    assert_eq!(fault.status, StatusCode::INTERNAL_SERVER_ERROR, "{}", fault.text);
    let id = crate::harness::desk::between(&fault.text, "请求编号 <code>", "<").to_owned();

    let own = send(&server, Method::GET, "/", &[("x-request-id", "chosen-outside")], Vec::new()).await;
    assert_ne!(header(own.headers(), "x-request-id"), "chosen-outside");
    assert_eq!(server.stop(), Some(0));
    let log = std::fs::read_to_string(log).unwrap();
    let line =
        log.lines().find(|line| line.contains(&id) && line.contains("answered")).unwrap_or_else(|| panic!("{log}"));
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    let span = &line["span"];
    assert_eq!(span["route"], "/desk/submissions/{id}/files/{index}", "{line}");
    assert_eq!((&span["method"], &span["status"]), (&"GET".into(), &500.into()), "{line}");
    assert!(span["milliseconds"].is_u64(), "{line}");
    for kept_out in [number.as_str(), "secret-words", "路灯", "chosen-outside"] {
        assert!(!log.contains(kept_out), "{kept_out} in {log}");
    }
}

#[tokio::test]
async fn who_sends_too_slowly_is_cut_off() {
    let office = Office::configured("[web]\nhead_seconds = 1\nbody_seconds = 1\n");
    let server = Server::start(&office);
    let head = "POST /petitions/new HTTP/1.1\r\nHost: localhost\r\n";
    let body = "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"body\"\r\n\r\n";
    let program = "POST /api/v1/petitions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{";
    for (sent, told) in [
        (head.to_owned(), "408"),
        (format!("{head}{body}"), "request_timeout"),
        (program.to_owned(), "application/problem+json"),
    ] {
        let mut slow = server.connect().await;
        slow.write_all(sent.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        // The connection is ended by the server, not by us.
        tokio::time::timeout(LIMIT, slow.read_to_end(&mut answer)).await.unwrap().unwrap();
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.starts_with("HTTP/1.1 408") && answer.contains(told), "{answer}");
    }
    // Whoever is quick is served all the while.
    Visitor::of(&server).submit(&[("body", "翟城村村口的路灯坏了半年没人修")], &[]).await.receipt();
}

#[tokio::test]
async fn behind_a_proxy_each_visitor_has_a_limit_of_its_own() {
    let question = || b"number=x&query_code=y".to_vec();
    let form = ("content-type", "application/x-www-form-urlencoded");
    let ask = async |server: &Server, forwarded: &str| {
        let headers = [form, ("x-forwarded-for", forwarded)];
        send(server, Method::POST, "/petitions/status", &headers, question()).await.status()
    };
    let office = Office::configured("[web]\nstatus_lookups_per_minute = 1\ntrusted_proxies = [\"127.0.0.0/8\"]\n");
    let server = Server::start(&office);
    assert_eq!(ask(&server, "203.0.113.1").await, StatusCode::NOT_FOUND);
    assert_eq!(ask(&server, "203.0.113.1").await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(
        ask(&server, "198.51.100.7, 203.0.113.1").await,
        StatusCode::TOO_MANY_REQUESTS,
        "what a visitor adds counts for nothing"
    );
    assert_eq!(ask(&server, "203.0.113.2").await, StatusCode::NOT_FOUND);

    let office = Office::configured("[web]\nstatus_lookups_per_minute = 1\n");
    let server = Server::start(&office);
    assert_eq!(ask(&server, "203.0.113.1").await, StatusCode::NOT_FOUND);
    assert_eq!(ask(&server, "203.0.113.2").await, StatusCode::TOO_MANY_REQUESTS, "nobody is a proxy who was not named");
}
