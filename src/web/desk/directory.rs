//! Lists of the office that only an administrator sees, each row shown as it is: people and units.

use actix_web::HttpResponse;
use askama::Template;

use crate::gateway::Gateway;
use crate::web::desk::menu;
use crate::web::form::Fields;
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::session::SignedIn;

/// What stands around such a list.
pub(super) struct Directory {
    /// Where it is.
    pub(super) path: &'static str,
    /// What stands over it.
    pub(super) title: &'static str,
    /// How it is changed, before and behind the command.
    pub(super) change: [&'static str; 2],
    /// The command that changes it.
    pub(super) command: &'static str,
    /// What the rows are and how they are ordered.
    pub(super) caption: &'static str,
    /// The heads of the columns, the first one naming the row.
    pub(super) columns: &'static [&'static str],
}

/// Columns that are not broken into lines.
const WHOLE: [&str; 3] = ["类别", "电话", "状态"];

/// The page.
#[derive(Template)]
#[template(path = "desk/directory.html")]
struct DirectoryPage<'a> {
    shell: Shell,
    directory: &'a Directory,
    rows: Vec<Vec<String>>,
}

impl Directory {
    /// The list with these rows, each with a text for every column.
    pub(super) fn show(
        &self,
        gateway: &Gateway,
        person: &SignedIn,
        query: &Fields,
        rows: Vec<Vec<String>>,
    ) -> Result<HttpResponse, WebError> {
        let shell = menu::shell(gateway, person, self.title, self.path, query);
        html(&DirectoryPage { shell, directory: self, rows })
    }
}

impl DirectoryPage<'_> {
    /// Whether the column's texts are short and lose their sense when they are broken.
    fn is_whole(&self, column: &str) -> bool {
        WHOLE.contains(&column)
    }

    /// The texts of a row with the heads of their columns.
    fn cells<'a>(&'a self, row: &'a [String]) -> impl Iterator<Item = (&'static str, &'a String)> {
        self.directory.columns.iter().copied().zip(row)
    }
}
