//! What the server holds, and how it answers a request.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Request;
use super::index::StubIndex;

/// A status and a body.
pub(super) type Answer = (u16, Value);

/// Everything.
pub(super) struct State {
    key: String,
    pub(super) indexes: BTreeMap<String, StubIndex>,
    tasks: Vec<Task>,
    pub(super) requests: Vec<Request>,
    pub(super) full: bool,
}

struct Task {
    index: Option<String>,
    kind: &'static str,
    work: Option<Work>,
    asked: u32,
    error: Option<Value>,
}

enum Work {
    Create { primary_key: Option<String> },
    Delete,
    Settings(Map<String, Value>),
    Add(Vec<Value>),
    Remove(Vec<String>),
    Swap(Vec<(String, String)>),
}

/// The body of an error.
pub(super) fn error(code: &str, message: &str) -> Value {
    let kind = if code == "invalid_api_key" { "auth" } else { "invalid_request" };
    json!({ "message": message, "code": code, "type": kind, "link": format!("https://docs.meilisearch.com/errors#{code}") })
}

impl State {
    pub(super) fn new(key: &str) -> Self {
        Self { key: key.to_owned(), indexes: BTreeMap::new(), tasks: Vec::new(), requests: Vec::new(), full: false }
    }

    pub(super) fn answer(&mut self, request: &Request, key: Option<&str>) -> Answer {
        self.requests.push(request.clone());
        let path = request.path.split('?').next().unwrap_or_default();
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        if parts != ["health"] && !self.key.is_empty() && key != Some(&self.key) {
            return (403, error("invalid_api_key", "The provided API key is invalid."));
        }
        match (request.method.as_str(), parts.as_slice()) {
            ("GET", ["health"]) => (200, json!({ "status": "available" })),
            ("GET", ["version"]) => (200, json!({ "commitSha": "stub", "commitDate": "stub", "pkgVersion": "1.50.0" })),
            ("GET", ["tasks", uid]) => self.task(uid.parse().unwrap()),
            ("POST", ["indexes"]) => {
                let primary_key = request.body["primaryKey"].as_str().map(str::to_owned);
                let uid = request.body["uid"].as_str().unwrap().to_owned();
                self.enqueue(Some(&uid), "indexCreation", Work::Create { primary_key })
            }
            ("POST", ["multi-search"]) => self.searches(&request.body),
            ("POST", ["swap-indexes"]) => self.swap(&request.body),
            (method, ["indexes", uid, rest @ ..]) => self.of_index(method, uid, rest, &request.body),
            _ => (404, error("not_found", "no such route")),
        }
    }

    fn of_index(&mut self, method: &str, uid: &str, rest: &[&str], body: &Value) -> Answer {
        let object = || body.as_object().cloned().unwrap();
        match (method, rest) {
            ("DELETE", []) => return self.enqueue(Some(uid), "indexDeletion", Work::Delete),
            ("PATCH", ["settings"]) => return self.enqueue(Some(uid), "settingsUpdate", Work::Settings(object())),
            ("PUT", ["settings", "prefix-search"]) => {
                let one = Map::from_iter([("prefixSearch".to_owned(), body.clone())]);
                return self.enqueue(Some(uid), "settingsUpdate", Work::Settings(one));
            }
            ("POST", ["documents"]) => {
                let documents = body.as_array().unwrap().clone();
                return self.enqueue(Some(uid), "documentAdditionOrUpdate", Work::Add(documents));
            }
            ("POST", ["documents", "delete-batch"]) => {
                let ids = body.as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect();
                return self.enqueue(Some(uid), "documentDeletion", Work::Remove(ids));
            }
            _ => {}
        }
        let Some(index) = self.indexes.get(uid) else {
            return (404, error("index_not_found", &format!("Index `{uid}` not found.")));
        };
        match (method, rest) {
            ("GET", ["documents", id]) => match index.documents.get(*id) {
                Some(document) => (200, Value::Object(document.clone())),
                None => (404, error("document_not_found", &format!("Document `{id}` not found."))),
            },
            ("GET", ["settings"]) => (200, Value::Object(index.settings.clone())),
            ("GET", ["stats"]) => (200, index.stats()),
            ("POST", ["search"]) => match index.search(uid, body) {
                Ok(found) => (200, found),
                Err(refusal) => (400, refusal),
            },
            _ => (404, error("not_found", "no such route")),
        }
    }

