//! Who is complained about: named behind a label, or in a sentence that accuses.
//!
//! An office to which the writer only turned (`去自然资源局查询`) is not complained about.

mod bounds;
mod unaccused;
mod words;

use std::ops::Range;

use case::text::is_han;

use super::surname::{TITLES, is_single, name_at};
use super::{Fields, FoundRespondent, Text, opposing};
use bounds::{BREAKS, GENERAL, JOINED, PARTIES};
use unaccused::{failing, is_addressed, own_offices};
use words::{ACCUSING, LABELS, PERSON_POSTS, TOOK_FROM, TURNED_FOR, TURNED_TO, UNITS};

/// With which the name of a firm goes on behind what also ends one.
const CORPORATE: &[&str] = &["有限", "股份", "公司"];
/// The most respondents that one submission names.
const LIMIT: usize = 10;
/// Longest name of a unit, in characters.
const LENGTH_LIMIT: usize = 30;

pub(super) fn find(text: &Text, fields: &mut Fields) {
    let mut respondents = labelled(text);
    respondents.extend(named_parties(text));
    respondents.extend(employer(text));
    let mut meant = Vec::new();
    let accusing_title = fields.title.as_ref().map(|title| title.range.clone());
    for sentence in text.sentences() {
        let origin = text.origin(sentence.clone());
        let salutation = text.before(sentence.end) == Some(':') && sentence.end - sentence.start < 20;
        if salutation || is_greeting(text, &sentence) {
            continue;
        }
        meant.extend(objects(text, &sentence));
        let accuses = text.any_of(sentence.clone(), ACCUSING);
        let titled = accusing_title.as_ref().is_some_and(|title| title.contains(&origin.start));
        if accuses {
            let raise = if titled { 0.15 } else { 0.0 };
            respondents.extend(units(text, &sentence, 0.6 + raise));
            respondents.extend(persons(text, &sentence, 0.6 + raise));
        }
        respondents.extend(own_offices(text, &sentence));
        respondents.extend(failing(text, &sentence));
    }
    // Whom an accusation names is surer.
    respondents.extend(meant);
    for general in accused_in_general(text) {
        respondents.extend(spoken_of(text, general));
    }
    let mut kept: Vec<FoundRespondent> = Vec::new();
    for respondent in respondents {
        // `物业` beside `天成物业公司` is the same party: the longer name stays.
        let known = kept.iter().any(|other| other.name.value.contains(&respondent.name.value));
        if !known && kept.len() < LIMIT {
            kept.retain(|other| !respondent.name.value.ends_with(&other.name.value));
            kept.push(respondent);
        }
    }
    fields.respondents = kept;
}

/// The general words by which sentences accuse somebody.
fn accused_in_general(text: &Text) -> Vec<&'static str> {
    const WORDS: &[&str] = &["公司", "厂", "学校", "医院", "合作社", "驾校"];
    let accusing = |word: &&&str| {
        text.sentences().into_iter().any(|sentence| {
            let alone = text.all_of(sentence.clone(), WORDS).any(|(found, range)| {
                found == **word
                    && (range.start == sentence.start
                        || matches!(text.before(range.start), Some(',' | '该' | '这' | '训')))
            });
            alone && text.any_of(sentence, ACCUSING)
        })
    };
    WORDS.iter().filter(accusing).copied().collect()
}

fn is_greeting(text: &Text, sentence: &Range<usize>) -> bool {
    text.any_of(sentence.clone(), &["尊敬的"]) && sentence.end - sentence.start < 24
}

fn labelled(text: &Text) -> Vec<FoundRespondent> {
    let mut found = Vec::new();
    let misread = text.all_of(0..text.len(), opposing::TWO_SIDED).filter(|(_, label)| {
        opposing::is_opposing(text, label.start) && !matches!(text.before(label.start), Some('被' | '受'))
    });
    let labels = text.all_of(0..text.len(), LABELS).map(|(_, label)| (label, 0.95));
    for (label, sure) in labels.chain(misread.map(|(_, label)| (label, 0.55))) {
        let start = text.skip(label.end, |c| matches!(c, ' ' | '(' | ')'));
        if text.at(start) != Some(':') {
            continue;
        }
        let start = text.skip(start, |c| matches!(c, ':' | ' '));
        let end = text
            .skip(start, |c| is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '(' | ')' | '·'))
            .min(start + LENGTH_LIMIT);
        if end > start + 1 {
            let post = post_before(text, end + 1);
            found.push(FoundRespondent { name: text.found(text.string(start..end), sure, start..end), post });
        }
    }
    found
}

