-- The mailroom: batches of scans, numbers on stickers, later scans, sealed envelopes, page readings and archive files.
-- Conventions as in 20261124000000_office.sql.

-- 批次: runs of scanning.
CREATE TABLE batches (
    -- BatchId.
    id        BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    -- The scanner and the day, or what the clerk typed.
    name      TEXT    NOT NULL,
    -- folder or upload.
    source    TEXT    NOT NULL CHECK (source IN ('folder', 'upload')),
    -- What makes two runs the same batch, such as a scanner's day; NULL for uploads, each of which is one.
    run       TEXT,
    -- When its first file was taken.
    opened_at INTEGER NOT NULL,
    -- Actor as JSON.
    opened_by TEXT    NOT NULL
) STRICT;

-- A scanner's day is one batch, whoever asks first.
CREATE UNIQUE INDEX batches_by_run ON batches (run) WHERE run IS NOT NULL;
-- Lists are newest first.
CREATE INDEX batches_by_time ON batches (opened_at DESC, id DESC);

-- The files of batches.
CREATE TABLE batch_files (
    -- BatchFileId. Of a file from the watched folder also the name of its claim there, so a file whose taking-in was cut short
    -- is not taken twice.
    id          BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    -- The batch.
    batch_id    BLOB    NOT NULL REFERENCES batches (id),
    -- What the file is called.
    name        TEXT    NOT NULL,
    -- Content hash of the bytes.
    original    BLOB    NOT NULL CHECK (length(original) = 32),
    -- Content hash of the file of the backs.
    backs       BLOB    CHECK (length(backs) = 32),
    -- The number of bytes, backs included.
    bytes       INTEGER NOT NULL,
    -- When it was taken.
    received_at INTEGER NOT NULL,
    -- Parting as JSON.
    parting     TEXT    NOT NULL,
    -- waiting, parted or refused: the name of `state`, for filters.
    state_name  TEXT    NOT NULL CHECK (state_name IN ('waiting', 'parted', 'refused')),
    -- BatchFileState as JSON.
    state       TEXT    NOT NULL
) STRICT;

-- The files of a batch in the order in which they were taken, and their counts by state.
CREATE INDEX batch_files_by_batch ON batch_files (batch_id, received_at, id, state_name);

-- Which letters were taken out of which file.
CREATE TABLE batch_letters (
    -- The file.
    file_id    BLOB    NOT NULL REFERENCES batch_files (id),
    -- Which letter of the file, from 1.
    place      INTEGER NOT NULL,
    -- The arrival; of a replay, the earlier one.
    arrival_id BLOB    NOT NULL REFERENCES arrivals (id),
    -- 1 when the same pages had been taken in before, else 0.
    replay     INTEGER NOT NULL CHECK (replay IN (0, 1)),
    -- A list of LetterPage as JSON.
    pages      TEXT    NOT NULL,
    -- The number on its sticker.
    number     TEXT,
    PRIMARY KEY (file_id, place)
) STRICT, WITHOUT ROWID;

-- What registering an arrival must know: the letter that it was first taken in as.
CREATE UNIQUE INDEX batch_letters_by_arrival ON batch_letters (arrival_id) WHERE replay = 0;
-- Only for the check of the foreign key.
CREATE INDEX batch_letters_of_arrival ON batch_letters (arrival_id);

-- Registration numbers given out before anything was registered under them.
CREATE TABLE reserved_numbers (
    -- The number.
    number      TEXT    NOT NULL PRIMARY KEY,
    -- When it was given out.
    reserved_at INTEGER NOT NULL,
    -- Actor as JSON.
    reserved_by TEXT    NOT NULL,
    -- free, submission or sealed: the name of `used`, so that it is used once.
    used_name   TEXT    NOT NULL CHECK (used_name IN ('free', 'submission', 'sealed')),
    -- NumberUse as JSON.
    used        TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

-- Later scans of a submission's paper.
CREATE TABLE later_scans (
    -- The arrival that brought it.
    arrival_id    BLOB    NOT NULL REFERENCES arrivals (id),
    -- The submission whose number is on the sticker.
    submission_id BLOB    NOT NULL REFERENCES submissions (id),
    -- A list of StoredFile as JSON.
    files         TEXT    NOT NULL,
    -- When it was added.
    added_at      INTEGER NOT NULL,
    PRIMARY KEY (arrival_id, added_at)
) STRICT, WITHOUT ROWID;

-- The later scans of a submission, oldest first.
CREATE INDEX later_scans_by_submission ON later_scans (submission_id, added_at, arrival_id);

-- 密封件: envelopes that are never opened here.
CREATE TABLE sealed_envelopes (
    -- SealedEnvelopeId.
    id          BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    -- The number on its sticker.
    number      TEXT    NOT NULL UNIQUE,
    -- How many pieces.
    pieces      INTEGER NOT NULL CHECK (pieces > 0),
    -- When it was received.
    received_at INTEGER NOT NULL,
    -- Actor as JSON.
    received_by TEXT    NOT NULL,
    -- held or handed_over: the name of `state`.
    state_name  TEXT    NOT NULL CHECK (state_name IN ('held', 'handed_over')),
    -- SealedState as JSON.
    state       TEXT    NOT NULL
) STRICT;

-- The book, newest first.
CREATE INDEX sealed_envelopes_by_time ON sealed_envelopes (received_at DESC, id DESC);

-- What was read of a letter so far, page by page: a reading that was cut short goes on at its next page.
CREATE TABLE page_readings (
    -- The arrival.
    arrival_id BLOB    NOT NULL REFERENCES arrivals (id),
    -- The page, from 1.
    page       INTEGER NOT NULL CHECK (page > 0),
    -- Content hash of the record as JSON; NULL while the page is not read.
    record     BLOB    CHECK (length(record) = 32),
    -- Content hash of the page's image; NULL when not even that could be made.
    image      BLOB    CHECK (length(image) = 32),
    -- How often the page's child was lost on it.
    losses     INTEGER NOT NULL,
    -- Problem as JSON: why it could not be read.
    problem    TEXT,
    PRIMARY KEY (arrival_id, page)
) STRICT, WITHOUT ROWID;

-- Archive files of letters: PDF/A with page images and an invisible text layer.
CREATE TABLE archive_files (
    -- The submission.
    submission_id BLOB    NOT NULL REFERENCES submissions (id),
    -- When it was made; a later one does not take an earlier one away.
    made_at       INTEGER NOT NULL,
    -- Content hash of the PDF.
    hash          BLOB    NOT NULL CHECK (length(hash) = 32),
    -- The number of its bytes.
    bytes         INTEGER NOT NULL,
    PRIMARY KEY (submission_id, made_at)
) STRICT, WITHOUT ROWID;
