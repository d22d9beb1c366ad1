//! The watched folder: what is taken, when, and where it goes.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use case::ports::ManualClock;
use xinqiao::configuration::Configuration;
use xinqiao::mailroom::folder::Looked;
use xinqiao::watched_folder::Watch;

use crate::harness::desk::Desk;
use crate::harness::scanner::{drop_file, filled, letter, letters_on, mailroom, names_in, scan, settled_batch};
use crate::harness::server::Server;

#[tokio::test]
async fn a_file_in_the_watched_folder_becomes_a_registered_letter() {
    let (office, folder) = mailroom("");
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "clerk").await;
    drop_file(&folder, "前台/来信 1.pdf", &scan(&[letter("路灯不亮", "张三丰")]));
    let page = settled_batch(&desk).await;
    assert!(page.contains("<h1>前台 20"), "the scanner and the day name the batch: {page}");
    let [(pages, result, number)] = &letters_on(&page)[..] else { panic!("one letter: {page}") };
    assert_eq!((pages.as_str(), result.as_str()), ("信件第1页", "已登记"));
    let checked = desk.get(&format!("/desk/letters/{number}")).await;
    assert!(checked.text.contains("张三丰"), "{}", checked.text);
    assert!(checked.text.contains("来信 1.pdf"));
    let batch = crate::harness::desk::between(&page, "href=\"/desk/letters?batch=", "\"").to_owned();
    let of_batch = desk.get(&format!("/desk/letters?batch={batch}")).await.text;
    assert!(
        of_batch.contains(&format!("/desk/letters/{number}\"")) && of_batch.contains("只看批次“前台"),
        "{of_batch}"
    );
    let other = desk.get("/desk/letters?batch=018f0000-0000-7000-8000-000000000000").await;
    assert_eq!(other.status, reqwest::StatusCode::NOT_FOUND);
    assert_eq!(filled(&folder.join("done/前台"), 1).await, ["来信 1.pdf"]);
    assert_eq!(names_in(&folder.join("前台")), Vec::<String>::new());
}

#[tokio::test]
async fn the_same_file_again_is_told_and_not_registered_twice() {
    let (office, folder) = mailroom("");
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "clerk").await;
    let bytes = scan(&[letter("路灯不亮", "张三丰")]);
    drop_file(&folder, "1.pdf", &bytes);
    filled(&folder.join("done"), 1).await;
    drop_file(&folder, "1.pdf", &bytes);
    assert_eq!(filled(&folder.join("done"), 2).await.len(), 2, "nothing is written over");
    let page = settled_batch(&desk).await;
    let letters = letters_on(&page);
    assert_eq!(letters.len(), 2, "{page}");
    assert_eq!(letters[0].2, letters[1].2, "the same number");
    assert!(letters[1].1.contains("未重复登记"), "{page}");
}

#[tokio::test]
async fn a_scanner_of_one_side_feeds_fronts_and_then_backs() {
    let (office, folder) = mailroom("[letters.scanners.feeder]\ncollate = true\n");
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "clerk").await;
    let fronts = [letter("第一页", "张三丰"), letter("第三页", "张三丰")];
    // The last sheet lies on top when the stack is turned.
    let backs = [crate::harness::scanner::blank(), letter("第二页", "张三丰")];
    drop_file(&folder, "feeder/a.pdf", &scan(&fronts));
    drop_file(&folder, "feeder/b.pdf", &scan(&backs));
    let page = settled_batch(&desk).await;
    let [(pages, result, number)] = &letters_on(&page)[..] else { panic!("one letter: {page}") };
    assert_eq!((pages.as_str(), result.as_str()), ("信件第1至4页第4页空白", "已登记"), "{page}");
    let text = desk.get(&format!("/desk/letters/{number}")).await.text;
    let places = ["反映第一页", "反映第二页", "反映第三页"].map(|words| text.find(words));
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
    assert_eq!(filled(&folder.join("done/feeder"), 2).await, ["a.pdf", "b.pdf"]);
}

/// A gateway of a test's own, that nobody else works for, and its clock.
async fn gateway(
    folder: &std::path::Path,
    data: PathBuf,
    settings: &std::path::Path,
) -> (xinqiao::gateway::Gateway, Arc<ManualClock>) {
    std::fs::write(settings, format!("[letters]\nfolder = {folder:?}\nsettle_seconds = 5\n")).unwrap();
    let configuration = Configuration::load(Some(settings), data).unwrap();
    let mut gateway = xinqiao::startup::open(configuration).await.unwrap();
    let clock = Arc::new(ManualClock::at("2026-11-24T01:00:00Z".parse().unwrap()));
    gateway.clock = clock.clone();
    (gateway, clock)
}

#[tokio::test]
async fn a_file_is_taken_when_it_has_not_changed_for_as_long_as_is_set() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("scans");
    std::fs::create_dir(&folder).unwrap();
    let (gateway, clock) = gateway(&folder, place.path().join("data"), &place.path().join("settings.toml")).await;
    let mut watch = Watch::default();
    let file = folder.join("slow.pdf");
    for bytes in [&b"%PDF"[..], b"%PDF-1.7", b"%PDF-1.7 more"] {
        std::fs::write(&file, bytes).unwrap();
        for _ in 0..2 {
            assert_eq!(gateway.look_at_folder(&mut watch).await.unwrap(), Looked::default(), "it still grows");
            clock.advance(Duration::from_secs(4));
        }
    }
    clock.advance(Duration::from_secs(1));
    assert_eq!(gateway.look_at_folder(&mut watch).await.unwrap(), Looked { taken: 1, moved: 0 });
    assert!(!file.exists(), "it is claimed");
    assert_eq!(gateway.look_at_folder(&mut watch).await.unwrap(), Looked::default(), "once");
}

#[tokio::test]
async fn what_is_no_scan_is_left_alone() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("scans");
    std::fs::create_dir(&folder).unwrap();
    for name in [".hidden.pdf", "half.part", "half.TMP", "nested/deep/letter.pdf"] {
        std::fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
        std::fs::write(folder.join(name), b"%PDF-1.7").unwrap();
    }
    std::os::unix::fs::symlink("/etc/passwd", folder.join("link.pdf")).unwrap();
    let (gateway, clock) = gateway(&folder, place.path().join("data"), &place.path().join("settings.toml")).await;
    let mut watch = Watch::default();
    for _ in 0..3 {
        assert_eq!(gateway.look_at_folder(&mut watch).await.unwrap(), Looked::default());
        clock.advance(Duration::from_secs(10));
    }
    assert_eq!(names_in(&folder.join("nested/deep")), ["letter.pdf"]);
}
