-- What came of item `i`: valid resolutions and recommendations that everybody may read, on which
-- figures they rest, whose recommendations they answer, what they end or were ended by, and how far
-- they are carried out.
WITH taken AS (
    SELECT r.id, r.key, true AS decides, r.text ->> 'de' AS text, b.id AS body,
           r.valid AND 'public' = ALL(ARRAY[r.visibility, b.visibility]) AS shown
    FROM resolution r JOIN body b ON b.municipality_id = $1 AND b.key = r.body
    WHERE r.municipality_id = $1 AND r.agenda_item = i.key
    UNION ALL
    SELECT r.id, r.key, false, r.text ->> 'de', b.id,
           r.valid AND 'public' = ALL(ARRAY[r.visibility, b.visibility])
    FROM recommendation r JOIN body b ON b.municipality_id = $1 AND b.key = r.body
    WHERE r.municipality_id = $1 AND r.agenda_item = i.key
), figures AS (
    SELECT e.id, t.shown AND e.visibility = 'public' AS shown, json_build_object(
               'indicator', chr(2) || '/indicators/' || e.indicator,
               'name', e.name ->> 'de', 'area', e.area, 'period', e.period,
               'breakdown', nullif(e.breakdown, ''), 'value', e.value, 'unit', e.unit ->> 'de',
               'release', e.release) AS figure
    FROM taken t
    JOIN evidence e ON e.municipality_id = $1
        AND CASE WHEN t.decides THEN e.resolution ELSE e.recommendation END = t.key
), tasks AS (
    SELECT m.id, m.state, t.shown AND m.visibility = 'public' AS shown
    FROM taken t JOIN implementation m ON m.municipality_id = $1 AND m.resolution = t.key
    WHERE t.decides
), answered AS (
    SELECT advice.id, b.id AS body, item.id AS item, meeting.id AS meeting, mb.id AS meeting_body,
           t.shown AND advice.valid AND 'public' = ALL(ARRAY[
               advice.visibility, b.visibility, item.visibility, meeting.visibility, mb.visibility])
               AS shown,
           json_build_object(
               'organization', oparl_url('organizations', b.id),
               'agendaItem', oparl_url('agenda-items', item.id),
               'answer', said.kind,
               'reason', said.reason) AS answer
    FROM taken t
    JOIN resolution_response said ON said.municipality_id = $1 AND said.resolution = t.key
    JOIN recommendation advice ON advice.municipality_id = $1 AND advice.key = said.recommendation
    JOIN body b ON b.municipality_id = $1 AND b.key = advice.body
    JOIN agenda_item item ON item.municipality_id = $1 AND item.key = advice.agenda_item
    JOIN meeting ON meeting.municipality_id = $1 AND meeting.key = item.meeting
    JOIN body mb ON mb.municipality_id = $1 AND mb.key = meeting.body
    WHERE t.decides
), endings AS (
    -- What ended them and what they ended, while it holds; an item is named that everybody may read.
    SELECT other.id, b.id AS body, item.id AS item, meeting.id AS meeting, mb.id AS meeting_body,
           said.ended = t.key AS by_it,
           t.shown AND other.valid AND (said.ended = t.key OR open.item) AS shown,
           json_build_object(
               'kind', said.kind,
               'from', said.ends_from,
               'agendaItem', CASE WHEN open.item THEN oparl_url('agenda-items', item.id) END) AS ending
    FROM taken t
    JOIN resolution_ending said ON said.municipality_id = $1
        AND (said.ended = t.key OR said.resolution = t.key)
    JOIN resolution other ON other.municipality_id = $1 AND other.key <> t.key
        AND other.key IN (said.ended, said.resolution)
    JOIN body b ON b.municipality_id = $1 AND b.key = other.body
    JOIN agenda_item item ON item.municipality_id = $1 AND item.key = other.agenda_item
    JOIN meeting ON meeting.municipality_id = $1 AND meeting.key = item.meeting
    JOIN body mb ON mb.municipality_id = $1 AND mb.key = meeting.body
    CROSS JOIN LATERAL (SELECT 'public' = ALL(ARRAY[
        other.visibility, b.visibility, item.visibility, meeting.visibility, mb.visibility])
        AS item) open
    WHERE t.decides
)
SELECT ARRAY(SELECT id FROM taken UNION SELECT body FROM taken UNION SELECT id FROM figures
             UNION SELECT id FROM tasks UNION SELECT id FROM answered
             UNION SELECT unnest(ARRAY[body, item, meeting, meeting_body]) FROM answered
             UNION SELECT unnest(ARRAY[id, body, item, meeting, meeting_body]) FROM endings)
           AS all_of_them,
       (SELECT string_agg(text, E'\n\n' ORDER BY id) FROM taken WHERE decides AND shown) AS resolution,
       (SELECT string_agg(text, E'\n\n' ORDER BY id) FROM taken WHERE NOT decides AND shown)
           AS recommendation,
       (SELECT json_agg(figure ORDER BY id) FROM figures WHERE shown) AS figures,
       (SELECT json_agg(answer ORDER BY id) FROM answered WHERE shown) AS answers,
       (SELECT json_agg(ending ORDER BY id) FROM endings WHERE shown AND by_it) AS ended_by,
       (SELECT json_agg(ending ORDER BY id) FROM endings WHERE shown AND NOT by_it) AS ends,
       (SELECT CASE WHEN bool_and(state IN ('done', 'dropped')) THEN 'done'
                    WHEN bool_or(state IN ('done', 'in_progress')) THEN 'in_progress'
                    WHEN count(*) > 0 THEN 'open' END
        FROM tasks WHERE shown) AS carried_out
