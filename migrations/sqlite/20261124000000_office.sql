-- The tables of one office.
--
-- Written once and never edited after it has shipped: a change is a new file.
--
-- Conventions
--   * STRICT tables: SQLite refuses a value of the wrong type instead of keeping it.
--   * Identifiers are UUID version 7 as BLOB of 16 bytes: they sort by the time they were made, so inserts go to the
--     end of each index, and take less than half the room of their text.
--   * Times are INTEGER microseconds since 1970-01-01T00:00:00Z: compared and indexed as plain numbers, exact, and
--     there is one written form only. To read one by hand: SELECT datetime(received_at / 1000000, 'unixepoch').
--   * Hashes are BLOB of 32 bytes (BLAKE3).
--   * What is only read as a whole is JSON as TEXT; what is filtered, joined or sorted is a column of its own, written
--     from the same value by the same statement.
--   * Foreign keys are checked at once, never at COMMIT: many units of work share one COMMIT, and one of them must not be
--     able to make it fail.

-- 来件: what stands at the doors.
CREATE TABLE arrivals (
    -- ArrivalId.
    id             BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    -- The door: web, letter, mail or call.
    channel        TEXT    NOT NULL,
    -- What makes it the same input as another; a digest.
    source_key     TEXT    NOT NULL,
    -- What the sender or the clerk calls it.
    source_name    TEXT    NOT NULL,
    -- Content hash of the original bytes.
    original       BLOB    NOT NULL CHECK (length(original) = 32),
    -- The number of the original bytes.
    original_bytes INTEGER NOT NULL,
    -- When it stood at the door.
    received_at    INTEGER NOT NULL,
    -- waiting, registered or refused: the name of `state`, for filters.
    state_name     TEXT    NOT NULL CHECK (state_name IN ('waiting', 'registered', 'refused')),
    -- ArrivalState as JSON.
    state          TEXT    NOT NULL
) STRICT;

-- A replay is found by its key, and two replays at the same moment cannot both be new.
CREATE UNIQUE INDEX arrivals_by_source_key ON arrivals (source_key);
-- Lists are newest first, so the time comes first and a page ends as soon as it is full; what lists filter by comes after it, so
-- that rows which do not match are passed over, and counted, without being read.
CREATE INDEX arrivals_by_time ON arrivals (received_at DESC, id DESC, state_name, channel);

-- 信访事项: the legal unit of clocks and replies.
CREATE TABLE cases (
    -- CaseId.
    id          BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    -- Registration number of the submission that it was opened for.
    number      TEXT    NOT NULL,
    -- What it is about, in one line.
    title       TEXT    NOT NULL,
    -- When it was opened.
    opened_at   INTEGER NOT NULL,
    -- The name of `state`, for filters.
    state_name  TEXT    NOT NULL,
    -- CaseState as JSON.
    state       TEXT    NOT NULL,
    -- ordinary, confidential or sealed.
    secrecy     TEXT    NOT NULL CHECK (secrecy IN ('ordinary', 'confidential', 'sealed')),
    -- suggestion, accusation or appeal_or_demand.
    purpose     TEXT    NOT NULL,
    -- The six digits of the content class, for filters; NULL while none is known.
    class_code  TEXT,
    -- Field<ContentClass> as JSON: the same class with its confidence and source.
    class       TEXT,
    -- Field<Place> as JSON.
    place       TEXT,
    -- UnitSuggestion as JSON.
    suggestion  TEXT,
    -- Counts the changes; an update names the one it read.
    version     INTEGER NOT NULL
) STRICT;

-- A case is looked up by the number on its receipt.
CREATE UNIQUE INDEX cases_by_number ON cases (number);
-- Lists are newest first, so the time comes first and a page ends as soon as it is full; what lists filter by comes after it, so
-- that rows which do not match, or may not be seen, are passed over, and counted, without being read.
CREATE INDEX cases_by_time ON cases (opened_at DESC, id DESC, secrecy, state_name, class_code);

-- 信访件: what came through one door at one time.
CREATE TABLE submissions (
    -- SubmissionId.
    id            BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    -- The arrival it was read from.
    arrival_id    BLOB    NOT NULL REFERENCES arrivals (id),
    -- 信访件编号.
    number        TEXT    NOT NULL,
    -- 查询码.
    query_code    TEXT    NOT NULL,
    -- The case it belongs to now.
    case_id       BLOB    NOT NULL REFERENCES cases (id),
    -- The case that was opened for it.
    own_case_id   BLOB    NOT NULL REFERENCES cases (id),
    -- The order of registration in this office, from 1.
    sequence      INTEGER NOT NULL,
    -- The door: web, letter, mail or call.
    channel       TEXT    NOT NULL,
    -- When it stood at the door.
    received_at   INTEGER NOT NULL,
    -- When it was registered.
    registered_at INTEGER NOT NULL,
    -- ordinary, confidential or sealed.
    secrecy       TEXT    NOT NULL CHECK (secrecy IN ('ordinary', 'confidential', 'sealed')),
    -- Statement as JSON. Never changed.
    statement     TEXT    NOT NULL,
    -- A list of StoredFile as JSON. Never changed.
    files         TEXT    NOT NULL
) STRICT;

