//! One generation of the index: the two spaces, each a tantivy index of its own, so that no query of one can see the other.

use std::collections::HashSet;
use std::fs;

use case::id::SubmissionId;
use tantivy::indexer::LogMergePolicy;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Index, IndexReader, IndexWriter, ReloadPolicy, Searcher, TERMINATED, Term};

use super::cut;
use super::failure::{of_engine, of_files};
use super::folder::Folder;
use super::frequencies::Given;
use super::schema::{Fields, LAYOUT_VERSION, SEQUENCE};
use crate::SearchError;
use crate::document::{Document, Space, latest_of};

/// The memory that one writer may fill before it writes a segment, in bytes. Tantivy takes no less than 15 MB; an office
/// puts a few hundred documents a day, so more would only be needed while rebuilding.
const WRITER_MEMORY: usize = 32_000_000;

/// So many segments of about one size are merged. Every term of a look-up is asked of every segment, and an office looks up more often than
/// it writes: with tantivy's eight there were twice as many.
const MERGED_TOGETHER: usize = 4;

/// One index and its reader.
#[derive(Clone)]
struct Shard {
    index: Index,
    reader: IndexReader,
}

/// Both spaces of one generation, for reading.
#[derive(Clone)]
pub(super) struct Generation {
    name: String,
    fields: Fields,
    ordinary: Shard,
    sealed: Shard,
    given: Given,
}

impl Generation {
    /// Makes an empty generation.
    pub(super) fn create(folder: &Folder, name: &str) -> Result<Self, SearchError> {
        let path = folder.generation(name);
        let make = |space: Space| {
            let path = path.join(folder_of(space));
            fs::create_dir_all(&path).map_err(|error| of_files(&error))?;
            let (schema, _fields) = Fields::schema();
            Index::create_in_dir(&path, schema).map_err(of_engine).and_then(shard)
        };
        let (ordinary, sealed) = (make(Space::Ordinary)?, make(Space::Sealed)?);
        folder.write_version(name, LAYOUT_VERSION)?;
        Ok(Self { name: name.to_owned(), fields: Fields::schema().1, ordinary, sealed, given: Given::default() })
    }

    /// Opens the generation `name`.
    pub(super) fn open(folder: &Folder, name: &str) -> Result<Self, SearchError> {
        let found = folder.version(name);
        if found != LAYOUT_VERSION {
            return Err(SearchError::Version { found, expected: LAYOUT_VERSION.to_owned() });
        }
        let path = folder.generation(name);
        let open = |space: Space| Index::open_in_dir(path.join(folder_of(space))).map_err(of_engine).and_then(shard);
        let (ordinary, sealed) = (open(Space::Ordinary)?, open(Space::Sealed)?);
        Ok(Self { name: name.to_owned(), fields: Fields::schema().1, ordinary, sealed, given: Given::default() })
    }

    /// Its name in the folder.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The handles of the fields.
    pub(super) const fn fields(&self) -> &Fields {
        &self.fields
    }

    /// What was said about how often bigrams stand in it.
    pub(super) const fn given(&self) -> &Given {
        &self.given
    }

    /// What stands in `space` as of the last reload.
    pub(super) fn searcher(&self, space: Space) -> Searcher {
        self.shard(space).reader.searcher()
    }

    /// Makes the latest commits visible.
    pub(super) fn reload(&self) -> Result<(), SearchError> {
        self.ordinary.reader.reload().map_err(of_engine)?;
        self.sealed.reader.reload().map_err(of_engine)
    }

    /// The highest sequence that was ever put in.
    pub(super) fn last_sequence(&self) -> Result<u64, SearchError> {
        let mut last = 0;
        for space in [Space::Ordinary, Space::Sealed] {
            for segment in self.searcher(space).segment_readers() {
                let column = segment.fast_fields().u64(SEQUENCE).map_err(of_engine)?;
                last = last.max(column.max_value());
            }
        }
        Ok(last)
    }

    /// In which space each of `submissions` stands.
    pub(super) fn spaces_of(&self, submissions: &[SubmissionId]) -> Result<Vec<(SubmissionId, Space)>, SearchError> {
        let mut found = Vec::new();
        for space in [Space::Ordinary, Space::Sealed] {
            for submission in submissions {
                if self.contains(space, &self.term(*submission))? {
                    found.push((*submission, space));
                }
            }
        }
        Ok(found)
    }

    fn term(&self, submission: SubmissionId) -> Term {
        Term::from_field_text(self.fields.submission, &submission.to_string())
    }

    fn shard(&self, space: Space) -> &Shard {
        match space {
            Space::Ordinary => &self.ordinary,
            Space::Sealed => &self.sealed,
        }
    }

