//! Words for values that have no name of their own for people.

use case::field::Doubt;
use case::field::Source;
use case::finding::Reason;
use case::mask::{self, People};
use case::problem::Problem;
use case::statement::{Mark, ReadingOrder};
use case::submission::FileRole;

use crate::presentation::Masking;

/// `text` as it may be shown.
#[must_use]
pub fn shown(text: &str, masking: Masking) -> String {
    match masking {
        Masking::Plain => text.to_owned(),
        Masking::Masked => mask::numbers_in(text),
    }
}

/// The texts of reasons, masked: they quote the petitions of `people`.
#[must_use]
pub fn reasons(reasons: &[Reason], people: &People) -> Vec<String> {
    reasons.iter().map(|reason| people.hide(&reason.text)).collect()
}

/// What a person should look at, in one sentence.
#[must_use]
pub fn mark(mark: &Mark, masking: Masking) -> String {
    match mark {
        Mark::MissingName => "没有姓名".to_owned(),
        Mark::MissingAddress => "没有住址".to_owned(),
        Mark::MissingPhone => "没有联系电话".to_owned(),
        Mark::Impossible { field, written } => match masking {
            Masking::Plain => format!("{}写作“{written}”，不可能正确", field_name(field)),
            Masking::Masked => format!("{}不可能正确，请核对原件", field_name(field)),
        },
        Mark::Doubtful { field } => format!("{}识别不确定，请对照原件", field_name(field)),
        Mark::ReadingOrder { page, order: ReadingOrder::Vertical } => {
            format!("第{page}页为竖排，已从右到左逐列识别，请核对顺序")
        }
        Mark::ReadingOrder { page, order: ReadingOrder::Unsure } => {
            format!("第{page}页可能为竖排，无法判断，已逐行识别，请核对顺序")
        }
        Mark::ReadingOrder { page, order: ReadingOrder::TwoColumns } => {
            format!("第{page}页为两栏，已先左后右识别，请核对顺序")
        }
        Mark::Asked { field, why, readings } => {
            let (field, why) = (field_name(field), doubt(*why));
            match masking {
                Masking::Plain if !readings.is_empty() => format!("{field}{why}，请确认：{}", readings.join("或")),
                Masking::Plain | Masking::Masked => format!("{field}{why}，请对照原件确认"),
            }
        }
        Mark::PageUnread { page, problem } => page_unread(*page, problem),
        Mark::AttachmentUnread { name, problem, .. } => format!("附件“{name}”未能读取：{}", problem.code.title()),
        Mark::CharsetRepaired { used } => format!("文字编码声明有误，已按{used}读取"),
        Mark::CharactersLost { count } => format!("有{count}个字无法识别（显示为\u{fffd}），请查看原件"),
        Mark::BodyTruncated => "内容过长，超出部分只在原件中".to_owned(),
        Mark::NoText => "没有可用的文字，请查看原件".to_owned(),
    }
}

/// A page that could not be read, and why.
#[must_use]
pub fn page_unread(page: u16, problem: &Problem) -> String {
    format!("第{page}页未能识别：{}", problem.code.title())
}

/// Where something was read.
#[must_use]
pub fn source(source: &Source) -> String {
    match source {
        Source::Form { name } => format!("表单的{}", field_name(name)),
        Source::Page { page, .. } => format!("第{page}页"),
        Source::Header { name } => header(name).to_owned(),
        Source::Body { start, .. } => format!("正文第{}字起", start.saturating_add(1)),
        Source::Moment { milliseconds } => {
            let seconds = milliseconds / 1000;
            format!("通话{}分{:02}秒", seconds / 60, seconds % 60)
        }
        Source::Staff { .. } => "工作人员更正".to_owned(),
    }
}

/// What a header of a mail is called, and what stands beside its words.
fn header(name: &str) -> &'static str {
    match name {
        "subject" => "邮件标题",
        "from" => "发件人",
        "date" => "邮件日期",
        "signature" => "邮件签名",
        "forwarded" => "转来邮件的抬头",
        "forwarding-form" => "转办单",
        _ => "邮件头",
    }
}

/// Why a person is asked about a field.
const fn doubt(why: Doubt) -> &'static str {
    match why {
        Doubt::EnginesDisagree => "两次识别不一致",
        Doubt::ReadOnce => "只有一次识别",
        Doubt::Invalid => "校验不通过",
        Doubt::Completed => "缺位，已按常见漏读补全",
        Doubt::Unknown => "不在姓氏或地名表中",
        Doubt::Lunar => "农历日期，请核对公历日期",
        Doubt::Unclear => "看不出是谁的，或从哪里断开",
        Doubt::Contradicts => "大写与小写不一致",
    }
}

fn field_name(field: &str) -> &str {
    match field {
        "name" => "姓名",
        "phone" | "phones" => "联系电话",
        "id_number" => "身份证号",
        "amount" => "金额",
        "credit_code" => "统一社会信用代码",
        "mail_address" => "电子邮箱",
        "address" => "住址",
        "title" => "标题",
        "body" => "内容",
        "demand" => "诉求",
        "place" => "问题属地",
        "written_on" => "信访日期",
        "class" => "内容分类",
        "purpose" => "信访目的",
        other => other,
    }
}

/// What a file is to its submission.
#[must_use]
pub const fn file_role(role: FileRole) -> &'static str {
    match role {
        FileRole::Original => "原件",
        FileRole::Attachment => "附件",
        FileRole::Page => "页面图像",
        FileRole::Reading => "识别结果",
    }
}

/// `3.4 MB`, `12 KB`, `87 B`.
#[must_use]
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{}.{} MB", bytes >> 20, ((bytes % (1 << 20)) * 10) >> 20),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        for (bytes, text) in [(0, "0 B"), (1023, "1023 B"), (1025, "2 KB"), (3_565_159, "3.4 MB")] {
            assert_eq!(size(bytes), text);
        }
    }

    #[test]
    fn an_impossible_number_is_still_a_number_of_somebody() {
        let impossible = Mark::Impossible { field: "phone".to_owned(), written: "1380000000".to_owned() };
        assert!(!mark(&impossible, Masking::Masked).contains("138"));
        assert!(mark(&impossible, Masking::Plain).contains("1380000000"));
    }
}
