//! What speaks for and against, in plain Chinese, with the words it rests on.

use case::finding::{Part, Reason, Side, Span};
use case::identity::key::IdentityKind;

use super::evidence::{Comparison, separate_claims};
use super::names::NameKind;
use super::prepared::Prepared;
use super::{background, topic};
use crate::text::Located;

/// The most phrases that are shown.
const MOST_PHRASES: usize = 3;
/// The longest phrase that is shown whole, in characters.
const LONGEST_PHRASE: usize = 30;
/// How a building is written.
const BUILDINGS: [&str; 4] = ["栋", "幢", "号楼", "座"];
/// The most names of each side of a conflict that are shown.
const MOST_NAMES: usize = 3;
/// The most words of troubles that are marked.
const MOST_WORDS: usize = 6;
/// The most places of one word in one text.
const MOST_PLACES: usize = 20;
/// A gap from this many days on speaks against.
const LONG_GAP: i64 = 365;

type Reasons = (Vec<Reason>, Vec<Reason>);

/// What speaks for a relation of the two petitions and what speaks against it, weightiest first.
pub(super) fn reasons(later: &Prepared, earlier: &Prepared, comparison: &Comparison) -> Reasons {
    let mut reasons = Vec::new();
    let mut against = Vec::new();
    petitioner(comparison, later, earlier, &mut reasons, &mut against);
    if later.title == earlier.title && later.whole == earlier.whole {
        reasons.push(reason("identical_text", "文字完全相同".to_owned(), Vec::new()));
    }
    places(comparison, later, earlier, &mut reasons, &mut against);
    respondents(later, earlier, &mut reasons);
    demands(later, earlier, comparison, &mut reasons, &mut against);
    shared_days(later, earlier, &mut reasons);
    phrases(earlier, later, comparison, &mut reasons);
    if later.thanks != earlier.thanks {
        let text = if later.thanks {
            "本件表示感谢、已解决或撤回"
        } else {
            "前件表示感谢、已解决或撤回"
        };
        let said = if later.thanks { later.thanking() } else { earlier.thanking() };
        against.push(reason("thanks", text.to_owned(), said));
    }
    if let (Some(ours), Some(theirs)) = (later.claim, earlier.claim)
        && separate_claims(later, earlier)
    {
        let text = format!("两位信访人各自主张自己的款项：本件“{ours}”，前件“{theirs}”");
        let mut words = vec![ours.to_owned(), theirs.to_owned()];
        words.dedup();
        against.push(reason("separate_claims", text, words));
    }
    if comparison.days >= LONG_GAP {
        against.push(reason("time_gap", format!("两件相隔{}天", comparison.days), Vec::new()));
    }
    locate(&mut reasons, &mut against, later, earlier);
    (reasons, against)
}

fn reason(kind: &str, text: String, words: Vec<String>) -> Reason {
    Reason::new(kind, text, words)
}

/// Says of each reason where its words stand in the texts as they were written.
fn locate(reasons: &mut [Reason], against: &mut [Reason], later: &Prepared, earlier: &Prepared) {
    let texts = [(Side::Later, later.located()), (Side::Earlier, earlier.located())];
    for reason in reasons.iter_mut().chain(against) {
        let words: Vec<Located> = reason.words.iter().map(|word| Located::of(word)).collect();
        for (side, [title, body]) in texts {
            for (part, text) in [(Part::Title, title), (Part::Body, body)] {
                reason.spans.extend(spans(&words, side, part, text));
            }
        }
    }
}

/// Where `words` stand in one text, in order, each place once.
fn spans(words: &[Located], side: Side, part: Part, text: &Located) -> Vec<Span> {
    let count = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    let places = words.iter().flat_map(|word| text.find_letters(word.letters(), MOST_PLACES));
    let mut spans: Vec<Span> =
        places.map(|place| Span { side, part, start: count(place.start), end: count(place.end) }).collect();
    spans.sort_unstable();
    spans.dedup();
    spans
}

fn petitioner(
    comparison: &Comparison,
    later: &Prepared,
    earlier: &Prepared,
    reasons: &mut Vec<Reason>,
    against: &mut Vec<Reason>,
) {
    let text = match comparison.shared_identity {
        Some(IdentityKind::IdNumber) => "同一信访人：身份证号相同",
        Some(IdentityKind::CreditCode) => "同一信访人：统一社会信用代码相同",
        Some(IdentityKind::Phone) => "同一信访人：联系电话相同",
        Some(IdentityKind::MailAddress) => "同一信访人：电子邮箱相同",
        Some(IdentityKind::NameAndAddress) => "同一信访人：姓名和住址相同",
        Some(IdentityKind::Name) => "信访人姓名相同（可能是同名）",
        None => {
            if !later.petition.identity.is_empty() && !earlier.petition.identity.is_empty() {
                against.push(reason("other_petitioner", "信访人不同".to_owned(), Vec::new()));
            }
            return;
        }
    };
    reasons.push(reason("same_petitioner", text.to_owned(), Vec::new()));
}