    fn searches(&self, body: &Value) -> Answer {
        let mut results = Vec::new();
        for query in body["queries"].as_array().unwrap() {
            let mut query = query.as_object().unwrap().clone();
            let uid = query.remove("indexUid").unwrap();
            let uid = uid.as_str().unwrap();
            let Some(index) = self.indexes.get(uid) else {
                return (400, error("index_not_found", &format!("Inside `.queries`: Index `{uid}` not found.")));
            };
            match index.search(uid, &Value::Object(query)) {
                Ok(mut found) => {
                    found["indexUid"] = json!(uid);
                    results.push(found);
                }
                Err(refusal) => return (400, refusal),
            }
        }
        (200, json!({ "results": results }))
    }

    fn swap(&mut self, body: &Value) -> Answer {
        let pairs = body.as_array().unwrap().iter().map(|swap| {
            let name = |place: usize| swap["indexes"][place].as_str().unwrap().to_owned();
            (name(0), name(1))
        });
        let pairs = pairs.collect();
        self.enqueue(None, "indexSwap", Work::Swap(pairs))
    }

    fn enqueue(&mut self, index: Option<&str>, kind: &'static str, work: Work) -> Answer {
        let uid = self.tasks.len();
        self.tasks.push(Task { index: index.map(str::to_owned), kind, work: Some(work), asked: 0, error: None });
        let at = "2026-11-23T23:10:31.398520921Z";
        (202, json!({ "taskUid": uid, "indexUid": index, "status": "enqueued", "type": kind, "enqueuedAt": at }))
    }

    /// A task is waiting when it is asked about first, and done with all before it when it is asked about again.
    fn task(&mut self, uid: usize) -> Answer {
        let Some(task) = self.tasks.get_mut(uid) else {
            return (404, error("task_not_found", &format!("Task `{uid}` not found.")));
        };
        task.asked += 1;
        if task.asked > 1 {
            for earlier in 0..=uid {
                self.perform(earlier);
            }
        }
        let task = &self.tasks[uid];
        let status = match (&task.work, &task.error) {
            (Some(_), _) => "enqueued",
            (None, Some(_)) => "failed",
            (None, None) => "succeeded",
        };
        let at = "2026-11-23T23:10:31.398520921Z";
        let body = json!({
            "uid": uid, "batchUid": uid, "indexUid": task.index, "status": status, "type": task.kind,
            "canceledBy": null, "details": null, "error": task.error, "duration": "PT0.02S",
            "enqueuedAt": at, "startedAt": at, "finishedAt": at,
        });
        (200, body)
    }

    fn perform(&mut self, uid: usize) {
        let Some(work) = self.tasks[uid].work.take() else { return };
        let name = self.tasks[uid].index.clone().unwrap_or_default();
        let done =
            if self.full { Err(error("no_space_left_on_device", "No space left.")) } else { self.work(&name, work) };
        self.tasks[uid].error = done.err();
    }

    fn work(&mut self, name: &str, work: Work) -> Result<(), Value> {
        let missing = |name: &str| error("index_not_found", &format!("Index `{name}` not found."));
        match work {
            Work::Create { primary_key } => {
                if self.indexes.contains_key(name) {
                    return Err(error("index_already_exists", &format!("Index `{name}` already exists.")));
                }
                self.indexes.insert(name.to_owned(), StubIndex::new(primary_key));
            }
            Work::Delete => {
                self.indexes.remove(name).ok_or_else(|| missing(name))?;
            }
            Work::Settings(settings) => self.made(name).settings.extend(settings),
            Work::Add(documents) => self.made(name).add(documents)?,
            Work::Remove(ids) => {
                let index = self.indexes.get_mut(name).ok_or_else(|| missing(name))?;
                index.documents.retain(|id, _document| !ids.contains(id));
            }
            Work::Swap(pairs) => {
                for (a, b) in pairs.iter().flat_map(|(a, b)| [(a, b), (b, a)]) {
                    if !self.indexes.contains_key(a) || a == b {
                        return Err(missing(a));
                    }
                }
                for (a, b) in pairs {
                    let (one, other) = (self.indexes.remove(&a).unwrap(), self.indexes.remove(&b).unwrap());
                    self.indexes.extend([(b, one), (a, other)]);
                }
            }
        }
        Ok(())
    }

    /// Settings and documents make an index that is not there.
    fn made(&mut self, name: &str) -> &mut StubIndex {
        self.indexes.entry(name.to_owned()).or_insert_with(|| StubIndex::new(None))
    }
}
