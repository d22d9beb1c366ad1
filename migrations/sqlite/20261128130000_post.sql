-- How the mailboxes stand. Conventions as in 20261124000000_office.sql.

-- 邮箱: how fetching went last, for each mailbox that was ever fetched.
CREATE TABLE mailboxes (
    -- The mailbox as the configuration calls it.
    name       TEXT    NOT NULL PRIMARY KEY,
    -- idle, polling or by_hand: how it was watched when it was fetched last.
    watched    TEXT    NOT NULL,
    -- When it was fetched last without trouble; NULL for never.
    fetched_at INTEGER,
    -- How many mails were new, altogether.
    mails      INTEGER NOT NULL,
    -- Problem as JSON, and since when it is so; NULL when it was fetched without trouble.
    trouble    TEXT,
    trouble_at INTEGER
) STRICT;

-- The drafts that nobody went on with, oldest first.
CREATE INDEX entry_drafts_by_time ON entry_drafts (saved_at);

-- What waits or is held is counted by where it stood; registered mails, which are by far the most, are passed over.
CREATE INDEX arrivals_not_registered ON arrivals (id, state_name) WHERE state_name <> 'registered';
