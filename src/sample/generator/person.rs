//! Invented people: names from lists, numbers that are valid in form only.

use crate::sample::identity::id_number;
use crate::sample::random::Sequence;

const SURNAMES: [&str; 60] = [
    "王", "李", "张", "刘", "赵", "陈", "杨", "马", "孙", "郭", "高", "田", "安", "何", "贾", "白", "侯", "齐", "甄",
    "庞", "董", "崔", "郝", "梁", "宋", "韩", "冯", "许", "邓", "曹", "彭", "曾", "吴", "徐", "胡", "朱", "林", "罗",
    "郑", "谢", "唐", "于", "袁", "苏", "卢", "蒋", "蔡", "魏", "薛", "叶", "阎", "余", "潘", "杜", "戴", "夏", "钟",
    "汪", "任", "姜",
];
const GIVEN: &str =
    "国建文志永玉桂秀春明庆立福贵军华平占长忠红丽娟敏静芳兰英梅凤霞云强勇伟杰涛斌宁浩磊刚峰海波江山林森";

/// Someone who writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratedPerson {
    /// Name.
    pub name: String,
    /// 公民身份号码, valid by its check character.
    pub id_number: String,
    /// Mobile number beginning with 1380.
    pub phone: String,
}

impl GeneratedPerson {
    /// The person with `number`. Identity numbers repeat after 16 million people, telephone numbers after 10 million.
    pub(super) fn with_number(seed: u64, number: u64) -> Self {
        let mut sequence = Sequence::of_item(seed.rotate_left(31), number);
        let given: Vec<char> = GIVEN.chars().collect();
        let mut name = sequence.word(&SURNAMES).to_owned();
        let length = if sequence.happens(150) { 1 } else { 2 };
        name.extend((0..length).filter_map(|_| sequence.pick(&given)));
        // Steps without a common divisor with the count pass through every number once.
        let phone = number.wrapping_mul(6_180_339) % 10_000_000;
        let citizen = number.wrapping_mul(9_888_547) % 16_000_000;
        let (year, month) = (1946 + citizen % 50, citizen / 50 % 12 + 1);
        let (day, order) = (citizen / 600 % 28 + 1, citizen / 16_800 % 953 + 1);
        Self {
            name,
            id_number: id_number(&format!("130682{year:04}{month:02}{day:02}{order:03}")),
            phone: format!("1380{phone:07}"),
        }
    }
}
