//! One index: documents, settings, and how a query is answered.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value, json};

use super::filter::Filter;
use super::state::error;
use super::words::{Term, cut, read, stands};

/// The fields that a search may have.
const FIELDS: &[&str] = &[
    "q",
    "offset",
    "limit",
    "page",
    "hitsPerPage",
    "attributesToRetrieve",
    "attributesToCrop",
    "cropLength",
    "cropMarker",
    "attributesToHighlight",
    "highlightPreTag",
    "highlightPostTag",
    "showMatchesPosition",
    "filter",
    "sort",
    "distinct",
    "facets",
    "matchingStrategy",
    "attributesToSearchOn",
    "rankingScoreThreshold",
    "locales",
    "hybrid",
    "vector",
    "retrieveVectors",
    "media",
    "personalize",
    "useNetwork",
    "showRankingScore",
    "showRankingScoreDetails",
    "showPerformanceDetails",
];

type Text = Vec<(usize, String)>;

/// An index.
pub(super) struct StubIndex {
    primary_key: Option<String>,
    pub(super) settings: Map<String, Value>,
    pub(super) documents: BTreeMap<String, Map<String, Value>>,
}

impl StubIndex {
    pub(super) fn new(primary_key: Option<String>) -> Self {
        Self { primary_key, settings: Map::new(), documents: BTreeMap::new() }
    }

    /// All or, when one has no identifier, none.
    pub(super) fn add(&mut self, documents: Vec<Value>) -> Result<(), Value> {
        let key = self.primary_key.get_or_insert_with(|| "id".to_owned()).clone();
        let mut added = Vec::new();
        for document in documents {
            let Value::Object(document) = document else { return Err(error("malformed_payload", "not an object")) };
            let id = document.get(&key).and_then(Value::as_str).map(str::to_owned);
            let Some(id) = id else {
                let message = format!("Document doesn't have a `{key}` attribute: `{}`.", Value::Object(document));
                return Err(error("missing_document_id", &message));
            };
            let plain = id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
            if !plain || id.len() > 511 {
                return Err(error("invalid_document_id", &format!("Document identifier `{id}` is invalid.")));
            }
            added.push((id, document));
        }
        self.documents.extend(added);
        Ok(())
    }

    pub(super) fn stats(&self) -> Value {
        let count = self.documents.len();
        let bytes: usize = self.documents.values().map(|document| json!(document).to_string().len()).sum();
        json!({
            "numberOfDocuments": count, "rawDocumentDbSize": bytes, "avgDocumentSize": bytes / count.max(1),
            "isIndexing": false, "numberOfEmbeddings": 0, "numberOfEmbeddedDocuments": 0, "fieldDistribution": {},
        })
    }

    pub(super) fn search(&self, uid: &str, body: &Value) -> Result<Value, Value> {
        let body = body.as_object().unwrap();
        if let Some(unknown) = body.keys().find(|name| !FIELDS.contains(&name.as_str())) {
            return Err(error("bad_request", &format!("Unknown field `{unknown}`: expected one of `q`")));
        }
        let filter = match body.get("filter").and_then(Value::as_str) {
            Some(text) => Some(Filter::parse(text, uid, &self.list("filterableAttributes"))?),
            None => None,
        };
        let query = body.get("q").and_then(Value::as_str).unwrap_or_default();
        let strategy = body.get("matchingStrategy").and_then(Value::as_str).unwrap_or("last");
        let searchable = self.list("searchableAttributes");
        let texts: Vec<(&Map<String, Value>, Vec<Text>)> = self
            .documents
            .values()
            .map(|document| (document, searchable.iter().map(|name| text_of(document.get(name))).collect()))
            .collect();
        let asked = read(query, self.settings.get("prefixSearch") != Some(&json!("disabled")));
        let levels = levels(&asked.wanted, strategy, &texts);
        let mut found: Vec<(f64, &Map<String, Value>)> = Vec::new();
        for (document, texts) in &texts {
            let barred = asked.unwanted.iter().any(|term| texts.iter().any(|text| stands(term, text)));
            if barred || filter.as_ref().is_some_and(|filter| !filter.holds(document)) {
                continue;
            }
            let level =
                levels.iter().find(|terms| terms.iter().all(|term| texts.iter().any(|text| stands(term, text))));
            if let Some(kept) = level {
                found.push((score(kept, asked.wanted.len(), texts), document));
            }
        }
        self.in_order(&mut found);
        Ok(self.page(body, query, &found))
    }

