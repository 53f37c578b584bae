-- To which groups of an axis each project belongs, by its measures, those that name one of its
-- grants, and its sites.
WITH done AS (
    SELECT m.project, m.goal, m.planning_fields, m.areas, m.target_groups, m.department
    FROM measure AS m
    WHERE m.municipality_id = :town AND m.project IS NOT NULL
    UNION ALL
    SELECT g.project, m.goal, m.planning_fields, m.areas, m.target_groups, m.department
    FROM measure AS m
    CROSS JOIN jsonb_array_elements_text(m.grants) AS named (key)
    INNER JOIN "grant" AS g ON g.municipality_id = m.municipality_id AND g.key = named.key
    WHERE m.municipality_id = :town
)
SELECT DISTINCT project, "group"
FROM (
    SELECT done.project, goal.field_of_action AS "group"
    FROM done
    INNER JOIN goal ON goal.municipality_id = :town AND goal.key = done.goal
    WHERE :axis = 'field'
    UNION ALL
    SELECT project, department FROM done
    WHERE :axis = 'department'
    UNION ALL
    SELECT done.project, one.key
    FROM done
    CROSS JOIN jsonb_array_elements_text(CASE :axis
        WHEN 'planning_field' THEN done.planning_fields
        WHEN 'area' THEN done.areas
        WHEN 'target_group' THEN done.target_groups
        ELSE '[]'
    END) AS one (key)
    UNION ALL
    SELECT p.key, site.value ->> 'area'
    FROM project AS p, jsonb_array_elements(p.sites) AS site
    WHERE p.municipality_id = :town AND :axis = 'area'
) AS found
WHERE "group" IS NOT NULL
ORDER BY project, "group"
