//! What the caller answers to a question of the operator: the question is the label that the answer lacks.

use case::field::Confidence;
use case::identity::phone::Phone;

use super::correction;
use crate::fields::{self, Context, Fields, Found, FoundRespondent};

/// What an operator asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Question {
    Respondent,
    Demand,
    Name,
    Phone,
    IdNumber,
    Address,
}

const QUESTIONS: &[(&str, Question)] = &[
    ("诉求是", Question::Demand),
    ("诉求？", Question::Demand),
    ("诉求?", Question::Demand),
    ("诉求呢", Question::Demand),
    ("诉求就是", Question::Demand),
    ("要求什么", Question::Demand),
    ("想怎么", Question::Demand),
    ("什么诉求", Question::Demand),
    ("要求是", Question::Demand),
    ("什么要求", Question::Demand),
    ("具体要求", Question::Demand),
    ("具体诉求", Question::Demand),
    ("希望怎么", Question::Demand),
    ("想怎么解决", Question::Demand),
    ("希望我们", Question::Demand),
    ("身份证", Question::IdNumber),
    ("电话", Question::Phone),
    ("联系方式", Question::Phone),
    ("手机号", Question::Phone),
    ("贵姓", Question::Name),
    ("姓名", Question::Name),
    ("怎么称呼", Question::Name),
    ("叫什么", Question::Name),
    ("名字", Question::Name),
    ("全名", Question::Name),
    ("住址", Question::Address),
    ("住哪", Question::Address),
    ("住在哪", Question::Address),
    ("家住", Question::Address),
    ("您的地址", Question::Address),
    ("门牌", Question::Address),
    ("几号楼", Question::Address),
    ("几单元", Question::Address),
    ("房号", Question::Address),
];
/// Whose name is asked for, when it is not the caller's.
const OTHERS: &[&str] = &[
    "超市",
    "饭店",
    "车行",
    "诊所",
    "医院",
    "中介",
    "幼儿园",
    "企业",
    "厂",
    "公司",
    "单位",
    "店",
    "村",
    "小区",
    "老板",
    "对方",
    "他",
    "她",
    "孩子",
    "学校",
    "牌子",
    "工地",
    "项目",
    "负责人",
    "邻居",
    "车",
    "路",
    "经理",
];
/// An answer that is less sure to be a name is none: without a known surname any two words could be one.
const LEAST_NAME: f32 = 0.75;
/// What people say before the answer itself.
const FILLERS: [&str; 25] = [
    "嗯",
    "啊",
    "哦",
    "好的",
    "好",
    "行",
    "对",
    "那个",
    "我的",
    "我是",
    "我叫",
    "我就叫",
    "叫",
    "免贵姓",
    "我姓",
    "姓",
    "我住在",
    "我家住在",
    "我家住",
    "我住",
    "家住",
    "住在",
    "就在",
    "，",
    ",",
];
/// What a caller says to a number that was read back right.
const AGREEING: [&str; 10] = ["对", "是的", "是", "没错", "嗯", "正确", "就是这个", "可以", "好的", "行"];
const DENYING: [&str; 6] = ["不对", "不是", "错了", "改", "应该是", "没有"];

/// What the caller complains about, when the operator asks which one it is.
const PARTIES: [&str; 20] = [
    "搅拌站",
    "加油站",
    "宴会厅",
    "酒店",
    "饭店",
    "宾馆",
    "工地",
    "公司",
    "单位",
    "厂",
    "店",
    "物业",
    "开发商",
    "超市",
    "学校",
    "车行",
    "医院",
    "诊所",
    "中介",
    "幼儿园",
];
/// Persons whom a caller may complain about; asked for their names, the operator means them.
const COMPLAINED_OF: [&str; 9] = ["邻居", "对方", "老板", "包工头", "工头", "房东", "负责人", "经理", "村长"];

/// Whether the words ask which firm or office is meant; `您是哪个单位的` asks for the caller's own.
fn asks_which(question: &str) -> bool {
    ["哪个", "哪家", "什么"].iter().any(|which| question.contains(which))
        && PARTIES.iter().any(|party| question.contains(party))
        && !question.contains(['您', '你'])
}

/// Whether the words ask the caller for one of these: what an operator does.
pub(super) fn asks(text: &str) -> bool {
    asked_for(text).any(|asked| asked != Question::Name || !asks_of_another(text))
        && (text.contains('您') || text.contains("请"))
}

/// Whether the name that is asked for is somebody else's: `他叫什么`, but not `您和他是什么关系，您贵姓`.
fn asks_of_another(question: &str) -> bool {
    const CALLERS: [&str; 5] = ["您贵姓", "您怎么称呼", "怎么称呼您", "您叫什么", "您的姓名"];
    OTHERS.iter().any(|word| question.contains(word)) && !CALLERS.iter().any(|own| question.contains(own))
}

