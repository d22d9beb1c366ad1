//! What the petitioner wants, when it is to be told from the words: above all, whether it is an accusation.
//!
//! An accusation (检举控告) charges an official or a public body with misconduct. Owing wages, making noise or selling bad goods
//! is none, however angry the words, and neither is `举报扰民噪音`. Every verdict carries its reasons.

use case::field::{Confidence, Field};
use case::finding::Reason;
use case::purpose::Purpose;
use case::statement::Statement;

use crate::routing::respondents::{self, Concern, MISCONDUCT_REACH, UnitNames, is_asked, is_turned_to, verb_before};
use crate::routing::sentences::sentences;
use crate::routing::{body_source, misconduct, reason, whole_text};

/// Who holds a public office.
const OFFICIALS: [&str; 38] = [
    "村支书",
    "支部书记",
    "党委书记",
    "副书记",
    "书记",
    "村主任",
    "村长",
    "副主任",
    "主任",
    "副局长",
    "局长",
    "副科长",
    "科长",
    "副所长",
    "所长",
    "副镇长",
    "镇长",
    "副乡长",
    "乡长",
    "村干部",
    "镇干部",
    "领导干部",
    "干部",
    "公职人员",
    "公务员",
    "民警",
    "交警",
    "校长",
    "院长",
    "大队长",
    "站长",
    "会计",
    "工作人员",
    "村委会",
    "村两委",
    "党委",
    "镇政府",
    "执法人员",
];
/// Words that charge, as against 投诉 and 反映, which may merely complain.
const CHARGING: [&str; 5] = ["举报", "检举", "控告", "揭发", "告发"];
/// Words of a proposal.
const PROPOSING: [&str; 6] = ["建议", "提议", "意见建议", "合理化", "希望增设", "呼吁"];
/// Words that ask for something to be put right.
const ASKING: [&str; 14] =
    ["请求", "要求", "恳请", "投诉", "解决", "赔偿", "退还", "拖欠", "补偿", "举报", "维权", "查处", "没人管", "欠"];
/// How many characters before an official tell whether a firm's one is meant.
const OWN_FIRM: usize = 8;
/// How much each kind of evidence for an accusation says; together they are more.
const CHARGED: f32 = 0.6;
const NAMED_UNIT: f32 = 0.5;
const PUBLIC_MONEY: f32 = 0.5;
const VERB: f32 = 0.3;
const IN_TITLE: f32 = 0.2;
/// At or above this the petition counts as an accusation. Sealing too much can be undone, sealing too little cannot.
pub const LEAST: f32 = 0.5;

/// A purpose with what speaks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The purpose.
    pub purpose: Purpose,
    /// How sure.
    pub confidence: Confidence,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// The purpose that the words suggest, as a field of the statement.
#[must_use]
pub fn suggest(statement: &Statement, names: &UnitNames) -> Field<Purpose> {
    let verdict = judge(statement, names);
    Field::new(verdict.purpose, verdict.confidence, body_source(statement))
}

/// The purpose that the words suggest.
#[must_use]
pub fn judge(statement: &Statement, names: &UnitNames) -> Verdict {
    let (score, reasons) = accusation(statement, names);
    if score >= LEAST {
        return Verdict { purpose: Purpose::Accusation, confidence: Confidence::new(score), reasons };
    }
    let title = statement.title.value.as_str();
    let text = whole_text(statement);
    let of_words = |kind: &str, text: &str, word: &str| vec![reason(kind, text.to_owned(), &[word])];
    if let Some(word) = PROPOSING.iter().find(|word| title.contains(*word)) {
        let confidence = if ASKING.iter().any(|asking| title.contains(asking)) { 0.5 } else { 0.8 };
        let reasons = of_words("proposes", "标题是提建议", word);
        return Verdict { purpose: Purpose::Suggestion, confidence: Confidence::new(confidence), reasons };
    }
    let asking = ASKING.iter().find(|word| text.contains(*word));
    match (asking, PROPOSING.iter().find(|word| text.contains(*word))) {
        (None, Some(word)) => {
            let reasons = of_words("proposes", "内容是提建议，没有个人诉求", word);
            Verdict { purpose: Purpose::Suggestion, confidence: Confidence::new(0.6), reasons }
        }
        (Some(word), _) => {
            let reasons = of_words("asks", "要求解决具体问题", word);
            Verdict { purpose: Purpose::AppealOrDemand, confidence: Confidence::new(0.85), reasons }
        }
        (None, None) => {
            let reasons = vec![reason("asks", "没有检举控告或建议的内容".to_owned(), &[])];
            Verdict { purpose: Purpose::AppealOrDemand, confidence: Confidence::new(0.6), reasons }
        }
    }
}

