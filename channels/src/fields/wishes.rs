//! What the writer asked about their own data in so many words.

use super::{Fields, Text};

const CONFIDENTIAL: &[&str] = &[
    "为我保密",
    "为我们保密",
    "替我们保密",
    "替我保密",
    "给我保密",
    "对我保密",
    "请保密",
    "予以保密",
    "注意保密",
    "要求保密",
    "希望保密",
    "务必保密",
    "信息保密",
    "姓名保密",
    "身份保密",
    "不要透露我",
    "别透露我",
    "不要泄露我",
    "请勿泄露",
    "别告诉他们我",
    "别让他们知道我",
    "不要让他们知道我",
    "别让人知道我",
    "别说是我",
    "不要说是我",
    "别把我",
    "不要把我的",
    "不要把我们",
];
/// What follows a word that keeps something from others: `别把我电话告诉他们`, not `别把我家地占了`.
const TOLD: &[&str] = &["告诉", "透露", "说出", "泄露", "给对方", "给他们", "公开"];
/// How far behind such a word that stands, in characters.
const TOLD_WITHIN: usize = 12;
const ANONYMOUS: &[&str] = &[
    "匿名",
    "不愿透露姓名",
    "不愿意透露姓名",
    "不愿具名",
    "不愿意具名",
    "不便具名",
    "不想说我叫",
    "不想说我是",
    "别查我是谁",
    "别问我是谁",
    "别问我叫",
    "别问我名字",
    "别问我姓名",
    "不用问我叫",
    "不便透露姓名",
    "不方便透露姓名",
    "不想透露姓名",
    "不想说名字",
    "不想留名",
    "不想留姓名",
    "不想说姓名",
    "不想告诉名字",
    "不愿说名字",
    "不愿意说名字",
    "不便说名字",
    "不方便说名字",
    "不方便说姓名",
    "不说名字",
    "不愿意留名",
    "就不留名",
    "不留姓名",
    "姓名我就不说",
    "名字我就不说",
    "姓名就不说",
    "名字就不说",
];

pub(super) fn find(text: &Text, fields: &mut Fields) {
    let mut asked = text.all_of(0..text.len(), CONFIDENTIAL);
    fields.wishes.confidential = asked.any(|(words, range)| {
        let open = words.starts_with("别把我") || words.starts_with("不要把我");
        !open || text.any_of(range.end..(range.end + TOLD_WITHIN).min(text.len()), TOLD)
    });
    // Who gives a name does not ask for anonymity, whatever the words are about.
    fields.wishes.anonymous = fields.names.is_empty() && text.any_of(0..text.len(), ANONYMOUS);
}
