//! The content class that the words point to: the keywords of `classes.csv`.
//!
//! Words in the title count more, long ones count more than short ones, and words that point to several classes count less. The
//! evidence is gathered from the top: a first-level class by all words anywhere below it, then the second level in it, then the
//! third, as deep as the words go. Confidence is honest: thin evidence or a close second lowers it, and below [`LEAST`] nothing is
//! suggested.

use std::collections::{BTreeMap, BTreeSet};

use case::class::ContentClass;
use case::field::{Confidence, Field};
use case::finding::Reason;
use case::statement::Statement;

use crate::office::Office;
use crate::routing::{body_source, reason};

/// How much more a word in the title counts.
const TITLE_WEIGHT: f32 = 2.5;
/// How often the same word counts again in the body.
const REPEATS: usize = 3;
/// The length beyond which a word says no more, in characters.
const LONGEST: f32 = 5.0;
/// The evidence at which confidence reaches one half.
const HALF: f32 = 3.0;
/// How much of the evidence for the other branches of a first-level class carries over to one branch.
const CARRIED: f32 = 0.35;
/// The most words shown in a reason.
const SHOWN_WORDS: usize = 6;
/// The most classes suggested.
const SUGGESTIONS: usize = 8;
/// Below this confidence no class is suggested.
pub const LEAST: f32 = 0.2;

/// A class with its evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The class.
    pub class: ContentClass,
    /// How sure.
    pub confidence: Confidence,
    /// The words that point to it.
    pub reason: Reason,
}

/// A word that was found and how much it says.
#[derive(Debug)]
struct Evidence<'a> {
    word: &'a str,
    classes: &'a [ContentClass],
    says: f32,
}

/// The classes that the words point to, best first; of each second-level class only its best.
#[must_use]
pub fn classify(statement: &Statement, office: &Office) -> Vec<Suggestion> {
    let evidence = gather(statement, office);
    let first = shares(&evidence, 1, None);
    let mut ranked: Vec<(f32, ContentClass)> = Vec::new();
    for (branch, all) in &first {
        let second = shares(&evidence, 2, Some(branch));
        if second.is_empty() {
            ranked.push((*all, branch.clone()));
        }
        for (class, own) in second {
            let others = (all - own).max(0.0);
            let leaf = shares(&evidence, 3, Some(&class)).into_iter().reduce(|a, b| if b.1 > a.1 { b } else { a });
            ranked.push((own + others * CARRIED, leaf.map_or(class, |(leaf, _)| leaf)));
        }
    }
    ranked.sort_by(|(a, first), (b, second)| b.total_cmp(a).then_with(|| first.cmp(second)));
    ranked.truncate(SUGGESTIONS);
    let scores: Vec<f32> = ranked.iter().map(|(score, _)| *score).collect();
    let suggest = |(place, (score, class)): (usize, (f32, ContentClass))| {
        let rival = scores.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, score)| *score);
        let rival = rival.fold(0.0, f32::max);
        let confidence = Confidence::new(score / (score + HALF) * score / (score + rival * 0.5));
        let words = words_for(&evidence, &class);
        let text = format!("提到“{}”，属于{}", words.join("”“"), office.class_name(&class));
        Suggestion { class, confidence, reason: reason("class_words", text, &words) }
    };
    ranked.into_iter().enumerate().map(suggest).collect()
}

/// Every pointing word of title and body once, with what it says altogether.
fn gather<'a>(statement: &'a Statement, office: &'a Office) -> Vec<Evidence<'a>> {
    let mut found: BTreeMap<&str, Evidence<'a>> = BTreeMap::new();
    for (text, weight) in [(statement.title.value.as_str(), TITLE_WEIGHT), (statement.body.as_str(), 1.0)] {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for pointer in office.classes().pointers(text) {
            let times = seen.entry(pointer.word).or_default();
            *times += 1;
            if *times > REPEATS {
                continue;
            }
            // The second time says half as much as the first, the third a third.
            let says = weight * length(pointer.word).min(LONGEST) / 1.5 / count(*times);
            let evidence = found.entry(pointer.word).or_insert(Evidence {
                word: pointer.word,
                classes: pointer.classes,
                says: 0.0,
            });
            evidence.says += says;
        }
    }
    found.into_values().collect()
}

