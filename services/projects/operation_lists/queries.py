"""Every question asked of the stored lists of operations."""

from services.kit.resources import Kind
from services.projects.operation_lists.tables import OperationListRow

LISTS = Kind(OperationListRow, "operation-lists", "projects.operation_list")
