"""Every question asked of the stored levels."""

from services.indicators.levels.tables import AreaLevelRow
from services.kit.resources import Kind

LEVELS = Kind(AreaLevelRow, "area-levels", "indicators.area_level")