/// `物业公司是锦安物业`: the party that was spoken of before, by its name.
fn named_parties(text: &Text) -> Vec<FoundRespondent> {
    const PARTY: &[&str] = &[
        "物业公司",
        "前期物业",
        "物业",
        "开发商",
        "施工单位",
        "施工方",
        "施工公司",
        "建筑公司",
        "中介公司",
        "中介",
        "用人单位",
        "管理方",
        "经营方",
        "运营方",
        "承包方",
        "总承包方",
        "总承包",
        "总包",
        "分包方",
        "分包",
        "劳务公司",
        "供货方",
    ];
    const NAMED: &[&str] = &["名字叫", "名称是", "名叫", "叫", "是"];
    let mut found = Vec::new();
    for (_, party) in text.all_of(0..text.len(), PARTY) {
        let Some((_, start)) = text.one_of(party.end, NAMED) else {
            found.extend(named_at_once(text, party.end));
            continue;
        };
        let end = text.skip(start, |c| is_han(c) || c.is_ascii_alphanumeric()).min(start + LENGTH_LIMIT);
        let stops = text.at(end).is_none_or(|c| matches!(c, ',' | '。' | ';' | '!' | '\n' | ' '));
        let ending = text.all_of(start..end, UNITS).map(|(_, ending)| ending).find(|ending| ending.end == end);
        if stops && ending.is_some_and(|ending| ending.start >= start + 2) {
            found.push(FoundRespondent { name: text.found(text.string(start..end), 0.7, start..end), post: None });
        }
    }
    found
}

/// `开发商涿州市翠湖房地产开发有限公司至今未交房`: the party and its full name without a word between.
fn named_at_once(text: &Text, start: usize) -> Option<FoundRespondent> {
    const SHORTEST: usize = 6;
    // `开发商（恒景置业有限公司）`
    let start = text.skip(start, |c| c == '(');
    let end = text.skip(start, |c| is_han(c) || matches!(c, '(' | ')')).min(start + LENGTH_LIMIT);
    let (_, ending) = text.all_of(start..end, &["有限责任公司", "股份有限公司", "有限公司"]).next()?;
    let whole = start..ending.end;
    let plain = whole.len() >= SHORTEST + "有限公司".chars().count() - 2
        && !text.any_of(whole.clone(), &["我", "的", "与", "和", "向", "把", "让", "说", "签订", "及"]);
    plain.then(|| FoundRespondent { name: text.found(text.string(whole.clone()), 0.7, whole), post: None })
}

/// `在恒石建材有限公司二号车间上夜班时…。公司不肯申报工伤`: whom a sentence means that accuses `公司` without a name, when one name in the
/// text ends so.
fn spoken_of(text: &Text, general: &str) -> Option<FoundRespondent> {
    let mut names: Vec<(String, Range<usize>)> = Vec::new();
    for sentence in text.sentences() {
        let addressed = text.before(sentence.end) == Some(':');
        let mut floor = sentence.start;
        for (ending, range) in text.all_of(sentence.clone(), UNITS).filter(|_| !addressed) {
            let start = begins(text, range.start, floor);
            floor = range.end.max(floor);
            let name = text.string(start..range.end);
            let running = text.any_of(start..range.end, &["系", "之子", "之女", "告诉", "生前", "名字"]);
            let full =
                !running && ending.ends_with(general) && range.start >= start + 2 && !GENERAL.contains(&name.as_str());
            if full && !names.iter().any(|(other, _)| other.ends_with(&name)) {
                names.push((name, start..range.end));
            }
        }
    }
    let [(name, range)] = names.as_slice() else { return None };
    Some(FoundRespondent { name: text.found(name.clone(), 0.5, range.clone()), post: None })
}

/// `我在鑫源纺织上了八年班，…没给交公积金`, `系恒泰铸造有限公司工人，…未申报工伤`: for whom somebody works who complains about their work.
fn employer(text: &Text) -> Option<FoundRespondent> {
    const ABOUT_WORK: &[&str] =
        &["工资", "工伤", "社保", "养老保险", "公积金", "加班费", "辞退", "开除", "劳动合同", "补偿金", "押金"];
    const WORKS: &[&str] = &["上了", "上班", "打工", "干活", "干了", "务工", "工作", "工人", "职工", "员工"];
    /// What is no name of a firm, whatever stands behind it.
    const PLACES: [char; 12] = ['里', '上', '家', '村', '县', '市', '镇', '区', '地', '下', '外', '边'];
    if !text.any_of(0..text.len(), ABOUT_WORK) {
        return None;
    }
    text.all_of(0..text.len(), &["我在", "一直在", "来到", "前系", "系", "在"]).find_map(|(_, word)| {
        let end = text.skip(word.end, |c| is_han(c) || matches!(c, '(' | ')')).min(word.end + LENGTH_LIMIT);
        let (_, works) = text.all_of(word.end..end, WORKS).next()?;
        let name = text.string(word.end..works.start);
        let firm = UNITS.iter().any(|ending| name.ends_with(ending)) && !GENERAL.contains(&name.as_str());
        let long = (4..=LENGTH_LIMIT).contains(&name.chars().count());
        let own = text.one_of(word.start, &["我在"]).is_some() && !name.ends_with(PLACES);
        let broken = text.any_of(word.end..works.start, &["我", "的", "了", "这", "那", "他", "们"]);
        ((firm || own) && long && !broken)
            .then(|| FoundRespondent { name: text.found(name, 0.5, word.end..works.start), post: None })
    })
}