    /// By score, then by the rules of our own that the settings name.
    fn in_order(&self, found: &mut [(f64, &Map<String, Value>)]) {
        let rules = self.list("rankingRules");
        let own: Vec<(&str, bool)> =
            rules.iter().filter_map(|rule| rule.split_once(':')).map(|(name, way)| (name, way == "desc")).collect();
        let number =
            |document: &Map<String, Value>, name: &str| document.get(name).and_then(Value::as_f64).unwrap_or(0.0);
        found.sort_by(|a, b| {
            let by_rules = own.iter().fold(std::cmp::Ordering::Equal, |order, (name, falls)| {
                let rule = number(a.1, name).total_cmp(&number(b.1, name));
                order.then(if *falls { rule.reverse() } else { rule })
            });
            b.0.total_cmp(&a.0).then(by_rules)
        });
    }

    fn page(&self, body: &Map<String, Value>, query: &str, found: &[(f64, &Map<String, Value>)]) -> Value {
        let number = |name: &str| body.get(name).and_then(Value::as_u64).map(|number| usize::try_from(number).unwrap());
        let most = self.settings.get("pagination").and_then(|of| of["maxTotalHits"].as_u64()).unwrap_or(1000);
        let found = &found[..found.len().min(usize::try_from(most).unwrap())];
        let shown = self.list("displayedAttributes");
        let wanted = body.get("attributesToRetrieve").and_then(Value::as_array);
        let ranked = body.get("showRankingScore") == Some(&json!(true));
        let hit = |(score, document): &(f64, &Map<String, Value>)| {
            let mut hit: Map<String, Value> = (*document).clone();
            hit.retain(|name, _value| {
                (shown.is_empty() || shown.iter().any(|one| one == name || one == "*"))
                    && wanted.is_none_or(|wanted| wanted.contains(&json!(name)))
            });
            if ranked {
                hit.insert("_rankingScore".to_owned(), json!(score));
            }
            Value::Object(hit)
        };
        if let Some(size) = number("hitsPerPage") {
            let page = number("page").unwrap_or(1);
            let hits: Vec<Value> = found.iter().skip((page - 1) * size).take(size).map(hit).collect();
            return json!({
                "hits": hits, "query": query, "processingTimeMs": 0, "hitsPerPage": size, "page": page,
                "totalPages": found.len().div_ceil(size.max(1)), "totalHits": found.len(),
            });
        }
        let (offset, limit) = (number("offset").unwrap_or(0), number("limit").unwrap_or(20));
        let hits: Vec<Value> = found.iter().skip(offset).take(limit).map(hit).collect();
        json!({
            "hits": hits, "query": query, "processingTimeMs": 0, "limit": limit, "offset": offset,
            "estimatedTotalHits": found.len(),
        })
    }

    fn list(&self, name: &str) -> Vec<String> {
        let list = self.settings.get(name).and_then(Value::as_array);
        list.map(|list| list.iter().filter_map(Value::as_str).map(str::to_owned).collect()).unwrap_or_default()
    }
}

fn text_of(value: Option<&Value>) -> Text {
    match value {
        Some(Value::String(text)) => cut(text),
        Some(Value::Array(texts)) => cut(&texts.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(". ")),
        _ => Vec::new(),
    }
}

/// The sets of terms that may be found, strictest first.
///
/// `all`: every term. `last`: terms are dropped from the end, the first one stays. `frequency`: unknown ones are dropped first, then the
/// commonest; terms of one frequency are dropped together, and the rarest stay.
fn levels<'a>(wanted: &'a [Term], strategy: &str, texts: &[(&Map<String, Value>, Vec<Text>)]) -> Vec<Vec<&'a Term>> {
    let whole: Vec<&Term> = wanted.iter().collect();
    let mut levels = vec![whole.clone()];
    match strategy {
        "last" => levels.extend((1..whole.len()).rev().map(|kept| whole[..kept].to_vec())),
        "frequency" => {
            let with = |term: &Term| {
                texts.iter().filter(|(_document, texts)| texts.iter().any(|text| stands(term, text))).count()
            };
            let counted: HashMap<&[String], usize> =
                wanted.iter().map(|term| (term.words.as_slice(), with(term))).collect();
            let count = |term: &Term| counted[term.words.as_slice()];
            let mut known: Vec<&Term> = whole.iter().copied().filter(|term| count(term) > 0 || term.quoted).collect();
            while !known.is_empty() {
                levels.push(known.clone());
                let commonest = known.iter().filter(|term| !term.quoted).map(|term| count(term)).max();
                let Some(commonest) = commonest else { break };
                known.retain(|term| term.quoted || count(term) < commonest);
            }
        }
        _ => {}
    }
    levels
}

/// The share of terms found, then the place of the first field that has one.
fn score(kept: &[&Term], asked: usize, texts: &[Text]) -> f64 {
    if asked == 0 {
        return 1.0;
    }
    let first = texts.iter().position(|text| kept.iter().any(|term| stands(term, text))).unwrap_or(texts.len());
    let place = 1.0 - first as f64 / (texts.len() + 1) as f64;
    0.9 * kept.len() as f64 / asked as f64 + 0.1 * place
}
