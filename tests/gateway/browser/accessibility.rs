//! What must hold on every page: axe-core finds nothing, nothing is wider than the screen, no script is needed.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::driver::Browser;

/// The rules: WCAG 2.2 A and AA, and what the authors of axe-core call best practice.
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    axe.run(document, { runOnly: tags, resultTypes: ['violations'] }).then(
        found => done({ passes: found.passes.length, violations: found.violations.map(rule => ({
            id: rule.id, help: rule.help,
            targets: rule.nodes.map(node => node.target.join(' ') + ': ' + node.html.slice(0, 160)) })) }),
        error => done({ error: String(error) }));";

/// Checks the page and keeps a picture of it as `NAME-WIDTH.png`.
pub(super) async fn check(browser: &Browser, name: &str) {
    keep_picture(browser, name).await;
    assert_nothing_is_wider_than_the_screen(browser, name).await;
    let foreign = browser.count("script:not([type='module'][src^='/assets/'])").await;
    assert_eq!(foreign, 0, "{name} has scripts that are not ours, or that keep it from being shown");
    assert_axe_finds_nothing(browser, name).await;
}

async fn assert_axe_finds_nothing(browser: &Browser, name: &str) {
    let path = target().join("axe/axe.min.js");
    let axe = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; run scripts/install-axe.sh", path.display()));
    browser.set_scripts(true).await;
    browser.script(&axe).await;
    let found = browser.script_later(RUN).await;
    browser.set_scripts(browser.scripts).await;
    assert!(found["passes"].as_u64().is_some_and(|passes| passes > 0), "axe-core did not run on {name}: {found}");
    let violations = found["violations"].as_array().unwrap();
    assert!(violations.is_empty(), "{name} at {} pixels:{}", browser.screen.width(), listed(violations));
}

fn listed(violations: &[Value]) -> String {
    let mut list = String::new();
    for rule in violations {
        write!(list, "\n{}: {}", rule["id"], rule["help"]).unwrap();
        for target in rule["targets"].as_array().unwrap() {
            write!(list, "\n    {target}").unwrap();
        }
    }
    list
}

async fn assert_nothing_is_wider_than_the_screen(browser: &Browser, name: &str) {
    let wide = browser
        .script(
            "const page = document.documentElement;
             return [page.scrollWidth, page.clientWidth, window.innerWidth,
                     ...[...document.querySelectorAll('body *')]
                         .filter(one => one.getBoundingClientRect().right > page.clientWidth + 1)
                         .slice(0, 5).map(one => one.outerHTML.slice(0, 120))]",
        )
        .await;
    // A phone that must show something wider zooms out: its window is wider then.
    assert_eq!(wide[2], json!(browser.screen.width()), "{name} is wider than the screen: {wide}");
    assert!(wide[0].as_u64() <= wide[1].as_u64(), "{name} scrolls sideways: {wide}");
}

async fn keep_picture(browser: &Browser, name: &str) {
    let folder = target().join("screenshots");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{name}-{}.png", browser.screen.width())), browser.picture().await).unwrap();
}

/// Cargo's target folder, wherever it is.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().to_owned()
}
