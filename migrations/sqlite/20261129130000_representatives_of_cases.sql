-- A single case may be a joint petition too: a letter that many signed. Its representatives stand beside those of groups.
CREATE TABLE representatives_of_both (
    -- The order in which they were named.
    place         INTEGER NOT NULL PRIMARY KEY,
    -- The group for which this person speaks, or
    group_id      BLOB    REFERENCES groups (id) ON DELETE CASCADE,
    -- the case.
    case_id       BLOB    REFERENCES cases (id),
    -- The submission with the person.
    submission_id BLOB    NOT NULL REFERENCES submissions (id),
    -- Which of its petitioners, from 1.
    petitioner    INTEGER NOT NULL CHECK (petitioner > 0),
    -- Microseconds since 1970.
    named_at      INTEGER NOT NULL,
    -- Actor as JSON.
    named_by      TEXT    NOT NULL,
    CHECK ((group_id IS NULL) <> (case_id IS NULL)),
    UNIQUE (group_id, submission_id, petitioner),
    UNIQUE (case_id, submission_id, petitioner)
) STRICT;

INSERT INTO representatives_of_both (place, group_id, submission_id, petitioner, named_at, named_by)
SELECT place, group_id, submission_id, petitioner, named_at, named_by FROM representatives;

DROP TABLE representatives;
ALTER TABLE representatives_of_both RENAME TO representatives;

-- For sealing: what a submission's petitioners speak for.
CREATE INDEX representatives_by_submission ON representatives (submission_id);
