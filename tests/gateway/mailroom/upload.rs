//! Batches uploaded at the desk.

use reqwest::StatusCode;

use crate::harness::desk::Desk;
use crate::harness::scanner::{blank, letter, letters_on, mailroom, scan, separators, settled};
use crate::harness::server::Server;

#[tokio::test]
async fn an_upload_is_a_batch_with_the_name_that_was_typed() {
    let (office, _folder) = mailroom("");
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "clerk").await;
    let [new, ..] = separators(&desk).await;
    let stack = scan(&[new.clone(), letter("路灯不亮", "张三丰"), new, letter("水管漏水", "李四光")]);
    let single = scan(&[letter("公交改线", "王五洲")]);
    let files: [(&str, &[u8]); 2] = [("stack.pdf", &stack), ("single.pdf", &single)];
    let taken = desk.upload_with("/desk/batches", &[("name", "上午第二摞")], &files).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text);
    let path = taken.location.unwrap();
    let page = settled(&desk, path.split('?').next().unwrap()).await;
    assert!(page.contains("<h1>上午第二摞</h1>"), "{page}");
    let letters = letters_on(&page);
    assert_eq!(
        letters.iter().map(|letter| letter.0.as_str()).collect::<Vec<_>>(),
        ["信件第2页", "信件第4页", "信件第1页"]
    );
    assert!(letters.iter().all(|letter| letter.1 == "已登记"), "{page}");
}

#[tokio::test]
async fn fronts_and_backs_are_chosen_in_pairs_and_half_a_pair_is_told() {
    let (office, _folder) = mailroom("");
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "clerk").await;
    let fronts = scan(&[letter("第一页", "张三丰"), letter("第三页", "张三丰")]);
    let backs = scan(&[blank(), letter("第二页", "张三丰")]);
    let short = scan(&[blank()]);
    let files: [(&str, &[u8]); 5] =
        [("f1.pdf", &fronts), ("b1.pdf", &backs), ("f2.pdf", &fronts), ("b2.pdf", &short), ("f3.pdf", &fronts)];
    let taken = desk.upload_with("/desk/batches", &[("collate", "yes"), ("whole", "yes")], &files).await;
    let path = taken.location.unwrap();
    let page = settled(&desk, path.split('?').next().unwrap()).await;
    let letters = letters_on(&page);
    assert_eq!(letters.len(), 1, "{page}");
    assert_eq!(letters[0].0, "信件第1至4页第4页空白");
    assert!(page.contains("正面2页，背面1页，张数不符"), "{page}");
    assert!(page.contains("缺少背面文件"), "{page}");
}

#[tokio::test]
async fn who_may_not_enter_letters_sees_no_batches() {
    let (office, _folder) = mailroom("");
    let server = Server::start(&office);
    office.add_user("head", "head");
    let head = Desk::sign_in(&server, "head").await;
    assert_eq!(head.get("/desk/batches").await.status, StatusCode::FORBIDDEN);
    assert_eq!(head.get("/desk/sheets").await.status, StatusCode::FORBIDDEN);
    let clerk = Desk::sign_in(&server, "clerk").await;
    let nothing = clerk.upload_with("/desk/batches", &[("name", "空")], &[]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", nothing.text);
}
