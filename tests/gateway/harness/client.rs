//! A program that talks to the API.

use std::time::{Duration, Instant};

use reqwest::{Client, Method, Response, StatusCode};
use serde_json::Value;

use super::server::Server;

/// How long an answer, and what is waited for, may take.
const LIMIT: Duration = Duration::from_secs(120);

/// A program, signed in or not.
pub(crate) struct Program {
    client: Client,
    url: String,
    form_token: Option<String>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The status.
    pub(crate) status: StatusCode,
    /// The media type without parameters.
    pub(crate) media_type: String,
    /// What `Retry-After` says.
    pub(crate) retry_after: Option<u64>,
    /// What `Allow` says.
    pub(crate) allow: Option<String>,
    /// The body; null when it is empty, or a file.
    pub(crate) body: Value,
}

impl Program {
    /// A program that nobody has signed in.
    pub(crate) fn anonymous(server: &Server) -> Self {
        let client = Client::builder().cookie_store(true).timeout(LIMIT);
        // The server ends connections that rest, and a test may wait for a mail meanwhile.
        let client = client.pool_idle_timeout(Duration::from_secs(1)).build().unwrap();
        Self { client, url: server.url.clone(), form_token: None }
    }

    /// A program of a user that [`super::Office::add_user`] added.
    pub(crate) async fn sign_in(server: &Server, user: &str) -> Self {
        let mut program = Self::anonymous(server);
        let credentials = serde_json::json!({ "user": user, "password": "a-long-password" });
        let answer = program.post("/api/v1/session", &credentials).await;
        assert_eq!(answer.status, StatusCode::OK, "{user} cannot sign in: {answer:?}");
        program.form_token = Some(answer.body["form_token"].as_str().unwrap().to_owned());
        program
    }

    /// The same session without its form token.
    pub(crate) fn without_form_token(self) -> Self {
        Self { form_token: None, ..self }
    }

    /// Asks for something.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], Vec::new()).await
    }

    /// Sends JSON.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        let json = [("content-type", "application/json")];
        self.send(Method::POST, path, &json, body.to_string().into_bytes()).await
    }

    /// Sends a petition with files.
    pub(crate) async fn upload(&self, path: &str, petition: &Value, files: &[(&str, &[u8])]) -> Answer {
        use reqwest::multipart::{Form, Part};
        let json = Part::text(petition.to_string()).file_name("petition.json").mime_str("application/json").unwrap();
        let form = files.iter().fold(Form::new().part("petition", json), |form, (name, bytes)| {
            form.part("attachments", Part::bytes(bytes.to_vec()).file_name((*name).to_owned()))
        });
        let request = self.client.post(format!("{}{path}", self.url)).multipart(form);
        Answer::of(request.send().await.unwrap()).await
    }

    /// Sends files and nothing else.
    pub(crate) async fn upload_files(&self, path: &str, files: &[(&str, &[u8])]) -> Answer {
        use reqwest::multipart::{Form, Part};
        let form = files.iter().fold(Form::new(), |form, (name, bytes)| {
            form.part("file", Part::bytes(bytes.to_vec()).file_name((*name).to_owned()))
        });
        let mut request = self.client.post(format!("{}{path}", self.url)).multipart(form);
        if let Some(token) = &self.form_token {
            request = request.header("x-form-token", token);
        }
        Answer::of(request.send().await.unwrap()).await
    }

    /// Takes something back.
    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, &[], Vec::new()).await
    }

    /// Sends anything.
    pub(crate) async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
        Answer::of(self.try_send(method, path, headers, body).await.unwrap()).await
    }

    /// Sends anything to a server that may stop before it answers.
    pub(crate) async fn try_send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> reqwest::Result<Response> {
        let mut request = self.client.request(method, format!("{}{path}", self.url)).body(body);
        if let Some(token) = &self.form_token {
            request = request.header("x-form-token", token);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.send().await
    }

    /// Asks again and again until the answer is as wanted: work in the background is told by answers only.
    pub(crate) async fn get_until(&self, path: &str, wanted: impl Fn(&Value) -> bool + Send + Sync) -> Value {
        let begun = Instant::now();
        loop {
            let answer = self.get(path).await;
            if wanted(&answer.body) {
                return answer.body;
            }
            assert!(begun.elapsed() < LIMIT, "{path} never answers as wanted: {answer:#?}");
            // Between looks the server gets the processor.
            tokio::time::sleep(crate::harness::LOOK).await;
        }
    }
}

impl Answer {
    async fn of(response: Response) -> Self {
        let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let media_type = header("content-type").unwrap_or_default();
        Self {
            status: response.status(),
            media_type: media_type.split(';').next().unwrap_or_default().to_owned(),
            retry_after: header("retry-after").map(|seconds| seconds.parse().unwrap()),
            allow: header("allow"),
            body: {
                let is_file =
                    ["application/pdf", "application/octet-stream"].iter().any(|kind| media_type.starts_with(kind));
                let text = if is_file { String::new() } else { response.text().await.unwrap() };
                let read = || serde_json::from_str(&text).unwrap_or_else(|_| panic!("no JSON: {text}"));
                if text.is_empty() { Value::Null } else { read() }
            },
        }
    }

    /// The code of the problem that it must be.
    pub(crate) fn problem(&self) -> &str {
        assert_eq!(self.media_type, "application/problem+json", "{self:?}");
        assert_eq!(self.body["status"], self.status.as_u16(), "{self:?}");
        self.body["code"].as_str().unwrap()
    }
}
