-- The check of letters by a person, and what was put right.

-- 核对: how far the check of each letter has come.
CREATE TABLE letter_checks (
    -- SubmissionId of the letter.
    submission_id BLOB    NOT NULL PRIMARY KEY REFERENCES submissions (id),
    -- unchecked, being_checked or confirmed: the name of `state`, for filters.
    state_name    TEXT    NOT NULL CHECK (state_name IN ('unchecked', 'being_checked', 'confirmed')),
    -- StaffId of who has it open; NULL when nobody has.
    checker_id    BLOB    CHECK ((checker_id IS NOT NULL) = (state_name = 'being_checked')),
    -- Verification as JSON.
    state         TEXT    NOT NULL,
    -- How many places asked for a person when it was read; NULL when that was not counted.
    doubts        INTEGER,
    -- Draft as JSON: what was typed and is not confirmed.
    draft         TEXT    NOT NULL,
    -- Counts the changes; an update names the one it read.
    version       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The list of letters to check, and the next one.
CREATE INDEX letter_checks_by_state ON letter_checks (state_name, submission_id);

-- 更正: what people put right, in the order in which it was made.
CREATE TABLE corrections (
    -- The order.
    place         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    -- CorrectionId.
    id            BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    -- SubmissionId.
    submission_id BLOB    NOT NULL REFERENCES submissions (id),
    -- Correction as JSON.
    correction    TEXT    NOT NULL
) STRICT;

-- The corrections of a submission.
CREATE INDEX corrections_by_submission ON corrections (submission_id, place);

-- Corrections that were taken back.
CREATE TABLE correction_undos (
    -- CorrectionId.
    correction_id BLOB NOT NULL PRIMARY KEY REFERENCES corrections (id),
    -- Undone as JSON.
    undone        TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Facts are added, never changed: a slip in a statement of ours must not rewrite who put right what.
CREATE TRIGGER corrections_are_never_changed BEFORE UPDATE ON corrections
BEGIN
    SELECT RAISE(ABORT, 'corrections are append-only');
END;

CREATE TRIGGER corrections_are_never_removed BEFORE DELETE ON corrections
BEGIN
    SELECT RAISE(ABORT, 'corrections are append-only');
END;

CREATE TRIGGER correction_undos_are_never_changed BEFORE UPDATE ON correction_undos
BEGIN
    SELECT RAISE(ABORT, 'corrections are append-only');
END;

CREATE TRIGGER correction_undos_are_never_removed BEFORE DELETE ON correction_undos
BEGIN
    SELECT RAISE(ABORT, 'corrections are append-only');
END;

-- Letters that are here already wait for their check like new ones.
INSERT INTO letter_checks (submission_id, state_name, checker_id, state, doubts, draft, version)
SELECT id, 'unchecked', NULL, '{"state":"unchecked"}', NULL, '{"values":[],"saved_at":null}', 1
FROM submissions
WHERE channel = 'letter';
