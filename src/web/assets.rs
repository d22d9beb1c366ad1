//! Style sheets and scripts, inside the program.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use case::problem::ProblemCode;
use rust_embed::RustEmbed;

use crate::web::problem::WebError;

/// The files of `assets/`.
#[derive(RustEmbed)]
#[folder = "assets/"]
struct Assets;

/// How long browsers keep a file before they ask again, in seconds.
const KEPT_SECONDS: u32 = 3600;

/// Adds the routes.
pub fn routes(service: &mut web::ServiceConfig) {
    service.route("/assets/{path:.*}", web::get().to(asset));
}

async fn asset(path: web::Path<String>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let file = Assets::get(&path).ok_or(ProblemCode::NotFound)?;
    let tag = format!("\"{}\"", blake3::Hash::from_bytes(file.metadata.sha256_hash()).to_hex());
    let known = request.headers().get(header::IF_NONE_MATCH).is_some_and(|given| given.as_bytes() == tag.as_bytes());
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::ETAG, tag));
    response.insert_header((header::CACHE_CONTROL, format!("public, max-age={KEPT_SECONDS}")));
    if known {
        return Ok(response.finish());
    }
    Ok(response.content_type(file.metadata.mimetype()).body(file.data.into_owned()))
}
