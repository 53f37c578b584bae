"""Every question asked of the stored sources."""

from services.boards.harvests.sources.tables import OparlSourceRow
from services.kit.resources import Kind

SOURCES = Kind(OparlSourceRow, "oparl-sources", "boards.oparl_source")
