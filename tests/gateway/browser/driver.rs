//! Chromium through chromedriver, with a profile of its own. Both programs are gone when [`Browser`] is dropped, also after a panic.
//!
//! Nothing here waits for a fixed time: what a page shows is asked for again and again, up to [`PATIENCE`].

use std::io::{BufRead, BufReader};
use std::mem::ManuallyDrop;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::common::command::{Command as WebDriverCommand, ExtensionCommand};
use thirtyfour::prelude::*;

use super::screen::Screen;

/// How long a page may take to show what it must show; Chromium shares two cores with every other test.
const PATIENCE: Duration = Duration::from_secs(30);
/// The most presses of the tab key before something counts as out of reach.
const TABS: usize = 200;
/// What Chromium is told: no window, no sandbox (containers run as root), nothing from the network but our pages, no smooth scrolling
/// (what is clicked must not move).
const ARGUMENTS: [&str; 12] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--force-prefers-reduced-motion",
];

/// A browser on one screen, looking at one server.
pub(super) struct Browser {
    // The order matters: the programs end first, then the folder goes that they wrote to.
    driver: ManuallyDrop<WebDriver>,
    _program: Program,
    _profile: TempDir,
    server: String,
    /// What it shows pages on.
    pub(super) screen: Screen,
    /// Whether the scripts of pages run.
    pub(super) scripts: bool,
}

/// A running chromedriver and, in its process group, Chromium.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        // They may have ended already. Asking chromedriver to end the session instead would block the runtime, and a browser that hangs
        // would hang the test.
        let group = format!("-{}", self.0.id());
        let _gone = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _reaped = self.0.wait();
    }
}

impl Program {
    /// Starts it and gives the port that it found.
    fn start() -> (Self, u16) {
        let mut command = Command::new("chromedriver");
        command.arg("--port=0").process_group(0).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap_or_else(|error| {
            panic!("chromedriver does not start ({error}); run scripts/install-packages.sh test")
        });
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let program = Self(child);
        for line in lines {
            let line = line.unwrap();
            if let Some(port) = line.strip_prefix("ChromeDriver was started successfully on port ") {
                return (program, port.trim_end_matches('.').parse().unwrap());
            }
        }
        panic!("chromedriver ended before it listened")
    }
}

