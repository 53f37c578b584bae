-- Findings that a release opens. :municipality, :release, :rows
INSERT INTO finding (municipality_id, id, key, revision, visibility, rule, rule_revision, area,
                     level, title, topic, severity, state, first_seen, outcome,
                     evidence, evidence_release, indicators)
SELECT :municipality, id, key, 1, visibility, rule, rule_revision, area,
       level, title, topic, severity, 'open', cast(:release AS int), 'met',
       evidence, cast(:release AS int), indicators
FROM jsonb_to_recordset(cast(:rows AS jsonb)) AS new
     (id uuid, key text, visibility text, rule text, rule_revision int, area text, level text,
      title jsonb, topic text, severity text, evidence jsonb, indicators jsonb)
