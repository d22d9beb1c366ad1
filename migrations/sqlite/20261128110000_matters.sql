-- Same matter and related follow from the decisions themselves.
--
-- Until now a case was a member of a group, and a link named two cases, as they stood when a person decided. After a join or its
-- undoing such a row named the wrong case, and a member for whom two findings spoke lost its place when one of them was taken back.
-- Now a group holds the findings that a person confirmed, a link is a confirmed finding, and the cases are those to which the two
-- submissions belong at the moment of asking.

-- Which confirmed finding of the same matter stands in which group.
CREATE TABLE groupings (
    -- The order in which findings came into groups.
    place      INTEGER NOT NULL PRIMARY KEY,
    -- The finding; it stands in one group.
    finding_id BLOB    NOT NULL UNIQUE REFERENCES findings (id),
    -- The group.
    group_id   BLOB    NOT NULL REFERENCES groups (id)
) STRICT;

-- The findings of a group, in their order.
CREATE INDEX groupings_by_group ON groupings (group_id, place);

INSERT INTO groupings (place, finding_id, group_id)
SELECT place, finding_id, group_id FROM group_members WHERE finding_id IS NOT NULL;

-- Actor as JSON: whose decision formed the group.
ALTER TABLE groups ADD COLUMN formed_by TEXT NOT NULL DEFAULT '{"actor":"system"}';

UPDATE groups SET formed_by = coalesce(
    (SELECT json_extract(f.decision, '$.by') FROM groupings k JOIN findings f ON f.id = k.finding_id
     WHERE k.group_id = groups.id ORDER BY k.place LIMIT 1),
    formed_by);

DROP TABLE group_members;
DROP TABLE case_links;

-- A group that no decision holds is none.
DELETE FROM groups WHERE NOT EXISTS (SELECT 1 FROM groupings k WHERE k.group_id = groups.id);

-- The groups formed in a period, newest first.
CREATE INDEX groups_by_time ON groups (formed_at DESC, id DESC);
