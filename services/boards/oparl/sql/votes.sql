-- What was voted on at `held`, and what came of it. Who said what only where everybody may know who
-- was there; of a secret vote nobody ever does.
SELECT array_agg(v.id) || (
           SELECT array_agg(DISTINCT m.id) || array_agg(DISTINCT p.id)
           FROM vote w
           CROSS JOIN jsonb_array_elements(w.ballots) ballot
           JOIN membership m ON m.municipality_id = $1 AND m.key = ballot ->> 'membership'
           JOIN person p ON p.municipality_id = $1 AND p.key = m.person
           WHERE w.municipality_id = $1 AND w.meeting = held.meeting
             AND w.agenda_item IS NOT DISTINCT FROM held.item) AS all_of_them,
       bool_and((v.snapshot ->> 'quorate')::boolean) FILTER (WHERE v.state = 'closed') AS quorate,
       (array_agg(v.outcome ORDER BY v.snapshot ->> 'at' DESC)
           FILTER (WHERE v.state = 'closed' AND v.purpose IN ('decision', 'election')))[1]
           AS outcome,
       json_agg(json_build_object(
           'question', v.question ->> 'de',
           'purpose', v.purpose,
           'method', v.method,
           'majority', v.majority ->> 'kind',
           'majorityOf', v.majority ->> 'of',
           'yes', v.yes,
           'no', v.no,
           'abstain', v.abstain,
           'invalid', v.invalid,
           'outcome', v.outcome,
           'quorumReached', (v.snapshot ->> 'quorate')::boolean,
           'present', (v.snapshot ->> 'present')::integer,
           'votingMembers', (v.snapshot ->> 'voting_members')::integer,
           'at', oparl_moment((v.snapshot ->> 'at')::timestamptz),
           'ballots', said.ballots
       ) ORDER BY v.snapshot ->> 'at', v.id) FILTER (WHERE v.state = 'closed') AS objects
FROM vote v
CROSS JOIN LATERAL (
    SELECT json_agg(json_build_object('person', oparl_url('persons', p.id),
                                      'choice', ballot ->> 'choice') ORDER BY p.id)
               FILTER (WHERE p.visibility = 'public' AND p.erased_at IS NULL
                       AND m.visibility = 'public' AND v.method <> 'secret'
                       AND v.snapshot ->> 'attendance_visibility' = 'public') AS ballots
    FROM jsonb_array_elements(v.ballots) ballot
    JOIN membership m ON m.municipality_id = $1 AND m.key = ballot ->> 'membership'
    JOIN person p ON p.municipality_id = $1 AND p.key = m.person) said
WHERE v.municipality_id = $1 AND v.visibility = 'public' AND v.meeting = held.meeting
  AND v.agenda_item IS NOT DISTINCT FROM held.item
