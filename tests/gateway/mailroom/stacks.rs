//! Stacks of letters in one file, parted by separator sheets and by stickers.

use crate::harness::desk::Desk;
use crate::harness::scanner::{
    blank, drop_file, filled, letter, letters_on, mailroom, scan, separators, settled_batch, stickers,
};
use crate::harness::server::Server;

#[tokio::test]
async fn separator_sheets_part_a_stack_and_keep_envelope_and_enclosures_with_their_letter() {
    let (office, folder) = mailroom("");
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "clerk").await;
    let [new, envelope, enclosure] = separators(&desk).await;
    let stack = [
        new.clone(),
        blank(),
        letter("路灯不亮", "张三丰"),
        blank(),
        new,
        envelope,
        letter("信封上的字", "收发室"),
        letter("水管漏水", "李四光"),
        enclosure,
        letter("收据复印件", "自来水公司"),
    ];
    drop_file(&folder, "stack.pdf", &scan(&stack));
    let page = settled_batch(&desk).await;
    let letters = letters_on(&page);
    assert_eq!(letters.len(), 2, "{page}");
    assert_eq!(
        letters[0].0, "信件第3至4页第4页空白",
        "the back of the separator sheet goes, the letter's own back stays"
    );
    assert_eq!(letters[1].0, "信封第7至8页，附件第10页", "{page}");
}

#[tokio::test]
async fn stickers_tie_paper_and_record() {
    let (office, folder) = mailroom("");
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "clerk").await;
    let [(first, first_code), (second, second_code)] = &stickers(&desk, 2).await[..] else { panic!("two stickers") };
    let stack = [
        first_code.stuck_on(letter("路灯不亮", "张三丰")),
        letter("路灯不亮的第二页", "张三丰"),
        second_code.stuck_on(letter("水管漏水", "李四光")),
    ];
    drop_file(&folder, "stack.pdf", &scan(&stack));
    let page = settled_batch(&desk).await;
    let letters = letters_on(&page);
    let told: Vec<(&str, &str)> = letters.iter().map(|(pages, _, number)| (pages.as_str(), number.as_str())).collect();
    assert_eq!(told, [("信件第1至2页", first.as_str()), ("信件第3页", second.as_str())], "{page}");
    filled(&folder.join("done"), 1).await;

    // A page that was forgotten is scanned later with the same sticker: it stands beside its record.
    drop_file(&folder, "later.pdf", &scan(&[second_code.stuck_on(letter("补充材料", "李四光"))]));
    filled(&folder.join("done"), 2).await;
    let page = settled_batch(&desk).await;
    assert_eq!(letters_on(&page)[2].2, *second, "{page}");
    let case = desk.get(&format!("/desk/cases/{second}")).await.text;
    assert!(case.contains("补充扫描件"), "{case}");
}

#[tokio::test]
async fn a_code_that_is_not_the_offices_own_changes_nothing() {
    let (office, folder) = mailroom("");
    let (other, _) = mailroom("");
    let foreign = Server::start(&other);
    let [theirs, ..] = separators(&Desk::sign_in(&foreign, "clerk").await).await;
    drop(foreign);
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "clerk").await;
    drop_file(&folder, "stack.pdf", &scan(&[letter("路灯不亮", "张三丰"), theirs, letter("水管漏水", "李四光")]));
    let page = settled_batch(&desk).await;
    let letters = letters_on(&page);
    assert_eq!(letters.len(), 1, "{page}");
    assert_eq!(letters[0].0, "信件第1至3页");
}
