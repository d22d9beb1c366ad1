use std::fs::File; use std::io::BufReader; use std::sync::Arc;
use search::embedded::EmbeddedEngine; use search::engine::Reach; use search::evaluate::*; use search::judge::Judge;
#[tokio::main(flavor = "current_thread")]
async fn main() {
    let a: Vec<String> = std::env::args().skip(1).collect();
    let open = |i: usize| BufReader::new(File::open(&a[i]).unwrap());
    let messages = read_messages(open(0), "m").unwrap();
    let retrieval = read_retrieval(open(1), "r", &messages).unwrap();
    let pairs = read_pairs(open(2), "p", &messages).unwrap();
    let input = Input { messages, retrieval, pairs };
    let folder = tempfile::tempdir().unwrap();
    let engine = EmbeddedEngine::open(folder.path()).unwrap();
    let judge = || Ok(Judge::new(Arc::new(engine.frequencies(Reach::Ordinary)?)));
    let examples = examples(&input, &engine, &judge, &|_| {}).await.unwrap();
    let mut tsv = String::new();
    for (row, e) in input.pairs.iter().zip(&examples) {
        tsv += &format!("{}\t{}\t{:?}\t0\t{:?}\t{}\t{}\n", row.a, row.b, row.label, e.evidence, row.note, e.veto);
    }
    std::fs::write("/tmp/SAME_MATTER.tsv", tsv).unwrap();
    let weights = search::train::train(&examples);
    std::fs::write("/tmp/judge.json", weights.to_text().unwrap()).unwrap();
    let w = Arc::new(weights);
    let folder = tempfile::tempdir().unwrap();
    let engine = EmbeddedEngine::open(folder.path()).unwrap();
    let judge = || Ok(Judge::with_weights(Arc::new(engine.frequencies(Reach::Ordinary)?), w.clone()));
    let report = measure(&input, &engine, &judge, &|_| {}).await.unwrap();
    println!("{}", serde_json::to_string_pretty(&report).unwrap());
}
