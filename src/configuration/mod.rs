//! The settings of one installation: defaults in the program, an optional TOML file over them.
//!
//! Read once at start and validated as a whole; nothing else reads the environment or a file of settings.

use std::path::{Path, PathBuf};

use case::number::OfficePrefix;
use case::problem::{Problem, ProblemCode};
use channels::letter::recognition::EngineChoice;
use channels::letter::recognition::ppocr::models;
use serde::Deserialize;

pub mod calls;
pub mod letters;
pub mod mail;
pub mod network;
pub mod search;

pub use calls::CallSettings;
pub use letters::{LetterSettings, OcrSettings, ScannerSettings};
pub use mail::MailSettings;
pub use network::Network;
pub use search::SearchSettings;

/// Every setting at its default, with what it means.
pub const DEFAULTS: &str = include_str!("default.toml");

/// The settings in force.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Configuration {
    /// The office.
    pub office: OfficeSettings,
    /// The web server.
    pub web: WebSettings,
    /// The database.
    pub store: UrlSetting,
    /// The search engine.
    pub search: SearchSettings,
    /// The place for files.
    pub files: UrlSetting,
    /// Reading letters.
    pub letters: LetterSettings,
    /// What letters are read with.
    pub ocr: OcrSettings,
    /// Calls.
    pub calls: CallSettings,
    /// Sending and receiving mail.
    pub mail: MailSettings,
    /// Taking petitions in.
    pub intake: IntakeSettings,
    /// Entering petitions in somebody's name.
    pub entry: EntrySettings,
    /// The data folder; given on the command line.
    #[serde(skip)]
    pub data: PathBuf,
    /// The step at which the process stops dead, for crash tests; only debug builds stop.
    #[serde(skip)]
    pub stop_at: Option<String>,
}

/// Settings of the office.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeSettings {
    /// Its name on pages and letters.
    pub name: String,
    /// The two letters of its registration numbers.
    pub prefix: String,
    /// Its telephone number.
    pub phone: String,
    /// Where letters of petitioners are received.
    pub address: String,
    /// Where mails of petitioners are received.
    pub mail: String,
}

/// Settings of the web server.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebSettings {
    /// Address and port to listen on.
    pub listen: String,
    /// The address by which browsers reach the site.
    pub public_url: String,
    /// Worker threads; 0: one for each core.
    pub workers: usize,
    /// Proxies that are believed when they say for whom they ask.
    pub trusted_proxies: Vec<Network>,
    /// Seconds that the head of a request may take.
    pub head_seconds: u64,
    /// Seconds that the body of a request may be silent.
    pub body_seconds: u64,
    /// Seconds that a connection without a request is kept.
    pub keep_alive_seconds: u64,
    /// The most connections that one worker holds.
    pub connection_limit: usize,
    /// Status look-ups that one address may make a minute.
    pub status_lookups_per_minute: u32,
    /// Looks at published answers that one address may take a minute; a form asks about each second while somebody types.
    pub answer_lookups_per_minute: u32,
    /// Submissions that one address may make a minute.
    pub submissions_per_minute: u32,
    /// Sign-in attempts that one address may make a minute.
    pub sign_ins_per_minute: u32,
    /// Minutes after which an unused session ends.
    pub session_idle_minutes: u32,
    /// Hours after which a session ends in any case.
    pub session_hours: u32,
}

/// A part chosen by URL.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UrlSetting {
    /// Empty for the embedded default.
    pub url: String,
}

/// Settings of entering petitions in somebody's name.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntrySettings {
    /// Days for which a draft is kept that nobody goes on with.
    pub draft_days: u32,
}

/// Settings of taking petitions in.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntakeSettings {
    /// Whether certain, near-identical repeats are joined without a person.
    pub join_certain_repeats: bool,
    /// The most arrivals that may wait to be read.
    pub waiting_limit: u64,
}

impl Configuration {
    /// Reads the settings: the defaults, `file` over them.
    ///
    /// # Errors
    /// Names file, line and what is wrong.
    pub fn load(file: Option<&Path>, data: PathBuf) -> Result<Self, Problem> {
        let wrong = |place: &str, cause: String| ProblemCode::InvalidConfiguration.because(format!("{place}：{cause}"));
        let mut table: toml::Table =
            DEFAULTS.parse().map_err(|error: toml::de::Error| wrong("内置默认配置", error.to_string()))?;
        if let Some(path) = file {
            let place = path.display().to_string();
            let text = std::fs::read_to_string(path).map_err(|error| wrong(&place, format!("无法读取（{error}）")))?;
            let own: toml::Table = text.parse().map_err(|error: toml::de::Error| wrong(&place, error.to_string()))?;
            lay_over(&mut table, own);
        }
        let place = file.map_or_else(|| "默认配置".to_owned(), |path| path.display().to_string());
        let mut settings: Self = table.try_into().map_err(|error: toml::de::Error| wrong(&place, error.to_string()))?;
        settings.data = data;
        #[expect(clippy::disallowed_methods, reason = "the environment is read here and nowhere else")]
        let stop_at = std::env::var("XINQIAO_STOP_AT").ok();
        settings.stop_at = stop_at;
        settings.check().map_err(|problem| wrong(&place, problem))?;
        Ok(settings)
    }

