"""The kinds of the boards that are searched.

Persons are not: what is shown of them depends on what they agreed to and on the day.
"""

from sqlmodel import col

from services.boards.bodies.queries import BODIES
from services.boards.meetings.queries import MEETINGS
from services.boards.organisations.queries import ORGANISATIONS
from services.boards.papers.queries import PAPERS
from services.boards.participation.queries import PROCESSES
from services.boards.publications.queries import PUBLICATIONS
from services.boards.publications.tables import PublicationRow
from services.boards.recommendations.queries import RECOMMENDATIONS
from services.boards.resolutions.queries import RESOLUTIONS
from services.boards.search.tables import SearchDocumentRow
from services.kit.search.index import Index
from services.kit.search.searched import Searched

INDEX = Index(
    (
        Searched(ORGANISATIONS, "organisation", "name", body=("description",), dated="starts_on"),
        Searched(
            BODIES,
            "body",
            "name",
            body=("description", "subjects", "tasks"),
            dated="starts_on",
        ),
        Searched(MEETINGS, "meeting", "name", body=("location",), dated="starts_at"),
        Searched(PAPERS, "paper", body=("text", "topics"), codes=("reference",), dated="dated_on"),
        Searched(RECOMMENDATIONS, "recommendation", body=("text",), dated="decided_on"),
        Searched(
            RESOLUTIONS, "resolution", body=("text",), codes=("reference",), dated="decided_on"
        ),
        Searched(
            PUBLICATIONS,
            "publication",
            body=("summary", "topics"),
            codes=("issue",),
            dated="published_on",
            there=col(PublicationRow.withdrawn_at).is_(None),
        ),
        Searched(
            PROCESSES,
            "participation_process",
            "name",
            body=("goal", "description"),
            dated="public_from",
        ),
    ),
    SearchDocumentRow,
)
