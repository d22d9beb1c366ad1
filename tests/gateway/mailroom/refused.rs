//! Files that cannot be parted and pages that cannot be read: told with the reason, and kept where a person finds them.

use reqwest::StatusCode;
use xinqiao::sample::hostile;

use crate::harness::desk::Desk;
use crate::harness::scanner::{drop_file, filled, letter, letters_on, mailroom, scan, settled_batch};
use crate::harness::server::Server;

#[tokio::test]
async fn bad_files_are_refused_with_their_reason_and_the_good_one_is_registered() {
    let (office, folder) = mailroom("page_limit = 100\n");
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "clerk").await;
    let jpeg = hostile::image::small_jpeg().unwrap();
    let bad = [
        ("cut-off.pdf", hostile::pdf::cut_off(&jpeg), "PDF文件不完整"),
        ("locked.pdf", hostile::pdf::password_protected(), "密码"),
        ("bomb.png", hostile::image::claims_gigapixels(), "像素"),
        ("endless.pdf", hostile::pdf::pages(500), "共500页，上限为100页"),
        ("empty.pdf", Vec::new(), "文件没有内容"),
    ];
    for (name, bytes, _) in &bad {
        drop_file(&folder, name, bytes);
    }
    drop_file(&folder, "good.pdf", &scan(&[letter("路灯不亮", "张三丰")]));
    let names = filled(&folder.join("refused"), bad.len()).await;
    assert_eq!(names, ["bomb.png", "cut-off.pdf", "empty.pdf", "endless.pdf", "locked.pdf"]);
    assert_eq!(filled(&folder.join("done"), 1).await, ["good.pdf"]);
    let page = settled_batch(&desk).await;
    for (name, _, reason) in &bad {
        let section = page.split("<section>").find(|section| section.contains(&format!("<h2>{name}</h2>")));
        let section = section.unwrap_or_else(|| panic!("{name} is not told: {page}"));
        assert!(section.contains("未登记") && section.contains(reason), "{name}: {section}");
    }
    assert_eq!(letters_on(&page).len(), 1, "{page}");
    let listed = desk.get("/desk/batches").await.text;
    assert!(listed.contains("<strong>5</strong>"), "the list counts them: {listed}");
}

#[tokio::test]
async fn a_refused_file_can_be_looked_at_and_parted_again() {
    let (office, folder) = mailroom("");
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "clerk").await;
    let locked = hostile::pdf::password_protected();
    drop_file(&folder, "locked.pdf", &locked);
    filled(&folder.join("refused"), 1).await;
    let page = settled_batch(&desk).await;
    let path = crate::harness::desk::between(&page, "href=\"/desk/batches/files/", "/original\"").to_owned();
    let file = desk.get_bytes(&format!("/desk/batches/files/{path}/original")).await;
    assert_eq!((file.status, file.media_type.as_str()), (StatusCode::OK, "application/octet-stream"));
    assert_eq!(file.bytes, locked);
    let again = desk.post(&format!("/desk/batches/files/{path}/retry"), &[]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text);
    let page = settled_batch(&desk).await;
    assert!(page.contains("密码"), "it is refused for the same reason: {page}");
}
