"""Every question asked of the stored target groups."""

from services.kit.resources import Kind
from services.projects.target_groups.tables import TargetGroupRow

TARGET_GROUPS = Kind(TargetGroupRow, "target-groups", "projects.target_group")
