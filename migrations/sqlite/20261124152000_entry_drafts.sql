-- 代登草稿: what staff are entering in a petitioner's name and have not registered yet.
CREATE TABLE entry_drafts (
    -- EntryDraftId.
    id       BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    -- StaffId of who enters it.
    staff_id BLOB    NOT NULL REFERENCES staff (id),
    -- Microseconds since 1970.
    saved_at INTEGER NOT NULL,
    -- Counts the changes; an update names the one it read.
    version  INTEGER NOT NULL CHECK (version > 0),
    -- EntryContent as JSON.
    content  TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

-- The drafts of one person, the last one first.
CREATE INDEX entry_drafts_by_staff ON entry_drafts (staff_id, saved_at);
