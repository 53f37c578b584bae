"""What is due in the boards, for the gateway."""

from services.boards.due.queries import SOURCES
from services.kit.deadlines import deadlines_router

due = deadlines_router(SOURCES)
