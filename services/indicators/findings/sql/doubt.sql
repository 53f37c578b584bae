-- Findings of which nobody can say any more whether they hold; last seen when the rule was
-- asked before. :municipality, :release, :ids
UPDATE finding AS f
SET revision = revision + 1, changed_at = now(), outcome = 'unknown',
last_seen = coalesce(f.last_seen, (
    SELECT max(release) FROM needs_assessment AS a
    WHERE a.municipality_id = f.municipality_id AND a.rule = f.rule
      AND a.release < cast(:release AS int)), f.first_seen)
WHERE municipality_id = :municipality AND id = ANY (cast(:ids AS uuid[]))
  AND outcome <> 'unknown'
