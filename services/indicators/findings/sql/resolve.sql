-- Findings that are gone. :municipality, :release, :resolution, :ids
UPDATE finding AS f
SET revision = revision + 1, changed_at = now(), state = 'resolved', outcome = 'not_met',
    resolved_in = cast(:release AS int), resolution = :resolution,
last_seen = coalesce(f.last_seen, (
    SELECT max(release) FROM needs_assessment AS a
    WHERE a.municipality_id = f.municipality_id AND a.rule = f.rule
      AND a.release < cast(:release AS int)), f.first_seen)
WHERE municipality_id = :municipality AND id = ANY (cast(:ids AS uuid[]))
RETURNING id, key, rule, area, revision
