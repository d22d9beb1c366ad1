//! `GET /readyz`: whether petitions can be taken in (the database answers), with what waits and what the index holds.
//!
//! A search engine that fails is told but does not make the office unready: intake goes on without it.

use actix_web::{HttpResponse, web};
use case::problem::Problem;
use serde::Serialize;

use crate::gateway::Gateway;
use crate::intake::receive::failed;

#[derive(Serialize)]
struct Readiness {
    ready: bool,
    store: &'static str,
    queues: Vec<QueueReport>,
    search: SearchReport,
    /// How far a rebuild of the search index has come; absent while there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    rebuild: Option<RebuildReport>,
    /// What letters are read with: `ppocr+tesseract`, `ppocr`, `tesseract`, or the problem that lets them wait.
    ocr: &'static str,
}

#[derive(Serialize)]
struct RebuildReport {
    done: u64,
    total: u64,
}

#[derive(Serialize)]
struct QueueReport {
    queue: String,
    open: u64,
    dead: u64,
}

#[derive(Serialize)]
#[serde(untagged)]
enum SearchReport {
    Working { ordinary: u64, sealed: u64, last_sequence: u64, bytes: u64 },
    Failed { problem: &'static str, waiting: usize },
}

pub(super) async fn readyz(gateway: web::Data<Gateway>) -> HttpResponse {
    let search = search(&gateway).await;
    let rebuild = gateway.rebuilding.progress();
    let rebuild = rebuild.map(|progress| RebuildReport { done: progress.done, total: progress.total });
    let ocr = ocr(&gateway);
    match queues(&gateway).await {
        Ok(queues) => HttpResponse::Ok().json(Readiness { ready: true, store: "ok", queues, search, rebuild, ocr }),
        Err(problem) => HttpResponse::ServiceUnavailable().json(Readiness {
            ready: false,
            store: problem.code.code(),
            queues: Vec::new(),
            search,
            rebuild,
            ocr,
        }),
    }
}

async fn queues(gateway: &Gateway) -> Result<Vec<QueueReport>, Problem> {
    gateway.store.check().await.map_err(|error| failed(&error))?;
    let mut lookups = gateway.store.read().await.map_err(|error| failed(&error))?;
    let counts = lookups.queue_counts().await.map_err(|error| failed(&error))?;
    Ok(counts.into_iter().map(|count| QueueReport { queue: count.queue, open: count.open, dead: count.dead }).collect())
}

fn ocr(gateway: &Gateway) -> &'static str {
    let configuration = &gateway.configuration;
    let models = configuration.ocr.models_folder(&configuration.data);
    configuration.ocr.engine.engines(models.as_deref()).unwrap_or_else(|problem| problem.code.code())
}

async fn search(gateway: &Gateway) -> SearchReport {
    match gateway.engine.statistics().await {
        Ok(of) => SearchReport::Working {
            ordinary: of.ordinary,
            sealed: of.sealed,
            last_sequence: of.last_sequence,
            bytes: of.bytes,
        },
        Err(error) => {
            tracing::warn!(error = %error, "the search engine gives no statistics");
            SearchReport::Failed { problem: Problem::from(&error).code.code(), waiting: gateway.waiting.count() }
        }
    }
}
