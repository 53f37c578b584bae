-- How many figures are hidden for which reason. $1 municipality, $2 release or null for now
SELECT rule, count(*)::int FROM published
WHERE municipality_id = $1 AND status = 'confidential' AND rule <> ''
  AND CASE WHEN $2::int IS NULL THEN release_to IS NULL
           ELSE release_from <= $2 AND coalesce(release_to > $2, true) END
GROUP BY rule ORDER BY rule
