//! Somebody of the staff with a browser of their own, without scripts.

use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};

use super::server::Server;

/// A signed-in person.
pub(crate) struct Desk {
    client: Client,
    url: String,
    form_token: String,
}

/// A page as it came.
#[derive(Debug)]
pub(crate) struct Page {
    /// The status.
    pub(crate) status: StatusCode,
    /// Where it leads, when it leads elsewhere.
    pub(crate) location: Option<String>,
    /// The content security policy and the disposition of the content.
    pub(crate) policy: String,
    /// How the browser is told to treat the content.
    pub(crate) disposition: String,
    /// The text.
    pub(crate) text: String,
}

/// A file as it came.
#[derive(Debug)]
pub(crate) struct Download {
    /// The status.
    pub(crate) status: StatusCode,
    /// Its media type.
    pub(crate) media_type: String,
    /// How long a browser may keep it.
    pub(crate) cache: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

impl Desk {
    /// Signs in as a user that [`super::Office::add_user`] added.
    pub(crate) async fn sign_in(server: &Server, user: &str) -> Self {
        let client = Client::builder().cookie_store(true).redirect(Policy::none());
        // The server ends connections that rest; a test that draws a page meanwhile must not use such a one.
        let client = client.pool_idle_timeout(std::time::Duration::from_secs(1)).build().unwrap();
        let mut desk = Self { client, url: server.url.clone(), form_token: String::new() };
        let answer = desk.post_raw("/sign-in", &[("user_name", user), ("password", "a-long-password")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{user} cannot sign in: {}", answer.text);
        let page = desk.get(&answer.location.unwrap()).await;
        desk.form_token = between(&page.text, "name=\"form_token\" value=\"", "\"").to_owned();
        desk
    }

    /// Opens a page.
    pub(crate) async fn get(&self, path: &str) -> Page {
        Page::of(self.client.get(format!("{}{path}", self.url)).send().await.unwrap()).await
    }

    /// Opens a file.
    pub(crate) async fn get_bytes(&self, path: &str) -> Download {
        let response = self.client.get(format!("{}{path}", self.url)).send().await.unwrap();
        let header = |name: &str| response.headers().get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        let (status, media_type, cache) = (response.status(), header("content-type"), header("cache-control"));
        Download { status, media_type, cache, bytes: response.bytes().await.unwrap().to_vec() }
    }

    /// Sends a form of a page of ours.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let token = [("form_token", self.form_token.as_str())];
        self.post_raw(path, &[&token, fields].concat()).await
    }

    /// Sends a form with exactly these fields.
    pub(crate) async fn post_raw(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = self.client.post(format!("{}{path}", self.url));
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(encoded(fields));
        Page::of(request.send().await.unwrap()).await
    }

    /// Sends a file through a form of a page of ours.
    pub(crate) async fn upload(&self, path: &str, name: &str, bytes: &[u8]) -> Page {
        let file = reqwest::multipart::Part::bytes(bytes.to_vec()).file_name(name.to_owned());
        let form = reqwest::multipart::Form::new().text("form_token", self.form_token.clone()).part("files", file);
        Page::of(self.client.post(format!("{}{path}", self.url)).multipart(form).send().await.unwrap()).await
    }

    /// Sends several files through a form with fields before them.
    pub(crate) async fn upload_with(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Page {
        let form = reqwest::multipart::Form::new().text("form_token", self.form_token.clone());
        let form = fields.iter().fold(form, |form, (name, value)| form.text((*name).to_owned(), (*value).to_owned()));
        let form = files.iter().fold(form, |form, (name, bytes)| {
            form.part("files", reqwest::multipart::Part::bytes(bytes.to_vec()).file_name((*name).to_owned()))
        });
        Page::of(self.client.post(format!("{}{path}", self.url)).multipart(form).send().await.unwrap()).await
    }

    /// Opens a page again and again until `text` stands on it: work in the background is told on pages only.
    pub(crate) async fn get_until(&self, path: &str, text: &str) -> Page {
        const LIMIT: std::time::Duration = std::time::Duration::from_secs(120);
        let shown = async {
            loop {
                let page = self.get(path).await;
                if page.text.contains(text) {
                    return page;
                }
                tokio::time::sleep(crate::harness::LOOK).await;
            }
        };
        tokio::time::timeout(LIMIT, shown).await.unwrap_or_else(|_| panic!("{path} never shows {text}"))
    }
}

impl Page {
    async fn of(response: Response) -> Self {
        let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        Self {
            status: response.status(),
            location: header("location"),
            policy: header("content-security-policy").unwrap_or_default(),
            disposition: header("content-disposition").unwrap_or_default(),
            text: response.text().await.unwrap(),
        }
    }

    /// The first address on the page that begins so.
    pub(crate) fn link(&self, beginning: &str) -> String {
        format!("{beginning}{}", between(&self.text, &format!("href=\"{beginning}"), "\""))
    }
}

/// What stands between two marks, the first time.
pub(crate) fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let start = text.find(before).unwrap_or_else(|| panic!("no {before} in {text}")) + before.len();
    let end = text[start..].find(after).unwrap() + start;
    &text[start..end]
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let escaped = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    fields.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect::<Vec<_>>().join("&")
}