/// How much speaks for an accusation, 0 to 1, and what.
fn accusation(statement: &Statement, names: &UnitNames) -> (f32, Vec<Reason>) {
    let title = statement.title.value.as_str();
    let text = whole_text(statement);
    let mut evidence: Vec<(f32, Reason)> = Vec::new();
    if let Some((official, word)) = sentences(&text).find_map(charged_official) {
        evidence.push((CHARGED, reason("official_misconduct", format!("反映{official}{word}"), &[official, word])));
    }
    let charges = CHARGING.iter().find(|verb| text.contains(*verb));
    let of_units = accused_of_misconduct(statement, names, &text);
    evidence.extend(of_units.map(|(name, words)| {
        (NAMED_UNIT, reason("unit_misconduct", format!("检举控告的对象是{name}"), &[words.as_str()]))
    }));
    if let (Some(_), Some(word)) = (charges, sentences(&text).find_map(public_misconduct)) {
        evidence.push((PUBLIC_MONEY, reason("misconduct", format!("内容涉及{word}"), &[word])));
    }
    if evidence.is_empty() {
        return (0.0, Vec::new());
    }
    if let Some(verb) = charges {
        evidence.push((VERB, reason("charges", format!("信访人使用“{verb}”"), &[verb])));
    }
    if let Some((_, word)) = misconduct::first(title) {
        evidence.push((IN_TITLE, reason("in_title", format!("标题提到“{word}”"), &[word])));
    }
    let against = evidence.iter().map(|(says, _)| 1.0 - says).product::<f32>();
    (1.0 - against, evidence.into_iter().map(|(_, reason)| reason).collect())
}

/// A unit or head that the text accuses, when the petition charges or names misconduct; complaints about service alone are none.
fn accused_of_misconduct(statement: &Statement, names: &UnitNames, text: &str) -> Option<(String, String)> {
    let accused = respondents::accused(statement, names);
    let accused = accused.into_iter().find(|accused| accused.concern != Concern::AskedAway)?;
    let charged_itself = sentences(text).any(|sentence| {
        let at = sentence.find(&accused.words);
        at.and_then(|at| sentence.get(..at)).and_then(verb_before).is_some_and(|verb| CHARGING.contains(&verb))
    });
    let of_office = sentences(text).find_map(public_misconduct).is_some();
    (charged_itself || of_office).then(|| (accused.unit.name.clone(), accused.words))
}

/// An official and the misconduct that the sentence charges them with.
fn charged_official(sentence: &str) -> Option<(&'static str, &'static str)> {
    OFFICIALS.iter().find_map(|official| {
        sentence.match_indices(official).find_map(|(at, _)| {
            let before = sentence.get(..at)?;
            let after = sentence.get(at + official.len()..)?;
            let own: String = before.chars().rev().take(OWN_FIRM).collect::<Vec<_>>().into_iter().rev().collect();
            if misconduct::names_firm(&own) || is_turned_to(before) {
                return None;
            }
            let charged = misconduct::charged(after, MISCONDUCT_REACH).filter(|between| !is_asked(between));
            if charged.is_some() {
                return misconduct::first(after).map(|(_, word)| (*official, word));
            }
            // 收受好处费的科长
            let (start, word) = misconduct::first(before)?;
            let between = before.get(start + word.len()..)?;
            (between.ends_with('的') && between.chars().count() <= OWN_FIRM).then_some((*official, word))
        })
    })
}

