//! Transcripts as telephone systems and recognisers give them. All persons and numbers are invented.

use case::field::Source;
use case::problem::ProblemCode;
use case::statement::{Mark, PassageKind, Statement};
use encoding_rs::GB18030;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn read_call(text: &str) -> Statement {
    read(text.as_bytes(), Some(date(2026, 11, 24))).unwrap().statement
}

fn operator(statement: &Statement) -> Vec<(&str, Option<u64>)> {
    let turns = statement.beside.iter().filter(|passage| passage.kind == PassageKind::Operator);
    turns.map(|passage| (passage.text.as_str(), passage.milliseconds)).collect()
}

fn phones(statement: &Statement) -> Vec<&str> {
    statement
        .petitioners
        .first()
        .into_iter()
        .flat_map(|first| first.phones.iter().map(|phone| phone.value.as_str()))
        .collect()
}

const OURS: &str = r#"{"call_id":"20261124-0007","caller_number":"13800000011","started_at":"2026-11-24T09:12:00+08:00","operator":"8012",
"segments":[
{"speaker":"operator","start":0.5,"end":3.0,"text":"您好，这里是定州市信访局，请讲。"},
{"speaker":"caller","start":3.4,"end":9.0,"text":"你好，我叫柳青禾，家住清河花园小区三号楼。"},
{"speaker":"caller","start":9.2,"end":16.0,"text":"我们小区入冬以来天天停水，清泉物业公司一直推诿，希望你们督促修复。"},
{"speaker":"operator","start":16.5,"end":18.0,"text":"请问您的联系电话是多少？"},
{"speaker":"caller","start":18.4,"end":23.0,"text":"幺三八零零零零零零幺幺"},
{"speaker":"operator","start":23.5,"end":27.0,"text":"13800000011，对吗？"},
{"speaker":"caller","start":27.2,"end":27.9,"text":"对的。"},
{"speaker":"operator","start":28.0,"end":30.0,"text":"好的，已为您登记。"}]}"#;

#[test]
fn our_own_json() {
    insta::assert_json_snapshot!(read_call(OURS));
}

#[test]
fn webvtt_with_voices() {
    let text = "WEBVTT\n\nNOTE invented\n\n1\n00:00:01.000 --> 00:00:03.000 align:start\n<v 坐席8012>您好，请讲。\n\n00:00:03.500 --> 00:00:09.250\n<v.loud 来电人>我是东柳村村民石大山，\n村里的路<i>坏了</i>三年没人修。\n\n00:09.300 --> 00:12.000\n<v 来电人>要求镇政府尽快修路。</v>\n";
    let statement = read_call(text);
    assert_eq!(statement.body, "我是东柳村村民石大山，村里的路坏了三年没人修。要求镇政府尽快修路。");
    assert_eq!(operator(&statement), [("您好，请讲。", Some(1000))]);
    assert_eq!(
        statement.demand.as_ref().map(|demand| demand.source.clone()),
        Some(Source::Moment { milliseconds: 9300 })
    );
    insta::assert_json_snapshot!(statement);
}

#[test]
fn srt_with_labels() {
    let text = "1\r\n00:00:01,000 --> 00:00:03,000\r\n接线员：您好，请问有什么可以帮您？\r\n\r\n2\r\n00:01:03,500 --> 00:01:09,250\r\n市民：我反映清风街夜间施工扰民。\r\n";
    let statement = read_call(text);
    assert_eq!(statement.body, "我反映清风街夜间施工扰民。");
    assert_eq!(operator(&statement), [("您好，请问有什么可以帮您？", Some(1000))]);
    assert_eq!(statement.title.source, Source::Moment { milliseconds: 63_500 });
}