/// What is wanted, in the words of who was asked for it.
fn demand(reply: &str) -> Option<Found<String>> {
    /// `对`, `没有` is no demand.
    const LEAST: usize = 4;
    let wanted = ["对，", "对,", "是的，", "嗯，", "就是", "就", "嗯", "我的诉求是", "我要求", "我的要求是"]
        .iter()
        .fold(reply.trim(), |rest, word| rest.strip_prefix(word).unwrap_or(rest))
        .trim_start_matches(['，', ',']);
    let letters = wanted.chars().filter(|c| c.is_alphanumeric()).count();
    (letters >= LEAST).then(|| Found {
        value: wanted.to_owned(),
        confidence: Confidence::new(0.9),
        range: 0..reply.chars().count(),
    })
}

/// What the words ask for.
fn asked_for(question: &str) -> impl Iterator<Item = Question> + '_ {
    let asks = question.contains(['？', '?', '请', '吗'])
        || question.contains("多少")
        || question.contains("什么")
        || question.contains("您");
    QUESTIONS.iter().filter(move |(word, _)| asks && question.contains(word)).map(|(_, asked)| *asked)
}

/// Whether the words ask for the name of the one for whom the caller speaks: `老人家叫什么名字？`
pub(super) fn asks_for_principal(question: &str) -> bool {
    const PRINCIPALS: [&str; 10] =
        ["老人", "您母亲", "您妈", "您父亲", "您爸", "您爱人", "您老伴", "您家人", "当事人", "您孩子"];
    asked_for(question).any(|asked| asked == Question::Name) && PRINCIPALS.iter().any(|who| question.contains(who))
}

/// The name that `reply` gives.
pub(super) fn name(reply: &str) -> Option<Found<String>> {
    answer(Question::Name, without_fillers(reply)).names.into_iter().next()
}

/// Whether the answer may be said in groups of figures that the operator repeats.
pub(super) fn asks_for_number(question: &str) -> bool {
    asked_for(question).any(|asked| matches!(asked, Question::Phone | Question::IdNumber))
}

/// Whether a turn is a part of a number that is being said, or of its repeating: figures, and hardly anything else.
pub(super) fn is_group(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let figures =
        letters.iter().filter(|c| crate::fields::is_figure(**c) || matches!(c, '叉' | 'x' | 'X' | '个')).count();
    figures > 0 && figures * 2 > letters.len()
}

/// Whether the operator only goes along: `嗯`, `您说`, or a group repeated.
pub(super) fn goes_along(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    is_group(text)
        || ["", "嗯", "嗯嗯", "哎", "好", "好的", "您说", "您讲", "您继续", "继续", "然后呢", "后面呢", "还有呢"]
            .contains(&plain.as_str())
}

/// `叫我老郝就行`: how to call somebody is no name yet.
fn says_how_to_call(clause: &str) -> bool {
    ["就行", "就可以", "就好", "就成", "都行"].iter().any(|word| clause.contains(word))
}

/// `檀香的檀`: a character that is told by a word is no name.
fn spells(clause: &str) -> bool {
    let mut last = clause.chars().rev();
    let told = last.next();
    last.next() == Some('的') && told.is_some_and(|told| last.any(|one| one == told))
}

/// The fields in `reply` when `question` asked for them.
pub(super) fn to_question(question: &str, reply: &str) -> Fields {
    let mut answered = Fields::default();
    // `好又佳超市，我是老板`: the caller's own.
    let is_own = ["我是老板", "我开的", "我们开的", "我的店", "我自己的"].iter().any(|own| reply.contains(own));
    if asks_which(question) && !is_own {
        answered.respondents = answer(Question::Respondent, without_fillers(reply)).respondents;
    }
    if asked_for(question).any(|asked| asked == Question::Name)
        && asks_of_another(question)
        && COMPLAINED_OF.iter().any(|who| question.contains(who))
        && !["您邻居", "你邻居", "您的邻居"].iter().any(|own| question.contains(own))
    {
        answered.respondents = person(reply);
    }
    for asked in asked_for(question) {
        // `厂子叫什么名字`: the name of something or somebody else.
        if asked == Question::Name && asks_of_another(question) {
            continue;
        }
        let read = answer(asked, without_fillers(reply));
        match asked {
            Question::Name
                if !read.names.is_empty() && answered.names.iter().all(|name| is_form_of_address(&name.value)) =>
            {
                answered.names = read.names;
            }
            Question::Phone if answered.phones.is_empty() => {
                answered.phones = read.phones;
                answered.impossible.extend(read.impossible);
            }
            Question::IdNumber if answered.id_number.is_none() => {
                answered.id_number = read.id_number;
                answered.impossible.extend(read.impossible);
            }
            Question::Address if answered.address.is_none() => {
                answered.address = read.address.map(|mut address| {
                    correction::settle_answer(reply, &mut address.value);
                    address
                });
            }
            Question::Demand if answered.demand.is_none() => answered.demand = demand(reply),
            Question::Name
            | Question::Phone
            | Question::IdNumber
            | Question::Address
            | Question::Demand
            | Question::Respondent => {}
        }
    }
    // What was taken back in the answer is none.
    let said = fields::read(reply, &Context::default());
    let mut meant = said.clone();
    correction::settle(reply, &mut meant);
    let has = |fields: &Fields, phone: &Phone| fields.phones.iter().any(|known| known.value == *phone);
    answered.phones.retain(|phone| has(&meant, &phone.value) || !has(&said, &phone.value));
    answered
}

