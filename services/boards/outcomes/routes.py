"""What the service has produced, for the gateway."""

from services.boards.outcomes.queries import SOURCES
from services.kit.outcomes import outcomes_router

outcomes = outcomes_router(SOURCES)
