//! A petitioner with a browser without scripts.

use reqwest::multipart::{Form, Part};
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode};

use super::desk::between;
use super::server::Server;

/// Somebody without an account.
pub(crate) struct Visitor {
    client: Client,
    url: String,
}

/// An answer as it came.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The status.
    pub(crate) status: StatusCode,
    /// `Retry-After`.
    pub(crate) retry_after: Option<u64>,
    /// `Cache-Control`.
    pub(crate) cache: String,
    /// The text.
    pub(crate) text: String,
}

impl Visitor {
    /// Somebody new.
    pub(crate) fn of(server: &Server) -> Self {
        Self { client: Client::builder().redirect(Policy::none()).build().unwrap(), url: server.url.clone() }
    }

    /// Opens a page.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        Answer::of(self.client.get(format!("{}{path}", self.url)).send().await.unwrap()).await
    }

    /// Opens the form and gives the key of the page.
    pub(crate) async fn open_form(&self) -> String {
        let page = self.get("/petitions/new").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        between(&page.text, "name=\"key\" value=\"", "\"").to_owned()
    }

    /// Sends the form with these fields and files.
    pub(crate) async fn submit(&self, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Answer {
        let form =
            fields.iter().fold(Form::new(), |form, (name, value)| form.text((*name).to_owned(), (*value).to_owned()));
        let form = files.iter().fold(form, |form, (name, bytes)| {
            form.part("attachments", Part::bytes(bytes.to_vec()).file_name((*name).to_owned()))
        });
        let request = self.client.post(format!("{}/petitions/new", self.url)).multipart(form);
        Answer::of(request.send().await.unwrap()).await
    }

    /// Asks where a petition stands.
    pub(crate) async fn status(&self, number: &str, query_code: &str) -> Answer {
        let request = self.client.post(format!("{}/petitions/status", self.url));
        let body = format!("number={number}&query_code={query_code}");
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
        Answer::of(request.send().await.unwrap()).await
    }
}

impl Answer {
    async fn of(response: reqwest::Response) -> Self {
        let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        Self {
            status: response.status(),
            retry_after: header("retry-after").map(|seconds| seconds.parse().unwrap()),
            cache: header("cache-control").unwrap_or_default(),
            text: response.text().await.unwrap(),
        }
    }

    /// Number and query code of a receipt.
    pub(crate) fn receipt(&self) -> (String, String) {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text);
        let number = between(&self.text, "<dt>登记编号</dt><dd class=\"code\">", "<");
        let code = between(&self.text, "<dt>查询码</dt><dd class=\"code\">", "<");
        (number.to_owned(), code.to_owned())
    }
}
