//! `POST /api/v1/entries`: registers what staff enter in a petitioner's name (代登): a call, a visit, a letter that was typed.

use actix_web::{HttpResponse, web};
use case::entry::{EntryContent, EntryForm};
use case::id::EntryDraftId;
use case::problem::ProblemCode;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::gateway::Gateway;
use crate::web::api::receipt::{self, ReceiptDocument};
use crate::web::api::staff::Sent;
use crate::web::problem::WebError;
use crate::web::session::Enter;

/// What was said, and by whom. What is not known is left out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub struct EntryRequest {
    /// A UUID of the program's own choosing: the same entry sent again is registered once.
    id: String,
    /// `phone`, `walk_in` or `letter`.
    form: String,
    /// The number that calls.
    #[serde(default)]
    caller_number: String,
    /// 姓名 of the petitioner.
    #[serde(default)]
    name: String,
    /// A number to call back.
    #[serde(default)]
    phone: String,
    /// 身份证号.
    #[serde(default)]
    id_number: String,
    /// 住址.
    #[serde(default)]
    address: String,
    /// Where notices go.
    #[serde(default)]
    mail_address: String,
    /// 代理人: name.
    #[serde(default)]
    proxy_name: String,
    /// 代理人: number.
    #[serde(default)]
    proxy_phone: String,
    /// 标题.
    #[serde(default)]
    title: String,
    /// What was said.
    #[serde(default)]
    body: String,
    /// 诉求.
    #[serde(default)]
    demand: String,
    /// 问题属地.
    #[serde(default)]
    place: String,
    /// 匿名.
    #[serde(default)]
    anonymous: bool,
    /// 保密.
    #[serde(default)]
    confidential: bool,
}

/// Registers an entry.
///
/// The record says who entered it and how the petitioner spoke; the petitioner gets the notices.
///
/// # Errors
/// Nothing was said, a field is too long, or the form is unknown.
#[utoipa::path(
    post, path = "/api/v1/entries", tag = "entering", security(("session" = [], "form_token" = [])),
    request_body = EntryRequest,
    responses(
        (status = 201, description = "Registered", body = ReceiptDocument),
        (status = 200, description = "Registered before: the same receipt again", body = ReceiptDocument),
    )
)]
pub async fn enter_petition(
    sent: Sent<Enter, EntryRequest>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, WebError> {
    let entry = &sent.body;
    let id: EntryDraftId = entry.id.parse().map_err(|_invalid| ProblemCode::InvalidField.because("id应为UUID"))?;
    let form = EntryForm::from_name(&entry.form);
    let form = form.ok_or_else(|| ProblemCode::InvalidField.because("form应为phone、walk_in或letter"))?;
    let content = EntryContent {
        form,
        caller_number: entry.caller_number.clone(),
        name: entry.name.clone(),
        phone: entry.phone.clone(),
        id_number: entry.id_number.clone(),
        address: entry.address.clone(),
        mail_address: entry.mail_address.clone(),
        proxy_name: entry.proxy_name.clone(),
        proxy_phone: entry.proxy_phone.clone(),
        title: entry.title.clone(),
        body: entry.body.clone(),
        demand: entry.demand.clone(),
        place: entry.place.clone(),
        anonymous: entry.anonymous,
        confidential: entry.confidential,
        ..EntryContent::default()
    };
    let receipt = gateway.register_entry(sent.viewer(), id, &content).await?;
    Ok(receipt::answer(&gateway, &receipt).await?)
}
