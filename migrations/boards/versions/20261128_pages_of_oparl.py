"""count the objects of a list of OParl without reading them"""

from alembic import op

revision = "0a71c1d5e739"
down_revision = "e9d43280edea"
branch_labels = None
depends_on = None

BEFORE = ("municipality_id", "type", "modified")
AFTER = (*BEFORE, "id", "created", "deleted")


def upgrade() -> None:
    op.drop_index(
        op.f("ix_oparl_object_municipality_id_type_modified"), "oparl_object", schema="boards"
    )
    op.create_index("ix_oparl_object_filters", "oparl_object", list(AFTER), schema="boards")


def downgrade() -> None:
    op.drop_index("ix_oparl_object_filters", "oparl_object", schema="boards")
    op.create_index(
        op.f("ix_oparl_object_municipality_id_type_modified"),
        "oparl_object",
        list(BEFORE),
        schema="boards",
    )
