//! Groups over HTTP: the list of a day, and who speaks for a joint petition: at most five, named by an officer at the desk or through the API, masked, taken back, written down,
//! and gone with whoever leaves the group.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::desk::{petition, take_in};
use crate::harness::Office;
use crate::harness::client::Program;
use crate::harness::desk::{Desk, between};
use crate::harness::server::Server;

/// Seven people about one thing, in one group.
struct Joint {
    office: Office,
    numbers: Vec<String>,
}

const PEOPLE: [&str; 7] = ["张三丰", "李四海", "王五洲", "赵六合", "钱七星", "孙八方", "周九州"];

fn joint_petitions() -> Joint {
    let office = Office::new();
    office.add_user("officer", "officer");
    let take = |(place, name): (usize, &&str)| {
        let phone = format!("1380000000{place}");
        take_in(&office, &format!("{place}.json"), &petition("翟城村道路积水", name, &phone))
    };
    let numbers = PEOPLE.iter().enumerate().map(take).collect();
    Joint { office, numbers }
}

/// Puts the cases from `from` on into the group of the first two, which is formed, and gives its address at the desk.
async fn group(desk: &Desk, numbers: &[String]) -> String {
    let mut group = String::new();
    for number in &numbers[1..] {
        let page = desk.get(&format!("/desk/cases/{number}")).await;
        let finding = page.link("/desk/findings/");
        let mut fields = vec![("verdict", "same_matter"), ("case", number.as_str())];
        if !group.is_empty() {
            fields.push(("group", group.as_str()));
        }
        let decided = desk.post(&format!("{finding}/decide"), &fields).await;
        assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.text);
        if group.is_empty() {
            let list = desk.get("/desk/groups").await;
            group = list.link("/desk/groups/").trim_start_matches("/desk/groups/").to_owned();
        }
    }
    format!("/desk/groups/{group}")
}

#[tokio::test]
async fn a_sixth_representative_is_refused_until_one_is_taken_back() {
    let Joint { office, numbers } = joint_petitions();
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    let path = group(&desk, &numbers).await;
    let name = async |number: &str| {
        desk.post(&format!("{path}/representatives"), &[("submission", number), ("petitioner", "1")]).await
    };
    for (named, number) in numbers.iter().take(5).enumerate() {
        let page = desk.get(&path).await;
        assert!(page.text.contains(&format!("<dd>{named}人（不超过5人）</dd>")), "{}", page.text);
        let done = name(number).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    }
    let page = desk.get(&path).await;
    assert!(page.text.contains("<dd>5人（不超过5人）</dd>") && page.text.contains("代表已满5人"), "{}", page.text);
    assert!(!page.text.contains("记为代表"), "nobody is offered any more");
    assert!(page.text.contains("张**") && page.text.contains("<dd>7人</dd>"), "{}", page.text);
    for person in PEOPLE {
        assert!(!page.text.contains(person), "masked");
    }
    let sixth = name(&numbers[5]).await;
    assert_eq!(sixth.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sixth.text.contains("代表已有5人，不能再推选"), "{}", sixth.text);
    let twice = name(&numbers[0]).await;
    assert!(twice.text.contains("这位信访人已是代表"), "{}", twice.text);

    let undo = format!("{path}/representatives/undo");
    let fields = [("submission", numbers[0].as_str()), ("petitioner", "1")];
    assert_eq!(desk.post(&undo, &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(desk.post(&undo, &fields).await.status, StatusCode::NOT_FOUND, "is none any more");
    assert_eq!(name(&numbers[5]).await.status, StatusCode::SEE_OTHER);
    let case = desk.get(&format!("/desk/cases/{}", numbers[0])).await;
    assert!(case.text.contains("推选代表") && case.text.contains("撤销代表"), "{}", case.text);
    let nobody =
        desk.post(&format!("{path}/representatives"), &[("submission", &numbers[6]), ("petitioner", "9")]).await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND, "{}", nobody.text);
}

#[tokio::test]
async fn who_leaves_the_group_or_is_sealed_speaks_for_it_no_more() {
    let Joint { office, numbers } = joint_petitions();
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    let path = group(&desk, &numbers[..4]).await;
    for number in &numbers[..4] {
        let fields = [("submission", number.as_str()), ("petitioner", "1")];
        assert_eq!(desk.post(&format!("{path}/representatives"), &fields).await.status, StatusCode::SEE_OTHER);
    }
    let page = desk.get(&format!("/desk/cases/{}", numbers[3])).await;
    let undone = desk.post(&format!("{}/undo", page.link("/desk/findings/")), &[("case", &numbers[3])]).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.text);
    let shown = desk.get(&path).await;
    assert!(shown.text.contains("<dd>3人（不超过5人）</dd>"), "{}", shown.text);
    let left = desk.get(&format!("/desk/cases/{}", numbers[3])).await;
    assert!(left.text.contains("所在的信访件已移出同类事项"), "{}", left.text);

    let sealed = desk.post(&format!("/desk/cases/{}/seal", numbers[2]), &[("reason", "检举控告")]).await;
    assert_eq!(sealed.status, StatusCode::SEE_OTHER, "{}", sealed.text);
    let shown = desk.get(&path).await;
    assert!(shown.text.contains("<dd>2人（不超过5人）</dd>") && !shown.text.contains(&numbers[2]), "{}", shown.text);
    let fields = [("submission", numbers[2].as_str()), ("petitioner", "1")];
    let hidden = desk.post(&format!("{path}/representatives"), &fields).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND, "what is sealed is not there: {}", hidden.text);
}