/// Whom `sentence` is about in so many words: the first one behind `反映`, `投诉`, in the same clause.
fn objects(text: &Text, sentence: &Range<usize>) -> Vec<FoundRespondent> {
    const VERBS: &[&str] = &["反映", "投诉", "举报", "检举", "控告"];
    /// `反映给街道`, `多次反映`: whom they turned to, or what was done before.
    const NOT_OF: &[&str] = &["到", "给", "过", "了", "后", "多", "的", "无", "至", "人", "电话", "渠道"];
    let mut found = Vec::new();
    for (_, verb) in text.all_of(sentence.clone(), VERBS) {
        let turned = text.before(verb.start).is_some_and(|c| matches!(c, '次' | '向' | '曾' | '被'));
        if turned || text.one_of(verb.end, NOT_OF).is_some() {
            continue;
        }
        let end = text.skip(verb.end, |c| !matches!(c, ',' | '。' | ';' | '!' | '?' | '\n')).min(sentence.end);
        let clause = verb.end..end;
        found.extend(persons(text, &clause, 0.55).into_iter().take(1));
        let school = text.all_of(clause.clone(), &["小学", "中学", "幼儿园", "学校"]).next();
        if let Some((_, school)) =
            school.filter(|(_, school)| text.has(school.end, "让") || text.has(school.end, "要求"))
        {
            let start = begins(text, school.start, clause.start);
            if school.start >= start + 2 {
                let whole = start..school.end;
                found.push(FoundRespondent { name: text.found(text.string(whole.clone()), 0.55, whole), post: None });
            }
        }
    }
    found
}

/// `被举报人：张某，西柳树村村支书，…`: the post that follows the name.
fn post_before(text: &Text, start: usize) -> Option<String> {
    let end = text.skip(start, |c| !matches!(c, ',' | '。' | ';' | '\n')).min(start + LENGTH_LIMIT);
    text.any_of(start..end, PERSON_POSTS).then(|| text.string(text.trim(start..end)))
}

/// Units that the accusing `sentence` names, without those to which the writer turned.
fn units(text: &Text, sentence: &Range<usize>, confidence: f32) -> Vec<FoundRespondent> {
    let mut found = Vec::new();
    let mut taken_to = sentence.start;
    for (ending, range) in text.all_of(sentence.clone(), UNITS) {
        if range.start < taken_to || text.at(range.end).is_some_and(|c| matches!(c, '部' | '面' | '长' | '所')) {
            continue;
        }
        let start = begins(text, range.start, taken_to);
        taken_to = range.end;
        let name = text.string(start..range.end);
        let general = GENERAL.contains(&name.as_str());
        // `中冀建工集团有限公司` is found whole, `前期物业安居物业服务有限公司` by its name, and `村委会主任常福生` as a person.
        let goes_on = text.one_of(range.end, CORPORATE).is_some()
            || named_at_once(text, range.end).is_some()
            || is_post_of_somebody(text, range.end);
        // Who stands behind a label is found by the label.
        let labelled = text.before(start) == Some(':');
        // One character before the ending names nobody: `原法院`.
        let nameless = !general && range.start < start + 2;
        if labelled
            || goes_on
            || nameless
            || name.contains("信访")
            || is_addressed(&name)
            || only_answers(text, &range, sentence)
            || turned_to(text, start, &range, sentence)
            || (general && !PARTIES.contains(&ending))
            || (general && text.any_of(start.saturating_sub(2)..start, TOOK_FROM))
        {
            continue;
        }
        let confidence = if general { confidence - 0.2 } else { confidence };
        found.push(FoundRespondent { name: text.found(name, confidence, start..range.end), post: None });
    }
    found
}

