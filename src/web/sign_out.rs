//! Signing out.

use actix_web::{HttpRequest, HttpResponse, web};
use case::problem::ProblemCode;

use crate::gateway::Gateway;
use crate::web::form::{FORM_TOKEN, Fields};
use crate::web::page::see_other;
use crate::web::problem::WebError;
use crate::web::session::{self, SignedIn};

/// Adds the routes.
pub fn routes(service: &mut web::ServiceConfig) {
    service.route("/sign-out", web::post().to(sign_out));
}

/// Ends the session. Needs no right but the session itself.
async fn sign_out(
    gateway: web::Data<Gateway>,
    request: HttpRequest,
    form: web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse, WebError> {
    let person = SignedIn::of(&request).await?;
    let fields: Fields = form.into_inner().into_iter().collect();
    if !person.token.fits_form(fields.text(FORM_TOKEN)) {
        return Err(WebError::from(ProblemCode::ForeignOrigin).back_to("/desk"));
    }
    gateway.sign_out(&person.token).await?;
    let mut response = see_other("/sign-in");
    let mut gone = session::cookie(&gateway, String::new());
    gone.make_removal();
    response.add_cookie(&gone).map_err(|_invalid| WebError::from(ProblemCode::Internal))?;
    Ok(response)
}