-- An arrival becomes one submission, whatever is repeated after a crash.
CREATE UNIQUE INDEX submissions_by_arrival ON submissions (arrival_id);
-- A submission is looked up by the number on its receipt.
CREATE UNIQUE INDEX submissions_by_number ON submissions (number);
-- An index of texts is rebuilt in the order of registration.
CREATE UNIQUE INDEX submissions_by_sequence ON submissions (sequence);
-- The submissions of a case, in the order of registration.
CREATE INDEX submissions_by_case ON submissions (case_id, sequence);
-- The founding submission of a case, with its door: lists of cases need no other column of it.
CREATE UNIQUE INDEX submissions_by_own_case ON submissions (own_case_id, channel);

-- How many registration numbers are taken.
CREATE TABLE numbers_taken (
    -- `office` for the order of registration in this office, or a day such as 2026-11-24 for the order on that day.
    scope TEXT    NOT NULL PRIMARY KEY,
    -- The last number that was taken.
    taken INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Suggested relations between submissions, and what was decided about them.
CREATE TABLE findings (
    -- FindingId.
    id                  BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    -- The later submission.
    submission_id       BLOB    NOT NULL REFERENCES submissions (id),
    -- The earlier submission.
    other_submission_id BLOB    NOT NULL REFERENCES submissions (id),
    -- The case of the earlier one when the finding was made.
    other_case_id       BLOB    NOT NULL REFERENCES cases (id),
    -- repeat, same_matter or related.
    relation            TEXT    NOT NULL,
    -- How likely, 0 to 1, for sorting.
    score               REAL    NOT NULL,
    -- Score, reasons and counter-reasons as JSON.
    grounds             TEXT    NOT NULL,
    -- When it was found.
    found_at            INTEGER NOT NULL,
    -- open, confirmed or refused: the name of `decision`, for filters.
    decision_name       TEXT    NOT NULL CHECK (decision_name IN ('open', 'confirmed', 'refused')),
    -- Decision as JSON.
    decision            TEXT    NOT NULL
) STRICT;

-- One finding for a pair; also finds the findings of a submission.
CREATE UNIQUE INDEX findings_by_pair ON findings (submission_id, other_submission_id);
-- The findings that point to a case.
CREATE INDEX findings_by_other_case ON findings (other_case_id);
-- The findings that point to a submission: only for the check of the foreign key.
CREATE INDEX findings_by_other_submission ON findings (other_submission_id);
-- What nobody has decided, counted for each row of the desk's queue.
CREATE INDEX findings_open ON findings (submission_id) WHERE decision_name = 'open';

-- 关联: links between cases.
CREATE TABLE case_links (
    -- The finding whose confirmation made the link.
    finding_id      BLOB NOT NULL PRIMARY KEY REFERENCES findings (id),
    -- The earlier case.
    earlier_case_id BLOB NOT NULL REFERENCES cases (id),
    -- The later case.
    later_case_id   BLOB NOT NULL REFERENCES cases (id)
) STRICT, WITHOUT ROWID;

-- Links are asked for from either end.
CREATE INDEX case_links_by_earlier ON case_links (earlier_case_id);
CREATE INDEX case_links_by_later ON case_links (later_case_id);

-- 同类事项: groups of cases on the same matter.
CREATE TABLE groups (
    -- GroupId.
    id        BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    -- What it is about.
    title     TEXT    NOT NULL,
    -- When it was formed.
    formed_at INTEGER NOT NULL
) STRICT;

-- Which case is in which group.
CREATE TABLE group_members (
    -- The order in which cases came in.
    place      INTEGER NOT NULL PRIMARY KEY,
    -- The group.
    group_id   BLOB    NOT NULL REFERENCES groups (id),
    -- The case.
    case_id    BLOB    NOT NULL REFERENCES cases (id),
    -- The finding that put it there; NULL for the founding case.
    finding_id BLOB    REFERENCES findings (id)
) STRICT;

-- A case is in a group once; also finds the members of a group.
CREATE UNIQUE INDEX group_members_by_group ON group_members (group_id, case_id);
-- The groups of a case.
CREATE INDEX group_members_by_case ON group_members (case_id, group_id);
-- What undoing a finding must take out.
CREATE UNIQUE INDEX group_members_by_finding ON group_members (finding_id) WHERE finding_id IS NOT NULL;

-- 转送、交办: the sendings of cases to units.
CREATE TABLE dispatches (
    -- DispatchId.
    id            BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    -- The case.
    case_id       BLOB    NOT NULL REFERENCES cases (id),
    -- Code of the unit that answers. No foreign key: the record of a sending stands whatever becomes of the list of units.
    lead          TEXT    NOT NULL,
    -- Codes of the units that help, a JSON list.
    assisting     TEXT    NOT NULL,
    -- forward or assign.
    kind          TEXT    NOT NULL,
    -- Actor as JSON.
    decided_by    TEXT    NOT NULL,
    -- When it was decided.
    decided_at    INTEGER NOT NULL,
    -- What the person added for the unit.
    note          TEXT,
    -- The name of `delivery`: waiting, retrying, sent, failed or recalled.
    delivery_name TEXT    NOT NULL,
    -- Delivery as JSON.
    delivery      TEXT    NOT NULL
) STRICT;

-- The dispatches of a case, oldest first.
CREATE INDEX dispatches_by_case ON dispatches (case_id, decided_at, id);
-- The worklist of a unit: the cases that were sent to it.
CREATE INDEX dispatches_by_lead ON dispatches (lead, case_id) WHERE delivery_name <> 'recalled';
-- The outbox, newest first.
CREATE INDEX dispatches_by_time ON dispatches (decided_at DESC, id DESC);

-- 流转记录: the append-only chain of events.
CREATE TABLE events (
    -- Place in the chain, from 1 without gaps.
    sequence   INTEGER NOT NULL PRIMARY KEY,
    -- Hash of the event before it; 32 zero bytes for the first.
    previous   BLOB    NOT NULL CHECK (length(previous) = 32),
    -- Hash over previous, sequence and event.
    hash       BLOB    NOT NULL CHECK (length(hash) = 32),
    -- The case of `event`, for look-ups. No foreign key: the chain stands by itself.
    case_id    BLOB,
    -- NewEvent as JSON: what was hashed.
    event      TEXT    NOT NULL
) STRICT;

-- The events of a case, oldest first.
CREATE INDEX events_by_case ON events (case_id, sequence) WHERE case_id IS NOT NULL;

-- A slip in a statement of ours must not rewrite what happened. (Whoever can change the file can drop the triggers: that is what
-- the chain of hashes is for.)
CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, 'events are append-only');
END;

CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events
BEGIN
    SELECT RAISE(ABORT, 'events are append-only');
END;

-- 责任单位: the list of units.
CREATE TABLE units (
    -- UnitCode.
    code TEXT NOT NULL PRIMARY KEY,
    -- Unit as JSON.
    unit TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The staff of the office.
CREATE TABLE staff (
    -- StaffId.
    id            BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    -- The name to sign in with.
    user_name     TEXT    NOT NULL,
    -- The name shown to colleagues.
    display_name  TEXT    NOT NULL,
    -- A JSON list of roles.
    roles         TEXT    NOT NULL,
    -- 1 when the person can sign in, else 0.
    active        INTEGER NOT NULL CHECK (active IN (0, 1)),
    -- The password's hash in PHC form.
    password_hash TEXT    NOT NULL
) STRICT;

-- A person signs in by name, and names are listed in their order.
CREATE UNIQUE INDEX staff_by_user_name ON staff (user_name);

-- Sessions of people who signed in.
CREATE TABLE sessions (
    -- BLAKE3 of the token in the cookie.
    token_hash BLOB    NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
    -- Whose it is.
    staff_id   BLOB    NOT NULL REFERENCES staff (id),
    -- When it began.
    began_at   INTEGER NOT NULL,
    -- When it was last used.
    used_at    INTEGER NOT NULL,
    -- When it ends in any case.
    ends_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Ended sessions are swept by their end.
CREATE INDEX sessions_by_end ON sessions (ends_at);

-- Durable jobs. A job that is done is deleted.
CREATE TABLE jobs (
    -- The order in which jobs were enqueued; never used again, so that an old job cannot be taken for a new one.
    place      INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    -- JobId.
    id         BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    -- Which kind of work.
    kind       TEXT    NOT NULL,
    -- Which workers take it.
    queue      TEXT    NOT NULL,
    -- What to work on, as JSON; identifiers only.
    payload    TEXT    NOT NULL,
    -- The case it belongs to. No foreign key: a job may be enqueued before its case is written.
    case_id    BLOB,
    -- Not before.
    run_at     INTEGER NOT NULL,
    -- When it may be claimed: run_at while it waits, the end of the lease while it is leased.
    due_at     INTEGER NOT NULL,
    -- While a job with this key is open, no other is added.
    unique_key TEXT,
    -- waiting, leased or dead.
    status     TEXT    NOT NULL CHECK (status IN ('waiting', 'leased', 'dead')),
    -- How often it was claimed since it was enqueued or revived.
    attempts   INTEGER NOT NULL,
    -- How often it was claimed in all: names a claim. Unlike `attempts` it never goes back.
    claims     INTEGER NOT NULL,
    -- Problem as JSON: what went wrong last.
    problem    TEXT
) STRICT;

-- Claims walk one queue in the order in which its jobs fall due, and never see the dead.
CREATE INDEX jobs_due ON jobs (queue, due_at, place) WHERE status <> 'dead';
-- One open job for a key.
CREATE UNIQUE INDEX jobs_by_unique_key ON jobs (unique_key) WHERE unique_key IS NOT NULL AND status <> 'dead';
-- The dead, newest first.
CREATE INDEX jobs_dead ON jobs (place DESC) WHERE status = 'dead';
-- The open jobs of a case.
CREATE INDEX jobs_by_case ON jobs (case_id) WHERE case_id IS NOT NULL;
