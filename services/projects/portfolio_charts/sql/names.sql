-- What the groups of an axis are called.
SELECT p.key, coalesce(p.short_name, p.name) AS name
FROM programme AS p
WHERE p.municipality_id = :town AND :axis = 'programme'
UNION ALL
SELECT f.key, f.title
FROM field_of_action AS f
WHERE f.municipality_id = :town AND :axis = 'field'
UNION ALL
SELECT f.key, f.name
FROM planning_field AS f
WHERE f.municipality_id = :town AND :axis = 'planning_field'
UNION ALL
SELECT t.key, t.name
FROM target_group AS t
WHERE t.municipality_id = :town AND :axis = 'target_group'
UNION ALL
SELECT r.key, r.name
FROM reference AS r
WHERE
    r.municipality_id = :town
    AND r.resource = CASE :axis WHEN 'area' THEN 'areas' WHEN 'department' THEN 'organisations' END
