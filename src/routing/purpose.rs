//! What the petitioner wants, when it is to be told from the words: above all, whether it is an accusation.
//!
//! An accusation (检举控告) charges an official or a public body with misconduct. Owing wages, making noise or selling bad goods
//! is none, however angry the words.

use case::field::{Confidence, Field, Source};
use case::purpose::Purpose;
use case::statement::Statement;
use case::unit::Unit;

use crate::office::Office;
use crate::routing::whole_text;

/// Misconduct of office: one of these near an official is an accusation.
const MISCONDUCT: &[&str] = &[
    "贪污",
    "受贿",
    "索贿",
    "行贿",
    "挪用公款",
    "挪用",
    "以权谋私",
    "滥用职权",
    "吃拿卡要",
    "玩忽职守",
    "侵占集体",
    "侵吞",
    "虚报冒领",
    "套取",
    "优亲厚友",
    "包庇",
    "充当保护伞",
    "买官卖官",
    "收受",
    "好处费",
    "红包",
    "回扣",
    "私分",
    "贪腐",
    "公款吃喝",
    "违纪",
    "徇私",
];
/// Who can commit it.
const OFFICIALS: &[&str] = &[
    "书记",
    "主任",
    "局长",
    "副局长",
    "科长",
    "所长",
    "镇长",
    "乡长",
    "村长",
    "村支书",
    "支书",
    "会计",
    "干部",
    "公职人员",
    "民警",
    "校长",
    "院长",
    "队长",
    "站长",
    "村干部",
    "领导干部",
    "工作人员",
    "村委会",
    "局里",
    "主任科员",
    "党委",
    "村两委",
];
/// Words that say what the writer is doing.
const ACCUSING: &[&str] = &["举报", "检举", "控告", "实名举报", "揭发"];
/// Words of a suggestion.
const SUGGESTING: &[&str] = &["建议", "提议", "希望能够增设", "合理化建议"];
/// How many characters may stand between an official and the misconduct.
const NEAR: usize = 60;

/// The purpose that the words suggest. Leans to an accusation only when misconduct and an official stand close together.
#[must_use]
pub fn suggest(statement: &Statement, _office: &Office, units: &[Unit]) -> Field<Purpose> {
    let text = whole_text(statement);
    let found = |value, confidence| Field::new(value, Confidence::new(confidence), Source::Body { start: 0, end: 0 });
    if accuses(&text, units) {
        let said = ACCUSING.iter().any(|word| text.contains(word));
        return found(Purpose::Accusation, if said { 0.9 } else { 0.7 });
    }
    let title = &statement.title.value;
    let asks = ["请求", "要求", "恳请", "投诉", "解决", "赔偿", "退还", "拖欠"].iter().any(|word| text.contains(word));
    if SUGGESTING.iter().any(|word| title.contains(word))
        || (!asks && SUGGESTING.iter().any(|word| text.contains(word)))
    {
        return found(Purpose::Suggestion, 0.7);
    }
    found(Purpose::AppealOrDemand, 0.8)
}

/// Whether misconduct stands near an official or one of our units.
fn accuses(text: &str, units: &[Unit]) -> bool {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    MISCONDUCT.iter().any(|misconduct| {
        text.match_indices(misconduct).any(|(at, _)| {
            let place = characters.partition_point(|(byte, _)| *byte < at);
            let from = characters.get(place.saturating_sub(NEAR)).map_or(0, |(byte, _)| *byte);
            let until = characters.get(place + NEAR).map_or(text.len(), |(byte, _)| *byte);
            let around = text.get(from..until).unwrap_or_default();
            OFFICIALS.iter().any(|official| around.contains(official))
                || units.iter().any(|unit| {
                    around.contains(unit.name.as_str())
                        || unit.aliases.iter().any(|alias| around.contains(alias.as_str()))
                })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn purpose(title: &str, body: &str) -> Purpose {
        let office = Office::shipped().unwrap();
        let statement = Statement::new(Field::typed(title.to_owned(), "title"), body.to_owned());
        suggest(&statement, &office, office.shipped_units()).value
    }

    #[test]
    fn misconduct_of_an_official_is_an_accusation() {
        assert_eq!(purpose("实名举报", "举报某村村支书刘某侵占集体资金，虚报冒领补贴。"), Purpose::Accusation);
        assert_eq!(purpose("反映问题", "市住建局一名科长收受开发商好处费。"), Purpose::Accusation);
    }

    #[test]
    fn anger_at_a_neighbour_or_a_firm_is_none() {
        assert_eq!(purpose("举报扰民", "举报楼下烧烤店噪音扰民，油烟很大，请求处理。"), Purpose::AppealOrDemand);
        assert_eq!(purpose("拖欠工资", "包工头拖欠我们十二名农民工工资，恳请帮助讨要。"), Purpose::AppealOrDemand);
    }

    #[test]
    fn a_proposal_is_a_suggestion() {
        assert_eq!(
            purpose("关于在东亭镇增设公交站点的建议", "东亭镇居民出行不便，建议增设公交站点。"),
            Purpose::Suggestion
        );
    }
}