/// A command of the DevTools protocol, sent through chromedriver.
#[derive(Debug)]
struct DevTools(&'static str, Value);

impl ExtensionCommand for DevTools {
    fn parameters_json(&self) -> Option<Value> {
        Some(json!({ "cmd": self.0, "params": self.1 }))
    }

    fn method(&self) -> Method {
        Method::POST
    }

    fn endpoint(&self) -> Arc<str> {
        Arc::from("/goog/cdp/execute")
    }
}

impl Browser {
    /// Opens a browser for the pages of `server`.
    pub(super) async fn open(server: &str, screen: Screen) -> Self {
        let (program, port) = Program::start();
        let profile = TempDir::new().unwrap();
        let mut wanted = DesiredCapabilities::chrome();
        for argument in ARGUMENTS {
            wanted.add_arg(argument).unwrap();
        }
        wanted.add_arg(&format!("--user-data-dir={}", profile.path().display())).unwrap();
        wanted.add_arg(&format!("--window-size={},{}", screen.width(), screen.height())).unwrap();
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), wanted).await.unwrap();
        let browser = Self {
            driver: ManuallyDrop::new(driver),
            _program: program,
            _profile: profile,
            server: server.to_owned(),
            screen,
            scripts: true,
        };
        browser.set_height(screen.height()).await;
        browser
    }

    /// Opens a page of the server.
    pub(super) async fn go(&self, path: &str) {
        self.driver.goto(format!("{}{path}", self.server)).await.unwrap();
    }

    /// The path and query of the page.
    pub(super) async fn path(&self) -> String {
        let address = self.driver.current_url().await.unwrap();
        address.as_str().strip_prefix(&self.server).unwrap_or_else(|| panic!("{address} is not ours")).to_owned()
    }

    /// What the page shows to somebody who reads it.
    pub(super) async fn text(&self) -> String {
        self.script("return document.body ? document.body.innerText : ''").await.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until `text` stands on the page.
    pub(super) async fn shows(&self, text: &str) {
        self.wait(text, false).await;
    }

    /// Opens the page again and again until `text` stands on it: work in the background is told on pages only.
    pub(super) async fn shows_in_time(&self, text: &str) {
        self.wait(text, true).await;
    }

    async fn wait(&self, text: &str, reload: bool) {
        let shown = async {
            while !self.text().await.contains(text) {
                if reload {
                    self.driver.refresh().await.unwrap();
                }
            }
        };
        if tokio::time::timeout(PATIENCE, shown).await.is_err() {
            panic!("{} never shows {text}: {}", self.path().await, self.text().await);
        }
    }

    /// Clicks the one thing that the selector names, as a mouse does: it must be in sight and nothing may cover it.
    pub(super) async fn click(&self, css: &str) {
        self.find(By::Css(css)).await.click().await.unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    /// Clicks the first link with these words.
    pub(super) async fn follow(&self, words: &str) {
        self.find(By::LinkText(words)).await.click().await.unwrap_or_else(|error| panic!("{words}: {error}"));
    }

    /// Puts text or the path of a file into a field.
    pub(super) async fn fill(&self, css: &str, text: &str) {
        self.find(By::Css(css)).await.send_keys(text).await.unwrap();
    }

    /// The value that a field has now.
    pub(super) async fn value(&self, css: &str) -> String {
        self.find(By::Css(css)).await.value().await.unwrap().unwrap_or_default()
    }

    /// How many things the selector names.
    pub(super) async fn count(&self, css: &str) -> usize {
        self.driver.find_all(By::Css(css)).await.unwrap().len()
    }

    async fn find(&self, by: By) -> WebElement {
        let place = format!("{by:?}");
        match self.driver.find(by).await {
            Ok(element) => element,
            Err(error) => panic!("{place} on {}: {error}", self.path().await),
        }
    }

    /// Presses the tab key until the focus is on what the selector names: nobody reaches it with the mouse alone.
    pub(super) async fn tab_to(&self, css: &str) {
        for _ in 0..TABS {
            self.press(Key::Tab).await;
            if self.has_focus(css).await {
                return;
            }
        }
        panic!("{css} on {} cannot be reached with the keyboard", self.path().await);
    }

    /// Whether the focus is on what the selector names.
    pub(super) async fn has_focus(&self, css: &str) -> bool {
        let here = self.driver.execute("return document.activeElement.matches(arguments[0])", vec![json!(css)]);
        here.await.unwrap().json() == &json!(true)
    }

    /// Types over what stands in the field that has the focus.
    pub(super) async fn type_over(&self, text: &str) {
        let field = self.driver.active_element().await.unwrap();
        field.send_keys(Key::Control + "a").await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Types into whatever has the focus.
    pub(super) async fn type_text(&self, text: &str) {
        self.driver.active_element().await.unwrap().send_keys(text).await.unwrap();
    }

    /// Presses one key.
    pub(super) async fn press(&self, key: Key) {
        let chain = self.driver.action_chain_with_delay(Some(Duration::ZERO), Some(Duration::ZERO));
        chain.send_keys(key).perform().await.unwrap();
    }

    /// What a page gets of an enter that went down on the page before it.
    pub(super) async fn rest_of_enter(&self) {
        let rest =
            json!({ "type": "char", "text": "\r", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13 });
        self.dev_tools("Input.dispatchKeyEvent", rest).await;
    }

    /// Presses a key while others are held.
    pub(super) async fn press_with(&self, held: &[Key], key: char) {
        let mut chain = self.driver.action_chain_with_delay(Some(Duration::ZERO), Some(Duration::ZERO));
        for one in held {
            chain = chain.key_down(one.clone());
        }
        chain = chain.send_keys(key);
        for one in held.iter().rev() {
            chain = chain.key_up(one.clone());
        }
        chain.perform().await.unwrap();
    }

    /// Waits until the script gives true.
    pub(super) async fn until(&self, script: &str) {
        let holds = async { while self.script(script).await != json!(true) {} };
        if tokio::time::timeout(PATIENCE, holds).await.is_err() {
            panic!("{} never: {script}: {}", self.path().await, self.text().await);
        }
    }

    /// Forbids the scripts of every page that is opened from now on.
    pub(super) async fn forbid_scripts(&mut self) {
        self.scripts = false;
        self.set_scripts(false).await;
    }

    /// Lets the driver's own scripts do what they start for later, or forbids it again. Pages that were opened stay without scripts.
    pub(super) async fn set_scripts(&self, allowed: bool) {
        self.dev_tools("Emulation.setScriptExecutionDisabled", json!({ "value": !allowed })).await;
    }

    /// Runs a script as the driver: the policy of the page does not bind it.
    pub(super) async fn script(&self, script: &str) -> Value {
        self.driver.execute(script, Vec::new()).await.unwrap().json().clone()
    }

    /// Runs a script that calls its only argument with the result.
    pub(super) async fn script_later(&self, script: &str) -> Value {
        self.driver.execute_async(script, Vec::new()).await.unwrap().json().clone()
    }

    /// A picture of the whole page, below the screen too.
    pub(super) async fn picture(&self) -> Vec<u8> {
        let height = self.script("return document.documentElement.scrollHeight").await.as_u64().unwrap();
        self.set_height(u32::try_from(height).unwrap().max(self.screen.height())).await;
        let picture = self.driver.screenshot_as_png().await.unwrap();
        self.set_height(self.screen.height()).await;
        picture
    }

    /// Sets the height of the screen. Chromium's own windows are never narrower than 500 pixels, so the screen is set, not the window.
    async fn set_height(&self, height: u32) {
        let metrics = json!({
            "width": self.screen.width(), "height": height, "deviceScaleFactor": 1, "mobile": self.screen == Screen::Phone,
        });
        self.dev_tools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    async fn dev_tools(&self, command: &'static str, parameters: Value) {
        let command = Box::new(DevTools(command, parameters));
        self.driver.cmd(WebDriverCommand::ExtensionCommand(command)).await.unwrap();
    }
}
