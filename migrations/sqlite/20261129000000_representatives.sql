-- Who speaks for the petitioners of a group: chosen by them, written down by an officer, at most five.
--
-- Only what stands now; who was named and taken back when stands in the events.
CREATE TABLE representatives (
    -- The order in which they were named.
    place         INTEGER NOT NULL PRIMARY KEY,
    -- The group for which this person speaks.
    group_id      BLOB    NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    -- The submission with the person.
    submission_id BLOB    NOT NULL REFERENCES submissions (id),
    -- Which of its petitioners, from 1.
    petitioner    INTEGER NOT NULL CHECK (petitioner > 0),
    -- Microseconds since 1970.
    named_at      INTEGER NOT NULL,
    -- Actor as JSON.
    named_by      TEXT    NOT NULL,
    UNIQUE (group_id, submission_id, petitioner)
) STRICT;

-- For sealing: what a submission's petitioners speak for.
CREATE INDEX representatives_by_submission ON representatives (submission_id);