/// Misconduct that only an official can commit, in a sentence without a firm.
fn public_misconduct(sentence: &str) -> Option<&'static str> {
    misconduct::of_office(sentence).filter(|_| !misconduct::names_firm(sentence))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::Office;

    fn verdict(title: &str, body: &str) -> Verdict {
        let office = Office::shipped().unwrap();
        let statement = Statement::new(Field::typed(title.to_owned(), "title"), body.to_owned());
        judge(&statement, &UnitNames::of(office.shipped_units()))
    }

    #[test]
    fn misconduct_of_an_official_is_an_accusation() {
        for (title, body) in [
            ("实名举报", "举报某村村支书刘某侵占集体资金，虚报冒领补贴。"),
            ("反映问题", "市住建局一名科长收受开发商好处费。"),
            (
                "举报信",
                "我举报定州市城市管理综合行政执法局局长秦守拙。好摊位早就定给了他的内弟，每个摊位得交两万元“协调费”。",
            ),
            ("检举东旺镇人民政府工作人员截留耕地地力保护补贴", "把已经外出户的面积记到自己亲戚名下，领走补贴款。"),
            ("村干部的事", "村会计多年来贪污低保款，给自己家人办低保。"),
            ("控告", "控告市公安局民警徇私，包庇打人者。"),
            ("举报", "举报有人贪污扶贫款，请查。"),
            ("举报索贿的所长", "东亭镇某所所长办证时索要红包。"),
        ] {
            let verdict = verdict(title, body);
            assert_eq!(verdict.purpose, Purpose::Accusation, "{title} {body}");
            assert!(verdict.confidence.value() >= LEAST && !verdict.reasons.is_empty());
        }
    }

    #[test]
    fn anger_at_a_neighbour_or_a_firm_is_none() {
        for (title, body) in [
            ("举报扰民", "举报楼下烧烤店噪音扰民，油烟很大，请求处理。"),
            ("拖欠工资", "包工头拖欠我们十二名农民工工资，恳请帮助讨要。"),
            ("举报物业", "举报物业公司挪用维修资金，业委会主任收了红包。"),
            ("投诉", "投诉饭店老板套取预付卡，卷款跑路。"),
            ("举报公司", "公司会计挪用货款，老板跑路，欠我们工资。"),
            ("举报黑诊所", "举报无证诊所，请卫生局查处。"),
            ("反映", "我找过村支书和镇领导，都没有解决宅基地的问题。"),
            ("投诉人社局", "人社局工作人员态度恶劣，推诿扯皮。"),
            ("举报", "我向市教育局工作人员举报培训机构套取学费。"),
        ] {
            let verdict = verdict(title, body);
            assert_eq!(verdict.purpose, Purpose::AppealOrDemand, "{title} {body}: {:?}", verdict.reasons);
        }
    }

    #[test]
    fn a_proposal_is_a_suggestion() {
        for (title, body) in [
            ("关于在东亭镇增设公交站点的建议", "东亭镇居民出行不便，建议增设公交站点。"),
            ("公园", "建议在中山公园多装几个座椅，方便老人。"),
        ] {
            assert_eq!(verdict(title, body).purpose, Purpose::Suggestion, "{title}");
        }
    }

    #[test]
    fn a_demand_that_ends_in_a_proposal_stays_a_demand() {
        let found = verdict("路灯不亮", "路灯坏了半年没人管，要求尽快维修，建议换成太阳能的。");
        assert_eq!(found.purpose, Purpose::AppealOrDemand);
    }

    #[test]
    fn more_evidence_is_surer() {
        let little = verdict("反映问题", "村会计挪用了村里的钱。");
        let much = verdict("实名举报村会计贪污", "我举报村会计贪污公款。");
        assert!(much.confidence.value() > little.confidence.value());
    }
}