/// Whether a post and the name of its bearer stand at `position`.
fn is_post_of_somebody(text: &Text, position: usize) -> bool {
    let post = text.one_of(position, TITLES).or_else(|| text.one_of(position, PERSON_POSTS));
    post.is_some_and(|(_, end)| name_at(text, end).is_some_and(|name| name.known_surname && name.set_off))
}

/// Whether the writer only turned to the unit that stands at `start..ending.end`.
fn turned_to(text: &Text, start: usize, ending: &Range<usize>, sentence: &Range<usize>) -> bool {
    let before = start.saturating_sub(3).max(sentence.start)..start;
    let clause_end = text.skip(ending.end, |c| !matches!(c, ',' | '。' | ';')).min(sentence.end);
    text.any_of(before, TURNED_TO) && text.any_of(ending.end..clause_end, TURNED_FOR)
}

/// Whether the clause only tells what the unit that ends at `ending` answered: `劳动监察大队让我走仲裁`.
fn only_answers(text: &Text, ending: &Range<usize>, sentence: &Range<usize>) -> bool {
    const ANSWERS: &[&str] = &["让我", "说", "答复", "回复", "告知", "受理", "表示", "建议", "介入", "调解", "称"];
    let end = text.skip(ending.end, |c| !matches!(c, ',' | '。' | ';')).min(sentence.end);
    text.any_of(ending.end..end.min(ending.end + 4), ANSWERS) && !text.any_of(ending.end..end, ACCUSING)
}

fn begins(text: &Text, position: usize, floor: usize) -> usize {
    let mut start = position;
    while start > floor && position - start < LENGTH_LIMIT {
        let fits = text.before(start).is_some_and(|c| is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '(' | ')'));
        let broken = (1..=4).any(|length| {
            start
                .checked_sub(length)
                .is_some_and(|from| BREAKS.iter().any(|word| word.chars().count() == length && text.has(from, word)))
        });
        let joined = text.before(start) == Some('和')
            && JOINED
                .iter()
                .any(|word| start.checked_sub(1 + word.chars().count()).is_some_and(|from| text.has(from, word)));
        if !fits || (broken && !joined) {
            break;
        }
        start -= 1;
    }
    // A bracket that closes behind the name is none of its: `我公司(恒润建材有限公司，…)`.
    let closes = (start..position).any(|place| text.at(place) == Some(')'));
    if closes {
        start
    } else {
        (start..position).rev().find(|place| text.at(*place) == Some('(')).map_or(start, |open| open + 1)
    }
}

/// Persons that the accusing `sentence` names: `村支书郭长河`, `王经理`.
fn persons(text: &Text, sentence: &Range<usize>, confidence: f32) -> Vec<FoundRespondent> {
    let mut found = Vec::new();
    let mut taken_to = sentence.start;
    for position in sentence.clone() {
        if position < taken_to {
            continue;
        }
        if let Some((post, end)) = text.one_of(position, PERSON_POSTS)
            && let end = text.one_of(end, &["名叫", "叫"]).map_or(end, |(_, called)| called)
            && let Some(name) = name_at(text, end).filter(|name| name.known_surname && name.range.end <= sentence.end)
        {
            let range =
                if name.set_off { name.range } else { name.range.start..(name.range.start + 3).min(name.range.end) };
            let sure = if name.set_off { confidence + 0.1 } else { confidence - 0.1 };
            taken_to = range.end;
            // A word of the sentence that only begins like a name is no person.
            let does = text.one_of(range.end, &["把", "将", "利用", "伙同", "借着", "以"]).is_some()
                && accuses_behind(text, &range, sentence);
            if does || name.set_off || text.any_of(range.end..(range.end + 6).min(sentence.end), ACCUSING) {
                found.push(FoundRespondent {
                    name: text.found(text.string(range.clone()), sure, range),
                    post: Some(post.to_owned()),
                });
            }
            continue;
        }
        let surname = text.at(position).is_some_and(is_single);
        if surname
            && let Some((title, end)) = text.one_of(position + 1, TITLES)
            && title != "老师"
            && !text.before(position).is_some_and(|before| matches!(before, '部' | '委'))
            // `工程总价` is nobody called 程.
            && !(title == "总" && text.at(end).is_some_and(|next| matches!(next, '价' | '额' | '量' | '数' | '共' | '计' | '款' | '包')))
        {
            taken_to = end;
            found.push(FoundRespondent {
                name: text.found(text.string(position..end), confidence - 0.05, position..end),
                post: Some(title.to_owned()),
            });
        }
    }
    found
}

/// Whether what accuses stands behind the name in its sentence.
fn accuses_behind(text: &Text, name: &Range<usize>, sentence: &Range<usize>) -> bool {
    text.any_of(name.end..sentence.end.max(name.end), ACCUSING)
}
