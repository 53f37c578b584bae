-- Findings that go on, as far as anything about them changed. :municipality, :release, :rows
UPDATE finding AS f
SET revision = f.revision + 1, changed_at = now(), outcome = 'met', last_seen = NULL,
    visibility = n.visibility, rule_revision = n.rule_revision, level = n.level,
    title = n.title, topic = n.topic, severity = n.severity, indicators = n.indicators,
    evidence = n.evidence, evidence_release = CASE
        WHEN f.evidence = n.evidence THEN f.evidence_release ELSE cast(:release AS int) END
FROM jsonb_to_recordset(cast(:rows AS jsonb)) AS n
     (id uuid, visibility text, rule_revision int, level text, title jsonb, topic text,
      severity text, evidence jsonb, indicators jsonb)
WHERE f.municipality_id = :municipality AND f.id = n.id
  AND (f.outcome, f.visibility, f.rule_revision, f.evidence)
      IS DISTINCT FROM ('met', n.visibility, n.rule_revision, n.evidence)
