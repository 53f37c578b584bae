"""From strategy to measure: fields of action, goals, target groups, and what a measure is about"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "p020"
down_revision = "p_money_1"
branch_labels = None
depends_on = None


def _json(name: str, *, default: str | None = None, nullable: bool = False) -> sa.Column[object]:
    kind = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())
    return sa.Column(
        name, kind, nullable=nullable, server_default=sa.text(default) if default else None
    )


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _resource(table: str, *columns: sa.Column[object], keys: list[sa.Constraint]) -> None:
    moment = {"server_default": sa.text("now()"), "nullable": False}
    op.create_table(
        table,
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        _text("key"),
        _text("visibility"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), **moment),
        sa.Column("changed_at", sa.DateTime(timezone=True), **moment),
        *columns,
        sa.Column("position", sa.Integer(), nullable=False),
        _json("description", nullable=True),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f(f"uq_{table}_key")),
        *keys,
        schema="projects",
    )
    for statement in ddl.resource("projects", table):
        op.execute(statement)


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["municipality_id", column],
        [f"projects.{target}.municipality_id", f"projects.{target}.key"],
        name=op.f(f"fk_{table}_{column}"),
    )


_STRATEGY = ("planning_fields", "areas", "target_groups", "quality")
_MEASURE = (
    "action_plans",
    "planning_fields",
    "target_groups",
    "findings",
    "grants",
    "budget",
    "targets",
)


def upgrade() -> None:
    _resource("target_group", _json("name"), keys=[])
    _resource(
        "field_of_action",
        _json("title"),
        _text("strategy"),
        keys=[_refers("field_of_action", "strategy", "strategy")],
    )
    _resource(
        "goal",
        _json("title"),
        _text("strategy"),
        _text("field_of_action", nullable=True),
        _json("recommendations"),
        keys=[
            _refers("goal", "strategy", "strategy"),
            _refers("goal", "field_of_action", "field_of_action"),
        ],
    )
    op.drop_column("strategy", "goals", schema="projects")
    op.drop_column("measure", "target_groups", schema="projects")
    for table, columns in (("strategy", _STRATEGY), ("measure", _MEASURE)):
        for column in columns:
            op.add_column(table, _json(column, default="'[]'"), schema="projects")
            op.alter_column(table, column, server_default=None, schema="projects")
    op.add_column("strategy", _text("resolution", nullable=True), schema="projects")
    for column in ("starts_on", "ends_on", "review_on"):
        op.add_column("strategy", sa.Column(column, sa.Date(), nullable=True), schema="projects")
    op.create_check_constraint(
        op.f("ck_strategy_ends_after_its_start"),
        "strategy",
        "ends_on >= starts_on",
        schema="projects",
    )
    for column in ("goal", "department", "recommendation", "mandate", "funding_reason"):
        op.add_column("measure", _text(column, nullable=True), schema="projects")
    op.add_column(
        "measure", sa.Column("funding_closed_on", sa.Date(), nullable=True), schema="projects"
    )
    for name, kind, default in (
        ("mandate_required", sa.Boolean(), "false"),
        ("funding_state", sa.String(), "'none'"),
    ):
        op.add_column(
            "measure",
            sa.Column(name, kind, nullable=False, server_default=sa.text(default)),
            schema="projects",
        )
        op.alter_column("measure", name, server_default=None, schema="projects")
    op.create_check_constraint(
        op.f("ck_measure_closed_for_a_reason"),
        "measure",
        "(funding_state = 'closed') = (funding_reason IS NOT NULL)",
        schema="projects",
    )
    op.create_foreign_key(
        op.f("fk_measure_goal"),
        "measure",
        "goal",
        ["municipality_id", "goal"],
        ["municipality_id", "key"],
        source_schema="projects",
        referent_schema="projects",
    )
    for column in ("strategy", "project"):
        op.create_index(
            op.f(f"ix_measure_municipality_id_{column}"),
            "measure",
            ["municipality_id", column],
            schema="projects",
        )


def downgrade() -> None:
    for column in ("strategy", "project"):
        op.drop_index(
            op.f(f"ix_measure_municipality_id_{column}"), table_name="measure", schema="projects"
        )
    for column in (
        "goal",
        "department",
        "recommendation",
        "mandate",
        "mandate_required",
        "funding_state",
        "funding_reason",
        "funding_closed_on",
        *_MEASURE,
    ):
        op.drop_column("measure", column, schema="projects")
    for column in ("resolution", "starts_on", "ends_on", "review_on", *_STRATEGY):
        op.drop_column("strategy", column, schema="projects")
    op.add_column("measure", _json("target_groups", default="'[]'"), schema="projects")
    op.add_column("strategy", _json("goals", default="'[]'"), schema="projects")
    for table, column in (("measure", "target_groups"), ("strategy", "goals")):
        op.alter_column(table, column, server_default=None, schema="projects")
    for table in ("goal", "field_of_action", "target_group"):
        op.drop_table(table, schema="projects")