#[test]
fn funasr_in_milliseconds_with_numbered_speakers() {
    let text = r#"[{"key":"a","text":"…","sentence_info":[
        {"text":"喂，你好，","start":100,"end":900,"spk":1},
        {"text":"您好，这里是信访热线，请讲。","start":1000,"end":3000,"spk":0},
        {"text":"我想反映东柳村的路坏了三年没人修。","start":3200,"end":7000,"spk":1},
        {"text":"您贵姓？","start":7100,"end":7600,"spk":0},
        {"text":"免贵姓石，石大山。","start":7700,"end":9000,"spk":1}]}]"#;
    let statement = read_call(text);
    assert_eq!(statement.body, "喂，你好，\n我想反映东柳村的路坏了三年没人修。\n免贵姓石，石大山。");
    assert_eq!(operator(&statement).len(), 2);
    let name = statement.petitioners[0].name.as_ref().unwrap();
    assert_eq!((name.value.as_str(), &name.source), ("石大山", &Source::Moment { milliseconds: 7700 }));
}

#[test]
fn the_name_of_a_firm_is_not_the_callers() {
    let statement = read_call(
        "接线员：厂子叫什么名字，有没有牌子？\n来电人：没有牌子，老板姓崔。还有就是，他那个洗料的水就往路边沟里排。\n",
    );
    assert!(statement.petitioners.iter().all(|petitioner| petitioner.name.is_none()), "{:?}", statement.petitioners);
    let statement = read_call("接线员：您怎么称呼？\n来电人：还有就是，路坏了。\n");
    assert!(statement.petitioners.iter().all(|petitioner| petitioner.name.is_none()), "{:?}", statement.petitioners);
}

#[test]
fn whisper_without_speakers() {
    let text = r#"{"text":"…","language":"zh","segments":[{"id":0,"start":0.0,"end":2.0,"text":"您好,这里是信访局,请讲"},{"id":1,"start":2.5,"end":6.0,"text":"小区停水三天了,希望尽快修好"}]}"#;
    let statement = read_call(text);
    assert_eq!(statement.body, "小区停水三天了,希望尽快修好");
    assert_eq!(operator(&statement).len(), 1);
}

#[test]
fn plain_text_with_labels_times_and_a_head() {
    let text = "通话编号：A-17\n来电号码：0312-2000011\n来电时间：2026-11-23 15:02\n\n[00:00:01] 坐席：您好，请讲。\n[00:00:04] 来电人：我是清河花园业主，电梯坏了一个月，\n老人上不了楼。\n[00:00:20] 坐席：您住哪里？\n[00:00:23] 来电人：我住在清河花园小区3号楼2单元501室。\n";
    let statement = read_call(text);
    assert_eq!(statement.written_on.as_ref().map(|day| day.value), Some(date(2026, 11, 23)));
    assert_eq!(phones(&statement), ["0312-2000011"]);
    assert_eq!(
        statement.petitioners[0].address.as_ref().map(|address| address.value.as_str()),
        Some("清河花园小区3号楼2单元501室")
    );
    assert!(statement.body.starts_with("我是清河花园业主，电梯坏了一个月，老人上不了楼。"));
    insta::assert_json_snapshot!(statement);
}

#[test]
fn speakers_that_are_only_letters() {
    let statement = read_call(
        "A：喂您好，请问有什么可以帮您\nB：楼下烧烤店油烟扰民\nA：我帮您记录，请您留个电话\nB：13800000022\n",
    );
    assert_eq!(statement.body, "楼下烧烤店油烟扰民\n13800000022");
    assert_eq!(phones(&statement), ["13800000022"]);
}

#[test]
fn text_without_labels_is_the_callers() {
    let statement = read_call("我反映一下，小区停水三天了，物业不管。");
    assert_eq!(statement.body, "我反映一下，小区停水三天了，物业不管。");
    assert_eq!(statement.beside, []);
    assert!(statement.marks.contains(&Mark::MissingPhone));
}

#[test]
fn other_charsets() {
    let text = "坐席：请讲。\n来电人：㐂乐路积水没人管，希望处理。\n";
    let expected = read_call(text);
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for bytes in [GB18030.encode(text).0.into_owned(), wide, format!("\u{feff}{text}").into_bytes()] {
        assert_eq!(read(&bytes, Some(date(2026, 11, 24))).unwrap().statement, expected);
    }
}

