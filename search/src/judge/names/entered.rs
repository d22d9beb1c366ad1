//! Names from the fields of a petition, place and respondents, which hold one name and nothing around it: they are read whole, where
//! the dictionary would find other words in them.

use case::text::is_han;

use super::endings::BUSINESSES;
use super::{Name, NameKind, SHORTEST_BEHIND, longest, stem};

/// The fewest characters of a respondent that is a name.
const SHORTEST_ENTERED: usize = 3;

/// The township and the village or community of a place that is entered as such, `叮咛店镇西杨村`: cut by what they end with, where the
/// dictionary would find other words.
pub(in crate::judge) fn of_place(place: &str) -> Vec<Name> {
    let name = |kind: NameKind, text: &str, ending: &str, before: &str| {
        let core = text.strip_suffix(ending)?;
        let plain = text.chars().count() <= longest(kind) && text.chars().all(is_han) && !core.is_empty();
        // `良村` says nothing without its township.
        let core = if core.chars().count() == 1 { format!("{before}{core}") } else { core.to_owned() };
        (plain && core.chars().count() >= 2).then(|| Name { kind, text: text.to_owned(), core })
    };
    let place = place.trim();
    let behind_county = ["省", "市", "县", "区"]
        .iter()
        .filter_map(|ending| Some(place.rsplit_once(ending)?.1))
        .min_by_key(|rest| rest.len());
    let place = behind_county
        .filter(|rest| rest.chars().count() >= SHORTEST_BEHIND && !rest.starts_with("街道"))
        .unwrap_or(place);
    let mut found = Vec::new();
    let township = ["街道", "镇", "乡"].iter().find_map(|ending| {
        let (before, behind) = place.split_once(ending)?;
        (!before.is_empty()).then(|| (format!("{before}{ending}"), *ending, behind))
    });
    let (before, rest) = township.as_ref().map_or(("", place), |(text, _ending, behind)| (text.as_str(), *behind));
    found.extend(township.as_ref().and_then(|(text, ending, _behind)| name(NameKind::Township, text, ending, "")));
    let settlement = [("社区", NameKind::Township), ("村", NameKind::Village)];
    found.extend(settlement.iter().find_map(|(ending, kind)| name(*kind, rest, ending, before)));
    found
}

/// The firm, shop or school that an office has entered as complained about, whole: it need not be told from the words around it. None for
/// people and for offices, about which petitions on one matter may differ.
pub(in crate::judge) fn of_respondent(respondent: &str) -> Option<Name> {
    let is_office = ["政府", "法院", "检察院"].iter().any(|office| respondent.contains(office));
    let text = respondent.trim();
    let length = text.chars().count();
    if is_office
        || !(SHORTEST_ENTERED..=longest(NameKind::Firm)).contains(&length)
        || !text.chars().all(char::is_alphanumeric)
    {
        return None;
    }
    let ending = BUSINESSES.iter().find(|ending| text.ends_with(**ending))?;
    let core = stem(text.strip_suffix(ending)?).to_owned();
    (core.chars().count() >= 2).then(|| Name { kind: NameKind::Firm, text: text.to_owned(), core })
}

#[cfg(test)]
mod tests {
    use super::super::agree;
    use super::*;

    #[test]
    fn a_place_that_was_entered_is_cut_by_its_endings() {
        let texts = |place: &str| -> Vec<String> { of_place(place).into_iter().map(|name| name.text).collect() };
        assert_eq!(texts("叮咛店镇西杨村"), ["叮咛店镇", "西杨村"]);
        assert_eq!(texts("清河县邢邑镇良村"), ["邢邑镇", "良村"]);
        assert_eq!(texts("北城区街道东关社区"), ["北城区街道", "东关社区"]);
        assert_eq!(texts("东街菜市场"), Vec::<String>::new());
        assert!(!agree(&of_place("邢邑镇良村")[1], &of_place("叮咛店镇张良村")[1]));
    }

    #[test]
    fn a_business_that_was_entered_is_a_name_whole() {
        assert_eq!(of_respondent("榆晖烧烤城").map(|name| name.core), Some("榆晖".to_owned()));
        assert!(
            of_respondent("刘进财").is_none()
                && of_respondent("北关镇人民政府").is_none()
                && of_respondent("工厂").is_none()
        );
        assert!(!agree(&of_respondent("榆晖烧烤城").unwrap(), &of_respondent("泉晖烧烤城").unwrap()));
    }
}
