//! Times look-ups in an index of invented petitions and prints one JSON object:
//!
//! ```text
//! cargo run -p search --example look_up -- [DOCUMENTS]
//! ```

use std::error::Error;
use std::io::Write;
use std::time::{Duration, Instant};

use case::id::SubmissionId;
use search::conformance::petition;
use search::document::Document;
use search::embedded::EmbeddedEngine;
use search::engine::{CandidateQuery, Reach, SearchEngine, SearchQuery};
use search::judge::{Judge, Petition};
use uuid::Uuid;

/// Documents put in at once while the index is filled.
const BATCH: u64 = 1_000;
/// Look-ups that are timed.
const LOOK_UPS: u64 = 500;
/// Candidates whose reasons are gathered.
const SUGGESTIONS: usize = 8;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let documents: u64 = std::env::args().nth(1).map_or(Ok(10_000), |count| count.parse())?;
    let folder = tempfile::tempdir()?;
    let engine = EmbeddedEngine::open(folder.path())?;
    let start = Instant::now();
    for from in (0..documents).step_by(usize::try_from(BATCH)?) {
        engine.put((from..(from + BATCH).min(documents)).map(invented).collect()).await?;
    }
    let filled = start.elapsed();
    let mut candidates = Vec::new();
    let mut judged = Vec::new();
    let mut searches = Vec::new();
    let mut puts = Vec::new();
    let judge = Judge::default();
    for number in 0..LOOK_UPS {
        let asked = invented(documents + number * 7);
        let query = CandidateQuery {
            reach: Reach::Ordinary,
            title: asked.title.clone(),
            body: asked.body.clone(),
            identity: Vec::new(),
            before: Some(documents),
            limit: 30,
        };
        let start = Instant::now();
        let hits = engine.candidates(&query).await?;
        candidates.push(start.elapsed());
        let start = Instant::now();
        let numbers: Result<Vec<u64>, _> =
            hits.iter().map(|hit| u64::try_from(hit.submission.as_uuid().as_u128())).collect();
        let _judged = judge.judge_all(&seen(&asked), numbers?, SUGGESTIONS, |number| seen(&invented(*number)));
        judged.push(start.elapsed());
        let words = format!("{} -已经解决", asked.title.chars().take(4).collect::<String>());
        let start = Instant::now();
        let _hits = engine.search(&SearchQuery::words(Reach::Ordinary, &words, 20)).await?;
        searches.push(start.elapsed());
        if number < 50 {
            let start = Instant::now();
            engine.put(vec![asked]).await?;
            puts.push(start.elapsed());
        }
    }
    let statistics = engine.statistics().await?;
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{}",
        serde_json::json!({
            "documents": documents,
            "filled_seconds": filled.as_secs_f64(),
            "bytes": statistics.bytes,
            "candidates_ms": times(candidates),
            "judging_30_ms": times(judged),
            "search_ms": times(searches),
            "put_one_ms": times(puts),
        })
    )?;
    Ok(())
}

fn seen(document: &Document) -> Petition {
    Petition {
        title: document.title.clone(),
        body: document.body.clone(),
        registered_at: document.registered_at,
        channel: document.channel,
        identity: Vec::new(),
        respondents: Vec::new(),
        place: None,
    }
}

/// Half and ninety-ninth of a hundred.
fn times(mut times: Vec<Duration>) -> serde_json::Value {
    times.sort_unstable();
    let at = |share: usize| {
        let index = times.len().saturating_mul(share) / 100;
        times.get(index.min(times.len().saturating_sub(1))).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    };
    serde_json::json!({ "p50": at(50), "p99": at(99) })
}

/// A petition put together from invented parts; the same number gives the same one. About 250 characters.
fn invented(number: u64) -> Document {
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut pick = |list: &str| -> String {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let words: Vec<&str> = list.split_whitespace().collect();
        let index = usize::try_from(state >> 33).unwrap_or(0) % words.len().max(1);
        words.get(index).copied().unwrap_or_default().to_owned()
    };
    let first = "锦绣 幸福 和谐 金色 阳光 东方 凤凰 翠竹 碧水 蓝天 康乐 永安 福临 瑞祥 龙泉 玉兰 桃源 紫薇 银杏 海棠 清风 明月 春晓 秋实";
    let second = "华庭 花园 家园 雅苑 名城 新村 公寓 山庄 嘉园 水岸 豪庭 庭院";
    let road = "和平路 建设街 中山路 人民路 兴华街 育才路 清风街 商业街 北环路 南门大街 永丰路 西关街";
    let trouble = "电梯经常困人 夜间施工噪音扰民 楼下餐馆油烟直排 路灯长期不亮 雨天路面积水 停车位只售不租 自来水浑浊 物业费乱涨 \
        垃圾无人清运 外墙脱落 暖气不热 下水道堵塞 房产证迟迟不办 违章搭建 绿地被占 消防通道堵塞 充电桩太少 公交班次太少";
    let detail = "从去年冬天起就是这样 已经三个多月 上周又出了一次 家里有老人和孩子 影响了几十户人家 我们多次联系过物业 社区来看过一次就没有下文 \
        打过热线也没有结果 有照片和录像可以证明 邻居们都可以作证 晚上根本没法休息 希望能有人到现场看一看 请给一个明确的时间 费用一直照收 \
        春天的时候说要整改 一拖再拖 孩子上学要绕路 老人摔过两次 施工队说不归他们管 开发商说已经移交 每次下雨都要蹚水 夏天气味很大";
    let estate = format!("{}{}", pick(first), pick(second));
    let title = format!("{estate}{}", pick(trouble));
    let mut body = format!("您好,我住{}{estate}{}号楼,", pick(road), number % 40 + 1);
    for _sentence in 0..14 {
        body.push_str(&pick(detail));
        body.push(',');
    }
    body.push_str(&pick(trouble));
    // The day repeats so that no date runs over.
    let mut document = petition(number % 20_000, &title, &body);
    document.sequence = number;
    document.submission = SubmissionId::from_uuid(Uuid::from_u128(u128::from(number)));
    document
}
