"""A body turns a matter down: resolutions that rest on a vote that was rejected"""

from alembic import op

from services.kit import ddl

revision = "b_refusals"
down_revision = "b_entries"
branch_labels = None
depends_on = None

RESTS_ON_A_VOTE = """
    CREATE OR REPLACE FUNCTION boards.rests_on_a_vote() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT EXISTS (
            SELECT FROM boards.vote v
            WHERE v.municipality_id = NEW.municipality_id AND v.key = NEW.vote
            AND v.body = NEW.body AND v.meeting = NEW.meeting AND v.agenda_item = NEW.agenda_item
            AND (NOT NEW.valid OR (v.purpose = 'decision' AND v.state = 'closed'
                AND v.outcome = {wanted} AND (v.snapshot->>'quorate')::boolean)))
        THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA,
                TABLE = TG_TABLE_NAME, CONSTRAINT = 'ck_' || TG_TABLE_NAME || '_rests_on_a_vote',
                MESSAGE = 'it rests on no vote of the body that was quorate and {carried}';
        END IF;
        RETURN NEW;
    END $$"""
BY_KIND = "CASE to_jsonb(NEW) ->> 'kind' WHEN 'refusal' THEN 'rejected' ELSE 'adopted' END"
AS_THE_VOTE_SAYS = """
    CREATE OR REPLACE FUNCTION boards.vote_carries() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        {declared}
    BEGIN
        UPDATE boards.recommendation
        SET valid = adopted, revision = revision + 1, changed_at = now()
        WHERE municipality_id = NEW.municipality_id AND vote = NEW.key AND valid <> adopted;
        UPDATE boards.act
        SET valid = adopted, revision = revision + 1, changed_at = now()
        WHERE municipality_id = NEW.municipality_id AND vote = NEW.key AND valid <> adopted;
        UPDATE boards.resolution
        SET valid = {holds}, revision = revision + 1, changed_at = now()
        WHERE municipality_id = NEW.municipality_id AND vote = NEW.key AND valid <> {holds};
        RETURN NULL;
    END $$"""
ADOPTED = "adopted boolean := NEW.state = 'closed' AND NEW.outcome IS NOT DISTINCT FROM 'adopted';"
REJECTED = """
        rejected boolean := NEW.state = 'closed' AND NEW.outcome IS NOT DISTINCT FROM 'rejected';"""
HOLDS = "CASE kind WHEN 'refusal' THEN rejected ELSE adopted END"


def _rests_on_a_vote(columns: str) -> None:
    op.execute("DROP TRIGGER rests_on_a_vote ON boards.resolution")
    op.execute(f"""
        CREATE TRIGGER rests_on_a_vote BEFORE INSERT OR UPDATE OF {columns} ON boards.resolution
        FOR EACH ROW EXECUTE FUNCTION boards.rests_on_a_vote()""")


def _kinds(*kinds: str) -> None:
    op.drop_constraint(op.f("ck_resolution_kind"), "resolution", schema="boards", type_="check")
    known = ", ".join(f"'{kind}'" for kind in kinds)
    op.create_check_constraint(
        op.f("ck_resolution_kind"), "resolution", f"kind IN ({known})", schema="boards"
    )


def upgrade() -> None:
    _kinds("decision", "legitimation", "refusal")
    op.execute(RESTS_ON_A_VOTE.format(wanted=BY_KIND, carried="went the way it says"))
    _rests_on_a_vote("vote, body, meeting, agenda_item, valid, kind")
    op.execute(AS_THE_VOTE_SAYS.format(holds=HOLDS, declared=ADOPTED + REJECTED))


def downgrade() -> None:
    unknown = """
        UPDATE boards.resolution
        SET valid = false, kind = 'decision', revision = revision + 1, changed_at = now()
        WHERE municipality_id = town AND kind = 'refusal'"""
    op.execute(ddl.in_every_town("boards", unknown))
    op.execute(AS_THE_VOTE_SAYS.format(holds="adopted", declared=ADOPTED))
    _rests_on_a_vote("vote, body, meeting, agenda_item, valid")
    op.execute(RESTS_ON_A_VOTE.format(wanted="'adopted'", carried="adopted"))
    _kinds("decision", "legitimation")