#[tokio::test]
async fn programs_name_representatives_and_take_them_back() {
    let Joint { office, numbers } = joint_petitions();
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    let path = group(&desk, &numbers[..3]).await;
    let api = path.replace("/desk/", "/api/v1/");
    let officer = Program::sign_in(&server, "officer").await;
    let before = officer.get(&api).await.body;
    assert_eq!(before["petitioners"].as_array().unwrap().len(), 3);
    assert_eq!(before["petitioners"][0]["name"], "张**");
    assert_eq!(before["petitioners"][0]["representative_since"], Value::Null);
    let body = json!({ "submission": numbers[0], "petitioner": 1 });
    let named = officer.post(&format!("{api}/representatives"), &body).await;
    assert_eq!(named.status, StatusCode::NO_CONTENT, "{named:?}");
    let again = officer.post(&format!("{api}/representatives"), &body).await;
    assert_eq!((again.status, again.problem()), (StatusCode::UNPROCESSABLE_ENTITY, "invalid_representative"));
    assert!(officer.get(&api).await.body["petitioners"][0]["representative_since"].is_string());
    let one = format!("{api}/representatives/{}/1", numbers[0]);
    assert_eq!(officer.delete(&one).await.status, StatusCode::NO_CONTENT);
    assert_eq!(officer.get(&api).await.body, before, "undone");
    assert_eq!(officer.delete(&one).await.status, StatusCode::NOT_FOUND);
}

/// A letter that seven people signed, and one of them who writes again.
fn letter_of_many(office: &Office) -> (String, String) {
    let mut many = petition("翟城村道路积水", PEOPLE[0], "13800000000");
    many["petitioners"] = PEOPLE.iter().map(|name| json!({ "name": name })).collect();
    many["petitioners"][0]["phone"] = json!("13800000000");
    let many = take_in(office, "many.json", &many);
    let again = petition("再次反映翟城村道路积水无人维修", PEOPLE[0], "13800000000");
    (many, take_in(office, "again.json", &again))
}

