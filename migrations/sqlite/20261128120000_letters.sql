-- Letters whose pages were read again. Conventions as in 20261124000000_office.sql.

-- 重新识别: what a registered letter says since pages of it that had been set aside were read again. The row of the submission itself
-- is never changed: the latest reading stands in its place.
CREATE TABLE later_readings (
    -- The order in which they were read.
    place         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    -- SubmissionId.
    submission_id BLOB    NOT NULL REFERENCES submissions (id),
    -- Statement as JSON.
    statement     TEXT    NOT NULL,
    -- A list of StoredFile as JSON.
    files         TEXT    NOT NULL,
    -- When.
    read_at       INTEGER NOT NULL
) STRICT;

-- The latest reading of a submission.
CREATE INDEX later_readings_by_submission ON later_readings (submission_id, place);

-- Where corrections stand in a later reading: its lines and values may have other places than when they were put right.
CREATE TABLE moved_corrections (
    -- The order.
    place         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    -- CorrectionId.
    correction_id BLOB    NOT NULL REFERENCES corrections (id),
    -- Correction as JSON, as it was made but for its place.
    correction    TEXT    NOT NULL
) STRICT;

-- Where a correction stands now.
CREATE INDEX moved_corrections_by_correction ON moved_corrections (correction_id, place);

-- Facts are added, never changed.
CREATE TRIGGER later_readings_are_never_changed BEFORE UPDATE ON later_readings
BEGIN
    SELECT RAISE(ABORT, 'readings are append-only');
END;

CREATE TRIGGER later_readings_are_never_removed BEFORE DELETE ON later_readings
BEGIN
    SELECT RAISE(ABORT, 'readings are append-only');
END;

CREATE TRIGGER moved_corrections_are_never_changed BEFORE UPDATE ON moved_corrections
BEGIN
    SELECT RAISE(ABORT, 'corrections are append-only');
END;

CREATE TRIGGER moved_corrections_are_never_removed BEFORE DELETE ON moved_corrections
BEGIN
    SELECT RAISE(ABORT, 'corrections are append-only');
END;
