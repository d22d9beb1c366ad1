//! `POST /petitions/new`: registers the form and answers with the receipt, or gives the form back with everything that is wrong.

use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, web};
use case::channel::Channel;
use case::ports::office_date;
use case::problem::{Problem, ProblemCode};
use case::purpose::Purpose;

use crate::gateway::Gateway;
use crate::intake::receipt::Receipt;
use crate::web::form::Fields;
use crate::web::problem::WebError;
use crate::web::public::limits::Limits;
use crate::web::public::petition_form::FormPage;
use crate::web::public::typed::{self, Wrong};
use crate::web::public::waiting::{self, WaitingFile};
use crate::web::public::{incoming, receipt};

/// What the door writes down as the name of the source.
const SOURCE: &str = "网上表单";

pub(super) async fn petition_submit(
    gateway: web::Data<Gateway>,
    limits: web::Data<Limits>,
    request: HttpRequest,
    parts: Multipart,
) -> Result<HttpResponse, WebError> {
    limits.submission(&request)?;
    let today = office_date(gateway.clock.now());
    let places = gateway.office.places();
    let whole = |fields: &Fields| {
        let form = typed::form(fields, &[], places, "");
        !wants_one_more(fields) && typed::problems(&form, fields, today).0.is_empty()
    };
    let incoming = incoming::read(&gateway, parts, whole).await?;
    let chosen = incoming.files.len() + incoming.left + incoming.problems.len();
    let page = FormPage::of(&gateway, incoming.fields.clone()).with_files_lost(chosen > 0);
    if wants_one_more(&incoming.fields) {
        return page.with_one_more().answer();
    }
    let checked = typed::form(&incoming.fields, &[], places, "");
    let (mut wrong, confirmable) = typed::problems(&checked, &incoming.fields, today);
    wrong.extend(incoming.problems.iter().map(|why| Wrong::new("attachments", why.as_str())));
    if wrong.is_empty() && incoming.left > 0 {
        wrong.push(Wrong::new("attachments", "文件没有收到，请重新选择"));
    }
    if !wrong.is_empty() {
        return page.wrong(wrong, confirmable).answer();
    }
    match register(&gateway, &incoming.fields, incoming.files, page.key()).await {
        Ok((receipt, files)) => {
            receipt::answer(&gateway, &receipt, files, checked.purpose == Some(Purpose::Accusation))
        }
        Err(problem) => page.failed(problem).answer(),
    }
}

/// Stores the files and registers the form, with how many files belong to it.
async fn register(
    gateway: &Gateway,
    fields: &Fields,
    files: Vec<WaitingFile>,
    key: &str,
) -> Result<(Receipt, usize), Problem> {
    let files = waiting::store_all(gateway, files).await?;
    // A form that did not come from our page has no key: the page has got a new one, and it is a new input every time.
    let form = typed::form(fields, &files, gateway.office.places(), key);
    let original = serde_json::to_vec(&form).map_err(|error| {
        tracing::error!(error = %error, "a form has no JSON form");
        Problem::from(ProblemCode::Internal)
    })?;
    let count = files.len();
    Ok((gateway.submit(Channel::Web, SOURCE, &original, files).await?, count))
}

fn wants_one_more(fields: &Fields) -> bool {
    fields.text("action") == "add_petitioner"
}
