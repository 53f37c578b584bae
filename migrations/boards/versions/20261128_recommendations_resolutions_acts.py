"""Recommendations, resolutions, what they rest on and what becomes of them"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "e9d43280edea"
down_revision = "8e4bd38ccf6e"
branch_labels = None
depends_on = None

RESTS_ON_A_VOTE = """
    CREATE FUNCTION boards.rests_on_a_vote() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT EXISTS (
            SELECT FROM boards.vote v
            WHERE v.municipality_id = NEW.municipality_id AND v.key = NEW.vote
            AND v.body = NEW.body AND v.meeting = NEW.meeting AND v.agenda_item = NEW.agenda_item
            AND (NOT NEW.valid OR (v.purpose = 'decision' AND v.state = 'closed'
                AND v.outcome = 'adopted' AND (v.snapshot->>'quorate')::boolean)))
        THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA,
                TABLE = TG_TABLE_NAME, CONSTRAINT = 'ck_' || TG_TABLE_NAME || '_rests_on_a_vote',
                MESSAGE = 'it rests on no vote of the body that was quorate and adopted';
        END IF;
        RETURN NEW;
    END $$"""
DECIDED_BY_MANDATE = """
    CREATE FUNCTION boards.resolution_by_mandate() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT EXISTS (
            SELECT FROM boards.body b
            WHERE b.municipality_id = NEW.municipality_id AND b.key = NEW.body
            AND b.mandates @> '["decides"]' AND (NEW.kind <> 'legitimation' OR b.kind = 'council'))
        OR EXISTS (
            SELECT FROM boards.consultation c
            WHERE c.municipality_id = NEW.municipality_id AND c.key = NEW.consultation
            AND c.role <> 'decides')
        THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', SCHEMA = 'boards',
                TABLE = 'resolution', CONSTRAINT = 'ck_resolution_by_mandate',
                MESSAGE = 'the body does not decide this';
        END IF;
        RETURN NEW;
    END $$"""
DONE_BY_POWER = """
    CREATE FUNCTION boards.act_by_power() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT EXISTS (
            SELECT FROM boards.power p
            JOIN boards.body b ON b.municipality_id = p.municipality_id AND b.key = p.body
            WHERE p.municipality_id = NEW.municipality_id AND p.key = NEW.power
            AND p.body = NEW.body AND p.kind = NEW.kind
            AND NEW.decided_on >= coalesce(p.starts_on, NEW.decided_on)
            AND NEW.decided_on <= coalesce(p.ends_on, NEW.decided_on)
            AND (b.mandates @> '["decides"]' OR b.mandates @> '["steers"]'))
        THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', SCHEMA = 'boards',
                TABLE = 'act', CONSTRAINT = 'ck_act_by_power',
                MESSAGE = 'the body does not have this power';
        END IF;
        RETURN NEW;
    END $$"""
AS_THE_VOTE_SAYS = """
    CREATE FUNCTION boards.vote_carries() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        adopted boolean := NEW.state = 'closed' AND NEW.outcome IS NOT DISTINCT FROM 'adopted';
    BEGIN
        UPDATE boards.recommendation
        SET valid = adopted, revision = revision + 1, changed_at = now()
        WHERE municipality_id = NEW.municipality_id AND vote = NEW.key AND valid <> adopted;
        UPDATE boards.act
        SET valid = adopted, revision = revision + 1, changed_at = now()
        WHERE municipality_id = NEW.municipality_id AND vote = NEW.key AND valid <> adopted;
        UPDATE boards.resolution
        SET valid = adopted, revision = revision + 1, changed_at = now()
        WHERE municipality_id = NEW.municipality_id AND vote = NEW.key AND valid <> adopted;
        RETURN NULL;
    END $$"""
AS_THE_RESOLUTION_SAYS = """
    CREATE FUNCTION boards.resolution_carries() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE boards.paper p
        SET state = CASE WHEN NEW.valid THEN 'decided' ELSE 'submitted' END,
            revision = revision + 1, changed_at = now()
        WHERE p.municipality_id = NEW.municipality_id AND p.key = NEW.paper
        AND p.state = CASE WHEN NEW.valid THEN 'submitted' ELSE 'decided' END
        AND NOT EXISTS (
            SELECT FROM boards.consultation c
            WHERE c.municipality_id = p.municipality_id AND c.paper = p.key
            AND c.role = 'decides' AND c.state = 'planned');
        UPDATE boards.recommendation r
        SET answer = boards.answer_to(r.municipality_id, r.key),
            revision = revision + 1, changed_at = now()
        FROM boards.resolution_response s
        WHERE s.municipality_id = NEW.municipality_id AND s.resolution = NEW.key
        AND r.municipality_id = s.municipality_id AND r.key = s.recommendation
        AND r.answer IS DISTINCT FROM boards.answer_to(r.municipality_id, r.key);
        RETURN NULL;
    END $$"""
ANSWER_TO = """
    CREATE FUNCTION boards.answer_to(town bigint, recommended text) RETURNS text
    LANGUAGE sql STABLE AS $$
        SELECT s.kind FROM boards.resolution_response s
        JOIN boards.resolution d ON d.municipality_id = s.municipality_id AND d.key = s.resolution
        WHERE s.municipality_id = town AND s.recommendation = recommended AND d.valid
        ORDER BY d.decided_on DESC, d.id DESC LIMIT 1
    $$"""
ANSWERED = """
    CREATE FUNCTION boards.response_carries() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE boards.recommendation r
        SET answer = boards.answer_to(r.municipality_id, r.key),
            revision = revision + 1, changed_at = now()
        WHERE r.municipality_id = NEW.municipality_id AND r.key = NEW.recommendation
        AND r.answer IS DISTINCT FROM boards.answer_to(r.municipality_id, r.key);
        RETURN NULL;
    END $$"""
FUNCTIONS = (
    RESTS_ON_A_VOTE,
    DECIDED_BY_MANDATE,
    DONE_BY_POWER,
    AS_THE_VOTE_SAYS,
    ANSWER_TO,
    AS_THE_RESOLUTION_SAYS,
    ANSWERED,
)
TRIGGERS = (
    *(
        f"""CREATE TRIGGER rests_on_a_vote
            BEFORE INSERT OR UPDATE OF vote, body, meeting, agenda_item, valid ON boards.{table}
            FOR EACH ROW EXECUTE FUNCTION boards.rests_on_a_vote()"""
        for table in ("recommendation", "resolution", "act")
    ),
    """CREATE TRIGGER by_mandate
       BEFORE INSERT OR UPDATE OF body, kind, consultation ON boards.resolution
       FOR EACH ROW EXECUTE FUNCTION boards.resolution_by_mandate()""",
    """CREATE TRIGGER by_power
       BEFORE INSERT OR UPDATE OF power, kind, body, decided_on ON boards.act
       FOR EACH ROW EXECUTE FUNCTION boards.act_by_power()""",
    """CREATE TRIGGER carries AFTER UPDATE OF outcome, state ON boards.vote
       FOR EACH ROW EXECUTE FUNCTION boards.vote_carries()""",
    """CREATE TRIGGER carries AFTER UPDATE OF valid ON boards.resolution
       FOR EACH ROW EXECUTE FUNCTION boards.resolution_carries()""",
    """CREATE TRIGGER carries AFTER INSERT ON boards.resolution_response
       FOR EACH ROW EXECUTE FUNCTION boards.response_carries()""",
)
RESOURCES = (
    "recommendation",
    "resolution",
    "evidence",
    "implementation",
    "implementation_report",
    "act",
)


def upgrade() -> None:
    # ### commands auto generated by Alembic - please adjust! ###
    op.create_table(
        "act",
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("power", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("vote", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("meeting", sa.String(), nullable=False),
        sa.Column("agenda_item", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("subject_key", sa.String(), nullable=False),
        sa.Column(
            "title", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column(
            "text", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("valid", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "agenda_item"],
            ["boards.agenda_item.municipality_id", "boards.agenda_item.key"],
            name=op.f("fk_act_agenda_item"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "body"],
            ["boards.body.municipality_id", "boards.body.key"],
            name=op.f("fk_act_body"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "meeting"],
            ["boards.meeting.municipality_id", "boards.meeting.key"],
            name=op.f("fk_act_meeting"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "power", "body"],
            ["boards.power.municipality_id", "boards.power.key", "boards.power.body"],
            name="fk_act_power",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "vote"],
            ["boards.vote.municipality_id", "boards.vote.key"],
            name=op.f("fk_act_vote"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_act")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_act_key")),
        sa.UniqueConstraint(
            "municipality_id", "vote", "power", "subject", "subject_key", name="uq_act_subject_key"
        ),
        schema="boards",
    )
    op.create_index(
        op.f("ix_act_municipality_id_decided_on_key"),
        "act",
        ["municipality_id", "decided_on", "key"],
        unique=False,
        schema="boards",
    )
    op.create_index(
        op.f("ix_act_municipality_id_subject_subject_key"),
        "act",
        ["municipality_id", "subject", "subject_key"],
        unique=False,
        schema="boards",
    )
    op.create_table(
        "recommendation",
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("vote", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("meeting", sa.String(), nullable=False),
        sa.Column("agenda_item", sa.String(), nullable=False),
        sa.Column("paper", sa.String(), nullable=True),
        sa.Column("consultation", sa.String(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column(
            "title", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column(
            "text", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("addressed_to", sa.String(), nullable=True),
        sa.Column(
            "findings", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("valid", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.CheckConstraint(
            "answer IN ('follows', 'amends', 'rejects')", name=op.f("ck_recommendation_answer")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "addressed_to"],
            ["boards.body.municipality_id", "boards.body.key"],
            name=op.f("fk_recommendation_addressed_to"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "agenda_item"],
            ["boards.agenda_item.municipality_id", "boards.agenda_item.key"],
            name=op.f("fk_recommendation_agenda_item"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "body"],
            ["boards.body.municipality_id", "boards.body.key"],
            name=op.f("fk_recommendation_body"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "consultation"],
            ["boards.consultation.municipality_id", "boards.consultation.key"],
            name=op.f("fk_recommendation_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "meeting"],
            ["boards.meeting.municipality_id", "boards.meeting.key"],
            name=op.f("fk_recommendation_meeting"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "paper"],
            ["boards.paper.municipality_id", "boards.paper.key"],
            name=op.f("fk_recommendation_paper"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "vote"],
            ["boards.vote.municipality_id", "boards.vote.key"],
            name=op.f("fk_recommendation_vote"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_recommendation_key")),
        sa.UniqueConstraint("municipality_id", "vote", name=op.f("uq_recommendation_vote")),
        schema="boards",
    )
    op.create_index(
        op.f("ix_recommendation_municipality_id_decided_on_key"),
        "recommendation",
        ["municipality_id", "decided_on", "key"],
        unique=False,
        schema="boards",
    )
    op.create_index(
        op.f("ix_recommendation_municipality_id_paper"),
        "recommendation",
        ["municipality_id", "paper"],
        unique=False,
        schema="boards",
    )
    op.create_table(
        "resolution",
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("vote", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("meeting", sa.String(), nullable=False),
        sa.Column("agenda_item", sa.String(), nullable=False),
        sa.Column("paper", sa.String(), nullable=True),
        sa.Column("consultation", sa.String(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column(
            "title", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column(
            "text", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("strategy", sa.String(), nullable=True),
        sa.Column(
            "findings", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("valid", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'legitimation') = (strategy IS NOT NULL)", name=op.f("ck_resolution_strategy")
        ),
        sa.CheckConstraint("kind IN ('decision', 'legitimation')", name=op.f("ck_resolution_kind")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "agenda_item"],
            ["boards.agenda_item.municipality_id", "boards.agenda_item.key"],
            name=op.f("fk_resolution_agenda_item"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "body"],
            ["boards.body.municipality_id", "boards.body.key"],
            name=op.f("fk_resolution_body"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "consultation"],
            ["boards.consultation.municipality_id", "boards.consultation.key"],
            name=op.f("fk_resolution_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "meeting"],
            ["boards.meeting.municipality_id", "boards.meeting.key"],
            name=op.f("fk_resolution_meeting"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "paper"],
            ["boards.paper.municipality_id", "boards.paper.key"],
            name=op.f("fk_resolution_paper"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "vote"],
            ["boards.vote.municipality_id", "boards.vote.key"],
            name=op.f("fk_resolution_vote"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_resolution")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_resolution_key")),
        sa.UniqueConstraint("municipality_id", "reference", name=op.f("uq_resolution_reference")),
        sa.UniqueConstraint("municipality_id", "vote", name=op.f("uq_resolution_vote")),
        schema="boards",
    )
    op.create_index(
        op.f("ix_resolution_municipality_id_decided_on_key"),
        "resolution",
        ["municipality_id", "decided_on", "key"],
        unique=False,
        schema="boards",
    )
    op.create_index(
        op.f("ix_resolution_municipality_id_paper"),
        "resolution",
        ["municipality_id", "paper"],
        unique=False,
        schema="boards",
    )
    op.create_table(
        "evidence",
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("recommendation", sa.String(), nullable=True),
        sa.Column("resolution", sa.String(), nullable=True),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("breakdown", sa.String(), nullable=False),
        sa.Column("value", sa.Numeric(), nullable=False),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column(
            "name", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column(
            "unit", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.CheckConstraint(
            "num_nonnulls(recommendation, resolution) = 1", name=op.f("ck_evidence_of_one")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "recommendation"],
            ["boards.recommendation.municipality_id", "boards.recommendation.key"],
            name=op.f("fk_evidence_recommendation"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "resolution"],
            ["boards.resolution.municipality_id", "boards.resolution.key"],
            name=op.f("fk_evidence_resolution"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_evidence_key")),
        schema="boards",
    )
    op.create_index(
        op.f("ix_evidence_municipality_id_indicator_key"),
        "evidence",
        ["municipality_id", "indicator", "key"],
        unique=False,
        schema="boards",
    )
    op.create_index(
        op.f("ix_evidence_municipality_id_recommendation"),
        "evidence",
        ["municipality_id", "recommendation"],
        unique=False,
        schema="boards",
    )
    op.create_index(
        op.f("ix_evidence_municipality_id_resolution"),
        "evidence",
        ["municipality_id", "resolution"],
        unique=False,
        schema="boards",
    )
    op.create_table(
        "implementation",
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("resolution", sa.String(), nullable=False),
        sa.Column(
            "task", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("responsible", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'in_progress', 'done', 'dropped')",
            name=op.f("ck_implementation_state"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "resolution"],
            ["boards.resolution.municipality_id", "boards.resolution.key"],
            name=op.f("fk_implementation_resolution"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "responsible"],
            ["boards.organisation.municipality_id", "boards.organisation.key"],
            name=op.f("fk_implementation_responsible"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_implementation")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_implementation_key")),
        schema="boards",
    )
    op.create_index(
        op.f("ix_implementation_municipality_id_due_on_key"),
        "implementation",
        ["municipality_id", "due_on", "key"],
        unique=False,
        schema="boards",
    )
    op.create_index(
        op.f("ix_implementation_municipality_id_resolution"),
        "implementation",
        ["municipality_id", "resolution"],
        unique=False,
        schema="boards",
    )
    op.create_table(
        "resolution_response",
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("resolution", sa.String(), nullable=False),
        sa.Column("recommendation", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "kind = 'follows' OR reason IS NOT NULL", name=op.f("ck_resolution_response_reason")
        ),
        sa.CheckConstraint(
            "kind IN ('follows', 'amends', 'rejects')", name=op.f("ck_resolution_response_kind")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "recommendation"],
            ["boards.recommendation.municipality_id", "boards.recommendation.key"],
            name=op.f("fk_resolution_response_recommendation"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "resolution"],
            ["boards.resolution.municipality_id", "boards.resolution.key"],
            name=op.f("fk_resolution_response_resolution"),
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "resolution", "recommendation", name=op.f("pk_resolution_response")
        ),
        schema="boards",
    )
    op.create_index(
        op.f("ix_resolution_response_municipality_id_recommendation"),
        "resolution_response",
        ["municipality_id", "recommendation"],
        unique=False,
        schema="boards",
    )
    op.create_table(
        "implementation_report",
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("implementation", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column(
            "text", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.CheckConstraint(
            "state IN ('open', 'in_progress', 'done', 'dropped')",
            name=op.f("ck_implementation_report_state"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "implementation"],
            ["boards.implementation.municipality_id", "boards.implementation.key"],
            name=op.f("fk_implementation_report_implementation"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_implementation_report")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_implementation_report_key")),
        schema="boards",
    )
    op.create_index(
        op.f("ix_implementation_report_municipality_id_implementation_key"),
        "implementation_report",
        ["municipality_id", "implementation", "key"],
        unique=False,
        schema="boards",
    )
    # ### end Alembic commands ###
    for table in RESOURCES:
        for statement in ddl.resource("boards", table):
            op.execute(statement)
    for statement in ddl.tenant_wall("boards", "resolution_response"):
        op.execute(statement)
    op.execute("REVOKE UPDATE, DELETE, TRUNCATE ON boards.resolution_response FROM planraum_boards")
    for statement in (*FUNCTIONS, *TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TRIGGER carries ON boards.vote")
    for table in (
        "act",
        "implementation_report",
        "implementation",
        "evidence",
        "resolution_response",
        "resolution",
        "recommendation",
    ):
        op.drop_table(table, schema="boards")
    for function in (
        "response_carries",
        "resolution_carries",
        "vote_carries",
        "act_by_power",
        "resolution_by_mandate",
        "rests_on_a_vote",
    ):
        op.execute(f"DROP FUNCTION boards.{function}()")
    op.execute("DROP FUNCTION boards.answer_to(bigint, text)")
