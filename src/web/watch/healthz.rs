//! `GET /healthz`: the process answers. Says nothing of what it depends on, so that a failing disk does not lead to restarts.

use actix_web::HttpResponse;

pub(super) async fn healthz() -> HttpResponse {
    HttpResponse::Ok().json(serde_json::json!({ "status": "ok" }))
}