#[test]
fn a_number_that_was_not_understood_is_marked_unless_read_back() {
    let wrong = read_call("坐席：您的联系电话是多少？\n来电人：幺三八零零零零零零幺\n");
    assert!(wrong.marks.iter().any(|mark| matches!(mark, Mark::Impossible { field, .. } if field == "phone")));
    let settled = read_call(
        "坐席：您的联系电话是多少？\n来电人：幺三八零零零零零零幺\n坐席：是13800000011吗？\n来电人：对，是这个。\n",
    );
    assert_eq!(phones(&settled), ["13800000011"]);
    assert!(!settled.marks.iter().any(|mark| matches!(mark, Mark::Impossible { .. })));
    let denied = read_call(
        "坐席：您的联系电话是多少？\n来电人：幺三八零零零零零零幺\n坐席：是13800000012吗？\n来电人：不对。\n",
    );
    assert_eq!(phones(&denied), Vec::<&str>::new());
}

#[test]
fn an_operator_alone_leaves_no_text_of_the_petitioner() {
    let statement = read_call("坐席：您好，请讲。\n坐席：喂？\n");
    assert_eq!(statement.body, "");
    assert!(statement.marks.contains(&Mark::NoText));
}

#[test]
fn refusals() {
    let code = |bytes: &[u8]| read(bytes, None).unwrap_err().code;
    assert_eq!(code(b""), ProblemCode::EmptyInput);
    assert_eq!(code(b"\xef\xbb\xbf \n"), ProblemCode::EmptyInput);
    assert_eq!(code(b"WEBVTT\n\n"), ProblemCode::EmptyInput);
    assert_eq!(code(b"{\"segments\":[]}"), ProblemCode::EmptyInput);
    assert_eq!(code(b"{\"segments\":["), ProblemCode::MalformedInput);
    assert_eq!(code(b"{\"title\":\"x\"}"), ProblemCode::MalformedInput);
    assert_eq!(code(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x02\0\0\0"), ProblemCode::UnknownCharset);
    assert_eq!(code(&vec![b'a'; SIZE_LIMIT + 1]), ProblemCode::InputTooLarge);
    let many = "来电人：a\n".repeat(TURN_LIMIT + 1);
    assert_eq!(code(many.as_bytes()), ProblemCode::TooDeep);
}

#[test]
fn source_keys_of_calls() {
    assert_eq!(source_key(OURS.as_bytes()), source_key(br#"{"call_id":"20261124-0007","segments":[]}"#));
    assert_ne!(source_key(b"a"), source_key(b"b"));
    assert!(source_key(OURS.as_bytes()).as_str().starts_with("call:call-id:"));
}

proptest! {
    #[test]
    fn any_bytes_give_a_reading_or_a_problem(bytes in proptest::collection::vec(any::<u8>(), 0..1000)) {
        let _ = read(&bytes, None);
        let _ = source_key(&bytes);
    }

    #[test]
    fn any_transcript_like_text_gives_a_reading_or_a_problem(pieces in proptest::collection::vec(prop_oneof![
        Just("WEBVTT\n"), Just("\n\n"), Just("00:01.000 --> 00:02.000\n"), Just("1:2:3:4 --> x\n"), Just("<v A>"), Just("</v>"), Just("<"), Just("坐席："),
        Just("来电人："), Just("[00:00:01] "), Just("[99"), Just("{\"segments\":["), Just("{\"text\":\"a\",\"start\":1e308}"), Just("]}"), Just(","), Just("\n"),
        Just("电话多少？"), Just("幺三八零零零零零零幺幺"), Just("对"), Just("我叫石大山"), Just("\u{feff}"), Just("-5"),
    ], 0..40)) {
        let text = pieces.concat();
        let _ = read(text.as_bytes(), Some(date(2026, 11, 24)));
        let _ = source_key(text.as_bytes());
    }
}
