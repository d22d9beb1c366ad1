-- Answers that the office has published: written by a person for everybody to read, without anything that tells who petitioned.
--
-- A text that was published is never changed: it is withdrawn, with a reason, and another one is published.
CREATE TABLE published_answers (
    -- The order in which they were published.
    place             INTEGER NOT NULL PRIMARY KEY,
    -- UUID.
    id                BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    -- The case that was answered; never told to the public.
    case_id           BLOB    NOT NULL REFERENCES cases (id),
    -- What it is about.
    title             TEXT    NOT NULL,
    -- What was asked, as everybody may read it.
    question          TEXT    NOT NULL,
    -- What was answered, as everybody may read it.
    answer            TEXT    NOT NULL,
    -- Microseconds since 1970.
    published_at      INTEGER NOT NULL,
    -- Actor as JSON.
    published_by      TEXT    NOT NULL,
    -- Microseconds since 1970; null while it stands.
    withdrawn_at      INTEGER,
    -- Actor as JSON.
    withdrawn_by      TEXT,
    -- Why.
    withdrawn_because TEXT,
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL) AND (withdrawn_at IS NULL) = (withdrawn_because IS NULL))
) STRICT;

-- The answers of a case.
CREATE INDEX published_answers_by_case ON published_answers (case_id, place);

-- Those that stand, newest first.
CREATE INDEX published_answers_standing ON published_answers (place DESC) WHERE withdrawn_at IS NULL;
