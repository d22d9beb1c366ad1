//! Style sheets and scripts, inside the program.
//!
//! Pages name them with a part of the hash of their content (`/assets/style.4f0c….css`), so a browser keeps them for good and an
//! upgrade is seen at once. The plain name (`/assets/style.css`) works too, and is asked about again
//! each time: scripts import one another by it, and after an upgrade no old part may meet a new one.

use std::borrow::Cow;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use case::problem::ProblemCode;
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::web::problem::WebError;

/// The files of `assets/`.
#[derive(RustEmbed)]
#[folder = "assets/"]
struct Assets;

/// How long browsers keep a file under the name of its content: a year, which caches take for always (RFC 9111 section 1.2.2).
const CONTENT_SECONDS: u32 = 31_536_000;
/// Bytes of the hash in an address: versions of one file do not meet in them.
const HASH_BYTES: usize = 8;

/// Adds the routes.
pub fn routes(service: &mut web::ServiceConfig) {
    service.route("/assets/{path:.*}", web::get().to(asset));
}

/// The address of a file by its content, for pages.
#[must_use]
pub fn address(name: &str) -> String {
    let Some(file) = Assets::get(name) else { return format!("/assets/{name}") };
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("/assets/{stem}.{}.{ending}", hash(&file)),
        None => format!("/assets/{name}"),
    }
}

async fn asset(path: web::Path<String>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let (file, is_by_content) = find(&path).ok_or(ProblemCode::NotFound)?;
    let tag = format!("\"{}\"", blake3::Hash::from_bytes(file.metadata.sha256_hash()).to_hex());
    let known = request.headers().get(header::IF_NONE_MATCH).is_some_and(|given| given.as_bytes() == tag.as_bytes());
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::ETAG, tag));
    let kept = if is_by_content {
        format!("public, max-age={CONTENT_SECONDS}, immutable")
    } else {
        // Kept, but asked about by its tag before it is used.
        "public, no-cache".to_owned()
    };
    response.insert_header((header::CACHE_CONTROL, kept));
    if known {
        return Ok(response.finish());
    }
    Ok(response.content_type(file.metadata.mimetype()).body(file.data.into_owned()))
}

/// The file and whether `path` names exactly its content. The name of another version, from a page of before an upgrade, gives
/// today's file, but not for good.
fn find(path: &str) -> Option<(EmbeddedFile, bool)> {
    if let Some(file) = Assets::get(path) {
        return Some((file, false));
    }
    let (rest, ending) = path.rsplit_once('.')?;
    let (stem, version) = rest.rsplit_once('.')?;
    let is_version = version.len() == HASH_BYTES * 2 && version.bytes().all(|byte| byte.is_ascii_hexdigit());
    let file = Assets::get(&format!("{stem}.{ending}")).filter(|_| is_version)?;
    let is_by_content = hash(&file) == version;
    Some((file, is_by_content))
}

fn hash(file: &EmbeddedFile) -> Cow<'static, str> {
    let bytes = file.metadata.sha256_hash();
    bytes.iter().take(HASH_BYTES).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_name_of_its_content_is_kept_for_good() {
        let address = address("style.css");
        let own = address.strip_prefix("/assets/").unwrap();
        assert!(find(own).unwrap().1, "{own}");
        assert!(!find("style.css").unwrap().1);
        assert!(!find("style.0123456789abcdef.css").unwrap().1, "a version of before");
        for nothing in
            ["style.0123.css", "nothing.css", "nothing.0123456789abcdef.css", "", ".", "style", "../Cargo.toml"]
        {
            assert!(find(nothing).is_none(), "{nothing}");
        }
    }
}