fn places(
    comparison: &Comparison,
    later: &Prepared,
    earlier: &Prepared,
    reasons: &mut Vec<Reason>,
    against: &mut Vec<Reason>,
) {
    let stands = |word: &String| later.whole.contains(word.as_str()) || earlier.whole.contains(word.as_str());
    for (first, second) in &comparison.shared_names {
        let kind = match first.kind {
            NameKind::Firm => "shared_firm",
            NameKind::Line | NameKind::Building => "shared_number",
            NameKind::Estate | NameKind::Road | NameKind::Village | NameKind::Township | NameKind::District => {
                "shared_place"
            }
        };
        let text = if first.text == second.text {
            format!("都提到“{}”", first.text)
        } else {
            format!("都提到“{}”（另一件写作“{}”）", first.text, second.text)
        };
        let mut words = vec![first.text.clone(), second.text.clone()];
        words.dedup();
        reasons.push(reason(kind, text, as_written(words, first.kind, stands)));
    }
    for (kind, ours, theirs) in &comparison.conflicts {
        let shown = |names: &[String]| {
            names.iter().take(MOST_NAMES).map(|name| format!("“{name}”")).collect::<Vec<_>>().join("、")
        };
        let name = match kind {
            NameKind::Firm => "firm_conflict",
            NameKind::Line | NameKind::Building => "number_conflict",
            NameKind::Estate | NameKind::Road | NameKind::Village | NameKind::Township | NameKind::District => {
                "place_conflict"
            }
        };
        let text = format!("{}不同：本件{}，前件{}", kind.label(), shown(ours), shown(theirs));
        let words = ours.iter().take(MOST_NAMES).chain(theirs.iter().take(MOST_NAMES)).cloned().collect();
        against.push(reason(name, text, as_written(words, *kind, stands)));
    }
}

/// The words as they stand in the texts: a building is named `3栋` however it was written.
fn as_written(words: Vec<String>, kind: NameKind, stands: impl Fn(&String) -> bool) -> Vec<String> {
    if kind != NameKind::Building {
        return words;
    }
    let forms = |word: String| {
        let number = word.strip_suffix('栋').unwrap_or(&word).to_owned();
        BUILDINGS.iter().map(move |ending| format!("{number}{ending}"))
    };
    words.into_iter().flat_map(forms).filter(stands).collect()
}

fn respondents(later: &Prepared, earlier: &Prepared, reasons: &mut Vec<Reason>) {
    let folded = |name: &String| crate::text::fold(name);
    let others: Vec<String> = earlier.petition.respondents.iter().map(folded).collect();
    for name in later.petition.respondents.iter().filter(|name| others.contains(&folded(name))) {
        reasons.push(reason("shared_respondent", format!("被反映对象相同：“{name}”"), vec![name.clone()]));
    }
}

fn demands(
    later: &Prepared,
    earlier: &Prepared,
    comparison: &Comparison,
    reasons: &mut Vec<Reason>,
    against: &mut Vec<Reason>,
) {
    let listed = |topics: &mut dyn Iterator<Item = usize>| {
        topics.take(MOST_NAMES).map(topic::name).collect::<Vec<_>>().join("、")
    };
    if !comparison.shared_topics.is_empty() {
        let names = listed(&mut comparison.shared_topics.iter().copied());
        let words = topic::words_of(&[&later.whole, &earlier.whole], &comparison.shared_topics, MOST_WORDS);
        reasons.push(reason("same_demand", format!("反映的问题相同：{names}"), words));
    }
    if comparison.other_trouble {
        let ours = listed(&mut later.title_topics.keys().copied());
        let theirs = listed(&mut earlier.title_topics.keys().copied());
        let topics: Vec<usize> = later.title_topics.keys().chain(earlier.title_topics.keys()).copied().collect();
        let words = topic::words_of(&[&later.title, &earlier.title], &topics, MOST_WORDS);
        against.push(reason("other_demand", format!("标题反映的问题不同：本件{ours}，前件{theirs}"), words));
    }
}

/// A day in common says little by itself, so it has no weight, but a person sees at once whether it is the same event.
fn shared_days(later: &Prepared, earlier: &Prepared, reasons: &mut Vec<Reason>) {
    let shared = later.days.iter().filter(|day| earlier.days.iter().any(|other| day.agrees(*other)));
    let days: Vec<String> = shared.take(MOST_NAMES).map(ToString::to_string).collect();
    if !days.is_empty() {
        reasons.push(reason("shared_day", format!("都提到{}", days.join("、")), days));
    }
}

fn phrases(earlier: &Prepared, later: &Prepared, comparison: &Comparison, reasons: &mut Vec<Reason>) {
    let words: Vec<String> = comparison
        .phrases
        .iter()
        .map(|(_weight, phrase)| phrase)
        .filter(|phrase| earlier.whole.contains(*phrase) && later.whole.contains(*phrase))
        .filter(|phrase| background::says_something(phrase))
        .take(MOST_PHRASES)
        .map(|phrase| case::text::truncate(phrase, LONGEST_PHRASE).to_owned())
        .collect();
    if !words.is_empty() {
        let shown: Vec<String> = words.iter().map(|word| format!("“{word}”")).collect();
        reasons.push(reason("shared_phrases", format!("文字相同：{}", shown.join("、")), words));
    }
}
