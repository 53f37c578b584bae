-- The newest results, up to a day, of indices on levels of areas.
-- :municipality, :indices, :levels (columns of what is asked for), :on
SELECT w.index_key, w.level, r.area, r.period, r.excluded,
       r.class_code AS status, r.dynamics_class AS dynamics, r.group_code AS "group"
FROM unnest(cast(:indices AS text[]), cast(:levels AS text[])) AS w (index_key, level)
JOIN index_result AS r
  ON r.municipality_id = :municipality AND r.index_key = w.index_key AND r.level = w.level
 AND r.release_to IS NULL
WHERE (r.period_end, r.period) = (
    SELECT n.period_end, n.period FROM index_result AS n
    WHERE n.municipality_id = :municipality AND n.index_key = w.index_key AND n.level = w.level
      AND n.period_end <= :on AND n.release_to IS NULL
    ORDER BY n.period_end DESC, n.period DESC LIMIT 1)
