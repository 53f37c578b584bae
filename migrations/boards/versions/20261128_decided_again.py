"""A paper stays decided while another resolution of the same step holds"""

from alembic import op

revision = "b_decided_again"
down_revision = "b_large_towns"
branch_labels = None
depends_on = None

AS_THE_RESOLUTION_SAYS = """
    CREATE OR REPLACE FUNCTION boards.resolution_carries() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE boards.paper p
        SET state = CASE WHEN NEW.valid THEN 'decided' ELSE 'submitted' END,
            revision = revision + 1, changed_at = now()
        WHERE p.municipality_id = NEW.municipality_id AND p.key = NEW.paper
        AND p.state = CASE WHEN NEW.valid THEN 'submitted' ELSE 'decided' END
        AND NOT EXISTS (
            SELECT FROM boards.consultation c
            WHERE c.municipality_id = p.municipality_id AND c.paper = p.key
            AND c.role = 'decides' AND c.state = 'planned'){unless};
        UPDATE boards.recommendation r
        SET answer = boards.answer_to(r.municipality_id, r.key),
            revision = revision + 1, changed_at = now()
        FROM boards.resolution_response s
        WHERE s.municipality_id = NEW.municipality_id AND s.resolution = NEW.key
        AND r.municipality_id = s.municipality_id AND r.key = s.recommendation
        AND r.answer IS DISTINCT FROM boards.answer_to(r.municipality_id, r.key);
        RETURN NULL;
    END $$"""
NONE_ELSE_HOLDS = """
        AND (NEW.valid OR NOT EXISTS (
            SELECT FROM boards.resolution d
            WHERE d.municipality_id = NEW.municipality_id AND d.consultation = NEW.consultation
            AND d.key <> NEW.key AND d.valid))"""


def upgrade() -> None:
    op.execute(AS_THE_RESOLUTION_SAYS.format(unless=NONE_ELSE_HOLDS))


def downgrade() -> None:
    op.execute(AS_THE_RESOLUTION_SAYS.format(unless=""))
