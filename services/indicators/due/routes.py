"""What is due of figures, for the gateway."""

from services.indicators.due.queries import SOURCES
from services.kit.deadlines import deadlines_router

due = deadlines_router(SOURCES)
