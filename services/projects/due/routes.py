"""What is due in the projects, for the gateway."""

from services.kit.deadlines import deadlines_router
from services.projects.due.queries import SOURCES

due = deadlines_router(SOURCES)