    /// What fits the type but makes no sense.
    fn check(&self) -> Result<(), String> {
        OfficePrefix::parse(&self.office.prefix).map_err(|_invalid| "office.prefix应为两个字母".to_owned())?;
        for (name, value) in [
            ("web.status_lookups_per_minute", self.web.status_lookups_per_minute),
            ("web.answer_lookups_per_minute", self.web.answer_lookups_per_minute),
            ("web.submissions_per_minute", self.web.submissions_per_minute),
            ("web.sign_ins_per_minute", self.web.sign_ins_per_minute),
            ("web.session_idle_minutes", self.web.session_idle_minutes),
            ("web.session_hours", self.web.session_hours),
        ] {
            if value == 0 {
                return Err(format!("{name}不能为0"));
            }
        }
        let web = &self.web;
        if web.head_seconds == 0 || web.body_seconds == 0 || web.keep_alive_seconds == 0 || web.connection_limit == 0 {
            return Err("web：head_seconds、body_seconds、keep_alive_seconds、connection_limit不能为0".to_owned());
        }
        self.search.check()?;
        for (name, setting) in [("store.url", &self.store), ("files.url", &self.files)] {
            if !setting.url.is_empty() {
                return Err(format!("{name}：此版本只支持内置方式，请留空"));
            }
        }
        self.mail.check()?;
        // Ten years: a draft is no archive.
        if !(1..=3650).contains(&self.entry.draft_days) {
            return Err("entry：draft_days应为1至3650".to_owned());
        }
        let models = || self.ocr.models_folder(&self.data).is_some_and(|folder| models::are_in(&folder));
        self.letters.check(self.ocr.engine != EngineChoice::Tesseract && models())?;
        self.calls.check()
    }

    /// The two letters of the office's numbers.
    ///
    /// # Errors
    /// Never after [`Configuration::load`], which checks them.
    pub fn prefix(&self) -> Result<OfficePrefix, Problem> {
        OfficePrefix::parse(&self.office.prefix)
            .map_err(|error| ProblemCode::InvalidConfiguration.because(error.to_string()))
    }

    /// The address by which browsers reach the site, without a slash at its end.
    #[must_use]
    pub fn public_url(&self) -> String {
        let url = self.web.public_url.trim_end_matches('/');
        if url.is_empty() { format!("http://{}", self.web.listen) } else { url.to_owned() }
    }
}

impl Configuration {
    /// Whether browsers reach the site over TLS.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.web.public_url.starts_with("https://")
    }
}

/// Lays `over` onto `under`, table by table; a value in both is taken from `over`.
fn lay_over(under: &mut toml::Table, over: toml::Table) {
    for (key, value) in over {
        match (under.get_mut(&key), value) {
            (Some(toml::Value::Table(inner)), toml::Value::Table(own)) => lay_over(inner, own),
            (_, value) => {
                under.insert(key, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_a_whole_configuration() {
        let settings = Configuration::load(None, PathBuf::from("data")).unwrap();
        assert_eq!(settings.public_url(), "http://127.0.0.1:8080");
    }

    #[test]
    fn a_wrong_setting_is_named() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "[web]\nlisten = \"127.0.0.1:1\"\nlissten = 3\n").unwrap();
        let problem = Configuration::load(Some(file.path()), PathBuf::from("data")).unwrap_err();
        assert_eq!(problem.code, ProblemCode::InvalidConfiguration);
        assert!(problem.detail.contains("lissten"), "{}", problem.detail);
    }

    #[test]
    fn settings_with_which_no_a4_page_can_be_read_are_refused() {
        let refused = |settings: &str| {
            let file = tempfile::NamedTempFile::new().unwrap();
            std::fs::write(file.path(), settings).unwrap();
            Configuration::load(Some(file.path()), PathBuf::from("data")).err().map(|problem| problem.detail)
        };
        let tesseract = "[ocr]\nengine = \"tesseract\"\n[letters]\n";
        let told = refused(&format!("{tesseract}memory_mebibytes = 256\n")).unwrap();
        assert!(told.contains("memory_mebibytes不能小于316，用Tesseract识别一页300dpi的A4"), "{told}");
        assert_eq!(refused(&format!("{tesseract}memory_mebibytes = 316\n")), None);
        let told = refused(&format!("{tesseract}pixel_limit = 2000000\n")).unwrap();
        assert!(told.contains("pixel_limit不能小于8699840"), "{told}");
        // The networks are told by their files; what is in these does not matter for the memory.
        let models = tempfile::tempdir().unwrap();
        for file in [models::DETECTION.name, models::RECOGNITION.name] {
            std::fs::write(models.path().join(file), b"").unwrap();
        }
        let with =
            |memory: u16| format!("[ocr]\nmodels = {:?}\n[letters]\nmemory_mebibytes = {memory}\n", models.path());
        let told = refused(&with(700)).unwrap();
        assert!(told.contains("memory_mebibytes不能小于796，用PP-OCR识别"), "{told}");
        assert_eq!(refused(&with(796)), None);
    }

    #[test]
    fn an_own_file_changes_only_what_it_names() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "[office]\nprefix = \"AB\"\n").unwrap();
        let settings = Configuration::load(Some(file.path()), PathBuf::from("data")).unwrap();
        assert_eq!((settings.office.prefix.as_str(), settings.office.phone.as_str()), ("AB", "0312-0000000"));
    }
}