/// The evidence for each class of `level`, inside `branch` if one is given. A word that points into several classes of the level
/// says less for each.
fn shares(evidence: &[Evidence<'_>], level: u8, branch: Option<&ContentClass>) -> BTreeMap<ContentClass, f32> {
    let mut shares: BTreeMap<ContentClass, f32> = BTreeMap::new();
    for word in evidence {
        let inside = word.classes.iter().filter(|class| branch.is_none_or(|branch| branch.contains(class)));
        let at_level: BTreeSet<ContentClass> = inside.filter_map(|class| class.upper(level)).collect();
        let each = word.says / count(at_level.len()).sqrt();
        for class in at_level {
            *shares.entry(class).or_default() += each;
        }
    }
    shares
}

/// The words that point to the class or to what holds it, those that say most first.
fn words_for<'a>(evidence: &[Evidence<'a>], class: &ContentClass) -> Vec<&'a str> {
    let second = class.upper(2).unwrap_or_else(|| class.clone());
    let mut words: Vec<&Evidence<'a>> =
        evidence.iter().filter(|word| word.classes.iter().any(|own| second.contains(own))).collect();
    words.sort_by(|a, b| b.says.total_cmp(&a.says));
    words.into_iter().take(SHOWN_WORDS).map(|word| word.word).collect()
}

fn length(word: &str) -> f32 {
    count(word.chars().count())
}

fn count(number: usize) -> f32 {
    f32::from(u16::try_from(number).unwrap_or(u16::MAX))
}

/// The best class, when the words say enough.
#[must_use]
pub fn best(statement: &Statement, office: &Office) -> Option<Field<ContentClass>> {
    let best = classify(statement, office).into_iter().next()?;
    (best.confidence.value() >= LEAST).then(|| Field::new(best.class, best.confidence, body_source(statement)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Petitions invented for this table, with the beginning of the class that a clerk would give.
    const TABLE: &[(&str, &str, &str)] = &[
        ("小区物业乱收费", "物业公司不作为，物业费一年涨两次，电梯坏了没人修。", "城乡建设—住房保障与房地产"),
        ("房产证办不下来", "交房三年了，开发商一直不给办不动产权证。", "城乡建设—住房保障与房地产"),
        ("拖欠农民工工资", "我们二十人在工地干活，包工头拖欠工资不给，讨薪无门。", "劳动和社会保障—劳动关系"),
        ("征地补偿款不到位", "村里土地被征收，占地补偿迟迟不发放。", "国土资源—土地征收"),
        ("夜间施工噪音扰民", "工地每天施工到凌晨，噪音很大。", "环境保护—环境污染"),
        ("饭店油烟直排", "楼下饭店油烟很大，居民不敢开窗。", "环境保护—环境污染"),
        ("暖气不热", "供暖一个月了，家里暖气不热，热力公司没人来。", "城乡建设—城市建设和市政管理"),
        ("道路积水", "路口一下雨就积水，排水不通。", "城乡建设—城市建设和市政管理"),
        ("低保被取消", "我家困难，低保金被停发了。", "民政—社会救助"),
        ("宅基地被占", "邻居盖房占了我家宅基地。", "农村农业—土地承包经营"),
        ("医保报销难", "住院费用医保报销被拒，异地就医手续麻烦。", "劳动和社会保障—城镇居民社会保险"),
        ("学校乱收费", "学校强制收资料费和校服费。", "教育文体—教育收费"),
        ("非法集资", "公司高息吸储，现在投资款拿不回来。", "经济管理—金融财税"),
        ("乡道路面破损", "通往镇上的公路坑洼不平，大货车把路面压坏了。", "交通运输—建设管理"),
        ("村账不公开", "村委会多年不搞财务公开，村集体的钱去哪了。", "农村农业—村务管理"),
        ("培训班退费难", "校外培训机构关门，学费不退。", "教育文体—教育"),
        ("食品变质", "超市卖过期食品，吃了食物中毒。", "卫生计生—食品药品监管"),
        ("路灯不亮", "小路路灯坏了三个月。", "城乡建设—城市建设和市政管理"),
        ("孩子上学学区划分", "学区划分不合理，孩子入学难。", "教育文体—考试招生"),
        ("退役军人待遇", "义务兵优抚金没有发。", "民政—优抚"),
    ];

    #[test]
    fn petitions_get_the_class_a_clerk_would_give() {
        let office = Office::shipped().unwrap();
        let wrong: Vec<String> = TABLE
            .iter()
            .filter_map(|(title, body, expected)| {
                let statement = Statement::new(Field::typed((*title).to_owned(), "title"), (*body).to_owned());
                let class = best(&statement, &office).map(|class| office.class_name(&class.value)).unwrap_or_default();
                (!class.starts_with(expected)).then(|| format!("{title}: {class}, not {expected}"))
            })
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn words_that_say_nothing_give_no_class() {
        let office = Office::shipped().unwrap();
        let statement = Statement::new(Field::typed("你好".to_owned(), "title"), "请问今天上班吗".to_owned());
        assert_eq!(best(&statement, &office), None);
    }
}