/// `他叫申二牛，跟我是本家`: the name of the one whom the caller complains about.
fn person(reply: &str) -> Vec<FoundRespondent> {
    let own = ["他叫", "她叫", "叫", "他是", "是"].iter().find_map(|word| without_fillers(reply).strip_prefix(word));
    let clause = own.unwrap_or_else(|| without_fillers(reply)).split(['，', ',', '。', ' ']).next().unwrap_or_default();
    if !fields::is_personal_name(clause) {
        return Vec::new();
    }
    labelled("被反映人", clause).respondents
}

/// `娄师傅`, `宋大姐`: how others call somebody, where the name itself may follow.
fn is_form_of_address(name: &str) -> bool {
    ["师傅", "大姐", "大哥", "大妈", "大爷", "大娘", "大叔", "阿姨", "女士", "先生", "老师", "同志"]
        .iter()
        .any(|called| name.strip_suffix(called).is_some_and(|surname| surname.chars().count() <= 2))
}

/// Whether `called` is how others call the one whose whole name is `name`.
pub(super) fn is_form_of_address_of(called: &str, name: &str) -> bool {
    is_form_of_address(called) && called.chars().next() == name.chars().next()
}

/// What `reply` says when one thing was asked.
fn answer(asked: Question, reply: &str) -> Fields {
    // `免贵姓石，石大山`: the surname alone is no name, the next clause is.
    let clauses = || reply.split(['，', ',', '。', ' ']).map(without_fillers).filter(|clause| !clause.is_empty());
    match asked {
        // A first clause that is hardly a name (`还有就是，…`) makes the whole answer none.
        Question::Name => {
            let mut read = clauses()
                .filter(|clause| !says_how_to_call(clause) && !spells(clause))
                .map(|clause| labelled("姓名", clause))
                .find(|read| read.names.first().is_some_and(|name| !is_form_of_address(&name.value)))
                .unwrap_or_default();
            read.names.retain(|name| name.confidence.value() >= LEAST_NAME);
            read
        }
        // `恒盛建筑公司的，在中山路口`: a name that ends like one of a firm.
        Question::Respondent => {
            let name = clauses().next().unwrap_or_default().trim_end_matches('的');
            let is_firm = PARTIES.iter().chain(&["局", "院", "所", "中心"]).any(|ending| name.ends_with(ending));
            let long_enough = name.chars().count() >= 4;
            if is_firm && long_enough { labelled("被反映单位", name) } else { Fields::default() }
        }
        Question::Demand => Fields::default(),
        Question::Phone => labelled("联系电话", reply),
        Question::IdNumber => labelled("身份证号", reply),
        // `卢晓棠，幸福里小区十二号楼，一单元，六零二`: the clause that is an address, with the numbers behind it.
        Question::Address => {
            let clauses: Vec<&str> = clauses().collect();
            let places = 0..clauses.len();
            let is_address = |clause: &str| labelled("家庭住址", clause).address.is_some();
            let whole = |place: usize| {
                let rest = clauses.get(place..).unwrap_or_default();
                // Behind it, what is an address too or a number of one: `南城区，春江花苑，三栋二单元`.
                let begins = rest.first().is_some_and(|clause| is_address(clause));
                let goes_on =
                    |clause: &&&str| clause.starts_with(crate::fields::is_figure) || (begins && is_address(clause));
                let more = rest.iter().skip(1).take_while(goes_on);
                rest.iter().take(1).chain(more).copied().collect::<String>()
            };
            places
                .map(|place| labelled("家庭住址", &whole(place)))
                .find(|read| read.address.is_some())
                .unwrap_or_default()
        }
    }
}

fn without_fillers(reply: &str) -> &str {
    /// These begin names too (`好又佳超市`): they are said alone, or before another filler.
    const ALSO_WORDS: [&str; 3] = ["好", "行", "对"];
    let mut answer = reply.trim();
    while let Some(rest) = FILLERS.iter().find_map(|filler| {
        let rest = answer.strip_prefix(filler)?;
        let alone = !rest.starts_with(case::text::is_han) || FILLERS.iter().any(|other| rest.starts_with(other));
        (alone || !ALSO_WORDS.contains(filler)).then_some(rest)
    }) {
        answer = rest.trim();
    }
    answer
}

fn labelled(label: &str, answer: &str) -> Fields {
    fields::read(&format!("{label}：{answer}"), &Context::default())
}

/// Whether `reply` says that what was read back is wrong.
pub(super) fn denies(reply: &str) -> bool {
    ["不对", "不是", "错了", "不不"].iter().any(|word| reply.contains(word))
}

/// Whether `reply` agrees to what was read back.
pub(super) fn agrees(reply: &str) -> bool {
    let reply = reply.trim();
    AGREEING.iter().any(|word| reply.starts_with(word)) && !DENYING.iter().any(|word| reply.contains(word))
}
