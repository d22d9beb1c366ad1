//! What an index is: its version and, while it is built, how far it has come.
//!
//! The server has no place for such a note in an index, so it stands as the one document of a third index, which changes places with the
//! other two in the same swap: the note always tells of the petitions beside it.

use serde::{Deserialize, Serialize};

use super::http::Refusal;
use super::settings::{LAYOUT_VERSION, of_petitions};
use super::{Connection, Petitions, tasks};
use crate::SearchError;
use meilisearch_sdk::settings::PrefixSearchSettings;

/// The note's identifier.
const NOTE: &str = "layout";

/// The note.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Note {
    id: String,
    /// The layout of the petitions beside it.
    pub(super) version: String,
    /// While it is built: everything up to this place in the order is in it. 0 of an index in use.
    pub(super) through: u64,
}

/// Three indices that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Set {
    /// Those that queries are answered from.
    Serving,
    /// Those under construction.
    Next,
}

impl Set {
    const fn ending(self) -> &'static str {
        match self {
            Self::Serving => "",
            Self::Next => "_next",
        }
    }

    /// The names: the two of petitions, then the note's.
    pub(super) fn names(self, prefix: &str) -> [String; 3] {
        ["ordinary", "sealed", "layout"].map(|name| format!("{prefix}_{name}{}", self.ending()))
    }
}

/// The note of a set; none when the set is not there.
pub(super) async fn read(connection: &Connection, set: Set) -> Result<Option<Note>, SearchError> {
    let [_ordinary, _sealed, name] = set.names(&connection.prefix);
    match connection.client.index(name).get_document::<Note>(NOTE).await.map_err(Refusal::of) {
        Ok(note) => Ok(Some(note)),
        Err(refusal) if matches!(refusal.code(), "index_not_found" | "document_not_found") => Ok(None),
        Err(refusal) => Err(refusal.into()),
    }
}

/// Notes how far a set has come; what was put into it before is in it when this returns.
pub(super) async fn write(connection: &Connection, set: Set, through: u64) -> Result<(), SearchError> {
    let [_ordinary, _sealed, name] = set.names(&connection.prefix);
    let note = Note { id: NOTE.to_owned(), version: LAYOUT_VERSION.to_owned(), through };
    let task = connection.client.index(name).add_or_replace(&[note], Some("id")).await?;
    tasks::done(connection, &task).await
}

/// Makes a set of empty indices with our settings; those that are there already only get the settings. The note comes last: a set
/// without it is not whole.
pub(super) async fn make(connection: &Connection, set: Set) -> Result<(), SearchError> {
    let names = set.names(&connection.prefix);
    for name in &names {
        let task = connection.client.create_index(name, Some("id")).await?;
        match tasks::ended(connection, &task).await?.as_deref() {
            None | Some("index_already_exists") => {}
            Some(code) => return Err(SearchError::Unavailable(format!("an index cannot be made: {code}"))),
        }
    }
    let [ordinary, sealed, _note] = names;
    for name in [ordinary, sealed] {
        let index: Petitions = connection.client.index(name);
        let first = index.set_settings(&of_petitions()).await?;
        let second = index.set_prefix_search(PrefixSearchSettings::Disabled).await?;
        tasks::done(connection, &first).await?;
        tasks::done(connection, &second).await?;
    }
    write(connection, set, 0).await
}

/// Removes a set, the note first: what is left of a set by a crash is not taken for a whole one.
pub(super) async fn remove(connection: &Connection, set: Set) -> Result<(), SearchError> {
    for name in set.names(&connection.prefix).iter().rev() {
        let task = connection.client.delete_index(name).await.map_err(Refusal::of);
        match task {
            Ok(task) => match tasks::ended(connection, &task).await?.as_deref() {
                None | Some("index_not_found") => {}
                Some(code) => return Err(SearchError::Unavailable(format!("an index cannot be removed: {code}"))),
            },
            Err(refusal) if refusal.code() == "index_not_found" => {}
            Err(refusal) => return Err(refusal.into()),
        }
    }
    Ok(())
}
