//! A title made of the sentence that says the matter: who does what, where, and what is asked.
//!
//! Every clause of the first sentences is weighed. What only introduces the speaker, greets, spells out a name, asks the operator
//! something or asks for secrecy is never taken; of the rest, what names trouble comes before what only wishes, and what
//! stands earlier before what stands later.

use std::ops::Range;

use super::super::Text;
use super::super::name::LABELS;
use super::super::opposing::TWO_SIDED;
use super::super::spelling::spelled;
use super::super::surname::name_at;
use super::words::{
    ABOUT_SELF, ADDRESSED, ANNOUNCING, ASKING, EVIDENCE, FILLERS, GREETINGS, HEARSAY, HESITATION, INTRODUCING,
    LEADING_ON, MATTER_LABELS, OATHS, OFFICES, PARTICLES, PERSONAL, SECRECY, SPOKEN_BEGINNINGS, THINGS, TO_OPERATOR,
    TROUBLE, WISH,
};
use super::{holds_number, kind};

/// Longest title made of a sentence, in characters.
const LENGTH_LIMIT: usize = 40;
/// The matter is said in the first sentences.
const SENTENCES: usize = 40;
/// The most clauses that are weighed.
const CLAUSES: usize = 200;
/// A clause with fewer characters says no matter.
const LEAST: usize = 4;
/// A topic with fewer characters needs more said about it.
const SHORT_TOPIC: usize = 10;
/// Longest label, in characters.
const LABEL_LIMIT: usize = 8;
/// How many characters from the beginning of a clause a word counts that tells what kind of clause it is.
const BEGINNING: usize = 8;
/// A clause about the speaker says so in its first characters.
const SELF_REACH: usize = 5;
/// A sentence with at least this score says the matter; see [`score`].
const SAYS_MATTER: f32 = 1.0;

/// A title and the characters it rests on.
pub(super) struct Sentence {
    /// The words, without hesitation.
    pub(super) words: String,
    /// Where they stand.
    pub(super) range: Range<usize>,
}

/// A clause with what follows it as far as it fits.
#[derive(Clone)]
struct Candidate {
    range: Range<usize>,
    score: f32,
    /// The speaker announced it as the topic.
    announced: bool,
}

/// The words that say the matter.
pub(super) fn find(text: &Text) -> Option<Sentence> {
    let candidates = candidates(text);
    let best = best(&candidates, |_| true)?;
    let words = said(text, best.range.clone());
    if best.announced && best.range.end - best.range.start < SHORT_TOPIC {
        // `宅基地的事儿` needs what happened.
        let more = self::best(&candidates, |other| !other.announced && other.score >= SAYS_MATTER);
        if let Some(more) = more {
            let free = LENGTH_LIMIT - words.chars().count() - 1;
            let told = fitting(&said(text, more.range.clone()), free);
            if told.chars().count() >= LEAST {
                let range = best.range.start.min(more.range.start)..best.range.end.max(more.range.end);
                return Some(Sentence { words: format!("{words}：{told}"), range });
            }
        }
    }
    (!words.is_empty()).then_some(Sentence { words, range: best.range.clone() })
}

/// The candidate with the highest score, the first of equals.
fn best(candidates: &[Candidate], fits: impl Fn(&Candidate) -> bool) -> Option<&Candidate> {
    candidates
        .iter()
        .filter(|candidate| fits(candidate))
        .reduce(|best, other| if other.score > best.score { other } else { best })
}

fn candidates(text: &Text) -> Vec<Candidate> {
    let sentences = text.sentences();
    let mut candidates = Vec::new();
    for (place, sentence) in sentences.iter().take(SENTENCES).enumerate() {
        if kind::is_one(text, sentence) {
            continue;
        }
        // `被控告人：…`: who somebody is, however bad what they did.
        if text.at(sentence.start) == Some('被') && text.one_of(sentence.start + 1, TWO_SIDED).is_some() {
            continue;
        }
        if tells_who_writes(text, sentence) || is_salutation(text, place, sentence) {
            continue;
        }
        let mut start = sentence.start;
        let mut carried = false;
        while start < sentence.end && candidates.len() < CLAUSES {
            let end = clause_end(text, start, sentence.end);
            if text.at(end) == Some(':') && end - start <= LABEL_LIMIT && !text.any_of(start..end, ADDRESSED) {
                // What stands behind `住址：` is no more about the matter than the label is.
                let value = clause_end(text, end + 1, sentence.end);
                start = if text.any_of(start..end, MATTER_LABELS) { end + 1 } else { value + 1 };
                continue;
            }
            let (begins, said_here) = beginning(text, start, end);
            // `我想咨询一下，…`: the announcement may be a clause of its own.
            let announced = said_here || carried;
            carried = announced && begins >= end;
            // `反映一下停电，…`: two characters say the trouble where they were announced.
            let short = announced && end == begins + 2 && text.any_of(begins..end, TROUBLE);
            // `我们超市门口这个路——喂？`: broken off.
            let broken = text.at(end) == Some('—') && text.at(end + 1) == Some('—');
            if !broken && (short || says_something(text, begins, end)) {
                let mut range = begins..extend(text, begins, end, sentence.end);
                if let Some(next) = sentences.get(place + 1) {
                    range = with_next(text, range, sentence, next);
                }
                let score = score(text, &range, place, announced);
                candidates.push(Candidate { range: text.trim(range), score, announced });
            }
            start = text.skip(end, |c| matches!(c, ',' | ' ' | '\n' | '。' | '!' | '?' | ';' | ':')).max(end + 1);
        }
    }
    candidates
}

