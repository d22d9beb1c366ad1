fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap().replace("> ", "");
        let truth: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path.replace(".txt", ".json")).unwrap()).unwrap();
        let f = channels::fields::read(&text, &channels::fields::Context::default());
        let one = |v: Vec<(String, f32)>| v.iter().map(|(a, b)| format!("{a}~{b:.2}")).collect::<Vec<_>>().join(" | ");
        let got = [
            ("name", one(f.names.iter().map(|n| (n.value.clone(), n.confidence.value())).collect())),
            ("phone", one(f.phones.iter().map(|n| (n.value.as_str().to_owned(), n.confidence.value())).collect())),
            ("idno", one(f.id_number.iter().map(|n| (n.value.as_str().to_owned(), n.confidence.value())).collect())),
            ("address", one(f.address.iter().map(|n| (n.value.clone(), n.confidence.value())).collect())),
            ("place", one(f.place.iter().map(|n| (n.value.clone(), n.confidence.value())).collect())),
            ("date", one(f.written_on.iter().map(|n| (n.value.to_string(), n.confidence.value())).collect())),
            ("title", one(f.title.iter().map(|n| (n.value.clone(), n.confidence.value())).collect())),
            ("demand", one(f.demand.iter().map(|n| (n.value.clone(), n.confidence.value())).collect())),
            ("respondent", one(f.respondents.iter().map(|n| (n.name.value.clone(), n.name.confidence.value())).collect())),
        ];
        println!("== {path}");
        for (key, value) in got {
            println!("  {key}: {value}   [{}]", truth.get(key).map(|v| v.to_string()).unwrap_or_default());
        }
    }
}
