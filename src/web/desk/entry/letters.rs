//! `/desk/letters/new`: scans of letters are taken in, each file as one.

use actix_web::{HttpResponse, web};
use case::channel::Channel;

use crate::gateway::Gateway;
use crate::web::desk::entry::file_form::FileForm;
use crate::web::form::Asked;
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Enter};
use crate::web::upload::Upload;

const FORM: FileForm = FileForm {
    channel: Channel::Letter,
    path: "/desk/letters/new",
    title: "来信登记",
    label: "扫描件",
    accept: ".pdf,.tif,.tiff,.jpg,.jpeg,.png,application/pdf,image/tiff,image/jpeg,image/png",
    hint: [
        "PDF、TIFF（可多页）、JPEG或PNG",
        "每个文件作为一封来信；一封信有多页时，请合成一个PDF或多页TIFF。同一文件重复上传不会重复登记。",
    ],
};

/// Shows the form.
///
/// # Errors
/// The template cannot be filled.
pub async fn show(
    allowed: Allowed<Enter>,
    gateway: web::Data<Gateway>,
    query: Asked,
) -> Result<HttpResponse, WebError> {
    FORM.show(&gateway, &allowed.person, &query.0)
}

/// Takes every file in.
///
/// # Errors
/// The form is damaged or holds no file.
pub async fn take_in(upload: Upload<Enter>, gateway: web::Data<Gateway>) -> Result<HttpResponse, WebError> {
    FORM.take_in(upload, &gateway).await
}