/// Where the matter begins in a clause, and whether what stands before it announces a topic.
fn beginning(text: &Text, start: usize, end: usize) -> (usize, bool) {
    let mut begins = start;
    if end - start > LENGTH_LIMIT {
        // Recognised speech may come without any punctuation: who speaks and what about in one clause.
        begins = text.all_of(start..end, SPOKEN_BEGINNINGS).next().map_or(start, |(_, range)| range.start);
    }
    // Recognised speech greets and goes on: `你好我想反映一下…`.
    while let Some((_, next)) = text.one_of(begins, &["您好", "你好", "喂"]).filter(|(_, next)| next + LEAST < end)
    {
        begins = next;
    }
    let mut announced = false;
    while let Some((word, next)) = text.one_of(begins, FILLERS).filter(|(_, next)| *next <= end) {
        announced |= ANNOUNCING.iter().any(|announcing| word.contains(announcing));
        begins = next;
    }
    (begins, announced)
}

/// Whether the clause can be about the matter at all.
fn says_something(text: &Text, begins: usize, end: usize) -> bool {
    if end < begins + LEAST {
        return false;
    }
    let clause = begins..end;
    let mut about = text.all_of(begins..end.min(begins + SELF_REACH), ABOUT_SELF);
    let about = about.any(|(word, at)| word != "今年" || tells_age(text, at.end..end));
    let about_self = about && end - begins < LENGTH_LIMIT
        || text.any_of(begins..end.min(begins + 2 * SELF_REACH), PERSONAL)
        || holds_number(text, begins..end.min(begins + LENGTH_LIMIT / 2));
    !about_self
        && !tells_the_person(text, &clause)
        && text.one_of(begins, GREETINGS).is_none()
        && !text.any_of(clause.clone(), SECRECY)
        && !text.any_of(clause.clone(), OATHS)
        && !text.any_of(clause.clone(), TO_OPERATOR)
        && !calls_somebody(text, &clause)
        && !closes_bracket(text, &clause)
        && spelled(text, clause).is_none()
}

/// Whether `今年`, before `rest`, tells how old somebody is, not when something happened: `今年六十八`, `今年68岁`.
fn tells_age(text: &Text, rest: Range<usize>) -> bool {
    let figures = text.skip(rest.start, |c| super::super::is_figure(c) || c == ' ');
    text.chars(rest.clone()).contains(&'岁') || figures > rest.start && figures >= rest.end
}

/// `写：叁万元），至今未付`: the clause begins inside a bracket.
fn closes_bracket(text: &Text, clause: &Range<usize>) -> bool {
    let first = text.chars(clause.clone()).iter().find(|c| matches!(c, '(' | ')'));
    first == Some(&')')
}

/// `欺负人的孩子家长叫苟伟`: who somebody is.
fn calls_somebody(text: &Text, clause: &Range<usize>) -> bool {
    let called = text.all_of(clause.clone(), &["叫"]).last();
    called
        .and_then(|(_, word)| name_at(text, word.end))
        .is_some_and(|name| name.known_surname && name.range.end == clause.end)
}

/// `反映人：佟志新，县造纸厂下岗工人`: who writes, and nothing that went wrong.
fn tells_who_writes(text: &Text, sentence: &Range<usize>) -> bool {
    let Some((_, end)) = text.one_of(sentence.start, LABELS) else { return false };
    let start = text.skip(end, |c| matches!(c, ':' | ' '));
    let named = name_at(text, start).is_some_and(|name| name.known_surname && name.set_off);
    named && !text.any_of(sentence.clone(), TROUBLE)
}

