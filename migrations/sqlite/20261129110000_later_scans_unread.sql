-- The pages of a later scan that could not be read: shown beside it, and read again when a person asks. What was read then is a row of
-- its own with the same arrival; the newest one stands.
ALTER TABLE later_scans ADD COLUMN
    -- A list of UnreadPage as JSON.
    unread TEXT NOT NULL DEFAULT '[]';

-- Of the scans that are there, what the ledger of their pages says.
UPDATE later_scans SET unread = (
    SELECT json_group_array(json_object('page', page, 'problem', json(problem)))
    FROM (SELECT page, problem FROM page_readings r
          WHERE r.arrival_id = later_scans.arrival_id AND r.problem IS NOT NULL ORDER BY r.page)
);
