use super::*;

const HOTLINE: &str = "各承办单位：\n现将以下工单转你单位办理，请于3个工作日内反馈。\n工单编号 GD2026112000871 受理时间 2026-11-20 08:41:12\n诉求人 贺大林 联系电话 13600009101\n诉求标题 孙家洼村村口路灯不亮\n诉求内容 市民来电反映：村口到小学的八盏路灯从九月起全部不亮。希望尽快修复。\n承办单位 县信访局 派单人 吕静 0312-5550188";

fn content(words: &str) -> Option<String> {
    find(words, "").map(|form| characters(words, &form.content))
}

#[test]
fn the_content_of_a_hotline_form_is_the_petition() {
    let form = find(HOTLINE, "").unwrap();
    assert_eq!(
        characters(HOTLINE, &form.content),
        "市民来电反映：村口到小学的八盏路灯从九月起全部不亮。希望尽快修复。"
    );
    assert_eq!(characters(HOTLINE, form.title.as_ref().unwrap()), "孙家洼村村口路灯不亮");
    let statement = form.read(HOTLINE, &Context::default());
    assert_eq!(statement.title.value, "孙家洼村村口路灯不亮");
    assert_eq!(statement.demand.unwrap().value, "希望尽快修复。");
    assert!(statement.beside.first().unwrap().text.contains("承办单位 县信访局"));
}

#[test]
fn several_paragraphs_end_where_a_program_or_an_office_signs() {
    let begin =
        "转送如下\n信件编号：X1\n来 信 人：裴小满\n【来信内容】\n第一段说幼儿园多收费。\n\n第二段说不给票据。\n\n";
    for end in ["本邮件由系统自动发送，请勿直接回复。", "市信访局网信科", "经办人：单立新", "【办理要求】7日内反馈"]
    {
        let found = content(&format!("{begin}{end}\n2026年11月19日"));
        assert_eq!(found.as_deref(), Some("第一段说幼儿园多收费。\n\n第二段说不给票据。"), "{end}");
    }
}

#[test]
fn what_somebody_writes_of_themselves_is_no_form() {
    let own = format!("我去年打过热线，到现在没有人管，把工单抄给你们：\n{HOTLINE}");
    assert_eq!(content(&own), None);
    let copied = HOTLINE.replace("各承办单位：\n现将以下工单转你单位办理，请于3个工作日内反馈。\n", "");
    let copied = copied.split("\n承办单位").next().unwrap();
    assert_eq!(content(copied), None, "nobody says that it is handed on");
}

#[test]
fn two_forms_in_one_mail_are_left_to_a_person() {
    assert_eq!(content(&format!("{HOTLINE}\n{HOTLINE}")), None);
}
