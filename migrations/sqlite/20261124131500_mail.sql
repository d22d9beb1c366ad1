-- Mail: where each one stood, and what we wrote to petitioners. Conventions as in 20261124000000_office.sql.

-- 邮件所在: the mailboxes in which a mail stood, and the addresses to which a mail server handed it.
CREATE TABLE mail_places (
    -- The order in which places were noted.
    place      INTEGER NOT NULL PRIMARY KEY,
    -- The mail.
    arrival_id BLOB    NOT NULL REFERENCES arrivals (id),
    -- The mailbox as the configuration calls it, or an address.
    mailbox    TEXT    NOT NULL,
    -- UIDVALIDITY and UID in the mailbox; NULL for a mail that was handed over.
    validity   INTEGER,
    uid        INTEGER,
    -- When it was seen there.
    noted_at   INTEGER NOT NULL
) STRICT;

-- A mail is looked up by what its mailbox calls it, and noted once.
CREATE UNIQUE INDEX mail_places_by_uid ON mail_places (mailbox, validity, uid) WHERE uid IS NOT NULL;
-- The places of a mail; an address is noted once for each.
CREATE INDEX mail_places_by_arrival ON mail_places (arrival_id, place);
CREATE UNIQUE INDEX mail_places_handed_over ON mail_places (arrival_id, mailbox) WHERE uid IS NULL;

-- 通知: mails of ours to petitioners.
CREATE TABLE notices (
    -- NoticeId.
    id            BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    -- The submission that it answers.
    submission_id BLOB    NOT NULL REFERENCES submissions (id),
    -- The case that was opened for the submission.
    case_id       BLOB    NOT NULL REFERENCES cases (id),
    -- acknowledgement or supplement.
    kind          TEXT    NOT NULL,
    -- zh or en.
    language      TEXT    NOT NULL,
    -- Keyed hash of the address.
    recipient     TEXT    NOT NULL,
    -- When it was decided.
    made_at       INTEGER NOT NULL,
    -- Delivery as JSON.
    delivery      TEXT    NOT NULL
) STRICT;

-- The notices about a submission, oldest first.
CREATE INDEX notices_by_submission ON notices (submission_id, made_at, id);
-- The check of the foreign key.
CREATE INDEX notices_by_case ON notices (case_id);
-- How many went to one address lately.
CREATE INDEX notices_by_recipient ON notices (recipient, made_at);
