-- A public paper (Vorlage, Drucksache), its files and its way through the bodies.
SELECT p.id,
       p.visibility = 'public' AS public,
       json_build_object(
           'body', oparl_url('bodies', oparl_uuid('body')),
           'name', p.title ->> 'de',
           'reference', p.reference,
           'date', p.dated_on,
           'paperType', coalesce(p.kind_label, CASE p.kind
               WHEN 'resolution_proposal' THEN 'Beschlussvorlage'
               WHEN 'information' THEN 'Informationsvorlage'
               WHEN 'report' THEN 'Bericht'
               WHEN 'motion' THEN 'Antrag'
               WHEN 'amendment' THEN 'Änderungsantrag'
               WHEN 'inquiry' THEN 'Anfrage'
               WHEN 'answer' THEN 'Beantwortung einer Anfrage'
               WHEN 'recommendation' THEN 'Empfehlung'
               WHEN 'statement' THEN 'Stellungnahme' END),
           'relatedPaper', papers.related,
           'superordinatedPaper', papers.superordinate,
           'subordinatedPaper', below.urls,
           'mainFile', files.main,
           'originatorPerson', persons.urls,
           'underDirectionOf', organisations.directing,
           'originatorOrganization', organisations.originating,
           'keyword', nullif(p.topics, '[]'),
           'consultation', way.objects,
           'Planraum:fundedProject', funded.urls) AS content,
       json_build_object('auxiliaryFile', files.others) AS internal,
       NULL::json AS apart,
       NULL::json AS back,
       '{}'::uuid[] AS lists,
       NULL::date AS due,
       p.id || below.all_of_them || papers.all_of_them || files.all_of_them
           || persons.all_of_them || organisations.all_of_them || way.all_of_them AS sources
FROM paper p
LEFT JOIN (
    SELECT above.key, array_agg(o.id) AS all_of_them,
           json_agg(oparl_url('papers', o.id) ORDER BY o.id)
               FILTER (WHERE o.visibility = 'public') AS urls
    FROM paper o CROSS JOIN jsonb_array_elements_text(o.superordinate) above (key)
    WHERE o.municipality_id = $1 GROUP BY above.key) below ON below.key = p.key
CROSS JOIN LATERAL (
    SELECT array_agg(o.id) AS all_of_them,
           json_agg(oparl_url('papers', o.id) ORDER BY o.id)
               FILTER (WHERE o.visibility = 'public' AND p.related ? o.key) AS related,
           json_agg(oparl_url('papers', o.id) ORDER BY o.id)
               FILTER (WHERE o.visibility = 'public' AND p.superordinate ? o.key) AS superordinate
    FROM paper o
    WHERE o.municipality_id = $1
      AND o.key IN (SELECT jsonb_array_elements_text(p.related || p.superordinate))) papers
CROSS JOIN LATERAL (
    SELECT array_agg(o.id) AS all_of_them,
           json_agg(oparl_url('persons', o.id) ORDER BY o.id)
               FILTER (WHERE o.visibility = 'public' AND o.erased_at IS NULL) AS urls
    FROM person o
    WHERE o.municipality_id = $1
      AND o.key IN (SELECT jsonb_array_elements_text(p.originator_persons))) persons
CROSS JOIN LATERAL (
    SELECT array_agg(o.id) AS all_of_them,
           json_agg(oparl_url('organizations', o.id) ORDER BY o.kind, o.place)
               FILTER (WHERE o.visibility = 'public' AND o.kind < 3) AS originating,
           json_agg(oparl_url('organizations', o.id) ORDER BY o.place)
               FILTER (WHERE o.visibility = 'public' AND o.kind = 3) AS directing
    FROM (SELECT o.id, o.visibility, 1 AS kind, named.place
          FROM jsonb_array_elements_text(p.originator_organisations)
               WITH ORDINALITY named (key, place)
          JOIN organisation o ON o.municipality_id = $1 AND o.key = named.key
          UNION ALL
          SELECT o.id, o.visibility, 2, named.place
          FROM jsonb_array_elements_text(p.originator_bodies) WITH ORDINALITY named (key, place)
          JOIN body o ON o.municipality_id = $1 AND o.key = named.key
          UNION ALL
          SELECT o.id, o.visibility, 3, named.place
          FROM jsonb_array_elements_text(p.under_direction_of) WITH ORDINALITY named (key, place)
          JOIN organisation o ON o.municipality_id = $1 AND o.key = named.key) o) organisations
CROSS JOIN LATERAL (
    SELECT array_agg(c.id) AS all_of_them,
           json_agg(shown.part ORDER BY c.position) FILTER (WHERE shown.part IS NOT NULL)
               AS objects
    FROM consultation c
    LEFT JOIN LATERAL (
        SELECT oparl_part(o) AS part FROM oparl_object o
        WHERE o.municipality_id = $1 AND o.type = 'Consultation' AND o.id = c.id AND NOT o.deleted
        LIMIT 1) shown ON true
    WHERE c.municipality_id = $1 AND c.paper = p.key) way
CROSS JOIN LATERAL (
    SELECT json_agg(chr(2) || named.path || named.key ORDER BY named.path DESC, named.place) AS urls
    FROM (SELECT '/projects/' AS path, key, place
          FROM jsonb_array_elements_text(coalesce(p.funded -> 'public_projects', '[]'))
               WITH ORDINALITY one (key, place)
          UNION ALL
          SELECT '/measures/', key, place
          FROM jsonb_array_elements_text(coalesce(p.funded -> 'public_measures', '[]'))
               WITH ORDINALITY one (key, place)) named) funded
CROSS JOIN LATERAL (SELECT 'paper' AS kind, p.key, ARRAY['main'] AS roles) subject
CROSS JOIN LATERAL (:files) files
WHERE p.municipality_id = $1 AND p.id :those
