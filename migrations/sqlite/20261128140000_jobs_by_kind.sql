-- Look-ups ask for the submissions that are registered and not indexed yet, at each key that an operator types: they must not read
-- every job that waits after a large intake.
CREATE INDEX jobs_by_kind ON jobs (kind, place);