    fn contains(&self, space: Space, submission: &Term) -> Result<bool, SearchError> {
        for segment in self.searcher(space).segment_readers() {
            let inverted = segment.inverted_index(self.fields.submission).map_err(of_engine)?;
            let found = inverted.read_postings(submission, IndexRecordOption::Basic);
            let Some(mut found) = found.map_err(|error| of_files(&error))? else { continue };
            while found.doc() != TERMINATED {
                if !segment.is_deleted(found.doc()) {
                    return Ok(true);
                }
                found.advance();
            }
        }
        Ok(false)
    }
}

/// The writers of one generation. Dropped, they forget what was not committed.
///
/// A deletion is written only where there is something to delete: tantivy keeps every deletion of an index without segments in memory (a
/// million of them were 1.5 GB), and asks every segment about each.
pub(super) struct Writers {
    generation: Generation,
    ordinary: IndexWriter,
    sealed: IndexWriter,
    /// What was put in since the last commit: no reader sees it.
    uncommitted: HashSet<SubmissionId>,
}

impl Writers {
    /// Opens the writers; the caller holds the folder's lock.
    pub(super) fn open(generation: &Generation) -> Result<Self, SearchError> {
        let writer = |space| {
            let index = &generation.shard(space).index;
            let writer: IndexWriter = index.writer_with_num_threads(1, WRITER_MEMORY).map_err(of_engine)?;
            let mut policy = LogMergePolicy::default();
            policy.set_min_num_segments(MERGED_TOGETHER);
            writer.set_merge_policy(Box::new(policy));
            Ok::<IndexWriter, SearchError>(writer)
        };
        let (ordinary, sealed) = (writer(Space::Ordinary)?, writer(Space::Sealed)?);
        // Writers before these may have failed between a commit and its reload.
        generation.reload()?;
        Ok(Self { generation: generation.clone(), ordinary, sealed, uncommitted: HashSet::new() })
    }

    /// The generation that is written.
    pub(super) const fn generation(&self) -> &Generation {
        &self.generation
    }

    /// Puts documents in and makes them durable and visible. One that changes its space is taken out of the old one first:
    /// a crash in between leaves it out of both, never in the wrong one.
    pub(super) fn put(&mut self, documents: &[Document]) -> Result<(), SearchError> {
        let latest = latest_of(documents);
        let mut moved = Vec::new();
        for document in &latest {
            let left = other(document.space);
            if self.take_out(left, document.submission)? {
                moved.push(left);
            }
        }
        self.commit(&moved)?;
        let mut touched = Vec::new();
        for document in &latest {
            self.add(document)?;
            touched.push(document.space);
        }
        self.commit(&touched)?;
        self.seen()
    }

    /// Puts documents into a generation that nobody reads yet; [`Writers::commit_all`] makes them durable.
    pub(super) fn fill(&mut self, documents: &[Document]) -> Result<(), SearchError> {
        for document in latest_of(documents) {
            self.take_out(other(document.space), document.submission)?;
            self.add(document)?;
        }
        Ok(())
    }

    /// Makes everything durable and visible.
    pub(super) fn commit_all(&mut self) -> Result<(), SearchError> {
        self.commit(&[Space::Ordinary, Space::Sealed])?;
        self.seen()
    }

    /// Everything that was put in is committed: readers see it.
    fn seen(&mut self) -> Result<(), SearchError> {
        self.generation.reload()?;
        self.uncommitted.clear();
        Ok(())
    }

    fn add(&mut self, document: &Document) -> Result<(), SearchError> {
        self.take_out(document.space, document.submission)?;
        let writer = self.writer(document.space);
        writer.add_document(self.generation.fields.write(document)).map_err(of_engine)?;
        self.uncommitted.insert(document.submission);
        Ok(())
    }

    /// Takes a submission out of a space where it may stand there; gives whether it may.
    fn take_out(&self, space: Space, submission: SubmissionId) -> Result<bool, SearchError> {
        let term = self.generation.term(submission);
        let may_stand = self.uncommitted.contains(&submission) || self.generation.contains(space, &term)?;
        if may_stand {
            self.writer(space).delete_term(term);
        }
        Ok(may_stand)
    }

    fn commit(&mut self, spaces: &[Space]) -> Result<(), SearchError> {
        if spaces.contains(&Space::Ordinary) {
            self.ordinary.commit().map_err(of_engine)?;
        }
        if spaces.contains(&Space::Sealed) {
            self.sealed.commit().map_err(of_engine)?;
        }
        Ok(())
    }

    const fn writer(&self, space: Space) -> &IndexWriter {
        match space {
            Space::Ordinary => &self.ordinary,
            Space::Sealed => &self.sealed,
        }
    }
}

fn shard(index: Index) -> Result<Shard, SearchError> {
    cut::register(index.tokenizers());
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(of_engine)?;
    Ok(Shard { index, reader })
}

const fn folder_of(space: Space) -> &'static str {
    match space {
        Space::Ordinary => "ordinary",
        Space::Sealed => "sealed",
    }
}

const fn other(space: Space) -> Space {
    match space {
        Space::Ordinary => Space::Sealed,
        Space::Sealed => Space::Ordinary,
    }
}
