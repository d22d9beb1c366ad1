//! The gateway's parts put together: every operation of doors, desk and jobs is a method on [`Gateway`], written in the
//! folder of its name.

use std::sync::Arc;

use case::identity::key::IdentitySecret;
use case::ports::{Clock, Randomness};
use channels::document::DocumentReader;
use channels::letter::LetterReader;
use search::engine::SearchEngine;
use store::Store;
use store::files::Files;

use crate::configuration::Configuration;
use crate::dispatch::mailer::Mailer;
use crate::entry::incoming::IncomingCalls;
use crate::jobs::trouble::Trouble;
use crate::jobs::wake::Wake;
use crate::judging::rebuilding::Rebuilding;
use crate::judging::waiting::Waiting;
use crate::office::Office;

/// One office's gateway. Cheap to clone: everything in it is shared.
#[derive(Clone)]
pub struct Gateway {
    /// The settings in force.
    pub configuration: Arc<Configuration>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Unguessable bytes.
    pub randomness: Arc<dyn Randomness>,
    /// The database: the truth.
    pub store: Arc<dyn Store>,
    /// Originals and what was taken out of them.
    pub files: Arc<dyn Files>,
    /// The search index; can be rebuilt from the database.
    pub engine: Arc<dyn SearchEngine>,
    /// The index of published answers: nothing else is in it, so nothing else can be found by the public.
    pub answers: Arc<dyn SearchEngine>,
    /// Reads letters and other scans.
    pub letters: Arc<LetterReader>,
    /// Reads office documents that came with mails.
    pub documents: Arc<dyn DocumentReader>,
    /// Hands mails on.
    pub mailer: Arc<dyn Mailer>,
    /// Places, classes and rules of the office.
    pub office: Arc<Office>,
    /// Key of the identity hashes.
    pub secret: IdentitySecret,
    /// Wakes workers when a job was added.
    pub wake: Arc<Wake>,
    /// Calls that the telephone system announces.
    pub incoming: Arc<IncomingCalls>,
    /// What keeps the workers from writing anything down.
    pub trouble: Arc<Trouble>,
    /// What waits for a search engine that is down.
    pub waiting: Arc<Waiting>,
    /// How far a rebuild of the search index has come.
    pub rebuilding: Arc<Rebuilding>,
}

impl Gateway {
    /// A named step of the crash tests: a debug build that was told to stop here stops dead, as by `kill -9`. Nothing at all
    /// in a release build.
    pub fn step(&self, name: &str) {
        if cfg!(debug_assertions) && self.configuration.stop_at.as_deref() == Some(name) {
            std::process::abort();
        }
    }
}