/// `致妇联、教育局各位领导：`, `县扶贫办（乡村振兴局）：`: one of the first lines, which says to whom it is written.
fn is_salutation(text: &Text, place: usize, sentence: &Range<usize>) -> bool {
    const FIRST: usize = 3;
    const LONGEST: usize = 30;
    let colon = text.trim(sentence.clone()).end;
    let last = [colon, colon.saturating_sub(1)].into_iter().find(|at| text.at(*at) == Some(':'));
    let Some(colon) = last.filter(|colon| place < FIRST && colon - sentence.start <= LONGEST) else { return false };
    let end = if text.before(colon) == Some(')') { colon - 1 } else { colon };
    let ends = |word: &&str| end.checked_sub(word.chars().count()).is_some_and(|at| text.has(at, word));
    text.at(colon + 1).is_none_or(|next| next == '\n') && OFFICES.iter().chain(ADDRESSED).any(ends)
}

/// Whether the clause tells who the writer is: `1951年4月2日生`, `住高蓬镇高蓬村`, `系申请人之子`.
fn tells_the_person(text: &Text, clause: &Range<usize>) -> bool {
    const OF_PLACES: &[&str] = &["村", "镇", "乡", "区", "街", "路", "号", "室"];
    let lives = text.at(clause.start) == Some('住') && text.any_of(clause.clone(), OF_PLACES);
    let born = text.any_of(clause.clone(), &["日生", "月生", "年生", "出生"]);
    let kin = text.at(clause.start) == Some('系')
        && text.any_of(clause.clone(), &["之子", "之女", "之妻", "之夫", "之父", "之母"]);
    // `我公司位于经济开发区兴业路18号`
    let firm = text.one_of(clause.start, &["我公司", "我厂", "我单位", "我店", "本公司", "我司"]).is_some()
        && text.any_of(clause.clone(), &["位于", "地处", "坐落", "成立于"]);
    // `2003年12月入伍`
    let served = text.any_of(clause.clone(), &["年"])
        && ["入伍", "参军", "退伍", "退役", "转业", "入党", "退休"]
            .iter()
            .any(|word| text.has(clause.end.saturating_sub(2), word));
    // `一名出租车司机`
    let is_one = text.one_of(clause.start, &["一名", "一位"]).is_some();
    (lives || born || kin || firm || served || is_one) && !text.any_of(clause.clone(), TROUBLE)
}

/// How well `range` says the matter. A sentence of trouble has 1 or more, one of wishes or things only less.
fn score(text: &Text, range: &Range<usize>, place: usize, announced: bool) -> f32 {
    let count = |words: &'static [&'static str], most: usize| {
        let found = text.all_of(range.clone(), words).count().min(most);
        f32::from(u8::try_from(found).unwrap_or(u8::MAX))
    };
    let early = range.start..range.end.min(range.start + BEGINNING);
    let is = |holds: bool, weight: f32| if holds { weight } else { 0.0 };
    let far = f32::from(u8::try_from(place).unwrap_or(u8::MAX));
    let trades = text.all_of(range.clone(), TROUBLE).filter(|(_, word)| is_of_trade(text, word)).count();
    let trouble = count(TROUBLE, 2 + trades) - f32::from(u8::try_from(trades).unwrap_or(u8::MAX));
    let only_asks = text.one_of(range.start, ASKING).is_some() && trouble == 0.0;
    trouble
        + 0.3 * count(WISH, 1)
        + 0.25 * count(THINGS, 2)
        + is(announced, 1.2)
        + is(text.has(range.start, "我们") || text.has(range.start, "关于"), 0.3)
        - 0.18 * far
        - is(text.any_of(early, HEARSAY), 1.2)
        - is(text.any_of(range.clone(), EVIDENCE), 1.0)
        - is(text.one_of(range.start, LEADING_ON).is_some(), 0.8)
        - is(only_asks, 0.6)
        - is(range.end - range.start < BEGINNING, 0.6)
}

/// Whether the word belongs to what somebody works as: `做挡车工`, `当堵漏工`.
fn is_of_trade(text: &Text, word: &Range<usize>) -> bool {
    const WORKS_AS: [char; 5] = ['做', '当', '任', '干', '是'];
    const NO_TRADE: [char; 6] = ['资', '程', '地', '厂', '期', '作'];
    const LONGEST: usize = 3;
    text.before(word.start).is_some_and(|before| WORKS_AS.contains(&before))
        && (word.end..word.end + LONGEST)
            .any(|at| text.at(at) == Some('工') && !text.at(at + 1).is_some_and(|behind| NO_TRADE.contains(&behind)))
}

