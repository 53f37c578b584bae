"""What the service has produced, for the gateway."""

from services.kit.outcomes import outcomes_router
from services.projects.outcomes.queries import SOURCES

outcomes = outcomes_router(SOURCES)