#[tokio::test]
async fn a_letter_that_many_signed_has_five_representatives_of_its_own() {
    let office = Office::new();
    office.add_user("officer", "officer");
    let (many, again) = letter_of_many(&office);
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    let case = desk.get(&format!("/desk/cases/{many}")).await;
    assert!(case.text.contains("联名：信访人7人，代表0人（不超过5人）"), "{}", case.text);
    let path = format!("/desk/cases/{many}/representatives");
    let name = async |place: &str| desk.post(&path, &[("submission", many.as_str()), ("petitioner", place)]).await;
    for place in ["1", "2", "3", "4", "5"] {
        assert_eq!(name(place).await.status, StatusCode::SEE_OTHER);
    }
    let sixth = name("6").await;
    assert_eq!(sixth.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sixth.text.contains("代表已有5人，不能再推选"), "{}", sixth.text);
    let page = desk.get(&path).await;
    assert!(page.text.contains("<dd>7人</dd>") && page.text.contains("代表已满5人"), "{}", page.text);
    assert!(
        !page.text.contains("记为代表") && PEOPLE.iter().all(|person| !page.text.contains(person)),
        "{}",
        page.text
    );
    let taken = desk.post(&format!("{path}/undo"), &[("submission", &many), ("petitioner", "2")]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    assert_eq!(name("6").await.status, StatusCode::SEE_OTHER);
    let case = desk.get(&format!("/desk/cases/{many}")).await;
    assert!(case.text.contains("本件现有代表5人") && case.text.contains("撤销代表"), "{}", case.text);

    // Whoever petitions alone needs nobody to speak for them.
    let alone = desk.get(&format!("/desk/cases/{again}")).await;
    assert!(!alone.text.contains("联名：信访人"), "{}", alone.text);
    let refused = desk
        .post(&format!("/desk/cases/{again}/representatives"), &[("submission", &again), ("petitioner", "1")])
        .await;
    assert!(refused.text.contains("只有一位信访人，不用推选代表"), "{}", refused.text);

    let sealed = desk.post(&format!("/desk/cases/{many}/seal"), &[("reason", "检举控告")]).await;
    assert_eq!(sealed.status, StatusCode::SEE_OTHER, "{}", sealed.text);
    assert_eq!(desk.get(&path).await.status, StatusCode::NOT_FOUND, "what is sealed is not there");
    assert_eq!(name("7").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_is_parted_from_the_case_speaks_for_it_no_more() {
    let office = Office::new();
    office.add_user("officer", "officer");
    let (many, again) = letter_of_many(&office);
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    let officer = Program::sign_in(&server, "officer").await;
    let api = format!("/api/v1/cases/{many}");
    let spoken_for = async || {
        let list = officer.get(&format!("{api}/petitioners")).await.body;
        let since = |one: &&Value| one["representative_since"].is_string();
        list["petitioners"].as_array().unwrap().iter().filter(since).count()
    };
    let body = json!({ "submission": many, "petitioner": 2 });
    assert_eq!(officer.post(&format!("{api}/representatives"), &body).await.status, StatusCode::NO_CONTENT);
    let page = desk.get(&format!("/desk/cases/{again}")).await;
    let finding = page.link("/desk/findings/");
    let joined = desk.post(&format!("{finding}/decide"), &[("verdict", "repeat"), ("case", &again)]).await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.text);
    let body = json!({ "submission": again, "petitioner": 1 });
    let named = officer.post(&format!("{api}/representatives"), &body).await;
    // In the case the person stands once, with the earlier submission.
    assert_eq!(named.status, StatusCode::NOT_FOUND, "{named:?}");
    assert_eq!(spoken_for().await, 1);
    let parted = desk.post(&format!("{finding}/undo"), &[("case", &many)]).await;
    assert_eq!(parted.status, StatusCode::SEE_OTHER, "{}", parted.text);
    assert_eq!(spoken_for().await, 1, "those of the letter itself stay");
    let one = format!("{api}/representatives/{many}/2");
    assert_eq!(officer.delete(&one).await.status, StatusCode::NO_CONTENT);
    assert_eq!((officer.delete(&one).await.status, spoken_for().await), (StatusCode::NOT_FOUND, 0));
}

#[tokio::test]
async fn a_group_is_listed_on_its_day_and_counted_without_persons() {
    let office = Office::new();
    office.add_user("officer", "officer");
    let people = [("张三丰", "13800000001"), ("李四海", "13800000002"), ("王五洲", "13800000003")];
    let numbers: Vec<String> = people
        .iter()
        .enumerate()
        .map(|(place, (name, phone))| {
            take_in(&office, &format!("{place}.json"), &petition("翟城村道路积水", name, phone))
        })
        .collect();
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    let empty = desk.get("/desk/groups").await;
    assert!(empty.text.contains("没有新形成的同类事项"), "{}", empty.text);

    // The second with the first; the third with the group of both, which the page offers.
    let page = desk.get(&format!("/desk/cases/{}", numbers[1])).await;
    let finding = page.link("/desk/findings/");
    let fields = [("verdict", "same_matter"), ("case", numbers[1].as_str())];
    assert_eq!(desk.post(&format!("{finding}/decide"), &fields).await.status, StatusCode::SEE_OTHER);
    let page = desk.get(&format!("/desk/cases/{}", numbers[2])).await;
    assert!(page.text.contains("归入同类事项"), "{}", page.text);
    let group = between(&page.text, "name=\"group\"><option value=\"", "\"").to_owned();
    let fields = [("verdict", "same_matter"), ("group", group.as_str()), ("case", numbers[2].as_str())];
    let decided = desk.post(&format!("{}/decide", page.link("/desk/findings/")), &fields).await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.text);

    let list = desk.get("/desk/groups").await;
    let shown = list.link("/desk/groups/");
    assert_eq!(shown, format!("/desk/groups/{group}"));
    let whole = desk.get(&shown).await;
    assert!(
        numbers.iter().all(|number| whole.text.contains(number)) && whole.text.contains("不超过5人"),
        "{}",
        whole.text
    );
    let board = desk.get("/desk/matters").await;
    assert!(board.text.contains("共3件"), "{}", board.text);
    for page in [&list, &board, &whole] {
        for (name, phone) in people {
            assert!(!page.text.contains(name) && !page.text.contains(phone), "{name}: {}", page.text);
        }
    }

    // Sealed, one of them is nowhere, and two are too few for the board.
    let sealed = desk.post(&format!("/desk/cases/{}/seal", numbers[0]), &[("reason", "检举控告")]).await;
    assert_eq!(sealed.status, StatusCode::SEE_OTHER, "{}", sealed.text);
    let whole = desk.get(&shown).await;
    assert!(!whole.text.contains(&numbers[0]) && whole.text.contains(&numbers[2]), "{}", whole.text);
    assert!(!desk.get("/desk/matters").await.text.contains("共3件"));
    assert_eq!(desk.get("/desk/groups/00000000-0000-0000-0000-000000000000").await.status, StatusCode::NOT_FOUND);
}