/// As many whole clauses from `start` as the limit allows, at least the first one, cut if it is too long itself.
fn extend(text: &Text, start: usize, first_end: usize, limit: usize) -> usize {
    let mut end = first_end.min(start + LENGTH_LIMIT);
    if let Some((_, personal)) = text.all_of(start + LEAST..end.max(start + LEAST), PERSONAL).next() {
        end = personal.start;
    }
    while end > start + LEAST && holds_number(text, start..end) {
        end -= 1;
    }
    while end < limit && text.at(end) == Some(',') {
        let next = clause_end(text, end + 1, limit);
        let clause = end + 1..next;
        let introduces = text.one_of(clause.start, &["我叫", "我姓", "俺叫", "俺姓", "本人叫"]).is_some();
        let stops = introduces
            || holds_number(text, clause.clone())
            || text.any_of(clause.clone(), SECRECY)
            || text.any_of(clause.clone(), TO_OPERATOR)
            || text.any_of(clause.clone(), PERSONAL)
            || tells_the_person(text, &clause)
            || text.before(next) == Some('下') && text.before(next - 1) == Some('如')
            || spelled(text, clause).is_some();
        if next - start > LENGTH_LIMIT || stops {
            break;
        }
        end = next;
    }
    // `店主毛志远（微信同号` before a number: the bracket does not close.
    let bracket = (start + LEAST..end).rev().find(|at| matches!(text.at(*at), Some('(' | ')')));
    bracket.filter(|at| text.at(*at) == Some('(')).unwrap_or(end)
}

/// `我们村北边有个做塑料颗粒的厂子。` only names what the next sentence tells of: both are taken where they fit.
fn with_next(text: &Text, range: Range<usize>, sentence: &Range<usize>, next: &Range<usize>) -> Range<usize> {
    let whole =
        range.end + 1 >= sentence.end && next.start <= sentence.end + 1 && text.before(sentence.end) == Some('。');
    let introduces = text.any_of(range.clone(), INTRODUCING) && !text.any_of(range.clone(), TROUBLE);
    if !whole || !introduces {
        return range;
    }
    let first = clause_end(text, next.start, next.end);
    let fits = first - range.start <= LENGTH_LIMIT && says_something(text, next.start, first);
    if !fits {
        return range;
    }
    let limit = next.end.min(range.start + LENGTH_LIMIT);
    let mut end = first;
    while end < limit && text.at(end) == Some(',') {
        let stop = clause_end(text, end + 1, next.end);
        if stop > limit || holds_number(text, end + 1..stop) {
            break;
        }
        end = stop;
    }
    range.start..end
}

fn clause_end(text: &Text, start: usize, limit: usize) -> usize {
    let figure = |at: usize| text.at(at).is_some_and(|c| c.is_ascii_digit());
    let mut end = start;
    loop {
        end = text.skip(end, |c| !matches!(c, ',' | '。' | '!' | '?' | ';' | ':' | '—')).min(limit);
        // `137,600元`
        let thousands = text.at(end) == Some(',')
            && end.checked_sub(1).is_some_and(figure)
            && (end + 1..=end + 3).all(figure)
            && !figure(end + 4);
        if !thousands || end >= limit {
            return end;
        }
        end += 1;
    }
}

/// The words of `range` without hesitation, as one clause list.
fn said(text: &Text, range: Range<usize>) -> String {
    let written = text.as_written(range);
    let plain = written.trim_end_matches(PARTICLES);
    let hesitates =
        |clause: &str| HESITATION.contains(&clause.trim_matches(PARTICLES).trim()) || clause.trim().is_empty();
    let joined = plain.contains(['。', '.']) && plain.contains('。');
    if !joined && !plain.split(['，', ',']).any(hesitates) {
        return plain.to_owned();
    }
    let clauses: Vec<&str> = plain.split(['，', ',', '。']).filter(|clause| !hesitates(clause)).collect();
    clauses.join("，")
}

/// As many whole clauses of `words` as fit into `limit` characters.
fn fitting(words: &str, limit: usize) -> String {
    let mut fitting = String::new();
    for clause in words.split('，') {
        let length = fitting.chars().count() + usize::from(!fitting.is_empty()) + clause.chars().count();
        if length > limit {
            break;
        }
        if !fitting.is_empty() {
            fitting.push('，');
        }
        fitting.push_str(clause);
    }
    fitting
}
