"""An amendment is void when the vote that adopted it is"""

import sqlalchemy as sa
from alembic import op

from services.kit import ddl

revision = "b_amendments_follow"
down_revision = "b_offsets"
branch_labels = None
depends_on = None

AS_THE_VOTE_SAYS = """
    CREATE FUNCTION boards.amendment_as_the_vote_says() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        adopted boolean := NEW.state = 'closed' AND NEW.outcome IS NOT DISTINCT FROM 'adopted';
    BEGIN
        UPDATE boards.amendment
        SET state = CASE WHEN adopted THEN 'adopted' ELSE 'void' END,
            revision = revision + 1, changed_at = now()
        WHERE municipality_id = NEW.municipality_id AND vote = NEW.key
        AND state = CASE WHEN adopted THEN 'void' ELSE 'adopted' END;
        RETURN NULL;
    END $$"""
ADOPTED_BY_VOTE = """
    CREATE FUNCTION boards.amendment_adopted_by_vote() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.state = 'adopted' AND NEW.vote IS NOT NULL AND NOT EXISTS (
            SELECT FROM boards.vote v
            WHERE v.municipality_id = NEW.municipality_id AND v.key = NEW.vote
            AND v.purpose = 'decision' AND v.state = 'closed' AND v.outcome = 'adopted'
            AND (v.snapshot->>'quorate')::boolean)
        THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', SCHEMA = 'boards',
                TABLE = 'amendment', CONSTRAINT = 'ck_amendment_adopted_by_vote',
                MESSAGE = 'it was adopted by no vote that holds';
        END IF;
        RETURN NEW;
    END $$"""
STATES = ("state IN ('proposed', 'adopted', {void}'rejected', 'withdrawn')", "state")
VOTE = ("vote IS NULL OR state IN ('adopted'{void})", "vote")
REASON = ("state NOT IN ('rejected', 'withdrawn') OR reason IS NOT NULL", "reason")
REASON_BEFORE = ("state IN ('proposed', 'adopted') OR reason IS NOT NULL", "reason")


def _checked(condition: str, name: str) -> None:
    op.drop_constraint(op.f(f"ck_amendment_{name}"), "amendment", schema="boards", type_="check")
    op.create_check_constraint(
        op.f(f"ck_amendment_{name}"), "amendment", condition, schema="boards"
    )


def upgrade() -> None:
    op.add_column(
        "paper_version", sa.Column("instead_of", sa.String(), nullable=True), schema="boards"
    )
    _checked(STATES[0].format(void="'void', "), STATES[1])
    _checked(VOTE[0].format(void=", 'void'"), VOTE[1])
    _checked(*REASON)
    op.execute(AS_THE_VOTE_SAYS)
    void = """
        UPDATE boards.amendment a SET state = 'void', revision = a.revision + 1, changed_at = now()
        FROM boards.vote v
        WHERE a.municipality_id = town AND v.municipality_id = town AND v.key = a.vote
        AND v.outcome <> 'adopted'"""
    op.execute(ddl.in_every_town("boards", void))
    op.execute(ADOPTED_BY_VOTE)
    op.execute("""
        CREATE TRIGGER carries_amendments AFTER UPDATE OF outcome, state ON boards.vote
        FOR EACH ROW EXECUTE FUNCTION boards.amendment_as_the_vote_says()""")
    op.execute("""
        CREATE TRIGGER adopted_by_vote BEFORE INSERT OR UPDATE OF vote, state ON boards.amendment
        FOR EACH ROW EXECUTE FUNCTION boards.amendment_adopted_by_vote()""")


def downgrade() -> None:
    op.execute("DROP TRIGGER adopted_by_vote ON boards.amendment")
    op.execute("DROP TRIGGER carries_amendments ON boards.vote")
    op.execute("DROP FUNCTION boards.amendment_adopted_by_vote()")
    op.execute("DROP FUNCTION boards.amendment_as_the_vote_says()")
    adopted = """
        UPDATE boards.amendment SET state = 'adopted', revision = revision + 1, changed_at = now()
        WHERE municipality_id = town AND state = 'void'"""
    op.execute(ddl.in_every_town("boards", adopted))
    _checked(*REASON_BEFORE)
    _checked(VOTE[0].format(void=""), VOTE[1])
    _checked(STATES[0].format(void=""), STATES[1])
    op.drop_column("paper_version", "instead_of", schema="boards")
