"""Monitorings, counts of participants, and participants apart from who they are"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "p_targets_2"
down_revision = "p_money_3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "monitoring",
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
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
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("programme", sa.String(), nullable=True),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("legal_basis", sa.String(), nullable=True),
        sa.CheckConstraint(
            "mode = 'counts' OR legal_basis IS NOT NULL", name=op.f("ck_monitoring_legal_basis")
        ),
        sa.CheckConstraint("threshold >= 3", name=op.f("ck_monitoring_threshold")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "programme"],
            ["projects.programme.municipality_id", "projects.programme.key"],
            name=op.f("fk_monitoring_programme"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "project"],
            ["projects.project.municipality_id", "projects.project.key"],
            name=op.f("fk_monitoring_project"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_monitoring")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_monitoring_key")),
        sa.UniqueConstraint("municipality_id", "project", name=op.f("uq_monitoring_project")),
        schema="projects",
    )
    op.create_table(
        "participant",
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("monitoring", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("gender", sa.String(), nullable=False),
        sa.Column("age", sa.Integer(), nullable=False),
        sa.Column("employment", sa.String(), nullable=True),
        sa.Column("unemployed_months", sa.Integer(), nullable=True),
        sa.Column("education", sa.String(), nullable=True),
        sa.Column("third_country_national", sa.Boolean(), nullable=True),
        sa.Column("foreign_background", sa.Boolean(), nullable=True),
        sa.Column("housing_exclusion", sa.Boolean(), nullable=True),
        sa.Column("rural", sa.Boolean(), nullable=True),
        sa.Column(
            "no_answer", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column(
            "re_entered_on",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=False,
        ),
        sa.Column("exited_on", sa.Date(), nullable=True),
        sa.Column(
            "leaving", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column(
            "six_months", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("erase_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "employment IN ('unemployed', 'inactive', 'employed')",
            name=op.f("ck_participant_one_employment_status"),
        ),
        sa.CheckConstraint(
            "gender IN ('women', 'men', 'non_binary')", name=op.f("ck_participant_gender")
        ),
        sa.CheckConstraint("erase_on > entered_on", name=op.f("ck_participant_erased_later")),
        sa.CheckConstraint(
            "exited_on >= entered_on", name=op.f("ck_participant_exits_after_entry")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "monitoring"],
            ["projects.monitoring.municipality_id", "projects.monitoring.key"],
            name=op.f("fk_participant_monitoring"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_participant")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_participant_key")),
        schema="projects",
    )
    op.create_index(
        "ix_participant_erase_on",
        "participant",
        ["municipality_id", "erase_on"],
        unique=False,
        schema="projects",
    )
    op.create_index(
        "ix_participant_monitoring",
        "participant",
        ["municipality_id", "monitoring", "key"],
        unique=False,
        schema="projects",
    )
    op.create_table(
        "participant_count",
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
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
        sa.Column("monitoring", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("women", sa.Integer(), nullable=True),
        sa.Column("men", sa.Integer(), nullable=True),
        sa.Column("non_binary", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "visibility = 'administration'", name=op.f("ck_participant_count_never_shown")
        ),
        sa.CheckConstraint(
            "ends_on >= starts_on", name=op.f("ck_participant_count_ends_after_its_start")
        ),
        sa.CheckConstraint(
            "women >= 0 AND men >= 0 AND non_binary >= 0",
            name=op.f("ck_participant_count_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "monitoring"],
            ["projects.monitoring.municipality_id", "projects.monitoring.key"],
            name=op.f("fk_participant_count_monitoring"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_participant_count")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_participant_count_key")),
        sa.UniqueConstraint(
            "municipality_id",
            "monitoring",
            "code",
            "starts_on",
            name=op.f("uq_participant_count_monitoring"),
        ),
        schema="projects",
    )
    op.create_table(
        "participant_tally",
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("monitoring", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("gender", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_participant_tally_somebody")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "monitoring"],
            ["projects.monitoring.municipality_id", "projects.monitoring.key"],
            name=op.f("fk_participant_tally_monitoring"),
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id",
            "monitoring",
            "year",
            "code",
            "gender",
            name=op.f("pk_participant_tally"),
        ),
        schema="projects",
    )
    op.create_table(
        "participant_identity",
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("participant", sa.Uuid(), nullable=False),
        sa.Column("monitoring", sa.String(), nullable=False),
        sa.Column("same", sa.String(), nullable=False),
        sa.Column("given_name", sa.String(), nullable=False),
        sa.Column("family_name", sa.String(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("contact", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id", "participant"],
            ["projects.participant.municipality_id", "projects.participant.id"],
            name=op.f("fk_participant_identity_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "participant", name=op.f("pk_participant_identity")
        ),
        sa.UniqueConstraint(
            "municipality_id", "monitoring", "same", name=op.f("uq_participant_identity_monitoring")
        ),
        schema="projects",
    )
    op.create_table(
        "participant_special",
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("participant", sa.Uuid(), nullable=False),
        sa.Column("disability", sa.Boolean(), nullable=True),
        sa.Column("minority", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id", "participant"],
            ["projects.participant.municipality_id", "projects.participant.id"],
            name=op.f("fk_participant_special_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "participant", name=op.f("pk_participant_special")
        ),
        schema="projects",
    )
    for table in ("monitoring", "participant_count"):
        for statement in ddl.resource("projects", table):
            op.execute(statement)
    for table in (
        "participant",
        "participant_special",
        "participant_identity",
        "participant_tally",
    ):
        for statement in ddl.tenant_wall("projects", table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("participant_special", schema="projects")
    op.drop_table("participant_identity", schema="projects")
    op.drop_table("participant_tally", schema="projects")
    op.drop_table("participant_count", schema="projects")
    op.drop_index("ix_participant_monitoring", table_name="participant", schema="projects")
    op.drop_index("ix_participant_erase_on", table_name="participant", schema="projects")
    op.drop_table("participant", schema="projects")
    op.drop_table("monitoring", schema="projects")
